// The HTML of nodes for which Casebook needs other HTML than goldmark writes.

package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	htmlr "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// output is the HTML written so far. goldmark passes it to each node renderer, so
// it also holds the collector, which has the facts about the nodes.
type output struct {
	html  []byte
	slots []slot
	found *collector
	depth int // levels of nested emphasis
}

func (o *output) reset(c *collector) {
	*o = output{html: o.html[:0], slots: o.slots[:0], found: c}
}

// The methods of util.BufWriter. They never fail, because they write to memory.

func (o *output) Write(p []byte) (int, error) {
	o.html = append(o.html, p...)
	return len(p), nil
}

func (o *output) WriteString(s string) (int, error) {
	o.html = append(o.html, s...)
	return len(s), nil
}

func (o *output) WriteByte(c byte) error {
	o.html = append(o.html, c)
	return nil
}

func (o *output) WriteRune(r rune) (int, error) {
	n := len(o.html)
	o.html = utf8.AppendRune(o.html, r)
	return len(o.html) - n, nil
}

func (o *output) Available() int { return cap(o.html) - len(o.html) }
func (o *output) Buffered() int  { return len(o.html) }
func (o *output) Flush() error   { return nil }

func (o *output) string(parts ...string) {
	for _, s := range parts {
		o.html = append(o.html, s...)
	}
}

// text writes s as text, escaped for HTML.
func (o *output) text(s []byte) { htmlr.DefaultWriter.RawWrite(o, s) }

func (o *output) open(what opening, link int) {
	o.slots = append(o.slots, slot{at: len(o.html), what: what, link: link})
}

// nodes renders the nodes that need other HTML than goldmark's.
type nodes struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	for kind, render := range map[ast.NodeKind]func(*output, []byte, ast.Node, bool) ast.WalkStatus{
		ast.KindText:             renderText,
		ast.KindParagraph:        renderParagraph,
		ast.KindBlockquote:       renderBlockquote,
		ast.KindHeading:          renderHeading,
		kindScript:               renderScript,
		ast.KindLink:             renderLink,
		ast.KindImage:            renderImage,
		ast.KindAutoLink:         renderAutoLink,
		ast.KindEmphasis:         renderEmphasis,
		extast.KindStrikethrough: renderEmphasis,
		ast.KindRawHTML:          renderRawHTML,
		ast.KindHTMLBlock:        renderHTMLBlock,
		ast.KindFencedCodeBlock:  renderFencedCodeBlock,
		extast.KindTable:         renderTable,
		extast.KindTableCell:     renderTableCell,
		extast.KindTaskCheckBox:  renderTask,
	} {
		reg.Register(kind, func(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			return render(w.(*output), src, n, entering), nil
		})
	}
}

// renderTask writes the state of a task as a character. A checkbox would need a
// label in the reader's language.
func renderTask(o *output, _ []byte, n ast.Node, entering bool) ast.WalkStatus {
	switch {
	case !entering:
	case n.(*extast.TaskCheckBox).IsChecked:
		o.string("☑ ")
	default:
		o.string("☐ ")
	}
	return ast.WalkContinue
}

// renderText leaves out line ends between East Asian characters. goldmark's own
// option for that also leaves out those before a link or emphasis.
func renderText(o *output, src []byte, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	t := n.(*ast.Text)
	value := t.Segment.Value(src)
	if t.IsRaw() {
		o.text(value)
		return ast.WalkContinue
	}
	htmlr.DefaultWriter.Write(o, value)
	switch {
	case t.HardLineBreak():
		o.html = bytes.TrimRight(o.html, " ") // earlier nodes may hold the spaces that make the break
		o.string("<br>\n")
	case t.SoftLineBreak() && !joinsLines(t, src):
		o.string("\n")
	}
	return ast.WalkContinue
}

// direction returns the attribute that lets the browser determine the direction
// of a block from its text. In a document with text in both directions, the
// blocks at the top level have it.
func (o *output) direction(n ast.Node) string {
	if o.found.rightToLeft && n.Parent().Kind() == ast.KindDocument {
		return ` dir="auto"`
	}
	return ""
}

func renderParagraph(o *output, _ []byte, n ast.Node, entering bool) ast.WalkStatus {
	_, figure := o.found.index[n]
	switch {
	case figure:
	case entering:
		o.string("<p", o.direction(n), ">")
	default:
		o.string("</p>\n")
	}
	return ast.WalkContinue
}

// renderBlockquote writes a quote, or a note with a slot for its title, which is
// in the language of the page.
func renderBlockquote(o *output, _ []byte, n ast.Node, entering bool) ast.WalkStatus {
	kind, note := o.found.state.notes[n]
	switch {
	case note && entering:
		o.string(`<div class="callout callout-`, string(noteKinds[kind]), `" role="note"`, o.direction(n), ">\n")
		o.open(noteTitle, kind)
	case note:
		o.string("</div>\n")
	case entering:
		o.string("<blockquote", o.direction(n), ">\n")
	default:
		o.string("</blockquote>\n")
	}
	return ast.WalkContinue
}

