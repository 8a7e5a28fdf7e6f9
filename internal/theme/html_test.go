package theme_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"casebook/internal/content"
	"casebook/internal/site"
	"casebook/internal/theme"
)

func render(t testing.TB, loaded *theme.Theme, page site.Page) string {
	t.Helper()
	out, _, err := loaded.Render(nil, page)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func dom(t testing.TB, text string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// text returns the visible text of an element, with single spaces.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case slices.Contains([]string{"p", "li", "dt", "dd", "th", "td", "div", "figcaption"}, d.Data):
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestEveryPage(t *testing.T) {
	loaded := loadDefault(t)
	for _, page := range samples(t) {
		t.Run(reflect.TypeOf(page).Elem().Name(), func(t *testing.T) {
			source := render(t, loaded, page)
			balanced(t, source)
			root := dom(t, source)
			for _, want := range []string{
				`html[lang="en-GB"][dir=ltr]`,
				`head > meta:first-child[charset=utf-8] + meta[http-equiv=Content-Security-Policy][content^="default-src 'none'"]`,
				`meta[name=viewport]`, `meta[name=color-scheme]`, `meta[name=description]`, `link[rel=canonical]`, `link[rel=stylesheet][href*="assets/"]`,
				`body > a:first-child.skip[href="#main"]`, `main#main`,
				`header.site .brand a`, `header.site nav[aria-label] li a`, `footer.site a[href^="mailto:editors@casebook.example?subject"]`,
				`footer.site a[rel=license]`, `footer.site a[href^="https://git.example"]`,
			} {
				if cascadia.Query(root, cascadia.MustCompile(want)) == nil {
					t.Errorf("there is no %s", want)
				}
			}
			for _, unwanted := range []string{`script:not([src]):not([type="application/ld+json"])`, "style", "[style]", "iframe", "object", "base", `[href^="javascript:"]`} {
				if cascadia.Query(root, cascadia.MustCompile(unwanted)) != nil {
					t.Errorf("there is a %s, want none", unwanted)
				}
			}
			if len(site.Of(page).Breadcrumbs) > 0 && cascadia.Query(root, cascadia.MustCompile(`nav[aria-label="You are here"] > ol > li > a`)) == nil {
				t.Error("there are no breadcrumbs")
			}
			if title := cascadia.Query(root, cascadia.MustCompile("title")); title == nil || !strings.HasSuffix(text(title), "Casebook") {
				t.Error("the title does not end with that of the site")
			}
			headings(t, root)
			references(t, root)
		})
	}
}

// balanced checks that all start tags have end tags, in the right order.
func balanced(t *testing.T, source string) {
	void := []string{"meta", "link", "br", "hr", "img", "input"}
	var open []string
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				t.Errorf("%v are never closed", open)
			}
			return
		case html.StartTagToken:
			if name, _ := z.TagName(); !slices.Contains(void, string(name)) {
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(open) == 0 || open[len(open)-1] != string(name) {
				t.Fatalf("</%s> closes %v", name, open)
			}
			open = open[:len(open)-1]
		}
	}
}

// headings checks that there is one h1 and that no level is skipped.
func headings(t *testing.T, root *html.Node) {
	last, first := 0, 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			continue
		}
		level := int(n.Data[1] - '0')
		if level == 1 {
			first++
		}
		if level > last+1 {
			t.Errorf("h%d %q follows h%d: a level is skipped", level, text(n), last)
		}
		if text(n) == "" {
			t.Errorf("an h%d is empty", level)
		}
		last = level
	}
	if first != 1 {
		t.Errorf("there are %d h1, want 1", first)
	}
}

// references checks that ids are unique, that references to ids find them, and that
// links, navigations and images have a text.
func references(t *testing.T, root *html.Node) {
	ids := map[string]bool{}
	for n := range root.Descendants() {
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("two elements have the id %q", id)
			}
			ids[id] = true
		}
	}
	labels := map[string]bool{}
	for n := range root.Descendants() {
		for _, name := range []string{"aria-labelledby", "aria-describedby"} {
			if id := attribute(n, name); id != "" && !ids[id] {
				t.Errorf("%s=%q names an id that does not exist", name, id)
			}
		}
		if href := attribute(n, "href"); strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "#letter-") && !ids[href[1:]] {
			t.Errorf("the link %q leads to an id that does not exist", href)
		}
		switch n.Data {
		case "a":
			if text(n) == "" && attribute(n, "aria-label") == "" {
				t.Errorf("a link to %q has no text", attribute(n, "href"))
			}
		case "nav":
			label := attribute(n, "aria-label")
			if label == "" || labels[label] {
				t.Errorf("two navigations have the label %q", label)
			}
			labels[label] = true
		case "img":
			if attribute(n, "alt") == "" || attribute(n, "width") == "" {
				t.Error("an image has no text or no size")
			}
		}
	}
}

