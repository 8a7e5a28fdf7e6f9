package theme_test

import (
	"reflect"

	"casebook/internal/content"
	"casebook/internal/site"
)

// sampleOf returns the page that has the same type as kind.
func sampleOf(pages []site.Page, kind site.Page) site.Page {
	for _, p := range pages {
		if reflect.TypeOf(p) == reflect.TypeOf(kind) {
			return p
		}
	}
	return nil
}

func principleTerms(root string) []site.Term {
	var terms []site.Term
	for _, card := range principleCards(root)[3:6] {
		t := card.Term
		t.Number = card.Number
		terms = append(terms, t)
	}
	return terms
}

func countryTerms(root string) []site.Term {
	uganda := term("Uganda", root+"countries/uganda/", 12, 3)
	uganda.Programmes = 1
	return []site.Term{
		term("Ghana", root+"countries/ghana/", 1, 0), term("Malawi", root+"countries/malawi/", 2, 1),
		term("Tanzania", root+"countries/tanzania/", 1, 1), uganda,
		term("United Kingdom", root+"countries/united-kingdom/", 1200, 5), term("Zambia", root+"countries/zambia/", 0, 1),
	}
}

func disciplineTerms(root string) []site.Term {
	return []site.Term{
		term("Leadership and management", root+"disciplines/leadership/", 6, 0), term("Mental health", root+"disciplines/mental-health/", 3, 1),
		term("Midwifery", root+"disciplines/midwifery/", 1, 0), term("Stroke and rehabilitation", root+"disciplines/stroke/", 0, 0),
	}
}

func sampleHome() site.Page {
	problems := principleCards("./")
	for i := range problems {
		problems[i].Problem = problems[i].Question
	}
	return &site.HomePage{
		Base: sampleBase("/", "./", "Casebook"), Tagline: "Case studies of health partnership, principle by principle", Principles: problems,
		Text: site.Text{Lede: "In short.", Body: sampleBody()}, Heading: "What partnerships learned", Searches: []string{"Tanzania", "Mental health"}, Featured: cards("./")[0],
		Challenges: cards("./")[1:2], Countries: countryTerms("./"), Disciplines: disciplineTerms("./"), Recent: cards("./"),
		Totals: site.Totals{Examples: 13, Challenges: 8, Programmes: 5, Countries: 9},
	}
}

func samplePrinciples() site.Page {
	return &site.PrinciplesPage{Base: sampleBase("/principles/", "../", ""), Principles: principleCards("../")}
}

func samplePrinciple() site.Page {
	root := "../../"
	p := principleCards(root)[4]
	hallmark := &content.HallmarkFields{Title: "Clear, stable governance", Summary: "Structures carry the partnership, so that it does not hang on one or two devoted people.", Question: "Who would take over from each key person?", Basis: content.BasisSource}
	return &site.PrinciplePage{
		Base:      sampleBase("/principles/organised-and-accountable/", root, p.Label, site.Link{Key: "principles.title", Href: "../"}),
		Principle: &content.PrincipleFields{Number: p.Number, Title: p.Label, Summary: p.Summary, Question: p.Question},
		Text:      site.Text{Lede: "In short.", Body: sampleBody()},
		Hallmarks: []site.HallmarkSection{
			{Term: p.Hallmarks[0], Hallmark: hallmark, Cases: cards(root)[:2], Resources: resourceCards(root)},
			{Term: term("Budgets that all can see", "budgets/", 0, 0), Hallmark: &content.HallmarkFields{Title: "Budgets that all can see", Basis: content.BasisEditor}},
		},
		Examples: cards(root)[2:], Challenges: cards(root)[1:2], Programmes: programmeCards(root)[:1], Total: p.Term,
		Countries: countryTerms(root)[:3], Sources: []site.Reference{sampleReference()},
		Previous: link("Respectful and reciprocal", "../respectful-and-reciprocal/"), Next: link("Responsible", "../responsible/"),
	}
}

