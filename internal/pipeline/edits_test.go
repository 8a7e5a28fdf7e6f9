package pipeline_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"maps"
	"path"
	"slices"
	"strings"

	"casebook/internal/content"

	"pgregory.net/rapid"
)

// base is a small knowledge base as data, so that random edits make sense: when an id
// changes, references to it change too, as when a person renames something.
type base struct {
	Title, Tagline, Language, Label, Uganda, Licence string
	PageSize                                         int
	Gap                                              int // number of comments at the top of organisations.yaml
	OwnTheme                                         bool

	Principles    []principle
	Disciplines   []named
	Organisations []named
	References    []named
	Resources     []resource
	Pages         []named
	Cases         []study
	Theme         map[string]string // files of the site's theme
	Broken        map[string]string // files with a mistake, which replace those above, or gone
	Today         content.Date
}

type named struct{ ID, Name, Other, Extra string }

type principle struct {
	named
	Number    int
	Body      string
	Hallmarks []named
}

type resource struct {
	named
	Hallmark string
	Body     string
	Alias    string
}

type study struct {
	ID, Title, Kind, Body                  string
	Hallmark, Principle, Country, Subject  string
	Subject2                               string
	Partner, Partnership, Programme        string
	Source, Alias, Related, Link, Resource string
	Published, ReviewBy                    string
	Draft, Withdrawn, Folder               bool
	Picture                                int // width of its picture, or 0; only for a case in a folder
}

// gone is the text of a file that does not exist.
const gone = "\x00gone"

// newBase returns the knowledge base at the start of a sequence of edits, with at most 9
// case studies.
func newBase(cases int) *base {
	b := &base{
		Title: "Small casebook", Tagline: "A few cases", Language: "en", Label: "Countries", Uganda: "Uganda", Licence: "CC-BY-4.0", PageSize: 3, OwnTheme: true,
		Disciplines:   []named{{"nursing", "Nursing", "nurse", ""}, {"surgery", "Surgery", "operations", ""}, {"pharmacy", "Pharmacy", "medicines", ""}},
		Organisations: []named{{"north-hospital", "North Hospital", "The North", "hospital"}, {"south-trust", "South Trust", "", "nhs-trust"}, {"a-link", "Link of Both", "", "partnership"}},
		References:    []named{{"report", "A report", "", "2016"}, {"article", "An article", "", "2021"}},
		Pages:         []named{{"about", "About", "What this is", ""}, {"contribute", "Contribute", "How to", ""}},
		Resources:     []resource{{named{"guide", "A guide", "It guides", "It says how"}, "h1", "Read it.", ""}},
		Theme:         map[string]string{"strings/en.yaml": "site.report: Tell us\n"},
		Broken:        map[string]string{},
		Today:         content.Date{Year: 2026, Month: 11, Day: 24},
	}
	for n := range 2 {
		b.Principles = append(b.Principles, principle{
			named{fmt.Sprintf("p%d", n+1), fmt.Sprintf("Principle %d", n+1), "What is asked", "In short"},
			n + 1, "Ask first.",
			[]named{{fmt.Sprintf("h%d", 2*n+1), fmt.Sprintf("Hallmark %d", 2*n+1), "Is it", "It is"}, {fmt.Sprintf("h%d", 2*n+2), fmt.Sprintf("Hallmark %d", 2*n+2), "Is it so", "It is so"}},
		})
	}
	for n := range 9 {
		s := study{ID: fmt.Sprintf("case-%d", n), Title: fmt.Sprintf("Case %c of many", 'A'+n), Kind: "example", Body: "It went so.", Published: fmt.Sprintf("2026-0%d-01", n+1), Source: b.References[n%2].ID}
		s.Hallmark, s.Country, s.Subject, s.Partner = fmt.Sprintf("h%d", n%4+1), countries[n%3], b.Disciplines[n%3].ID, b.Organisations[n%2].ID
		switch n {
		case 0:
			s.Kind = "programme"
		case 1:
			s.Kind, s.ReviewBy, s.Partnership = "challenge", "2026-12-01", "a-link"
		case 2, 3:
			s.Programme, s.Resource = "case-0", "guide"
		case 6, 7, 8:
			s.Programme = "case-0"
		case 4:
			s.Folder, s.Alias, s.Programme = true, "old-four", "case-0"
		case 5:
			s.Related, s.Link = "case-6", "case-7"
		}
		if n > 5 { // these are similar, and related to each other
			s.Country, s.Subject, s.Subject2 = "Kenya", "surgery", "nursing"
		}
		b.Cases = append(b.Cases, s)
	}
	for _, s := range b.Cases[cases:] {
		b.renameCase(s.ID, "") // removes references to it
	}
	b.Cases = b.Cases[:cases]
	return b
}

