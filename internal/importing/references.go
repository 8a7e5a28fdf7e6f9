// Bibliographies: records of BibTeX and RIS become entries of references.yaml.

package importing

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"casebook/internal/citation"
	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/problem"
)

// referencesFile holds the references of a knowledge base.
const referencesFile = "references.yaml"

// recordFormat says how the records of a format become references.
type recordFormat struct {
	read  func(string) ([]citation.Record, []problem.Problem)
	types map[string]string     // CSL types by those of the format
	paths map[string]string     // fields of a reference, by those of the format
	names map[string]string     // fields of names
	list  func(string) []string // returns the names in a field
}

var bibTeX = recordFormat{
	read: citation.ReadBibTeX,
	types: map[string]string{
		"article": "article-journal", "book": "book", "booklet": "book", "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
		"conference": "paper-conference", "proceedings": "book", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report",
		"report": "report", "manual": "report", "online": "webpage", "electronic": "webpage", "www": "webpage", "unpublished": "manuscript",
	},
	paths: map[string]string{
		"title": "title", "journal": "container-title", "journaltitle": "container-title", "booktitle": "container-title", "volume": "volume", "pages": "page",
		"publisher": "publisher", "institution": "publisher", "school": "publisher", "organization": "publisher", "address": "publisher-place",
		"location": "publisher-place", "type": "genre", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "url": "URL", "language": "language", "langid": "language",
		"abstract": "abstract", "note": "note", "urldate": "accessed", "elocation-id": "page",
	},
	names: map[string]string{"author": "author", "editor": "editor"},
	list:  bibNames,
}

var ris = recordFormat{
	read: citation.ReadRIS,
	types: map[string]string{
		"jour": "article-journal", "ejour": "article-journal", "mgzn": "article-magazine", "news": "article-newspaper", "book": "book", "ebook": "book", "edbook": "book",
		"chap": "chapter", "echap": "chapter", "conf": "paper-conference", "cpaper": "paper-conference", "thes": "thesis", "rprt": "report", "govdoc": "report",
		"elec": "webpage", "web": "webpage", "blog": "post-weblog", "stat": "legislation", "unpb": "manuscript", "hear": "speech",
	},
	paths: map[string]string{
		"TI": "title", "T1": "title", "T2": "container-title", "JF": "container-title", "JO": "container-title", "JA": "container-title", "VL": "volume", "IS": "issue",
		"M1": "number", "M3": "genre", "PB": "publisher", "CY": "publisher-place", "DO": "DOI", "UR": "URL", "LA": "language", "AB": "abstract", "N2": "abstract",
		"N1": "note", "Y2": "accessed",
	},
	names: map[string]string{"AU": "author", "A1": "author", "A2": "editor", "ED": "editor"},
	list:  func(name string) []string { return []string{name} },
}

func readBib(request Request) (*Import, error) { return bibTeX.importAll(request) }
func readRIS(request Request) (*Import, error) { return ris.importAll(request) }

// importAll makes a reference of each record of a file, except for those that
// exist already.
func (f recordFormat) importAll(request Request) (*Import, error) {
	records, problems := f.read(string(request.Data))
	result := &Import{Problems: problems, Fixes: InSource}
	if len(records) == 0 && len(problems) == 0 {
		return nil, fmt.Errorf("there is no record in it")
	}
	before := request.Existing(referencesFile)
	ids, dois := map[string]bool{}, map[string]string{}
	for _, e := range content.Parse(referencesFile, before).Entries {
		if reference, ok := e.(*content.Reference); ok {
			ids[reference.ID] = true
			dois[strings.ToLower(reference.DOI)] = reference.ID
		}
	}
	var drafts []*draft.Draft
	for _, record := range records {
		d := draft.New(SchemaOf(content.ReferencesClass))
		f.fill(d, record, result)
		id := idOf(record, d)
		doi := strings.ToLower(d.Get("DOI"))
		switch {
		case ids[id]:
			result.add("record "+id, LeftOut, "references.yaml has this id already")
		case doi != "" && dois[doi] != "":
			result.add("record "+id, LeftOut, "references.yaml has its DOI already, as "+dois[doi])
			id = dois[doi]
		default:
			ids[id], dois[doi] = true, id
			if err := d.Set("id", id); err != nil {
				return nil, err
			}
			drafts = append(drafts, d)
		}
		if request.StartCase {
			if len(records) > 1 {
				return nil, fmt.Errorf("it has %d records, and a case study is started from one: leave the others out", len(records))
			}
			if err := result.startCase(request, d, id); err != nil {
				return nil, err
			}
		}
	}
	if len(drafts) == 0 {
		return result, nil
	}
	file, err := AddTo(referencesFile, before, drafts...)
	if err != nil {
		return nil, err
	}
	at := -1
	for line := file.Adds; line <= strings.Count(string(file.Data), "\n"); line++ {
		path := file.Places[line]
		if path == "id" {
			at++
		}
		if at >= 0 && path != "" {
			file.Places[line] = fmt.Sprintf("record %s, %s", drafts[at].Get("id"), path)
		}
	}
	result.Files = append(result.Files, file)
	return result, nil
}

