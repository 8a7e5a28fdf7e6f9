package theme_test

import (
	"testing"

	"casebook/internal/content"
	"casebook/internal/markdown"
	"casebook/internal/site"
)

// samples returns one page of each kind, with values like those of a real site.
func samples(t testing.TB) []site.Page {
	t.Helper()
	pages := []site.Page{
		sampleHome(), samplePrinciples(), samplePrinciple(), sampleHallmark(), samplePrincipleInCountry(), sampleHallmarkCountries(),
		sampleCountries(), sampleMap(), sampleCountry(), sampleDisciplines(), sampleDiscipline(), sampleDisciplinePrinciples(),
		sampleOrganisations(), sampleOrganisation(), sampleProgrammes(), sampleCases(), sampleIndex(),
		sampleChallenges(), sampleCase(), sampleWithdrawn(), sampleResources(), sampleResource(),
		sampleYears(), sampleYear(), sampleProgrammeCases(), sampleHealthCheck(), sampleCoverage(), sampleCompare(), sampleSaved(), sampleForm(), sampleData(), sampleSearch(), sampleText(), sampleRedirect(), sampleNotFound(),
	}
	for _, kind := range site.Kinds() {
		if sampleOf(pages, kind) == nil {
			t.Fatalf("there is no sample of %T", kind)
		}
	}
	return pages
}

func sampleBase(path, root, title string, crumbs ...site.Link) site.Base {
	b := site.Base{
		Path: path, Root: root, Title: title, Lang: "en-GB",
		Description: "Case studies of health partnership",
		Canonical:   "https://casebook.example" + path,
		Report:      "mailto:editors@casebook.example?subject=Casebook%3A%20" + path,
		Issue:       site.Link{Label: "git.example", Href: "https://git.example/o/casebook/issues/new?title=Casebook"},
		Edit:        "https://git.example/casebook/edit/content" + path,
		Take:        &site.Take{Table: "cases.csv", Citations: "citations"},
		Site: &site.Chrome{
			Slugs: content.Terms{}.Slugs(),
			Title: "Casebook", Lang: "en-GB", Home: root, Email: "editors@casebook.example",
			Navigation: []site.Link{
				{Label: "Principles", Href: root + "principles/"},
				{Label: "Countries", Href: root + "countries/"},
				{Label: "Specialties", Href: root + "disciplines/"},
				{Label: "Challenges", Href: root + "challenges/"},
				{Label: "Resources", Href: root + "resources/"},
				{Label: "About", Href: root + "about/"},
			},
			Licence:    site.Licence{ID: "CC-BY-4.0", URL: "https://creativecommons.org/licenses/by/4.0/"},
			Principles: principleTags(root),
			Contribute: root + "contribute/", Form: root + "contribute/form/",
		},
	}
	if path != "/" {
		b.Breadcrumbs = append([]site.Link{{Key: "home.label", Href: root}}, crumbs...)
	}
	return b
}

func term(label, href string, examples, challenges int) site.Term {
	return site.Term{Link: site.Link{Label: label, Href: href}, Examples: examples, Challenges: challenges}
}

func principleCards(root string) []site.PrincipleCard {
	titles := []struct{ id, title, summary, question string }{
		{"strategic", "Strategic", "Partners share a vision, set long-term aims with plans that can be measured, and agree together on priorities and direction.", "Are we all working towards the same thing, and would each partner write it down in the same words?"},
		{"harmonised-and-aligned", "Harmonised and aligned", "The work fits local and national plans and complements what other development partners do.", "Does our project fit the plans of the hospital, the district and the ministry, or does it pull staff away from them?"},
		{"effective-and-sustainable", "Effective and sustainable", "Projects are of high quality, meet their targets and achieve results that last.", "What will be left when the grant ends?"},
		{"respectful-and-reciprocal", "Respectful and reciprocal", "Partners listen to one another, and plan, carry out and learn from the work together.", "Do all partners have an equal say, and can they speak frankly when something is wrong?"},
		{"organised-and-accountable", "Organised and accountable", "The partnership is well structured, well run and efficient, and everyone can see how decisions are made.", "If the people who started this moved on tomorrow, would the partnership carry on?"},
		{"responsible", "Responsible", "The partnership acts with integrity and keeps the trust of all who have a stake in it.", "Would we be content for our partner’s patients to read everything we have written about this work?"},
		{"flexible-resourceful-and-innovative", "Flexible, resourceful and innovative", "Partners adapt when circumstances change, and welcome change.", "What do we do when the plan meets a strike, a stock-out or a new government?"},
		{"committed-to-joint-learning", "Committed to joint learning", "Partners monitor, evaluate and reflect together, and share the lessons.", "What did we learn last year that we would tell a new partnership, and have we told anyone?"},
	}
	var cards []site.PrincipleCard
	for i, p := range titles {
		href := root + "principles/" + p.id + "/"
		card := site.PrincipleCard{Term: term(p.title, href, (i*3+1)%4, i%3), Summary: p.summary, Question: p.question}
		card.Number = i + 1
		if i == 4 {
			card.Hallmarks = []site.Term{term("Clear, stable governance", href+"stable-governance/", 2, 1)}
		}
		cards = append(cards, card)
	}
	cards[5].Examples, cards[5].Challenges = 0, 0
	return cards
}

