// Package draft writes content files: the values of fields become front matter
// or an entry of a vocabulary, and a text its body.
//
// What fields there are, and what each may hold, comes from the content model.
// A value is addressed by its path:
//
//	title                      a field
//	cost.band                  a field of a field
//	quotes.2.text              a field of the second item of a list
//	benefits.Malawi            what Malawi gained
//
// Values are data: whatever a text holds, reading the file gives it back, with
// white space as single spaces.
package draft

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
)

// maxItems bounds the items of one list, so that a path such as
// quotes.999999999.text costs nothing.
const maxItems = 1_000

// Draft is an entry of content that has no file yet.
type Draft struct {
	Schema content.Schema
	Body   string // Markdown; of an entry that has its file to itself

	root node
}

// node is a value: a text, or fields or items.
type node struct {
	key      string // of a field; of an item, its number
	path     string
	text     string
	children []*node
}

// New returns an entry of a kind without any values.
func New(schema content.Schema) *Draft { return &Draft{Schema: schema} }

// Clone returns a copy that changes by itself.
func (d *Draft) Clone() *Draft {
	return &Draft{Schema: d.Schema, Body: d.Body, root: *d.root.clone()}
}

// Has reports whether the field has a value.
func (d *Draft) Has(key string) bool {
	return slices.ContainsFunc(d.root.children, func(n *node) bool { return n.key == key && !n.isEmpty() })
}

// Get returns the text at the path; "" if there is none.
func (d *Draft) Get(path string) string {
	n := &d.root
	for key := range strings.SplitSeq(path, ".") {
		i := slices.IndexFunc(n.children, func(c *node) bool { return c.key == key })
		if i < 0 {
			return ""
		}
		n = n.children[i]
	}
	return n.text
}

// Replace gives the text field at the path another text.
func (d *Draft) Replace(path, text string) {
	n := &d.root
	for key := range strings.SplitSeq(path, ".") {
		n = n.child(key)
	}
	n.text = oneLine(text)
}

