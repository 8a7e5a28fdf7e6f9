// The content of a paragraph: text with its format, links, notes and pictures.

package word

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// format is how a piece of text looks.
type format struct {
	bold, italic, struck, raised, lowered bool
	link                                  string
}

// run is a piece of text with one format, or a picture, a note or a line break
// as Markdown.
type run struct {
	format
	text string
	raw  string // Markdown; text is empty
}

// inlines holds the pieces of a paragraph.
type inlines struct {
	r     *reader
	runs  []run
	boxes []block // of text boxes

	field []fieldState // the open fields of Word, the innermost last
}

// fieldState is a field of Word: its instructions, and then the text that it
// shows.
type fieldState struct {
	instruction string
	isResult    bool
	link        string // set when the result begins
}

func (r *reader) inlines(p *element) *inlines {
	in := &inlines{r: r}
	in.read(p, "")
	return in
}

// read reads the content of an element. link is the address that it leads to.
func (in *inlines) read(parent *element, link string) {
	for _, e := range parent.children {
		switch e.name {
		case "r":
			in.readRun(e, link)
		case "ins", "moveTo":
			if len(e.children) > 0 {
				in.r.note(Mapped, "insertion", "tracked change, accepted")
			}
			in.read(e, link)
		case "del", "moveFrom":
			if len(e.children) > 0 {
				in.r.note(Mapped, "deletion", "tracked change, accepted: the text is gone")
			}
		case "hyperlink":
			in.read(e, in.r.target(e))
		case "fldSimple":
			in.read(e, in.r.fieldLink(e.attr("instr"), link))
		case "smartTag", "customXml", "dir", "bdo":
			in.read(e, link)
		case "sdt":
			in.r.control(e)
			if content := e.child("sdtContent"); content != nil {
				in.read(content, link)
			}
		case "oMath", "oMathPara":
			if text := strings.TrimSpace(equation(e)); text != "" {
				in.r.note(KeptAsText, "equation", clip(text))
				in.runs = append(in.runs, run{text: text})
			}
		case "subDoc":
			in.r.note(LeftOut, "document within the document", "paste its text into the document")
		default:
			in.r.noteUnread(e)
		}
	}
}

// noteUnread adds a note if an element that is not read has text.
func (r *reader) noteUnread(e *element) {
	if text := strings.TrimSpace(e.words()); text != "" {
		r.note(LeftOut, "text of a kind that is not read", clip(text))
	}
}

// target returns the address of a hyperlink, or "" if pages may not have it.
func (r *reader) target(e *element) string {
	return r.address(r.relations[r.prefix+e.attr("id")].target, e.attr("anchor"))
}

// address returns the address of a link with its anchor, or "" if pages may not
// have it.
func (r *reader) address(target, anchor string) string {
	address := strings.ReplaceAll(strings.TrimSpace(target), " ", "%20")
	switch {
	case address == "" && anchor != "":
		r.note(KeptAsText, "link within the document", "write [text](#the-heading) where it is needed")
		return ""
	case address == "":
		return ""
	case !isAddress(address):
		r.note(KeptAsText, "link to a file", clip(target))
		return ""
	case anchor != "" && !strings.Contains(address, "#"):
		address += "#" + strings.ReplaceAll(anchor, " ", "%20")
	}
	return address
}

// isAddress reports whether a page may link to the address.
func isAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https" || u.Scheme == "mailto" || u.Scheme == "tel") && !strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' })
}

var hyperlinkField = regexp.MustCompile(`^\s*HYPERLINK\s+(?:"([^"]*)")?(?:.*\\l\s+"([^"]*)")?`)

// fieldLink returns the address of a field or, if it has none, the address
// around it.
func (r *reader) fieldLink(instruction, around string) string {
	if m := hyperlinkField.FindStringSubmatch(instruction); m != nil {
		return cmp.Or(r.address(m[1], m[2]), around)
	}
	return around
}

func (in *inlines) readRun(e *element, link string) {
	properties := in.r.runProperties(e)
	f := format{
		bold: properties.isOn("b"), italic: properties.isOn("i"), struck: properties.isOn("strike") || properties.isOn("dstrike"),
		raised: properties.val("vertAlign") == "superscript", lowered: properties.val("vertAlign") == "subscript", link: link,
	}
	if position, err := strconv.Atoi(properties.val("position")); err == nil && properties.child("sz") != nil { // as LibreOffice writes some of them
		f.raised, f.lowered = f.raised || position > 0, f.lowered || position < 0
	}
	if properties.isOn("vanish") {
		if text := strings.TrimSpace(e.words()); text != "" {
			in.r.note(LeftOut, "hidden text", clip(text))
		}
		return
	}
	if link == "" && properties.isOn("u") {
		in.r.note(LeftOut, "underlining", "pages underline links alone; write *…* for emphasis")
	}
	if properties.isOn("highlight") {
		in.r.note(LeftOut, "highlighting", "the text is kept")
	}
	in.content(e, f)
}

