package site_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/site"
)

var base = map[string]string{
	"site.yaml":                 "title: T\ncontact: editors@example.org\nedit_url: https://example.org/edit/\npage_size: 2\nlicence: CC-BY-4.0\nnavigation: [{label: All, path: /cases/}]\n",
	"principles/strategic.md":   "---\nnumber: 1\ntitle: Strategic\nhallmarks: [{id: shared-vision, title: A shared vision}]\n---\nText.\n",
	"principles/responsible.md": "---\nnumber: 2\ntitle: Responsible\n---\nText.\n",
	"disciplines.yaml":          "- {id: midwifery, label: Midwifery}\n",
	"organisations.yaml":        "- {id: college, name: College, country: GB}\n- {id: hospital, name: Hospital, country: TZ}\n",
	"references.yaml":           "- {id: r, type: article-journal, title: R, issued: 2016, DOI: 10.1000/182, author: [{family: Streeton, given: Ann-Marie}, {family: Kitsell, given: Fleur}, {literal: A Body}, {family: Shere, given: Harriet}], volume: 6, issue: Suppl 6, number: e1}\n",
	"pages/contribute.md":       "---\ntitle: Contribute\n---\nText.\n",
}

func example(title, front, body string) string {
	return "---\ntitle: " + title + "\nsources: [r]\n" + front + "---\n" + body
}

// build makes the site of the base files and more.
func build(t *testing.T, more map[string]string, opts site.Options) (*site.Site, texts, []problem.Problem) {
	t.Helper()
	files := maps.Clone(base)
	maps.Copy(files, more)
	var parsed []*content.Parsed
	bodies := map[string]*content.Body{}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		p := content.Parse(path, []byte(files[path]))
		parsed = append(parsed, p)
		bodies[path] = p.Body
		if problem.Count(p.Problems, problem.Error) > 0 {
			t.Fatal(p.Problems)
		}
	}
	attachments := map[string]bool{}
	for path := range opts.Attachments {
		attachments[path] = true
	}
	lib, problems := library.New(parsed, library.Options{Today: content.Date{Year: 2026, Month: 11, Day: 24}, Attachments: attachments})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	links, dead := lib.ResolveLinks(parsed)
	if problem.Count(dead, problem.Error) > 0 {
		t.Fatal(dead)
	}
	s, problems := site.New(lib, opts)
	for _, plan := range s.Pages {
		p := plan.Page()
		if site.Of(p).Path != plan.Path || site.SourceOf(p) != plan.Source || reflect.TypeOf(p) != reflect.TypeOf(plan.Kind) {
			t.Errorf("%s about %q is planned as a %T at %s about %q", site.Of(p).Path, site.SourceOf(p), plan.Kind, plan.Path, plan.Source)
		}
	}
	return s, texts{bodies, links}, problems
}

// texts are the bodies of files, and where their links lead.
type texts struct {
	bodies map[string]*content.Body
	links  library.Links
}

// plain returns the text of the body of a file.
func (t texts) plain(file string) string { return t.bodies[file].Text }

// targets returns the targets of the links in the body of a file, on its page.
func (t texts) targets(s *site.Site, p site.Page, file string) []site.Target {
	return s.Body(p, t.bodies[file], t.links[file]).Targets
}

// page finds the page at a path.
func page[P site.Page](t *testing.T, s *site.Site, path string) P {
	t.Helper()
	for _, p := range s.Pages {
		if p.Path == path {
			if typed, ok := p.Page().(P); ok {
				return typed
			}
			t.Fatalf("%s is a %T", path, p.Kind)
		}
	}
	t.Fatalf("there is no page %s", path)
	panic("unreachable")
}

func paths(s *site.Site) []string {
	var all []string
	for _, p := range s.Pages {
		all = append(all, p.Path)
	}
	return all
}

