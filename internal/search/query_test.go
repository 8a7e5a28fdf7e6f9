package search_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"casebook/internal/search"
)

func small(t *testing.T) *search.Index {
	t.Helper()
	x, _ := build(t, []search.Document{
		{
			ID: "a/", Title: "Midwives in rural Uganda", Summary: "Training midwives to teach", Names: []string{"RCM", "Royal College of Midwives"},
			Body: "The partnership began with a visit. Maternal health improved.", Countries: []string{"UG"}, Kind: "example", Date: "2013",
		},
		{
			ID: "b/", Title: "Physiotherapy for children", Names: []string{"physio", "physical therapy"},
			Body: "Maternity wards and a health partnership; visits with the ministry of health.", Countries: []string{"UG", "GB"}, Kind: "challenge", Date: "2015-06",
		},
		{ID: "c/", Title: "Oxygen", Summary: "Health and oxygen", Body: "Oxygen for newborns in Malaŵi. Improved health.", Countries: []string{"MW"}, Kind: "example"},
	})
	t.Cleanup(func() { x.Close() })
	return x
}

func TestQuery(t *testing.T) {
	x := small(t)
	tests := []struct {
		name     string
		request  search.Request
		want     string // ids in order
		required int
		match    search.Match // of the last word
	}{
		{"word in a title first", search.Request{Text: "oxygen"}, "c/", 1, search.Exact},
		{"stem", search.Request{Text: "midwife midwives visiting"}, "a/", 2, search.Exact},
		{"all words", search.Request{Text: "health partnership"}, "a/ b/", 2, search.Exact},
		{"most words", search.Request{Text: "oxygen partnership visits"}, "a/ b/", 2, search.Exact},
		{"alternative label", search.Request{Text: "physio"}, "b/", 1, search.Exact},
		{"acronym", search.Request{Text: "rcm"}, "a/", 1, search.Exact},
		{"accent left out", search.Request{Text: "malawi"}, "c/", 1, search.Exact},
		{"accent added", search.Request{Text: "UGÀNDA"}, "a/", 1, search.Exact},
		{"beginning while typing", search.Request{Text: "physiot", Typing: search.Unfinished}, "b/", 1, search.Prefix},
		{"beginning when finished", search.Request{Text: "newb"}, "c/", 1, search.Prefix},
		{"beginning too short", search.Request{Text: "ne"}, "", 1, search.Unknown},
		{"abbreviation near a word", search.Request{Text: "oxgn"}, "", 1, search.Unknown},
		{"no slip for a common word", search.Request{Text: "withh"}, "", 1, search.Unknown},
		{"question", search.Request{Text: "what is our oxygen for?"}, "c/", 1, search.Exact},
		{"letter missing", search.Request{Text: "oxgen"}, "c/", 1, search.Typo},
		{"letters swapped", search.Request{Text: "uagnda"}, "a/", 1, search.Typo},
		{"two slips in a long word", search.Request{Text: "phisiotherapi"}, "b/", 1, search.Typo},
		{"two slips in a short word", search.Request{Text: "oxigan"}, "", 1, search.Unknown},
		{"phrase", search.Request{Text: `"health partnership"`}, "b/", 0, ""},
		{"phrase with common words", search.Request{Text: `“ministry of health”`}, "b/", 0, ""},
		{"phrase in the wrong order", search.Request{Text: `"partnership health"`}, "", 0, ""},
		{"phrase across names", search.Request{Text: `"rcm royal"`}, "", 0, ""},
		{"phrase in a name", search.Request{Text: `"college of midwives"`}, "a/", 0, ""},
		{"phrase and word", search.Request{Text: `"health improved" maternal`}, "a/", 1, search.Exact}, // after a full stop too
		{"quotation mark without its pair", search.Request{Text: `"health partnership`}, "a/ b/", 2, search.Exact},
		{"common words only", search.Request{Text: "the with"}, "a/ b/", 2, search.Exact},
		{"common words left out", search.Request{Text: "oxygen for the"}, "c/", 1, search.Exact},
		{"filter", search.Request{Text: "health", Filters: map[search.Group][]string{search.Country: {"UG"}}}, "b/ a/", 1, search.Exact},
		{"filter, either value", search.Request{Text: "health", Filters: map[search.Group][]string{search.Country: {"GB", "MW"}}}, "c/ b/", 1, search.Exact},
		{"filters, both groups", search.Request{Text: "health", Filters: map[search.Group][]string{search.Country: {"UG"}, search.Kind: {"example"}}}, "a/", 1, search.Exact},
		{"filters only", search.Request{Filters: map[search.Group][]string{search.Kind: {"example"}}}, "a/ c/", 0, ""},
		{"everything", search.Request{}, "a/ b/ c/", 0, ""},
		{"by date", search.Request{Text: "health", Sort: search.ByDate}, "b/ a/ c/", 1, search.Exact},
		{"nothing but signs", search.Request{Text: `?! "" '`}, "a/ b/ c/", 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.request.Limit = 10
			got, err := x.Query(context.Background(), tt.request)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, h := range got.Hits {
				ids = append(ids, h.Document.ID)
			}
			if strings.Join(ids, " ") != tt.want || got.Total != len(ids) || got.Required != tt.required {
				t.Errorf("%d hits %v, %d words required, want %q, %d", got.Total, ids, got.Required, tt.want, tt.required)
			}
			if n := len(got.Plan.Words); tt.match != "" && got.Plan.Words[n-1].Match != tt.match {
				t.Errorf("plan %+v, want %s", got.Plan, tt.match)
			}
		})
	}
}

func TestCountsFollowQuery(t *testing.T) {
	got, err := small(t).Query(context.Background(), search.Request{
		Text: "health", Filters: map[search.Group][]string{search.Country: {"UG"}}, Limit: 10,
	})
	if err != nil {
		t.Fatal(err)
	}
	// Countries are counted without the choice of a country, kinds with it.
	if g := fmt.Sprint(got.Counts[search.Country]); g != "map[GB:1 MW:1 UG:2]" {
		t.Errorf("countries %s", g)
	}
	if g := fmt.Sprint(got.Counts[search.Kind]); g != "map[challenge:1 example:1]" {
		t.Errorf("kinds %s", g)
	}
}

func TestPages(t *testing.T) {
	x := small(t)
	var ids []string
	for offset := range 5 {
		got, err := x.Query(context.Background(), search.Request{Text: "health", Offset: offset, Limit: 1})
		if err != nil || got.Total != 3 {
			t.Fatalf("Query = %+v, %v", got, err)
		}
		for _, h := range got.Hits {
			ids = append(ids, h.Document.ID)
		}
	}
	if len(ids) != 3 {
		t.Errorf("pages of one give %v", ids)
	}
}

func FuzzQuery(f *testing.F) {
	for _, text := range []string{"", "oxygen", `"of health`, `"" "`, "医 \x1f", "\xff'’", strings.Repeat("a ", 50), strings.Repeat(`"x y" `, 9), "h\u0301ealth"} {
		f.Add(text, true)
	}
	x, files := build(f, newCorpus(4).documents(12))
	c := newClient(f, bundle(f), files)
	f.Fuzz(func(t *testing.T, text string, unfinished bool) {
		r := search.Request{Text: strings.ToValidUTF8(text, ""), Limit: 10}
		if unfinished {
			r.Typing = search.Unfinished
		}
		want, err := x.Query(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.compare(r, want); err != nil {
			t.Error(err)
		}
	})
}
