package library

// Related case studies, and what they share.

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"casebook/internal/content"
)

// Related is a related case study with the reasons.
type Related struct {
	Study   *CaseStudy
	Reasons []Reason // strongest first; none if the author chose it
}

// Reason is something that two case studies share.
type Reason struct {
	Kind  string // "partnership", "programme", "hallmark", "organisation", "discipline", "country", "principle"
	Label string
}

const (
	maxRelated    = 4  // shown on the page of a case study
	maxReasons    = 3  // shown for each related case study
	maxCandidates = 64 // compared with each case study
	window        = 8  // neighbours taken from each side in a posting list
	minScore      = 2  // sharing only one principle is not enough
	maxTraits     = 24 // traits of one case study that are used for pairs, so that one with many tags has few
)

// traitKind is a kind of thing that case studies share. The order is that in which
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

// traitKinds holds the name of each kind, and the weight of sharing one such thing.
// The weights are constants rather than computed from the library, so that a new
// case study changes only the relations of its neighbours.
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

// trait is a thing that case studies share: its kind in the upper 8 bits, its
// number in the lower 24. It is an integer because most of the time is spent
// comparing traits.
type trait uint32

func newTrait(kind traitKind, number int) trait { return trait(kind)<<24 | trait(number) }

func (t trait) kind() traitKind { return traitKind(t >> 24) }

func (t trait) weight() int { return traitKinds[t.kind()].weight }

// posting identifies a list of case studies: those with one trait, or with two
// traits, which together are rarer.
type posting struct{ first, second trait } // second is 0 for a single trait; no trait is 0, because numbers start at 1

func (p posting) weight() int {
	if p.second == 0 {
		return p.first.weight()
	}
	return p.first.weight() + p.second.weight()
}

// Related returns the case studies that are related to a shown one: first those that
// the author chose, then those that share most. It is safe for concurrent use.
//
// Comparing every pair would take quadratic time. Instead, each case study is
// compared with at most about maxCandidates others: those nearest to it, by id, in
// the lists of the rarest things that it shares. Pairs, such as a hallmark in a
// country, come first. In a library of up to maxCandidates case studies, it is
// compared with all that share anything with it.
func (l *Library) Related(study *CaseStudy) []Related {
	r := l.relator()
	i, _ := slices.BinarySearchFunc(r.studies, study.ID, func(c *CaseStudy, id string) int { return strings.Compare(c.ID, id) })
	seen, ok := r.scratch.Get().(*[]bool)
	if !ok {
		all := make([]bool, len(r.studies))
		seen = &all
	}
	defer r.scratch.Put(seen)
	return r.related(int32(i), *seen)
}

// relator holds the traits of all case studies. A case study is identified by its
// index in studies, which are sorted by id.
type relator struct {
	studies   []*CaseStudy
	programme []bool      // whether each study is a programme
	traits    [][]trait   // traits of each study, sorted
	postings  [][]posting // postings of each study, by descending weight
	labels    map[trait]string
	lists     map[posting][]int32 // studies of each posting, ascending
	scratch   sync.Pool           // of *[]bool: space for candidates
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

// eachTrait calls found for each thing that the case study may share with others.
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

// numberTerms numbers the things that case studies share, from 1, in the order of
// the labels that readers see. So the order of reasons with equal weight depends
// only on the labels.
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

// postingsOf returns the postings of a study with the traits.
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

// makesPairs reports whether a trait is used for pairs, because many case studies
// may have it.
func makesPairs(t trait) bool { return t.kind() >= hallmarkTrait && t.kind() != organisationTrait }

// related returns the case studies to show as related to study i. seen is scratch
// space for candidates.
func (r *relator) related(i int32, seen []bool) []Related {
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
		if other.Programme != study && study.Programme != other && !slices.Contains(study.Chosen, other) { // these are shown on the page anyway
			related = append(related, Related{other, r.reasons(i, j)})
		}
	}
	return related
}

// best returns the candidates of study i that share enough, sorted by what they
// share and then by id.
func (r *relator) best(i int32, seen []bool) []int32 {
	candidates := r.candidates(i, seen)
	ranks := make([]int64, 0, len(candidates)) // negative score in the upper 32 bits, index in the lower
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

// candidates returns the case studies to compare study i with. It marks the ones
// already taken in seen, and unmarks them at the end.
func (r *relator) candidates(i int32, seen []bool) []int32 {
	seen[i] = true
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
			if !seen[j] {
				seen[j] = true
				found = append(found, j)
			}
		}
	}
	seen[i] = false
	for _, j := range found {
		seen[j] = false
	}
	return found
}

// score returns the sum of the weights of what two studies share.
func (r *relator) score(i, j int32) int {
	score := 0
	eachShared(r.traits[i], r.traits[j], func(t trait) { score += t.weight() })
	if r.programme[i] != r.programme[j] {
		score /= 2 // a programme and a case are less similar than two cases
	}
	return score
}

// reasons returns what two studies share. If they share a hallmark, principles are
// left out, because hallmarks imply them.
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
