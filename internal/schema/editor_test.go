package schema_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/schema"
)

// editor returns the editor's files for a small library, by name.
func editor(t *testing.T) map[string]string {
	t.Helper()
	lib, problems := library.New([]*content.Parsed{
		content.Parse("site.yaml", []byte("title: T\n")),
		content.Parse("disciplines.yaml", []byte("- {id: care, label: \"Care, of burns\"}\n")),
	}, library.Options{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	files, err := schema.Editor(lib)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range files {
		texts[f.Name] = string(f.Data)
		if !json.Valid(f.Data) {
			t.Errorf("%s is not JSON", f.Name)
		}
	}
	return texts
}

// TestEditorSettings checks that each schema in the settings is written and is for a YAML
// file, and that each YAML file has one.
func TestEditorSettings(t *testing.T) {
	files := editor(t)
	var settings struct {
		Schemas map[string][]string `json:"yaml.schemas"`
	}
	if err := json.Unmarshal([]byte(files[schema.EditorSettings]), &settings); err != nil {
		t.Fatal(err)
	}
	described := 0
	for name, paths := range settings.Schemas {
		if files[strings.TrimPrefix(name, "./")] == "" {
			t.Errorf("the settings name %s, which is not written", name)
		}
		for _, path := range paths {
			if class, _ := content.Classify(strings.TrimPrefix(path, "content/")); class == content.UnknownClass || !strings.HasSuffix(path, ".yaml") {
				t.Errorf("%s is for %s, which is not a YAML file of the content", name, path)
			}
			described++
		}
	}
	for _, kind := range content.Model() {
		if slices.ContainsFunc(kind.Files, func(f string) bool { return strings.HasSuffix(f, ".yaml") }) {
			described--
		}
	}
	if described != 0 {
		t.Errorf("%d more YAML files have a schema than the model has", described)
	}
}

// TestSnippets checks that the parser accepts the field that a snippet writes, with its
// first and with its last choice.
func TestSnippets(t *testing.T) {
	var snippets map[string]struct{ Prefix, Body, Description string }
	if err := json.Unmarshal([]byte(editor(t)[".vscode/casebook.code-snippets"]), &snippets); err != nil {
		t.Fatal(err)
	}
	choice := regexp.MustCompile(`\$\{1\|(.*)\|\}`)
	example := regexp.MustCompile(`\$\{1:(.*)\}`)
	unescape := regexp.MustCompile(`\\(.)`)
	for name, s := range snippets {
		choices := strings.Split(strings.ReplaceAll(strings.Join(choice.FindStringSubmatch(s.Body), "\x00"), `\,`, "\x01"), ",")
		for _, chosen := range []string{choices[0], choices[len(choices)-1]} {
			chosen = strings.ReplaceAll(chosen[strings.Index(chosen, "\x00")+1:], "\x01", ",")
			field := choice.ReplaceAllLiteralString(s.Body, strings.ReplaceAll(chosen, "${1|", ""))
			field = unescape.ReplaceAllString(example.ReplaceAllString(field, "$1"), "$1")
			file := content.Parse("cases/x.md", []byte("---\n"+field+"\n---\nText.\n"))
			for _, p := range file.Problems {
				if p.Line == 2 && p.Code != "missing-field" || strings.HasPrefix(p.Code, "yaml") {
					t.Errorf("%s writes %q: %s", name, field, p)
				}
			}
		}
	}
	if len(snippets) < 20 || !strings.Contains(snippets["Casebook: disciplines"].Body, "[${1|care|}]") || snippets["Casebook: title"].Description == "" {
		t.Errorf("got %d snippets: %+v", len(snippets), snippets["Casebook: disciplines"])
	}
}
