// How pages of other programs become content files: what their fields become,
// and why a page stays a draft.

package importing

import (
	"bytes"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/markdown"
	"casebook/internal/problem"
)

// page is a page of another program.
type page struct {
	source    string // its path in the folder, for the report
	kind      string // what it becomes: see Kinds
	id        string
	name      string // of its file, if that has one
	fields    map[string]any
	published string // a date, used if no field has one
	draft     bool   // it was not published in the other program

	body        string   // Markdown
	original    []string // lines of the text as it is in the source
	linesBefore int      // lines of the source before the text
	isConverted bool     // the lines of the body differ from those of the source
	foreign     []string // what Markdown cannot express, with its position in the source
}

// pageWriter turns pages into content files.
type pageWriter struct {
	Request
	m         fieldMap
	schemas   []content.Schema // of the kinds that the pages become
	result    *Import
	seen      *seenFields
	countries map[string]bool // see countryNames
	ids       map[string]bool // each with its kind of content before it
	aliases   map[string]bool // old addresses
	count     map[string]int  // of the pieces of markup that were rewritten in all pages, by kind

	// Set before the first page is written. find returns what an address on a
	// page leads to in the source; readFile returns the content of a file of
	// the source; otherID tells the user how to give a page another id.
	find     func(from *page, address *url.URL) (*page, string)
	readFile func(name string) ([]byte, error)
	otherID  string
}

func newPageWriter(request Request, m fieldMap) *pageWriter {
	return &pageWriter{
		Request: request, m: m, result: &Import{}, seen: newSeenFields(), countries: countryNames(),
		ids: map[string]bool{}, aliases: map[string]bool{}, count: map[string]int{},
	}
}

// schemaOfPages returns the schema of a kind of content that has a file for each
// entry, with pictures beside it.
func schemaOfPages(kind string) (content.Schema, error) {
	d, err := NewDraft(kind)
	if err != nil {
		return content.Schema{}, err
	}
	if d.Schema.List || len(d.Schema.Files) < 2 {
		return content.Schema{}, fmt.Errorf("pages of another program cannot become %s: import them as cases, resources or pages", d.Schema.What)
	}
	return d.Schema, nil
}

// freeID returns an id that no other page has: the wanted id if it is free,
// otherwise the id with another word before it or with a number.
func (w *pageWriter) freeID(kind, id, before string) string {
	d, err := NewDraft(kind)
	if err != nil {
		return id
	}
	key := func(id string) string { return string(d.Schema.Class) + "/" + id }
	if before = content.Slug(before); w.ids[key(id)] && before != "" {
		id = content.Slug(before + "-" + id)
	}
	free := id
	for n := 2; w.ids[key(free)]; n++ {
		free = fmt.Sprintf("%s-%d", id[:min(len(id), 90)], n)
	}
	w.ids[key(free)] = true
	return free
}

// write makes a file of a page. The pictures and documents that the page shows
// become files beside it.
func (w *pageWriter) write(p *page) {
	d, err := NewDraft(p.kind)
	if err == nil {
		err = w.setFields(d, p)
	}
	if err == nil {
		err = w.applyTo(d)
	}
	if err != nil {
		w.fail(p, err)
		return
	}
	var beside []File
	d.Body, beside = w.relink(p, withoutTitle(p.body, d.Get("title")))
	file, err := FileOf(d, p.id, draft.Required, w.Existing)
	if err != nil {
		w.fail(p, err)
		return
	}
	switch why := whyDraft(p, d, file); {
	case why == "":
	case d.Get("draft") == "true":
		w.result.add(p.source, KeptAsText, why+"; it is a draft already")
	default:
		d.Replace("draft", "true")
		file.Data = d.Markdown(draft.Required).Text
		w.result.add(p.source, KeptAsText, why+"; so it is a draft")
	}
	w.result.addFile(file, beside)
}

// applyTo sets the values that the user gave. If the pages become several kinds
// of content, a page takes only the values for fields that its kind has.
func (w *pageWriter) applyTo(d *draft.Draft) error {
	request := w.Request
	request.Set = slices.DeleteFunc(slices.Clone(w.Set), func(set Assignment) bool {
		has := func(schema content.Schema) bool { _, known := draft.FieldAt(schema, set.Path); return known }
		return !has(d.Schema) && slices.ContainsFunc(w.schemas, has)
	})
	return request.apply(d)
}

