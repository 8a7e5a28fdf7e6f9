package importing_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"casebook/internal/importing"
)

func nothing(string) []byte { return nil }

// outcome returns all that an import tells: its error or its files, each line with the name
// of the file before it, its report and its problems.
func outcome(request importing.Request) string {
	request.Existing = nothing
	result, err := importing.Read(request)
	if err != nil {
		return "error: " + err.Error()
	}
	said := ""
	for _, f := range result.Files {
		for line := range strings.Lines(string(f.Data)) {
			said += f.Path + ": " + strings.TrimLeft(line, " ")
		}
	}
	for _, line := range result.Report {
		said += line.What + ": " + line.Detail + "\n"
	}
	for _, p := range result.Problems {
		said += p.Message + "\n"
	}
	return said
}

// TestRefused checks the errors of documents and maps that cannot be read.
func TestRefused(t *testing.T) {
	wordPress := string(export(post("post", "x", "Words.", published)))
	for _, test := range []struct{ name, text, fields, want string }{
		{"a.doc", "x", "", "save it as .docx"},
		{"a.json", "[]", "", "as BibTeX or RIS"},
		{"a.pdf", "x", "", "use one of .docx"},
		{"a", "x", "", "use one of"},
		{"a.docx", "x", "", "not a Word document"},
		{"folder", "x", "fields:\n  x: titel\n", "did you mean title?"},
		{"folder", "x", "field:\n", "the map cannot be read"},
		{"folder", "x", "fields: [", "the map cannot be read"},
		{"folder", "x", "a: &a [x,x,x,x,x,x,x,x,x]\n", "the map cannot be read"},
		{"a.xml", wordPress, "types:\n  post: story\n", `"story" is no kind of content`},
		{"a.xml", wordPress, "types:\n  post: organisation\n", "cannot become an organisation"},
		{"a.xml", wordPress, "types:\n  post:\n  page:\n", "leaves out every type"},
		{"a.xml", wordPress, "fields:\n  x: hallmark\n", "did you mean hallmarks?"},
	} {
		request := importing.Request{Name: test.name, Data: []byte(test.text), Map: []byte(test.fields)}
		if test.name == "folder" {
			request.Folder = fstest.MapFS{"a.md": &fstest.MapFile{Data: request.Data}}
		}
		if got := outcome(request); !strings.HasPrefix(got, "error: ") || !strings.Contains(got, test.want) {
			t.Errorf("%s %s: %s, want %q", test.name, test.fields, got, test.want)
		}
	}
}

// TestEveryKind checks that each kind that can be written has a title and a schema.
func TestEveryKind(t *testing.T) {
	for _, kind := range importing.Kinds() {
		d, err := importing.NewDraft(kind)
		if err != nil || importing.TitleOf(d) == "id" {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if _, err := importing.NewDraft("story"); err == nil {
		t.Error("an unknown kind is accepted")
	}
}
