// Footnotes: their limits, and references without a footnote and the reverse.
// Addresses of links that no link uses.

package markdown

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// footnotes limits the definitions of footnotes to MaxFootnotes.
type footnotes struct{ container }

func (f footnotes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, pos := reader.Position()
	node, next := f.container.Open(parent, reader, pc)
	if node == nil {
		return nil, next
	}
	s := stateOf(pc)
	if s.definitions++; s.definitions <= MaxFootnotes {
		return node, next
	}
	reader.SetPosition(line, pos)
	s.footnotesExceeded(pos.Start)
	return nil, parser.NoChildren
}

func (s *state) footnotesExceeded(offset int) {
	s.exceeded(offset, "markdown-footnotes",
		fmt.Sprintf("there are more than %d footnotes or marks that refer to them", MaxFootnotes), "split the page")
}

// footnoteMarks limits footnote references to MaxFootnotes and reports references
// to footnotes that do not exist.
type footnoteMarks struct{ metered }

func (f footnoteMarks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	mark := bytes.TrimPrefix(line, []byte("!"))
	if !bytes.HasPrefix(mark, []byte("[^")) {
		return nil
	}
	s := stateOf(pc)
	if s.references >= MaxFootnotes {
		s.footnotesExceeded(segment.Start)
		return nil
	}
	node := f.metered.Parse(parent, block, pc)
	if node != nil {
		s.references++
		return node
	}
	if end := bytes.IndexAny(mark[2:min(len(mark), 100)], "[] \t\n"); end > 0 && mark[2+end] == ']' {
		label := mark[:2+end+1]
		begins := parent.Lines().At(0).Start == segment.Start
		if rest := bytes.TrimLeft(mark[len(label):], " :"); begins && len(rest) < len(mark)-len(label) && len(bytes.TrimSpace(rest)) > 0 {
			s.report(segment.Start, "footnote-undefined", "the colon of the footnote does not follow its mark", "write "+string(label)+": "+shorten(string(bytes.TrimSpace(rest))))
			return nil
		}
		if s.withoutColon == nil {
			s.withoutColon = map[string]bool{}
			for _, m := range withoutColon.FindAllSubmatch(block.Source(), MaxFootnotes) {
				s.withoutColon[string(m[1])] = true
			}
		}
		if s.withoutColon[string(label)] {
			return nil // reported where the footnote is
		}
		s.report(segment.Start, "footnote-undefined", "there is no footnote \""+string(mark[2:2+end])+"\"",
			"define it on a line of its own: "+string(mark[:2+end+1])+": text; or write \\[ for a bracket")
	}
	return nil
}

// withoutColon matches the beginning of a paragraph that is a footnote whose colon is missing, or not
// directly behind its mark.
var withoutColon = regexp.MustCompile(`(?:^|\n)[> ]*\n[> ]*(\[\^[^\[\]\s]+\]) `)

// unusedFootnotes reports footnotes without words, and those that no mark refers
// to. goldmark does not show the latter.
type unusedFootnotes struct{}

func (unusedFootnotes) Transform(root *ast.Document, _ text.Reader, pc parser.Context) {
	s := stateOf(pc)
	if s.definitions == 0 {
		return
	}
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Kind() == ast.KindParagraph {
			return ast.WalkSkipChildren, nil
		}
		f, ok := n.(*extast.Footnote)
		if ok && entering && !f.HasChildren() {
			s.report(f.Pos(), "footnote-undefined", "the footnote \""+string(f.Ref)+"\" has no words", "write them after its mark: [^"+string(f.Ref)+"]: text")
		} else if ok && entering && f.Index < 0 {
			s.report(f.Pos(), "footnote-unused", "nothing refers to the footnote \""+string(f.Ref)+"\", so it is not shown",
				"write [^"+string(f.Ref)+"] in the text that it explains, or delete it")
		}
		return ast.WalkContinue, nil
	})
}

// reportUncited reports addresses that no link uses. With the address # they are
// comments, which print nowhere: [comment]: # (text).
func (c *collector) reportUncited() {
	for _, d := range c.definitions {
		if label := string(d.Label); !c.cited[util.ToLinkReference(d.Label)] && len(d.Destination) > 0 && string(d.Destination) != "#" {
			c.state.reportAs(Advice, max(0, d.Pos()), "link-unused", fmt.Sprintf("no link uses the address of %q, so nothing of this line is shown", shorten(label)),
				fmt.Sprintf("write [%s] in the text where the link should be, or delete the line", shorten(label)))
		}
	}
}
