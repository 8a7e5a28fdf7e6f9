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
		name    string
		request search.Request
		want    string // ids in order
		partial bool
		match   search.Match // of the last word
	}{
		{"word in a title first", search.Request{Text: "oxygen"}, "c/", false, search.Exact},
		{"stem", search.Request{Text: "midwife midwives visiting"}, "a/", false, search.Exact},
		{"all words", search.Request{Text: "health partnership"}, "b/ a/", false, search.Exact},
		{"most words", search.Request{Text: "oxygen partnership visits"}, "c/ b/ a/", true, search.Exact},
		{"alternative label", search.Request{Text: "physio"}, "b/", false, search.Exact},
		{"acronym", search.Request{Text: "rcm"}, "a/", false, search.Exact},
		{"accent left out", search.Request{Text: "malawi"}, "c/", false, search.Exact},
		{"accent added", search.Request{Text: "UGÀNDA"}, "a/", false, search.Exact},
		{"beginning while typing", search.Request{Text: "physiot", Typing: search.Unfinished}, "b/", false, search.Prefix},
		{"no beginning when finished", search.Request{Text: "newb"}, "", false, search.Unknown},
		{"beginning too short", search.Request{Text: "ne"}, "", false, search.Unknown},
		{"abbreviation near a word", search.Request{Text: "oxgn"}, "", false, search.Unknown},
		{"no slip for a common word", search.Request{Text: "withh"}, "", false, search.Unknown},
		{"question", search.Request{Text: "what is our oxygen for?"}, "c/", false, search.Exact},
		{"letter missing", search.Request{Text: "oxgen"}, "c/", false, search.Typo},
		{"letters swapped", search.Request{Text: "uagnda"}, "a/", false, search.Typo},
		{"two slips in a long word", search.Request{Text: "phisiotherapi"}, "b/", false, search.Typo},
		{"two slips in a word of six", search.Request{Text: "oxigan"}, "c/", false, search.Typo},
		{"a slip in the first letter", search.Request{Text: "vxygen"}, "c/", false, search.Typo},
		{"three slips", search.Request{Text: "oxxgann"}, "", false, search.Unknown},
		{"excluded", search.Request{Text: "health -oxygen"}, "b/ a/", false, search.Exact},
		{"excluded alone", search.Request{Text: "-oxygen"}, "a/ b/", false, ""},
		{"a dash between words", search.Request{Text: "health - oxygen"}, "c/", false, search.Exact},
		{"most of the words are unknown", search.Request{Text: "qqqqqq zzzzzz oxygen"}, "", false, ""},
		{"below the floor", search.Request{Text: "health physio oxygen midwives"}, "", false, ""},
		{"phrase", search.Request{Text: `"health partnership"`}, "b/", false, ""},
		{"phrase with common words", search.Request{Text: `“ministry of health”`}, "b/", false, ""},
		{"phrase in the wrong order", search.Request{Text: `"partnership health"`}, "", false, ""},
		{"phrase across names", search.Request{Text: `"rcm royal"`}, "", false, ""},
		{"phrase in a name", search.Request{Text: `"college of midwives"`}, "a/", false, ""},
		{"phrase and word", search.Request{Text: `"health improved" maternal`}, "a/", false, search.Exact}, // after a full stop too
		{"quotation mark without its pair", search.Request{Text: `"health partnership`}, "b/ a/", false, search.Exact},
		{"common words only", search.Request{Text: "the with"}, "a/ b/", false, search.Exact},
		{"common words left out", search.Request{Text: "oxygen for the"}, "c/", false, search.Exact},
		{"filter", search.Request{Text: "health", Filters: map[search.Group][]string{search.Country: {"UG"}}}, "b/ a/", false, search.Exact},
		{"filter, either value", search.Request{Text: "health", Filters: map[search.Group][]string{search.Country: {"GB", "MW"}}}, "c/ b/", false, search.Exact},
		{"filters, both groups", search.Request{Text: "health", Filters: map[search.Group][]string{search.Country: {"UG"}, search.Kind: {"example"}}}, "a/", false, search.Exact},
		{"filters only", search.Request{Filters: map[search.Group][]string{search.Kind: {"example"}}}, "a/ c/", false, ""},
		{"everything", search.Request{}, "a/ b/ c/", false, ""},
		{"by date", search.Request{Text: "health", Sort: search.ByDate}, "b/ a/ c/", false, search.Exact},
		{"nothing but signs", search.Request{Text: `?! "" '`}, "a/ b/ c/", false, ""},
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
			if strings.Join(ids, " ") != tt.want || got.Total != len(ids) || got.Partial != tt.partial {
				t.Errorf("%d hits %v, partial %v, want %q, %v", got.Total, ids, got.Partial, tt.want, tt.partial)
			}
			if n := len(got.Plan.Words); tt.match != "" && got.Plan.Words[n-1].Match != tt.match {
				t.Errorf("plan %+v, want %s", got.Plan, tt.match)
			}
		})
	}
}

