package library_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
)

var today = content.Date{Year: 2026, Month: 11, Day: 24}

// base is a small library without problems.
var base = map[string]string{
	"site.yaml": "title: T\n",
	"principles/strategic.md": `---
number: 1
title: Strategic
hallmarks:
  - {id: shared-vision, title: A shared vision}
  - {id: clear-plans, title: Clear plans}
---
Text.
`,
	"disciplines.yaml": "- {id: midwifery, label: Midwifery, alternative: [maternity, obstetrics]}\n- {id: mental-health, label: Mental health}\n",
	"organisations.yaml": `- {id: rcm, name: Royal College of Midwives, aliases: [RCM], country: GB}
- {id: mirembe, name: Mirembe Hospital, country: Tanzania}
- {id: pair, name: The Pair, type: partnership, members: [rcm, mirembe]}
`,
	"references.yaml":     "- {id: thet-2016, type: report, title: In our mutual interest, issued: 2016}\n",
	"resources/guide.md":  "---\ntitle: A guide\ntype: guidance\nhallmarks: [{id: shared-vision, why: it shows how}]\n---\nText.\n",
	"pages/about.md":      "---\ntitle: About\n---\n## Who we are\n\nText.\n",
	"cases/scheme.md":     "---\ntitle: Scheme\nkind: programme\nsources: [thet-2016]\n---\nText.\n",
	"cases/other-case.md": "---\ntitle: Other\nhallmarks: [shared-vision]\ncountries: [TZ]\ndisciplines: [midwifery]\npartners: [mirembe]\nsources: [thet-2016]\n---\nText.\n",
}

// withCase returns base with a case study, cases/c.md, of this front matter and body.
func withCase(front, body string) map[string]string {
	files := map[string]string{"cases/c.md": "---\ntitle: C\nsources: [thet-2016]\n" + front + "---\n" + body}
	for path, text := range base {
		files[path] = text
	}
	return files
}

// link parses and links the files. The problems include those of single files.
func link(t *testing.T, files map[string]string, opts library.Options) (*library.Library, []problem.Problem) {
	t.Helper()
	opts.Today = today
	parsed := parse(files)
	var problems []problem.Problem
	for _, p := range parsed {
		problems = append(problems, p.Problems...)
	}
	lib, linking := library.New(parsed, opts)
	problems = append(problems, linking...)
	if lib != nil {
		_, dead := lib.ResolveLinks(parsed)
		problems = append(problems, dead...)
	}
	return lib, slices.DeleteFunc(problem.Sort(problems), func(p problem.Problem) bool { return p.Severity == problem.Advice })
}

// parse parses the files, in the order of their paths.
func parse(files map[string]string) []*content.Parsed {
	var parsed []*content.Parsed
	for _, path := range slices.Sorted(maps.Keys(files)) {
		parsed = append(parsed, content.Parse(path, []byte(files[path])))
	}
	return parsed
}

// study returns the case study with the id.
func study(t *testing.T, lib *library.Library, id string) *library.CaseStudy {
	t.Helper()
	for _, c := range lib.Cases {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no case study %q", id)
	return nil
}

// placed returns where each problem is and its code, as in "6:5 dead-link"; the name of
// the file is left out if it is cases/c.md.
func placed(problems []problem.Problem) []string {
	var all []string
	for _, p := range problems {
		all = append(all, strings.TrimPrefix(p.Position(), "cases/c.md:")+" "+p.Code)
	}
	return all
}

// codes returns the codes of the problems, sorted.
func codes(problems []problem.Problem) []string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Code)
	}
	slices.Sort(all)
	return all
}

// texts returns the problems as "code: message; hint".
func texts(problems []problem.Problem) []string {
	var all []string
	for _, p := range problems {
		all = append(all, p.Code+": "+p.Message+"; "+p.Hint)
	}
	return all
}

func TestBaseHasNoProblem(t *testing.T) {
	if _, problems := link(t, base, library.Options{}); len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
}

