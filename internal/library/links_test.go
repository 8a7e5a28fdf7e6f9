package library_test

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/library"
	"casebook/internal/problem"
)

// links are destinations that people write or copy, with the code of the problem and the
// beginning of its hint, or nothing if they are correct.
var links = []struct{ body, code, hint string }{
	{"[x](other-case.md) [y](../pages/about.md#who-we-are) [z](#here)\n\n## Here", "", ""},
	{"[x](other-case.md) [y](https://example.org/) [z](mailto:a@example.org)", "", ""},
	{"[x](doc.pdf) ![w](photo.PNG)", "", ""},
	{"[x](../../../etc/passwd)", "dead-link", ""},
	{"[x](../pages/abot.md)", "dead-link", `did you mean "../pages/about.md"?`},
	{"[x](../pages/about.md#who-we-were)", "dead-anchor", "did you mean #who-we-are?"},
	{"[x](#nowhere)", "dead-anchor", ""},

	// Files beside the page, and pages by a wrong path.
	{"![x](ward.png)", "dead-image", `did you mean "ward.jpg"?`},
	{"![x](p2.PNG)", "dead-image", `did you mean "p2.png"?`},
	{"![x](p1.png)", "dead-image", "put the image beside this file"},
	{"![x](warde.jpg)", "dead-image", `did you mean "ward.jpg"?`},
	{"![x](ward.jpeg)", "dead-image", `did you mean "ward.jpg"?`},
	{"![x](c/ward.jpg)", "dead-image", `did you mean "ward.jpg"?`},
	{"![x](about.png)", "dead-image", "put the image beside this file"},
	{"![x](doc.pdf)", "not-a-picture", ""},
	{"![x](other-case.md)", "not-a-picture", ""},
	{"[x](form.PDF)", "dead-link", `did you mean "form.pdf"?`},
	{"[x](other.pdf)", "dead-link", "put the file other.pdf beside this one, or correct its name"},
	{"[x](two%20wrds.pdf)", "dead-link", `did you mean "two%20words.pdf"?`},
	{"[x](one.md)", "dead-link", "write the path from this file"},
	{"[x](b2.md)", "dead-link", "write the path from this file"},
	{"[x](B3.md)", "dead-link", `did you mean "b3.md"?`},
	{"[x](abuot.md)", "dead-link", `did you mean "../pages/about.md"?`},
	{"[x](strategic.md)", "dead-link", `did you mean "../principles/strategic.md"?`},
	{"[x](../pages/about)", "dead-link", "write the path to its file: ../pages/about.md"},
	{"[x](foldr.md)", "dead-link", `did you mean "folder/index.md"?`},
	{"[x](folder.md)", "dead-link", `did you mean "folder/index.md"?`},
	{"[x](schemes.md)", "dead-link", `did you mean "scheme.md"?`},
	{"[x](nothing-like-it.md)", "dead-link", "write the path from this file to the Markdown file of the page, such as b3.md"},

	// Not a path.
	{"[x](www.example.org)", "dead-link", "for a web page, write https://www.example.org"},
	{"[x](www.example.org/a/b)", "dead-link", "for a web page, write https://www.example.org/a/b"},
	{"[x](example.org/report)", "dead-link", "for a web page, write https://example.org/report"},
	{"[x](who.int)", "dead-link", "for a web page, write https://who.int"},
	{"[x](grace@example.org)", "dead-link", "for an e-mail address, write mailto:grace@example.org"},

	// Copied from a browser, or from another program.
	{"[x](http://localhost:8080/cases/other-case/)", "preview-link", "write other-case.md"},
	{"[x](http://127.0.0.1:8080/resources/guide/)", "preview-link", "write ../resources/guide.md"},
	{"[x](http://localhost:8080/about/#s-who-we-are)", "preview-link", "write ../pages/about.md#who-we-are"},
	{"[x](http://localhost:8080/principles/strategic/clear-plans/)", "preview-link", "write ../principles/strategic.md"},
	{"[x](http://localhost:8080/countries/uganda/)", "preview-link", "write its published address: https://kb.example/sub/countries/uganda/"},
	{"[x](/cases/other-case/)", "dead-link", "write the path to its file: other-case.md"},
	{"[x](/about/)", "dead-link", "write the path to its file: ../pages/about.md"},
	{"[x](/cases/other-case/index.html#s-text)", "dead-link", "write the path to its file: other-case.md#text"},
	{"[x](other-case.html)", "dead-link", "write the path to its file: other-case.md"},
	{"[x](../about/index.html)", "dead-link", "write the path to its file: ../pages/about.md"},
	{"[x](../principles/strategic/)", "dead-link", "write the path to its file: ../principles/strategic.md"},
	{"[x](/programmes/scheme/)", "dead-link", "write the path to its file: scheme.md"},
	{"[x](/content/pages/about.md)", "dead-link", `did you mean "../pages/about.md"?`},
}

func TestLinks(t *testing.T) {
	attachments := map[string]bool{}
	for _, name := range []string{"growth-50%.png", "plan.pdf", "two words.pdf", "p2.png", "ward.jpg", "form.pdf", "doc.pdf", "photo.PNG"} {
		attachments["cases/"+name] = true
	}
	for _, test := range links {
		files := withCase("hallmarks: [clear-plans]\n", test.body+"\n")
		files["site.yaml"] = "title: T\nbase_url: https://kb.example/sub/\n"
		files["cases/b3.md"] = strings.Replace(base["cases/scheme.md"], "Scheme", "B3", 1)
		files["cases/folder/index.md"] = strings.Replace(base["cases/scheme.md"], "Scheme", "Folder", 1)
		_, problems := link(t, files, library.Options{Attachments: attachments})
		problems = slices.DeleteFunc(problems, func(p problem.Problem) bool { return p.File != "cases/c.md" }) // the others are about files that no page shows
		place := "6:5 "
		if strings.HasPrefix(test.body, "!") {
			place = "6:6 "
		}
		got := placed(problems)
		if test.code == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || got[0] != place+test.code || !strings.HasPrefix(problems[0].Hint, test.hint) {
			t.Errorf("%s: got %q at %q, want %s with %q", test.body, texts(problems), got, test.code, test.hint)
		}
	}
}

func TestRefusedAttachmentsAreReportedOnce(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\n", "![x](c/big.png) [y](c/big.png) ![z](c/BIG.png)\n")
	files["resources/form.md"] = "---\ntitle: A form\ntype: template\nfile: form.pdf\nhallmarks: [{id: shared-vision, why: it shows how}]\n---\n"
	_, problems := link(t, files, library.Options{Refused: map[string]bool{"cases/c/big.png": true, "resources/form.pdf": true}})
	if len(problems) != 1 || problems[0].Message != `there is no image "c/BIG.png"` || problems[0].Hint != `did you mean "c/big.png"?` {
		t.Errorf("got %v", problems)
	}
}

// TestOwnAddress checks that links to the published site are reported: they work, but
// nothing checks them.
func TestOwnAddress(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\n", "[x](https://kb.example/sub/cases/other-case/#s-text) [y](https://kb.example/sub/countries/tanzania/) [z](https://kb.example/elsewhere/cases/other-case/)\n")
	files["site.yaml"] = "title: T\nbase_url: https://kb.example/sub/\n"
	parsed := parse(files)
	lib, _ := library.New(parsed, library.Options{Today: today})
	_, problems := lib.ResolveLinks(parsed)
	if len(problems) != 1 || problems[0].Code != "own-address" || problems[0].Position() != "cases/c.md:6:5" || problems[0].Hint != "write other-case.md#text" {
		t.Errorf("got %v", problems)
	}
}
