// The blocks of a document: paragraphs, headings, lists, tables and figures.

package word

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

var errNoText = errors.New("it is not a Word document: save it as .docx from Word")

// reader is the state of reading a document.
type reader struct {
	parts  *parts
	folder string // folder of the main part: "word"

	main, styles, numbering, footnoteTexts, endnoteTexts, comments, properties *element

	relations map[string]relation
	byStyle   map[string]style
	ofRuns    map[string]*element // character styles, by id
	formats   map[string][]string // of the levels of each list
	counters  map[string][]int    // of the levels of each list

	guessHeadings bool   // the document has no headings, so bold lines count as headings
	prefix        string // precedes ids of relations: "footnotes:" in a footnote
	notesUsed     map[string]int
	notesOrder    []string
	pictures      []Picture
	controls      []Control
	within        int          // how many controls contain the current paragraph
	outside       []string     // paragraphs outside all controls
	notes         map[Note]int // how often each note occurs
	order         []Note
}

func (r *reader) note(outcome Outcome, what, detail string) {
	n := Note{outcome, what, detail}
	if r.notes[n] == 0 {
		r.order = append(r.order, n)
	}
	r.notes[n]++
}

// allNotes returns the notes, each once with its number of occurrences.
func (r *reader) allNotes() []Note {
	if r.comments != nil {
		for _, c := range r.comments.children {
			if text := strings.TrimSpace(c.words()); text != "" {
				r.note(LeftOut, "comment", cmp.Or(c.attr("author"), "somebody")+": "+clip(text))
			}
		}
	}
	var notes []Note
	for _, n := range r.order {
		if count := r.notes[n]; count > 1 {
			n.What = fmt.Sprintf("%d × %s", count, n.What)
		}
		notes = append(notes, n)
	}
	return notes
}

// clip shortens a text for a report.
func clip(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > 80 {
		return string([]rune(text)[:79]) + "…"
	}
	return text
}

// blockKind says what a block is.
type blockKind int

const (
	paragraphBlock blockKind = iota
	headingBlock
	itemBlock
	quoteBlock
	tableBlock
	figureBlock // a picture on its own
	captionBlock
	titleBlock
)

// block is a piece of the text.
type block struct {
	kind  blockKind
	text  string   // Markdown, without the marks of the block's kind
	plain string   // only its words
	level int      // of a heading
	item  listItem // of a list item
}

// hasHeadings reports whether any paragraph has the style of a heading.
func (r *reader) hasHeadings(body *element) bool {
	found := false
	body.each("p", func(p *element) {
		s := r.styleOf(p)
		found = found || s.outline > 0
	})
	return found
}

// blocks reads the blocks of a body, a cell or a footnote.
func (r *reader) blocks(parent *element) []block {
	var all []block
	var open *element // a paragraph that the next one continues: its end was deleted, or it is a large first letter
	for _, p := range r.flow(parent) {
		switch p.name {
		case "tbl":
			all = append(all, r.table(p)...)
		case "sdt":
			all = append(all, r.blockControl(p)...)
		case "p":
			if open != nil {
				p = continued(open, p)
				open = nil
			}
			if p.at("pPr", "rPr", "del") != nil || p.at("pPr", "framePr") != nil && p.at("pPr", "framePr").attr("dropCap") != "" {
				open = p
				continue
			}
			all = append(all, r.paragraph(p)...)
		}
	}
	if open != nil {
		all = append(all, r.paragraph(open)...)
	}
	return typedLists(all)
}

// continued returns a paragraph with the content of two. It has the properties
// of the second, as in Word.
func continued(first, second *element) *element {
	p := &element{name: "p", children: slices.Clone(second.children)}
	at := 0
	if len(p.children) > 0 && p.children[0].name == "pPr" {
		at = 1
	}
	content := slices.DeleteFunc(slices.Clone(first.children), func(e *element) bool { return e.name == "pPr" })
	p.children = slices.Insert(p.children, at, content...)
	return p
}

// typedItem matches a line that begins with a typed hyphen or number, as escaped
// by escapeStart.
var typedItem = regexp.MustCompile(`^(?:\\?[-–*]|([0-9]{1,2})\\?[.)])[ ]`)

