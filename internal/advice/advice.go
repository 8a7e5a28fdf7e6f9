// Package advice reads case studies as a good reviewer does. It reports nothing
// that is wrong, only what readers will ask about: a patient who could be
// recognised, a figure without a source, a link that says "here".
//
// Each rule has its own code. The page of codes in package docs explains it, with
// an example that a test runs. Advice never stops a build.
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
	Body    *content.Body   // required
	Lines   []string        // required: of its file
	English bool            // whether it is written in English
	Known   map[string]bool // abbreviations that need no explanation, see [Abbreviations]
	Faulty  bool            // its file has errors, so a field that seems to be missing may be there
}

// finding is what a rule finds. Its position is that of the text, unless at gives
// another.
type finding struct {
	text    string
	at      problem.Position
	message string
	hint    string
}

// rule is one kind of question that a reviewer asks.
type rule struct {
	code  string
	find  func(Study) []finding
	lacks bool // whether it reports something that is missing
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

// position returns the position of a text in the file. It is zero, which means
// the whole file, if no line contains the text.
func (s Study) position(text string) problem.Position {
	for i, line := range s.Lines {
		if before, _, found := strings.Cut(line, text); found && text != "" {
			return problem.Position{Line: i + 1, Column: len([]rune(before)) + 1}
		}
	}
	return problem.Position{}
}

// texts returns the texts that readers see: first the blocks of the body, then
// the texts of the front matter.
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

// Abbreviations returns the short names of a library's organisations. A text need
// not explain them.
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

// New returns a case study with what Check needs to know about it.
func New(lib *library.Library, c *library.CaseStudy, body *content.Body, lines []string, known map[string]bool) Study {
	lang := c.Lang
	if lang == "" {
		lang = lib.Site.Language
	}
	return Study{CaseStudy: c, Body: body, Lines: lines, English: lang == "en" || strings.HasPrefix(lang, "en-"), Known: known}
}
