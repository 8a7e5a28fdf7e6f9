// The ids of headings: those that authors choose, and those made from the
// words.

package markdown

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/unicode/norm"
)

// headings takes the id off the end of a heading: ## Aims {#aims}.
type headings struct{ parser.BlockParser }

// chosenID matches an id at the end of a heading.
var chosenID = regexp.MustCompile(`[ \t]*\{#([\pL\pN][\pL\pN\pM_.:-]*)\}[ \t]*\n?$`)

func (h headings) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	h.BlockParser.Close(node, reader, pc)
	lines := node.Lines()
	if node.Parent() == nil || lines.Len() == 0 {
		return
	}
	line := lines.At(lines.Len() - 1)
	at := chosenID.FindSubmatchIndex(line.Value(reader.Source()))
	if at == nil {
		return
	}
	s := stateOf(pc)
	offset := line.Start + at[2]
	id := norm.NFC.String(string(reader.Source()[offset : line.Start+at[3]]))
	if s.slugs.taken(id) {
		s.report(offset, "heading-id", fmt.Sprintf("two headings have the id %q", shorten(id)), "give each heading an id of its own")
	} else {
		s.slugs[id] = 0
		s.ids[node] = id
	}
	if at[0] == 0 {
		lines.SetSliced(0, lines.Len()-1)
	} else {
		lines.Set(lines.Len()-1, line.WithStop(line.Start+at[0]))
	}
}

// slugs holds the heading ids of one document.
type slugs map[string]int // id → last number appended to it

func (s slugs) taken(id string) bool { _, taken := s[id]; return taken }

// next returns a new id for a heading, by GitHub's rules, because contributors
// see their files there first: lower case, hyphens for spaces, no punctuation,
// and a number at the end if the id is used already. It is in Unicode's composed
// form (NFC), whichever form the source has.
func (s slugs) next(heading string) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.In(r, unicode.Letter, unicode.Number, unicode.Mark):
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFC.String(heading))
	if id == "" {
		id = "section"
	}
	n, used := s[id]
	if !used {
		s[id] = 0
		return id
	}
	for {
		n++
		numbered := id + "-" + strconv.Itoa(n)
		if !s.taken(numbered) {
			s[id], s[numbered] = n, 0
			return numbered
		}
	}
}
