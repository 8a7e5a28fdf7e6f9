// Package frontmatter reads the YAML of content files: the front matter of a
// Markdown file, or a whole YAML file. It decodes YAML into structs whose field
// tags say what a value must be, and reports each mistake with its line and
// column; one run reports all of them.
//
// YAML is read as its author means it. A plain value is the text as written, so
// "countries: [NO]" is Norway and "title: 2016" is a title. Runs of white space in a
// text count as one space. A single value may be used where a list is expected.
// null, "", [] and {} count as no value. Aliases, anchors, tags and merge keys are
// rejected, because contributions are not trusted and these features can make a
// small file expensive to read.
//
// The YAML library stops at the first mistake, and often reports it at a later
// line. So text that the library rejects is divided into fields, each of which is
// parsed separately (recover.go), and the invalid line is checked for common
// mistakes (explain.go, slips.go, lists.go).
//
// The reported problems have these codes:
//
//	file-too-large           more than MaxFile bytes
//	not-utf8, nul            not plain text
//	control-character        an invisible character
//	front-matter-missing     a Markdown file without front matter
//	front-matter-unclosed    no --- at its end
//	front-matter-format      TOML, JSON
//	front-matter-too-large   more than MaxSize bytes
//	yaml-syntax              text that YAML cannot parse
//	yaml-comment             text that YAML would read as a comment and ignore
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
//	divided-name             the names of one person as two items of a list
//	repeated-item            the same item of a list twice: a warning
//	unknown-value            a value that is not in the list of values of its field
//	too-long                 more characters than the field may have
//	too-many-items           a list of more than MaxItems
//	too-many-problems        the file has more than MaxProblems
package frontmatter

// Limits on one file, because contributions are not trusted.
const (
	MaxFile     = 1 << 20  // bytes of a Markdown or YAML file
	MaxSize     = 64 << 10 // bytes of front matter
	MaxDepth    = 100      // nesting depth of lists and mappings
	MaxItems    = 200      // items of one list
	MaxProblems = 100      // problems of one file; more would only bury the first
)
