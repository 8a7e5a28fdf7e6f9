package content

// Codes are the codes of the problems that Parse reports of its own; those of
// package markdown come on top.
//
//	unknown-file             nothing is read from a file of this name
//	bad-id                   an id that cannot be part of an address
//	file-too-large           more than MaxFile bytes
//	not-utf8, nul            no plain text
//	control-character        an invisible character
//	front-matter-missing     a Markdown file without
//	front-matter-unclosed    no --- at its end
//	front-matter-format      TOML, JSON
//	front-matter-too-large   more than MaxFrontMatter bytes
//	yaml-syntax              YAML cannot be parsed
//	yaml-comment             YAML would leave text out
//	yaml-alias               aliases, anchors, merge keys, tags
//	too-deep                 nested more than MaxDepth deep
//	unknown-key              a field that does not exist
//	duplicate-key            a field given twice
//	duplicate-id             an entry given twice in one file
//	missing-field            a required field
//	missing-tags             neither hallmarks nor principles
//	missing-source           neither sources nor authors
//	missing-countries        advice
//	missing-disciplines      advice
//	missing-partners         advice
//	wrong-type               a list for text, text for a number
//	empty-value              an empty item of a list
//	repeated-item            the same item of a list twice: a warning
//	unknown-value            outside a closed list of values
//	too-long                 more characters than the field may have
//	bad-date, date-order     no date, or no likely year; dates that contradict each other
//	bad-url, bad-contact     no web address; neither e-mail nor web address
//	bad-orcid                no ORCID iD
//	bad-lang                 no BCP 47 language tag
//	bad-licence              not in the SPDX licence list
//	bad-alias-path           no path of this site
//	too-many-items           a list of more than MaxItems
//	too-many-problems        the file has more than MaxProblems
func Codes() []string {
	return []string{
		"unknown-file", "bad-id", "file-too-large", "not-utf8", "nul", "control-character",
		"front-matter-missing", "front-matter-unclosed", "front-matter-format", "front-matter-too-large",
		"yaml-syntax", "yaml-comment", "yaml-alias", "too-deep",
		"unknown-key", "duplicate-key", "duplicate-id",
		"missing-field", "missing-tags", "missing-source", "missing-countries", "missing-disciplines", "missing-partners",
		"wrong-type", "empty-value", "repeated-item", "unknown-value", "too-long", "bad-date", "date-order",
		"bad-url", "bad-contact", "bad-orcid", "bad-lang", "bad-licence", "bad-alias-path", "too-many-items", "too-many-problems",
	}
}