// typedLists makes a list of two or more paragraphs that begin with typed hyphens,
// or with numbers that count from 1.
func typedLists(blocks []block) []block {
	item := func(b block, numbered bool, number int) (rest string, ok bool) {
		m := typedItem.FindStringSubmatch(b.text)
		if b.kind != paragraphBlock || m == nil || (m[1] != "") != numbered || numbered && m[1] != strconv.Itoa(number) {
			return "", false
		}
		return escapeStart(b.text[len(m[0]):]), true
	}
	for start := 0; start < len(blocks); start++ {
		for _, numbered := range []bool{false, true} {
			end := start
			for ; end < len(blocks); end++ {
				if _, ok := item(blocks[end], numbered, end-start+1); !ok {
					break
				}
			}
			for i := start; i < end && end-start > 1; i++ {
				blocks[i].text, _ = item(blocks[i], numbered, i-start+1)
				blocks[i].kind, blocks[i].item = itemBlock, listItem{list: "typed"}
				if numbered {
					blocks[i].item.number = i - start + 1
				}
			}
		}
	}
	return blocks
}

// flow returns the paragraphs and tables of a part, including those inside
// controls and other wrappers.
func (r *reader) flow(parent *element) []*element {
	var all []*element
	for _, e := range parent.children {
		switch e.name {
		case "p", "tbl":
			all = append(all, e)
		case "sdt":
			if e.at("sdtPr", "docPartObj", "docPartGallery") != nil {
				r.note(LeftOut, "table of contents", "the page makes its own")
				continue
			}
			all = append(all, e)
		case "ins", "moveTo", "customXml", "smartTag":
			all = append(all, r.flow(e)...)
		case "altChunk":
			r.note(LeftOut, "embedded document", "paste its text into the document")
		}
	}
	return all
}

// blockControl reads a content control that holds paragraphs.
func (r *reader) blockControl(e *element) []block {
	content := e.child("sdtContent")
	if content == nil {
		return nil
	}
	i := r.control(e)
	if i < 0 {
		return r.blocks(content)
	}
	r.within++
	blocks := r.blocks(content)
	r.within--
	r.controls[i].Markdown = r.join(r.joinCaptions(slices.Clone(blocks)))
	return blocks
}

