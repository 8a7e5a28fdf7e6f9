package survey

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/library"
)

// kb returns a library of two case studies that are shown and three that are not.
func kb(t *testing.T) *library.Library {
	t.Helper()
	var files []*content.Parsed
	for name, text := range map[string]string{
		"site.yaml":              "title: T\n",
		"principles/fair.md":     "---\ntitle: Fair\nnumber: 1\nsummary: S\nhallmarks:\n  - {id: shared-aims, title: Shared aims}\n  - {id: open-books, title: Open books}\n---\n",
		"organisations.yaml":     "- {id: mirembe, name: Mirembe Hospital}\n- {id: ridge, name: Ridge Hospital}\n- {id: mirembbe, name: Hospital of Mirembbe}\n- {id: rcm, name: RCM}\n- {id: midwives, name: Royal College of Midwives}\n- {id: both, name: Both, type: partnership, members: [mirembe]}\n",
		"cases/agreed.md":        "---\ntitle: Agreed\nhallmarks: [shared-aims]\npartners: [mirembe]\ncountries: [Malawi, Wales]\nbenefits: {Malawi: [x], United Kingdom: not reported}\nagreed_by: [both]\nauthors: [A]\n---\nText.\n",
		"cases/open.md":          "---\ntitle: Open\nprinciples: [fair]\npartners: [ridge, mirembe]\ncountries: [Malawi, Uganda]\nbenefits: {Malawi: [x]}\nagreed_by: [mirembe]\nauthors: [A]\nreview_by: 2020-01-01\n---\nText.\n",
		"cases/draft.md":         "---\ntitle: Draft\nprinciples: [fair]\ndraft: true\nauthors: [A]\n---\nText.\n",
		"cases/soon.md":          "---\ntitle: Soon\nprinciples: [fair]\npublished: 2027-01-01\nauthors: [A]\n---\nText.\n",
		"cases/gone.md":          "---\ntitle: Gone\nprinciples: [fair]\nauthors: [A]\nwithdrawn: {date: 2026-01-01, reason: R}\n---\nText.\n",
		"cases/of-california.md": "---\ntitle: California\nkind: challenge\nprinciples: [fair]\ncountries: [US-CA]\nauthors: [A]\n---\nText.\n",
	} {
		files = append(files, content.Parse(name, []byte(text)))
	}
	lib, _ := library.New(files, library.Options{Drafts: true, Today: today})
	if lib == nil {
		t.Fatal("no library")
	}
	return lib
}

var today = content.Date{Year: 2026, Month: 11, Day: 24}

func TestStatesOfCaseStudies(t *testing.T) {
	var got []string
	for _, r := range List(kb(t), today, Filter{}) {
		got = append(got, strings.TrimSpace(r.ID+" "+r.StateText(",")+" "+strings.Join(r.Missing, ",")))
	}
	want := []string{"agreed", "draft draft", "gone withdrawn", "of-california", "open overdue,not-agreed ridge", "soon scheduled"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFilters(t *testing.T) {
	lib := kb(t)
	for _, test := range []struct {
		facet  Facet
		values string
		states []State
		want   string
	}{
		{"country", "malawi", nil, "agreed open"},
		{"country", "Wales,Uganda", nil, "agreed open"},
		{"country", "UK", nil, "agreed"},
		{"country", "United Kingdom", nil, "agreed"},
		{"country", "United States", nil, "of-california"},
		{"principle", "fair", []State{Draft, Scheduled}, "draft soon"},
		{"hallmark", "shared aims", nil, "agreed"},
		{"organisation", "mirembe", []State{NotAgreed}, "open"},
		{"kind", "challenge", nil, "of-california"},
	} {
		filter := Filter{States: test.states}
		var err error
		for text := range strings.SplitSeq(test.values, ",") {
			err = filter.Add(lib, test.facet, text)
		}
		var got []string
		if err == nil {
			for _, r := range List(lib, today, filter) {
				got = append(got, r.ID)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s %s %v: got %v (%v), want %s", test.facet, test.values, test.states, got, err, test.want)
		}
	}
	if err := new(Filter).Add(lib, "country", "Malawy"); err == nil || !strings.Contains(err.Error(), `did you mean "Malawi"?`) {
		t.Errorf("got %v", err)
	}
}

func TestCount(t *testing.T) {
	s := Count(kb(t), today)
	if got, want := fmt.Sprint(s.OneSided), "[{open [Uganda]}]"; got != want {
		t.Errorf("one-sided: got %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(s.Without), "[{open-books Open books 0}]"; got != want {
		t.Errorf("without a case study: got %s, want %s", got, want)
	}
	// Ridge Hospital and Mirembe Hospital are not similar enough.
	if got, want := fmt.Sprint(s.LookAlike), "[[mirembbe mirembe] [rcm midwives]]"; got != want {
		t.Errorf("look alike: got %s, want %s", got, want)
	}
	if got, want := fmt.Sprint(s.Kinds), "[{example example 4} {challenge challenge 1} {programme programme 0}]"; got != want {
		t.Errorf("kinds: got %s, want %s", got, want)
	}
}

func TestCellsHaveTheOrderOfColumns(t *testing.T) {
	if got, want := len(Record{}.Cells()), len(Columns()); got != want {
		t.Errorf("%d cells for %d columns", got, want)
	}
}