func TestAddresses(t *testing.T) {
	s, _, problems := build(t, map[string]string{
		"cases/one.md": example("One", "hallmarks: [shared-vision]\ncountries: [GB-WLS, Côte d’Ivoire]\ndisciplines: [midwifery]\npartners: [college]\nstart: 2012\nend: 2013\naliases: [/old-one, /projects/one/]\n", ""),
		"cases/two.md": example("Two", "kind: challenge\nprinciples: [responsible]\n", ""),
		"cases/set.md": example("Set", "kind: programme\n", ""),
		"cases/out.md": example("Out", "principles: [strategic]\nwithdrawn: {date: 2026-01-01, reason: asked}\n", ""),
	}, site.Options{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := []string{
		"/", "/404.html", "/cases/", "/cases/a-z/", "/cases/one/", "/cases/out/", "/cases/set/", "/cases/two/", "/challenges/", "/compare/", "/contribute/", "/contribute/form/",
		"/countries/", "/countries/cote-divoire/", "/countries/united-kingdom/", "/countries/wales/", "/coverage/", "/data/",
		"/disciplines/", "/disciplines/midwifery/", "/disciplines/midwifery/principles/", "/health-check/", "/map/", "/old-one/", "/organisations/", "/organisations/college/", "/organisations/hospital/",
		"/principles/", "/principles/responsible/", "/principles/strategic/",
		"/principles/strategic/in/cote-divoire/", "/principles/strategic/in/united-kingdom/", "/principles/strategic/in/wales/",
		"/principles/strategic/shared-vision/", "/principles/strategic/shared-vision/countries/", "/programmes/", "/projects/one/", "/resources/", "/saved/", "/years/", "/years/2012/", "/years/2013/", "/years/2016/",
	}
	got := slices.DeleteFunc(paths(s), func(path string) bool { return path == "/search/" })
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if to := page[*site.RedirectPage](t, s, "/projects/one/").To.Href; to != "../../cases/one/" {
		t.Errorf("the old address redirects to %q", to)
	}
	if w := page[*site.WithdrawnPage](t, s, "/cases/out/"); w.Withdrawal.Reason != "asked" {
		t.Errorf("got %+v", w)
	}
	for _, path := range []string{"/cases/", "/cases/a-z/", "/principles/strategic/"} {
		if text := fmt.Sprintf("%+v", page[site.Page](t, s, path)); strings.Contains(text, "Out") {
			t.Errorf("%s names the withdrawn case", path)
		}
	}
}

func TestCollisions(t *testing.T) {
	tests := []struct{ name, path, text, at string }{
		{"alias and case", "cases/b.md", example("B", "principles: [strategic]\naliases: [/cases/a]\n", ""), "cases/b.md:5:11"},
		{"alias and list", "cases/b.md", example("B", "principles: [strategic]\naliases: [/countries/]\n", ""), "cases/b.md:5:11"},
		{"alias twice", "cases/b.md", example("B", "principles: [strategic]\naliases: [/x, /x/]\n", ""), "cases/b.md:5:15"},
		{"page and list", "pages/countries.md", "---\ntitle: P\n---\n", "pages/countries.md"},
		{"list of principles and of countries", "site.yaml", "title: T\nterms:\n  principle: {one: country, other: Countries}\n", "site.yaml:3:14"},
		{"list and scripts", "site.yaml", "title: T\nterms:\n  case_study: {one: asset, other: assets}\n", "site.yaml:3:15"},
		{"two lists", "site.yaml", "title: T\nterms:\n  discipline: {one: case, other: cases}\n", "site.yaml:3:15"},
		{"alias in capitals", "cases/b.md", example("B", "principles: [strategic]\naliases: [/Cases/A]\n", ""), "cases/b.md:5:11"},
		{"alias in a folder in capitals", "cases/b.md", example("B", "principles: [strategic]\naliases: [/Cases/old]\n", ""), "cases/b.md:5:11"},
		{"alias in a reserved folder in capitals", "cases/b.md", example("B", "principles: [strategic]\naliases: [/Data/old]\n", ""), "cases/b.md:5:11"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, _, problems := build(t, map[string]string{"cases/a.md": example("A", "principles: [strategic]\n", ""), test.path: test.text}, site.Options{})
			if len(problems) != 1 || problems[0].Code != "url-collision" || problems[0].Position() != test.at {
				t.Errorf("got %v, want one at %s", problems, test.at)
			}
		})
	}
}

// TestAttachmentsCollide checks that two attachments with the same address are reported.
func TestAttachmentsCollide(t *testing.T) {
	for _, test := range []struct{ name, one, other, blamed string }{
		{"below pages/ and not", "cases/plan.txt", "pages/cases/plan.txt", "pages/cases/plan.txt"},
		{"capitals", "cases/Plan.txt", "cases/plan.txt", "cases/plan.txt"},
		{"file and folder", "plan.txt/a.txt", "pages/plan.txt", "plan.txt/a.txt"},
		{"a page's", "pages/contribute/INDEX.html", "", "pages/contribute/INDEX.html"},
		{"apart", "cases/a.txt", "pages/a.txt", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			attachments := map[string]site.Attachment{test.one: {}}
			if test.other != "" {
				attachments[test.other] = site.Attachment{}
			}
			_, _, problems := build(t, nil, site.Options{Attachments: attachments})
			if test.blamed == "" {
				if len(problems) > 0 {
					t.Error(problems)
				}
				return
			}
			if len(problems) != 1 || problems[0].Code != "url-collision" || problems[0].File != test.blamed || problems[0].Hint == "" {
				t.Errorf("got %v, want one of %s", problems, test.blamed)
			}
		})
	}
}

