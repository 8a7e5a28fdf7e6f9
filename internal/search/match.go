package search

// Matching: which documents match a plan, and which earn a bonus.

import (
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Matches and bonuses are computed from the entries rather than by bleve, because indexing positions would more than
// double bleve's memory. bleve is given the results as lists of documents, and computes the scores.

const (
	// fewest is the number of documents that must hold all words of a query. If there are fewer, documents that hold
	// only some of the words are found too; see floor.
	fewest = 6
	// floor is the part of the sum of the words' idf that a document must hold to be found.
	floor = 0.4

	// Weights of the bonuses; see doc.go for the formulas.
	exactWeight = 0.15
	nearWeight  = 0.5
	titleWeight = 1
	k1          = 1.2 // the same as bleve's

	// nearWords is the maximum distance between two words that count as near.
	nearWords = 3
)

// A wordMatch says which documents match one word of a plan.
type wordMatch struct {
	holds []bool  // whether the document in a slot holds the word
	idf   float64 // idf of the documents that hold the word in any field
	most  float64 // upper bound of the score that the word gives to a document
}

// match finds the candidates: the documents that match the plan.
func (s *searcher) match() {
	x := s.index
	for _, word := range s.plan.Words {
		s.words = append(s.words, x.wordMatch(word))
	}
	allowed := s.allowed()
	for _, slot := range allowed {
		if len(s.missing(slot)) == 0 {
			s.candidates = append(s.candidates, slot)
		}
	}
	if len(s.words) < 2 || len(s.candidates) >= fewest {
		return
	}
	if more := s.aboveFloor(allowed); len(more) > len(s.candidates) {
		s.candidates, s.partial = more, true
	}
}

func (x *Index) wordMatch(word Word) wordMatch {
	m := wordMatch{holds: make([]bool, len(x.entries))}
	for _, t := range word.Terms {
		var documents [fieldCount]int
		id, _ := x.stemID(t.Stem)
		for slot, e := range x.entries {
			if e == nil || !x.holds(e, t.Stem) {
				continue
			}
			m.holds[slot] = true
			last := field(fieldCount)
			for _, token := range e.of(id) {
				if token.field() != last {
					last = token.field()
					documents[last]++
				}
			}
		}
		for f, row := range fields {
			idf := x.idf(documents[f])
			m.most += k1 * float64(row.boost) * t.Weight * float64(len(word.Terms)) * idf * idf
		}
	}
	found := 0
	for _, holds := range m.holds {
		if holds {
			found++
		}
	}
	m.idf = x.idf(found)
	return m
}

func (x *Index) holds(e *entry, stem string) bool {
	id, ok := x.stemID(stem)
	return ok && len(e.of(id)) > 0
}

func (x *Index) idf(documents int) float64 {
	n, df := float64(len(x.slots)), float64(documents)
	return math.Log(1 + (n-df+0.5)/(df+0.5))
}

// allowed returns the documents that hold every phrase and no excluded phrase or word, in order.
func (s *searcher) allowed() (slots []uint32) {
	x := s.index
	for _, slot := range x.documentOrder() {
		e := x.entries[slot]
		if !slices.ContainsFunc(s.plan.Excluded, func(phrase []string) bool { return x.holdsPhrase(e, phrase) }) &&
			!slices.ContainsFunc(s.plan.Phrases, func(phrase []string) bool { return !x.holdsPhrase(e, phrase) }) {
			slots = append(slots, slot)
		}
	}
	return slots
}

// holdsPhrase reports whether the stems follow each other in one field of a document.
func (x *Index) holdsPhrase(e *entry, phrase []string) bool {
	var stems []uint32
	for _, s := range phrase {
		id, ok := x.stemID(s)
		if !ok {
			return false
		}
		stems = append(stems, id)
	}
	for _, first := range e.of(stems[0]) {
		follows := true
		for i := 1; i < len(stems) && follows; i++ {
			_, follows = slices.BinarySearch(e.all(), newToken(stems[i], first.field(), first.position()+uint32(i)))
		}
		if follows {
			return true
		}
	}
	return false
}

// aboveFloor returns the documents that hold enough of the query; see floor. Words that no document holds are not
// counted. If more than half of the words are such words, nothing is found; a guessed word counts as half of one.
func (s *searcher) aboveFloor(allowed []uint32) (slots []uint32) {
	unknown, all := 0, 0.0 // unknown is in halves
	for i, word := range s.words {
		switch s.plan.Words[i].Match {
		case Unknown:
			unknown += 2
			continue
		case Typo:
			unknown++
		}
		all += word.idf
	}
	if unknown > len(s.words) {
		return nil
	}
	for _, slot := range allowed {
		held, any := 0.0, false
		for _, word := range s.words {
			if word.holds[slot] {
				held, any = held+word.idf, true
			}
		}
		if any && held >= floor*all {
			slots = append(slots, slot)
		}
	}
	return slots
}

// missing returns the texts of the words that a document does not hold.
func (s *searcher) missing(slot uint32) (texts []string) {
	for i, word := range s.words {
		if !word.holds[slot] {
			texts = append(texts, s.plan.Words[i].Text)
		}
	}
	return texts
}

// A bonus is an addition to the scores of some documents.
type bonus struct {
	ids   []string
	value float64
}

// addTo adds the bonus to the scores of a query. The bonus is the only branch of its clause, so bleve does not reduce
// it by the fraction of branches that match.
func (b bonus) addTo(must query.Query) query.Query {
	docs := bleve.NewDocIDQuery(b.ids)
	docs.SetBoost(b.value)
	q := bleve.NewBooleanQuery()
	q.AddMust(must)
	q.AddShould(docs)
	return q
}

// findBonuses finds the bonuses that any candidate earns: for holding a word in the form of the query, if the library
// also has its stem in other forms; for holding neighbouring words of the query near each other; and for a title that
// equals the query.
func (s *searcher) findBonuses() {
	if len(s.words) == 0 {
		return
	}
	for i, word := range s.plan.Words {
		if id, ok := s.index.ownForm(word); ok {
			s.award(exactWeight*s.words[i].idf*s.words[i].idf, func(e *entry) bool { return e.hasWord(id) })
		}
	}
	for i := 1; i < len(s.words); i++ {
		a, okA := s.index.ownStem(s.plan.Words[i-1])
		b, okB := s.index.ownStem(s.plan.Words[i])
		if okA && okB && a != b {
			s.award(nearWeight*s.words[i-1].idf*s.words[i].idf, func(e *entry) bool { return e.near(a, b) })
		}
	}
	most := 0.0
	for _, word := range s.words {
		most += word.most
	}
	s.award(titleWeight*most, s.isTitle)
}

// award adds a bonus for the candidates that earn it, if there are any.
func (s *searcher) award(value float64, earns func(e *entry) bool) {
	var ids []string
	for _, slot := range s.candidates {
		if e := s.index.entries[slot]; earns(e) {
			ids = append(ids, e.doc.ID)
		}
	}
	if len(ids) > 0 {
		s.bonuses = append(s.bonuses, bonus{ids, value})
	}
}

// ownForm returns the number of a query word in the form of the query. ok is false if no document has that form, or if
// the library has its stem in no other form. For a misspelt word, it is the likeliest correction.
func (x *Index) ownForm(word Word) (id uint32, ok bool) {
	id, ok = x.dictionary.wordIDs[word.Terms[0].Word]
	if !ok || int(id) >= len(x.wordDocuments) || x.wordDocuments[id] == 0 {
		return 0, false
	}
	return id, x.stemForms[x.dictionary.stemOf[id]] > 1
}

// ownStem returns the stem of a query word. ok is false if the client does not have its positions.
func (x *Index) ownStem(word Word) (id uint32, ok bool) {
	id, ok = x.stemID(word.Terms[0].Stem)
	return id, ok && x.occurrences[id] > 0 && x.isInline(id)
}

// near reports whether two stems occur near each other in a field.
func (e *entry) near(a, b uint32) bool {
	others := e.of(b)
	for _, t := range e.of(a) {
		for len(others) > 0 && (others[0].field() < t.field() || others[0].field() == t.field() && others[0].position()+nearWords < t.position()) {
			others = others[1:]
		}
		if len(others) > 0 && others[0].field() == t.field() && others[0].position() <= t.position()+nearWords {
			return true
		}
	}
	return false
}

// isTitle reports whether the title of a document has all words of the query and the same length.
func (s *searcher) isTitle(e *entry) bool {
	if e.lengths[titleField] != newLengthCode(s.plan.Length) {
		return false
	}
	for _, stem := range slices.Concat(s.plan.Phrases...) {
		if !s.index.inTitle(e, stem) {
			return false
		}
	}
	for _, word := range s.plan.Words {
		if !slices.ContainsFunc(word.Terms, func(t Term) bool { return s.index.inTitle(e, t.Stem) }) {
			return false
		}
	}
	return true
}

func (x *Index) inTitle(e *entry, stem string) bool {
	id, ok := x.stemID(stem)
	tokens := e.of(id)
	return ok && len(tokens) > 0 && tokens[0].field() == titleField // tokens are sorted, and titles are the first field
}
