// Package content_test checks this knowledge base: that each figure, name and
// quotation on its pages is in the source that the page names, that the pages are
// in plain English, and that readers find what they search for.
//
// These are tests of the content, not of the program: remove them when another
// knowledge base replaces content/. Their tables are in testdata/. The program
// reads neither (see "casebook build --help").
//
// The sources are other people's texts and are not in the repository. The
// environment variable CASEBOOK_SOURCES names the folder that holds them. Without
// it, the comparisons with sources are skipped, and the tests report that.
package content_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
)

// A page is one Markdown or YAML file of the knowledge base.
type page struct {
	name  string // path below content/
	text  string // the whole file
	cites []string
}

// pages reads all files that readers see: the pages, and the vocabularies
// whose entries are shown. It omits the bibliography and the settings, because
// their numbers, such as those of volumes and pages, are not figures of a source.
func pages(t *testing.T) []page {
	t.Helper()
	var all []page
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name == "testdata":
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".md" && name != "organisations.yaml" && name != "disciplines.yaml":
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		all = append(all, page{name, string(text), cited(t, name, text)})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 40 {
		t.Fatalf("found only %d pages", len(all))
	}
	return all
}

var headingLine = regexp.MustCompile(`(?m)^## .*$`)

var sourcesField = regexp.MustCompile(`(?m)^sources: \[([^\]\n]*)\]$`)

// cited returns the sources that a page names, by their ids in references.yaml.
func cited(t *testing.T, name string, text []byte) []string {
	t.Helper()
	if front, _, ok := bytes.Cut(bytes.TrimPrefix(text, []byte("---\n")), []byte("\n---\n")); ok {
		text = front
	}
	field := sourcesField.FindSubmatch(text)
	if field == nil {
		if bytes.Contains(text, []byte("\nsources:")) {
			t.Fatalf("%s: write sources as [one, other] in one line", name)
		}
		return nil
	}
	return strings.Split(string(field[1]), ", ")
}

// cases parses all case studies.
func cases(t *testing.T) []*content.CaseStudy {
	t.Helper()
	var all []*content.CaseStudy
	for _, p := range pages(t) {
		if !strings.HasPrefix(p.name, "cases/") {
			continue
		}
		for _, entry := range content.Parse(p.name, []byte(p.text)).Entries {
			if c, ok := entry.(*content.CaseStudy); ok {
				all = append(all, c)
			}
		}
	}
	if len(all) == 0 {
		t.Fatal("there are no case studies")
	}
	return all
}

// find returns the page with this name.
func find(all []page, name string) (page, bool) {
	i := slices.IndexFunc(all, func(p page) bool { return p.name == name })
	if i < 0 {
		return page{}, false
	}
	return all[i], true
}

// notProse matches code and the targets of links.
var notProse = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|\\]\\([^)\n]*\\)|<https?://[^>\n]*>")

// prose returns the text without code and the targets of links. It keeps line
// breaks, so that line numbers do not change.
func (p page) prose() string {
	return notProse.ReplaceAllStringFunc(p.text, func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) })
}

// table reads a file of testdata/: each line is a row, with columns separated by
// tabs. Empty lines and lines that start with # are not rows.
func table(t *testing.T, name string, columns int) []row {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for i, line := range strings.Split(string(data), "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != columns {
			t.Fatalf("testdata/%s:%d: %d columns, want %d, separated by tabs", name, i+1, len(cells), columns)
		}
		rows = append(rows, row{i + 1, cells})
	}
	return rows
}

// row is one line of a table.
type row struct {
	line  int
	cells []string
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
