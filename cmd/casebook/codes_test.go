package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/docs"
	"casebook/internal/pipeline"
	"casebook/internal/problem"
)

// codeExample is an example of the page of codes: its files with the mistake and without
// it. An empty text means no file.
type codeExample struct {
	code         docs.Code
	wrong, right map[string]string
}

// diffBlock matches one file of an example: its name, or the part of a case study that it
// shows, and its lines.
var diffBlock = regexp.MustCompile("(?ms)^```diff (\\S+)\n(.*?)^```$")

// exampleOf reads the example of a code. Its files are nil if there is none.
func exampleOf(code docs.Code) codeExample {
	e := codeExample{code: code}
	parts := map[string][2]string{} // texts with and without the mistake, by part of a case study or name of a file
	for _, b := range diffBlock.FindAllStringSubmatch(code.Text, -1) {
		var sides [2]string
		for line := range strings.Lines(b[2]) {
			mark, rest := " ", line
			if strings.TrimSpace(line) != "" || len(line) > 1 {
				mark, rest = line[:1], line[1:]
			}
			for side, without := range []string{"+", "-"} {
				if mark != without {
					sides[side] += rest
				}
			}
		}
		parts[b[1]] = sides
	}
	if len(parts) == 0 {
		return e
	}
	e.wrong, e.right = map[string]string{}, map[string]string{}
	fields, isFields := parts["fields"]
	text, isText := parts["text"]
	if isFields || isText {
		if !isText {
			text = [2]string{"The wards met in June.\n", "The wards met in June.\n"}
		}
		e.wrong[e.file()], e.right[e.file()] = caseOf(code.Name, fields[0], fields[1], text[0]), caseOf(code.Name, fields[1], fields[0], text[1])
	}
	for name, sides := range parts {
		if name != "fields" && name != "text" {
			e.wrong[name], e.right[name] = sides[0], sides[1]
		}
	}
	return e
}

// fieldName matches the name of a field at the start of a line.
var fieldName = regexp.MustCompile(`(?m)^(\w+):`)

// caseOf returns a case study with the fields, and with usual values for required fields
// that are neither in fields nor in others.
func caseOf(name, fields, others, text string) string {
	named := fieldName.FindAllString(fields+others, -1)
	front := fields
	for _, usual := range []string{
		"title: About " + name, "principles: [listen-first]", "countries: [Uganda]",
		"disciplines: [education]", "partners: [example-university]", "sources: [report-2025]",
	} {
		if !slices.Contains(named, fieldName.FindString(usual)) {
			front += usual + "\n"
		}
	}
	return "---\n" + front + "---\n" + text
}

// exampleSite is a knowledge base to which examples are added, one after the other.
type exampleSite struct {
	project
	builder *pipeline.Builder
	base    map[string]string // the files without those of an example
}

func newExampleSite(t *testing.T) *exampleSite {
	s := &exampleSite{project: project{source: t.TempDir(), date: "2026-11-24"}, base: map[string]string{}}
	files, err := writeStarter(s.source, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		s.base[filepath.ToSlash(file)] = read(t, filepath.Join(s.source, file))
	}
	opts, err := s.pipeline()
	if err != nil {
		t.Fatal(err)
	}
	s.builder = pipeline.New(opts)
	t.Cleanup(func() { s.builder.Close() })
	return s
}

// check adds the files to the site, and returns all its problems.
func (s *exampleSite) check(t *testing.T, files map[string]string) []problem.Problem {
	t.Helper()
	for name, text := range files {
		if target := filepath.Join(s.source, name); text == "" {
			os.Remove(target)
		} else {
			write(t, target, text)
		}
	}
	defer func() {
		for name := range files {
			target := filepath.Join(s.source, name)
			if text, ok := s.base[name]; ok {
				write(t, target, text)
			} else {
				os.Remove(target)
			}
		}
	}()
	scanner, err := s.scanner()
	if err != nil {
		t.Fatal(err)
	}
	today, err := s.today(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	result, err := s.builder.BuildFolder(context.Background(), scanner, today)
	if err != nil {
		t.Fatal(err)
	}
	advised, err := s.advise(result, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := append(slices.Clone(result.Problems), advised...)
	if result.Library != nil {
		all = append(all, leftOut(result.Library)...)
	}
	return problem.Sort(all)
}

// TestCodeExamples checks that the example of each code has only problems of that code,
// with the severity of the page, and that the corrected example has none.
func TestCodeExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many sites")
	}
	testCodeExamples(t, func(code string) bool { return !strings.HasPrefix(code, "theme-") })
}

func testCodeExamples(t *testing.T, isTested func(code string) bool) {
	site := newExampleSite(t)
	wrong, right := map[string]string{}, map[string]string{} // the case studies of all examples that are a single case study
	var cases []codeExample
	for _, code := range docs.Codes() {
		e := exampleOf(code)
		if e.wrong == nil {
			e.wrong, e.right = unusual(code.Name)
		}
		switch _, isCase := e.wrong[e.file()]; {
		case e.wrong == nil || !isTested(code.Name):
		case isCase && len(e.wrong) == 1:
			wrong[e.file()], right[e.file()] = e.wrong[e.file()], e.right[e.file()]
			cases = append(cases, e)
		default:
			e.compare(t, site.check(t, e.wrong), site.check(t, e.right))
		}
	}
	before, after := site.check(t, wrong), site.check(t, right)
	for _, e := range cases {
		isElsewhere := func(p problem.Problem) bool { return p.File != e.file() }
		e.compare(t, slices.DeleteFunc(slices.Clone(before), isElsewhere), slices.DeleteFunc(slices.Clone(after), isElsewhere))
	}
}

