package library

import (
	"cmp"
	"context"
	"crypto/sha256"
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
	maxCandidates = 64 // looked at for each case study
	window        = 8  // neighbours taken from each side of a posting list
	minScore      = 2  // sharing one principle alone relates nothing
)

// traitKind is a kind of thing that case studies share; the order is that of
// the reasons shown.
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

// kinds gives each kind of trait its name and how much sharing one counts. The
// weights are fixed, not fitted to the library, so that one more case study
// changes the relations of its neighbours only.
var kinds = [...]struct {
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

// trait is one thing that a case study may share, by a number of its own.
type trait struct {
	kind   traitKind
	number int32
}

// postingKey is one trait, or two that are rarer together.
type postingKey struct{ first, second trait }

func (k postingKey) weight() int {
	w := kinds[k.first.kind].weight
	if k.second != (trait{}) {
		w += kinds[k.second.kind].weight
	}
	return w
}

// relations are which case studies are related, by their places in the list of
// all, and the key of what that depends on.
type relations struct {
	key     [32]byte
	matches [][]match
}

// match is a case study that shares something with another.
type match struct {
	study   int32
	reasons []Reason
}

// relate fills in Related for all case studies: those that the author chose,
// then those that share most. Which these are it takes from earlier relations if
// nothing that case studies share has changed since.
func relate(studies []*CaseStudy, earlier *relations, leftOut string) *relations {
	r := &relations{key: relationKey(studies, leftOut)}
	if earlier != nil && earlier.key == r.key {
		r = earlier
	} else {
		r.matches = compare(studies)
	}
	for i, study := range studies {
		for _, other := range study.Chosen {
			study.Related = append(study.Related, Related{Study: other})
		}
		for _, m := range r.matches[i] {
			study.Related = append(study.Related, Related{studies[m.study], m.reasons})
		}
	}
	return r
}

// relationKey is the hash of all that compare looks at, in the order of the case
// studies, but for one part that a test may leave out.
func relationKey(studies []*CaseStudy, leftOut string) [32]byte {
	h := sha256.New()
	var b []byte
	for _, study := range studies {
		b = b[:0]
		add := func(part string, texts ...string) {
			if part == leftOut {
				return
			}
			b = append(append(b, part...), 0)
			for _, text := range texts {
				b = append(append(b, text...), 0)
			}
		}
		add("id", study.ID) // places in the list, and who is the programme of whom, stand for these
		add("kind", string(study.Kind))
		eachTrait(study, func(kind traitKind, _ any, id, label string) {
			add(kinds[kind].name, id, label)
		})
		for _, other := range study.Chosen {
			add("chosen", other.ID)
		}
		h.Write(append(b, '\n'))
	}
	return [32]byte(h.Sum(nil))
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

// compare finds the related case studies of each. Comparing every pair would be
// quadratic; instead each is compared with at most maxCandidates others, those
// that stand near it (by id) in the lists of the rarest things they share:
// pairs such as a hallmark in a country first. For a library of up to
// maxCandidates cases that is every case that shares anything of weight.
func compare(studies []*CaseStudy) [][]match {
	r := newRelator(studies)
	matches := make([][]match, len(studies))
	newSeen := func() []int32 { return make([]int32, len(studies)) }
	_ = parallel.EachWith(context.Background(), len(studies), newSeen, func(seen []int32, i int) error {
		matches[i] = r.related(int32(i), seen)
		return nil
	})
	return matches
}

// relator holds what compare looks up.
type relator struct {
	studies  []*CaseStudy
	traits   [][]trait // of each study, sorted
	labels   map[trait]string
	postings map[postingKey][]int32 // studies by id
}

func newRelator(studies []*CaseStudy) *relator {
	r := &relator{studies: studies, traits: make([][]trait, len(studies)), labels: map[trait]string{}, postings: map[postingKey][]int32{}}
	numbers := r.number()
	for i, study := range studies {
		eachTrait(study, func(kind traitKind, term any, _, _ string) {
			r.traits[i] = append(r.traits[i], trait{kind, numbers[term]})
		})
		slices.SortFunc(r.traits[i], compareTraits)
		r.traits[i] = slices.Compact(r.traits[i])
		for _, key := range postingKeys(r.traits[i]) {
			r.postings[key] = append(r.postings[key], int32(i))
		}
	}
	return r
}

// number gives each thing that case studies share a number, in the order of the
// labels that readers see: which of two comes first depends on nothing else.
func (r *relator) number() map[any]int32 {
	type term struct {
		term      any
		kind      traitKind
		id, label string
	}
	var terms []term
	numbers := map[any]int32{}
	for _, study := range r.studies {
		eachTrait(study, func(kind traitKind, of any, id, label string) {
			if _, met := numbers[of]; !met {
				numbers[of] = 0
				terms = append(terms, term{of, kind, id, label})
			}
		})
	}
	slices.SortFunc(terms, func(a, b term) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.label, b.label), cmp.Compare(a.id, b.id))
	})
	for i, t := range terms {
		numbers[t.term] = int32(i + 1)
		r.labels[trait{t.kind, int32(i + 1)}] = t.label
	}
	return numbers
}

