// Bibliographies: records of BibTeX, RIS and PubMed become entries of references.yaml.

package importing

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/citation"
	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"

	"golang.org/x/text/language"
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
	hint  func(string) string   // returns a hint about references.yaml as one about a record
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
		"abstract": "abstract", "note": "note", "urldate": "accessed", "elocation-id": "page", "eid": "page", "art_number": "page", "article-number": "page",
	},
	names: map[string]string{"author": "author", "editor": "editor"},
	list:  bibNames,
	hint:  func(hint string) string { return fieldLine.ReplaceAllString(hint, "$1 = {…} to the record") },
}

var ris = recordFormat{
	read: citation.ReadRIS,
	types: map[string]string{
		"jour": "article-journal", "ejour": "article-journal", "mgzn": "article-magazine", "news": "article-newspaper", "book": "book", "ebook": "book", "edbook": "book",
		"chap": "chapter", "echap": "chapter", "conf": "paper-conference", "cpaper": "paper-conference", "thes": "thesis", "rprt": "report", "govdoc": "report",
		"elec": "webpage", "web": "webpage", "blog": "post-weblog", "stat": "legislation", "unpb": "manuscript", "hear": "speech",
	},
	paths: map[string]string{
		"TI": "title", "T1": "title", "BT": "container-title", "T2": "container-title", "JF": "container-title", "JO": "container-title", "JA": "container-title", "VL": "volume", "IS": "issue",
		"M1": "number", "M3": "genre", "PB": "publisher", "CY": "publisher-place", "DO": "DOI", "UR": "URL", "LA": "language", "AB": "abstract", "N2": "abstract",
		"N1": "note", "Y2": "accessed", "C7": "page",
	},
	names: map[string]string{"AU": "author", "A1": "author", "A2": "editor", "ED": "editor"},
	list: func(name string) []string {
		switch parts := strings.Split(name, ","); len(parts) { // each person has a comma in RIS
		case 1:
			name = "{" + name + "}"
		case 3: // family, given, suffix; in BibTeX the suffix is the second
			name = parts[0] + "," + parts[2] + "," + parts[1]
		}
		return []string{name}
	},
	hint: func(hint string) string {
		return strings.ReplaceAll(fieldLine.ReplaceAllString(hint, "a line for $1 to the record"), "a line for title", "a line \"TI  - …\"")
	},
}

var pubMed = recordFormat{
	read:  citation.ReadPubMed,
	types: ris.types,
	paths: map[string]string{
		"TI": "title", "BTI": "title", "JT": "container-title", "TA": "container-title", "VI": "volume", "IP": "issue", "PG": "page", "IS": "ISSN", "ISBN": "ISBN",
		"LID": "DOI", "AID": "DOI", "LA": "language", "AB": "abstract", "PB": "publisher", "PL": "publisher-place",
	},
	names: map[string]string{"FAU": "author", "AU": "author", "CN": "author", "FED": "editor", "ED": "editor"},
	list:  ris.list,
	hint:  ris.hint,
}