func TestReferences(t *testing.T) {
	tests := []struct {
		name  string
		front string
		want  []string // "line:column code", in order
		hint  string   // part of the first problem's hint
	}{
		{name: "exact label", front: "hallmarks: [A shared vision]\ndisciplines: [Midwifery]\ncountries: [Tanzania]\npartners: [RCM]\n"},
		{name: "other case, accents and punctuation", front: "hallmarks: [a SHARED  vision]\ncountries: [cote d'ivoire, CI, Côte d’Ivoire]\ndisciplines: [mental-HEALTH, Obstetrics]\n", want: []string{"5:28 repeated-item", "5:32 repeated-item"}},
		{name: "nations", front: "hallmarks: [clear-plans]\ncountries: [GB-WLS, Scotland, UK]\n"},
		{name: "unknown hallmark", front: "hallmarks: [shared-visions]\n", want: []string{"4:13 unknown-hallmark"}, hint: `did you mean "shared-vision"?`},
		{name: "typo in a principle's id", front: "principles: [strategik]\n", want: []string{"4:14 unknown-principle"}, hint: `did you mean "Strategic"?`},
		{name: "typo in a principle's title", front: "principles: [Stratejic]\n", want: []string{"4:14 unknown-principle"}, hint: `did you mean "Strategic"?`},
		{name: "unknown principle", front: "principles: [Strategical]\n", want: []string{"4:14 unknown-principle"}, hint: `did you mean "Strategic"?`},
		{name: "unknown country", front: "hallmarks: [clear-plans]\ncountries: [Ugnada]\n", want: []string{"5:13 unknown-country"}, hint: `did you mean "Uganda"?`},
		{name: "two countries in one text", front: "hallmarks: [clear-plans]\ncountries: Tanzania and Uganda\n", want: []string{"5:12 unknown-country"}, hint: "write [Tanzania, Uganda]"},
		{name: "two hallmarks in one text", front: "hallmarks: shared-vision, Clear plans\n", want: []string{"4:12 unknown-hallmark"}, hint: "write [shared-vision, Clear plans]"},
		{name: "near discipline", front: "hallmarks: [clear-plans]\ndisciplines: [Midwifry]\n", want: []string{"5:15 unknown-discipline"}, hint: `did you mean "Midwifery"?`},
		{name: "new discipline", front: "hallmarks: [clear-plans]\ndisciplines: [Dentistry]\n", want: []string{"5:15 new-term"}, hint: "disciplines.yaml"},
		{name: "near organisation", front: "hallmarks: [clear-plans]\npartners: [Mirembe Hospitel]\n", want: []string{"5:12 unknown-organisation"}, hint: "Mirembe Hospital"},
		{name: "new organisation", front: "hallmarks: [clear-plans]\npartners: [Gulu Regional Referral Hospital]\n", want: []string{"5:12 new-term"}, hint: "organisations.yaml"},
		{name: "new organisation named twice", front: "hallmarks: [clear-plans]\npartners: [Gulu Hospital, gulu hospital]\n", want: []string{"5:12 new-term"}},
		{name: "two acronyms are not near", front: "hallmarks: [clear-plans]\npartners: [RCN]\n", want: []string{"5:12 new-term"}},
		{name: "unknown source", front: "hallmarks: [clear-plans]\nindicators: [{name: N, value: 1, as_of: 2016, source: thet-2017}]\n", want: []string{"5:55 unknown-reference"}, hint: "thet-2016"},
		{name: "unknown resource", front: "hallmarks: [clear-plans]\nresources: [guidebook]\n", want: []string{"5:13 unknown-resource"}},
		{name: "unknown related case", front: "hallmarks: [clear-plans]\nrelated: [other-cases]\n", want: []string{"5:11 unknown-case-study"}, hint: "other-case"},
		{name: "not a programme", front: "hallmarks: [clear-plans]\nprogramme: other-case\n", want: []string{"5:12 not-a-programme"}},
		{name: "not a partnership", front: "hallmarks: [clear-plans]\npartnership: RCM\n", want: []string{"5:14 not-a-partnership"}},
		{name: "who agreed", front: "hallmarks: [clear-plans]\nagreed_by: [Nobody]\n", want: []string{"5:13 unknown-organisation"}},
		{name: "who led", front: "hallmarks: [clear-plans]\nled_by: {planning: joint, analysis: Atlantis}\n", want: []string{"5:37 unknown-country"}},
		{name: "who gained", front: "hallmarks: [clear-plans]\nbenefits: {Narnia: [x]}\n", want: []string{"5:12 unknown-country"}},
		{name: "many at once", front: "hallmarks: [nothing]\ncountries: [Nowhere]\nrelated: [nobody]\n", want: []string{"4:13 unknown-hallmark", "5:13 unknown-country", "6:11 unknown-case-study"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, problems := link(t, withCase(test.front, ""), library.Options{})
			if got := placed(problems); !slices.Equal(got, test.want) {
				t.Fatalf("got %q, want %q\n%v", got, test.want, problems)
			}
			if len(problems) > 0 && !strings.Contains(problems[0].Hint, test.hint) {
				t.Errorf("the hint %q does not contain %q", problems[0].Hint, test.hint)
			}
		})
	}
}

