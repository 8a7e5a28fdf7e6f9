// Package frontmatter reads the YAML of content files: the front matter of a
// Markdown file, or a whole YAML file. It decodes YAML into structs whose field
// tags say what a value must be, and reports each mistake at its line and
// column, all of them in one run.
//
// YAML is read as its writer means it: a plain value is the text as written,
// so "countries: [NO]" is Norway and "title: 2016" a title; white space within
// a text is one space; one value may stand for a list of one; null, "", [] and
// {} are as if the field were not there. Aliases, anchors, tags and merge keys
// are refused, since contributions are untrusted and these can make a small
// file expensive to read.
//
// The YAML library stops at the first mistake and often names a line after it.
// So text that it refuses is divided into fields, each of which is parsed by
// itself (recover.go), and the line that is to blame is examined for what
// people get wrong (explain.go, slips.go, lists.go).
//
// The problems that it reports have these codes:
//
//	file-too-large           more than MaxFile bytes
//	not-utf8, nul            not plain text
//	control-character        an invisible character
//	front-matter-missing     a Markdown file without front matter
//	front-matter-unclosed    no --- at its end
//	front-matter-format      TOML, JSON
//	front-matter-too-large   more than MaxSize bytes
//	yaml-syntax              text that YAML cannot parse
//	yaml-comment             text that YAML would take for a comment and leave out
//	yaml-alias               aliases, anchors, merge keys, tags
//	curly-quotes             a value in curly quotation marks
//	markup                   Markdown or HTML in a plain text: a warning, where YAML allows it
//	too-deep                 nested more than MaxDepth deep
//	unknown-key              a field that does not exist
//	wrong-folder             the fields of another kind of content
//	duplicate-key            a field given twice
//	missing-field            a required field
//	wrong-type               a list for text, text for a number
//	empty-value              an empty item of a list
//	repeated-item            the same item of a list twice: a warning
//	unknown-value            a value that is not in the list of values of its field
//	too-long                 more characters than the field may have
//	too-many-items           a list of more than MaxItems
//	too-many-problems        the file has more than MaxProblems
package frontmatter

// Limits on one file, since contributions are untrusted.
const (
	MaxFile     = 1 << 20  // bytes of a Markdown or YAML file
	MaxSize     = 64 << 10 // bytes of front matter
	MaxDepth    = 100      // lists and mappings within one another
	MaxItems    = 200      // items of one list
	MaxProblems = 100      // problems of one file; more only bury the first
)