func TestListsHaveSeveralPages(t *testing.T) {
	more := map[string]string{}
	for i := range 5 {
		more[fmt.Sprintf("cases/c-%d.md", i)] = example(fmt.Sprintf("C %d", i), fmt.Sprintf("principles: [strategic]\npublished: 2026-01-0%d\n", i+1), "")
	}
	s, _, _ := build(t, more, site.Options{})
	var titles []string
	for n, path := range []string{"/cases/", "/cases/page/2/", "/cases/page/3/"} {
		p := page[*site.CasesPage](t, s, path)
		if p.Pager.Number != n+1 || p.Pager.Pages != 3 || p.Pager.Total != 5 {
			t.Errorf("%s: %+v", path, p.Pager)
		}
		for _, c := range p.Cases {
			titles = append(titles, c.Label)
		}
	}
	if want := []string{"C 4", "C 3", "C 2", "C 1", "C 0"}; !slices.Equal(titles, want) {
		t.Errorf("newest first: got %q", titles)
	}
	second := page[*site.CasesPage](t, s, "/cases/page/2/")
	if second.Pager.Previous != "../../../cases/" || second.Pager.Next != "../../../cases/page/3/" || second.Root != "../../../" {
		t.Errorf("got %+v", second.Pager)
	}
	if second.Breadcrumbs[0].Href != "../../../" {
		t.Errorf("breadcrumbs %v", second.Breadcrumbs)
	}
}

