package importing_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"
	"casebook/internal/importing"
	"casebook/internal/problem"
)

var names = importing.Vocabularies{
	"countries": {"Malawi", "Tanzania"}, "hallmarks": {"Clear, stable governance", "Joint planning"}, "principles": {"Strategic"},
	"disciplines": {"Surgery"}, "organisations": {"Mirembe Hospital"}, "cases": {"a-case"}, "resources": {"A charter"},
}

// wordForm returns the XML of the text of an empty form, and a function that makes a
// document of such a text.
func wordForm(t testing.TB, kind string, terms content.Terms) (text string, document func(string) []byte) {
	t.Helper()
	data, err := importing.Form(".docx", kind, importing.Words{Names: names, Terms: terms})
	if err != nil {
		t.Fatal(err)
	}
	parts, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	others := map[string]string{}
	for _, f := range parts.File {
		data, err := fs.ReadFile(parts, f.Name)
		if err != nil {
			t.Fatal(err)
		}
		others[f.Name] = string(data)
	}
	return others["word/document.xml"], func(text string) []byte {
		others["word/document.xml"] = text
		var b bytes.Buffer
		archive := zip.NewWriter(&b)
		for name, text := range others {
			w, _ := archive.Create(name)
			_, _ = w.Write([]byte(text))
		}
		_ = archive.Close()
		return b.Bytes()
	}
}

var control = regexp.MustCompile(`(<w:tag w:val="([^"]*)"/><w:id w:val="\d+"/>)<w:showingPlcHdr/>(.*?<w:sdtContent>)(.*?)(</w:sdtContent>)`)

// fill writes into each control of a form the text that value returns for its path.
func fill(form string, value func(path, control string) string) string {
	return control.ReplaceAllStringFunc(form, func(whole string) string {
		m := control.FindStringSubmatch(whole)
		_, path, _ := strings.Cut(strings.TrimPrefix(html.UnescapeString(m[2]), "casebook/"), "/")
		text := value(path, m[3])
		if text == "" {
			return whole
		}
		paragraphs := ""
		for line := range strings.SplitSeq(text, "\n") {
			paragraphs += "<w:p><w:r><w:t>" + html.EscapeString(line) + "</w:t></w:r></w:p>"
		}
		return m[1] + m[3] + paragraphs + m[5]
	})
}

func read(data []byte) (*importing.Import, error) {
	return importing.Read(importing.Request{Name: "form.docx", Data: data, Existing: nothing})
}

// valueFor returns a value that the field at path accepts, unique for n where possible.
func valueFor(schema content.Schema, path, control string, n int) string {
	if choice := regexp.MustCompile(`displayText="([^"]*)"`).FindAllStringSubmatch(control, -1); choice != nil {
		return html.UnescapeString(choice[n%len(choice)][1])
	}
	f, _ := draft.FieldAt(schema, path)
	switch {
	case f.Type == "date":
		return fmt.Sprint(2000 + n%50)
	case f.Type == frontmatter.Number:
		return fmt.Sprint(n)
	case f.Type == content.TextsByWho:
		return fmt.Sprintf("Malawi: gain %d: more\nTanzania: not reported", n)
	case f.Format == "id":
		return fmt.Sprintf("id-%d", n)
	case f.Format == "url":
		return fmt.Sprintf("https://example.org/%d", n)
	case f.Format == "orcid":
		return "0000-0002-1825-0097"
	case f.Format == "lang":
		return "fr"
	case f.Format == "licence":
		return "CC-BY-4.0"
	case f.Format == "currency":
		return "GBP"
	case f.Format == "path":
		return fmt.Sprintf("/cases/old-%d/", n)
	case f.List:
		return fmt.Sprintf("words %d, & <b>\nmore; %d", n, n)
	}
	return fmt.Sprintf(`words %d: "x" & <b> # y`, n)
}

// ownTerms are the terms of a knowledge base that has words of its own for all.
const ownTerms = "title: X\nterms:\n  principle: {one: value, other: values}\n  hallmark: {one: sign, other: signs}\n  case_study: {one: story, other: stories}\n  discipline: {one: field, other: fields}\n"