// importAll makes a reference of each record of a file, except for those that
// exist already.
func (f recordFormat) importAll(request Request) (*Import, error) {
	result := &Import{Fixes: InSource, Hint: f.hint}
	text, err := result.decode("letters", request.Data)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(strings.TrimSpace(text), "PMID-") { // PubMed's format with another extension
		f = pubMed
	}
	records, problems := f.read(text)
	result.Problems = problems
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
	known := maps.Clone(ids)
	for _, record := range inherited(records) {
		d := draft.New(content.SchemaOf(content.ReferencesClass))
		f.fill(d, record, result)
		id := idOf(record, d)
		if free := id; ids[id] && (record.Key == "" || !known[id]) {
			for n := 2; ids[free]; n++ {
				free = fmt.Sprintf("%s-%d", id, n)
			}
			result.add(fmt.Sprintf("record %s, line %d", id, record.Line), Mapped, "as "+free+", because another record has this id")
			id = free
		}
		doi := strings.ToLower(d.Get("DOI"))
		switch {
		case ids[id]:
			result.add("record "+id, LeftOut, "references.yaml has this id already")
		case doi != "" && dois[doi] != "":
			result.add("record "+id, LeftOut, "the reference "+dois[doi]+" has its DOI already")
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

// inherited returns the records, in which those that name another one in
// crossref have the fields of it that they lack. Its title is that of the book.
func inherited(records []citation.Record) []citation.Record {
	byKey := map[string]citation.Record{}
	for _, r := range records {
		byKey[strings.ToLower(r.Key)] = r
	}
	var all []citation.Record
	for _, r := range records {
		has := map[string]bool{"crossref": true, "key": true}
		var parent citation.Record
		for _, f := range r.Fields {
			if has[f.Name] = true; f.Name == "crossref" {
				parent = byKey[strings.ToLower(strings.TrimSpace(f.Value))]
			}
		}
		r.Fields = slices.Clone(r.Fields)
		for _, f := range parent.Fields {
			if f.Name == "booktitle" {
				continue
			}
			if f.Name == "title" {
				f.Name = "booktitle"
			}
			if !has[f.Name] {
				has[f.Name] = true
				r.Fields = append(r.Fields, f)
			}
		}
		if parent.Key != "" {
			r.Fields = slices.DeleteFunc(r.Fields, func(f citation.Field) bool { return f.Name == "crossref" })
		}
		all = append(all, r)
	}
	return all
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
	r := recordReader{f, record, d, result, cmp.Or(f.types[record.Type], "document"), map[string]int{}}
	r.set("type", r.kind)
	var dated []citation.Field
	for _, field := range record.Fields {
		switch path := f.names[field.Name]; {
		case strings.TrimSpace(field.Value) == "":
		case path != "":
			r.addNames(field, path)
		case slices.Contains([]string{"year", "month", "day", "date", "PY", "Y1", "DA", "DP"}, field.Name):
			dated = append(dated, field)
		default:
			r.addText(field)
		}
	}
	r.addDate(dated)
}

// recordReader is the state of reading a record.
type recordReader struct {
	recordFormat
	record citation.Record
	draft  *draft.Draft
	result *Import
	kind   string         // of CSL
	count  map[string]int // of the names at a path
}

// set sets a field of the reference. The paths are those of the model, so they cannot fail.
func (r *recordReader) set(path, text string) { _ = r.draft.Set(path, text) }

// add reports what became of a field, or of a part of it.
func (r *recordReader) add(field citation.Field, part string, outcome Outcome, detail string) {
	r.result.add(fmt.Sprintf("%s, %s%s", cmp.Or(r.record.Key, fmt.Sprint("line ", r.record.Line)), field.Name, part), outcome, detail)
}

// nameSuffix matches what stands behind the name of a person.
var nameSuffix = regexp.MustCompile(`(?i)^\s*(jr|sr|junior|senior|[ivx]+|[2-9](nd|rd|th)|esq|ph\.? ?d|m\.? ?d|r\.? ?n|[mdk]\.?b\.?e|obe)\.?\s*$`)

// addNames adds the names in a field to the field of names at a path.
func (r *recordReader) addNames(field citation.Field, path string) {
	for _, name := range r.list(field.Raw) {
		if strings.EqualFold(strings.Trim(name, "{} "), "others") {
			r.add(field, ", others", LeftOut, "the names of the others are not in the record")
			continue
		}
		r.count[path]++
		if parts := strings.Split(citation.PlainTeX(name), ","); len(parts) > 3 || len(parts) == 3 && !nameSuffix.MatchString(parts[1]) {
			r.result.fail(fmt.Sprintf("record %s, %s: %q seems to be several names", cmp.Or(r.record.Key, fmt.Sprint("in line ", r.record.Line)), field.Name, frontmatter.Shorten(citation.PlainTeX(name))),
				"write them one by one: with \"and\" between them in BibTeX, each in a line of its own in RIS")
			break
		}
		if err := setName(r.draft, fmt.Sprintf("%s.%d", path, r.count[path]), name); err != nil {
			r.add(field, ", the names from "+citation.PlainTeX(name), LeftOut, err.Error())
			break
		}
	}
	r.add(field, "", Mapped, path)
}

// addDate sets the date of publication from the fields that contain it.
func (r *recordReader) addDate(dated []citation.Field) {
	dates := map[string]string{}
	for _, field := range dated {
		dates[field.Name] = field.Value
	}
	issued := issuedOf(dates)
	r.set("issued", issued)
	for _, field := range dated {
		if issued == "" {
			r.add(field, "", LeftOut, fmt.Sprintf("%q is no date", field.Value))
		} else {
			r.add(field, "", Mapped, "issued: "+issued)
		}
	}
}

// joined are the fields whose texts follow that of another one: the field of the reference
// that has both, and what stands between them.
var joined = map[string][2]string{"subtitle": {"title", ": "}, "SP": {"page", "–"}, "EP": {"page", "–"}}

// addText sets the field that a field of the record becomes.
func (r *recordReader) addText(field citation.Field) {
	if with := joined[field.Name]; r.draft.Get(with[0]) != "" && r.draft.Get(with[0]) != field.Value {
		r.draft.Replace(with[0], r.draft.Get(with[0])+with[1]+field.Value)
		r.add(field, "", Mapped, with[0])
		return
	}
	path := r.pathOf(field)
	text, why := r.textOf(field, path)
	switch {
	case path == "":
		r.add(field, "", LeftOut, "a reference has no field for it")
	case text == "":
		r.add(field, "", LeftOut, fmt.Sprintf("%q is no %s", field.Value, why))
	case r.draft.Get(path) == "":
		r.set(path, text)
		r.add(field, "", Mapped, path)
	case r.draft.Get(path) != text:
		r.add(field, "", LeftOut, path+" is given by another field")
	}
}

// pathOf returns the path that a field of the record has in a reference; "" if there is
// none.
func (r *recordReader) pathOf(field citation.Field) string {
	isBook := r.kind == "book" || r.kind == "chapter"
	switch {
	case field.Name == "number" && r.kind == "article-journal":
		return "issue"
	case field.Name == "number":
		return "number"
	case field.Name == "SP", field.Name == "EP":
		return "page"
	case field.Name == "SN" && isBook:
		return "ISBN"
	case field.Name == "SN":
		return "ISSN"
	case field.Name == "M3" && doiPattern.MatchString(field.Value):
		return "DOI"
	case field.Name == "BT" && r.kind == "book" && r.draft.Get("title") == "":
		return "title"
	case field.Name == "eprint", field.Name == "howpublished":
		isURL := strings.HasPrefix(strings.TrimPrefix(field.Value, `\url`), "http")
		if isURL && r.draft.Get("URL") == "" && !slices.ContainsFunc(r.record.Fields, func(f citation.Field) bool { return f.Name == "url" }) {
			return "URL"
		}
	}
	return r.paths[field.Name]
}

// textOf returns the text of a field as a reference has it; "" if it is not of the kind
// what, which the field needs.
func (r *recordReader) textOf(field citation.Field, path string) (text, what string) {
	text = field.Value
	switch path {
	case "DOI":
		return doiPattern.FindString(text), "DOI"
	case "accessed":
		return dateOf(text), "date"
	case "ISSN":
		text = cmp.Or(issnPattern.FindString(text), text)
	case "title":
		if r.names["FAU"] != "" && field.Name == "TI" { // titles of PubMed end like sentences
			text = strings.TrimSuffix(text, ".")
		}
	case "language":
		if tag, err := language.Parse(text); err == nil && field.Name == "LA" {
			text = tag.String() // "eng" is en
		}
	case "URL": // some programs write several in one field
		first, others, _ := strings.Cut(strings.TrimPrefix(text, `\url`), " ")
		if text = first; strings.Contains(others, "://") {
			r.add(field, ", others", LeftOut, "a reference has one address: "+frontmatter.Shorten(others))
		}
	}
	return text, "text"
}

var (
	doiPattern  = regexp.MustCompile(`10\.\d+/\S+`)
	issnPattern = regexp.MustCompile(`\b\d{4}-?\d{3}[\dXx]\b`)
)

// issuedOf returns the date of publication from the fields that contain it.
func issuedOf(dates map[string]string) string {
	for _, name := range []string{"date", "DA", "DP"} {
		if date := dateOf(dates[name]); date != "" {
			return date
		}
	}
	year := dateOf(cmp.Or(dates["year"], dates["PY"], dates["Y1"]))
	if len(year) != 4 {
		return year
	}
	return dateOf(year + " " + strings.TrimSpace(dates["month"]+" "+dates["day"]))
}

// written matches a date with hyphens, slashes or spaces. The month may be a
// word.
var written = regexp.MustCompile(`^(\d{4})(?:[-/ ]\s*(\d{1,2}|[A-Za-z]{3})[a-z]*\.?)?(?:[-/ ]\s*(\d{1,2})\b)?`)

const months = "jan feb mar apr may jun jul aug sep oct nov dec "

// dateOf returns the date that a text begins with, in the form of
// references.yaml; "" if there is none.
func dateOf(text string) string {
	m := written.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return ""
	}
	month, err := strconv.Atoi(m[2])
	if at := strings.Index(months, strings.ToLower(m[2])+" "); err != nil && m[2] != "" && at >= 0 {
		month = at/4 + 1
	}
	day, _ := strconv.Atoi(m[3])
	switch {
	case month < 1 || month > 12:
		return m[1]
	case day < 1 || day > 31:
		return fmt.Sprintf("%s-%02d", m[1], month)
	}
	return fmt.Sprintf("%s-%02d-%02d", m[1], month, day)
}

// setName sets a name: "Banda, Grace", "Grace Banda", or the name of an
// organisation in braces.
func setName(d *draft.Draft, path, raw string) (err error) {
	raw = strings.TrimSpace(raw)
	set := func(part, text string) { err = cmp.Or(err, d.Set(path+"."+part, text)) }
	plain := citation.PlainTeX(raw)
	if strings.HasPrefix(raw, "{") && strings.HasSuffix(raw, "}") || !strings.ContainsAny(plain, ", ") {
		set("literal", plain)
		return err
	}
	if parts := strings.Split(plain, ","); len(parts) > 1 {
		set("family", parts[0])
		set("given", parts[len(parts)-1])
		if len(parts) > 2 {
			set("suffix", parts[1])
		}
		return err
	}
	words := strings.Fields(plain)
	last := len(words) - 1
	if particle := slices.IndexFunc(words[1:last], func(word string) bool { return strings.ToLower(word) == word }); particle >= 0 {
		last = 1 + particle // van der Berg, de La Fontaine
	}
	set("family", strings.Join(words[last:], " "))
	set("given", strings.Join(words[:last], " "))
	return err
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
