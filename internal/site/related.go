// Related case studies, and the neighbours of a case study under its
// principles.

package site

import (
	"casebook/internal/content"
	"casebook/internal/library"
)

// RelatedCard is a related case study and what relates it.
type RelatedCard struct {
	*Card
	Reasons []Reason
}

// Reason is why two case studies are related.
type Reason struct {
	Kind  ReasonKind
	Label string // what they share; empty if the relation was chosen
}

// ReasonKind is what two case studies share.
type ReasonKind string

const (
	ReasonChosen       ReasonKind = "chosen"            // named by the author
	ReasonEditors      ReasonKind = "chosen-by-editors" // named in an account without an author
	ReasonPartnership  ReasonKind = "partnership"
	ReasonProgramme    ReasonKind = "programme"
	ReasonHallmark     ReasonKind = "hallmark"
	ReasonOrganisation ReasonKind = "organisation"
	ReasonDiscipline   ReasonKind = "discipline"
	ReasonCountry      ReasonKind = "country"
	ReasonPrinciple    ReasonKind = "principle"
)

// Neighbour is the cases before and after this one under one principle.
type Neighbour struct {
	Principle Link
	Number    int // of the principle
	Previous  *Link
	Next      *Link
}

func (b *Base) related(c *library.CaseStudy, related []library.Related) []RelatedCard {
	var cards []RelatedCard
	for _, r := range related {
		card := RelatedCard{Card: b.card(r.Study)}
		switch {
		case len(r.Reasons) > 0:
		case len(c.Authors) > 0:
			card.Reasons = []Reason{{Kind: ReasonChosen}}
		default:
			card.Reasons = []Reason{{Kind: ReasonEditors}}
		}
		for _, reason := range r.Reasons {
			card.Reasons = append(card.Reasons, Reason{ReasonKind(reason.Kind), reason.Label})
		}
		cards = append(cards, card)
	}
	return cards
}

// sequences holds the cases of each principle in the order in which readers go
// through them.
type sequences map[*library.Principle]*sequence

type sequence struct {
	cases []*library.CaseStudy
	place map[*library.CaseStudy]int
}

// place is the position of a case study in a principle's sequence.
type place struct {
	principle      *library.Principle
	previous, next *library.CaseStudy // nil at the ends
}

// neighbourOrder returns the order of the cases within each principle: by
// title.
func (m *maker) neighbourOrder() sequences {
	order := make(sequences, len(m.lib.Principles))
	for _, c := range m.orders.titles() {
		if c.Kind == content.Programme {
			continue
		}
		for _, p := range c.Principles {
			if order[p] == nil {
				order[p] = &sequence{place: map[*library.CaseStudy]int{}}
			}
			order[p].place[c] = len(order[p].cases)
			order[p].cases = append(order[p].cases, c)
		}
	}
	return order
}

// around returns the places of a case study under each of its principles that
// has other cases.
func (order sequences) around(c *library.CaseStudy) []place {
	if c.Kind == content.Programme {
		return nil
	}
	var places []place
	for _, p := range c.Principles {
		s := order[p]
		i := s.place[c]
		if len(s.cases) < 2 {
			continue
		}
		here := place{principle: p}
		if i > 0 {
			here.previous = s.cases[i-1]
		}
		if i+1 < len(s.cases) {
			here.next = s.cases[i+1]
		}
		places = append(places, here)
	}
	return places
}

func (b *Base) neighbours(places []place) []Neighbour {
	var neighbours []Neighbour
	for _, here := range places {
		n := Neighbour{Principle: *b.principleLink(here.principle), Number: here.principle.Number}
		if here.previous != nil {
			link := b.caseLink(here.previous)
			n.Previous = &link
		}
		if here.next != nil {
			link := b.caseLink(here.next)
			n.Next = &link
		}
		neighbours = append(neighbours, n)
	}
	return neighbours
}
