//go:build sweep

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// odd are case studies whose values have characters with a meaning in some format.
var odd = map[string]string{
	"signs.md": `title: '"50 % of {care}" & cost, $1; #2 <b>a_b</b> ~ ^ \ ]]> — an “aim”'
summary: "A \"quoted\", comma'd; <summary> & 'more' --> */ </script>"
authors: [Müller & Sons Trust, "O'Neill-Şahin, Ana", "=cmd|' /C calc'!A0"]
`,
	"rtl.md":     "title: 'التعلم معًا 👩🏽‍⚕️ في زومبا'\nsummary: 'ملخص \"قصير\"'\nlang: ar\nauthors: [مستشفى الأمل]\n",
	"long.md":    "title: '" + strings.Repeat("A title that goes on, ", 8) + "and on'\nauthors: [Trust One, Trust Two, Trust Three]\npublished: 2016\n",
	"french.md":  "title: « Apprendre » ensemble ; et après ?\nlang: fr\nauthors: [Éloïse d’Août-Lefèvre]\npublished: 2016-11\n",
	"formula.md": "title: '+SUM(A1:A9)*cmd'\nsummary: '-1+1'\nauthors: ['@A']\n",
}

// TestExportsAreReadByOtherProgramsSweep checks that the program .ci/formats.cjs can read
// the exports of a site with odd texts, and that it reports a mistake in each format after
// the exports are damaged.
func TestExportsAreReadByOtherProgramsSweep(t *testing.T) {
	modules := outsideFile(t, "CASEBOOK_NODE_MODULES", "folder with the programs of .ci/package.json")
	kb, site := newKB(t), filepath.Join(t.TempDir(), "site")
	for name, fields := range odd {
		write(t, filepath.Join(kb, "content", "cases", name), "---\nprinciples: [listen-first]\ncountries: [Malawi]\n"+fields+"---\n\nText.\n")
	}
	succeeds(t, "build", "--source", kb, "--output", site, "--base-url", "https://example.org/kb/", "--quiet")
	check := func() string {
		cmd := exec.CommandContext(t.Context(), "node", filepath.Join("..", "..", ".ci", "formats.cjs"), site)
		cmd.Env = append(os.Environ(), "NODE_PATH="+modules)
		said, _ := cmd.CombinedOutput()
		return string(said)
	}
	if said := check(); said != "" {
		t.Fatal(said)
	}
	for _, damage := range []struct{ file, old, text string }{
		{"data/datapackage.json", `"type": "integer"`, `"type": "date"`},
		{"ro-crate-metadata.json", `"datePublished"`, `"published"`},
		{"cases/signs/index.html", `name="citation_technical_report_institution"`, `name="citation_publisher"`},
		{"cases/french/index.html", `"abstract"`, `"summary"`},
		{"site.webmanifest", `"minimal-ui"`, `"tiny"`},
		{"linkset.json", `"cite-as"`, `"cite"`},
		{"sitemap.xml", `<loc>https://example.org/kb/cases/rtl/`, `<loc>https://example.org/kb/cases/ltr/`},
	} {
		name := filepath.Join(site, filepath.FromSlash(damage.file))
		data := read(t, name)
		damaged := strings.Replace(data, damage.old, damage.text, 1)
		if damaged == data {
			t.Errorf("%s has no %s", damage.file, damage.old)
		}
		write(t, name, damaged)
	}
	said := check()
	for _, want := range []string{"data/datapackage.json: ", "ro-crate-metadata.json: ", "cases/signs/", "cases/french/", "site.webmanifest", "linkset.json: ", "sitemap.xml: "} {
		if !strings.Contains(said, want) {
			t.Errorf("no mistake is reported in %s:\n%s", want, said)
		}
	}
}