// around returns the links around the fifth principle, with its first hallmark.
func around(root string, hallmark site.Link) site.Around {
	p := principleCards(root)
	return site.Around{
		Principle:     site.PrincipleTag{Link: p[4].Link, Number: 5, Hallmarks: []site.Link{hallmark, *link("Budgets that all can see", p[4].Href+"budgets/")}},
		NextPrinciple: &site.PrincipleTag{Link: p[5].Link, Number: 6},
	}
}

func sampleHallmark() site.Page {
	root := "../../../"
	p := principleCards(root)[4]
	return &site.HallmarkPage{
		Base:     sampleBase("/principles/organised-and-accountable/stable-governance/", root, "Clear, stable governance", site.Link{Key: "principles.title", Href: "../../"}, site.Link{Label: p.Label, Href: "../"}),
		Hallmark: &content.HallmarkFields{Title: "Clear, stable governance", Summary: "Structures carry the partnership.", Question: "Who would take over from each key person?", Basis: content.BasisEditor},
		Around:   around(root, site.Link{Label: "Clear, stable governance"}),
		Groups:   []site.KindGroup{{Kind: content.Example, Cases: cards(root)[:1]}, {Kind: content.Challenge, Cases: cards(root)[1:2]}},
		Pager:    sampleList(root).Pager, Resources: resourceCards(root), Countries: "countries/", Next: link("Budgets that all can see", "../budgets/"),
	}
}

func samplePrincipleInCountry() site.Page {
	root := "../../../../"
	p := principleCards(root)[4]
	return &site.PrincipleInCountryPage{
		Base:   sampleBase("/principles/organised-and-accountable/in/tanzania/", root, "", site.Link{Key: "principles.title", Href: "../../../"}, site.Link{Label: p.Label, Href: "../../"}),
		Around: around(root, p.Hallmarks[0].Link), Country: *link("Tanzania", root+"countries/tanzania/"), List: sampleList(root), Programmes: cards(root)[:1],
	}
}

func sampleGroups(root string) site.GroupList {
	return site.GroupList{
		Groups: []site.Group{
			{Link: *link("Tanzania", root+"countries/tanzania/"), ID: "group-tanzania", Total: 2, Cases: cards(root)[:2]},
			{Link: *link("Uganda", root+"countries/uganda/"), ID: "group-uganda", Total: 1, Cases: cards(root)[2:]},
		},
		Pager: site.Pager{Number: 1, Pages: 1, Total: 3},
	}
}

func sampleHallmarkCountries() site.Page {
	root := "../../../../"
	p := principleCards(root)[4]
	return &site.HallmarkCountriesPage{
		Base:   sampleBase("/principles/organised-and-accountable/stable-governance/countries/", root, "", site.Link{Key: "principles.title", Href: "../../../"}, site.Link{Label: p.Label, Href: "../../"}, site.Link{Label: "Clear, stable governance", Href: "../"}),
		Around: around(root, p.Hallmarks[0].Link), Hallmark: *link("Clear, stable governance", "../"), GroupList: sampleGroups(root),
	}
}

func sampleDisciplinePrinciples() site.Page {
	root := "../../../"
	list := sampleGroups(root)
	for i, p := range principleCards(root)[3:5] {
		list.Groups[i].Link, list.Groups[i].ID = p.Link, "group-principle"+p.Label[:1]
	}
	return &site.DisciplinePrinciplesPage{
		Base:       sampleBase("/disciplines/mental-health/principles/", root, "", site.Link{Key: "disciplines.title", Href: "../../"}, site.Link{Label: "Mental health", Href: "../"}),
		Discipline: *link("Mental health", "../"), GroupList: list,
	}
}

func sampleData() site.Page {
	return &site.DataPage{Base: sampleBase("/data/", "../", ""), Bundle: &site.Bundle{Href: "../site.zip", Size: 4_300_000, Date: content.Date{Year: 2026, Month: 11, Day: 29}}, Fields: []site.DataField{
		{Name: "title", Help: "What the case study is called."},
		{Name: "kind", Help: "What it is <or was>.", Only: []string{"example", "challenge"}},
	}}
}

