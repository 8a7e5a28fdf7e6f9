package search

// Queries: running a plan on bleve.

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
)

// A Request asks for a page of results.
type Request struct {
	Text    string
	Typing  Typing             // zero means Finished
	Filters map[Group][]string // a result has, in each of these groups, one of the values
	Sort    Order              // zero means ByRelevance
	Offset  int
	Limit   int
}

// Order is the order of results.
type Order string

// The orders of results. Ties are in the order of ids.
const (
	ByRelevance Order = "relevance"
	ByDate      Order = "date" // newest first, documents without a date last
)

// Results are the answer to a Request.
type Results struct {
	Plan Plan
	// Partial is whether results may lack some of Plan.Words, because few or no documents hold them all.
	Partial bool
	Pins    []Document // documents that the query names
	Total   int
	Hits    []Hit
	// Counts holds, for every group and value, the number of results that there are, or would be if this were the only
	// value chosen in its group. Values without results are left out.
	Counts map[Group]map[string]int
}

// A Hit is one result.
type Hit struct {
	Document Document
	Score    float64  // 0 when the request has filters only
	Missing  []string // texts of the query's words that the document does not hold
}

// Query runs a request on bleve.
func (x *Index) Query(ctx context.Context, r Request) (*Results, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.failure != nil {
		return nil, x.failure
	}
	if err := x.complete(ctx); err != nil {
		return nil, err
	}
	plan := newPlan(r.Text, r.Typing, x.lexicon())
	results := &Results{Plan: plan, Counts: map[Group]map[string]int{}}
	if len(x.slots) == 0 {
		return results, nil
	}
	results.Pins = x.pinned(r.Text)
	s := &searcher{index: x, ctx: ctx, plan: plan, filters: r.Filters}
	for _, doc := range results.Pins {
		s.pinned = append(s.pinned, doc.ID)
	}
	s.match()
	s.findBonuses()
	results.Partial = s.partial
	hits, err := s.run(results.Counts)
	if err != nil {
		return nil, err
	}
	results.Total = len(hits)
	x.sort(hits, r.Sort)
	start := min(max(r.Offset, 0), len(hits))
	for _, h := range hits[start:min(start+max(r.Limit, 0), len(hits))] {
		slot := x.slots[h.ID]
		results.Hits = append(results.Hits, Hit{x.entries[slot].doc, h.Score, s.missing(slot)})
	}
	return results, nil
}

func (x *Index) lexicon() lexicon {
	return lexicon{x.currentVocabulary(), x.concepts, func(stem string) bool {
		id, ok := x.stemID(stem)
		return ok && x.stemHolders[id] > 0
	}}
}

// stemID returns the number of a stem that the index has counted.
func (x *Index) stemID(stem string) (uint32, bool) {
	id, ok := x.dictionary.stemIDs[stem]
	return id, ok && int(id) < len(x.stemHolders)
}

// sort orders hits. It is done here because scores that differ only by rounding have to tie, which bleve's sorting does
// not allow.
func (x *Index) sort(hits search.DocumentMatchCollection, order Order) {
	slices.SortFunc(hits, func(a, b *search.DocumentMatch) int {
		first := cmp.Compare(rank(b.Score), rank(a.Score))
		if order == ByDate {
			first = cmp.Compare(x.entries[x.slots[b.ID]].doc.Date, x.entries[x.slots[a.ID]].doc.Date)
		}
		return cmp.Or(first, compareUTF16(a.ID, b.ID))
	})
}

func rank(score float64) float64 { return math.Floor(score*1e9 + 0.5) }

// A searcher runs one plan.
type searcher struct {
	index   *Index
	ctx     context.Context
	plan    Plan
	filters map[Group][]string // chosen values
	pinned  []string           // ids of pinned documents, which are left out of the results

	words      []wordMatch // one for each of plan.Words
	candidates []uint32    // slots of the documents that match the plan, before filters
	partial    bool        // whether candidates may lack some of the words
	bonuses    []bonus
}

// run finds all hits, and counts them by value. In a group with chosen values, it counts the hits of the search without
// that choice.
func (s *searcher) run(counts map[Group]map[string]int) (search.DocumentMatchCollection, error) {
	var open []Group
	for _, g := range Groups() {
		if len(s.filters[g]) == 0 {
			open = append(open, g)
			continue
		}
		others := map[Group][]string{}
		for other, values := range s.filters {
			if other != g {
				others[other] = values
			}
		}
		found, err := s.search(others, 0, []Group{g})
		if err != nil {
			return nil, err
		}
		count(found, counts)
	}
	found, err := s.search(s.filters, len(s.index.slots), open)
	if err != nil {
		return nil, err
	}
	count(found, counts)
	return found.Hits, nil
}

