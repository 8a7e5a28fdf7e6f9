// Terms: what a site calls case studies, principles and the other main things.

package theme

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// terms maps the words that strings name in braces, such as {case studies}, to
// their replacements.
type terms map[string]string

// newTerms returns the site's own terms and, where the site has none, those of
// the theme. The names in braces are the same in all languages.
func newTerms(table *stringTable, own content.Terms) terms {
	all := terms{}
	for _, t := range []struct {
		key, one, other string
		own             content.Noun
	}{
		{"term.principle", "principle", "principles", own.Principle},
		{"term.hallmark", "hallmark", "hallmarks", own.Hallmark},
		{"term.case-study", "case study", "case studies", own.CaseStudy},
		{"term.discipline", "discipline", "disciplines", own.Discipline},
	} {
		noun := t.own
		words := table.texts[t.key]
		if noun == (content.Noun{}) {
			noun = content.Noun{One: words.forms[plural.One], Other: words.forms[plural.Other]}
		} else {
			words.forms[plural.One], words.forms[plural.Other] = noun.One, noun.Other
			table.texts[t.key] = words // so that it is part of the key of a page that shows help
		}
		if noun.One == "" {
			noun.One = noun.Other
		}
		all[t.one], all[t.other] = noun.One, noun.Other
		all[capital(t.one)], all[capital(t.other)] = capital(noun.One), capital(noun.Other)
	}
	return all
}

var namedPlaceholder = regexp.MustCompile(`\{(\pL[\pL ]*)\}`)

// apply replaces the terms in all strings of a table.
func (all terms) apply(table *stringTable) []problem.Problem {
	var problems []problem.Problem
	for key, t := range table.texts {
		for i, form := range t.forms {
			t.forms[i] = namedPlaceholder.ReplaceAllStringFunc(form, func(name string) string {
				word, ok := all[name[1:len(name)-1]]
				if !ok {
					problems = append(problems, problem.Problem{
						File: t.file, Line: t.line, Code: "theme-strings", Message: fmt.Sprintf("string %q names %s, which is no term", key, name),
						Hint: "write {principle}, {hallmark}, {case study} or {discipline}, in the singular or plural, with a small letter or a capital",
					})
				}
				return word
			})
		}
		table.texts[key] = t
	}
	return problems
}

// capital returns the text with its first letter as a capital.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToTitle(r)) + strings.TrimPrefix(s, s[:size])
}