func sampleSaved() site.Page {
	return &site.SavedPage{Base: sampleBase("/saved/", "../", ""), CitationFiles: true}
}

func sampleCompare() site.Page {
	return &site.ComparePage{Base: sampleBase("/compare/", "../", "")}
}

func sampleHealthCheck() site.Page {
	page := &site.HealthCheckPage{Base: sampleBase("/health-check/", "../", "", site.Link{Key: "principles.title", Href: "../principles/"})}
	for _, p := range principleCards("../")[:5] {
		c := site.Checkup{
			PrincipleTag: site.PrincipleTag{Link: p.Link, Number: p.Number}, ID: "check-" + p.Label[:3],
			Questions: []site.Question{{ID: p.Label, Text: p.Question}},
		}
		for _, h := range p.Hallmarks {
			c.Questions = append(c.Questions, site.Question{Link: h.Link, ID: p.Label + "/" + h.Label, Text: "Who would take over from each key person?"})
		}
		page.Principles = append(page.Principles, c)
	}
	page.Principles[4].Lang = "fr"
	return page
}

func sampleCoverage() site.Page {
	page := &site.CoveragePage{Base: sampleBase("/coverage/", "../", "")}
	for _, kind := range []site.MatrixKind{site.PrinciplesByCountry, site.PrinciplesByDiscipline, site.HallmarksByCountry} {
		t := site.Matrix{Kind: kind, ID: string(kind), Scale: site.Scale{{Shade: 1, From: 1, To: 2}, {Shade: 2, From: 3, To: 5}}, Empty: []site.Link{{Label: "Zambia", Href: "../countries/zambia/"}}}
		for _, p := range principleCards("../") {
			t.Columns = append(t.Columns, site.Column{Link: p.Link, Number: p.Number})
		}
		rows := countryTerms("../")
		if kind == site.PrinciplesByDiscipline {
			rows = disciplineTerms("../")
		}
		for r, row := range rows {
			cells := make([]site.Cell, len(t.Columns))
			for c := range cells {
				cells[c].Column = t.Columns[c].Label
				if n := (r*5 + c*3) % 7; n < 4 && n+(r+c)%3 > 0 {
					cells[c] = site.Cell{Column: t.Columns[c].Label, Href: row.Href, Examples: n, Challenges: (r + c) % 3, Shade: 1 + (n+(r+c)%3)/3}
				}
			}
			t.Rows = append(t.Rows, site.MatrixRow{Link: row.Link, Cells: cells})
		}
		page.Tables = append(page.Tables, t)
	}
	page.Stated = []site.Stated{{What: "cost", Count: 1, Total: 13}, {What: "needs", Count: 0, Total: 13}}
	return page
}

func sampleCountries() site.Page {
	return &site.CountriesPage{Base: sampleBase("/countries/", "../", ""), Countries: countryTerms("../")}
}

func sampleMap() site.Page {
	return &site.MapPage{
		Base: sampleBase("/map/", "../", "", site.Link{Key: "countries.title", Href: "../countries/"}), Width: 2000, Height: 865, Land: "M10 10l5 5-5 5z",
		Countries: []site.MapCountry{
			{Term: term("Uganda", "../countries/uganda/", 12, 0), Path: "M1190 460l9 2-4 12z", Shades: site.Shades{All: 2, Examples: 2}},
			{Term: term("São Tomé & Príncipe", "../countries/sao-tome-principe/", 1, 0), X: 1036, Y: 482, Shades: site.Shades{All: 1, Examples: 1}},
		},
		Scale: site.Scale{{Shade: 1, From: 1, To: 1}, {Shade: 2, From: 2, To: 12}},
	}
}

