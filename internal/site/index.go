// The list of all titles, from A to Z.

package site

import (
	"strings"
	"sync"
)

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
	all, letters := m.all(), sync.OnceValue(m.letters)
	for number := range pageCount(len(m.lib.Cases), m.titlesOnPage()) {
		m.add(numbered(m.at.index(), number+1), func() Page { return m.indexPage(number+1, letters(), all) })
	}
}

// letter is a letter that titles start with, and the page on which it starts.
type letter struct {
	name string
	page int
}

func (m *maker) letters() (all []letter) {
	known := map[string]bool{}
	for i, c := range m.orders.titles() {
		if name := initial(c); !known[name] {
			known[name] = true
			all = append(all, letter{name, i/m.titlesOnPage() + 1})
		}
	}
	return all
}

func (m *maker) indexPage(number int, letters []letter, all *Collection) Page {
	path, titles, size := m.at.index(), m.orders.titles(), m.titlesOnPage()
	base := m.part(m.base(path, "", "", m.casesCrumb()), number)
	base.Take = base.take(all)
	p := &IndexPage{Base: base, Pager: base.pager(path, number, pageCount(len(titles), size), len(titles))}
	for _, l := range letters {
		p.Letters = append(p.Letters, LetterLink{l.name, base.to(numbered(path, l.page)) + "#" + letterID(l.name)})
	}
	for _, c := range first(size, titles[(number-1)*size:]) {
		letter := initial(c)
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Letter != letter {
			p.Groups = append(p.Groups, LetterGroup{Letter: letter, ID: letterID(letter)})
		}
		group := &p.Groups[len(p.Groups)-1]
		group.Cases = append(group.Cases, &Card{Link: base.caseLink(c), Kind: c.Kind, Lang: base.otherLang(c)})
	}
	return p
}

// letterID returns the anchor of a letter's group.
func letterID(letter string) string {
	if letter == "0–9" {
		return "letter-0"
	}
	return "letter-" + strings.ToLower(letter)
}
