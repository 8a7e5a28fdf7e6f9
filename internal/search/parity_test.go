package search_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"casebook/internal/search"
)

// These tests check that the client answers each query as bleve does. The expected results come from Index.Query, which
// calls bleve.Index.Search.

func TestClientAnswersAsBleveDoes(t *testing.T) {
	if testing.Short() {
		checkParity(t, newParity(t), 2)
	} else {
		checkParity(t, newParity(t), 5)
	}
}

// checkParity compares the answers to perClass queries of each class that have results, alternately with the index in one
// file and in many.
func checkParity(t *testing.T, p *parity, perClass int) {
	clients := []*client{newClient(t, bundle(t), p.files), newClient(t, bundle(t), p.parts)}
	for i, class := range queryClasses() {
		t.Run(class.name, func(t *testing.T) {
			random := newRandom(uint64(i))
			full := 0
			for tries := 0; full < perClass && tries < 4*perClass; tries++ {
				request := class.make(random, p)
				want, err := p.index.Query(context.Background(), request)
				if err != nil {
					t.Fatal(err)
				}
				if want.Total > 0 {
					full++
				}
				if err := clients[tries%2].compare(request, want); err != nil {
					t.Fatalf("%+v: %v", request, err)
				}
			}
			if full < perClass {
				t.Errorf("%d queries with results, want %d", full, perClass)
			}
		})
	}
}

func TestParityDetectsMutations(t *testing.T) {
	if testing.Short() {
		t.Skip("bundles many clients")
	}
	checkMutations(t, 4)
}

// checkMutations checks, for each every-th mutation, that the comparison fails for a client that scores or plans slightly
// differently.
func checkMutations(t *testing.T, every int) {
	p := newParity(t)
	for i, m := range []struct {
		name, class string // the class of the queries that show the mutation
		mutation
	}{
		{"k1", "words", mutation{"score.ts", "const K1 = 1.2;", "const K1 = 1.200001;"}},
		{"boosts", "words", mutation{"score.ts", "weight: boost * weight", "weight: (field === 2 ? 1.0001 : 1) * boost * weight"}},
		{"idf", "words", mutation{"score.ts", "found + 0.5) / (found", "found + 0.5001) / (found"}},
		{"exact", "words", mutation{"match.ts", "const EXACT = 0.15;", "const EXACT = 0.150001;"}},
		{"close", "titles", mutation{"match.ts", "const CLOSE = 0.5;", "const CLOSE = 0.500001;"}},
		{"title", "titles", mutation{"match.ts", "const TITLE = 1;", "const TITLE = 1.00001;"}},
		{"floor", "words", mutation{"match.ts", "const FLOOR = 0.4;", "const FLOOR = 0.5;"}},
		{"near", "titles", mutation{"positions.ts", "const NEAR = 3;", "const NEAR = 2;"}},
		{"length", "words", mutation{"score.ts", "Math.fround(1 / Math.sqrt(", "(1 / Math.sqrt("}},
		{"typo order", "prefixes", mutation{"vocabulary.ts", "b.class - a.class", "a.class - b.class"}},
		{"filter", "filters", mutation{"search.ts", "& ~(1 << i))", ")"}},
	} {
		if i%every != 0 {
			continue
		}
		t.Run(m.name, func(t *testing.T) {
			c := newClient(t, bundle(t, m.mutation), p.files)
			random := newRandom(1)
			for range 150 {
				for _, class := range queryClasses() {
					if class.name != m.class {
						continue
					}
					request := class.make(random, p)
					want, err := p.index.Query(context.Background(), request)
					if err != nil {
						t.Fatal(err)
					}
					if c.compare(request, want) != nil {
						return
					}
				}
			}
			t.Error("no query shows the mutation")
		})
	}
}

type parity struct {
	docs         []search.Document
	synonyms     [][]string
	index        *search.Index
	files, parts map[string][]byte // the index in one file, and in many as a large one is
}