// startCase creates a new case study whose source is a reference. Its author
// has to write the text.
func (i *Import) startCase(request Request, reference *draft.Draft, id string) error {
	d, err := NewDraft(request.Kind)
	if err != nil {
		return err
	}
	for _, set := range []Assignment{{"title", reference.Get("title")}, {"sources.1", id}, {"draft", "true"}} {
		if err := d.Set(set.Path, set.Text); err != nil {
			return err
		}
	}
	if err := request.apply(d); err != nil {
		return err
	}
	d.Body = Questions(d)
	file, err := FileOf(d, request.ID, draft.Required, request.Existing)
	if err != nil {
		return err
	}
	i.Files = append(i.Files, file)
	i.Fixes = InFiles
	i.add("record "+id, Mapped, "a case study with this source, to be written")
	return nil
}

// fill sets the fields of a reference, and reports each field of the record.
func (f recordFormat) fill(d *draft.Draft, record citation.Record, result *Import) {
	kind := cmp.Or(f.types[record.Type], "document")
	set := func(path, text string) { _ = d.Set(path, text) } // the paths are those of the model, so they cannot fail
	set("type", kind)
	what := func(field citation.Field) string {
		return fmt.Sprintf("%s, %s", cmp.Or(record.Key, fmt.Sprint("line ", record.Line)), field.Name)
	}
	counts := map[string]int{}
	dates := map[string]string{}
	for _, field := range record.Fields {
		if strings.TrimSpace(field.Value) == "" {
			continue
		}
		if path := f.names[field.Name]; path != "" {
			for _, name := range f.list(field.Raw) {
				counts[path]++
				setName(d, fmt.Sprintf("%s.%d", path, counts[path]), name)
			}
			result.add(what(field), Mapped, path)
			continue
		}
		path, text := f.paths[field.Name], field.Value
		switch field.Name {
		case "year", "month", "day", "date", "PY", "Y1", "DA":
			dates[field.Name] = text
			result.add(what(field), Mapped, "issued")
			continue
		case "number":
			path = "number"
			if kind == "article-journal" {
				path = "issue"
			}
		case "SP", "EP":
			path = "page"
			if first := d.Get(path); first != "" && first != text {
				d.Replace(path, first+"–"+text)
				result.add(what(field), Mapped, path)
				continue
			}
		case "SN":
			path = "ISSN"
			if kind == "book" || kind == "chapter" {
				path = "ISBN"
			}
		case "eprint":
			if strings.HasPrefix(text, "http") && d.Get("URL") == "" && !hasURL(record) {
				path = "URL"
			}
		case "doi", "DO":
			text = doiAddress.ReplaceAllString(text, "")
		case "UR":
			text, _, _ = strings.Cut(text, " ")
		case "Y2", "urldate":
			text = dateOf(text)
		}
		switch {
		case path == "":
			result.add(what(field), LeftOut, "a reference has no field for it")
		case d.Get(path) != "":
			if d.Get(path) != text {
				result.add(what(field), LeftOut, path+" is given by another field")
			}
		default:
			set(path, text)
			result.add(what(field), Mapped, path)
		}
	}
	set("issued", issuedOf(dates))
}