// TestFilledFormRoundTrip fills in each field of each kind, and checks that the imported file
// has all values and parses without errors. Forms that have the words of the knowledge base
// are read in the same way.
func TestFilledFormRoundTrip(t *testing.T) {
	for _, kind := range importing.Kinds() {
		checkFilledForm(t, kind, "")
		checkFilledForm(t, kind, ownTerms)
	}
}

// defaultWord matches the words that ownTerms replaces.
var defaultWord = regexp.MustCompile(`(?i)\b(?:hallmarks?|principles?|case stud(?:y|ies)|disciplines?)\b`)

func checkFilledForm(t *testing.T, kind, settings string) {
	var terms content.Terms
	for _, e := range content.Parse("site.yaml", []byte(settings)).Entries {
		terms = e.(*content.Site).Terms
	}
	form, document := wordForm(t, kind, terms)
	if printed := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(form, " "); settings != "" && defaultWord.MatchString(printed) {
		t.Errorf("%s: the form has the word %q", kind, defaultWord.FindString(printed))
	}
	d, err := importing.NewDraft(kind)
	if err != nil {
		t.Fatal(err)
	}
	filled := map[string]string{}
	n := 0
	form = fill(form, func(path, control string) string {
		n++
		if path == "end" || path == "updated" || path == "id" { // must be later than another date, or be a valid id
			return ""
		}
		filled[path] = valueFor(d.Schema, path, control, n)
		return filled[path]
	})
	result, err := importing.Read(importing.Request{Name: "form.docx", Data: document(form), Existing: func(name string) []byte {
		if name == "site.yaml" {
			return []byte(settings)
		}
		return nil
	}})
	if err != nil || len(result.Problems) > 0 {
		t.Errorf("%s: %v %v", kind, err, result)
		return
	}
	file := result.Files[len(result.Files)-1]
	for path, value := range filled {
		for line := range strings.SplitSeq(value, "\n") {
			if _, after, ok := strings.Cut(line, ": "); ok && path == "benefits" {
				line = after
			}
			if strings.HasPrefix(path, "## ") || path == "text" {
				line = "words"
			}
			if text := string(file.Data); !strings.Contains(text, draft.Scalar(line)) && !strings.Contains(text, ": "+line) {
				t.Errorf("%s: %s: %q is missing from\n%s", kind, path, line, text)
			}
		}
	}
	for _, line := range result.Report {
		if line.Outcome != importing.Mapped && !strings.HasSuffix(line.What, " fields") {
			t.Errorf("%s: %v", kind, line)
		}
	}
	for _, p := range content.Parse(file.Path, file.Data).Problems {
		if p.Severity == problem.Error {
			t.Errorf("%s: %v\n%s", kind, p, file.Data)
		}
	}
}