// content reads the content of a run.
func (in *inlines) content(e *element, f format) {
	for _, c := range e.children {
		switch c.name {
		case "fldChar":
			in.fieldMark(c, f)
			continue
		case "instrText":
			if n := len(in.field); n > 0 {
				in.field[n-1].instruction += c.text
			}
			continue
		}
		shown := f
		if n := len(in.field); n > 0 {
			if !in.field[n-1].isResult {
				continue
			}
			shown.link = cmp.Or(in.field[n-1].link, f.link)
		}
		switch c.name {
		case "t":
			in.runs = append(in.runs, run{format: shown, text: c.text})
		case "tab", "ptab":
			in.runs = append(in.runs, run{format: shown, text: " "})
		case "noBreakHyphen":
			in.runs = append(in.runs, run{format: shown, text: "-"})
		case "br", "cr":
			if kind := c.attr("type"); kind == "" || kind == "textWrapping" {
				in.runs = append(in.runs, run{raw: "\\\n"})
			} else { // a new page or column
				in.runs = append(in.runs, run{format: shown, text: " "})
			}
		case "ruby":
			in.read(c.child("rubyBase"), shown.link)
			if text := strings.TrimSpace(c.child("rt").words()); text != "" {
				in.runs = append(in.runs, run{format: shown, text: " (" + text + ")"})
			}
		case "sym":
			in.r.note(LeftOut, "symbol of a font of its own", c.attr("font")+" "+c.attr("char"))
		case "footnoteReference", "endnoteReference":
			in.runs = append(in.runs, run{raw: in.r.footnoteMark(strings.TrimSuffix(c.name, "Reference")+"s", c.attr("id"))})
		case "drawing", "pict", "object":
			in.drawing(c)
		case "AlternateContent":
			chosen := c.child("Choice")
			if chosen == nil || len(chosen.children) == 0 {
				chosen = c.child("Fallback")
			}
			if chosen != nil {
				in.content(chosen, f)
			}
		default:
			in.r.noteUnread(c)
		}
	}
}

// fieldMark opens a field, begins its text, or closes it. What is chosen or
// ticked in a field of a form has no text of its own.
func (in *inlines) fieldMark(mark *element, f format) {
	n := len(in.field)
	switch kind := mark.attr("fldCharType"); {
	case kind == "begin":
		if text := choice(mark.child("ffData")); text != "" && (n == 0 || in.field[n-1].isResult) {
			in.runs = append(in.runs, run{format: f, text: text})
		}
		in.field = append(in.field, fieldState{})
	case n > 0 && kind == "separate":
		in.field[n-1].isResult = true
		in.field[n-1].link = in.r.fieldLink(in.field[n-1].instruction, "")
	case n > 0 && kind == "end":
		in.field = in.field[:n-1]
	}
}

// choice returns the chosen entry of a list, or a box with its tick.
func choice(data *element) string {
	if list := data.child("ddList"); list != nil {
		chosen, _ := strconv.Atoi(cmp.Or(list.val("result"), list.val("default")))
		for _, entry := range list.children {
			if entry.name == "listEntry" {
				if chosen == 0 {
					return entry.attr("val")
				}
				chosen--
			}
		}
	}
	if box := data.child("checkBox"); box != nil {
		if box.child("checked") != nil && box.isOn("checked") || box.child("checked") == nil && box.isOn("default") {
			return "☒"
		}
		return "☐"
	}
	return ""
}

// footnoteMark returns a reference to a footnote or an endnote.
func (r *reader) footnoteMark(kind, id string) string {
	key := kind + ":" + id
	if r.notesUsed[key] == 0 {
		r.notesOrder = append(r.notesOrder, key)
		r.notesUsed[key] = len(r.notesOrder)
	}
	return fmt.Sprintf("[^%d]", r.notesUsed[key])
}

// drawing reads a picture or a text box, and adds a note for any other drawing.
func (in *inlines) drawing(e *element) {
	found := false
	e.each("txbxContent", func(box *element) {
		found = true
		in.r.note(KeptAsText, "text box", "its text follows the paragraph that it hangs on")
		in.boxes = append(in.boxes, in.r.blocks(box)...)
	})
	if found {
		return
	}
	alternative := ""
	e.each("docPr", func(p *element) {
		alternative = p.attr("descr")
	})
	show := func(id string) {
		found = true
		in.picture(id, alternative)
	}
	e.each("blip", func(blip *element) {
		if id := blip.attr("embed"); id != "" {
			show(id)
		} else if id := blip.attr("link"); id != "" {
			show(id)
		}
	})
	e.each("shape", func(shape *element) {
		alternative = shape.attr("alt")
	})
	e.each("imagedata", func(data *element) { show(data.attr("id")) })
	if e.name == "object" || !found {
		in.r.note(LeftOut, "drawing, chart or embedded file", "save it as a picture, or describe it in the text")
	}
}