// principleTags returns the links to all principles, which all pages have.
func principleTags(root string) []site.PrincipleTag {
	var tags []site.PrincipleTag
	for _, p := range principleCards(root) {
		tags = append(tags, site.PrincipleTag{Link: p.Link, Number: p.Number})
	}
	return tags
}

func cards(root string) []*site.Card {
	return []*site.Card{
		{
			Link:    site.Link{Label: "Governance that outlasts individuals", Href: root + "cases/governance/"},
			Summary: "In Dodoma and London two mirrored committees keep a mental health partnership going as people come and go.",
			Kind:    content.Example, Countries: []string{"Tanzania"}, Disciplines: []string{"Mental health"}, Principles: []int{5}, When: site.Period{From: 2010, To: 2016},
		},
		{
			Link:    site.Link{Label: "An aim imposed by one side", Href: root + "cases/an-aim-imposed-by-one-side/"},
			Summary: "The central aim of a project was chosen in the United Kingdom and handed over; the trouble returned when results were judged.",
			Kind:    content.Challenge, Principles: []int{1, 4}, When: site.Period{From: 2016, To: 2016, Described: true},
		},
		{
			Link:    site.Link{Label: "Building a strong interdisciplinary team", Href: root + "cases/wessex-ghana/"},
			Summary: "Nurses, physicians, therapists and dietitians from Southampton and Accra built a stroke unit together.",
			Kind:    content.Example, Countries: []string{"Ghana", "United Kingdom"}, Disciplines: []string{"Stroke and rehabilitation", "Nursing"}, Principles: []int{7, 8}, When: site.Period{From: 2009, To: 2014}, Draft: true,
		},
	}
}

func sampleList(root string) site.List {
	return site.List{Cases: cards(root), Pager: site.Pager{
		Number: 2, Pages: 12, Total: 1234, Previous: "../../", Next: "../3/",
		Links: []site.PageLink{
			{Number: 1, Href: "../../"},
			{Number: 2, Href: "./", Current: true},
			{Number: 3, Href: "../3/"},
			{Number: 12, Href: "../12/", Gap: true},
		},
	}}
}

func sampleReference() site.Reference {
	return site.Reference{
		ID: "streeton-2021", Authors: "Streeton A, Kitsell F, Kung M, et al.", Year: "2021",
		Title:     "The Improving Global Health Programme: leadership development in the NHS through overseas placement",
		Container: "BMJ Global Health", Detail: "6(Suppl 6):e004533", Publisher: "BMJ",
		DOI: "10.1136/bmjgh-2020-004533", URL: "https://doi.org/10.1136/bmjgh-2020-004533",
		Accessed: content.Date{Year: 2026, Month: 11, Day: 3},
		Note:     "Only the abstract was read.",
	}
}

func resourceCards(root string) []site.ResourceCard {
	return []site.ResourceCard{
		{Link: site.Link{Label: "Terms of reference for a joint committee", Href: root + "resources/terms/"}, Summary: "Two pages to adapt.", Type: "template", Why: "Names deputies, so that the committee meets when its chair is away.", Opens: true},
		{Link: site.Link{Label: "Standards of good practice for engaging in global health", Href: root + "resources/standards/"}, Summary: "Standards for institutions.", Type: "guidance"},
	}
}

