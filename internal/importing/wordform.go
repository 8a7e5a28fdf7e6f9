// The Word form: writing a content control for each field, and reading a form
// that was filled in.

package importing

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"
	"casebook/internal/word"
)

// formTag begins the tag of each control of a form. The kind and the path of a
// field follow: "casebook/case/partners.1.role". A section of the text has its
// heading instead of a path: "casebook/case/## What was done".
const formTag = "casebook/"

const sectionMark = "## "

// How many items of a list a form has fields for.
const (
	listItems   = 4
	recordItems = 2
)

// formWord returns an empty form for Word.
func formWord(kind string, schema content.Schema, words Words) ([]byte, error) {
	form, err := wordForm(kind, schema, words)
	if err != nil {
		return nil, err
	}
	return form.Bytes()
}

// formIntro is the paragraph below the title of each form.
const formIntro = "Fill in what you know, and leave the rest as it is: nothing has to be invented. Write in the fields only; text elsewhere is not read."

func wordForm(kind string, schema content.Schema, words Words) (word.Form, error) {
	d, err := NewDraft(kind)
	if err != nil {
		return word.Form{}, err
	}
	needed, missing := word.FormSection{Heading: "What is needed"}, d.Missing()
	known := word.FormSection{Heading: "What else is known"}
	for _, f := range schema.Fields {
		section := &known
		if slices.Contains(missing, f.Key) {
			section = &needed
		}
		for _, q := range asked(f.Key, f, words.Names) {
			section.Fields = append(section.Fields, q.control(kind, words.Names))
		}
	}
	form := word.Form{
		Title: "Form for " + schema.What,
		Intro: formIntro,
	}
	story := word.FormSection{Heading: "The text"}
	for _, s := range content.Sections(schema.Class, content.Kind(d.Get("kind"))) {
		story.Fields = append(story.Fields, word.FormField{Tag: formTag + kind + "/" + sectionMark + s.Heading, Label: s.Heading, Help: s.Question, IsText: true})
	}
	if !schema.List {
		story.Fields = append(story.Fields, word.FormField{Tag: formTag + kind + "/" + textColumn, Label: "Other text", Help: "Headings, lists, tables, links and pictures are kept.", IsText: true})
	}
	form.Sections = []word.FormSection{needed, story, known}
	if schema.List {
		form.Sections = []word.FormSection{needed, known}
	}
	rename(&form, words.Terms)
	return form, nil
}

// rename makes what a form prints use the terms of the knowledge base. A form is read by
// the tags of its fields, which stay the same, and so do the headings of the text.
func rename(form *word.Form, terms content.Terms) {
	form.Title = terms.Rename(form.Title)
	for _, section := range form.Sections {
		for i := range section.Fields {
			f := &section.Fields[i]
			f.Help = terms.Rename(f.Help)
			if !strings.Contains(f.Tag, sectionMark) {
				f.Label = terms.Rename(f.Label)
			}
		}
	}
}

// asked returns the questions of a form about a field. There are several for a
// list whose items are chosen from values, and for a list of records.
func asked(path string, f frontmatter.Field, vocabularies Vocabularies) []question {
	isShort := slices.ContainsFunc(f.Fields, func(inner frontmatter.Field) bool { return inner.Short })
	hasParts := isShort || len(f.Fields) > 0 && f.Refers == ""
	var all []question
	switch {
	case f.List && (hasParts || len(question{field: f}.values(vocabularies)) > 0):
		count := listItems
		if hasParts && !isShort {
			count = recordItems
		}
		f.List = false
		for i := range count {
			all = append(all, asked(fmt.Sprintf("%s.%d", path, i+1), f, vocabularies)...)
		}
	case hasParts:
		for _, inner := range f.Fields {
			all = append(all, asked(path+"."+inner.Key, inner, vocabularies)...)
		}
	default:
		return []question{{path, f}}
	}
	return all
}

// control returns the field of a form for a question.
func (q question) control(kind string, vocabularies Vocabularies) word.FormField {
	help := q.field.Help
	switch {
	case q.field.Type == content.TextsByWho:
		help += " One on each line, with the name and a colon before it: Malawi: trained nurses."
	case q.field.List:
		help += " One on each line."
	case q.field.Type == "date":
		help += " Write 2016, 2016-11 or 2016-11-24."
	}
	return word.FormField{
		Tag: formTag + kind + "/" + q.path, Label: label(q.path), Help: help,
		Choices: q.values(vocabularies), IsOpen: len(q.field.Values) == 0 && q.field.Type != frontmatter.Boolean,
	}
}

// label returns the name of the field at a path in a form: "Partners 1: role".
func label(path string) string {
	text := strings.ReplaceAll(path, "_", " ")
	text = regexp.MustCompile(`\.([0-9]+)`).ReplaceAllString(text, " $1")
	text = strings.ReplaceAll(text, ".", ": ")
	return strings.ToUpper(text[:1]) + text[1:]
}

// isForm reports whether a document has controls of a form.
func isForm(doc *word.Document) bool {
	return slices.ContainsFunc(doc.Controls, func(c word.Control) bool { return strings.HasPrefix(c.Tag, formTag) })
}

// headingMark matches the marks of a heading in Markdown.
var headingMark = regexp.MustCompile(`(?m)^#`)