// doiAddress matches the part before a DOI that makes it an address.
var doiAddress = regexp.MustCompile(`(?i)^(https?://(dx\.)?doi\.org/|doi:\s*)`)

func hasURL(record citation.Record) bool {
	for _, f := range record.Fields {
		if f.Name == "url" {
			return true
		}
	}
	return false
}

// issuedOf returns the date of publication from the fields that contain it.
func issuedOf(dates map[string]string) string {
	for _, name := range []string{"date", "DA"} {
		if date := dateOf(dates[name]); date != "" {
			return date
		}
	}
	year := dateOf(cmp.Or(dates["year"], dates["PY"], dates["Y1"]))
	month, err := strconv.Atoi(dates["month"])
	if err != nil {
		for i, name := range strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec") {
			if strings.HasPrefix(strings.ToLower(dates["month"]), name) {
				month = i + 1
			}
		}
	}
	if len(year) != 4 || month < 1 || month > 12 {
		return year
	}
	date := fmt.Sprintf("%s-%02d", year, month)
	if day, err := strconv.Atoi(dates["day"]); err == nil && day >= 1 && day <= 31 {
		date += fmt.Sprintf("-%02d", day)
	}
	return date
}

// written matches a date, with hyphens or, as in RIS, with slashes.
var written = regexp.MustCompile(`^(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?`)

// dateOf returns the date that a text begins with, in the form of
// references.yaml; "" if there is none.
func dateOf(text string) string {
	m := written.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return ""
	}
	date := m[1]
	for _, part := range m[2:] {
		if number, err := strconv.Atoi(part); err == nil {
			date += fmt.Sprintf("-%02d", number)
		}
	}
	return date
}

// setName sets a name: "Banda, Grace", "Grace Banda", or the name of an
// organisation in braces.
func setName(d *draft.Draft, path, raw string) {
	raw = strings.TrimSpace(raw)
	set := func(part, text string) { _ = d.Set(path+"."+part, text) }
	plain := citation.PlainTeX(raw)
	if strings.HasPrefix(raw, "{") && strings.HasSuffix(raw, "}") || !strings.ContainsAny(plain, ", ") {
		set("literal", plain)
		return
	}
	if parts := strings.Split(plain, ","); len(parts) > 1 {
		set("family", parts[0])
		set("given", parts[len(parts)-1])
		if len(parts) > 2 {
			set("suffix", parts[1])
		}
		return
	}
	words := strings.Fields(plain)
	last := len(words) - 1
	for last > 1 && strings.ToLower(words[last-1]) == words[last-1] { // van der Berg
		last--
	}
	set("family", strings.Join(words[last:], " "))
	set("given", strings.Join(words[:last], " "))
}

// bibNames splits a list of names at each "and" outside braces.
func bibNames(raw string) []string {
	var names []string
	depth, start := 0, 0
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '{':
			depth++
		case '}':
			depth--
		case ' ', '\n', '\t', '\r':
			if rest := raw[i+1:]; depth == 0 && len(rest) > 4 && strings.EqualFold(rest[:3], "and") && strings.ContainsAny(rest[3:4], " \n\t\r") {
				names = append(names, raw[start:i])
				start = i + 5
				i += 4
			}
		}
	}
	if start < len(raw) {
		names = append(names, raw[start:])
	}
	return names
}

// notKey matches characters that the id of a reference must not contain.
var notKey = regexp.MustCompile(`[^A-Za-z0-9:._-]+`)

// idOf returns the id of a record: its key or, without one, its first author
// and year.
func idOf(record citation.Record, d *draft.Draft) string {
	id := strings.Trim(notKey.ReplaceAllString(record.Key, "-"), "-")
	if id == "" {
		year, _, _ := strings.Cut(d.Get("issued"), "-")
		id = content.Slug(cmp.Or(d.Get("author.1.family"), d.Get("author.1.literal"), d.Get("title")) + " " + year)
	}
	return cmp.Or(id, fmt.Sprint("record-", record.Line))
}
