package search

import (
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Which documents match a plan, and which of them earn a bonus, is found in the entries rather than by bleve: bleve's
// own positions would more than double its memory. bleve is given what was found as lists of documents, and scores.

const (
	// fewest is how many documents must hold all words of a query, or those that hold enough of them are found too.
	fewest = 6
	// floor is what is enough: this part of what the words tell.
	floor = 0.4

	// A bonus is a weight times what the words tell: see doc.go.
	exactWeight = 0.15
	nearWeight  = 0.5
	titleWeight = 1
	k1          = 1.2 // bleve's

	// nearWords is how far apart two words are at most that count as near.
	nearWords = 3
)

// A wordMatch is the documents that match one word of a plan.
type wordMatch struct {
	holds []bool  // by slot
	idf   float64 // how much the word tells
	most  float64 // no document scores more by the word
}

// match finds the candidates of the plan.
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

// allowed are the documents that hold every phrase and no excluded word, in order.
func (s *searcher) allowed() (slots []uint32) {
	x := s.index
	for _, slot := range x.documentOrder() {
		e := x.entries[slot]
		if !slices.ContainsFunc(s.plan.Excluded, func(stem string) bool { return x.holds(e, stem) }) &&
			!slices.ContainsFunc(s.plan.Phrases, func(phrase []string) bool { return !x.holdsPhrase(e, phrase) }) {
			slots = append(slots, slot)
		}
	}
	return slots
}

// holdsPhrase reports whether stems follow each other somewhere in one field.
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
			_, follows = slices.BinarySearch(e.tokens, newToken(stems[i], first.field(), first.position()+uint32(i)))
		}
		if follows {
			return true
		}
	}
	return false
}

// aboveFloor are the documents that hold enough of what the words tell. Words that no document holds count only in that
// they must not be the most.
func (s *searcher) aboveFloor(allowed []uint32) (slots []uint32) {
	known, all := 0, 0.0
	for i, word := range s.words {
		if s.plan.Words[i].Match != Unknown {
			known++
			all += word.idf
		}
	}
	if 2*known < len(s.words) {
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

// missing are the texts of the words that a document does not hold.
func (s *searcher) missing(slot uint32) (texts []string) {
	for i, word := range s.words {
		if !word.holds[slot] {
			texts = append(texts, s.plan.Words[i].Text)
		}
	}
	return texts
}

// A bonus is a score that documents get besides those of their words.
type bonus struct {
	ids   []string
	value float64
}

// addTo adds the bonus to the scores of a query. One that is alone in its clause is not multiplied with the part of the
// clause that matches.
func (b bonus) addTo(must query.Query) query.Query {
	docs := bleve.NewDocIDQuery(b.ids)
	docs.SetBoost(b.value)
	q := bleve.NewBooleanQuery()
	q.AddMust(must)
	q.AddShould(docs)
	return q
}

// findBonuses finds the bonuses that any candidate earns: for a word in the form that was asked for, if the library has
// its stem in other forms too; for words near each other that are so in the query; and for a title that is the query.
func (s *searcher) findBonuses() {
	if len(s.words) == 0 {
		return
	}
	for i, word := range s.plan.Words {
		if id, ok := s.index.ownForm(word); ok {
			s.award(exactWeight*s.words[i].idf*s.words[i].idf, func(e *entry) bool {
				_, holds := slices.BinarySearch(e.words, id)
				return holds
			})
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

// award adds a bonus if any candidate earns it.
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

// ownForm is the number of a word of a query in the form that is asked for, if the library has it, and its stem in other
// forms too. Of a word that is taken for a slip, that is the likeliest word.
func (x *Index) ownForm(word Word) (id uint32, ok bool) {
	id, ok = x.dictionary.wordIDs[word.Terms[0].Word]
	if !ok || int(id) >= len(x.wordDocuments) || x.wordDocuments[id] == 0 {
		return 0, false
	}
	return id, x.stemForms[x.dictionary.stemOf[id]] > 1
}

// ownStem is the stem of a word of a query, if its positions are known to the reader.
func (x *Index) ownStem(word Word) (id uint32, ok bool) {
	id, ok = x.stemID(word.Terms[0].Stem)
	return id, ok && x.occurrences[id] > 0 && x.isInline(id)
}

// near reports whether two stems stand near each other in a field.
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

// isTitle reports whether a title is as long as the query and has all of its words.
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
	return ok && len(tokens) > 0 && tokens[0].field() == titleField // the first of the fields
}
