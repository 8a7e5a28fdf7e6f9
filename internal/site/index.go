// The list of all titles, from A to Z.

package site

import "strings"

const indexFactor = 4 // how many times as many titles are on a page of the index as cases on a page of cases

// IndexPage is "/cases/a-z/": all titles, including those of programmes.
type IndexPage struct {
	Base
	Letters []LetterLink
	Groups  []LetterGroup
	Pager   Pager
}

// LetterLink leads to the first title under a letter.
type LetterLink struct {
	Letter string
	Href   string // empty if no title starts with the letter
}

// LetterGroup is the titles that start with one letter.
type LetterGroup struct {
	Letter string
	ID     string  // of the group, for LetterLink
	Cases  []*Card // only their title and kind
}

// index makes the list of all titles, from A to Z.
func (m *maker) index() {
	path := m.at.index()
	titles := m.orders.titles
	size := m.titlesOnPage()
	page := map[string]int{} // the page on which each letter starts
	var letters []string
	for i, c := range titles {
		if letter := c.initial(); page[letter] == 0 {
			page[letter] = i/size + 1
			letters = append(letters, letter)
		}
	}
	for number, part := range parts(titles, size) {
		base := m.part(m.base(path, "", "", m.casesCrumb()), number)
		m.offerAll(&base)
		p := &IndexPage{Base: base, Pager: base.pager(path, number, pageCount(len(titles), size), len(titles))}
		for _, letter := range letters {
			p.Letters = append(p.Letters, LetterLink{letter, base.to(numbered(path, page[letter])) + "#" + letterID(letter)})
		}
		for _, c := range part {
			letter := c.initial()
			if n := len(p.Groups); n == 0 || p.Groups[n-1].Letter != letter {
				p.Groups = append(p.Groups, LetterGroup{Letter: letter, ID: letterID(letter)})
			}
			group := &p.Groups[len(p.Groups)-1]
			group.Cases = append(group.Cases, &Card{Link: base.caseLink(c.CaseStudy), Kind: c.Kind, Lang: base.otherLang(c.CaseStudy)})
		}
		m.add(p)
	}
}

// letterID returns the anchor of a letter's group.
func letterID(letter string) string {
	if letter == "0–9" {
		return "letter-0"
	}
	return "letter-" + strings.ToLower(letter)
}