func sampleCountry() site.Page {
	root := "../../"
	mirembe := term("Mirembe Hospital", root+"organisations/mirembe-hospital/", 1, 0)
	mirembe.Note = "Tanzania"
	return &site.CountryPage{
		Base: sampleBase("/countries/tanzania/", root, "Tanzania", site.Link{Key: "countries.title", Href: "../"}), Country: countryTerms(root)[2],
		Principles: principleTerms(root), Nations: []site.Term{term("Wales", root+"countries/wales/", 1, 0)},
		List: sampleList(root), Organisations: []site.Term{mirembe},
	}
}

func sampleDisciplines() site.Page {
	return &site.DisciplinesPage{Base: sampleBase("/disciplines/", "../", ""), Disciplines: disciplineTerms("../")}
}

func sampleDiscipline() site.Page {
	root := "../../"
	return &site.DisciplinePage{
		Base: sampleBase("/disciplines/mental-health/", root, "Mental health", site.Link{Key: "disciplines.title", Href: "../"}), Discipline: disciplineTerms(root)[1],
		Alternative: []string{"psychiatry", "community mental health", "substance misuse"}, Principles: principleTerms(root), List: sampleList(root),
	}
}

func sampleOrganisations() site.Page {
	return &site.OrganisationsPage{Base: sampleBase("/organisations/", "../", ""), Groups: []site.OrganisationGroup{
		{Type: "hospital", Organisations: []site.Term{{Link: *link("Mirembe Hospital", "mirembe-hospital/"), Note: "Tanzania", Examples: 1}}},
		{Type: "", Organisations: []site.Term{{Link: *link("Somebody", "somebody/")}}},
	}}
}

func sampleOrganisation() site.Page {
	root := "../../"
	return &site.OrganisationPage{
		Base: sampleBase("/organisations/dfid/", root, "Department for International Development", site.Link{Key: "organisations.title", Href: "../"}),
		Organisation: &content.OrganisationFields{
			Name: "Department for International Development", Names: []string{"DFID", "DfID"}, Type: "government",
			URL: "https://www.gov.uk/dfid", Ended: content.Date{Year: 2020, Month: 9},
		},
		Total: term("Department for International Development", "./", 2, 1), Country: *link("United Kingdom", root+"countries/united-kingdom/"),
		Members: []site.Link{*link("Mirembe Hospital", "../mirembe-hospital/")}, Partnerships: []site.Link{*link("Butabika Partnership", "../butabika-partnership/")},
		Successor: link("Foreign, Commonwealth and Development Office", "../fcdo/"), Predecessors: []site.Link{*link("Overseas Development Administration", "../oda/")},
		List: sampleList(root),
	}
}

func programmeCards(root string) []*site.Card {
	return []*site.Card{{
		Link:    site.Link{Label: "Health Partnership Scheme", Href: root + "cases/health-partnership-scheme/"},
		Summary: "A scheme funded by the Department for International Development and managed by THET.",
		Kind:    content.Programme, Countries: []string{"Uganda", "Zambia"}, When: site.Period{From: 2010, To: 2016},
	}}
}

func sampleProgrammes() site.Page {
	return &site.ProgrammesPage{Base: sampleBase("/programmes/", "../", ""), Programmes: []site.ProgrammeCard{{Card: programmeCards("../")[0], Examples: 7, Challenges: 2}}}
}

func sampleCases() site.Page {
	return &site.CasesPage{Base: sampleBase("/cases/page/2/", "../../../", "", site.Link{Key: "cases.title", Href: "../../"}), List: sampleList("../../../")}
}

func sampleIndex() site.Page {
	titles := cards("../../")
	return &site.IndexPage{
		Base:    sampleBase("/cases/a-z/", "../../", "", site.Link{Key: "cases.title", Href: "../"}),
		Letters: []site.LetterLink{{Letter: "A", Href: "#letter-a"}, {Letter: "B", Href: "#letter-b"}, {Letter: "C"}},
		Groups:  []site.LetterGroup{{Letter: "A", ID: "letter-a", Cases: titles[1:2]}, {Letter: "B", ID: "letter-b", Cases: titles[2:]}},
		Pager:   sampleList("../../").Pager,
	}
}