const sampleMarkdown = `
## What was done

The two institutions set up **mirrored committees**: one in Dodoma, one in London, each with
a chair, a deputy and minutes that go to [everyone](minutes.md). Four strands of work on
substance misuse have a champion on each side.

> Decisions no longer wait for one person to come back from leave.

![The committee at its first meeting](committee.jpg)

### Who does what

| Strand | Dodoma | London |
|---|---|---|
| Assessment | Dr A | Ms B |
| Training | Sister C | Mr D |

## What was hard

1. Turnover on both sides.
2. Connections that drop.[^1]

## What was learned

- [x] Write the structure down.
- [ ] Share the whole budget.

` + "```\nagree; write; share\n```\n" + `
[^1]: See [the programme’s own account](https://thet.example/account).
`

func sampleBody() *site.Body {
	doc, _ := markdown.Parse([]byte(sampleMarkdown))
	return &site.Body{
		Body: &content.Body{Document: doc},
		Targets: []site.Target{
			{Href: "../../resources/terms/"},
			{Href: "committee.jpg", Width: 800, Height: 500},
			{Href: "https://thet.example/account", External: true},
		},
	}
}

func link(label, href string) *site.Link { return &site.Link{Label: label, Href: href} }

func sampleCase() site.Page {
	b := sampleBase("/cases/governance/", "../../", "Governance that outlasts individuals", site.Link{Key: "cases.title", Href: "../"})
	thet := site.Reference{ID: "thet-2016", Authors: "Chisholm G, Green E, Simms B", Year: "2016", Title: "In our mutual interest", Publisher: "THET"}
	related := cards("../../")
	return &site.CasePage{
		Base: b,
		Case: &content.CaseFields{
			Title:      b.Title,
			Summary:    "In Dodoma and London two mirrored committees keep a mental health partnership going as people come and go.",
			Kind:       content.Example,
			TaggedBy:   content.TaggedBySource,
			Evaluation: content.SelfReported,
			Adapt:      content.Adapt{Needs: []string{"a trainer <here>"}, Keep: []string{"the contract"}, Change: []string{"the material"}, DidNotTravel: []string{"the rota"}},
			Cost:       content.Cost{Band: "10k-100k", Currency: "GBP", Year: content.Date{Year: 2016}, PaidBy: "a grant", Note: "Without volunteers"},
			EditorNote: "The North spells its name in two ways.",
			Authors:    []content.Author{{Name: "Amina Juma", ORCID: "0000-0002-1825-0097"}, {Name: "Editorial team"}},
			Published:  content.Date{Year: 2024, Month: 5, Day: 3},
			Updated:    content.Date{Year: 2025, Month: 1},
			Reviewed:   content.Date{Year: 2025, Month: 1, Day: 20},
			ReviewBy:   content.Date{Year: 2026, Month: 1},
			Draft:      true,
		},
		Text: site.Text{Lede: "In short.", Body: sampleBody()},
		Principles: []site.PrincipleTag{
			{Link: *link("Respectful and reciprocal", "../../principles/respectful-and-reciprocal/"), Number: 4},
			{Link: *link("Organised and accountable", "../../principles/organised-and-accountable/"), Number: 5, Hallmarks: []site.Link{
				*link("Clear, stable governance", "../../principles/organised-and-accountable/stable-governance/"),
			}},
		},
		Picture: &site.Picture{
			Src: "ward.jpg", SrcSet: "ward.480.jpg 480w, ward.jpg 1000w", Width: 1000, Height: 600,
			Alt: "A ward with eight beds", Credit: "Grace Banda", Consent: content.PictureNoPeople,
		},
		Locator:     site.Locator{Land: "../../data/land.svg", Width: 500, Height: 216, Marks: []site.Mark{{X: 290, Y: 135}, {X: 247, Y: 27}}},
		Countries:   []site.Link{*link("Tanzania", "../../countries/tanzania/"), *link("United Kingdom", "../../countries/united-kingdom/")},
		Disciplines: []site.Link{*link("Mental health", "../../disciplines/mental-health/")},
		Partners: []site.PartnerRow{
			{Link: *link("Mirembe Hospital", "../../organisations/mirembe-hospital/"), Role: content.RoleLead, Country: "Tanzania"},
			{Link: *link("Central and North West London NHS Foundation Trust", "../../organisations/cnwl/"), Role: content.RolePartner, Country: "United Kingdom"},
			{Link: *link("Tropical Health and Education Trust", "../../organisations/thet/"), Role: content.RoleFunder},
		},
		Partnership: link("Central and North West London – Mirembe partnership", "../../organisations/cnwl-mirembe/"),
		Programme:   link("Health Partnership Scheme", "../health-partnership-scheme/"),
		Years:       []site.Link{*link("2010", "../../years/2010/"), *link("2011", "../../years/2011/"), *link("2012", "../../years/2012/")},
		Period:      site.Period{From: 2010, To: 2012},
		DescribedIn: "2016",
		LedBy:       []site.Phase{{Name: "planning", Joint: true}, {Name: "delivery", Country: *link("Tanzania", "../../countries/tanzania/")}},
		Gains: []site.Gain{
			{Who: *link("Tanzania", "../../countries/tanzania/"), Texts: []string{"Four strands of work on substance misuse, each with a champion.", "Committees that meet without visitors from abroad."}},
			{Who: *link("United Kingdom", "../../countries/united-kingdom/")},
		},
		NotReported: []site.Link{*link("Kenya", "../../countries/kenya/"), *link("Uganda", "../../countries/uganda/")},
		Indicators: []site.IndicatorRow{
			{Name: "Health workers trained", Value: ">50,000", AsOf: content.Date{Year: 2016}, Source: thet},
			{Name: "Health workers trained", Value: "93,112", Unit: "people", AsOf: content.Date{Year: 2019, Month: 6, Day: 5}, Source: sampleReference()},
			{Name: "Productivity of volunteers", Value: "24–41%", AsOf: content.Date{Year: 2019, Month: 6}, Source: site.Reference{Title: "See how the Health Alliances are doing", URL: "https://example.org/alliances"}},
		},
		Quotes: []site.QuoteBlock{
			{Text: "We stopped waiting for one person.", Speaker: "A ward sister", Country: "Tanzania", Consent: content.ConsentGiven},
			{Text: "The committee is the partnership now.", Consent: content.ConsentPublished, Source: &thet},
		},
		AgreedBy:  []site.Link{*link("Mirembe Hospital", "../../organisations/mirembe-hospital/")},
		NotAgreed: []site.Link{*link("Central and North West London NHS Foundation Trust", "../../organisations/cnwl/")},
		Sources:   []site.Reference{sampleReference(), thet, {Title: "The partnership’s own page", URL: "https://example.org/own", Accessed: content.Date{Year: 2026, Month: 11}}},
		Resources: resourceCards("../../"),
		Related: []site.RelatedCard{
			{Card: related[1], Reasons: []site.Reason{{Kind: site.ReasonChosen}}},
			{Card: related[2], Reasons: []site.Reason{{Kind: site.ReasonHallmark, Label: "Clear, stable governance"}, {Kind: site.ReasonCountry, Label: "Tanzania"}}},
		},
		Cases: related[:1], AllCases: &site.More{Href: "../../programmes/scheme/", Count: 31},
		Neighbours: []site.Neighbour{
			{Principle: *link("Organised and accountable", "../../principles/organised-and-accountable/"), Number: 5, Previous: link("An aim imposed by one side", "../aim/"), Next: link("Growing champions", "../champions/")},
		},
		Plots: []site.Plot{{
			Name: "Health workers trained", Years: site.Period{From: 2012, To: 2014},
			Points: []site.PlotPoint{{X: 60, Y: 100}, {X: 294, Y: 40}}, Line: "60,100 294,40",
			Across: []site.PlotTick{{At: 60, Number: 2012}, {At: 294, Number: 2014}}, Up: []site.PlotTick{{At: 146}, {At: 36, Number: 10000}},
		}},
		Citation: site.Citation{Authors: "Amina Nakato, Editorial team", Year: "2025", Files: true, BibTeX: "@misc{governance,\n  title = {{Governance that outlasts individuals}}\n}"},
		Licence:  site.Licence{ID: "CC-BY-SA-4.0", URL: "https://creativecommons.org/licenses/by-sa/4.0/"},
		Overdue:  true,
	}
}