// TestBrokenForms checks that mistakes in a form are reported in the words of the form.
func TestBrokenForms(t *testing.T) {
	empty, document := wordForm(t, "", content.Terms{})
	good := map[string]string{"title": "Burns", "authors.1.name": "X", "hallmarks.1": "Joint planning"}
	with := func(pairs ...string) string { // paths and their values
		values := maps.Clone(good)
		for pair := range slices.Chunk(pairs, 2) {
			values[pair[0]] = pair[1]
		}
		return fill(empty, func(at, _ string) string { return values[at] })
	}
	sdt := regexp.MustCompile(`<w:sdt>.*?</w:sdt>`)
	tests := map[string]struct{ form, want string }{
		"empty":                     {empty, `the field "Title" is empty`},
		"only spaces":               {with("title", "  "), `the field "Title" is empty`},
		"no colon in gains":         {with("benefits", "trained nurses"), `field "Benefits": "trained nurses" does not say who`},
		"a bad date":                {with("start", "spring"), `field "Start": start`},
		"a month 13":                {with("start", "2016-13"), `field "Start": start: there is no month 13`},
		"a day 32":                  {with("published", "2016-01-32"), `field "Published"`},
		"end before start":          {with("start", "2018", "end", "2016"), `field "End": end (2016) is before start (2018)`},
		"a word for a choice":       {with("evaluation", "external"), `field "Evaluation": "external"`},
		"a word for consent":        {with("quotes.1.text", "Yes.", "quotes.1.consent", "maybe"), `field "Quotes 1: consent"`},
		"a quote without consent":   {with("quotes.1.text", "Yes."), `consent is missing`},
		"published without source":  {with("quotes.1.text", "Yes.", "quotes.1.consent", "published"), `source is missing`},
		"a figure without a date":   {with("indicators.1.name", "N", "indicators.1.value", "3"), `as_of is missing`},
		"a cost without currency":   {with("cost.band", "10k-100k"), `currency is missing`},
		"no such currency":          {with("cost.band", "10k-100k", "cost.currency", "QQQ", "cost.year", "2016"), `field "Cost: currency"`},
		"a role without a partner":  {with("partners.1.role", "lead"), `organisation is missing`},
		"an ORCID without a name":   {with("authors.2.orcid", "0000-0002-1825-0097"), `name is missing`},
		"a wrong ORCID":             {with("authors.1.orcid", "1234"), `field "Authors 1: orcid"`},
		"no such language":          {with("lang", "Klingonish"), `field "Lang"`},
		"no such licence":           {with("licence", "free"), `field "Licence"`},
		"an alias of another site":  {with("aliases", "https://example.org/"), `field "Aliases"`},
		"a long title":              {with("title", strings.Repeat("word ", 60)), `field "Title": title has`},
		"a long summary":            {with("summary", strings.Repeat("word ", 90)), `field "Summary"`},
		"neither author nor source": {with("authors.1.name", ""), `neither sources nor authors`},
		"no hallmark":               {with("hallmarks.1", ""), `neither hallmarks nor principles`},
		"the same hallmark twice":   {with("hallmarks.2", "Joint planning"), `is in hallmarks already`},
		"text beside the fields":    {strings.Replace(with(), "<w:sectPr>", "<w:p><w:r><w:t>By the way.</w:t></w:r></w:p><w:sectPr>", 1), "text beside the fields left out By the way."},
		"a field copied":            {strings.Replace(with("summary", "Once."), "<w:sectPr>", sdt.FindString(with())+"<w:sectPr>", 1), `field "Title": the form has this field twice`},
		"a tag of another form":     {strings.Replace(with("summary", "Once."), "casebook/case/summary", "casebook/case/sumary", 1), `field "Summary": there is no such field`},
		"a kind that is not":        {strings.ReplaceAll(with(), "casebook/case/", "casebook/story/"), `"story" is no kind of content`},
		"a tag without a path":      {strings.Replace(with("summary", "Once."), "casebook/case/summary", "casebook/x", 1), `it is no field of this form`},
		"a list that is a text":     {strings.Replace(with("countries.1", "Malawi"), "casebook/case/countries.1", "casebook/case/countries.x", 1), `field "Countries 1": countries is a list`},
		"no tags":                   {regexp.MustCompile(`<w:tag [^>]*/>`).ReplaceAllString(with(), ""), "it is a form, but the program that saved it left out"},
		"a field deleted": {sdt.ReplaceAllStringFunc(with(), func(s string) string {
			if strings.Contains(s, "casebook/case/summary\"") {
				return ""
			}
			return s
		}), "field Summary left out it was deleted"},
	}
	for name, test := range tests {
		result, err := read(document(test.form))
		var said []string
		if err != nil {
			said = append(said, err.Error())
		} else {
			for _, p := range result.Problems {
				said = append(said, p.Message)
			}
			for _, line := range result.Report {
				if line.Outcome != importing.Mapped {
					said = append(said, line.What+" "+string(line.Outcome)+" "+line.Detail)
				}
			}
			for _, f := range result.Files {
				for _, p := range content.Parse(f.Path, f.Data).Problems {
					said = append(said, strings.TrimPrefix(f.Places[p.Line]+": "+p.Message, ": "))
				}
			}
		}
		if all := strings.Join(said, "\n"); !strings.Contains(all, test.want) {
			t.Errorf("%s: want %s, got\n%s", name, test.want, all)
		}
	}
}
