package survey

// Counting: what the library covers, and what it lacks.

import (
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
)

// Stats is what a library covers, and what it lacks.
type Stats struct {
	Cases         int         `json:"cases"`         // of all kinds, drafts included
	Kinds         []Number    `json:"kinds"`         // case studies of each kind
	States        []Number    `json:"states"`        // case studies in each state
	Principles    []Number    `json:"principles"`    // case studies of each principle, in their order
	Countries     []Number    `json:"countries"`     // most first
	Disciplines   []Number    `json:"disciplines"`   // most first; those without case studies too
	Without       []Number    `json:"without"`       // hallmarks that no case study illustrates: always 0
	OneSided      []OneSided  `json:"one_sided"`     // case studies that do not say what each country gained
	LookAlike     [][2]string `json:"look_alike"`    // ids of organisations that may be one
	Organisations int         `json:"organisations"` // in organisations.yaml and named by case studies
	Unlisted      []string    `json:"unlisted"`      // names of those that organisations.yaml lacks
}

// Number is how many case studies there are of one thing.
type Number struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Cases int    `json:"cases"`
}

// OneSided is a case study that tells what one country gained and not what
// another did.
type OneSided struct {
	ID        string   `json:"id"`
	Countries []string `json:"countries"` // whose gains it does not tell
}

// Count counts what the library holds. today is the day for which states hold.
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

// Untold are the countries of a case study whose gains it does not tell, where
// it tells those of another. "Not reported" tells that the account has none. Of
// a case study that tells gains by organisation, it is not known.
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

// isWithin reports whether a country is another, or a region of it.
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

// lookAlike are the pairs of organisations that may be one: their names have the
// same words, or differ by a misspelling of one word, or one name is the
// initials of the other. Small words do not count.
func lookAlike(all []*library.Organisation) [][2]string {
	type known struct {
		*library.Organisation
		word string // that the key leaves out
	}
	pairs := [][2]string{}
	byKey := map[string][]known{} // by all words of the name but one, in order of the alphabet
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

// nameWords are the words of a name that tell it from others.
func nameWords(name string) []string {
	return slices.DeleteFunc(strings.Fields(library.SortKey(name)), func(word string) bool {
		return slices.Contains([]string{"the", "of", "and", "for", "in", "at"}, word)
	})
}

// initials are the first letters of several words, or a single word as it is.
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

// isSlip reports two words that are the same or nearly so.
func isSlip(a, b string) bool {
	return a == b || min(len(a), len(b)) >= 5 && a[0] == b[0] && frontmatter.Nearest(a, []string{b}) != ""
}

// areTwo reports organisations that are known to be two.
func areTwo(a, b *library.Organisation) bool {
	return slices.Contains(a.Members, b) || slices.Contains(b.Members, a) || a.Successor == b || b.Successor == a
}