// newParity returns a parity that all tests share: they must not change it.
func newParity(tb testing.TB) *parity {
	tb.Helper()
	p, err := smallParity()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

var smallParity = sync.OnceValues(func() (*parity, error) { return buildParity(48, 6) })

// buildParity makes a parity of so many documents, each of about length sentences.
func buildParity(documents, length int) (*parity, error) {
	c := newCorpus(7)
	c.length = length
	p := &parity{docs: c.documents(documents), synonyms: c.synonyms()}
	var err error
	if p.index, err = search.New(search.Options{}); err != nil {
		return nil, err
	}
	if _, err = p.index.Sync(context.Background(), search.Content{Documents: p.docs, Synonyms: p.synonyms, Lang: "en"}); err != nil {
		return nil, err
	}
	if p.files, err = p.index.Export(context.Background(), nil); err != nil {
		return nil, err
	}
	p.parts, err = p.index.ExportInParts(context.Background(), nil)
	return p, err
}

// clientResults has the fields of the Results of search.ts.
type clientResults struct {
	Plan    search.Plan
	Partial bool
	Pins    []struct{ ID, Title, What string }
	Total   int
	Hits    []struct {
		ID, Title, Summary, Lang string
		Details, Missing         []string
		Score                    float64
	}
	Counts map[string][]struct {
		ID, Label string
		Count     int
	}
}

func (c *client) query(r search.Request) (*clientResults, string, error) {
	return ask(func(request string) (string, error) { return c.call("query", request) }, r)
}

// ask sends a request to a client as JSON, and decodes its answer.
func ask(query func(request string) (string, error), r search.Request) (*clientResults, string, error) {
	request, err := json.Marshal(asJSON(r, true))
	if err != nil {
		return nil, "", err
	}
	answer, err := query(string(request))
	if err != nil {
		return nil, "", err
	}
	var results clientResults
	return &results, answer, json.Unmarshal([]byte(answer), &results)
}

// asJSON returns the fields of a Request of search.ts.
func asJSON(r search.Request, counts bool) map[string]any {
	filters := map[string][]string{}
	for g, values := range r.Filters {
		filters[g.String()] = values
	}
	return map[string]any{
		"text": r.Text, "unfinished": r.Typing == search.Unfinished, "filters": filters,
		"sort": r.Sort, "offset": r.Offset, "limit": r.Limit, "counts": counts,
	}
}

// compare runs a request in the client, and returns an error that names the first difference from want.
func (c *client) compare(r search.Request, want *search.Results) error {
	got, _, err := c.query(r)
	if err != nil {
		return err
	}
	return got.compare(want)
}

// compare returns an error that names the first difference from bleve's answer.
func (got *clientResults) compare(want *search.Results) error {
	if g, w := fmt.Sprint(got.Plan), fmt.Sprint(want.Plan); g != w {
		return fmt.Errorf("plan is %v, want %v", g, w)
	}
	if got.Partial != want.Partial || got.Total != want.Total || len(got.Hits) != len(want.Hits) {
		return fmt.Errorf("partial %v, %d in total, %d hits, want %v, %d, %d",
			got.Partial, got.Total, len(got.Hits), want.Partial, want.Total, len(want.Hits))
	}
	if len(got.Pins) != len(want.Pins) {
		return fmt.Errorf("pins are %v, want %v", got.Pins, want.Pins)
	}
	for i, p := range want.Pins {
		if got.Pins[i].ID != p.ID || got.Pins[i].Title != p.Title || got.Pins[i].What != p.Pin {
			return fmt.Errorf("pin %d is %v, want %v", i, got.Pins[i], p)
		}
	}
	for i, w := range want.Hits {
		g := got.Hits[i]
		if g.ID != w.Document.ID || g.Title != w.Document.Title || g.Summary != w.Document.Summary || !slices.Equal(g.Details, w.Document.Details) || !slices.Equal(g.Missing, w.Missing) {
			return fmt.Errorf("hit %d is %+v (score %v), want %s (score %v) without %q", i, g, g.Score, w.Document.ID, w.Score, w.Missing)
		}
		if math.Abs(g.Score-w.Score) > 1e-9 {
			return fmt.Errorf("hit %d (%s) scores %v, want %v", i, g.ID, g.Score, w.Score)
		}
	}
	for _, group := range search.Groups() {
		if _, counted := got.Counts[group.String()]; group == search.Organisation && !counted {
			continue // the client counts this group only when one of its values is chosen
		}
		counts := map[string]int{}
		for _, v := range got.Counts[group.String()] {
			if v.Count > 0 {
				counts[v.ID] = v.Count
			}
		}
		if g, w := fmt.Sprint(counts), fmt.Sprint(want.Counts[group]); g != w {
			return fmt.Errorf("counts of %v are %v, want %v", group, g, w)
		}
	}
	return nil
}

type queryClass struct {
	name string
	make func(c random, p *parity) search.Request
}

func queryClasses() []queryClass {
	return []queryClass{
		{"words", func(c random, p *parity) search.Request {
			words := wordsOf(c.pick(p.docs))
			text := strings.Join(c.choose(words, 1+c.IntN(5)), " ")
			if c.IntN(3) == 0 { // a word of another document: few documents contain all the words
				text += " " + c.choose(wordsOf(c.pick(p.docs)), 1)[0]
			}
			return c.request(text)
		}},
		{"prefixes", func(c random, p *parity) search.Request {
			words := c.choose(wordsOf(c.pick(p.docs)), 1+c.IntN(2))
			last := words[len(words)-1]
			words[len(words)-1] = last[:min(len(last), 2+c.IntN(5))]
			r := c.request(strings.Join(words, " "))
			r.Typing = search.Unfinished
			return r
		}},
		{"typos", func(c random, p *parity) search.Request {
			words := c.choose(wordsOf(c.pick(p.docs)), 1+c.IntN(3))
			words[0] = c.misspell(words[0])
			if len(words[0]) > 8 {
				words[0] = c.misspell(words[0])
			}
			r := c.request(strings.Join(words, " "))
			if c.IntN(2) == 0 {
				r.Typing = search.Unfinished
			}
			return r
		}},
		{"phrases", func(c random, p *parity) search.Request {
			doc := c.pick(p.docs)
			source := strings.Fields([]string{doc.Title, doc.Summary, doc.Body, strings.Join(doc.Names, " ")}[c.IntN(4)])
			start := c.IntN(max(1, len(source)-3))
			text := `"` + strings.Join(source[start:min(len(source), start+2+c.IntN(2))], " ") + `"`
			switch c.IntN(4) {
			case 0:
				text += " " + c.choose(wordsOf(doc), 1)[0]
			case 1:
				text = c.choose(wordsOf(doc), 1)[0] + " " + text + ` “` + c.choose(wordsOf(doc), 1)[0] + `”`
			}
			return c.request(text)
		}},
		{"filters", func(c random, p *parity) search.Request {
			doc := c.pick(p.docs)
			r := c.request(strings.Join(c.choose(wordsOf(doc), c.IntN(3)), " "))
			r.Filters = map[search.Group][]string{}
			for range 1 + c.IntN(3) {
				switch c.IntN(6) {
				case 0:
					r.Filters[search.Principle] = doc.Principles
				case 1:
					r.Filters[search.Hallmark] = slices.Concat(doc.Hallmarks, []string{"hallmark-1"})
				case 2:
					r.Filters[search.Country] = doc.Countries[:1]
				case 3:
					r.Filters[search.Discipline] = slices.Concat(doc.Disciplines, []string{"nowhere"})
				case 5:
					r.Filters[search.Organisation] = doc.Organisations
				case 4:
					r.Filters[search.Kind] = []string{doc.Kind}
				}
			}
			if c.IntN(3) == 0 {
				r.Sort = search.ByDate
			}
			return r
		}},
		{"concepts", func(c random, p *parity) search.Request {
			own := p.synonyms[c.IntN(len(p.synonyms))]
			return c.request(strings.Join(c.choose(wordsOf(c.pick(p.docs)), c.IntN(2)), " ") + " " + own[c.IntN(len(own))])
		}},
		{"excluded", func(c random, p *parity) search.Request {
			words := c.choose(wordsOf(c.pick(p.docs)), 1+c.IntN(2))
			if body := strings.Fields(c.pick(p.docs).Body); c.IntN(2) == 0 {
				return c.request(strings.Join(words, " ") + ` -"` + strings.Join(body[3:5], " ") + `"`)
			}
			return c.request(strings.Join(words, " ") + " -" + c.choose(wordsOf(c.pick(p.docs)), 1)[0])
		}},
		{"titles", func(c random, p *parity) search.Request {
			doc := c.pick(p.docs)
			if c.IntN(2) == 0 {
				return c.request(doc.Names[0])
			}
			return c.request(doc.Title)
		}},
		{"compounds", func(c random, p *parity) search.Request {
			doc := c.pick(p.docs)
			words := strings.Fields(doc.Body)
			for range 400 {
				word := words[c.IntN(len(words))]
				if strings.ContainsAny(word, "-'’") || strings.ContainsAny(word, "0123456789") {
					return c.request([]string{word, strings.ReplaceAll(word, "-", ""), strings.ReplaceAll(word, "-", " ")}[c.IntN(3)])
				}
			}
			return c.request("COVID-19")
		}},
		{"spaces", func(c random, p *parity) search.Request { // between words that are one, or missing between two
			words := wordsOf(c.pick(p.docs))
			i := c.IntN(len(words) - 1)
			if c.IntN(2) == 0 {
				return c.request(words[i] + words[i+1])
			}
			at := min(3, len(words[i]))
			return c.request(strings.TrimSpace(words[i][:at]+" "+words[i][at:]) + " " + words[i+1])
		}},
		{"names", func(c random, p *parity) search.Request {
			doc := c.pick(p.docs)
			return c.request(doc.Names[c.IntN(len(doc.Names))])
		}},
		{"accents", func(c random, p *parity) search.Request {
			for {
				doc := c.pick(p.docs)
				for _, word := range c.choose(strings.Fields(doc.Body+" "+strings.Join(doc.Names, " ")), 200) {
					if strings.ContainsFunc(word, func(r rune) bool { return r > 127 && r < 0x250 }) {
						bare := strings.NewReplacer("é", "e", "Ł", "L", "ó", "o", "ź", "z", "ü", "u", "ã", "a").Replace(word)
						return c.request([]string{word, strings.ToUpper(word), bare, strings.ReplaceAll(word, "é", "e\u0301")}[c.IntN(4)])
					}
				}
			}
		}},
		{"non-Latin", func(c random, p *parity) search.Request {
			for {
				doc := c.pick(p.docs)
				at := strings.IndexFunc(doc.Body, func(r rune) bool { return r > 0x370 && unicode.IsLetter(r) })
				if at < 0 {
					continue
				}
				text := []rune(doc.Body[at:])
				start := c.IntN(max(1, len(text)-3))
				r := c.request(string(text[start:min(len(text), start+1+c.IntN(6))]))
				if c.IntN(2) == 0 {
					r.Typing = search.Unfinished
				}
				if c.IntN(4) == 0 {
					r.Text = `"` + r.Text + `"`
				}
				return r
			}
		}},
	}
}

// A random generates queries.
type random struct{ *rand.Rand }

func newRandom(seed uint64) random { return random{rand.New(rand.NewPCG(seed, 2))} }

func wordsOf(doc search.Document) []string {
	return strings.FieldsFunc(doc.Title+" "+doc.Summary+" "+doc.Body, func(r rune) bool { return r > 127 || !unicode.IsLetter(r) })
}

func (c random) pick(docs []search.Document) search.Document { return docs[c.IntN(len(docs))] }

func (c random) choose(words []string, n int) []string {
	chosen := make([]string, n)
	for i := range chosen {
		chosen[i] = words[c.IntN(len(words))]
	}
	return chosen
}

func (c random) request(text string) search.Request {
	return search.Request{Text: text, Offset: 10 * (c.IntN(4) / 3), Limit: 10}
}

// misspell makes one spelling mistake after the first letter.
func (c random) misspell(word string) string {
	letters := []rune(word)
	at := 1 + c.IntN(max(1, len(letters)-1))
	if at >= len(letters) {
		return word + "x"
	}
	switch c.IntN(4) {
	case 0:
		return string(slices.Delete(letters, at, at+1))
	case 1:
		return string(slices.Insert(letters, at, 'q'))
	case 2:
		letters[at] = 'z'
	default:
		letters[at], letters[max(1, at-1)] = letters[max(1, at-1)], letters[at]
	}
	return string(letters)
}
