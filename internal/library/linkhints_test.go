package library_test

import (
	"maps"
	"strings"
	"testing"

	"casebook/internal/library"
)

// TestHintsForLinks checks the hints for wrong destinations that people write or copy.
func TestHintsForLinks(t *testing.T) {
	attachments := map[string]bool{"cases/growth-50%.png": true, "cases/plan.pdf": true, "cases/two words.pdf": true}
	for body, want := range map[string]string{
		// Not a path.
		"[x](www.example.org)":     "for a web page, write https://www.example.org",
		"[x](www.example.org/a/b)": "for a web page, write https://www.example.org/a/b",
		"[x](example.org/report)":  "for a web page, write https://example.org/report",
		"[x](who.int)":             "for a web page, write https://who.int",
		"[x](grace@example.org)":   "for an e-mail address, write mailto:grace@example.org",
		"[x](other.pdf)":           "put the file other.pdf beside this one, or correct its name",
		"[x](two%20wrds.pdf)":      `did you mean "two%20words.pdf"?`,
		"[x](nothing-like-it.md)":  "write the path from this file to the Markdown file of the page, such as other-case.md",
		// Copied from a browser, or from another program.
		"[x](http://localhost:8080/cases/other-case/)":                 "write other-case.md",
		"[x](http://127.0.0.1:8080/resources/guide/)":                  "write ../resources/guide.md",
		"[x](http://localhost:8080/about/#s-who-we-are)":               "write ../pages/about.md#who-we-are",
		"[x](http://localhost:8080/principles/strategic/clear-plans/)": "write ../principles/strategic.md",
		"[x](http://localhost:8080/countries/uganda/)":                 "write its published address: https://kb.example/sub/countries/uganda/",
		"[x](/cases/other-case/)":                                      "write the path to its file: other-case.md",
		"[x](/about/)":                                                 "write the path to its file: ../pages/about.md",
		"[x](/cases/other-case/index.html#s-text)":                     "write the path to its file: other-case.md#text",
		"[x](other-case.html)":                                         "write the path to its file: other-case.md",
		"[x](../about/index.html)":                                     "write the path to its file: ../pages/about.md",
		"[x](../principles/strategic/)":                                "write the path to its file: ../principles/strategic.md",
		"[x](/programmes/scheme/)":                                     "write the path to its file: scheme.md",
		"[x](/content/pages/about.md)":                                 `did you mean "../pages/about.md"?`,
		// Correct.
		"[x](other-case.md) [y](https://example.org/) [z](mailto:a@example.org)": "",
	} {
		files := withCase("hallmarks: [clear-plans]\n", body+"\n")
		files["site.yaml"] = "title: T\nbase_url: https://kb.example/sub/\n"
		_, problems := link(t, maps.Clone(files), library.Options{Attachments: attachments})
		var hints []string
		for _, p := range problems {
			if p.File == "cases/c.md" {
				hints = append(hints, p.Hint)
			}
		}
		if got := strings.Join(hints, " | "); got != want {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
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