// TestContentsAreComplete checks that "On this page" lists all parts of the page, in order.
func TestContentsAreComplete(t *testing.T) {
	loaded := loadDefault(t)
	for _, page := range samples(t) {
		switch page.(type) {
		case *site.CasePage, *site.PrinciplePage, *site.HallmarkPage, *site.TextPage:
		default:
			continue
		}
		root := dom(t, render(t, loaded, page))
		var listed, there []string
		for _, a := range cascadia.QueryAll(root, cascadia.MustCompile(".contents li:not(.sub) a")) {
			listed = append(listed, strings.TrimPrefix(attribute(a, "href"), "#")+" "+text(a))
		}
		for _, h := range cascadia.QueryAll(root, cascadia.MustCompile(".story h2, .after h2")) {
			there = append(there, attribute(h, "id")+" "+text(h))
		}
		if !slices.Equal(listed, there) || len(there) == 0 {
			t.Errorf("%T lists the parts\n%q\nwant\n%q", page, listed, there)
		}
	}
}

func TestPromises(t *testing.T) {
	loaded := loadDefault(t)
	pages := samples(t)
	for _, test := range []struct {
		page     site.Page
		selector string
		want     string // part of the text of one such element
	}{
		{&site.CasePage{}, ".title .kicker", "Case study: an example from practice"},
		{&site.CasePage{}, ".title .draft", "Draft"},
		{&site.CasePage{}, ".standing", "Self-reported"},
		{&site.CasePage{}, ".standing", "Agreed by Mirembe Hospital; not yet by Central and North West London NHS Foundation Trust"},
		{&site.CasePage{}, ".standing", "As described in 2016"},
		{&site.CasePage{}, ".standing", "Reviewed 20 January 2025"},
		{&site.CasePage{}, ".notice", "due to be reviewed by January 2026"},
		{&site.CasePage{}, ".three div", "Country Tanzania, United Kingdom"},
		{&site.CasePage{}, ".three div", "Specialty or profession Mental health"},
		{&site.CasePage{}, ".summary li", "Mirembe Hospital lead, Tanzania"},
		{&site.CasePage{}, ".summary li", "Tropical Health and Education Trust funder"},
		{&site.CasePage{}, ".summary div", "Partnership Central and North West London – Mirembe"},
		{&site.CasePage{}, ".summary div", "Programme Health Partnership Scheme"},
		{&site.CasePage{}, ".three div", "When 2010–2012"},
		{&site.CasePage{}, ".summary a[href='../../years/2011/']", "2011"},
		{&site.CasePage{}, ".summary li", "Planning: jointly"},
		{&site.CasePage{}, ".summary li", "Delivery: Tanzania"},
		{&site.CasePage{}, ".thread li", "5 Organised and accountable Clear, stable governance"},
		{&site.CasePage{}, ".facts .note", "The source names these principles."},
		{&site.CasePage{}, "nav.contents a[href='#s-what-was-hard']", "What was hard"},
		{&site.CasePage{}, ".prose a[href='../../resources/terms/']", "everyone"},
		{&site.CasePage{}, ".gains > div", "Tanzania Four strands"},
		{&site.CasePage{}, ".gains > div", "United Kingdom not reported"},
		{&site.CasePage{}, "#indicators ~ .table tr", "Health workers trained >50,000 2016 Chisholm G, Green E, Simms B (2016)"},
		{&site.CasePage{}, "#indicators ~ .table tr", "Health workers trained 93,112 people 5 June 2019 Streeton"},
		{&site.CasePage{}, "#indicators ~ .note", "Health workers trained"},
		{&site.CasePage{}, ".quote", "A ward sister, Tanzania. Shown with the speaker’s consent."},
		{&site.CasePage{}, ".quote", "Speaker not named. Already published."},
		{&site.CasePage{}, ".references li", "doi:10.1136/bmjgh-2020-004533"},
		{&site.CasePage{}, ".references li .note", "Only the abstract was read."},
		{&site.CasePage{}, "a.orcid[href='https://orcid.org/0000-0002-1825-0097']", "0000-0002-1825-0097"},
		{&site.CasePage{}, ".story a[rel=license]", "CC-BY-SA-4.0"},
		{&site.CasePage{}, ".story .summary div", "Published 3 May 2024"},
		{&site.CasePage{}, ".story .summary div", "Updated January 2025"},
		{&site.CasePage{}, ".reasons li", "Chosen by the author"},
		{&site.CasePage{}, ".reasons li", "Same hallmark: Clear, stable governance"},
		{&site.CasePage{}, ".reasons li", "Same country: Tanzania"},
		{&site.CasePage{}, "#cases ~ .cards", "Governance that outlasts individuals"},
		{&site.CasePage{}, "nav.steps[aria-label='More under Organised and accountable'] a[rel=next]", "Growing champions"},
		{&site.CasePage{}, "#resources ~ .resources li", "Terms of reference for a joint committee"},
		{&site.HomePage{}, ".thread li", "Strategic: 1 example"},
		{&site.HomePage{}, "h1", "What partnerships learned"},
		{&site.HomePage{}, ".find .note a[href='./search/?q=Mental%20health']", "Mental health"},
		{&site.HomePage{}, ".featured .card .name", "Governance that outlasts individuals"},
		{&site.HomePage{}, ".ways a[href='./health-check/']", "Health check"},
		{&site.HomePage{}, ".thread a", "What will be left when the grant ends?"},
		{&site.HomePage{}, "#countries ~ ul", "United Kingdom 1,205"},
		{&site.HomePage{}, "#challenges ~ ul a", "An aim imposed by one side"},
		{&site.HomePage{}, "#recent ~ .titles li", "Building a strong interdisciplinary team Ghana, United Kingdom"},
		{&site.PrinciplePage{}, ".hallmark", "No case study yet: contribute one"},
		{&site.PrinciplePage{}, ".hallmark .question", "Who would take over"},
		{&site.PrinciplePage{}, "nav.steps a[rel=prev]", "Respectful and reciprocal"},
		{&site.PrinciplePage{}, "#hallmarks ~ .note", "not the complete set"},
		{&site.HallmarkPage{}, ".title .note", "The editors of this site placed this hallmark"},
		{&site.HallmarkPage{}, ".resources li", "Names deputies"},
		{&site.PrincipleInCountryPage{}, "h1", "Organised and accountable: Tanzania"},
		{&site.PrincipleInCountryPage{}, "#programmes ~ .cards", "Governance that outlasts individuals"},
		{&site.HallmarkPage{}, "a[href='countries/']", "by country"},
		{&site.HallmarkCountriesPage{}, "h2#group-tanzania", "Tanzania 2 case studies"},
		{&site.HallmarkCountriesPage{}, "#group-uganda ~ ul li", "Building a strong interdisciplinary team Example, 2009–2014"},
		{&site.DisciplinePrinciplesPage{}, "h1", "Mental health: case studies by principle"},
		{&site.CoveragePage{}, "#principles-by-country + .choose + .matrix[tabindex='0'] caption", "each principle in each country"},
		{&site.MapPage{}, "svg[aria-hidden=true] a[href='../countries/uganda/'][tabindex='-1']", "Uganda: 12 examples"},
		{&site.MapPage{}, "#list ~ ul a[href='../countries/sao-tome-principe/']", "São Tomé & Príncipe"},
		{&site.MapPage{}, "figcaption", "no opinion"},
		{&site.CountriesPage{}, ".lede a[href='../map/']", "See the countries on a map"},
		{&site.HealthCheckPage{}, "section fieldset legend", "What will be left when the grant ends?"},
		{&site.HealthCheckPage{}, "section h2 + fieldset + fieldset legend[lang=fr]", "Who would take over"},
		{&site.HealthCheckPage{}, "fieldset label", "Partly"},
		{&site.HealthCheckPage{}, "fieldset label", "What shows it"},
		{&site.PrinciplePage{}, ".title a[href^='../../health-check/#check-']", "health check"},
		{&site.CoveragePage{}, "thead th[scope=col] a", "Strategic"},
		{&site.CoveragePage{}, "tbody th[scope=row] a", "Uganda"},
		{&site.CoveragePage{}, "td[data-column='Harmonised and aligned'] a[aria-label='4 case studies: Harmonised and aligned, Ghana (1 challenge)'][data-challenges='1']", "4"},
		{&site.CoveragePage{}, "td.gap", "none yet"},
		{&site.CasesPage{}, ".pager [aria-current=page]", "2"},
		{&site.CountriesPage{}, "header.site [aria-current=page]", "Countries"},
		{&site.CasesPage{}, "title", "Case studies, page 2 · Casebook"},
		{&site.CasesPage{}, ".count", "1,234 case studies"},
		{&site.CountryPage{}, "#principles ~ ul li", "5 Organised and accountable"},
		{&site.DisciplinePage{}, ".title .note", "Also called: psychiatry, community mental health"},
		{&site.OrganisationPage{}, ".summary div", "Succeeded by Foreign, Commonwealth"},
		{&site.OrganisationPage{}, ".summary div", "Ended September 2020"},
		{&site.ProgrammesPage{}, ".cards", "7 examples, 2 challenges"},
		{&site.ResourcePage{}, ".uses li", "Clear, stable governance Organised and accountable Names deputies"},
		{&site.ResourcePage{}, "a[download][href='terms.pdf']", "Download (PDF, 1.2 MB)"},
		{&site.WithdrawnPage{}, "main", "taken down on 1 February 2025. Reason: One partner no longer agrees"},
		{&site.RedirectPage{}, "main a[href='../cases/governance/']", "Governance"},
		{&site.RedirectPage{}, "meta[http-equiv=refresh][content='0; url=../cases/governance/']", ""},
		{&site.NotFoundPage{}, "main a[href='/kb/cases/a-z/']", "A–Z"},
		{&site.IndexPage{}, "#letter-b ~ ul li", "Building a strong interdisciplinary team Example"},
	} {
		page := sampleOf(pages, test.page)
		found := cascadia.QueryAll(dom(t, render(t, loaded, page)), cascadia.MustCompile(test.selector))
		if !slices.ContainsFunc(found, func(n *html.Node) bool { return strings.Contains(text(n), test.want) }) {
			var got []string
			for _, n := range found {
				got = append(got, text(n))
			}
			t.Errorf("%T: %s has the texts %q, want one with %q", page, test.selector, got, test.want)
		}
	}
}