// formHint returns a hint about a content file as one about a form, whose labels are given
// by path.
func formHint(hint string, labels map[string]string) string {
	inForm := func(pattern *regexp.Regexp, hint string) string {
		return pattern.ReplaceAllStringFunc(hint, func(found string) string {
			key := pattern.FindStringSubmatch(found)[1]
			return "the field " + cmp.Or(labels[key], labels[key+".1"], label(key))
		})
	}
	changed := inForm(fieldLine, inForm(yamlList, hint))
	if changed == hint {
		return hint
	}
	return strings.Replace(changed, "add ", "fill in ", 1)
}

// readForm makes an entry of a form that was filled in.
func readForm(request Request, doc *word.Document) (*Import, error) {
	kind := request.Kind
	for _, c := range doc.Controls {
		if rest, ok := strings.CutPrefix(c.Tag, formTag); ok && kind == "" {
			kind, _, _ = strings.Cut(rest, "/")
		}
	}
	d, err := NewDraft(kind)
	if err != nil {
		return nil, err
	}
	labels := map[string]string{}
	result := &Import{Fixes: InSource, Hint: func(hint string) string { return formHint(hint, labels) }}
	empty := 0
	for _, c := range doc.Controls {
		rest, ok := strings.CutPrefix(c.Tag, formTag)
		_, path, hasPath := strings.Cut(rest, "/")
		switch {
		case !ok || !hasPath:
			result.add("field "+c.Tag, LeftOut, "it is no field of this form: "+frontmatter.Shorten(c.Text))
			continue
		case labels[path] != "":
			if !c.IsEmpty {
				result.failForm(c, "the form has this field twice: delete one of the two")
			}
			continue
		}
		labels[path] = c.Label
		switch heading, isSection := strings.CutPrefix(path, sectionMark); {
		case c.IsEmpty:
			empty++
		case isSection:
			d.Body += sectionMark + heading + "\n\n" + headingMark.ReplaceAllString(c.Markdown, "##") + "\n"
			result.add(c.Label, Mapped, "the text, below ## "+heading)
		case path == textColumn:
			d.Body += c.Markdown + "\n"
			result.add(c.Label, Mapped, "the text")
		default:
			if err := d.Set(path, c.Text); err != nil {
				result.failForm(c, strings.TrimPrefix(err.Error(), path+": "))
				continue
			}
			result.add(c.Label, Mapped, path)
		}
	}
	if empty > 0 {
		result.add(fmt.Sprintf("%d fields", empty), LeftOut, "nobody has filled them in")
	}
	if err := result.outsideForm(doc, kind, d.Schema, labels, termsOf(request)); err != nil {
		return nil, err
	}
	for _, n := range doc.Notes {
		result.add(n.What, Outcome(n.Outcome), n.Detail)
	}
	if doc.Footnotes != "" {
		d.Body += doc.Footnotes
	}
	if err := request.apply(d); err != nil {
		return nil, err
	}
	if d.Get(TitleOf(d)) == "" {
		result.fail(fmt.Sprintf("the field %q is empty", label(TitleOf(d))), "write there what it is called")
		return result, nil
	}
	file, err := FileOf(d, request.ID, draft.None, request.Existing)
	if err != nil {
		return nil, err
	}
	for line, path := range file.Places {
		file.Places[line] = placeInForm(path, labels)
	}
	result.addWithPictures(file, doc)
	return result, nil
}

// termsOf returns the terms of the knowledge base that a document is imported into.
func termsOf(request Request) content.Terms {
	for _, e := range content.Parse("site.yaml", request.Existing("site.yaml")).Entries {
		if site, ok := e.(*content.Site); ok {
			return site.Terms
		}
	}
	return content.Terms{}
}

// failForm reports a mistake in a field of a form.
func (i *Import) failForm(c word.Control, message string) {
	i.fail(fmt.Sprintf("field %q: %s", c.Label, message), "")
}

// placeInForm returns which field of a form the value at a path comes from.
func placeInForm(path string, labels map[string]string) string {
	for p := path; p != ""; {
		if labels[p] != "" {
			return fmt.Sprintf("field %q", labels[p])
		}
		p = p[:max(strings.LastIndexByte(p, '.'), 0)]
	}
	for p, label := range labels {
		if strings.HasPrefix(p, path+".") {
			return fmt.Sprintf("field %q", label)
		}
	}
	return ""
}

// outsideForm reports text outside the fields of a form, and fields that were
// deleted from it.
func (i *Import) outsideForm(doc *word.Document, kind string, schema content.Schema, labels map[string]string, terms content.Terms) error {
	form, err := wordForm(kind, schema, Words{})
	if err != nil {
		return err
	}
	printed := map[string]bool{form.Title: true, form.Intro: true}
	for _, section := range form.Sections {
		printed[section.Heading] = true
		for _, field := range section.Fields {
			printed[field.Label], printed[field.Help] = true, true
		}
	}
	for _, f := range schema.Fields { // the help of a list has a different text if its items are chosen
		for _, q := range append(asked(f.Key, f, nil), questionsOf(f.Key, f)...) {
			printed[q.field.Help] = true
		}
	}
	for text := range maps.Clone(printed) {
		printed[terms.Rename(text)] = true
	}
	for _, label := range labels {
		printed[label] = true
	}
	for _, text := range doc.Outside {
		if !printed[text] {
			i.add("text beside the fields", LeftOut, frontmatter.Shorten(text))
		}
	}
	for _, section := range form.Sections {
		for _, field := range section.Fields {
			path := strings.TrimPrefix(field.Tag, formTag+kind+"/")
			if labels[path] == "" && labels[path+".1"] == "" {
				i.add("field "+field.Label, LeftOut, "it was deleted from the form")
			}
		}
	}
	return nil
}