func renderScript(o *output, _ []byte, n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		o.string("<", n.(*script).tag, ">")
	} else {
		o.string("</", n.(*script).tag, ">")
	}
	return ast.WalkContinue
}

func renderHeading(o *output, _ []byte, n ast.Node, entering bool) ast.WalkStatus {
	h := o.found.headings[o.found.index[n]]
	level := strconv.Itoa(h.Level)
	if entering {
		o.string("<h", level, ` id="`, IDPrefix, escape(h.ID), `"`, o.direction(n), ">")
	} else {
		o.string("</h", level, ">\n")
	}
	return ast.WalkContinue
}

func renderLink(o *output, _ []byte, n ast.Node, entering bool) ast.WalkStatus {
	if i, ok := o.found.index[n]; ok && entering {
		o.open(linkStart, i)
	} else if ok {
		o.open(linkEnd, i)
	}
	return ast.WalkContinue
}

func renderImage(o *output, _ []byte, n ast.Node, entering bool) ast.WalkStatus {
	i, ok := o.found.index[n]
	if !ok {
		return ast.WalkContinue // refused: the alternative text is shown instead
	}
	if !entering {
		return ast.WalkSkipChildren
	}
	if _, figure := o.found.index[n.Parent()]; !figure || n.Parent().Kind() != ast.KindParagraph {
		o.open(imageHere, i)
		return ast.WalkSkipChildren
	}
	o.string("<figure", o.direction(n.Parent()), ">")
	o.open(figureHere, i)
	caption, by := splitCaption(typeset(o.found.links[i].Title))
	o.string("<figcaption>", escape(caption))
	if by != "" {
		o.string(` <span class="credit">`, escape(by), "</span>")
	}
	o.string("</figcaption></figure>\n")
	return ast.WalkSkipChildren
}

func renderAutoLink(o *output, src []byte, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	i, ok := o.found.index[n]
	if ok {
		o.open(linkStart, i)
	}
	o.text(n.(*ast.AutoLink).Label(src))
	if ok {
		o.open(linkEnd, i)
	}
	return ast.WalkContinue
}

func renderEmphasis(o *output, _ []byte, n ast.Node, entering bool) ast.WalkStatus {
	tag := "del"
	if e, ok := n.(*ast.Emphasis); ok {
		tag = []string{"em", "strong"}[e.Level-1]
	}
	if entering {
		o.depth++
	}
	// Browsers stop at 512 levels of nested elements.
	if o.depth <= MaxNesting && entering {
		o.string("<", tag, ">")
	} else if o.depth <= MaxNesting {
		o.string("</", tag, ">")
	}
	if !entering {
		o.depth--
	}
	return ast.WalkContinue
}

func renderRawHTML(o *output, src []byte, n ast.Node, entering bool) ast.WalkStatus {
	if _, lineBreak := o.found.index[n]; lineBreak && entering {
		o.string("<br>")
	} else if entering {
		o.text(visibleHTML(rawInline(n.(*ast.RawHTML), src)))
	}
	return ast.WalkSkipChildren
}

func renderHTMLBlock(o *output, src []byte, n ast.Node, entering bool) ast.WalkStatus {
	if visible := visibleHTML(rawBlock(n.(*ast.HTMLBlock), src)); entering && len(visible) > 0 {
		o.string("<p>")
		o.text(visible)
		o.string("</p>\n")
	}
	return ast.WalkSkipChildren
}

func renderFencedCodeBlock(o *output, src []byte, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		return ast.WalkContinue
	}
	o.string("<pre><code")
	if language := string(o.found.resolved(n.(*ast.FencedCodeBlock).Language(src))); isLanguage(language) {
		o.string(` class="language-`, escape(language), `"`)
	}
	o.string(">")
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		o.text(line.Value(src))
	}
	o.string("</code></pre>\n")
	return ast.WalkContinue
}

// isLanguage reports whether s can be part of a class name.
func isLanguage(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(`"&'<>`+"`", r)
	})
}

// renderTable puts the table in an element that scrolls sideways, also with the
// keyboard. Screen readers announce it by the text of its header cells.
func renderTable(o *output, _ []byte, n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		o.string("</table>\n</div>\n")
		return ast.WalkContinue
	}
	o.string(`<div class="table"`, o.direction(n))
	if label := o.found.labels[o.found.index[n]]; label != "" {
		o.string(` role="region" aria-label="`, escape(label), `"`)
	}
	o.string(` tabindex="0">`, "\n<table>\n")
	return ast.WalkContinue
}

func renderTableCell(o *output, _ []byte, n ast.Node, entering bool) ast.WalkStatus {
	start, end := "<td", "</td>\n"
	if n.Parent().Kind() == extast.KindTableHeader {
		start, end = `<th scope="col"`, "</th>\n"
	}
	if !entering {
		o.string(end)
		return ast.WalkContinue
	}
	o.string(start)
	// A class, because the pages' security policy forbids inline styles.
	if a := n.(*extast.TableCell).Alignment; a != extast.AlignNone {
		o.string(` class="align-`, a.String(), `"`)
	}
	o.string(">")
	return ast.WalkContinue
}
