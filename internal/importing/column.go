// Columns of a table: what each holds, by its head.

package importing

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"

	"github.com/xuri/excelize/v2"
)

// textColumn is the head of the column for the text of a case study.
const textColumn = "text"

// column is a column of a table. At most one of path, heading and isText is
// set; if none is, the column is left out.
type column struct {
	head    string
	path    string // of a field
	heading string // of a section of the text
	isText  bool
}

// columns returns what each column holds, and reports it.
func (i *Import) columns(schema content.Schema, m fieldMap, heads []string, rows [][]string) ([]column, error) {
	var columns []column
	suggested := "# What each column holds: a field, text or a heading of the text; nothing leaves it out.\nfields:\n"
	for n := range widest(heads, rows) {
		c, place := column{}, "column "+columnName(n)
		if n < len(heads) && strings.TrimSpace(heads[n]) != "" {
			c = columnOf(schema, m.head(heads[n]))
			c.head = oneLine(heads[n])
			place += " (" + c.head + ")"
			suggested += strings.TrimRight("  "+draft.Scalar(c.head)+": "+c.name(), " ") + "\n"
		}
		ours, given := m.Fields[c.head]
		switch {
		case c.what() != "":
			i.add(place, Mapped, c.what())
		case c.head == "":
			if why := firstIn(rows, n); why != "" {
				i.add(place, LeftOut, "it has no head: "+frontmatter.Shorten(why))
			}
		case given && ours != "":
			return nil, noField(c.head, ours, schema)
		case given:
			i.add(place, LeftOut, "as the map says")
		default:
			why := "no field has this name"
			if near := frontmatter.Nearest(c.head, fieldKeys(schema)); near != "" {
				why += "; did you mean " + near + "?"
			}
			i.add(place, LeftOut, why)
		}
		columns = append(columns, c)
	}
	i.Map = []byte(suggested)
	return columns, nil
}

// columnOf returns what a column with a head holds.
func columnOf(schema content.Schema, head string) column {
	head = oneLine(head)
	path, known := PathOf(schema, head)
	all := allSections(schema.Class)
	section := slices.IndexFunc(all, func(s content.Section) bool { return strings.EqualFold(s.Heading, strings.TrimRight(head, "?:")) })
	switch {
	case known:
		return column{path: path}
	case section >= 0:
		return column{heading: all[section].Heading}
	case strings.EqualFold(head, textColumn) && !schema.List:
		return column{isText: true}
	case strings.EqualFold(head, "id"):
		return column{path: "id"}
	}
	return column{}
}

// name returns the head that says what the column holds; "" if it is left out.
func (c column) name() string {
	if c.isText {
		return textColumn
	}
	return cmp.Or(c.path, c.heading)
}

// what returns what the column holds, for the report; "" if it is left out.
func (c column) what() string {
	switch {
	case c.heading != "":
		return "the text, below ## " + c.heading
	case c.isText:
		return "the text"
	}
	return c.path
}

// widest returns the number of columns in which a table has anything.
func widest(heads []string, rows [][]string) int {
	n := len(heads)
	for _, row := range rows {
		n = max(n, len(row))
	}
	return n
}

// firstIn returns the first text in a column.
func firstIn(rows [][]string, column int) string {
	for _, row := range rows {
		if column < len(row) && strings.TrimSpace(row[column]) != "" {
			return oneLine(row[column])
		}
	}
	return ""
}

// PathOf returns the path that a head names. The head is the path itself or
// another name of the field, in upper or lower case, and with spaces or hyphens
// instead of underscores, numbers and brackets behind it, which make no difference.
func PathOf(schema content.Schema, head string) (string, bool) {
	path := strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(head)))
	if _, ok := draft.FieldAt(schema, path); ok {
		return path, true
	}
	if _, ok := draft.FieldAt(schema, head); ok { // such as benefits.Malawi or container-title
		return head, true
	}
	for _, f := range schema.Fields {
		if slices.Contains(f.Also, path) {
			return f.Key, true
		}
	}
	if bare := strings.TrimSpace(besideHead.ReplaceAllString(head, "")); bare != head {
		return PathOf(schema, bare)
	}
	return "", false
}

// besideHead matches what people write beside the name of a field: "Author(s)",
// "Country 2", "Title *".
var besideHead = regexp.MustCompile(`\s*\([^()]*\)|[\s\d*:?#.]+$`)

// fieldKeys returns the names of the fields of the schemas, each once.
func fieldKeys(schemas ...content.Schema) []string {
	var keys []string
	for _, schema := range schemas {
		for _, f := range schema.Fields {
			if !slices.Contains(keys, f.Key) {
				keys = append(keys, f.Key)
			}
		}
	}
	return keys
}

// allSections returns the headings of all kinds of case studies, each once.
func allSections(class content.Class) []content.Section {
	var all []content.Section
	for _, kind := range content.Kind("").Choices() {
		for _, s := range content.Sections(class, content.Kind(kind)) {
			if !slices.ContainsFunc(all, func(other content.Section) bool { return other.Heading == s.Heading }) {
				all = append(all, s)
			}
		}
	}
	return all
}

// oneLine returns a text with single spaces in place of its white space.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// columnName returns the name that spreadsheets give to column n, from 0: A, B,
// … AA.
func columnName(n int) string {
	name, err := excelize.ColumnNumberToName(n + 1)
	if err != nil {
		return strconv.Itoa(n + 1)
	}
	return name
}