func compareTraits(a, b trait) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.number, b.number))
}

// maxTraits bounds the pairs of one case study that is tagged with everything.
const maxTraits = 24

// postingKeys are the lists that a study with the traits stands in, the rarest
// and weightiest first.
func postingKeys(traits []trait) []postingKey {
	traits = traits[:min(len(traits), maxTraits)]
	var keys []postingKey
	for i, a := range traits {
		keys = append(keys, postingKey{first: a})
		for _, b := range traits[i+1:] {
			if a.kind >= hallmarkTrait && a.kind != b.kind && a.kind != organisationTrait && b.kind != organisationTrait {
				keys = append(keys, postingKey{a, b})
			}
		}
	}
	slices.SortStableFunc(keys, func(a, b postingKey) int { return cmp.Compare(b.weight(), a.weight()) })
	return keys
}

// related are the case studies that share most with study i, as many as are
// shown besides those that the author chose.
func (r *relator) related(i int32, seen []int32) []match {
	study := r.studies[i]
	var related []match
	type scored struct {
		index int32
		score int
	}
	var best []scored
	for _, j := range r.candidates(i, seen) {
		other := r.studies[j]
		if other.Programme == study || study.Programme == other || slices.Contains(study.Chosen, other) {
			continue // shown elsewhere on the page
		}
		if score := r.score(i, j); score >= minScore {
			best = append(best, scored{j, score})
		}
	}
	slices.SortFunc(best, func(a, b scored) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.index, b.index)) })
	for _, s := range best[:min(len(best), max(0, maxRelated-len(study.Chosen)))] {
		related = append(related, match{s.index, r.reasons(i, s.index)})
	}
	return related
}

// candidates are the case studies to compare study i with. seen marks, by i+1,
// those already taken.
func (r *relator) candidates(i int32, seen []int32) []int32 {
	seen[i] = i + 1
	var found []int32
	for _, key := range postingKeys(r.traits[i]) {
		if len(found) >= maxCandidates {
			break
		}
		list := r.postings[key]
		at, _ := slices.BinarySearch(list, i)
		from, to := max(0, at-window), min(len(list), at+window+1)
		if len(list) <= maxCandidates {
			from, to = 0, len(list)
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

// score adds up the weights of what two studies share. Their traits are sorted.
func (r *relator) score(i, j int32) int {
	score := 0
	eachShared(r.traits[i], r.traits[j], func(t trait) { score += kinds[t.kind].weight })
	if r.studies[i].Kind == content.Programme != (r.studies[j].Kind == content.Programme) {
		score /= 2 // a scheme and a case are less alike than two cases
	}
	return score
}

// reasons name what two studies share. A principle that a shared hallmark
// implies goes without saying.
func (r *relator) reasons(i, j int32) []Reason {
	var reasons []Reason
	hallmark := false
	eachShared(r.traits[i], r.traits[j], func(t trait) {
		hallmark = hallmark || t.kind == hallmarkTrait
		if len(reasons) < maxReasons && !(hallmark && t.kind == principleTrait) {
			reasons = append(reasons, Reason{kinds[t.kind].name, r.labels[t]})
		}
	})
	return reasons
}

func eachShared(a, b []trait, shared func(trait)) {
	for len(a) > 0 && len(b) > 0 {
		switch compareTraits(a[0], b[0]) {
		case -1:
			a = a[1:]
		case 1:
			b = b[1:]
		default:
			shared(a[0])
			a, b = a[1:], b[1:]
		}
	}
}
