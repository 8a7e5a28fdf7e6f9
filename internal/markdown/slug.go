package markdown

import (
	"strconv"
	"strings"
	"unicode"
)

// slugs gives each heading of a document an id of its own.
type slugs map[string]int // id → last number appended to it

// next returns the id for a heading, in the way of GitHub, where contributors
// see their files first: lower case, spaces to hyphens, punctuation dropped, a
// number appended to what was used before.
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