func TestCasePage(t *testing.T) {
	s, _, _ := build(t, map[string]string{
		"cases/a.md": example("A", "principles: [strategic]\ncountries: [TZ]\npartners: [hospital, {organisation: college, role: lead}]\nagreed_by: [hospital]\nbenefits: {Tanzania: [beds]}\n", ""),
		"cases/b.md": example("B", "hallmarks: [shared-vision]\ncountries: [TZ]\nreview_by: 2026-11-23\nevaluation: self-reported\nlicence: CC0-1.0\n", ""),
	}, site.Options{BaseURL: "https://example.org/kb/"})
	a := page[*site.CasePage](t, s, "/cases/a/")
	if len(a.Gains) != 2 || a.Gains[0].Who.Label != "Tanzania" || len(a.Gains[0].Texts) != 1 || a.Gains[1].Who.Label != "United Kingdom" || a.Gains[1].Texts != nil {
		t.Errorf("gains: %+v", a.Gains)
	}
	if a.Gains[1].Who.Href != "" {
		t.Error("a country without case studies links to a page that does not exist")
	}
	if b := page[*site.CasePage](t, s, "/cases/b/").Locator; len(b.Marks) != 1 || b.Land != "../../data/land.svg" || b.Marks[0].X <= b.Width/2 || b.Marks[0].Y <= b.Height/2 {
		t.Errorf("Tanzania, east and south of the middle of the map, is marked at %+v", b)
	}
	if a.Case.Evaluation != "" || page[*site.CasePage](t, s, "/cases/b/").Case.Evaluation != content.SelfReported {
		t.Error("an evaluation is shown that is not stated, or a stated one is not shown")
	}
	if len(a.NotAgreed) != 1 || a.NotAgreed[0].Label != "College" {
		t.Errorf("not yet agreed: %+v", a.NotAgreed)
	}
	if a.DescribedIn != "2016" || a.Period != (site.Period{}) || len(a.Years) != 1 {
		t.Errorf("time: %q %v %v", a.DescribedIn, a.Period, a.Years)
	}
	if card := a.Related[0].Card; card.When != (site.Period{From: 2016, To: 2016, Described: true}) {
		t.Errorf("a card of an account without dates: %v", card.When)
	}
	if len(a.Neighbours) != 1 || a.Neighbours[0].Previous != nil || a.Neighbours[0].Next == nil || a.Neighbours[0].Next.Href != "../../cases/b/" {
		t.Errorf("neighbours: %+v", a.Neighbours)
	}
	if len(a.Related) != 1 || a.Related[0].Reasons[0] != (site.Reason{Kind: site.ReasonCountry, Label: "Tanzania"}) {
		t.Errorf("related: %+v", a.Related)
	}
	if got := a.Sources[0]; got.Authors != "Streeton AM, Kitsell F, A Body, et al." || got.Detail != "6(Suppl 6):e1" || got.URL != "https://doi.org/10.1000/182" {
		t.Errorf("source: %+v", got)
	}
	if a.Report != "mailto:editors@example.org?subject=T:%20https:%2F%2Fexample.org%2Fkb%2Fcases%2Fa%2F" {
		t.Errorf("report: %q", a.Report)
	}
	if a.Site.Email != "editors@example.org" {
		t.Errorf("e-mail: %q", a.Site.Email)
	}
	if a.Edit != "https://example.org/edit/cases/a.md" || a.Canonical != "https://example.org/kb/cases/a/" || a.Licence.ID != "CC-BY-4.0" {
		t.Errorf("got %q %q %v", a.Edit, a.Canonical, a.Licence)
	}
	b := page[*site.CasePage](t, s, "/cases/b/")
	if !b.Overdue || b.Licence.URL != "https://creativecommons.org/publicdomain/zero/1.0/" {
		t.Errorf("got %v %v", b.Overdue, b.Licence)
	}
	if root := page[*site.NotFoundPage](t, s, "/404.html").Root; root != "/kb/" {
		t.Errorf("the 404 page's root is %q", root)
	}
}

func TestReportsAtTheHostOfTheSource(t *testing.T) {
	for edit, want := range map[string]string{
		"https://github.com/o/r/edit/main/content/":              "https://github.com/o/r/issues/new?body=https%3A%2F%2Fexample.org%2Fcases%2Fa%2F%0A%0A&title=A+%26+B",
		"https://gitlab.example/group/sub/r/-/edit/main/content": "https://gitlab.example/group/sub/r/-/issues/new?issue%5Bdescription%5D=https%3A%2F%2Fexample.org%2Fcases%2Fa%2F%0A%0A&issue%5Btitle%5D=A+%26+B",
		"https://codeberg.org/o/r/_edit/branch/content/":         "https://codeberg.org/o/r/issues/new?body=https%3A%2F%2Fexample.org%2Fcases%2Fa%2F%0A%0A&title=A+%26+B",
		"https://example.org/edit/":                              "",
		"https://example.org/wiki/pages/":                        "",
		"https://host.example/o/r/edit/main/a?next=/-/edit/":     "https://host.example/o/r/issues/new?body=https%3A%2F%2Fexample.org%2Fcases%2Fa%2F%0A%0A&title=A+%26+B",
	} {
		s, _, _ := build(t, map[string]string{
			"site.yaml": "title: T\nlanguage: en\nedit_url: '" + edit + "'\n", "cases/a.md": example("A & B", "principles: [strategic]\n", ""),
		}, site.Options{BaseURL: "https://example.org/"})
		a := page[*site.CasePage](t, s, "/cases/a/")
		if a.Issue.Href != want || a.Report != "" {
			t.Errorf("%s: got %q and %q, want %q", edit, a.Issue.Href, a.Report, want)
		}
	}
}