func TestNotStated(t *testing.T) {
	loaded := loadDefault(t)
	page := &site.CasePage{Base: sampleBase("/cases/x/", "../../", "x")}
	root := dom(t, render(t, loaded, page))
	var got []string
	for _, n := range cascadia.QueryAll(root, cascadia.MustCompile(".three div, .standing li, .summary div")) {
		got = append(got, text(n))
	}
	want := []string{"Country not stated", "Specialty or profession not stated", "When not stated", "Agreement of the partners not stated", "Language British English", "Partners not stated"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	page.Case, page.DescribedIn = &content.CaseFields{}, "2016"
	if !strings.Contains(render(t, loaded, page), "Evaluation not stated") {
		t.Error(`want "Evaluation not stated"`)
	}
	if !strings.Contains(render(t, loaded, page), "not stated; as described in 2016") {
		t.Error("the year of the source is not shown")
	}
}

func TestLanguages(t *testing.T) {
	loaded := loadDefault(t)
	page := sampleOf(samples(t), &site.CasePage{}).(*site.CasePage)
	page.Lang = "ar"
	root := dom(t, render(t, loaded, page))
	for _, want := range []string{`html[lang="en-GB"][dir=ltr]`, `h1[lang=ar][dir=rtl]`, `.prose[lang=ar][dir=rtl]`, `.lede[lang=ar]`, `.gains ul[lang=ar][dir=rtl]`, `th bdi[lang=ar][dir=rtl]`, `blockquote[lang=ar][dir=rtl]`, `.cite span[lang=ar][dir=rtl]`} {
		if cascadia.Query(root, cascadia.MustCompile(want)) == nil {
			t.Errorf("there is no %s", want)
		}
	}
	chrome := *page.Site
	chrome.Lang, page.Site = "ar", &chrome
	if source := render(t, loaded, page); !strings.Contains(source, `<html lang="ar" dir="rtl">`) || strings.Contains(source, `<h1 lang`) {
		t.Error("a site in Arabic does not have dir=rtl")
	}
}

func BenchmarkRender(b *testing.B) {
	loaded := loadDefault(b)
	for _, page := range []site.Page{sampleCase(), sampleCases(), sampleHome()} {
		b.Run(fmt.Sprintf("%T", page), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := loaded.Render(nil, page); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
