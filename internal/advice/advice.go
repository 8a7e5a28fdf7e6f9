// Package advice reads case studies as a good reviewer does: it finds nothing
// that is wrong, but what readers will ask about. A patient who could be
// recognised, a figure without a source, a link that says "here".
//
// Each rule has a code of its own; the page of codes in package docs says what it
// means, with an example that a test runs. Advice never stops a build.
package advice

import (
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
)

// Study is a case study as a reviewer reads it.
type Study struct {
	*library.CaseStudy
	Body    *content.Body // required
	Lines   []string      // required: of its file
	English bool          // what it is written in
	Known   map[string]bool
	Faulty  bool // its file has errors, so that what seems to be missing may be there
}

// finding is what a rule finds. It stands where the text does, or at the
// position.
type finding struct {
	text    string
	at      problem.Position
	message string
	hint    string
}

// rule is one thing that a reviewer looks for.
type rule struct {
	code  string
	find  func(Study) []finding
	lacks bool // finds what is missing
}

// Check returns the advice for a case study, sorted.
func Check(s Study) []problem.Problem {
	var all []problem.Problem
	for _, rule := range rules() {
		if rule.lacks && s.Faulty {
			continue
		}
		for _, f := range rule.find(s) {
			at := f.at
			if at.Line == 0 {
				at = s.position(f.text)
			}
			all = append(all, problem.Problem{
				File: s.File, Line: at.Line, Column: at.Column, Severity: problem.Advice,
				Code: rule.code, Message: f.message, Hint: f.hint,
			})
		}
	}
	return problem.Sort(all)
}

// position is where a text stands in the file; the whole file if it is divided
// there.
func (s Study) position(text string) problem.Position {
	for i, line := range s.Lines {
		if before, _, found := strings.Cut(line, text); found && text != "" {
			return problem.Position{Line: i + 1, Column: len([]rune(before)) + 1}
		}
	}
	return problem.Position{}
}

// texts are the texts that readers see: the body block by block, then those of
// the front matter.
func (s Study) texts() []string {
	all := strings.Split(s.Body.Text, "\n")
	all = append(all, s.Title)
	if !s.Excerpted {
		all = append(all, s.Summary)
	}
	for _, q := range s.Quotes {
		all = append(all, q.Text, q.Speaker)
	}
	for _, i := range s.Indicators {
		all = append(all, i.Name)
	}
	for _, b := range s.Benefits {
		all = append(all, b.Texts...)
	}
	return slices.DeleteFunc(all, func(text string) bool { return text == "" })
}

// Abbreviations are the short names of a library's organisations, which need
// not be spelled out in each text.
func Abbreviations(lib *library.Library) map[string]bool {
	known := map[string]bool{}
	for _, o := range lib.Organisations {
		for _, name := range append([]string{o.Name}, o.Names...) {
			for _, word := range acronym.FindAllString(name, -1) {
				known[word] = true
			}
		}
	}
	return known
}

// New gathers what Check needs to know of a case study.
func New(lib *library.Library, c *library.CaseStudy, body *content.Body, lines []string, known map[string]bool) Study {
	lang := c.Lang
	if lang == "" {
		lang = lib.Site.Language
	}
	return Study{CaseStudy: c, Body: body, Lines: lines, English: lang == "en" || strings.HasPrefix(lang, "en-"), Known: known}
}