var countries = []string{"Uganda", "Zambia", "United Kingdom", "Wales", "Kenya"}

// clone returns a deep copy.
func (b *base) clone() *base {
	data, err := json.Marshal(b)
	if err != nil {
		panic(err)
	}
	c := new(base)
	if err := json.Unmarshal(data, c); err != nil {
		panic(err)
	}
	return c
}

// files returns the files of the knowledge base.
func (b *base) files() folder {
	f := folder{}
	site := fmt.Sprintf("title: %s\ntagline: %s\nbase_url: https://example.org/kb/\nlanguage: %s\nlicence: %s\ncontact: editors@example.org\nnavigation:\n  - {label: %s, path: /countries/}\npage_size: %d\ncountries: {UG: %s}\n",
		b.Title, b.Tagline, b.Language, b.Licence, b.Label, b.PageSize, b.Uganda)
	if b.OwnTheme {
		site += "theme: own\n"
	}
	f["content/site.yaml"] = site
	for _, p := range b.Principles {
		text := fmt.Sprintf("---\nnumber: %d\ntitle: %s\nquestion: %s\nsummary: %s\nhallmarks:\n", p.Number, p.Name, p.Other, p.Extra)
		for _, h := range p.Hallmarks {
			text += fmt.Sprintf("  - {id: %s, title: %s, question: %s, summary: %s}\n", h.ID, h.Name, h.Other, h.Extra)
		}
		f["content/principles/"+p.ID+".md"] = text + "---\n\n" + p.Body + "\n"
	}
	list := func(name, top, format string, all []named) {
		var text strings.Builder
		text.WriteString(top)
		for _, n := range all {
			fmt.Fprintf(&text, format, n.ID, n.Name, n.Other, n.Extra)
		}
		f["content/"+name] = text.String()
	}
	list("disciplines.yaml", "", "- {id: %s, label: %s, alternative: [%s]}%[4]s\n", b.Disciplines)
	list("organisations.yaml", strings.Repeat("# Who takes part\n", b.Gap), "- {id: %s, name: %s, aliases: [%s], type: %s, country: Uganda}\n", b.Organisations)
	list("references.yaml", "", "- {id: %s, type: report, title: %s%s, issued: %s}\n", b.References)
	for _, r := range b.Resources {
		text := fmt.Sprintf("---\ntitle: %s\nsummary: %s\ntype: guidance\nhallmarks: [{id: %s, why: %s}]\nfile: plan.txt\n", r.Name, r.Other, r.Hallmark, r.Extra)
		if r.Alias != "" {
			text += "aliases: [/" + r.Alias + "/]\n"
		}
		f["content/resources/"+r.ID+"/index.md"] = text + "---\n\n" + r.Body + "\n"
		f["content/resources/"+r.ID+"/plan.txt"] = "A plan for " + r.Name + "\n"
	}
	for _, p := range b.Pages {
		f["content/pages/"+p.ID+".md"] = fmt.Sprintf("---\ntitle: %s\nsummary: %s\n---\n\nText.\n", p.Name, p.Other)
	}
	for _, s := range b.Cases {
		f[s.file()] = b.caseText(s)
		if s.Folder {
			f[path.Dir(s.file())+"/plan.txt"] = "The plan of " + s.ID + "\n"
			if s.Picture > 0 {
				f[path.Dir(s.file())+"/ward.png"] = plainPicture(s.Picture)
			}
		}
	}
	for name, text := range b.Theme {
		f["themes/own/"+name] = text
	}
	maps.Copy(f, b.Broken)
	maps.DeleteFunc(f, func(_, text string) bool { return text == gone })
	return f
}

