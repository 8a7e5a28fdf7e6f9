package survey

// Statistics of the library.

import (
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
)

// Stats says what a library covers, and what it lacks.
type Stats struct {
	Cases         int         `json:"cases"`         // of all kinds, drafts included
	Kinds         []Number    `json:"kinds"`         // case studies of each kind
	States        []Number    `json:"states"`        // case studies in each state
	Principles    []Number    `json:"principles"`    // case studies of each principle, in their order
	Countries     []Number    `json:"countries"`     // most first
	Disciplines   []Number    `json:"disciplines"`   // most first; those without case studies too
	Without       []Number    `json:"without"`       // hallmarks that no case study illustrates: always 0
	OneSided      []OneSided  `json:"one_sided"`     // case studies that report no benefit for some of their countries
	LookAlike     [][2]string `json:"look_alike"`    // pairs of ids of organisations that may be the same
	Organisations int         `json:"organisations"` // in organisations.yaml and named by case studies
	Unlisted      []string    `json:"unlisted"`      // names of organisations that are not in organisations.yaml
}

// Number is the number of case studies of one kind, state or term.
type Number struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Cases int    `json:"cases"`
}

// OneSided is a case study that reports benefits for some of its countries only.
type OneSided struct {
	ID        string   `json:"id"`
	Countries []string `json:"countries"` // for which it reports no benefit
}

// Count returns the statistics of a library. States are those of the day today.
func Count(lib *library.Library, today content.Date) Stats {
	s := Stats{Cases: len(lib.Cases), Organisations: len(lib.Organisations), Without: []Number{}, OneSided: []OneSided{}, Unlisted: []string{}}
	kinds, states := map[string]int{}, map[State]int{}
	for _, r := range List(lib, today, Filter{}) {
		for _, state := range r.States {
			states[state]++
		}
	}
	for _, c := range lib.Cases {
		kinds[string(c.Kind)]++
		if missing := Untold(c); len(missing) > 0 {
			s.OneSided = append(s.OneSided, OneSided{c.ID, texts(missing, func(c *library.Country) string { return c.Name })})
		}
	}
	for _, kind := range content.Kind("").Choices() {
		s.Kinds = append(s.Kinds, Number{kind, kind, kinds[kind]})
	}
	for _, state := range States() {
		s.States = append(s.States, Number{string(state), string(state), states[state]})
	}
	for _, p := range lib.Principles {
		s.Principles = append(s.Principles, Number{p.ID, p.Title, len(p.Cases)})
		for _, h := range p.Hallmarks {
			if len(h.Cases) == 0 {
				s.Without = append(s.Without, Number{h.ID, h.Title, 0})
			}
		}
	}
	s.Countries = mostFirst(lib.Countries, func(c *library.Country) Number { return Number{c.Code, c.Name, len(c.Cases)} })
	s.Disciplines = mostFirst(lib.Disciplines, func(t *library.Term) Number { return Number{t.ID, t.Label, len(t.Cases)} })
	for _, o := range lib.Organisations {
		if o.File != "organisations.yaml" {
			s.Unlisted = append(s.Unlisted, o.Name)
		}
	}
	s.LookAlike = lookAlike(lib.Organisations)
	return s
}

// Untold returns the countries for which a case study reports no benefit although
// it reports one for another country. "Not reported" counts as reported. If a case
// study reports benefits by organisation, Untold returns none, because the
// countries are not known.
func Untold(c *library.CaseStudy) []*library.Country {
	var told []*library.Country
	for _, b := range c.Benefits {
		if b.Organisation != nil {
			return nil
		}
		told = append(told, b.Country)
	}
	if len(told) == 0 {
		return nil
	}
	var untold []*library.Country
	for _, country := range c.Countries {
		if !slices.ContainsFunc(told, func(t *library.Country) bool { return isWithin(t, country) || isWithin(country, t) }) {
			untold = append(untold, country)
		}
	}
	return untold
}

// isWithin reports whether inner is the same country as outer, or a region of it.
func isWithin(inner, outer *library.Country) bool {
	for ; inner != nil; inner = inner.Parent {
		if inner == outer {
			return true
		}
	}
	return false
}

func mostFirst[T any](all []T, number func(T) Number) []Number {
	numbers := make([]Number, 0, len(all))
	for _, one := range all {
		numbers = append(numbers, number(one))
	}
	slices.SortStableFunc(numbers, func(a, b Number) int { return b.Cases - a.Cases })
	return numbers
}

// lookAlike returns the pairs of organisations that may be the same: their names
// have the same words, or differ in the spelling of one word, or one name is the
// initials of the other. Words such as "of" and "the" are ignored.
func lookAlike(all []*library.Organisation) [][2]string {
	type known struct {
		*library.Organisation
		word string // the word that is not part of the key
	}
	pairs := [][2]string{}
	byKey := map[string][]known{} // by all words of the name but one, sorted
	for _, o := range all {
		words := nameWords(o.Name)
		found := map[*library.Organisation]bool{}
		look := func(key, word string, alike func(a, b string) bool) {
			for _, other := range byKey[key] {
				if alike(word, other.word) && !found[other.Organisation] && !areTwo(o, other.Organisation) {
					found[other.Organisation] = true
					pairs = append(pairs, [2]string{other.ID, o.ID})
				}
			}
			byKey[key] = append(byKey[key], known{o, word})
		}
		sorted := slices.Sorted(slices.Values(words))
		for i, word := range sorted {
			look(strings.Join(slices.Concat(sorted[:i], sorted[i+1:]), " "), word, isSlip)
		}
		look("initials "+initials(words), "", func(string, string) bool { return true })
	}
	return pairs
}

// nameWords returns the words that distinguish a name from others.
func nameWords(name string) []string {
	return slices.DeleteFunc(strings.Fields(library.SortKey(name)), func(word string) bool {
		return slices.Contains([]string{"the", "of", "and", "for", "in", "at"}, word)
	})
}

// initials returns the first letters of several words, or a single word unchanged.
func initials(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	var all []rune
	for _, word := range words {
		all = append(all, []rune(word)[0])
	}
	return string(all)
}

// isSlip reports whether two words are the same, or one is a likely misspelling of
// the other.
func isSlip(a, b string) bool {
	return a == b || min(len(a), len(b)) >= 5 && a[0] == b[0] && frontmatter.Nearest(a, []string{b}) != ""
}

// areTwo reports whether two organisations are known to be different.
func areTwo(a, b *library.Organisation) bool {
	return slices.Contains(a.Members, b) || slices.Contains(b.Members, a) || a.Successor == b || b.Successor == a
}