func sampleChallenges() site.Page {
	return &site.ChallengesPage{Base: sampleBase("/challenges/", "../", ""), Principles: principleTerms("../"), List: sampleList("../")}
}

func sampleWithdrawn() site.Page {
	return &site.WithdrawnPage{
		Base:       sampleBase("/cases/withdrawn/", "../../", "A case that was here", site.Link{Key: "cases.title", Href: "../"}),
		Withdrawal: content.Withdrawal{Date: content.Date{Year: 2025, Month: 2, Day: 1}, Reason: "One partner no longer agrees to this account."},
	}
}

func sampleResources() site.Page {
	return &site.ResourcesPage{Base: sampleBase("/resources/", "../", ""), Groups: []site.ResourceGroup{
		{Type: "template", Resources: resourceCards("../")[:1]}, {Type: "guidance", Resources: resourceCards("../")[1:]}, {Type: "tool"},
	}}
}

func sampleResource() site.Page {
	root := "../../"
	return &site.ResourcePage{
		Base: sampleBase("/resources/terms/", root, "Terms of reference for a joint committee", site.Link{Key: "resources.title", Href: "../"}),
		Resource: &content.ResourceFields{
			Title: "Terms of reference for a joint committee", Summary: "Two pages to adapt.", Type: "template",
			URL: "https://example.org/terms", Format: "PDF", LastChecked: content.Date{Year: 2026, Month: 11, Day: 2},
		},
		Text: site.Text{Lede: "In short.", Body: sampleBody()}, Download: &site.Download{Href: "terms.pdf", Format: "PDF", Bytes: 1_234_567},
		Hallmarks: []site.HallmarkUse{{
			Link: *link("Clear, stable governance", root+"principles/organised-and-accountable/stable-governance/"), Principle: *link("Organised and accountable", root+"principles/organised-and-accountable/"),
			Why: "Names deputies, so that the committee meets when its chair is away.",
		}},
		Cases: cards(root)[:1], Sources: []site.Reference{sampleReference()}, Licence: site.Licence{ID: "CC0-1.0"},
	}
}

func sampleYears() site.Page {
	return &site.YearsPage{Base: sampleBase("/years/", "../", ""), Years: []site.Term{term("2016", "2016/", 3, 5), term("2010", "2010/", 1, 0)}}
}

func sampleYear() site.Page {
	return &site.YearPage{Base: sampleBase("/years/2016/", "../../", "2016", site.Link{Key: "years.title", Href: "../"}), Year: "2016", List: sampleList("../../")}
}

func sampleProgrammeCases() site.Page {
	return &site.ProgrammeCasesPage{
		Base:      sampleBase("/programmes/scheme/", "../../", "", site.Link{Key: "programmes.title", Href: "../"}),
		Programme: *link("A scheme", "../../cases/scheme/"), List: sampleList("../../"),
	}
}

func sampleSearch() site.Page {
	return &site.SearchPage{Base: sampleBase("/search/", "../", ""), Filters: "principle hallmark country discipline kind year programme organisation"}
}

func sampleText() site.Page {
	return &site.TextPage{
		Base: sampleBase("/contribute/", "../", "How to contribute"),
		Page: &content.PageFields{Title: "How to contribute", Summary: "What we ask of an account, and why."}, Text: site.Text{Lede: "In short.", Body: sampleBody()},
	}
}

func sampleRedirect() site.Page {
	return &site.RedirectPage{Base: sampleBase("/old/", "../", "Governance that outlasts individuals"), To: *link("Governance that outlasts individuals", "../cases/governance/")}
}

func sampleNotFound() site.Page {
	b := sampleBase("/404.html", "/kb/", "")
	b.Breadcrumbs = nil
	return &site.NotFoundPage{Base: b}
}