// paragraph reads a paragraph and the text boxes anchored to it.
func (r *reader) paragraph(p *element) []block {
	s := r.styleOf(p)
	if strings.HasPrefix(s.name, "toc ") || s.name == "toc heading" {
		r.note(LeftOut, "line of the table of contents", "the page makes its own")
		return nil
	}
	controls := len(r.controls)
	in := r.inlines(p)
	if words := in.words(); words != "" && r.within == 0 && len(r.controls) == controls {
		r.outside = append(r.outside, words)
	}
	isHeading := s.outline > 0 && s.outline <= 6
	if isHeading || s.name == "title" {
		in.dropBold()
	}
	b := block{text: in.markdown(), plain: in.words()}
	switch {
	case b.text == "":
		return in.boxes
	case s.name == "title":
		b.kind = titleBlock
	case isHeading:
		b.kind, b.level = headingBlock, s.outline
	case s.name == "caption":
		b.kind = captionBlock
	case in.isPicture():
		b.kind = figureBlock
	case isQuote(s.name):
		b.kind = quoteBlock
	case r.guessHeadings && in.isBoldLine():
		in.dropBold()
		b.kind, b.level, b.text = headingBlock, 1, in.markdown()
		r.note(Mapped, "bold line", "taken for a heading, since no paragraph has the style of one")
	default:
		if item, ok := r.itemOf(p, s); ok {
			b.kind, b.item = itemBlock, item
		} else if rest, ok := typedBullet(b.text); ok {
			b.kind, b.text, b.item = itemBlock, rest, listItem{list: "typed"}
		}
	}
	if b.kind == headingBlock || b.kind == titleBlock {
		b.text = strings.ReplaceAll(b.text, "\\\n", " ")
		rest, ok := strings.CutSuffix(b.text, "#") // a final # would close the heading
		if backslashes := len(rest) - len(strings.TrimRight(rest, `\`)); ok && backslashes%2 == 0 {
			b.text = rest + `\#`
		}
	}
	return append([]block{b}, in.boxes...)
}

// typedBullet removes the bullet from a line that begins with one.
func typedBullet(text string) (string, bool) {
	for _, bullet := range []string{"•", "▪", "◦", "●", "\uf0b7", "·"} {
		if rest, ok := strings.CutPrefix(text, bullet); ok {
			if rest = strings.TrimSpace(rest); rest != "" {
				return escapeStart(rest), true
			}
		}
	}
	return "", false
}

// takeTitle returns the title of the document and its other blocks. The title
// is the paragraph in the style Title or, without one, the first heading if no
// other heading has the same level or a higher one.
func (r *reader) takeTitle(blocks []block) (string, []block) {
	for i, b := range blocks {
		if b.kind == titleBlock {
			for j := i + 1; j < len(blocks); j++ {
				if blocks[j].kind == titleBlock {
					blocks[j].kind = paragraphBlock
				}
			}
			return b.plain, slices.Delete(blocks, i, i+1)
		}
	}
	if len(blocks) == 0 || blocks[0].kind != headingBlock {
		return r.properties.child("title").textOf(), blocks
	}
	for _, b := range blocks[1:] {
		if b.kind == headingBlock && b.level <= blocks[0].level && !r.guessHeadings {
			return r.properties.child("title").textOf(), blocks
		}
	}
	return blocks[0].plain, blocks[1:]
}

// joinCaptions adds each caption to the picture above it or below it.
func (r *reader) joinCaptions(blocks []block) []block {
	var joined []block
	for i := 0; i < len(blocks); i++ {
		b := blocks[i]
		switch {
		case b.kind == figureBlock && i+1 < len(blocks) && blocks[i+1].kind == captionBlock:
			b.text = withCaption(b.text, blocks[i+1].plain)
			i++
		case b.kind == captionBlock && i+1 < len(blocks) && blocks[i+1].kind == figureBlock:
			i++
			caption := b.plain
			b = blocks[i]
			b.text = withCaption(b.text, caption)
		}
		joined = append(joined, b)
	}
	return joined
}

// withCaption makes a caption the title of a picture.
func withCaption(picture, caption string) string {
	caption = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", `\&`).Replace(strings.Join(strings.Fields(caption), " "))
	return strings.TrimSuffix(picture, ")") + ` "` + caption + `")`
}

// join returns blocks as Markdown.
func (r *reader) join(blocks []block) string {
	var b strings.Builder
	lowest := 9
	for _, block := range blocks {
		if block.kind == headingBlock {
			lowest = min(lowest, block.level)
		}
	}
	var widths []int // of the marks of the open list, by level
	for i, block := range blocks {
		if i > 0 {
			b.WriteString("\n")
		}
		if block.kind != itemBlock {
			if i > 0 {
				b.WriteString("\n")
			}
			widths = nil
		}
		switch block.kind {
		case headingBlock:
			b.WriteString(strings.Repeat("#", min(block.level-lowest+2, 6)) + " " + block.text)
		case quoteBlock:
			b.WriteString("> " + strings.ReplaceAll(block.text, "\n", "\n> "))
		case itemBlock:
			if i > 0 && len(widths) == 0 {
				b.WriteString("\n")
			}
			level := min(block.item.level, len(widths))
			widths = widths[:level]
			indent := 0
			for _, w := range widths {
				indent += w
			}
			mark := "- "
			if block.item.number > 0 {
				mark = fmt.Sprintf("%d. ", block.item.number)
			}
			widths = append(widths, len(mark))
			b.WriteString(strings.Repeat(" ", indent) + mark + strings.ReplaceAll(block.text, "\n", "\n"+strings.Repeat(" ", indent+len(mark))))
		default:
			b.WriteString(block.text)
		}
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

// footnotes returns the footnotes that the text refers to, in the order of the
// references.
func (r *reader) footnotes() string {
	var b strings.Builder
	for i := 0; i < len(r.notesOrder); i++ { // a footnote may refer to another one
		key := r.notesOrder[i]
		kind, id, _ := strings.Cut(key, ":")
		from := r.footnoteTexts
		if kind == "endnotes" {
			from = r.endnoteTexts
		}
		text, found := "…", false
		if from != nil {
			for _, note := range from.children {
				if note.attr("id") == id {
					found = true
					r.prefix = kind + ":"
					text = strings.ReplaceAll(strings.TrimSpace(r.join(r.blocks(note))), "\n", "\n    ")
					r.prefix = ""
				}
			}
		}
		if !found {
			r.note(LeftOut, strings.TrimSuffix(kind, "s"), "its text is missing in the document")
		}
		fmt.Fprintf(&b, "\n[^%d]: %s\n", r.notesUsed[key], text)
	}
	return b.String()
}