// plainPicture returns a PNG whose bytes depend only on its width.
func plainPicture(width int) string {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, 3))); err != nil {
		panic(err)
	}
	return b.String()
}

func (s study) file() string {
	if s.Folder {
		return "content/cases/" + s.ID + "/index.md"
	}
	return "content/cases/" + s.ID + ".md"
}

func (b *base) caseText(s study) string {
	var t strings.Builder
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&t, "%s: %s\n", name, value)
		}
	}
	t.WriteString("---\n")
	field("title", s.Title)
	field("kind", s.Kind)
	field("hallmarks", s.Hallmark)
	field("principles", s.Principle)
	field("countries", s.Country)
	if s.Subject2 == "" || s.Subject2 == s.Subject {
		field("disciplines", s.Subject)
	} else {
		field("disciplines", "["+s.Subject+", "+s.Subject2+"]")
	}
	field("partners", s.Partner)
	field("partnership", s.Partnership)
	if named := slices.DeleteFunc([]string{s.Partner, s.Partnership}, func(id string) bool { return id == "" }); s.Kind == "challenge" && len(named) > 0 {
		field("agreed_by", "["+strings.Join(named, ", ")+"]")
	}
	field("programme", s.Programme)
	field("sources", s.Source)
	field("related", s.Related)
	field("resources", s.Resource)
	field("published", s.Published)
	field("review_by", s.ReviewBy)
	if s.Alias != "" {
		field("aliases", "[/"+s.Alias+"/]")
	}
	if s.Draft {
		field("draft", "true")
	}
	if s.Withdrawn {
		field("withdrawn", "{date: 2026-11-01, reason: A mistake}")
	}
	t.WriteString("---\n\n" + s.Body + "\n")
	if to := b.study(s.Link); to != nil && !to.Draft {
		from := path.Dir(s.file())
		fmt.Fprintf(&t, "\nSee [another case](%s%s).\n", strings.Repeat("../", strings.Count(from, "/")), strings.TrimPrefix(to.file(), "content/"))
	}
	if s.Folder {
		t.WriteString("\nSee [the plan](plan.txt).\n")
		if s.Picture > 0 {
			t.WriteString("\n![The ward](ward.png)\n")
		}
	}
	return t.String()
}

func (b *base) study(id string) *study {
	for i := range b.Cases {
		if b.Cases[i].ID == id {
			return &b.Cases[i]
		}
	}
	return nil
}

// renameCase changes an id and all references to it.
func (b *base) renameCase(from, to string) {
	for i := range b.Cases {
		s := &b.Cases[i]
		for _, ref := range []*string{&s.ID, &s.Programme, &s.Related, &s.Link} {
			if *ref == from {
				*ref = to
			}
		}
	}
}

func (b *base) removeCase(id string) {
	b.Cases = slices.DeleteFunc(b.Cases, func(s study) bool { return s.ID == id })
	b.renameCase(id, "")
}

// words makes texts that no earlier edit has written, by counting them.
type words int

func (w *words) next(prefix string) string {
	*w++
	return fmt.Sprintf("%s %d", prefix, int(*w))
}