// Set gives the field at the path a value. The text of a list holds one item on
// each line, or items between semicolons. An item may have a word in parentheses
// at its end, one that another field of it may hold: "Mirembe Hospital (lead)".
// An empty text changes nothing.
func (d *Draft) Set(path, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if err := setField(&d.root, d.Schema.Fields, strings.Split(path, "."), text); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// setField sets a field of a mapping; path begins with its key.
func setField(parent *node, fields []frontmatter.Field, path []string, text string) error {
	i := slices.IndexFunc(fields, func(f frontmatter.Field) bool { return f.Key == path[0] })
	if i < 0 {
		return fmt.Errorf("there is no such field: %s", hintForField(fields, path[0]))
	}
	f, n := fields[i], parent.child(path[0])
	if !f.List {
		return setValue(n, f, path[1:], text)
	}
	if len(path) == 1 {
		for _, item := range Items(text) {
			if len(n.children) == maxItems {
				return fmt.Errorf("a list has at most %d items", maxItems)
			}
			if err := setValue(n.child(strconv.Itoa(n.last()+1)), f, nil, item); err != nil {
				return err
			}
		}
		return nil
	}
	number, err := strconv.Atoi(path[1])
	if err != nil || number < 1 || number > maxItems {
		return fmt.Errorf("%s is a list: write the number of the item, from 1 to %d, behind it: %s.1", f.Key, maxItems, f.Key)
	}
	return setValue(n.child(strconv.Itoa(number)), f, path[2:], text)
}

// hintForField says which field a name was probably meant for.
func hintForField(fields []frontmatter.Field, name string) string {
	var meant []string
	for _, f := range fields {
		if slices.ContainsFunc(f.Also, func(also string) bool { return folded(also) == folded(name) }) {
			meant = append(meant, f.Key)
		}
	}
	if near := frontmatter.Nearest(name, keys(fields)); near != "" && meant == nil {
		meant = []string{near}
	}
	if meant != nil {
		return "did you mean " + strings.Join(meant, " or ") + "?"
	}
	return "use one of " + strings.Join(keys(fields), ", ")
}

// setValue sets one value of a field, or what the rest of the path names of it.
func setValue(n *node, f frontmatter.Field, rest []string, text string) error {
	switch {
	case f.Type == content.TextsByWho:
		return setByWho(n, rest, text)
	case len(f.Fields) > 0 && len(rest) > 0:
		return setField(n, f.Fields, rest, text)
	case len(f.Fields) > 0:
		return setShort(n, f, text)
	case len(rest) > 0:
		return fmt.Errorf("%s has no fields of its own", f.Key)
	}
	n.text = normal(f, text)
	return nil
}

// setByWho sets what one country or organisation gained; without a name in the
// path, each item of the text begins with one: "Malawi: trained nurses".
func setByWho(n *node, rest []string, text string) error {
	if len(rest) > 0 {
		who := n.child(strings.Join(rest, "."))
		for _, item := range Items(text) {
			who.child(strconv.Itoa(who.last() + 1)).text = oneLine(item)
		}
		return nil
	}
	for _, item := range Items(text) {
		name, gained, ok := strings.Cut(item, ":")
		if !ok {
			return fmt.Errorf("%q does not say who gained it: begin with the name and a colon, such as Malawi: trained nurses", frontmatter.Shorten(item))
		}
		if err := setByWho(n, []string{oneLine(name)}, gained); err != nil {
			return err
		}
	}
	return nil
}

// wordAtEnd matches "Mirembe Hospital (lead)".
var wordAtEnd = regexp.MustCompile(`^(.*\S)\s*\(([^()]+)\)$`)

// setShort sets a value that has fields by the text that may stand for it.
func setShort(n *node, f frontmatter.Field, text string) error {
	text = oneLine(text)
	short := slices.IndexFunc(f.Fields, func(inner frontmatter.Field) bool { return inner.Short })
	if short < 0 && f.Refers == "" {
		of := f.Key
		if f.List {
			of += ".1"
		}
		return fmt.Errorf("it has fields of its own, such as %s.%s: use %s", of, f.Fields[0].Key, strings.Join(keys(f.Fields), ", "))
	}
	if parts := wordAtEnd.FindStringSubmatch(text); parts != nil {
		for _, inner := range f.Fields {
			if value := normal(inner, parts[2]); slices.Contains(inner.Values, value) {
				n.child(inner.Key).text = value
				text = parts[1]
				break
			}
		}
	}
	if short < 0 {
		n.text = text
	} else {
		n.child(f.Fields[short].Key).text = text
	}
	return nil
}

// Items divides the text of a list: at its line ends if it has any, otherwise
// at semicolons. Bullets and numbers before the items of several lines are no part of
// them.
func Items(text string) []string {
	separator := ";"
	if strings.ContainsAny(strings.TrimSpace(text), "\r\n") {
		separator = "\n"
	}
	var items []string
	for item := range strings.SplitSeq(strings.ReplaceAll(text, "\r", "\n"), separator) {
		if item = strings.TrimSpace(item); item != "" {
			if separator == "\n" {
				item = bullet.ReplaceAllString(item, "")
			}
			items = append(items, item)
		}
	}
	return items
}

// bullet matches what people and programs write before an item of a list.
var bullet = regexp.MustCompile(`^(?:[•▪◦●·*–-]|[0-9]{1,2}[.)])\s+`)

// normal returns a text in the usual form for the field: a value of a closed
// list as the list has it, and true or false for words that mean them.
func normal(f frontmatter.Field, text string) string {
	text = oneLine(text)
	for _, value := range f.Values {
		if folded(value) == folded(text) {
			return value
		}
	}
	if f.Type == frontmatter.Boolean {
		switch folded(text) {
		case "true", "yes", "y", "x", "1", "☒", "✓":
			return "true"
		case "false", "no", "n", "0", "☐":
			return "false"
		}
	}
	return text
}

// folded is a word without what people write differently: "Peer reviewed" and
// "peer-reviewed" are the same.
func folded(text string) string {
	return strings.NewReplacer("-", "", " ", "", "_", "").Replace(strings.ToLower(text))
}

// oneLine makes white space single spaces, and leaves out characters that the
// parser refuses.
func oneLine(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\u2028' || r == '\u2029' || unicode.IsSpace(r):
			return ' '
		case frontmatter.IsZeroWidth(r) || r == '\ufffe' || r == '\uffff' || unicode.Is(unicode.Cc, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
	return strings.Join(strings.Fields(text), " ")
}

func keys(fields []frontmatter.Field) []string {
	var keys []string
	for _, f := range fields {
		keys = append(keys, f.Key)
	}
	return keys
}

func (n *node) clone() *node {
	c := *n
	c.children = nil
	for _, child := range n.children {
		c.children = append(c.children, child.clone())
	}
	return &c
}

// child returns the field or item with the key, a new one if there is none.
func (n *node) child(key string) *node {
	for _, c := range n.children {
		if c.key == key {
			return c
		}
	}
	c := &node{key: key, path: strings.TrimPrefix(n.path+"."+key, ".")}
	n.children = append(n.children, c)
	return c
}

// last is the highest number of an item.
func (n *node) last() int {
	last := 0
	for _, c := range n.children {
		number, _ := strconv.Atoi(c.key)
		last = max(last, number)
	}
	return last
}

func (n *node) isEmpty() bool {
	return n.text == "" && !slices.ContainsFunc(n.children, func(c *node) bool { return !c.isEmpty() })
}

// items are the values of a list that are not empty, by number.
func (n *node) items() []*node {
	items := slices.DeleteFunc(slices.Clone(n.children), (*node).isEmpty)
	slices.SortStableFunc(items, func(a, b *node) int {
		x, _ := strconv.Atoi(a.key)
		y, _ := strconv.Atoi(b.key)
		return cmp.Compare(x, y)
	})
	return items
}

// FieldAt returns the field of the model that a path leads to, false if there is
// none.
func FieldAt(schema content.Schema, path string) (frontmatter.Field, bool) {
	fields, found, ok := schema.Fields, frontmatter.Field{}, false
	for key := range strings.SplitSeq(path, ".") {
		if ok && found.Type == content.TextsByWho {
			return found, true
		}
		if _, err := strconv.Atoi(key); ok && found.List && err == nil {
			continue
		}
		i := slices.IndexFunc(fields, func(f frontmatter.Field) bool { return f.Key == key })
		if i < 0 {
			return frontmatter.Field{}, false
		}
		found, ok, fields = fields[i], true, fields[i].Fields
	}
	return found, ok
}
