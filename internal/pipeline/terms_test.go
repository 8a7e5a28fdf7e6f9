package pipeline_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/pipeline"
	"casebook/internal/source"

	"golang.org/x/net/html"
)

var (
	ownTerms = content.Terms{
		Principle: content.Noun{One: "value", Other: "values"}, Hallmark: content.Noun{One: "indicator", Other: "indicators"},
		CaseStudy: content.Noun{One: "story", Other: "stories"}, Discipline: content.Noun{One: "area", Other: "areas"},
	}
	ownTermsYAML = "terms:\n  principle: {one: value, other: values}\n  hallmark: {one: indicator, other: indicators}\n" +
		"  case_study: {one: story, other: stories}\n  discipline: {one: area, other: areas}\n"
	defaultTerm = regexp.MustCompile(`(?i)principle|hallmark|\bcases?\b|disciplin|specialt`)
	fieldName   = regexp.MustCompile("^(principles|hallmarks|disciplines|cases|number_of_cases)(-all)?$|^\\| `") // of the content model and of the data files
	sourceFile  = regexp.MustCompile(`https://example.org/edit/\S+`)
)

// TestTermsRenameEverything builds the small knowledge base with its own terms. It checks
// that no address, page, feed or data file has the default terms, and that no link is dead.
func TestTermsRenameEverything(t *testing.T) {
	const base = "https://example.org/kb/"
	snapshot := whole(t, buildTree(t, goldenInput, renamed(t), pipeline.Options{}))
	c := newCrawl(t, snapshot, base)
	c.checkAll()
	c.checkLists(t, snapshot, "values", "stories", "areas")
	for f := range snapshot.Files() {
		name := withoutHash(f.Path)
		if strings.HasPrefix(name, "assets/") || strings.HasPrefix(name, "search/") && name != "search/index.html" {
			continue // class names and binary files
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range append(shown(t, name, data), name) {
			text = sourceFile.ReplaceAllString(text, "")
			if defaultTerm.MatchString(text) && !fieldName.MatchString(text) {
				t.Errorf("%s has a default term: %.200q", name, strings.Join(strings.Fields(text), " "))
			}
		}
	}
	for _, name := range []string{
		"stories/shared-ward/index.html", "stories/shared-ward/rota.png", "stories/a-z/index.html", "values/listen-first/named-lead/index.html",
		"areas/index.html", "data/stories.csv", "feeds/value/listen-first.atom", "values/listen-first/stories.csv",
	} {
		if snapshot.File(name) == nil {
			t.Errorf("the site has no %s", name)
		}
	}
}

// renamed returns the small knowledge base with its own terms.
func renamed(t *testing.T) *source.Tree {
	tree, edited := scan(t, goldenInput), map[string][]byte{}
	for _, f := range tree.Files() {
		data, err := f.Data()
		if err != nil {
			t.Fatal(err)
		}
		if ext := path.Ext(f.Path); ext == ".md" || ext == ".yaml" {
			text := regexp.MustCompile(`\b(an? |A )case\b`).ReplaceAll(data, []byte("${1}story"))
			edited[f.Path] = []byte(ownTerms.Rename(string(text)))
		}
	}
	for i := range 6 { // lists so long that they have a search of their own
		edited[fmt.Sprintf("content/cases/more-%d.md", i)] = fmt.Appendf(nil, "---\ntitle: More of this %d\nhallmarks: [named-lead]\nauthors: [Ann Other]\n---\nText.\n", i)
	}
	const site = "content/site.yaml"
	edited[site] = append(bytes.Replace(edited[site], []byte("path: /principles/"), []byte("path: /values/"), 1), ownTermsYAML...)
	return tree.With(edited)
}

// shown returns the texts and addresses of a file that readers or programs see.
func shown(t *testing.T, name string, data []byte) []string {
	switch path.Ext(name) {
	case ".html":
		return shownOfPage(t, data)
	case ".json", ".webmanifest":
		var all []string
		var walk func(v any)
		walk = func(v any) {
			switch v := v.(type) {
			case string:
				all = append(all, v)
			case []any:
				for _, one := range v {
					walk(one)
				}
			case map[string]any:
				for _, one := range v {
					walk(one)
				}
			}
		}
		var v any
		if err := json.Unmarshal(data, &v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		walk(v)
		return all
	case ".csv":
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return slices.Concat(rows...)
	case ".png", ".ico", ".docx", ".xlsx", ".svg":
		return nil
	default:
		return strings.Split(string(data), "\n")
	}
}

// shownOfPage returns the texts of a page, and its attributes with texts or addresses.
func shownOfPage(t *testing.T, data []byte) []string {
	root, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode:
			all = append(all, n.Data)
		case n.Type == html.ElementNode:
			for _, a := range n.Attr {
				switch {
				case strings.HasPrefix(a.Val, "{"): // the words and rules of a script
					all = append(all, shown(t, ".json", []byte(a.Val))...)
				case a.Key != "class":
					all = append(all, a.Val)
				}
			}
		}
	}
	return all
}

// TestProblemsNameTermsOfTheSite checks that problems use the terms of the site.
func TestProblemsNameTermsOfTheSite(t *testing.T) {
	wrong := "---\ntitle: Wrong\nhallmarks: [zzz]\nauthors: [Ann Other]\n---\n\nText, with [a link](https://example.org/kb/stories/nowhere/).\n"
	tree := renamed(t).With(map[string][]byte{"content/cases/wrong.md": []byte(wrong)})
	result, err := newBuilder(pipeline.Options{Theme: defaultTheme(t)}).Build(t.Context(), pipeline.Input{Tree: tree, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, p := range result.Problems {
		if p.File == "content/cases/wrong.md" {
			said = append(said, p.Code+": "+p.Message+"; "+p.Hint)
		}
	}
	for _, want := range []string{`"zzz" is not an indicator of this knowledge base`, "no area is given", "add disciplines: [name]", "is an address of this site, but no page has it"} {
		if !strings.Contains(strings.Join(said, "\n"), want) {
			t.Errorf("no problem contains %q:\n%s", want, strings.Join(said, "\n"))
		}
	}
}
