package draft_test

import (
	"strings"
	"testing"
	"unicode"

	"casebook/internal/content"
	"casebook/internal/draft"

	"pgregory.net/rapid"
)

// TestEveryFieldRoundTrip sets each field of a case study, and checks that the file parses
// without problems and has the same values.
func TestEveryFieldRoundTrip(t *testing.T) {
	d := draft.New(content.SchemaOf(content.CaseClass))
	for _, set := range [][2]string{
		{"title", `Burns: "who" decides? # really`},
		{"kind", "Challenge"},
		{"hallmarks", "Clear, stable governance; joint-planning"},
		{"countries", "Malawi\nWales"},
		{"disciplines", "Surgery"},
		{"partners", "Mirembe Hospital, Dodoma (Lead); Ministry of Health"},
		{"led_by.planning", "joint"},
		{"benefits", "Malawi: trained nurses; Malawi: a rota; United Kingdom: not reported"},
		{"indicators.1.name", "Nurses trained"},
		{"indicators.1.value", "1,200"},
		{"indicators.1.as_of", "2018"},
		{"indicators.1.source", "thet-2016"},
		{"quotes.2.text", "Yes: it changed."},
		{"quotes.2.consent", "Given"},
		{"cost.band", "10K-100K"},
		{"cost.currency", "GBP"},
		{"cost.year", "2016"},
		{"adapt.needs", "a trainer; time"},
		{"sources", "thet-2016"},
		{"authors.1.name", "Grace Banda"},
		{"authors.1.orcid", "0000-0002-1825-0097"},
		{"start", "2016-11"},
		{"draft", "yes"},
	} {
		if err := d.Set(set[0], set[1]); err != nil {
			t.Fatal(err)
		}
	}
	d.Body = "The story."
	for _, comments := range []draft.Comments{draft.None, draft.Required, draft.All} {
		text := d.Markdown(comments).Text
		parsed := content.Parse("cases/x.md", text)
		for _, p := range parsed.Problems {
			t.Errorf("%v\n%s", p, text)
		}
		c := parsed.Entries[0].(*content.CaseStudy)
		if c.Title != `Burns: "who" decides? # really` || c.Kind != content.Challenge || len(c.Hallmarks) != 2 || c.Hallmarks[0].Text != "Clear, stable governance" ||
			len(c.Countries) != 2 || c.Partners[0].Organisation.Text != "Mirembe Hospital, Dodoma" || c.Partners[0].Role != content.RoleLead || c.Partners[1].Role != content.RolePartner ||
			len(c.Benefits) != 2 || len(c.Benefits[0].Texts) != 2 || c.Benefits[1].Texts != nil || c.Indicators[0].Value != "1,200" ||
			c.Quotes[0].Text != "Yes: it changed." || c.Cost.Band != "10k-100k" || len(c.Adapt.Needs) != 2 || c.Authors[0].ORCID == "" || !c.Draft {
			t.Errorf("got %+v from\n%s", c, text)
		}
	}
}

func TestPathsOfLines(t *testing.T) {
	d := draft.New(content.SchemaOf(content.CaseClass))
	for _, path := range []string{"title", "quotes.1.text", "quotes.3.speaker", "benefits.Malawi"} {
		if err := d.Set(path, "words for "+path); err != nil {
			t.Fatal(err)
		}
	}
	w := d.Markdown(draft.All)
	for i, line := range strings.Split(string(w.Text), "\n") {
		if _, set, ok := strings.Cut(line, "words for "); ok && !strings.HasPrefix(w.Paths[i+1], strings.TrimSpace(set)) {
			t.Errorf("line %d, %q, has the path %q", i+1, line, w.Paths[i+1])
		}
	}
}

func TestMistakes(t *testing.T) {
	d := draft.New(content.SchemaOf(content.CaseClass))
	for path, want := range map[string]string{
		"titel":            "no such field",
		"quotes":           "fields of its own",
		"quotes.text":      "is a list",
		"quotes.1":         "fields of its own",
		"quotes.0.text":    "from 1 to 1000",
		"quotes.9999.text": "from 1 to 1000",
		"title.1":          "no fields of its own",
		"benefits":         "does not say who",
		"cost.bnd":         "did you mean band?",
	} {
		if err := d.Set(path, "words"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Set(%q): %v, want %q", path, err, want)
		}
	}
}

// TestAnyTextRoundTrip checks that any text is read back unchanged.
func TestAnyTextRoundTrip(t *testing.T) {
	model := content.SchemaOf(content.CaseClass)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[-!&*#:?,'"{}\[\]|>%@\\~ a-z0-9\n]{1,20}`), rapid.SampledFrom([]string{"true", "No", "null", "~", "1e3", "0x10", "2016", "---", "...", "=", "<<", "a\u2028b", "\ufeff", "a: b", "a #b"})).Draw(t, "text")
		d := draft.New(model)
		if err := d.Set("quotes.1.consent", "given"); err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"summary", "adapt.needs.1", "benefits.Malawi", "authors.1.name", "quotes.1.text"} {
			if err := d.Set(path, text); err != nil {
				t.Fatal(err)
			}
		}
		file := d.Markdown(draft.None).Text
		c := content.Parse("cases/x.md", file).Entries[0].(*content.CaseStudy)
		want := d.Get("summary")
		if len([]rune(want)) > 300 {
			return
		}
		if want != "" && (c.Summary != want || c.Adapt.Needs[0] != want || c.Quotes[0].Text != want || c.Authors[0].Name != want) {
			t.Fatalf("%q became %q in\n%s", want, c.Summary, file)
		}
		if strings.Join(strings.Fields(text), " ") == text && !strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) }) && want != text {
			t.Fatalf("%q was changed to %q", text, want)
		}
	})
}

func TestAppendTo(t *testing.T) {
	model := content.SchemaOf(content.OrganisationsClass)
	d := draft.New(model)
	for path, text := range map[string]string{"id": "new-body", "name": "New: body", "aliases": "NB; N B"} {
		if err := d.Set(path, text); err != nil {
			t.Fatal(err)
		}
	}
	for _, before := range []string{
		"", "# none yet\n", "- id: a\n  name: A\n", "organisations:\n  - id: a\n    name: A", "organisations:\n- id: a\n  name: A\n\n\n", "organisations:\n",
		"organisations:\n  - id: a\n    name: A\n    aliases:\n      - B\n",
	} {
		w, first := draft.AppendTo([]byte(before), "organisations", d)
		parsed := content.Parse("organisations.yaml", w.Text)
		want := 1 + strings.Count(before, "id:")
		if len(parsed.Problems) > 0 || len(parsed.Entries) != want {
			t.Errorf("after %q: %d entries, %v\n%s", before, len(parsed.Entries), parsed.Problems, w.Text)
			continue
		}
		o := parsed.Entries[want-1].(*content.Organisation)
		if o.ID != "new-body" || o.Name != "New: body" || len(o.Names) != 2 || o.At.Line != first {
			t.Errorf("got %+v, first line %d, from\n%s", o, first, w.Text)
		}
	}
}

func FuzzSet(f *testing.F) {
	model := content.SchemaOf(content.CaseClass)
	f.Add("quotes.2.text", "x")
	f.Add("benefits", "a: b; c: d\ne")
	f.Fuzz(func(t *testing.T, path, text string) {
		d := draft.New(model)
		if d.Set(path, text) != nil {
			return
		}
		content.Parse("cases/x.md", d.Markdown(draft.All).Text)
		if n := len(d.Markdown(draft.None).Text); n > 8*(len(text)+len(path))+100_000 {
			t.Fatalf("%d bytes from %d", n, len(text))
		}
	})
}