// file returns the path of the case study of an example without file names.
func (e codeExample) file() string { return "content/cases/on-" + e.code.Name + ".md" }

// unusual returns the examples that a page cannot show, because they are large or not text.
func unusual(code string) (wrong, right map[string]string) {
	study := func(fields, text string) map[string]string {
		return map[string]string{"content/cases/on-" + code + ".md": caseOf(code, fields, fields, text)}
	}
	const short = "The wards met in June.\n"
	switch code {
	case "control-character":
		return study("", "The wards\x07 met.\n"), study("", short)
	case "not-utf8":
		return study("", "The caf\xe9 was open.\n"), study("", short)
	case "nul":
		return study("", "The wards\x00 met.\n"), study("", short)
	case "too-long":
		return study("summary: "+strings.Repeat("we met ", 50)+"\n", short), study("", short)
	case "too-many-items":
		names := "authors:\n"
		for i := range 201 {
			names += fmt.Sprintf("  - Author %d\n", i)
		}
		return study(names, short), study("authors: [A]\n", short)
	case "too-deep":
		return study("lang: "+strings.Repeat("[", 200)+strings.Repeat("]", 200)+"\n", short), study("", short)
	case "front-matter-too-large":
		return study("summary: "+strings.Repeat("we met ", 10_000)+"\n", short), study("", short)
	case "too-large":
		return study("", strings.Repeat("We met. ", 200_000)), study("", short)
	case "markdown-nesting":
		return study("", strings.Repeat("> ", 120)+short), study("", short)
	case "picture-size":
		files := withPicture(map[string]string{"content/site.yaml": "title: Our casebook\nfavicon: cases/ward.png\n"})
		return files, map[string]string{"content/site.yaml": "title: Our casebook\n", "content/cases/ward.png": ""}
	case "image-alt":
		return withPicture(study("", short+"\n![](ward.png)\n")), withPicture(study("", short+"\n![The ward](ward.png)\n"))
	case "people-consent":
		return withPicture(study("", short+"\n![A nurse](ward.png)\n")), withPicture(study("", short+"\n![A nurse](ward.png \"With her consent\")\n"))
	case "hard-to-read":
		return study("", strings.Repeat("Interdisciplinary organisational transformation necessitates comprehensive infrastructural collaboration notwithstanding institutional administrative complications. ", 15)), study("", short)
	case "static-size":
		return map[string]string{"content/static/robots.txt": strings.Repeat("# a\n", 20_000)}, map[string]string{"content/static/robots.txt": "# a\n"}
	}
	return nil, nil
}

// withPicture adds a picture to the case study.
func withPicture(files map[string]string) map[string]string {
	var data bytes.Buffer
	_ = png.Encode(&data, image.NewGray(image.Rect(0, 0, 2, 2)))
	files["content/cases/ward.png"] = data.String()
	return files
}

// testedElsewhere maps codes to the package whose tests have their examples, because they
// need more than a folder of content.
var testedElsewhere = map[string]string{
	"asset-copies": "media", "asset-size": "media", "special-file": "source", "symlink": "source", "unreadable": "source",
	"markdown-internal": "markdown", "markdown-table-cells": "markdown", "markdown-footnotes": "markdown", "markdown-links": "markdown", "markdown-references": "markdown", "markdown-blocks": "markdown",
	"markdown-marks": "markdown", "markdown-search": "markdown",
	"page-gone": "pipeline", "page-weight": "pipeline", "style-weight": "pipeline", "script-weight": "pipeline", "too-many-problems": "pipeline",
	"outside-gone": "outside", "outside-moved": "outside", "outside-silent": "outside", "outside-private": "outside",
	"theme-layout": "theme", "theme-file": "theme", "theme-slow": "theme", "theme-outdated": "theme",
	"fault": "live", "file-too-large": "frontmatter", "import": "importing", "bibtex-syntax": "citation", "ris-syntax": "citation", "too-many-records": "citation",
}

// TestCodesWithoutExample checks that each code either has an example or is tested in
// another package.
func TestCodesWithoutExample(t *testing.T) {
	for _, code := range docs.Codes() {
		made, _ := unusual(code.Name)
		shown := exampleOf(code).wrong
		if (made == nil && shown == nil) != (testedElsewhere[code.Name] != "") {
			t.Errorf("%s has no example, or has one and is in testedElsewhere too", code.Name)
		}
	}
}

// compare reports other problems of an example, and any problems of its correction. It
// ignores advice that both have, such as advice on a draft.
func (e codeExample) compare(t *testing.T, wrong, right []problem.Problem) {
	t.Helper()
	isShared := func(p problem.Problem) bool {
		return p.Severity == problem.Advice && p.Code != e.code.Name && slices.Contains(wrong, p) && slices.Contains(right, p)
	}
	found := false
	for _, p := range wrong {
		if isShared(p) {
			continue
		}
		if p.Code != e.code.Name {
			t.Errorf("%s: another problem: %s (%s)", e.code.Name, p, p.Code)
			continue
		}
		found = true
		if !strings.Contains(e.code.Severity, p.Severity.String()) {
			t.Errorf("%s: %s is not %s", e.code.Name, p, e.code.Severity)
		}
	}
	if !found {
		t.Errorf("%s: the example does not have this problem", e.code.Name)
	}
	for _, p := range right {
		if isShared(p) {
			continue
		}
		t.Errorf("%s: the correction has the problem %s (%s)\n\t%s", e.code.Name, p, p.Code, p.Hint)
	}
}
