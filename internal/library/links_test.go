package library_test

import (
	"maps"
	"strings"
	"testing"

	"casebook/internal/library"
)

func TestRefusedAttachmentsAreReportedOnce(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\n", "![x](c/big.png) [y](c/big.png) ![z](c/BIG.png)\n")
	files["resources/form.md"] = "---\ntitle: A form\ntype: template\nfile: form.pdf\nhallmarks: [{id: shared-vision, why: it shows how}]\n---\n"
	_, problems := link(t, files, library.Options{Refused: map[string]bool{"cases/c/big.png": true, "resources/form.pdf": true}})
	if len(problems) != 1 || problems[0].Message != `there is no image "c/BIG.png"` || problems[0].Hint != `did you mean "c/big.png"?` {
		t.Errorf("got %v", problems)
	}
}

func TestHintsForDeadLinks(t *testing.T) {
	const path, beside = "write the path from this file", "put the image beside this file"
	tests := []struct{ body, hint string }{
		{"![x](p2.PNG)", `did you mean "p2.png"?`},
		{"![x](p1.png)", beside},
		{"![x](warde.jpg)", `did you mean "ward.jpg"?`},
		{"![x](ward.jpeg)", `did you mean "ward.jpg"?`},
		{"![x](c/ward.jpg)", `did you mean "ward.jpg"?`},
		{"![x](about.png)", beside},
		{"[x](form.PDF)", `did you mean "form.pdf"?`},
		{"[x](one.md)", path},
		{"[x](b2.md)", path},
		{"[x](B3.md)", `did you mean "b3.md"?`},
		{"[x](abuot.md)", `did you mean "../pages/about.md"?`},
		{"[x](strategic.md)", `did you mean "../principles/strategic.md"?`},
		{"[x](../pages/about)", "write the path to its file: ../pages/about.md"},
		{"[x](foldr.md)", `did you mean "folder/index.md"?`},
		{"[x](folder.md)", `did you mean "folder/index.md"?`},
		{"[x](schemes.md)", `did you mean "scheme.md"?`},
	}
	for _, test := range tests {
		files := withCase("hallmarks: [clear-plans]\n", test.body+"\n")
		files["cases/b3.md"] = strings.Replace(base["cases/scheme.md"], "Scheme", "B3", 1)
		files["cases/folder/index.md"] = strings.Replace(base["cases/scheme.md"], "Scheme", "Folder", 1)
		attachments := map[string]bool{"cases/p2.png": true, "cases/ward.jpg": true, "cases/form.pdf": true}
		_, problems := link(t, maps.Clone(files), library.Options{Attachments: attachments})
		if len(problems) != 1 || !strings.HasPrefix(problems[0].Hint, test.hint) {
			t.Errorf("%s: got %v, want %s", test.body, problems, test.hint)
			for _, p := range problems {
				t.Log(p.Hint)
			}
		}
	}
}
