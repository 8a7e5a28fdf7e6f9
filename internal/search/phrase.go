package search

import (
	"slices"

	"github.com/blevesearch/bleve/v2"
)

// findPhrases finds the documents that hold every phrase. bleve says which hold all of its words; their positions come
// from the entries, since bleve's own would more than double its memory. What is found filters the search proper.
func (s *searcher) findPhrases() error {
	if len(s.plan.Phrases) == 0 {
		return nil
	}
	s.holders = []string{}
	req := bleve.NewSearchRequestOptions(bleve.NewConjunctionQuery(s.phraseClauses()...), len(s.index.slots), 0, false)
	req.Score = bleve.ScoreNone
	found, err := s.index.engine.index.SearchInContext(s.ctx, req)
	if err != nil {
		return err
	}
	for _, hit := range found.Hits {
		if e := s.index.entries[s.index.slots[hit.ID]]; s.index.holdsAll(e, s.plan.Phrases) {
			s.holders = append(s.holders, hit.ID)
		}
	}
	return nil
}

func (x *Index) holdsAll(e *entry, phrases [][]string) bool {
	for _, phrase := range phrases {
		var stems []uint32
		for _, s := range phrase {
			stems = append(stems, x.dictionary.stemIDs[s])
		}
		if !e.holds(stems) {
			return false
		}
	}
	return true
}

// holds says whether the stems follow each other somewhere in one field.
func (e *entry) holds(stems []uint32) bool {
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