// withoutTitle returns a text without a first heading that repeats the title,
// because a page shows its title anyway. The line of the heading stays, empty.
func withoutTitle(text, title string) string {
	trimmed := strings.TrimLeft(text, "\n")
	line, rest, _ := strings.Cut(trimmed, "\n")
	words, isHeading := strings.CutPrefix(line, "# ")
	if !isHeading || !strings.EqualFold(strings.TrimSpace(strings.TrimRight(words, "# ")), title) {
		return text
	}
	return text[:len(text)-len(trimmed)] + "\n" + rest
}

// fail reports a page that cannot be imported.
func (w *pageWriter) fail(p *page, err error) {
	w.result.fail(p.source+": "+strings.Replace(err.Error(), anotherID, w.otherID, 1), "")
}

// whyDraft returns what in a page must not be published yet, with its position
// in the source; "" if there is nothing.
func whyDraft(p *page, d *draft.Draft, file File) string {
	bodyAt := bytes.Count(file.Data, []byte("\n")) - strings.Count(strings.TrimSpace(d.Body), "\n") - 1
	trimmed := strings.Count(d.Body[:len(d.Body)-len(strings.TrimLeft(d.Body, " \t\n"))], "\n")
	written := problem.Lines(file.Data)
	found := slices.Clone(p.foreign)
	for _, q := range content.Parse(file.Path, file.Data).Problems {
		switch {
		case strings.HasPrefix(q.Code, "missing-"):
		case q.Line <= bodyAt:
			found = append(found, "front matter: "+q.Message)
		default:
			line := ""
			if q.Line <= len(written) {
				line = written[q.Line-1]
			}
			found = append(found, p.placeOf(q.Line-bodyAt+trimmed, q.Column, line)+": "+q.Message)
		}
	}
	switch len(found) {
	case 0:
		return ""
	case 1:
		return found[0]
	}
	return fmt.Sprintf("%s (and %d more)", found[0], len(found)-1)
}

// placeOf returns the line and column in the source for a line and column of
// the body. written is the text of that line in the body.
func (p *page) placeOf(line, column int, written string) string {
	if p.isConverted {
		return fmt.Sprintf("line %d", p.linesBefore+p.lineWith(column, written))
	}
	if line > len(p.original) {
		return fmt.Sprintf("%d:%d", p.linesBefore+line, column)
	}
	if source := p.original[line-1]; source != written {
		column = columnIn(source, written, column)
	}
	return fmt.Sprintf("%d:%d", p.linesBefore+line, column)
}

// lineWith returns the first line of the source's text that contains what is at
// a column of a line of the body; 1 if there is none.
func (p *page) lineWith(column int, written string) int {
	runes := []rune(written)
	for length := min(30, len(runes)-column+1); column > 0 && length >= 4; length /= 2 {
		words := string(runes[column-1 : column-1+length])
		if i := slices.IndexFunc(p.original, func(line string) bool { return strings.Contains(line, words) }); i >= 0 {
			return i + 1
		}
	}
	return 1
}

// columnIn returns the column in a line of what is at a column of the same line
// after it was rewritten; 1 if it is not there.
func columnIn(line, written string, column int) int {
	runes := []rune(written)
	if column < 1 || column > len(runes) {
		return 1
	}
	rest := string(runes[column-1 : min(len(runes), column+11)])
	if at := strings.Index(line, rest); at >= 0 {
		return len([]rune(line[:at])) + 1
	}
	return 1
}

// heading returns the heading that a page begins with, or its first heading if that
// is of the first level. Without one, it returns the name of its file, if that is in
// words, or the words of its id.
func (p *page) heading() string {
	document, _ := markdown.Parse([]byte(p.body))
	if len(document.Headings) > 0 {
		first := document.Headings[0]
		before := strings.TrimSpace(p.body[:first.Offset])
		_, below, _ := strings.Cut(p.body[first.Offset:], "\n")
		if marks := strings.TrimLeft(before, "#"); first.Text != "" && (marks == "" || strings.HasSuffix(before, "\n#") || strings.HasPrefix(below, "=")) {
			return first.Text
		}
	}
	if strings.Contains(p.name, " ") {
		return oneLine(p.name)
	}
	words := strings.ReplaceAll(p.id, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// report adds what concerns all pages to the report, and returns the import.
func (w *pageWriter) report() *Import {
	w.seen.report(w.result, w.m)
	w.result.Map = suggestedMap(w.Name, w.seen)
	for _, what := range slices.Sorted(maps.Keys(w.count)) {
		w.result.add(what, Mapped, fmt.Sprintf("%d, in Markdown", w.count[what]))
	}
	return w.result
}