func count(found *bleve.SearchResult, counts map[Group]map[string]int) {
	for _, g := range Groups() {
		facet, ok := found.Facets[g.String()]
		if !ok {
			continue
		}
		counts[g] = map[string]int{}
		for _, term := range facet.Terms.Terms() {
			counts[g][term.Term] = term.Count
		}
	}
}

// search runs the plan on bleve.
func (s *searcher) search(filters map[Group][]string, size int, facets []Group) (*bleve.SearchResult, error) {
	req := bleve.NewSearchRequestOptions(s.query(filters), size, 0, false)
	if len(s.plan.Words)+len(s.plan.Phrases) == 0 {
		req.Score = bleve.ScoreNone
	}
	// bleve asks for the lengths of filter fields too, by their own name or, after merging filters, by "*". It ignores
	// the answer.
	stats := &search.BM25Stats{DocCount: float64(len(s.index.slots)), FieldCardinality: map[string]int{"*": 1}}
	for f, row := range fields {
		stats.FieldCardinality[row.name] = max(1, s.index.totals[f])
	}
	for _, g := range Groups() {
		stats.FieldCardinality[g.String()] = 1
	}
	req.PreSearchData = map[string]any{search.BM25PreSearchDataKey: stats}
	for _, g := range facets {
		req.AddFacet(g.String(), bleve.NewFacetRequest(g.String(), maxValues))
	}
	found, err := s.index.engine.index.SearchInContext(s.ctx, req)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	return found, nil
}

// maxValues is the maximum number of values of one group that bleve counts, most frequent first.
const maxValues = 1 << 20

// query returns the plan and the filters as a bleve query.
func (s *searcher) query(filters map[Group][]string) query.Query {
	var must query.Query = bleve.NewMatchAllQuery()
	var filter []query.Query
	if clauses := s.clauses(); len(clauses) > 0 {
		must = bleve.NewConjunctionQuery(clauses...)
		for _, b := range s.bonuses {
			must = b.addTo(must)
		}
	}
	if s.partial || len(s.plan.Phrases)+len(s.plan.Excluded) > 0 {
		filter = append(filter, bleve.NewDocIDQuery(s.ids(s.candidates)))
	}
	for _, g := range Groups() {
		if values := filters[g]; len(values) > 0 {
			var any []query.Query
			for _, value := range values {
				term := bleve.NewTermQuery(value)
				term.SetField(g.String())
				any = append(any, term)
			}
			filter = append(filter, bleve.NewDisjunctionQuery(any...))
		}
	}
	if len(filter)+len(s.pinned) == 0 {
		return must
	}
	q := bleve.NewBooleanQuery()
	q.AddMust(must)
	if len(filter) > 0 {
		q.AddFilter(bleve.NewConjunctionQuery(filter...))
	}
	if len(s.pinned) > 0 {
		q.AddMustNot(bleve.NewDocIDQuery(s.pinned))
	}
	return q
}

func (s *searcher) ids(slots []uint32) []string {
	ids := make([]string, len(slots))
	for i, slot := range slots {
		ids[i] = s.index.entries[slot].doc.ID
	}
	return ids
}

// clauses returns a clause for each word of a phrase, and for the other words: one clause each, or one for any of them
// if the results are partial.
func (s *searcher) clauses() []query.Query {
	var clauses, words []query.Query
	for _, stem := range slices.Concat(s.plan.Phrases...) {
		clauses = append(clauses, clause([]Term{{Stem: stem, Weight: 1}}))
	}
	for _, w := range s.plan.Words {
		words = append(words, clause(w.Terms))
	}
	if !s.partial {
		return append(clauses, words...)
	}
	some := bleve.NewDisjunctionQuery(words...)
	some.SetMin(1)
	return append(clauses, some)
}

// clause matches any of the terms in any field. bleve multiplies the sum of a disjunction by the fraction of its
// branches that match. Multiplying the boost by the number of terms cancels that, so that a word with many terms is
// worth as much as a word with one.
func clause(terms []Term) query.Query {
	var leaves []query.Query
	for _, t := range terms {
		for _, row := range fields {
			leaf := bleve.NewTermQuery(t.Stem)
			leaf.SetField(row.name)
			leaf.SetBoost(float64(row.boost) * t.Weight * float64(len(terms)))
			leaves = append(leaves, leaf)
		}
	}
	return bleve.NewDisjunctionQuery(leaves...)
}