func TestNewFileAtTheHostOfTheSource(t *testing.T) {
	for edit, want := range map[string]site.NewFile{
		"https://github.com/o/r/edit/main/content/":              {Href: "https://github.com/o/r/new/main/content/cases", Name: "filename", Text: "value"},
		"https://gitlab.example/group/sub/r/-/edit/main/content": {Href: "https://gitlab.example/group/sub/r/-/new/main/content/cases", Name: "file_name"},
		"https://codeberg.org/o/r/_edit/main/content/":           {Href: "https://codeberg.org/o/r/_new/main/content/cases", Name: "filename", Text: "value"},
		"https://example.org/edit/":                              {},
	} {
		s, _, _ := build(t, map[string]string{"site.yaml": "title: T\nlanguage: en\nedit_url: '" + edit + "'\n"}, site.Options{})
		form := page[*site.FormPage](t, s, site.FormPath)
		if form.NewFile != want || form.Site.Form != "./" && form.Site.Form != "../../contribute/form/" {
			t.Errorf("%s: got %q and %q, want %q", edit, form.NewFile, form.Site.Form, want)
		}
	}
}

func TestGains(t *testing.T) {
	for _, test := range []struct{ name, front, want string }{
		{"the whole country told", "countries: [GB-ENG]\nbenefits: {United Kingdom: [beds]}\n", "United Kingdom: 1"},
		{"the nation told", "countries: [GB-ENG]\npartners: [college]\nbenefits: {England: [beds]}\n", "England: 1"},
		{"both told", "countries: [GB-ENG]\nbenefits: {United Kingdom: [beds], England: [wards, posts]}\n", "United Kingdom: 1, England: 2"},
		{"the whole country not reported", "countries: [GB-WLS, TZ]\nbenefits: {United Kingdom: not reported}\n", "United Kingdom: 0, Tanzania: 0"},
		{"nothing told", "countries: [GB-ENG, GB-WLS]\n", "England: 0, Wales: 0"},
		{"nothing told within one country", "countries: [TZ]\n", ""},
		{"by organisation", "countries: [TZ]\npartners: [hospital, college]\nbenefits: {Hospital: [beds]}\n", "Hospital: 1, College: 0"},
		{"nothing known of many", "countries: [GH, KE, TZ]\nbenefits: {Uganda: [beds]}\n", "Uganda: 1, none for Ghana, none for Kenya, none for Tanzania"},
	} {
		s, _, _ := build(t, map[string]string{"cases/a.md": example("A", "principles: [strategic]\n"+test.front, "")}, site.Options{})
		a := page[*site.CasePage](t, s, "/cases/a/")
		var got []string
		for _, gain := range a.Gains {
			got = append(got, fmt.Sprintf("%s: %d", gain.Who.Label, len(gain.Texts)))
		}
		for _, country := range a.NotReported {
			got = append(got, "none for "+country.Label)
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestCardInAnotherLanguage(t *testing.T) {
	s, _, _ := build(t, map[string]string{
		"cases/a.md": example("A", "principles: [strategic]\nlang: ar\n", ""),
		"cases/b.md": example("B", "principles: [strategic]\nlang: en\n", ""),
	}, site.Options{})
	for _, card := range page[*site.CasesPage](t, s, "/cases/").Cases {
		if want := map[string]string{"A": "ar"}[card.Label]; card.Lang != want {
			t.Errorf("%s is in %q, want %q", card.Label, card.Lang, want)
		}
	}
}

func TestWhoChoseRelatedCases(t *testing.T) {
	s, _, _ := build(t, map[string]string{
		"cases/a.md": example("A", "principles: [strategic]\nrelated: [b]\nauthors: [Grace Achieng]\n", ""),
		"cases/b.md": example("B", "principles: [strategic]\nrelated: [a]\n", ""),
	}, site.Options{})
	for path, want := range map[string]site.ReasonKind{"/cases/a/": site.ReasonChosen, "/cases/b/": site.ReasonEditors} {
		if got := page[*site.CasePage](t, s, path).Related[0].Reasons[0].Kind; got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestCaseAmongOthers(t *testing.T) {
	s, _, _ := build(t, map[string]string{
		"cases/set.md": example("Set", "kind: programme\n", ""),
		"cases/a.md":   example("A & B", "hallmarks: [shared-vision]\nprogramme: set\nstart: 2010\nauthors: [Grace Achieng, Hands and Hearts]\nupdated: 2020-05\n", ""),
		"cases/b.md":   example("B", "kind: challenge\nhallmarks: [shared-vision]\nprogramme: set\n", ""),
		"cases/c.md":   example("C", "hallmarks: [shared-vision]\nprogramme: set\n", ""),
	}, site.Options{BaseURL: "https://example.org/"})
	a := page[*site.CasePage](t, s, "/cases/a/")
	if a.Period != (site.Period{From: 2010}) {
		t.Errorf("period %v", a.Period)
	}
	want := site.Citation{
		Authors: "Grace Achieng, Hands and Hearts", Year: "2020", Date: "2020/05",
		Names: []string{"Grace Achieng,", "Hands and Hearts,"}, Keywords: []string{"Strategic"}, Files: true,
		BibTeX: `@techreport{a,
  author = {{Grace Achieng} and {Hands and Hearts}},
  title = {{A \& B}},
  institution = {T},
  type = {Case study},
  year = {2020},
  month = {5},
  url = {https://example.org/cases/a/},
  language = {en}
}`,
	}
	if !reflect.DeepEqual(a.Citation, want) {
		t.Errorf("citation %+v, want %+v", a.Citation, want)
	}
	h := page[*site.HallmarkPage](t, s, "/principles/strategic/shared-vision/")
	if len(h.Groups) != 1 || h.Groups[0].Kind != content.Example || len(h.Groups[0].Cases) != 2 {
		t.Errorf("the first page has %+v, want the two examples", h.Groups)
	}
	if second := page[*site.HallmarkPage](t, s, "/principles/strategic/shared-vision/page/2/"); len(second.Groups) != 1 || second.Groups[0].Kind != content.Challenge {
		t.Errorf("the second page has %+v, want the challenge", second.Groups)
	}
	if h.NextPrinciple == nil || h.NextPrinciple.Label != "Responsible" || len(h.Principle.Hallmarks) != 1 || h.Principle.Hallmarks[0].Href != "" {
		t.Errorf("around the hallmark: %+v", h.Around)
	}
	if p := h.Site.Principles; len(p) != 2 || p[1].Href != "../../../principles/responsible/" || p[1].Number != 2 {
		t.Errorf("principles of every page: %+v", p)
	}
}

// TestOwnWordsAndLinks checks the parts that a site can replace: home.md, the featured case,
// the footer, the order of pages, and links to other sites.
func TestOwnWordsAndLinks(t *testing.T) {
	s, texts, problems := build(t, map[string]string{
		"home.md":          "---\ntitle: What we learned\n---\nOurs, with [the case](cases/a.md).\n",
		"cases/a.md":       example("A", "principles: [strategic]\n", ""),
		"pages/about.md":   "---\ntitle: About\n---\n[home](../home.md)\n",
		"pages/licence.md": "---\ntitle: Licence\n---\n",
		"site.yaml":        "title: T\nfooter: A project of two hospitals.\nfeatured: a\npages: [licence, about]\nnavigation: [{label: Blog, path: https://example.org/blog/}, {label: All, path: /cases/}]\n",
	}, site.Options{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	home := page[*site.HomePage](t, s, "/")
	if home.Heading != "What we learned" || home.Featured == nil || home.Featured.Label != "A" {
		t.Errorf("got heading %q, featured %v", home.Heading, home.Featured)
	}
	if got := texts.targets(s, home, "home.md"); len(got) != 1 || got[0].Href != "./cases/a/" {
		t.Errorf("the link of home.md leads to %v", got)
	}
	about := page[*site.TextPage](t, s, "/about/")
	if got := texts.targets(s, about, "pages/about.md"); len(got) != 1 || got[0].Href != "../" {
		t.Errorf("the link to home.md leads to %v", got)
	}
	var got []string
	for _, link := range append(about.Site.Navigation, about.Site.Pages...) {
		got = append(got, link.Href)
	}
	if want := []string{"https://example.org/blog/", "../cases/", "../licence/", "../about/", "../contribute/"}; !slices.Equal(got, want) {
		t.Errorf("the links are %q, want %q", got, want)
	}
	if about.Site.Footer != "A project of two hospitals." {
		t.Errorf("the footer says %q", about.Site.Footer)
	}
}

// TestLede checks that a summary that is the beginning of the text is not shown above it.
func TestLede(t *testing.T) {
	s, _, _ := build(t, map[string]string{
		"cases/a.md": example("A", "principles: [strategic]\nsummary: In short.\n", "The first paragraph.\n"),
		"cases/b.md": example("B", "principles: [strategic]\n", "The first paragraph.\n"),
	}, site.Options{})
	a, b := page[*site.CasePage](t, s, "/cases/a/"), page[*site.CasePage](t, s, "/cases/b/")
	if a.Lede != "In short." || b.Lede != "" || b.Description != "The first paragraph." {
		t.Errorf("got ledes %q and %q, described as %q", a.Lede, b.Lede, b.Description)
	}
}

func TestBodyLinks(t *testing.T) {
	attachments := map[string]site.Attachment{"cases/a/ward.png": {Width: 4, Height: 3}, "cases/a/unused.png": {}}
	s, texts, _ := build(t, map[string]string{
		"cases/a/index.md": example("A", "principles: [strategic]\n", "[b](../b.md#aims) [p](../../principles/strategic.md) [me](#here) [out](https://example.org/) ![w](ward.png)\n\n## Here\n"),
		"cases/b.md":       example("B", "principles: [strategic]\n", "## Aims\n"),
	}, site.Options{Attachments: attachments})
	p := page[*site.CasePage](t, s, "/cases/a/")
	want := []site.Target{
		{Href: "../../cases/b/#s-aims"},
		{Href: "../../principles/strategic/"},
		{Href: "#s-here"},
		{Href: "https://example.org/", External: true},
		{Href: "../../cases/a/ward.png", Width: 4, Height: 3},
	}
	if got := texts.targets(s, p, "cases/a/index.md"); !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	if got := s.Attachments(texts.bodies, texts.links); !slices.Equal(got, []string{"cases/a/ward.png"}) {
		t.Errorf("published attachments: %q", got)
	}
}

// TestFilesWithSpecialCharacters checks that characters with a meaning in addresses are
// escaped in all links to a file.
func TestFilesWithSpecialCharacters(t *testing.T) {
	attachments := map[string]site.Attachment{
		"cases/pl#an.png":    {Width: 600, Height: 3, Copies: []site.Copy{{Path: "cases/pl#an.480.0.png", Width: 480}}},
		"cases/50%20x?.txt":  {},
		"resources/a#%2.txt": {},
	}
	s, texts, problems := build(t, map[string]string{
		"cases/a.md":     example("A", "principles: [strategic]\n", "![plan](pl%23an.png) [x](50%2520x%3F.txt)\n"),
		"resources/r.md": "---\ntitle: R\ntype: guidance\nfile: a#%2.txt\n---\n",
	}, site.Options{Attachments: attachments})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := []site.Target{
		{Href: "../../cases/pl%23an.png", Width: 600, Height: 3, SrcSet: "../../cases/pl%23an.480.0.png 480w, ../../cases/pl%23an.png 600w"},
		{Href: "../../cases/50%2520x%3F.txt"},
	}
	if got := texts.targets(s, page[*site.CasePage](t, s, "/cases/a/"), "cases/a.md"); !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if d := page[*site.ResourcePage](t, s, "/resources/r/").Download; d == nil || d.Href != "../../resources/a%23%252.txt" {
		t.Errorf("download %+v", d)
	}
}

func TestDocuments(t *testing.T) {
	s, texts, _ := build(t, map[string]string{
		"cases/a.md": example("A", "hallmarks: [shared-vision]\ncountries: [GB-WLS]\npartners: [college]\nquotes: [{text: we listened, consent: given}]\n", "Body words.\n"),
	}, site.Options{})
	ids := map[string]int{}
	for i, d := range s.Documents(texts.plain, site.Words{Kind: strings.ToUpper, Cases: func(n int) string { return fmt.Sprint(n) }, Title: strings.ToLower, Period: func(p site.Period) string { return fmt.Sprint(p) }}) {
		ids[d.ID] = i
		if d.ID == "cases/a/" {
			if !slices.Equal(d.Countries, []string{"wales", "united-kingdom"}) || !slices.Contains(d.Names, "College") || !slices.Contains(d.Names, "United Kingdom") || !slices.Contains(d.Names, "UK") || d.Beside != "we listened" || !strings.Contains(d.Body, "Body words.") || d.Details[0] != "EXAMPLE" {
				t.Errorf("got %+v", d)
			}
		}
	}
	for _, id := range []string{"cases/a/", "principles/strategic/", "principles/strategic/shared-vision/", "contribute/"} {
		if _, ok := ids[id]; !ok {
			t.Errorf("the search lacks %s", id)
		}
	}
}

// TestLongProgramme checks that the page of a programme with many cases shows a few, and
// links to a list of all.
func TestLongProgramme(t *testing.T) {
	files := map[string]string{"cases/many.md": example("Many", "kind: programme\n", ""), "cases/few.md": example("Few", "kind: programme\n", "")}
	for i := range 11 {
		programme := "many"
		if i < 5 {
			programme = "few"
		}
		files[fmt.Sprintf("cases/c%d.md", i)] = example(fmt.Sprint("Case ", i), "principles: [strategic]\nprogramme: "+programme+"\n", "")
	}
	s, _, _ := build(t, files, site.Options{})
	few, many := page[*site.CasePage](t, s, "/cases/few/"), page[*site.CasePage](t, s, "/cases/many/")
	if len(few.Cases) != 5 || few.AllCases != nil || slices.Contains(paths(s), "/programmes/few/") {
		t.Errorf("few: %d cases and %v", len(few.Cases), few.AllCases)
	}
	if len(many.Cases) != 5 || many.AllCases == nil || *many.AllCases != (site.More{Href: "../../programmes/many/", Count: 6}) {
		t.Errorf("many: %d cases and %v", len(many.Cases), many.AllCases)
	}
	if list := page[*site.ProgrammeCasesPage](t, s, "/programmes/many/page/3/"); list.Pager.Total != 6 || len(list.Cases) != 2 || list.Programme.Href != "../../../../cases/many/" {
		t.Errorf("the list: %+v", list)
	}
}

// TestDeadAddresses links to addresses of the site itself: of pages of each kind,
// and of none.
func TestDeadAddresses(t *testing.T) {
	const base = "https://kb.example/sub"
	there := []string{"", "/", "/cases/a/", "/cases/a", "/cases/a-z/", "/cases/old/", "/principles/", "/countries/malawi/", "/search/?q=x", "/assets/site.css", "/data/"}
	dead := []string{"/cases/nothing/", "/principles/nothing/", "/resources/nothing", "/nothing/", "/cases/a/nothing/index.html"}
	var body strings.Builder
	for _, address := range slices.Concat(there, dead) {
		fmt.Fprintf(&body, "[x](%s%s)\n", base, address)
	}
	files := []*content.Parsed{
		content.Parse("site.yaml", []byte("title: T\nbase_url: "+base+"/\n")),
		content.Parse("principles/p.md", []byte("---\nnumber: 1\ntitle: P\n---\n")),
		content.Parse("cases/a.md", []byte("---\ntitle: A\nprinciples: [p]\ncountries: [MW]\nauthors: [A]\naliases: [/cases/old/]\n---\n"+body.String())),
	}
	lib, _ := library.New(files, library.Options{})
	links, _ := lib.ResolveLinks(files)
	s, _ := site.New(lib, site.Options{})
	var got []string
	for _, p := range s.DeadAddresses(map[string]*content.Body{"cases/a.md": files[2].Body}, links) {
		address, _, _ := strings.Cut(strings.TrimPrefix(p.Message, `"`+base), `"`)
		got = append(got, address)
	}
	if !slices.Equal(got, dead) {
		t.Errorf("got %q, want %q", got, dead)
	}
}