// pictureTypes are the picture formats that pages show.
var pictureTypes = map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}

// generated matches the text that Word adds to an alternative text that it
// generated.
var generated = regexp.MustCompile(`(?i)\s*(description automatically generated( with \w+ confidence)?|AI-generated content may be incorrect\.?)\s*`)

func (in *inlines) picture(id, alternative string) {
	relation := in.r.relations[in.r.prefix+id]
	if relation.external {
		in.r.note(LeftOut, "picture that is not in the document", "it is at "+clip(relation.target)+": save it beside the file")
		return
	}
	data, err := in.r.parts.read(relation.target, maxAll)
	if err != nil || data == nil {
		in.r.note(LeftOut, "picture", "it is missing or damaged in the document")
		return
	}
	extension, ok := pictureTypes[http.DetectContentType(data)]
	if !ok {
		in.r.note(LeftOut, "picture", path.Base(relation.target)+" is of a format that browsers do not show: save it as JPEG or PNG")
		return
	}
	name := ""
	for _, p := range in.r.pictures {
		if bytes.Equal(p.Data, data) {
			name = p.Name
		}
	}
	if name == "" {
		name = fmt.Sprintf("picture-%d%s", len(in.r.pictures)+1, extension)
		in.r.pictures = append(in.r.pictures, Picture{name, data})
	}
	alternative = strings.Join(strings.Fields(generated.ReplaceAllString(alternative, " ")), " ")
	if alternative == "" {
		in.r.note(Mapped, "picture without alternative text", "write between the brackets of ![]("+name+") what it shows")
	}
	in.runs = append(in.runs, run{raw: "![" + escape(alternative) + "](" + name + ")"})
}

// control records the text of a content control that has a tag, and returns its
// index in controls; -1 if it has no tag.
func (r *reader) control(e *element) int {
	properties := e.child("sdtPr")
	c := Control{Tag: properties.val("tag"), Label: properties.val("alias"), IsEmpty: properties.isOn("showingPlcHdr")}
	if c.Tag == "" {
		return -1
	}
	if box := properties.child("checkbox"); box != nil {
		c.Text = "false"
		if state := box.val("checked"); state == "1" || state == "true" {
			c.Text = "true"
		}
	} else if content := e.child("sdtContent"); content != nil {
		c.Text = controlText(content)
	}
	c.IsEmpty = c.IsEmpty || c.Text == "" || c.Text == toWrite || c.Text == toChoose
	r.controls = append(r.controls, c)
	return len(r.controls) - 1
}

// controlText returns the text in a control, one line for each paragraph, with
// tracked changes accepted.
func controlText(content *element) string {
	var b strings.Builder
	var read func(e *element)
	read = func(e *element) {
		for _, c := range e.children {
			switch c.name {
			case "t":
				b.WriteString(c.text)
			case "br", "cr":
				b.WriteString("\n")
			case "tab":
				b.WriteString(" ")
			case "del", "moveFrom", "rPr", "pPr", "sdtPr":
			case "p":
				read(c)
				b.WriteString("\n")
			default:
				read(c)
			}
		}
	}
	read(content)
	return strings.TrimSpace(b.String())
}

// isPicture reports whether the paragraph is a picture and nothing else.
func (in *inlines) isPicture() bool {
	pictures := 0
	for _, run := range in.runs {
		switch {
		case strings.HasPrefix(run.raw, "!["):
			pictures++
		case run.raw != "" || strings.TrimSpace(run.text) != "":
			return false
		}
	}
	return pictures == 1
}

// isBoldLine reports whether the paragraph is a short line in bold. People who
// do not use styles write headings this way.
func (in *inlines) isBoldLine() bool {
	words := in.words()
	if words == "" || len(words) > 100 || strings.ContainsAny(words[len(words)-1:], ".,;:") {
		return false
	}
	for _, run := range in.runs {
		if run.raw != "" || !run.bold && strings.TrimSpace(run.text) != "" {
			return false
		}
	}
	return true
}

func (in *inlines) dropBold() {
	for i := range in.runs {
		in.runs[i].bold = false
	}
}

// words returns the text without its format.
func (in *inlines) words() string {
	var b strings.Builder
	for _, run := range in.runs {
		if run.raw == "\\\n" {
			b.WriteString(" ")
		}
		b.WriteString(run.text)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
