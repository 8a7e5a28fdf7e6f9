package library

// The case studies that are related to another, with what they share.

import (
	"cmp"
	"context"
	"slices"

	"casebook/internal/content"
	"casebook/internal/parallel"
)

// Related is a case study related to another, and what they share.
type Related struct {
	Study   *CaseStudy
	Reasons []Reason // the strongest first; none when the author chose it
}

// Reason is one thing that two case studies share.
type Reason struct {
	Kind  string // "partnership", "programme", "hallmark", "organisation", "discipline", "country", "principle"
	Label string
}

const (
	maxRelated    = 4  // shown on a case page
	maxReasons    = 3  // shown for each
	maxCandidates = 64 // compared with each case study
	window        = 8  // neighbours taken from each side of a posting list
	minScore      = 2  // sharing one principle alone relates nothing
	maxTraits     = 24 // of one case study that make pairs, so that one tagged with everything has few
)

// traitKind is a kind of thing that case studies share, in the order in which
// reasons are shown.
type traitKind uint8

const (
	partnershipTrait traitKind = iota
	programmeTrait
	hallmarkTrait
	organisationTrait
	disciplineTrait
	countryTrait
	principleTrait
)

// traitKinds gives each kind its name and the weight of sharing one. The weights
// are constants, not fitted to the library, so that a new case study changes
// the relations of its neighbours only.
var traitKinds = [...]struct {
	name   string
	weight int
}{
	partnershipTrait:  {"partnership", 8},
	programmeTrait:    {"programme", 6},
	hallmarkTrait:     {"hallmark", 5},
	organisationTrait: {"organisation", 4},
	disciplineTrait:   {"discipline", 3},
	countryTrait:      {"country", 2},
	principleTrait:    {"principle", 1},
}

// trait is one thing that case studies share: its kind in the upper 8 bits, its
// number in the lower 24. It is one integer because comparing traits is most of
// the work.
type trait uint32

func newTrait(kind traitKind, number int) trait { return trait(kind)<<24 | trait(number) }

func (t trait) kind() traitKind { return traitKind(t >> 24) }

func (t trait) weight() int { return traitKinds[t.kind()].weight }

// posting names a list of the case studies that have one trait, or two that are
// rarer together.
type posting struct{ first, second trait } // second is 0 for one; no trait is, since numbers start at 1

func (p posting) weight() int {
	if p.second == 0 {
		return p.first.weight()
	}
	return p.first.weight() + p.second.weight()
}

// relate sets Related of all case studies: those that the author chose, then
// those that share most.
//
// Comparing every pair would be quadratic. Instead each case study is compared
// with at most maxCandidates others, those nearest to it (by id) in the lists of
// the rarest things they share: pairs such as a hallmark in a country first. In
// a library of up to maxCandidates case studies that is every one that shares
// anything of weight.
func relate(studies []*CaseStudy) {
	r := newRelator(studies)
	newSeen := func() []int32 { return make([]int32, len(studies)) }
	_ = parallel.EachWith(context.Background(), len(studies), newSeen, func(seen []int32, i int) error {
		studies[i].Related = r.related(int32(i), seen)
		return nil
	})
}

// relator holds the traits of all case studies. A case study is known by its
// index in studies.
type relator struct {
	studies   []*CaseStudy
	programme []bool      // of each study: it is a programme
	traits    [][]trait   // of each study, sorted
	postings  [][]posting // of each study, the weightiest first
	labels    map[trait]string
	lists     map[posting][]int32 // ascending
}

func newRelator(studies []*CaseStudy) *relator {
	r := &relator{
		studies: studies, programme: make([]bool, len(studies)),
		traits: make([][]trait, len(studies)), postings: make([][]posting, len(studies)),
		labels: map[trait]string{}, lists: map[posting][]int32{},
	}
	numbers := r.numberTerms()
	for i, study := range studies {
		r.programme[i] = study.Kind == content.Programme
		eachTrait(study, func(kind traitKind, term any, _, _ string) {
			r.traits[i] = append(r.traits[i], newTrait(kind, numbers[term]))
		})
		slices.Sort(r.traits[i])
		r.traits[i] = slices.Compact(r.traits[i])
		r.postings[i] = postingsOf(r.traits[i])
		for _, p := range r.postings[i] {
			r.lists[p] = append(r.lists[p], int32(i))
		}
	}
	return r
}

// eachTrait calls found for each thing that the case study may share.
func eachTrait(study *CaseStudy, found func(kind traitKind, term any, id, label string)) {
	if o := study.Partnership; o != nil {
		found(partnershipTrait, o, o.ID, o.Name)
	}
	if p := study.Programme; p != nil {
		found(programmeTrait, p, p.ID, p.Title)
	}
	for _, h := range study.Hallmarks {
		found(hallmarkTrait, h, h.ID, h.Title)
	}
	for _, p := range study.Partners {
		if p.Role.TakesPart() && p.Organisation != study.Partnership {
			found(organisationTrait, p.Organisation, p.Organisation.ID, p.Organisation.Name)
		}
	}
	for _, d := range study.Disciplines {
		found(disciplineTrait, d, d.ID, d.Label)
	}
	for _, c := range study.Countries {
		found(countryTrait, c, c.Code, c.Name)
	}
	for _, p := range study.Principles {
		found(principleTrait, p, p.ID, p.Title)
	}
}

