// The ids of headings.

package markdown

import (
	"strconv"
	"strings"
	"unicode"
)

// slugs holds the heading ids of one document.
type slugs map[string]int // id → last number appended to it

// next returns a new id for a heading, by GitHub's rules, because contributors
// see their files there first: lower case, hyphens for spaces, no punctuation,
// and a number at the end if the id is used already.
func (s slugs) next(heading string) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.In(r, unicode.Letter, unicode.Number, unicode.Mark):
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
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
		if _, used := s[numbered]; !used {
			s[id], s[numbered] = n, 0
			return numbered
		}
	}
}
