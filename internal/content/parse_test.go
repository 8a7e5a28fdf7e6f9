package content_test

import (
	"reflect"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

const smallestCase = `---
title: Governance that outlasts individuals
partners:
  - Mirembe Hospital
  - Central and North West London NHS Foundation Trust
countries: [Tanzania]
disciplines: [mental health]
hallmarks: [stable-governance]
sources: [thet-2016]
---
`

// entry parses a file that must have one entry, of type T, and no problems.
func entry[T content.Entry](t *testing.T, name, text string) T {
	t.Helper()
	p := content.Parse(name, []byte(text))
	if len(p.Problems) > 0 || len(p.Entries) != 1 {
		t.Fatalf("got %d entries and %v", len(p.Entries), p.Problems)
	}
	return p.Entries[0].(T)
}

func ref(text string, line, column int) content.Ref {
	return content.Ref{Text: text, Position: content.Position{Line: line, Column: column}}
}

func TestSmallestCase(t *testing.T) {
	c := entry[*content.CaseStudy](t, "cases/stable-governance/index.md", smallestCase)
	want := &content.CaseStudy{
		Source: content.Source{
			Class: content.CaseClass, ID: "stable-governance", File: "cases/stable-governance/index.md", At: content.Position{Line: 1, Column: 1}, Key: c.Key,
		},
		CaseFields: content.CaseFields{
			Title: "Governance that outlasts individuals", Kind: content.Example, TaggedBy: content.TaggedByAuthor,
		},
		Hallmarks: []content.Ref{ref("stable-governance", 8, 13)},
		Countries: []content.Ref{ref("Tanzania", 6, 13)}, Disciplines: []content.Ref{ref("mental health", 7, 15)},
		Partners: []content.Partner{
			{Organisation: ref("Mirembe Hospital", 4, 5), Role: content.RolePartner},
			{Organisation: ref("Central and North West London NHS Foundation Trust", 5, 5), Role: content.RolePartner},
		},
		Sources: []content.Citation{{Ref: ref("thet-2016", 9, 11)}},
	}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

func TestEveryFieldOfACase(t *testing.T) {
	c := entry[*content.CaseStudy](t, "cases/midwives.md", fullCase)
	for _, field := range reflect.VisibleFields(reflect.TypeFor[content.CaseStudy]()) {
		switch field.Name {
		case "Withdrawn", "Draft", "Source", "CaseFields", "Excerpted":
			continue
		}
		if reflect.ValueOf(c).Elem().FieldByIndex(field.Index).IsZero() {
			t.Errorf("%s is not read", field.Name)
		}
	}
	checks := []struct{ what, got, want any }{
		{"benefits", c.Benefits, content.Benefits{
			{Who: ref("Uganda", 23, 3), Texts: []string{"trained midwives", "a stronger association"}},
			{Who: ref("United Kingdom", 24, 3)},
		}},
		{"start", c.Start, content.Date{Year: 2011}},
		{"end", c.End.String(), "2014-06"},
		{"quantity", c.Indicators[0].Value, content.Quantity(">50,000")},
		{"as of", c.Indicators[0].AsOf, content.Date{Year: 2016, Month: 11, Day: 24}},
		{"citation", c.Quotes[0].Source, content.Citation{Title: "A report", URL: "https://example.org/report", Accessed: content.Date{Year: 2020, Month: 1, Day: 2}}},
		{"role", c.Partners[1].Role, content.RoleCoLead},
		{"authors", c.Authors, []content.Author{{Name: "Grace Okello"}, {Name: "Jane Smith", ORCID: "0000-0002-1825-0097"}}},
		{"led by", c.LedBy, content.LedBy{Planning: ref("joint", 20, 13), Delivery: ref("Uganda", 21, 13)}},
	}
	for _, check := range checks {
		if !reflect.DeepEqual(check.got, check.want) {
			t.Errorf("%s: got %+v, want %+v", check.what, check.got, check.want)
		}
	}
}

func TestBody(t *testing.T) {
	p := content.Parse("cases/midwives.md", []byte(fullCase))
	if len(p.Body.Links) != 1 || p.Body.Document.Links[0].Destination != "butabika.md" {
		t.Fatalf("got links %+v", p.Body.Document.Links)
	}
	if at := p.Body.Links[0]; at != (content.Position{Line: 63, Column: 22}) {
		t.Errorf("the link is at %+v", at)
	}
	broken := content.Parse("cases/midwives.md", []byte(fullCase+"\n[x](javascript:alert(1))\n"))
	if len(broken.Problems) != 1 || broken.Problems[0].Line != 67 {
		t.Errorf("the problem in the body is not at its line of the file: %v", broken.Problems)
	}
	doubtful := content.Parse("cases/midwives.md", []byte(fullCase+"\n[x][nope]\n"))
	if len(doubtful.Problems) != 1 || doubtful.Problems[0].Severity != problem.Warning {
		t.Errorf("got %v", doubtful.Problems)
	}
}

func TestYAMLKeepsWhatWasWritten(t *testing.T) {
	text := func(fields string) string {
		return "---\nprinciples: a\nsources: b\npartners: c\ndisciplines: d\n" + fields + "\n---\n"
	}
	tests := []struct{ name, fields, title, country string }{
		{"Norway", "title: NO\ncountries: [NO]", "NO", "NO"},
		{"a number", "title: 2016\ncountries: 010", "2016", "010"},
		{"a date", "title: 2016-11-24\ncountries: on", "2016-11-24", "on"},
		{"a boolean", "title: true\ncountries: [off]", "true", "off"},
		{"white space", "title: \"  two\\n  lines \"\ncountries:\n- UK", "two lines", "UK"},
		{"folded", "title: >-\n  two\n  lines\ncountries: UK # not reported", "two lines", ""},
		{"quotes", "title: 'Ward #4: a story'\ncountries: \"UK\" # a comment", "Ward #4: a story", "UK"},
		{"comments of their own", "# one\ntitle: A#1\n  # two\ncountries: UK", "A#1", "UK"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := content.Parse("cases/x.md", []byte(text(test.fields)))
			if wantComment := test.country == ""; wantComment != (len(p.Problems) == 1) {
				t.Fatalf("got %v", p.Problems)
			}
			c := p.Entries[0].(*content.CaseStudy)
			if c.Title != test.title || test.country != "" && c.Countries[0].Text != test.country {
				t.Errorf("got %q and %+v", c.Title, c.Countries)
			}
		})
	}
}

func TestSummaryDefaultsToFirstParagraph(t *testing.T) {
	long := strings.Repeat("word ", 80)
	tests := []struct{ body, want string }{
		{"A *short* one.\n\nAnother.\n", "A short one."},
		{"", ""},
		{long, long[:299] + "…"},
		{strings.Repeat("é", 400), strings.Repeat("é", 299) + "…"},
	}
	for _, test := range tests {
		c := entry[*content.CaseStudy](t, "cases/x.md", smallestCase+test.body)
		if c.Summary != test.want {
			t.Errorf("got %q, want %q", c.Summary, test.want)
		}
	}
}

func TestKeyCoversTheEntryAndNotTheBody(t *testing.T) {
	key := func(name, text string) [32]byte { return content.Parse(name, []byte(text)).Entries[0].Origin().Key }
	base := key("cases/x.md", smallestCase+"First.\n\nSecond.\n")
	same := key("cases/x.md", smallestCase+"First.\n\nAnother second.\n")
	if base != same {
		t.Error("an edit of the body after the first paragraph changes the key")
	}
	for name, other := range map[string][32]byte{
		"path":        key("cases/y.md", smallestCase+"First.\n\nSecond.\n"),
		"summary":     key("cases/x.md", smallestCase+"Fir.\n\nSecond.\n"),
		"frontmatter": key("cases/x.md", strings.Replace(smallestCase, "Tanzania", "Uganda", 1)+"First.\n\nSecond.\n"),
	} {
		if other == base {
			t.Errorf("the key does not depend on the %s", name)
		}
	}

	before := content.Parse("organisations.yaml", []byte(fullOrganisations))
	grown := content.Parse("organisations.yaml", []byte(strings.Replace(fullOrganisations, "  country: GB", "  country: GB\n  type: college", 1)))
	if before.Entries[0].Origin().Key == grown.Entries[0].Origin().Key {
		t.Error("the key of a changed entry does not change")
	}
	if before.Entries[1].Origin().Key != grown.Entries[1].Origin().Key {
		t.Error("the key of an entry depends on the entry before it")
	}
	if at := grown.Entries[1].(*content.Organisation).At; at.Line != 8 {
		t.Errorf("the entry is at %+v", at)
	}
}

func TestVocabularies(t *testing.T) {
	p := content.Parse("references.yaml", []byte(fullReferences))
	if len(p.Entries) != 2 {
		t.Fatalf("got %d entries: %v", len(p.Entries), p.Problems)
	}
	first, second := p.Entries[0].(*content.Reference), p.Entries[1].(*content.Reference)
	if first.ID != "thet-2016" || first.Issued.String() != "2016-11" || first.Volume != "6" || second.Issued.String() != "2020-03" ||
		!reflect.DeepEqual(first.Authors, []content.Name{{Family: "Smith", Given: "Jane"}, {Literal: "THET"}}) {
		t.Errorf("got %+v and %+v", first, second)
	}
	for _, text := range []string{"", "# none yet\n", "[]\n", "disciplines:\n", "disciplines: []\n"} {
		if p := content.Parse("disciplines.yaml", []byte(text)); len(p.Entries)+len(p.Problems) > 0 {
			t.Errorf("%q: got %v and %v", text, p.Entries, p.Problems)
		}
	}
	p = content.Parse("disciplines.yaml", []byte("disciplines:\n  - id: a\n    label: A: b\n  - id: c\n    label: C\n    alternative: c1\n"))
	if len(p.Problems) != 1 || len(p.Entries) != 1 || p.Entries[0].(*content.Term).Alternative[0] != "c1" {
		t.Errorf("a broken entry hides the next: %v, %v", p.Entries, p.Problems)
	}
}

func TestDefaults(t *testing.T) {
	site := entry[*content.Site](t, "site.yaml", "title: A\n")
	principle := entry[*content.Principle](t, "principles/strategic.md", fullPrinciple)
	if site.PageSize != 25 || site.Language != "en" || principle.Hallmarks[1].Basis != content.BasisSource || principle.Hallmarks[1].At != (content.Position{Line: 10, Column: 5}) {
		t.Errorf("got %+v and %+v", site, principle.Hallmarks)
	}
	withdrawn := entry[*content.CaseStudy](t, "cases/x.md", "---\ntitle: A\nwithdrawn: {date: 2026-01-01, reason: asked}\n---\n")
	if withdrawn.Withdrawn.Reason != "asked" {
		t.Errorf("got %+v", withdrawn.Withdrawn)
	}
	entry[*content.CaseStudy](t, "cases/x.md", "---\ntitle: Aims imposed by one side\nkind: challenge\nprinciples: strategic\nsources: thet-2016\n---\n")
}

func TestHalfWithdrawn(t *testing.T) {
	for _, value := range []string{"yes", "{date: 2026-01-01}", "{date: soon, reason: asked}"} {
		p := content.Parse("cases/x.md", []byte("---\ntitle: A\nhallmarks: [a]\nwithdrawn: "+value+"\n---\n"))
		codes := map[string]bool{}
		for _, q := range p.Problems {
			codes[q.Code] = true
		}
		if c := p.Entries[0].(*content.CaseStudy); c.Withdrawn != nil || !codes["missing-source"] {
			t.Errorf("%s: Withdrawn = %+v with problems %v, want nil and missing-source", value, c.Withdrawn, p.Problems)
		}
	}
}

func TestManyMistakesAtOnce(t *testing.T) {
	const text = "---\ntitle: Aligning plans: a story\nkind: exmple\nhalmarks: [a]\nsummary: Ward #4\nstart: 2016-13\nkey value\nindicators:\n  - value: >50\nsources: x\n---\n"
	var got []string
	for _, p := range content.Parse("cases/x.md", []byte(text)).Problems {
		if p.Severity == problem.Error {
			got = append(got, strings.TrimPrefix(p.Position(), "cases/x.md:")+" "+p.Code)
		}
	}
	want := []string{
		"2:22 yaml-syntax", "3:7 unknown-value", "4:1 unknown-key", "5:15 yaml-comment", "6:8 bad-date", "7:1 yaml-syntax", "9:12 yaml-syntax",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestProblemsAreCapped(t *testing.T) {
	p := content.Parse("cases/x.md", []byte("---\ntitle: x\n"+strings.Repeat("sources: x\n", 5000)+"---\n"))
	if len(p.Problems) != frontmatter.MaxProblems+1 || p.Problems[0].Code != "too-many-problems" {
		t.Errorf("got %d problems, first %v", len(p.Problems), p.Problems[0])
	}
}

func TestClassify(t *testing.T) {
	tests := []struct {
		name  string
		class content.Class
		id    string
	}{
		{"site.yaml", content.SiteClass, ""},
		{"organisations.yaml", content.OrganisationsClass, ""},
		{"disciplines.yaml", content.DisciplinesClass, ""},
		{"references.yaml", content.ReferencesClass, ""},
		{"principles/strategic.md", content.PrincipleClass, "strategic"},
		{"cases/a.md", content.CaseClass, "a"},
		{"cases/a/index.md", content.CaseClass, "a"},
		{"resources/a/index.md", content.ResourceClass, "a"},
		{"pages/about.md", content.PageClass, "about"},
		{"cases/a/photo.jpg", content.AttachmentClass, ""},
		{"resources/charter.pdf", content.AttachmentClass, ""},
		{".DS_Store", content.JunkClass, ""},
		{"cases/.git/x.md", content.JunkClass, ""},
		{"cases/a.md~", content.JunkClass, ""},
		{"README.md", content.UnknownClass, ""},
		{"site.yml", content.UnknownClass, ""},
		{"other.yaml", content.UnknownClass, ""},
		{"cases/index.md", content.UnknownClass, ""},
		{"cases/a/b.md", content.UnknownClass, ""},
		{"cases/a/b/index.md", content.UnknownClass, ""},
		{"cases/a.MD", content.UnknownClass, ""},
		{"cases/a.html", content.UnknownClass, ""},
		{"principles/a/index.md", content.UnknownClass, ""},
		{"principles/a.png", content.UnknownClass, ""},
		{"images/a.png", content.UnknownClass, ""},
		{"cases/a/b/c.png", content.UnknownClass, ""},
	}
	for _, test := range tests {
		class, id := content.Classify(test.name)
		if class != test.class || id != test.id {
			t.Errorf("%s: got %s %q, want %s %q", test.name, class, id, test.class, test.id)
		}
		problems := content.Parse(test.name, []byte(smallestCase)).Problems
		unknown := len(problems) == 1 && problems[0].Code == "unknown-file" && problems[0].Hint != ""
		if unknown != (test.class == content.UnknownClass) {
			t.Errorf("%s: got %v", test.name, problems)
		}
	}
	for name, want := range map[string]string{"site.yml": "rename it to site.yaml", "organizations.yaml": "rename it to organisations.yaml", "cases/Disciplines.yml": "rename it to disciplines.yaml", "other.yaml": "the YAML files of content/ are organisations.yaml"} {
		if problems := content.Parse(name, nil).Problems; !strings.Contains(problems[0].Hint, want) {
			t.Errorf("%s: got %q, want %q", name, problems[0].Hint, want)
		}
	}
}

func TestDate(t *testing.T) {
	for _, text := range []string{"2016", "2016-11", "2016-11-24", "2024-02-29", "0001"} {
		if d, err := content.ParseDate(text); err != nil || d.String() != text {
			t.Errorf("%s: got %s, %v", text, d, err)
		}
	}
	for _, text := range []string{"", "16", "2016-", "2016-1", "2016-11-1", "2016-13", "2016-00", "2016-11-31", "2023-02-29", "0000", "+201", "2016-11-24T00:00", "2016/11", "-2016", "２０１６"} {
		if d, err := content.ParseDate(text); err == nil {
			t.Errorf("%q is read as %s", text, d)
		}
	}
	order := []string{"2015-12-31", "2016", "2016-01", "2016-01-01", "2016-02"}
	for i := range order {
		for j := range order {
			a, _ := content.ParseDate(order[i])
			b, _ := content.ParseDate(order[j])
			if got := a.Compare(b); got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("%s and %s: got %d", a, b, got)
			}
		}
	}
	early, _ := content.ParseDate("2016")
	late, _ := content.ParseDate("2016-06")
	if late.After(early) || early.After(late) {
		t.Error("a month is ordered after its year")
	}
}

func TestQuantity(t *testing.T) {
	for text, want := range map[content.Quantity]float64{"93,112": 93112, "50000": 50000, "0.5": 0.5, "−3": -3, "1,234,567.5": 1234567.5} {
		if got, ok := text.Number(); !ok || got != want {
			t.Errorf("%s: got %v, %v", text, got, ok)
		}
	}
	for _, text := range []content.Quantity{">50,000", "24–41%", "£13,215", "around 4 million", "", "1,23", "1.2.3", "NaN", "0x10", "1e5"} {
		if got, ok := text.Number(); ok {
			t.Errorf("%q: got %v", text, got)
		}
	}
}

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"Aligning plans: a story": "aligning-plans-a-story", "Coup d’œil": "coup-doeil", "Łódź": "lodz", "Sønderborg": "sonderborg", "Straße": "strasse", "Ærø": "aero", "Zürich  2020!": "zurich-2020", "CON": "con-1", "page": "page-1", "日本": "", strings.Repeat("ab-", 60): strings.Repeat("ab-", 33) + "a",
		strings.Repeat("a", 98) + " æ": strings.Repeat("a", 98) + "-a", // an id has at most 100 letters
	} {
		if got := content.Slug(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
