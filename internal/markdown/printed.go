// The source of a block as readers see it, to find markup that prints as text.

package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// printed is the source of one block without everything that does not print as
// text. Zero bytes replace marks that were parsed, code, addresses of links and
// characters after a backslash. So each offset is that of the source, and what
// still looks like markup was not parsed as markup.
type printed struct {
	lines *text.Segments
	start int // offset of the first byte in the source
	bytes []byte
}

// addressByte replaces each byte of an address that is shown as text.
const addressByte = 1

// begin starts a block with nothing printed.
func (p *printed) begin(lines *text.Segments) {
	p.lines, p.bytes = lines, p.bytes[:0]
	if lines == nil || lines.Len() == 0 {
		return
	}
	p.start = lines.At(0).Start
	n := max(0, lines.At(lines.Len()-1).Stop-p.start)
	if cap(p.bytes) < n {
		p.bytes = make([]byte, n)
		return
	}
	p.bytes = p.bytes[:n]
	clear(p.bytes)
}

// at returns the part of the block for the source at an offset, or nothing for an
// offset outside the block.
func (p *printed) at(offset, n int) []byte {
	if offset < p.start || offset+n > p.start+len(p.bytes) {
		return nil
	}
	return p.bytes[offset-p.start : offset-p.start+n]
}

// text records text without its escaped characters.
func (p *printed) text(offset int, value []byte) {
	to := p.at(offset, len(value))
	if copy(to, value) == 0 {
		return
	}
	for i := 0; i+1 < len(to); i++ {
		if to[i] == '\\' && util.IsPunct(to[i+1]) {
			to[i], to[i+1] = 0, 0
			i++
		}
	}
}

// typographic records the straight characters that a typographic one replaced.
func (p *printed) typographic(n *ast.String, src []byte) {
	length := 1
	switch string(n.Value) { // n.Pos() is -1 for all of these nodes in goldmark 1.8.7
	case "—", "…":
		length = 3
	case "–", "«", "»":
		length = 2
	}
	if at := n.BaseNode.Pos(); at >= 0 && at+length <= len(src) {
		copy(p.at(at, length), src[at:at+length])
	}
}

// address records an address that is shown as text.
func (p *printed) address(offset, n int) {
	to := p.at(offset, n)
	for i := range to {
		to[i] = addressByte
	}
}

// line returns a line of the block, without its line end.
func (p *printed) line(i int) []byte {
	l := p.lines.At(i)
	return bytes.TrimRight(p.at(l.Start, l.Len()), "\r\n\x00 ")
}
