package importing_test

import (
	"strings"
	"testing"

	"casebook/internal/importing"
)

func nothing(string) []byte { return nil }

func TestUnknownFormats(t *testing.T) {
	for name, want := range map[string]string{
		"a.doc": "save it as .docx", "a.pdf": "use one of .docx", "a": "use one of", "a.docx": "not a Word document",
	} {
		_, err := importing.Read(importing.Request{Name: name, Data: []byte("x"), Existing: nothing})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
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
