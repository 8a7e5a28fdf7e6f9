package theme_test

import (
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/site"
)

func sampleForm() site.Page {
	name := func(id, label string) library.Name { return library.Name{ID: id, Label: label} }
	return &site.FormPage{
		Base: sampleBase(site.FormPath, "../../", ""), WordForm: "case-study.docx", TableForm: "case-studies.xlsx",
		Mail: "editors@casebook.example", NewFile: site.NewFile{Href: "https://host.example/o/kb/new/main/content/cases", Name: "filename", Text: "value"}, Rules: `{"fields":[]}`,
		Parts: []site.FormPart{
			{Key: "basics", Fields: []site.FormField{
				{FormControl: site.FormControl{Path: "title", Key: "title", Help: "What the case study is called.", Example: "Burns care in Lilongwe", Control: site.Line, Required: true}},
				{FormControl: site.FormControl{Path: "kind", Key: "kind", Help: "What the case study is.", Control: site.Choice, Values: content.Example.Choices(), Default: "example"}},
				{FormControl: site.FormControl{Path: "hallmarks", Key: "hallmarks", Help: "The hallmarks that it illustrates.", Control: site.Boxes, Names: []library.Name{name("stable-governance", "Clear, stable governance")}}},
			}},
			{Key: "account", Fields: []site.FormField{
				{FormControl: site.FormControl{Path: "sources", Key: "sources", Help: "Where the account comes from.", Control: site.Several}, Many: true, Inner: []site.FormControl{
					{Path: "sources.1", Key: "references", Control: site.Menu, Names: []library.Name{name("thet-2016", "In our mutual interest")}},
					{Path: "sources.1.title", Key: "title", Help: "What the source is called.", Control: site.Line, Required: true, InPart: true},
				}},
			}},
			{Key: "work", Fields: []site.FormField{
				{FormControl: site.FormControl{Path: "countries", Key: "countries", Help: "Where the work took place.", Control: site.Several}, Many: true, Inner: []site.FormControl{
					{Path: "countries.1", Key: "countries", Control: site.Line, List: "names-countries"},
				}},
				{FormControl: site.FormControl{Path: "cost", Key: "cost", Help: "What the work cost.", Control: site.Several}, Inner: []site.FormControl{
					{Path: "cost.band", Key: "band", Help: "The total.", Control: site.Choice, Values: content.CostBand("").Choices()},
				}},
			}},
			{Key: "editors", Fields: []site.FormField{
				{FormControl: site.FormControl{Path: "draft", Key: "draft", Help: "Keeps it out of the published site.", Control: site.Tick}},
				{FormControl: site.FormControl{Path: "aliases", Key: "aliases", Help: "Old addresses of the page.", Control: site.Lines}},
			}},
		},
		Sections: []site.FormSection{
			{Section: content.Section{Heading: "What was done", Question: "What happened?"}, ID: "example-1", Kind: content.Example},
			{Section: content.Section{Heading: "What happened", Question: "What was hard?"}, ID: "challenge-1", Kind: content.Challenge},
		},
		Lists: []site.FormList{{ID: "names-countries", Names: []library.Name{name("Malawi", "Malawi"), name("Wales", "Wales")}}},
	}
}
