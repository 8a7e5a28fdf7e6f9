package content

// The codes of problems.

import (
	"slices"

	"casebook/internal/frontmatter"
)

// Codes are the codes of the problems that Parse reports, without those of
// package markdown. They are those of package frontmatter, and these:
//
//	unknown-file             nothing is read from a file of this name
//	bad-id                   an id that cannot be part of an address
//	front-matter-below       fields that show as text: a warning
//	title-twice              a body that begins with the title: advice
//	duplicate-id             an entry given twice in one file
//	missing-tags             neither hallmarks nor principles
//	missing-source           neither sources nor authors
//	missing-countries        advice
//	missing-disciplines      advice
//	missing-partners         advice
//	bad-date, date-order     no date, or no likely year; dates that contradict each other
//	bad-url, bad-contact     no web address; neither e-mail nor web address
//	bad-orcid                no ORCID iD
//	bad-currency             no currency of ISO 4217
//	bad-lang                 no BCP 47 language tag
//	bad-licence              not in the SPDX licence list
//	bad-alias-path           no path of this site
func Codes() []string {
	return slices.Concat(frontmatter.Codes(), []string{
		"unknown-file", "bad-id", "front-matter-below", "title-twice", "duplicate-id",
		"missing-tags", "missing-source", "missing-countries", "missing-disciplines", "missing-partners",
		"bad-date", "date-order", "bad-url", "bad-contact", "bad-orcid", "bad-lang", "bad-licence", "bad-currency", "bad-alias-path",
	})
}