// randomEdits returns the kinds of edit by name. Each is a function that changes the
// knowledge base, and reports false if it has nothing to change.
func randomEdits(w *words, templates func(name string) string) map[string]func(*rapid.T, *base) bool {
	some := func(t *rapid.T, b *base) *study {
		return &b.Cases[rapid.IntRange(0, len(b.Cases)-1).Draw(t, "case")]
	}
	// of changes a random case.
	of := func(change func(*rapid.T, *base, *study)) func(*rapid.T, *base) bool {
		return func(t *rapid.T, b *base) bool {
			if len(b.Cases) == 0 {
				return false
			}
			change(t, b, some(t, b))
			return true
		}
	}
	oneOf := func(t *rapid.T, values ...string) string { return rapid.SampledFrom(values).Draw(t, "value") }
	// another sets a value to a different one.
	another := func(t *rapid.T, value *string, values ...string) {
		*value = oneOf(t, slices.DeleteFunc(values, func(v string) bool { return v == *value })...)
	}
	ids := func(all []named) []string {
		var ids []string
		for _, n := range all {
			ids = append(ids, n.ID)
		}
		return ids
	}
	hallmarks := func(b *base) []string {
		var all []string
		for _, p := range b.Principles {
			all = append(all, ids(p.Hallmarks)...)
		}
		return all
	}
	entry := func(t *rapid.T, all []named) *named { return &all[rapid.IntRange(0, len(all)-1).Draw(t, "entry")] }
	aPrinciple := func(t *rapid.T, b *base) *principle {
		return &b.Principles[rapid.IntRange(0, len(b.Principles)-1).Draw(t, "principle")]
	}
	// theme writes a file of the site's theme with a new text, which all pages
	// that use the file show.
	theme := func(b *base, name, old, new string) bool {
		text := templates(name)
		if !b.OwnTheme || !strings.Contains(text, old) {
			panic(name + " does not contain " + old)
		}
		b.Theme[name] = strings.Replace(text, old, new, 1)
		return true
	}
	return map[string]func(*rapid.T, *base) bool{
		"nothing": func(*rapid.T, *base) bool { return true },
		"add case": func(t *rapid.T, b *base) bool {
			if len(b.Cases) > 20 {
				return false
			}
			title := w.next("New case")
			b.Cases = append(b.Cases, study{
				ID: strings.ReplaceAll(strings.ToLower(title), " ", "-"), Title: title, Kind: oneOf(t, "example", "challenge"), Body: "New.",
				Hallmark: oneOf(t, hallmarks(b)...), Country: oneOf(t, countries...), Subject: oneOf(t, ids(b.Disciplines)...), Source: b.References[0].ID, Published: "2026-11-02",
			})
			return true
		},
		"delete case": of(func(_ *rapid.T, b *base, s *study) { b.removeCase(s.ID) }),
		"rename case": of(func(_ *rapid.T, b *base, s *study) {
			// An id that may come before or after other ids.
			b.renameCase(s.ID, strings.ReplaceAll(w.next(string(rune('a'+(7*int(*w))%26))), " ", "-"))
		}),
		"move file to folder": of(func(_ *rapid.T, b *base, s *study) {
			s.Folder = !s.Folder
		}),
		"rename folder": func(_ *rapid.T, b *base) bool {
			for _, s := range b.Cases {
				if s.Folder {
					b.renameCase(s.ID, strings.ReplaceAll(w.next("folder"), " ", "-"))
					return true
				}
			}
			return false
		},
		"swap two ids": func(t *rapid.T, b *base) bool {
			if len(b.Cases) == 0 {
				return false
			}
			one, other := some(t, b), some(t, b)
			if one.Kind != other.Kind || one == other {
				return false
			}
			one.ID, other.ID = other.ID, one.ID
			return true
		},
		"picture": of(func(t *rapid.T, _ *base, s *study) {
			others := slices.DeleteFunc([]int{20, 481, 482}, func(width int) bool { return width == s.Picture })
			s.Folder, s.Picture = true, rapid.SampledFrom(others).Draw(t, "width")
		}),
		"no picture": of(func(_ *rapid.T, _ *base, s *study) { s.Picture = 0 }),
		"body":       of(func(_ *rapid.T, _ *base, s *study) { s.Body = w.next("It went otherwise, as") }),
		"title":      of(func(_ *rapid.T, _ *base, s *study) { s.Title = w.next(string(rune('A' + int(*w)%26))) }),
		"published":  of(func(_ *rapid.T, _ *base, s *study) { *w++; s.Published = fmt.Sprintf("20%02d-03-04", 10+int(*w)%16) }),
		"principle": of(func(t *rapid.T, b *base, s *study) {
			another(t, &s.Principle, "", b.Principles[0].ID, b.Principles[1].ID)
		}),
		"hallmark": of(func(t *rapid.T, b *base, s *study) { another(t, &s.Hallmark, hallmarks(b)...) }),
		"discipline": of(func(t *rapid.T, b *base, s *study) {
			another(t, &s.Subject, append(ids(b.Disciplines), w.next("Art of"))...)
		}),
		"second discipline": of(func(t *rapid.T, b *base, s *study) {
			another(t, &s.Subject2, append(ids(b.Disciplines), "")...)
		}),
		"country": of(func(t *rapid.T, _ *base, s *study) { another(t, &s.Country, slices.Clone(countries)...) }),
		"organisation": of(func(t *rapid.T, b *base, s *study) {
			another(t, &s.Partner, append(ids(b.Organisations), w.next("Trust of"))...)
		}),
		"partnership": of(func(t *rapid.T, _ *base, s *study) { another(t, &s.Partnership, "", "a-link") }),
		"programme": of(func(_ *rapid.T, b *base, s *study) {
			if s.Programme != "" {
				s.Programme = ""
				return
			}
			for _, other := range b.Cases {
				if other.Kind == "programme" && s.Kind != "programme" {
					s.Programme = other.ID
				}
			}
		}),
		"kind": of(func(t *rapid.T, _ *base, s *study) {
			if s.Kind != "programme" { // other case studies belong to a programme
				s.Kind = oneOf(t, "example", "challenge")
			}
		}),
		"related": of(func(t *rapid.T, b *base, s *study) { s.Related = some(t, b).ID }),
		"link":    of(func(t *rapid.T, b *base, s *study) { s.Link = some(t, b).ID }),
		"source":  of(func(t *rapid.T, b *base, s *study) { another(t, &s.Source, ids(b.References)...) }),
		"alias": of(func(_ *rapid.T, _ *base, s *study) {
			if s.Alias = strings.ReplaceAll(w.next("old"), " ", "-"); int(*w)%3 == 0 {
				s.Alias = ""
			}
		}),
		"draft":     of(func(_ *rapid.T, _ *base, s *study) { s.Draft = !s.Draft && s.Kind != "programme" }),
		"withdrawn": of(func(_ *rapid.T, _ *base, s *study) { s.Withdrawn = !s.Withdrawn }),
		"review date": of(func(t *rapid.T, _ *base, s *study) {
			another(t, &s.ReviewBy, "", "2026-11-20", "2026-11-26", "2026-11-30")
		}),

		"principle's title": func(t *rapid.T, b *base) bool { aPrinciple(t, b).Name = w.next("Principle"); return true },
		"principle's text":  func(t *rapid.T, b *base) bool { aPrinciple(t, b).Body = w.next("Ask"); return true },
		"principles' order": func(_ *rapid.T, b *base) bool {
			p := b.Principles
			p[0].Number, p[1].Number = p[1].Number, p[0].Number
			return true
		},
		"hallmark's title": func(t *rapid.T, b *base) bool {
			entry(t, aPrinciple(t, b).Hallmarks).Name = w.next("Hallmark")
			return true
		},
		"hallmark's text": func(t *rapid.T, b *base) bool {
			entry(t, aPrinciple(t, b).Hallmarks).Extra = w.next("It is")
			return true
		},
		"resource":        func(_ *rapid.T, b *base) bool { b.Resources[0].Name = w.next("Guide"); return true },
		"resource's text": func(_ *rapid.T, b *base) bool { b.Resources[0].Body = w.next("Read"); return true },
		"resource's alias": func(_ *rapid.T, b *base) bool {
			b.Resources[0].Alias = strings.ReplaceAll(w.next("guide"), " ", "-")
			return true
		},
		"page's title":       func(_ *rapid.T, b *base) bool { b.Pages[0].Name = w.next("About"); return true },
		"page's summary":     func(_ *rapid.T, b *base) bool { b.Pages[0].Other = w.next("What"); return true },
		"discipline's label": func(t *rapid.T, b *base) bool { entry(t, b.Disciplines).Name = w.next("Science"); return true },
		"discipline's other label": func(t *rapid.T, b *base) bool {
			entry(t, b.Disciplines).Other = w.next("study")
			return true
		},
		"comment above organisations": func(_ *rapid.T, b *base) bool { b.Gap = (b.Gap + 1) % 4; return true },
		"organisation's name":         func(t *rapid.T, b *base) bool { entry(t, b.Organisations).Name = w.next("Hospital"); return true },
		"organisation's alias":        func(t *rapid.T, b *base) bool { entry(t, b.Organisations).Other = w.next("Also"); return true },
		"organisation's type": func(t *rapid.T, b *base) bool {
			another(t, &b.Organisations[0].Extra, "hospital", "clinic", "ngo")
			return true
		},
		"reference's title": func(t *rapid.T, b *base) bool { entry(t, b.References).Name = w.next("Report"); return true },
		"reference's year": func(t *rapid.T, b *base) bool {
			another(t, &entry(t, b.References).Extra, "2015", "2016", "2021")
			return true
		},
		"add term": func(_ *rapid.T, b *base) bool {
			if len(b.Disciplines) > 6 {
				return false
			}
			name := w.next("Field")
			b.Disciplines = append(b.Disciplines, named{ID: strings.ReplaceAll(strings.ToLower(name), " ", "-"), Name: name, Other: w.next("of")})
			return true
		},

		"site's title":   func(_ *rapid.T, b *base) bool { b.Title = w.next("Casebook"); return true },
		"site's tagline": func(_ *rapid.T, b *base) bool { b.Tagline = w.next("Cases"); return true },
		"navigation":     func(_ *rapid.T, b *base) bool { b.Label = w.next("Where"); return true },
		"page size":      func(t *rapid.T, b *base) bool { b.PageSize = rapid.IntRange(2, 5).Draw(t, "size"); return true },
		"country's name": func(t *rapid.T, b *base) bool { another(t, &b.Uganda, "Uganda", "Republic of Uganda"); return true },
		"language":       func(t *rapid.T, b *base) bool { another(t, &b.Language, "en", "en-GB"); return true },
		"licence":        func(t *rapid.T, b *base) bool { another(t, &b.Licence, "CC-BY-4.0", "CC0-1.0"); return true },
		"build date": func(t *rapid.T, b *base) bool {
			b.Today.Day = rapid.IntRange(20, 30).Draw(t, "day")
			return true
		},

		"template": func(_ *rapid.T, b *base) bool {
			return theme(b, "layouts/case.html", "<article", "<article data-round=\""+w.next("")+"\"")
		},
		"list template": func(_ *rapid.T, b *base) bool {
			return theme(b, "layouts/country.html", "{{template \"bottom\" .}}", "<p>"+w.next("Round")+"</p>{{template \"bottom\" .}}")
		},
		"partial": func(_ *rapid.T, b *base) bool {
			return theme(b, "partials/bottom.html", "<footer", "<footer data-round=\""+w.next("")+"\"")
		},
		"stylesheet": func(_ *rapid.T, b *base) bool {
			b.Theme["assets/site.css"] = "body { order: " + w.next("")[1:] + " }\n"
			return true
		},
		"strings": func(_ *rapid.T, b *base) bool {
			b.Theme["strings/en.yaml"] = "site.report: " + w.next("Tell us") + "\n"
			return true
		},
		"theme": func(t *rapid.T, b *base) bool {
			for name := range b.Theme { // restores the default file
				if name != "strings/en.yaml" && rapid.Bool().Draw(t, "remove") {
					delete(b.Theme, name)
					return true
				}
			}
			return false
		},

		"break": func(t *rapid.T, b *base) bool {
			files := b.files()
			name := oneOf(t, slices.Sorted(maps.Keys(files))...)
			if strings.HasSuffix(name, ".css") || strings.HasSuffix(name, ".txt") {
				return false
			}
			b.Broken[name] = oneOf(t, "", gone, "---\ntitel: {\n", files[name]+"\n{{[no](no.md)\n")
			return true
		},
	}
}