// TestRelevance checks which documents a query finds, and in which order. Each case is a small library.
func TestRelevance(t *testing.T) {
	doc := func(id, title, body string) search.Document { return search.Document{ID: id, Title: title, Body: body} }
	tests := []struct {
		name     string
		docs     []search.Document
		synonyms [][]string
		want     map[string]string // ids in order, by query
	}{
		{"hyphens", []search.Document{doc("a", "Partners as sub-contractors", ""), doc("b", "x", "co-operation and COVID-19"), doc("c", "y", "subcontractors, cooperation in covid19 times")}, nil, map[string]string{
			"subcontractors": "a c", "sub-contractors": "a c", "cooperation": "b c", "co-operation": "b c", "covid19": "b c", "COVID-19": "b c", "covid 19": "b c",
		}},
		{"numbers", []search.Document{doc("a", "x", "93,112 women"), doc("b", "y", "£30million"), doc("c", "z", "£30 million, 5 kg"), doc("d", "w", "5kg of 93 112")}, nil, map[string]string{
			"93112": "a d", "93,112": "a d", "93 112": "a d", "£30million": "b c", "£30 million": "b c", "30 million": "b c", "£30m": "b c", "30,000,000": "b c", "5kg": "c d", "5 kg": "c d",
		}},
		{"elisions", []search.Document{doc("a", "Côte d'Ivoire", ""), doc("b", "x", "à l’hôpital, ou l‘eau"), doc("c", "y", "hôpital")}, nil, map[string]string{
			"ivoire": "a", "hopital": "c b", "l'hôpital": "b c", "d’ivoire": "a", "lʼeau": "b", "divoire": "a",
		}},
		{"Arabic and Hebrew", []search.Document{doc("a", "x", "كِتَابُ أحمد"), doc("b", "y", "مُدَرِّسَةٌ في الهواء"), doc("c", "z", `שָׁלוֹם ארגון צה"ל`)}, nil, map[string]string{
			`צה"ל`: "c", "צהל": "c", `"ארגון צה״ל"`: "c", `"ארגון צה"ל"`: "c",
			"كتاب": "a", "احمد": "a", "مدرسة": "b", "مدرسه": "b", "هواء": "b", "الهواء": "b", "שלום": "c",
		}},
		{"a title of one word", []search.Document{
			{ID: "a", Title: "Governance"},
			{ID: "b", Title: "Governance in two hospitals", Summary: "Governance", Names: []string{"Governance"}, Body: "governance governance"},
			doc("c", "Other", "governance"),
		}, nil, map[string]string{"governance": "a b c"}},
		{"nearness", []search.Document{
			doc("a", "x", "Needs of staff, needs of all our wards. An assessment, an assessment, an assessment."),
			doc("b", "y", "The needs, needs of one ward; an assessment of another. Assessment, assessment!"),
			doc("c", "z", "A long text about many other things, among which a needs assessment was made by the partners of the hospital at that time."),
		}, nil, map[string]string{"needs assessment": "c"}},
		{"irregular plurals", []search.Document{doc("a", "midwife child analysis", ""), doc("b", "midwives children analyses", "")}, nil, map[string]string{
			"midwife": "a b", "midwives": "b a", "child": "a b", "children": "b a", "analysis": "a b", "analyses": "b a",
		}},
		{"the form asked for", []search.Document{doc("a", "x", "government and government of governments"), doc("b", "y", "the governance of one of the many wards"), doc("c", "z", "sustainable")}, nil, map[string]string{
			"governance": "b a", "government": "a b", "sustainabilty": "", "sustaniable": "c",
		}},
		{"no beginnings", []search.Document{doc("a", "designed", "wards"), doc("b", "health", "mental")}, nil, map[string]string{
			"des wards": "a", "mentle health": "b", "comittee": "",
		}},
		{"slips", []search.Document{doc("a", "Committed", "staff"), doc("b", "x", "the committee"), doc("c", "y", "sustainability"), doc("d", "z", "extra reader after"), doc("e", "w", "central greater partner")}, nil, map[string]string{
			"entral": "e", "rgeater": "e", "artner": "e", "vreater": "e",
			"comittee": "b", "sustainabilty": "c", "sustanability": "c", "stafs": "a",
		}},
		{"too common to find", []search.Document{doc("a", "x", "per month"), doc("b", "y", "the drain of a ward"), doc("c", "z", "allowances")}, [][]string{{"per diem", "allowance"}, {"brain drain", "migration of health workers"}}, map[string]string{
			"per diem": "c", "allowance": "c", "brain drain": "b",
		}},
		{"words apart", []search.Document{doc("a", "x", "the healthcare union"), doc("b", "y", "the health of all; care"), doc("c", "z", "health")}, nil, map[string]string{
			"health care": "a b", "care health": "b", "health care union": "a",
		}},
		{"a synonym that is one word", []search.Document{
			doc("a", "x", "the healthcare union"), doc("b", "y", "training for health and for care"), doc("c", "z", "health care"), doc("d", "w", "care"),
			doc("e", "v", "wards and training of the medical service"),
		}, [][]string{{"health care", "healthcare", "medical service"}}, map[string]string{
			"health care": "a c b e", "health care training": "b e", "healthcare": "a c e", "medical service": "c a e",
		}},
		{"words run together", []search.Document{doc("a", "x", "multi-professional wards"), doc("b", "y", "a multidisciplinary team"), doc("c", "z", "a multi-disciplinary team")}, [][]string{{"multi-professional", "multidisciplinary"}}, map[string]string{
			"multi disciplinary": "c b a", "multiprofessional": "a b c", "multi-disciplinary team": "b c",
		}},
		{"numbers in words", []search.Document{doc("a", "x", "eight wards, the fourth year"), doc("b", "y", "8 wards, the 4th year")}, nil, map[string]string{"8 wards": "b a", "eight wards": "a b", "4th year": "b a", "fourth year": "a b"}},
		{"abbreviations and possessives", []search.Document{doc("a", "x", "the UK"), doc("b", "y", "the U.K."), doc("c", "z", "women’s wards, the woman's ward")}, nil, map[string]string{"uk": "a b", "U.K.": "a b", "women": "c", "womens": "c"}},
		{"several of an abbreviation", []search.Document{doc("a", "x", "NGOs and GPs agreed"), doc("b", "y", "an NGO of two MoUs"), doc("c", "z", "a Ph.D. in tropical medicine, M.D.")}, nil, map[string]string{
			"ngo": "a b", "NGOs": "a b", "ngos": "a b", "gp": "a", "gps": "a", "mou": "b", "PhD": "c", "ph.d.": "c", "md": "c",
		}},
		{"per cent", []search.Document{doc("a", "x", "10% fewer deaths"), doc("b", "y", "12 per cent more"), doc("c", "z", "10 percent, 12 beds")}, nil, map[string]string{
			"10%": "a c", "10 per cent": "a c", "10 percent": "a c", "12 percent": "b c", "12%": "b",
		}},
		{"synonyms", []search.Document{doc("a", "x", "the migration of health workers"), doc("b", "y", "a brain drain of nurses"), doc("c", "z", "health workers")}, [][]string{{"brain drain", "migration of health workers"}}, map[string]string{
			"brain drain": "a b", "migration of health workers": "a b", "brain drain nurses": "b", "Brain-Drain": "a b", "health workers": "c a",
		}},
		{"no space", []search.Document{doc("a", "mental health", "a needs assessment"), doc("b", "x", "needs of mental wards")}, nil, map[string]string{"mentalhealth": "a", "mentlhealth": "", "needsassessment": "a", "assessmentthe": ""}},
		{"left out", []search.Document{doc("a", "Uganda", ""), doc("b", "Ghana", "and Uganda")}, nil, map[string]string{
			"uganda -ghana": "a", "uganda −ghana": "a", "uganda –ghana": "a", `uganda -"and uganda"`: "a", `-"and uganda"`: "a", `uganda -"uganda and"`: "a b", `uganda -""`: "a b",
			"uganda NOT ghana": "a", `uganda AND NOT "and uganda"`: "a", "uganda not ghana": "b", "UGANDA NOT GHANA": "b", "NOT uganda": "a b",
		}},
		{"figures of several kinds", []search.Document{doc("a", "x", "under-fives, stage IV, ३० beds"), doc("b", "y", "under-5s, stage 4, 30 beds"), doc("c", "z", "since the 1990s")}, nil, map[string]string{
			"under 5": "b a", "under fives": "a b", "stage iv": "a b", "stage four": "a b", "30 beds": "a b", "thirty beds": "a b", "1990s": "c", "1990's": "c",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			x, err := search.New(search.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer x.Close()
			if _, err := x.Sync(t.Context(), search.Content{Documents: tt.docs, Synonyms: tt.synonyms}); err != nil {
				t.Fatal(err)
			}
			c := newClient(t, bundle(t), export(t, x))
			for text, want := range tt.want {
				r := search.Request{Text: text, Limit: 10}
				got, err := x.Query(t.Context(), r)
				if err != nil {
					t.Fatal(err)
				}
				var ids []string
				for _, hit := range got.Hits {
					ids = append(ids, hit.Document.ID)
				}
				found := strings.Join(ids, " ")
				if found != want && !(tt.name == "nearness" && strings.HasPrefix(found, want)) {
					t.Errorf("%q finds %q, want %q", text, found, want)
				}
				if err := c.compare(r, got); err != nil {
					t.Errorf("%q: %v", text, err)
				}
			}
		})
	}
}

func TestPins(t *testing.T) {
	x, files := build(t, []search.Document{
		{ID: "countries/uganda/", Title: "Uganda", PinNames: []string{"Ugandan", "UG", "Pearl of Africa"}, Names: []string{"Ugandan", "UG", "Pearl of Africa"}, Pin: "country, 6 cases"},
		{ID: "cases/a/", Title: "Uganda", Names: []string{"RCM"}, Body: "Uganda"},
		{ID: "organisations/rcm/", Title: "Royal College of Midwives", Names: []string{"RCM"}, PinNames: []string{"RCM"}, Pin: "organisation, 1 case"},
		{ID: "map/", Title: "Map", Pin: "tool"},
		{ID: "organisations/o/", Title: "O'Connor & Sons", PinNames: []string{"E-learning Centre"}, Pin: "organisation"},
		{ID: "organisations/saint-luc-hopital-no-1/", Title: "Saint-Luc Hôpital: No. 1's", Pin: "organisation"},
		{ID: "principles/d/", Title: "Respectful", PinNames: []string{"Principle 4", "P4"}, Pin: "principle"},
	})
	defer x.Close()
	c := newClient(t, bundle(t), files)
	for text, want := range map[string]string{
		"uganda": "countries/uganda/", "UG": "countries/uganda/", "the pearl of Africa": "countries/uganda/", "Ugandans": "countries/uganda/", "pearl of africa": "countries/uganda/", "ugandan": "countries/uganda/",
		"rcm": "organisations/rcm/", "Royal  College of midwives!": "organisations/rcm/", "map": "map/", "uganda map": "", "saint luc hopital 1": "organisations/saint-luc-hopital-no-1/",
		"o’connor and sons": "organisations/o/", "OConnor & sons": "organisations/o/", "elearning centre": "organisations/o/", "centre for e-learning": "organisations/o/", "": "", "a": "",
		"fourth principle": "principles/d/", "Principle no. 4": "principles/d/", "principle number four": "principles/d/", "4th principle": "principles/d/", "principles 4": "principles/d/", "P4": "principles/d/", "principle IV": "principles/d/", "p 4": "principles/d/", "4": "",
	} {
		r := search.Request{Text: text, Limit: 10}
		got, err := x.Query(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, p := range got.Pins {
			ids = append(ids, p.ID)
		}
		if found := strings.Join(ids, " "); found != want {
			t.Errorf("%q pins %q, want %q", text, found, want)
		}
		if err := c.compare(r, got); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestCountsFollowQuery(t *testing.T) {
	got, err := small(t).Query(context.Background(), search.Request{
		Text: "health", Filters: map[search.Group][]string{search.Country: {"UG"}}, Limit: 10,
	})
	if err != nil {
		t.Fatal(err)
	}
	// The counts of countries ignore the chosen country; the counts of kinds do not.
	if g := fmt.Sprint(got.Counts[search.Country]); g != "map[GB:1 MW:1 UG:2]" {
		t.Errorf("counts of countries are %s", g)
	}
	if g := fmt.Sprint(got.Counts[search.Kind]); g != "map[challenge:1 example:1]" {
		t.Errorf("counts of kinds are %s", g)
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
		t.Errorf("pages of one result have %v, want 3 ids", ids)
	}
}

func FuzzQuery(f *testing.F) {
	for _, text := range []string{"", "oxygen", `"of health`, `"" "`, "医 \x1f", "\xff'’", strings.Repeat("a ", 50), strings.Repeat(`"x y" `, 9), "h\u0301ealth"} {
		f.Add(text, true)
	}
	corpus := newCorpus(4)
	corpus.length = 6
	x, files := build(f, corpus.documents(12))
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
