package draft

// Writing a draft as the text of a file.

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
)

// Comments says what a written file explains.
type Comments int

const (
	None     Comments = iota
	Required          // the fields that it lacks and needs
	All               // every field: those without a value are comments, to be filled in
)

// Written is the text of a draft.
type Written struct {
	Text  []byte
	Paths map[int]string // of the value on each line of Text, from 1
}

// Markdown returns the draft as a file of its own: front matter and body.
func (d *Draft) Markdown(comments Comments) Written {
	w := newWriter()
	w.line("", "---")
	for _, f := range d.Schema.Fields {
		if n := d.find(f.Key); n != nil {
			if comments == All {
				w.comment(f.Help)
			}
			w.field("", n, f)
		}
	}
	if comments == All {
		w.line("", "")
		w.line("", "# To use one of these fields, delete the # before it and write its value.")
	}
	for _, f := range d.Schema.Fields {
		if d.find(f.Key) == nil && (comments == All || comments == Required && isNeeded(f, d)) {
			if comments == All {
				w.line("", "")
			}
			w.comment(f.Help)
			w.line("", "# "+suggestion(f))
		}
	}
	w.line("", "---")
	if body := strings.TrimSpace(d.Body); body != "" {
		w.text.WriteString(body + "\n")
	}
	return Written{[]byte(w.text.String()), w.paths}
}

// find returns the value of a field, or nil if it is empty.
func (d *Draft) find(key string) *node {
	for _, n := range d.root.children {
		if n.key == key && !n.isEmpty() {
			return n
		}
	}
	return nil
}

// isNeeded reports whether the file is not complete without the field.
func isNeeded(f frontmatter.Field, d *Draft) bool {
	if f.Required {
		return true
	}
	for _, need := range d.Schema.Needs {
		if need.In == "" && need.Holds(d.Get(need.If.Field)) && !d.Has(need.Unless) && slices.Contains(need.OneOf, f.Key) {
			return !slices.ContainsFunc(need.OneOf, d.Has)
		}
	}
	return false
}

// Missing returns the keys of the fields that the entry has not and is not
// complete without.
func (d *Draft) Missing() []string {
	var missing []string
	for _, f := range d.Schema.Fields {
		if !d.Has(f.Key) && isNeeded(f, d) {
			missing = append(missing, f.Key)
		}
	}
	return missing
}

// suggestion is a line that a writer can complete.
func suggestion(f frontmatter.Field) string {
	line := f.Key + ": " + f.Example
	if len(f.Values) > 0 {
		line = f.Key + ": " + strings.Join(f.Values, " | ")
	}
	return line
}

// AppendTo returns the file of a vocabulary with the entry as its last one. list
// is the key that may hold the list. The first line of the entry in the result
// is first.
func AppendTo(file []byte, list string, drafts ...*Draft) (w Written, first int) {
	before := strings.TrimRight(string(file), " \t\r\n")
	indent := ""
	if found := itemLine.FindAllStringSubmatch(before, -1); found != nil {
		indent = found[0][1]
	} else if regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(list) + `:`).MatchString(before) {
		indent = "  "
	}
	out := newWriter()
	if before != "" {
		out.text.WriteString(before + "\n")
		out.count = strings.Count(before, "\n") + 1
	}
	first = out.count + 1
	for _, d := range drafts {
		out.item(indent, &d.root, frontmatter.Field{Fields: d.Schema.Fields})
	}
	return Written{[]byte(out.text.String()), out.paths}, first
}

// itemLine matches the first item of a list in block style.
var itemLine = regexp.MustCompile(`(?m)^( *)- `)

// writer writes YAML in block style and remembers which line holds which value.
type writer struct {
	text  strings.Builder
	count int // lines so far
	paths map[int]string
}

func newWriter() *writer { return &writer{paths: map[int]string{}} }

func (w *writer) line(path, text string) {
	w.text.WriteString(text + "\n")
	w.count++
	if path != "" {
		w.paths[w.count] = path
	}
}