// numberTerms gives each thing that case studies share a number from 1, in the
// order of the labels that readers see, so that the order of equals depends on
// labels only.
func (r *relator) numberTerms() map[any]int {
	type term struct {
		term      any
		kind      traitKind
		id, label string
	}
	var terms []term
	numbers := map[any]int{}
	for _, study := range r.studies {
		eachTrait(study, func(kind traitKind, of any, id, label string) {
			if _, known := numbers[of]; !known {
				numbers[of] = 0
				terms = append(terms, term{of, kind, id, label})
			}
		})
	}
	slices.SortFunc(terms, func(a, b term) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.label, b.label), cmp.Compare(a.id, b.id))
	})
	for i, t := range terms {
		numbers[t.term] = i + 1
		r.labels[newTrait(t.kind, i+1)] = t.label
	}
	return numbers
}

// postingsOf are the lists that a study with the traits is in.
func postingsOf(traits []trait) []posting {
	traits = traits[:min(len(traits), maxTraits)]
	var all []posting
	for i, a := range traits {
		all = append(all, posting{first: a})
		if !makesPairs(a) {
			continue
		}
		for _, b := range traits[i+1:] {
			if makesPairs(b) && a.kind() != b.kind() {
				all = append(all, posting{a, b})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b posting) int { return cmp.Compare(b.weight(), a.weight()) })
	return all
}

// makesPairs reports traits that many case studies have.
func makesPairs(t trait) bool { return t.kind() >= hallmarkTrait && t.kind() != organisationTrait }

// related are the case studies to show beside study i. seen is scratch space
// for candidates.
func (r *relator) related(i int32, seen []int32) []Related {
	study := r.studies[i]
	var related []Related
	for _, other := range study.Chosen {
		related = append(related, Related{Study: other})
	}
	for _, j := range r.best(i, seen) {
		if len(related) >= maxRelated {
			break
		}
		other := r.studies[j]
		if other.Programme != study && study.Programme != other && !slices.Contains(study.Chosen, other) { // else it is on the page already
			related = append(related, Related{other, r.reasons(i, j)})
		}
	}
	return related
}

// best are the candidates of study i that share enough, those that share most
// first, then in the order of ids.
func (r *relator) best(i int32, seen []int32) []int32 {
	candidates := r.candidates(i, seen)
	ranks := make([]int64, 0, len(candidates)) // the negative score in the upper 32 bits, the index in the lower
	for _, j := range candidates {
		if score := r.score(i, j); score >= minScore {
			ranks = append(ranks, int64(-score)<<32|int64(j))
		}
	}
	slices.Sort(ranks)
	best := candidates[:len(ranks)]
	for k, rank := range ranks {
		best[k] = int32(rank)
	}
	return best
}

// candidates are the case studies to compare study i with. It marks with i+1 in
// seen those already taken.
func (r *relator) candidates(i int32, seen []int32) []int32 {
	seen[i] = i + 1
	var found []int32
	for _, p := range r.postings[i] {
		if len(found) >= maxCandidates {
			break
		}
		list := r.lists[p]
		from, to := 0, len(list)
		if len(list) > maxCandidates {
			at, _ := slices.BinarySearch(list, i)
			from, to = max(0, at-window), min(len(list), at+window+1)
		}
		for _, j := range list[from:to] {
			if seen[j] != i+1 {
				seen[j] = i + 1
				found = append(found, j)
			}
		}
	}
	return found
}

// score adds up the weights of what two studies share.
func (r *relator) score(i, j int32) int {
	score := 0
	eachShared(r.traits[i], r.traits[j], func(t trait) { score += t.weight() })
	if r.programme[i] != r.programme[j] {
		score /= 2 // a programme and a case are less alike than two cases
	}
	return score
}

// reasons name what two studies share, without the principles that a shared
// hallmark implies.
func (r *relator) reasons(i, j int32) []Reason {
	var reasons []Reason
	hallmark := false
	eachShared(r.traits[i], r.traits[j], func(t trait) {
		hallmark = hallmark || t.kind() == hallmarkTrait
		if len(reasons) < maxReasons && !(hallmark && t.kind() == principleTrait) {
			reasons = append(reasons, Reason{traitKinds[t.kind()].name, r.labels[t]})
		}
	})
	return reasons
}

// eachShared calls shared for each trait in both of two sorted lists.
func eachShared(a, b []trait, shared func(trait)) {
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			shared(a[0])
			a, b = a[1:], b[1:]
		}
	}
}
