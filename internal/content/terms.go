package content

// Terms: what a site calls case studies, principles and the other main things.

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// Terms are the words for the main things in pages, addresses and messages. A term
// without words uses those of the theme.
type Terms struct {
	Principle  Noun `yaml:"principle" example:"{one: value, other: values}" help:"A principle."`
	Hallmark   Noun `yaml:"hallmark" example:"{one: indicator, other: indicators}" help:"A hallmark."`
	CaseStudy  Noun `yaml:"case_study" example:"{one: story, other: stories}" help:"A case study."`
	Discipline Noun `yaml:"discipline" example:"{one: field, other: fields}" help:"A discipline: a specialty, profession or field of work."`
}

// Noun is the singular and plural of a word, in lower case as within a sentence.
type Noun struct {
	One   string `yaml:"one" check:"required,max=60" example:"indicator" help:"The word for one."`
	Other string `yaml:"other" check:"required,max=60" example:"indicators" help:"The word for several."`

	At Position `yaml:"-"` // where it stands
}

// CheckYAML records the position of the noun.
func (n *Noun) CheckYAML(m *frontmatter.Mapping) { n.At = m.Position() }

// Slugs returns the terms as addresses have them: "value" and "values". A term
// without words, or without a letter that an address can have, is in addresses what
// it is in this program.
func (t Terms) Slugs() Terms {
	return Terms{
		t.Principle.slugs("principle", "principles"),
		t.Hallmark.slugs("hallmark", "hallmarks"),
		t.CaseStudy.slugs("case", "cases"),
		t.Discipline.slugs("discipline", "disciplines"),
	}
}

func (n Noun) slugs(one, other string) Noun {
	return Noun{One: cmp.Or(Slug(n.One), one), Other: cmp.Or(Slug(n.Other), other)}
}

// termWord matches a term of this program with its article, or text in quotes.
var termWord = regexp.MustCompile(`(?i)"[^"]*"|\b(?:an? )?(?:principles?|hallmarks?|case stud(?:y|ies)|disciplines?)\b`)

// Rename returns an English text of this program with the site's own terms. It
// leaves alone what a reader types or looks up: text in quotes, fields such as
// "hallmarks:", paths and placeholders.
func (t Terms) Rename(text string) string {
	if t == (Terms{}) {
		return text
	}
	var b strings.Builder
	end := 0
	for _, at := range termWord.FindAllStringIndex(text, -1) {
		before, word, after := text[:at[0]], text[at[0]:at[1]], text[at[1]:]
		b.WriteString(text[end:at[0]])
		end = at[1]
		if isTyped(before, after) {
			b.WriteString(word)
		} else {
			b.WriteString(t.rename(word))
		}
	}
	return b.String() + text[end:]
}

// InProblems returns the problems with the site's own terms in their texts.
func (t Terms) InProblems(all []problem.Problem) []problem.Problem {
	if t == (Terms{}) {
		return all
	}
	renamed := slices.Clone(all)
	for i := range renamed {
		renamed[i].Message, renamed[i].Hint = t.Rename(renamed[i].Message), t.Rename(renamed[i].Hint)
	}
	return renamed
}

// isTyped reports whether the word between two texts is part of a field, a path, an
// id or a placeholder.
func isTyped(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, size := utf8.DecodeRuneInString(after)
	if strings.ContainsRune("/-_.{", last) || strings.ContainsRune(":/-_}", next) {
		return true
	}
	letter, _ := utf8.DecodeRuneInString(after[size:])
	return next == '.' && unicode.IsLetter(letter) // the name of a file, not the end of a sentence
}

// rename returns the site's own words for a term of this program.
func (t Terms) rename(word string) string {
	article, noun := "", strings.ToLower(word)
	if a, rest, ok := strings.Cut(noun, " "); ok && len(a) < len("case") {
		article, noun = a, rest
	}
	own := map[string]string{
		"principle": t.Principle.One, "principles": t.Principle.Other,
		"hallmark": t.Hallmark.One, "hallmarks": t.Hallmark.Other,
		"case study": t.CaseStudy.One, "case studies": t.CaseStudy.Other,
		"discipline": t.Discipline.One, "disciplines": t.Discipline.Other,
	}[noun]
	if own == "" {
		return word
	}
	if article != "" {
		article = "a "
		if strings.ContainsRune("aeiou", unicode.ToLower(rune(own[0]))) {
			article = "an "
		}
	}
	renamed := article + own
	if first, size := utf8.DecodeRuneInString(renamed); unicode.IsUpper(rune(word[0])) {
		return string(unicode.ToUpper(first)) + renamed[size:]
	}
	return renamed
}