func TestHallmarkImpliesItsPrinciple(t *testing.T) {
	lib, _ := link(t, base, library.Options{})
	c := study(t, lib, "other-case")
	if len(c.Principles) != 1 || c.Principles[0].ID != "strategic" {
		t.Errorf("got %v", c.Principles)
	}
	if got := lib.Principles[0].Cases; len(got) != 1 || got[0] != c {
		t.Errorf("the principle lists %v", got)
	}
}

func TestNationsCountUnderTheUnitedKingdom(t *testing.T) {
	lib, problems := link(t, withCase("hallmarks: [clear-plans]\ncountries: [GB-WLS]\n", ""), library.Options{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var names []string
	for _, c := range lib.Countries {
		names = append(names, fmt.Sprintf("%s %d", c.Name, len(c.Cases)))
	}
	if want := []string{"Tanzania 1", "United Kingdom 1", "Wales 1"}; !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

func TestDisplayNamesOfCountries(t *testing.T) {
	tests := []struct {
		name      string
		countries string
		want      string   // the problem as "line:column code", or none
		hint      string   // part of its hint
		names     []string // without a problem, the countries of a case study in Myanmar and Wales
	}{
		{name: "by code", countries: "MM: Burma", names: []string{"Burma", "United Kingdom", "Wales"}},
		{name: "by what a case may write", countries: "myanmar: Burma, UK: Britain, gb-wls: Cymru", names: []string{"Britain", "Burma", "Cymru"}},
		{name: "as it is", countries: "MM: Myanmar (Burma), GB-WLS: Wales", names: []string{"Myanmar (Burma)", "United Kingdom", "Wales"}},
		{name: "no country", countries: "XQ: Nowhere", want: "2:13 unknown-country"},
		{name: "nearly a country", countries: "MM: Burma, Ugnada: Buganda", want: "2:24 unknown-country", hint: `did you mean "Uganda"?`},
		{name: "the name of another", countries: "MM: Uganda", want: "2:17 duplicate-name"},
		{name: "the code of another", countries: "MM: ug", want: "2:17 duplicate-name"},
		{name: "a name of two countries", countries: "CG: The Congo, The Congo: Brazzaville", want: "2:28 duplicate-name", hint: "keep one"},
		{name: "one name for two", countries: "MM: Home, GB: home", want: "2:27 duplicate-name"},
		{name: "one country twice", countries: "UK: Britain, GB: Albion", want: "2:26 duplicate-name", hint: "keep one"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := withCase("hallmarks: [clear-plans]\ncountries: [MM, Burma, myanmar, Wales, GB-WLS]\n", "")
			files["site.yaml"] += "countries: {" + test.countries + "}\n"
			delete(files, "cases/other-case.md")
			lib, problems := link(t, files, library.Options{})
			problems = slices.DeleteFunc(problems, func(p problem.Problem) bool { return p.Code == "repeated-item" })
			if test.want != "" {
				if len(problems) != 1 || problems[0].Position()+" "+problems[0].Code != "site.yaml:"+test.want || !strings.Contains(problems[0].Hint, test.hint) {
					t.Errorf("got %v, want %s with %q", problems, test.want, test.hint)
				}
				return
			}
			var names []string
			for _, c := range lib.Countries {
				names = append(names, c.Name)
				if slices.Contains(c.Other, c.Name) {
					t.Errorf("%s has the other names %q", c.Name, c.Other)
				}
			}
			if len(problems) > 0 || !slices.Equal(names, test.names) {
				t.Errorf("got %q, want %q; %v", names, test.names, problems)
			}
		})
	}
}

func TestDuplicateNames(t *testing.T) {
	tests := []struct{ name, path, text, code string }{
		{"organisation alias", "organisations.yaml", base["organisations.yaml"] + "- {id: other, name: Other, aliases: [rcm]}\n", "duplicate-name"},
		{"organisation and country", "organisations.yaml", base["organisations.yaml"] + "- {id: other, name: Malawi}\n", "duplicate-name"},
		{"own member", "organisations.yaml", base["organisations.yaml"] + "- {id: other, name: Other, members: [other, rcm]}\n", "names-itself"},
		{"own successor", "organisations.yaml", base["organisations.yaml"] + "- {id: other, name: Other, successor: Other}\n", "names-itself"},
		{"discipline label", "disciplines.yaml", base["disciplines.yaml"] + "- {id: birth, label: Maternity}\n", "duplicate-name"},
		{"principle number", "principles/second.md", "---\nnumber: 1\ntitle: Second\n---\n", "duplicate-number"},
		{"hallmark of two principles", "principles/second.md", "---\nnumber: 2\ntitle: Second\nhallmarks: [{id: shared-vision, title: Again}]\n---\n", "duplicate-name"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := withCase("hallmarks: [clear-plans]\n", "")
			files[test.path] = test.text
			_, problems := link(t, files, library.Options{})
			if len(problems) != 1 || problems[0].Code != test.code || !strings.HasPrefix(problems[0].File, strings.TrimSuffix(test.path, "second.md")) {
				t.Errorf("got %v", problems)
			}
		})
	}
}

func TestDraftsAndWithdrawnCases(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\nrelated: [drafted, gone]\n", "[x](gone.md)\n")
	files["cases/drafted.md"] = "---\ntitle: Drafted\nhallmarks: [clear-plans]\nsources: [thet-2016]\ndraft: true\n---\n[nowhere](nothing.md)\n"
	files["cases/gone.md"] = "---\ntitle: Gone\nhallmarks: [clear-plans]\nsources: [thet-2016]\nwithdrawn: {date: 2026-01-02, reason: asked by the partner}\n---\n[nowhere](nothing.md)\n"
	files["cases/old.md"] = "---\ntitle: Old\nhallmarks: [clear-plans]\nsources: [thet-2016]\nreview_by: 2026-11-23\n---\n"
	lib, problems := link(t, files, library.Options{})
	if len(problems) > 0 {
		t.Errorf("got %v", problems)
	}
	var left []string
	for _, l := range lib.LeftOut {
		left = append(left, l.File+" "+string(l.Why))
	}
	if want := []string{"cases/drafted.md draft", "cases/gone.md withdrawn", "cases/old.md overdue"}; !slices.Equal(left, want) {
		t.Errorf("left out: got %q, want %q", left, want)
	}
	for _, c := range lib.Principles[0].Cases {
		if c.ID == "gone" || c.ID == "drafted" {
			t.Errorf("%s is listed", c.ID)
		}
	}
	if len(lib.Withdrawn) != 1 {
		t.Errorf("withdrawn: got %v", lib.Withdrawn)
	}
	lib, problems = link(t, files, library.Options{Drafts: true})
	if study(t, lib, "drafted") == nil || len(problems) != 1 || problems[0].Code != "dead-link" {
		t.Errorf("with drafts: %v", problems)
	}
	files["cases/c.md"] = strings.Replace(files["cases/c.md"], "gone.md", "drafted.md", 1)
	if _, problems := link(t, files, library.Options{}); len(problems) != 1 || problems[0].Code != "draft-link" {
		t.Errorf("a link to a draft: %v", problems)
	}
}

func TestAgreedByPartnerOfLaterCase(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\nagreed_by: [Brand New Trust, Old Link]\n", "")
	files["cases/z.md"] = "---\ntitle: Z\nhallmarks: [clear-plans]\npartners: [Brand New Trust]\npartnership: Old Link\nsources: [thet-2016]\n---\n"
	lib, problems := link(t, files, library.Options{})
	if len(problems) != 2 || problems[0].Code != "new-term" || problems[1].Code != "new-term" {
		t.Errorf("got %v", problems)
	}
	if got := study(t, lib, "c").AgreedBy; len(got) != 2 || got[0] != study(t, lib, "z").Partners[0].Organisation {
		t.Errorf("agreed by %v", got)
	}
}

func TestArticles(t *testing.T) {
	_, problems := link(t, withCase("hallmarks: [Unheard of]\nagreed_by: [Nobody]\n", ""), library.Options{})
	var got []string
	for _, p := range problems {
		got = append(got, p.Message)
	}
	want := []string{`"Unheard of" is not a hallmark of this knowledge base`, `"Nobody" is not an organisation of this knowledge base`}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTwoFilesWithOneID(t *testing.T) {
	const body = "title: Twin\nkind: programme\nsources: [thet-2016]\n"
	const withdrawn = "withdrawn: {date: 2026-01-02, reason: asked}\n"
	tests := []struct{ name, file, index, blamed string }{
		{"both published", "", "", "cases/twin/index.md"},
		{"the second is a draft", "", "draft: true\n", "cases/twin/index.md"},
		{"the first is a draft", "draft: true\n", "", "cases/twin.md"},
		{"both are drafts", "draft: true\n", "draft: true\n", "cases/twin/index.md"},
		{"the first is withdrawn", withdrawn, "", "cases/twin.md"},
		{"the second is withdrawn", "", withdrawn, "cases/twin/index.md"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := withCase("hallmarks: [clear-plans]\nrelated: [twin]\nprogramme: twin\n", "[x](twin.md) [y](twin/index.md)\n")
			if strings.Contains(test.file+test.index, "draft") {
				files = withCase("hallmarks: [clear-plans]\nrelated: [twin]\nprogramme: twin\n", "")
			}
			files["cases/twin.md"] = "---\n" + body + test.file + "---\n"
			files["cases/twin/index.md"] = "---\n" + body + test.index + "---\n"
			lib, problems := link(t, files, library.Options{})
			if len(problems) != 1 || problems[0].Position() != test.blamed || problems[0].Code != "duplicate-id" {
				t.Errorf("got %v", problems)
			}
			shown := test.file == "" || test.index == ""
			if c := study(t, lib, "c"); shown != (len(c.Chosen) == 1 && c.Programme != nil) {
				t.Errorf("related to %v, programme %v", c.Chosen, c.Programme)
			}
		})
	}
}

func TestYears(t *testing.T) {
	tests := []struct {
		front string
		years []int
	}{
		{"start: 2012\nend: 2015-03\n", []int{2012, 2013, 2014, 2015}},
		{"start: 2012\n", []int{2012}},
		{"end: 2015\n", []int{2015}},
		{"start: 2012\nend: 2012\n", []int{2012}},
		{"", []int{2016}},
	}
	for _, test := range tests {
		lib, problems := link(t, withCase("hallmarks: [clear-plans]\n"+test.front, ""), library.Options{})
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		c := study(t, lib, "c")
		if !slices.Equal(c.Years, test.years) || c.DescribedIn != 2016 {
			t.Errorf("%q: got %v, described in %d", test.front, c.Years, c.DescribedIn)
		}
	}
}

func TestNoSite(t *testing.T) {
	lib, problems := link(t, map[string]string{"cases/c.md": base["cases/other-case.md"]}, library.Options{})
	if lib != nil || len(problems) != 1 || problems[0].Code != "missing-site" {
		t.Errorf("got %v", problems)
	}
}

func TestReferencesWhoseIDsFoldTheSame(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\n", "")
	files["cases/c.md"] = strings.Replace(files["cases/c.md"], "[thet-2016]", "[Thet_2016]", 1)
	files["references.yaml"] += "- {id: Thet_2016, type: report, title: Another, issued: 2019}\n"
	lib, problems := link(t, files, library.Options{})
	if len(problems) != 1 || problems[0].Position() != "references.yaml:2:3" || problems[0].Code != "duplicate-name" {
		t.Errorf("got %v", problems)
	}
	for id, want := range map[string]string{"thet-2016": "In our mutual interest", "Thet_2016": "Another"} {
		if r := lib.Reference(id); r == nil || r.Title != want {
			t.Errorf("%s is %+v, want %q", id, r, want)
		}
	}
	if got := study(t, lib, "c").DescribedIn; got != 2019 {
		t.Errorf("described in %d, want 2019", got)
	}
}