// comment writes a text as a comment of lines of at most 78 characters.
func (w *writer) comment(text string) {
	line := "#"
	for _, word := range strings.Fields(text) {
		if len(line)+1+len(word) > 78 && line != "#" {
			w.line("", line)
			line = "#"
		}
		line += " " + word
	}
	w.line("", line)
}

// field writes the value of a field behind its key.
func (w *writer) field(indent string, n *node, f frontmatter.Field) {
	key := f.Key
	if f.List {
		w.line(n.path, indent+key+":")
		f.List = false
		for _, item := range n.items() {
			w.item(indent+"  ", item, f)
		}
		return
	}
	if text, ok := scalarOf(n, f); ok {
		w.line(n.path, indent+key+": "+text)
		return
	}
	w.line(n.path, indent+key+":")
	if f.Type == content.TextsByWho {
		w.byWho(indent+"  ", n)
		return
	}
	w.fields(indent+"  ", n, f)
}

// fields writes each field of a value, in the order of the model.
func (w *writer) fields(indent string, n *node, f frontmatter.Field) {
	for _, inner := range f.Fields {
		for _, c := range n.children {
			if c.key == inner.Key && !c.isEmpty() {
				w.field(indent, c, inner)
			}
		}
	}
}

// item writes an item of a list.
func (w *writer) item(indent string, n *node, f frontmatter.Field) {
	if text, ok := scalarOf(n, f); ok {
		w.line(n.path, indent+"- "+text)
		return
	}
	inner := newWriter()
	inner.count = w.count
	inner.fields(indent+"  ", n, f)
	w.text.WriteString(indent + "- " + strings.TrimPrefix(inner.text.String(), indent+"  "))
	w.count = inner.count
	for line, path := range inner.paths {
		w.paths[line] = path
	}
}

// byWho writes texts by the name that they belong to.
func (w *writer) byWho(indent string, n *node) {
	for _, who := range n.children {
		items := who.items()
		switch {
		case len(items) == 1 && strings.EqualFold(items[0].text, content.NotReported):
			w.line(who.path, indent+Scalar(who.key)+": "+content.NotReported)
		case len(items) > 0:
			w.line(who.path, indent+Scalar(who.key)+":")
			for _, item := range items {
				w.line(item.path, indent+"  - "+Scalar(item.text))
			}
		}
	}
}

// scalarOf is the value on one line, if it is a text or may stand as one.
func scalarOf(n *node, f frontmatter.Field) (string, bool) {
	if len(f.Fields) == 0 && f.Type != content.TextsByWho || n.text != "" && len(n.children) == 0 {
		return typedScalar(n.text, f), true
	}
	var given []*node
	for _, c := range n.children {
		if !c.isEmpty() {
			given = append(given, c)
		}
	}
	if len(given) != 1 || f.Type == content.TextsByWho {
		return "", false
	}
	for _, inner := range f.Fields {
		if inner.Short && inner.Key == given[0].key {
			return Scalar(given[0].text), true
		}
	}
	return "", false
}

// bare matches numbers, dates and truth values, which stand without quotes.
var bare = regexp.MustCompile(`^(true|false|[0-9]+|[0-9]{4}(-[0-9]{2}){1,2})$`)

func typedScalar(text string, f frontmatter.Field) string {
	if f.Type != frontmatter.Text && bare.MatchString(text) {
		return text
	}
	return Scalar(text)
}

// simple matches texts that YAML and people read in the same way.
var simple = regexp.MustCompile(`^\p{L}[\p{L}\p{M}\p{N} .'’/()–-]*$`)

// Scalar writes a text as YAML that reads back as the text and cannot be taken
// for anything else, such as a list or a truth value.
func Scalar(text string) string {
	quoted := frontmatter.Scalar(text)
	switch {
	case quoted != text:
		return quoted
	case simple.MatchString(text) && !slices.Contains(words, strings.ToLower(text)):
		return text
	case strings.ContainsAny(text, `"\`):
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	default:
		return fmt.Sprintf(`"%s"`, text)
	}
}

// words are texts that some readers of YAML take for truth values or nothing.
var words = []string{"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
