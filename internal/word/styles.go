// Styles and numbering, which say what a paragraph is.

package word

import (
	"slices"
	"strconv"
	"strings"
)

// style is what a paragraph style means for the text.
type style struct {
	name    string // "heading 1": the same in every language of Word
	basedOn string
	outline int // level of a heading, from 1; 0 if it is not a heading
	number  string
	level   int
}

func (r *reader) readStyles() {
	r.byStyle, r.ofRuns = map[string]style{}, map[string]*element{}
	if r.styles == nil {
		return
	}
	for _, e := range r.styles.children {
		if e.name == "style" && e.attr("type") == "character" {
			r.ofRuns[e.attr("styleId")] = e
		}
		if e.name != "style" || e.attr("type") != "paragraph" {
			continue
		}
		s := style{name: strings.ToLower(e.val("name")), basedOn: e.val("basedOn")}
		properties := e.child("pPr")
		if level, err := strconv.Atoi(properties.val("outlineLvl")); err == nil && level < 9 {
			s.outline = level + 1
		}
		if rest, ok := strings.CutPrefix(s.name, "heading "); ok {
			s.outline, _ = strconv.Atoi(rest)
		}
		s.number = properties.child("numPr").val("numId")
		s.level, _ = strconv.Atoi(properties.child("numPr").val("ilvl"))
		r.byStyle[e.attr("styleId")] = s
	}
}

// styleOf returns the style of a paragraph, including what it inherits from the
// styles that it is based on.
func (r *reader) styleOf(paragraph *element) style {
	id := paragraph.child("pPr").val("pStyle")
	s := r.byStyle[id]
	if s.name == "" {
		s.name = strings.ToLower(id) // the document has no styles.xml
		if rest, ok := strings.CutPrefix(s.name, "heading"); ok {
			s.outline, _ = strconv.Atoi(strings.TrimSpace(rest))
		}
	}
	for parent, depth := s.basedOn, 0; parent != "" && depth < 20; depth++ {
		from := r.byStyle[parent]
		if s.outline == 0 {
			s.outline = from.outline
		}
		if s.number == "" {
			s.number, s.level = from.number, from.level
		}
		if !isKnown(s.name) && isKnown(from.name) {
			s.name = from.name
		}
		parent = from.basedOn
	}
	if level, err := strconv.Atoi(paragraph.child("pPr").val("outlineLvl")); err == nil && level >= 0 && level < 9 {
		s.outline = level + 1
	}
	if s.outline < 0 || s.outline > 9 {
		s.outline = 0
	}
	return s
}

// runProperties returns the properties of a run, and after them those of its
// character style and of the styles that it is based on.
func (r *reader) runProperties(run *element) *element {
	all := &element{}
	if own := run.child("rPr"); own != nil {
		all.children = slices.Clone(own.children)
	}
	for id, depth := all.val("rStyle"), 0; r.ofRuns[id] != nil && depth < 20; depth++ {
		if properties := r.ofRuns[id].child("rPr"); properties != nil {
			all.children = append(all.children, slices.DeleteFunc(slices.Clone(properties.children), func(e *element) bool { return e.name == "u" })...) // of links
		}
		id = r.ofRuns[id].val("basedOn")
	}
	return all
}

// isKnown reports whether a style says what a paragraph is.
func isKnown(name string) bool {
	return name == "title" || name == "subtitle" || name == "caption" || isQuote(name) || strings.HasPrefix(name, "heading ") || strings.HasPrefix(name, "list ")
}

func isQuote(name string) bool {
	return strings.HasSuffix(name, "quote") || name == "quotations" || name == "block text"
}

// readNumbering reads the formats of the levels of each list.
func (r *reader) readNumbering() {
	r.formats = map[string][]string{}
	if r.numbering == nil {
		return
	}
	abstract := map[string][]string{}
	for _, e := range r.numbering.children {
		switch e.name {
		case "abstractNum":
			levels := make([]string, 9)
			for _, l := range e.children {
				if i, err := strconv.Atoi(l.attr("ilvl")); l.name == "lvl" && err == nil && i >= 0 && i < len(levels) {
					levels[i] = l.val("numFmt")
					if mark := l.child("lvlText"); levels[i] == "bullet" && mark != nil && strings.TrimSpace(mark.attr("val")) == "" {
						levels[i] = "none" // pandoc writes the second paragraph of an item this way
					}
				}
			}
			abstract[e.attr("abstractNumId")] = levels
		case "num":
			r.formats[e.attr("numId")] = abstract[e.val("abstractNumId")]
		}
	}
}

// listItem is the position of a paragraph in a list.
type listItem struct {
	list   string
	level  int
	number int // 0 for a bullet
}

// itemOf returns the position of a paragraph in a list, if it is in one, and
// counts it.
func (r *reader) itemOf(paragraph *element, s style) (listItem, bool) {
	item := listItem{list: s.number, level: s.level}
	if own := paragraph.at("pPr", "numPr"); own != nil {
		if id := own.val("numId"); id != "" {
			item.list = id
		}
		if level := own.val("ilvl"); level != "" {
			item.level, _ = strconv.Atoi(level)
		}
	}
	item.level = min(max(item.level, 0), 8)
	format := ""
	if formats := r.formats[item.list]; item.level < len(formats) {
		format = formats[item.level]
	}
	switch {
	case item.list == "0":
		return item, false // removed from the list that its style belongs to
	case item.list != "" && format == "none":
		return item, false
	case item.list == "" && strings.HasPrefix(s.name, "list bullet"):
		return item, true
	case item.list == "" && strings.HasPrefix(s.name, "list number"):
		format = "decimal"
	case item.list == "":
		return item, false
	case format == "bullet" || format == "":
		return item, true
	}
	if format != "decimal" && format != "decimalZero" {
		r.note(KeptAsText, "list with letters or Roman numerals", "its items have numbers now")
	}
	counters := r.counters[item.list]
	if counters == nil {
		counters = make([]int, 9)
		r.counters[item.list] = counters
	}
	counters[item.level]++
	clear(counters[item.level+1:])
	item.number = counters[item.level]
	return item, true
}
