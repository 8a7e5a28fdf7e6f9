// The form with which a reader writes a case study. Its fields and rules come
// from the content model.

package site

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/letters"
	"casebook/internal/library"
)

func formKinds() []kind {
	return []kind{{&FormPage{}, single(FormPath, (*maker).form)}}
}

// FormPath is the address of the form.
const FormPath = "/contribute/form/"

// Forms returns the names of the forms to fill in with other programs, whose files
// are beside the page: "case-study.docx" and "case-studies.xlsx", in the site's own
// terms.
func Forms(lib *library.Library) (word, table string) {
	name := func(text string) string {
		return cmp.Or(content.Slug(lib.Site.Terms.Rename(text)), content.Slug(text))
	}
	return name("case study") + ".docx", name("case studies") + ".xlsx"
}

// FormPage is "/contribute/form/", where a reader's browser makes the file of a case
// study. What is written stays in the browser until the reader sends it.
type FormPage struct {
	Base
	WordForm, TableForm string // href
	Parts               []FormPart
	Sections            []FormSection // of the text, of all kinds of case studies
	Lists               []FormList    // of names that the browser offers
	Mail                string        // where the file may be sent, or empty
	Contact             string        // otherwise the page that says how to send it, or empty
	NewFile             NewFile       // at the host of the source; zero if there is none
	Rules               string        // JSON for the script; see formRules
}

// FormPart is a group of fields under a heading.
type FormPart struct {
	Key    string // of the theme's string
	Fields []FormField
}

// FormField is a field as the form asks for it: one control, or several for a
// record or a list.
type FormField struct {
	FormControl
	Many  bool          // Inner is the first item of a list
	Inner []FormControl // if Control is Several
}

// FormControl is one control with its label and explanation.
type FormControl struct {
	Path     string // "quotes.1.text": the first item of a list has the number 1
	Key      string // "as-of", of the theme's string
	Help     string
	Example  string
	Control  Control
	Required bool
	InPart   bool           // required only if another field of its record is given
	Values   []string       // if Control is Choice
	Default  string         // the value that is chosen at first
	Names    []library.Name // if Control is Boxes or Menu
	List     string         // the id of the list of names to offer, or empty
}

// Control is how a value is entered.
type Control string

// The controls.
const (
	Line    Control = "line"    // a text on one line
	Lines   Control = "lines"   // a text of several lines, each an item of a list
	Choice  Control = "choice"  // one of the values of a closed list
	Menu    Control = "menu"    // one of a few names
	Boxes   Control = "boxes"   // any of a few names
	Tick    Control = "tick"    // a box to tick, for the value true
	Several Control = "several" // the controls of Inner
)

// FormSection is a heading of the text and the question that it answers.
type FormSection struct {
	content.Section
	ID   string
	Kind content.Kind
}

// FormList is names that the browser offers while a reader types.
type FormList struct {
	ID    string
	Names []library.Name
}

// Limits on what the form offers. Names are shown as boxes if they are few.
// They are not offered at all if there are so many that readers with slow
// connections would wait for them.
const (
	mostBoxes = 60
	mostNames = 500
)

func (m *maker) form() Page {
	schema := content.SchemaOf(content.CaseClass)
	page := &FormPage{Base: m.base(FormPath, "", ""), Rules: rulesOf(schema)}
	page.WordForm, page.TableForm = Forms(m.lib)
	f := &formMaker{page: page, names: m.lib.Names(), open: map[string]bool{}}
	f.findOpen(schema.Fields)
	for _, vocabulary := range []string{"organisations", "disciplines"} { // names in these vocabularies may have no entry, and so no id
		for i, name := range f.names[vocabulary] {
			f.names[vocabulary][i].ID = name.Label
		}
	}
	f.names["programmes"] = nil
	for _, c := range m.lib.Cases {
		if c.Kind == content.Programme {
			f.names["programmes"] = append(f.names["programmes"], library.Name{ID: c.ID, Label: c.Title})
		}
	}
	parts := map[string]int{}
	for _, field := range schema.Fields {
		key := field.Group
		if key == "" {
			key = "editors"
		}
		if _, known := parts[key]; !known {
			parts[key] = len(page.Parts)
			page.Parts = append(page.Parts, FormPart{Key: key})
		}
		part := &page.Parts[parts[key]]
		part.Fields = append(part.Fields, f.field(field.Key, field))
	}
	slices.SortStableFunc(page.Parts, func(a, b FormPart) int {
		return slices.Index(partOrder, a.Key) - slices.Index(partOrder, b.Key)
	})
	for _, kind := range content.Example.Choices() {
		for i, s := range content.Sections(content.CaseClass, content.Kind(kind)) {
			page.Sections = append(page.Sections, FormSection{s, kind + "-" + string(rune('1'+i)), content.Kind(kind)})
		}
	}
	s := m.lib.Site
	if page.Mail = emailOf(s.Contact); page.Mail == "" {
		page.Contact = s.Contact
	}
	page.NewFile = newFile(s.EditURL)
	return page
}

// partOrder is the order of the parts of the form, the required ones first.
var partOrder = []string{"basics", "account", "work", "results", "elsewhere", "editors"}

// formMaker makes the fields of a form.
type formMaker struct {
	page  *FormPage
	names map[string][]library.Name
	open  map[string]bool // vocabularies to which the form may add
}

// findOpen finds the vocabularies to which the fields may add a name.
func (f *formMaker) findOpen(fields []frontmatter.Field) {
	for _, field := range fields {
		f.open[field.Refers] = f.open[field.Refers] || field.New
		f.findOpen(field.Fields)
	}
}

// field returns a field as the form asks for it.
func (f *formMaker) field(path string, field frontmatter.Field) FormField {
	key := path[strings.LastIndexByte(path, '.')+1:]
	made := FormField{FormControl: FormControl{Path: path, Key: strings.ReplaceAll(key, "_", "-"), Help: field.Help, Required: field.Required && !field.Short, InPart: strings.Contains(path, "."), Default: field.Default, Control: Line}}
	names := f.names[field.Refers]
	if path == "programme" {
		names = f.names["programmes"]
	}
	isName := field.Refers != "" && len(field.Fields) == 0
	switch {
	case field.Type == content.TextsByWho:
		made.Control, made.Many = Several, true
		made.Inner = []FormControl{
			{Path: path + ".1.who", Key: "who", Control: Line, List: f.offer("countries")},
			{Path: path + ".1.gained", Key: "gained", Control: Lines},
		}
	case field.List && isName && !f.open[field.Refers] && len(names) > 0 && len(names) <= mostBoxes:
		made.Control, made.Names = Boxes, names
	case field.List && (isName || len(field.Fields) > 0):
		made.Control, made.Many = Several, true
		item := field
		item.List, item.Help = false, ""
		first := f.field(path+".1", item)
		if first.Control != Several {
			first.Key = made.Key
			first.Inner = []FormControl{first.FormControl}
		}
		made.Inner = first.Inner
	case field.List:
		made.Control = Lines
	case len(field.Fields) > 0:
		made.Control = Several
		if known := f.names[field.Refers]; len(known) > 0 {
			made.Inner = append(made.Inner, FormControl{Path: path, Key: field.Refers, Control: Menu, Names: known[:min(len(known), mostNames)]})
		}
		for _, inner := range field.Fields {
			one := f.field(path+"."+inner.Key, inner)
			if one.Control == Several && !one.Many { // a record inside a record
				for _, deep := range one.Inner {
					if deep.Control != Menu {
						deep.Key = one.Key + "-" + deep.Key
					}
					made.Inner = append(made.Inner, deep)
				}
				continue
			}
			made.Inner = append(made.Inner, one.FormControl)
		}
	case len(field.Values) > 0:
		made.Control, made.Values = Choice, field.Values
	case len(content.FormatOf(field.Format).Values) > 0:
		made.Control, made.Values = Choice, content.FormatOf(field.Format).Values
	case field.Type == frontmatter.Boolean:
		made.Control = Tick
	case path == "programme":
		made.Control, made.Names = Menu, names
	case isName:
		made.List = f.offer(field.Refers)
	default:
		made.Example = strings.Trim(field.Example, `"`)
	}
	return made
}

// offer adds the names of a vocabulary to the lists of the page, and returns
// the id of the list. It returns "" if there are no names, or too many to
// offer.
func (f *formMaker) offer(vocabulary string) string {
	names := f.names[vocabulary]
	if len(names) == 0 || len(names) > mostNames {
		return ""
	}
	id := "names-" + vocabulary
	if !slices.ContainsFunc(f.page.Lists, func(l FormList) bool { return l.ID == id }) {
		f.page.Lists = append(f.page.Lists, FormList{id, names})
	}
	return id
}

// formRules are the rules that the form checks and the fields that it writes,
// in the form that the script reads.
type formRules struct {
	Fields  []formModel           `json:"fields"`
	Needs   []formNeed            `json:"needs"`
	Orders  []content.Order       `json:"orders"`
	Formats map[string]formFormat `json:"formats"`
	Emails  content.Emails        `json:"emails"`
	Markup  []string              `json:"markup"`  // see frontmatter.MarkupPatterns
	Letters map[string]string     `json:"letters"` // letters with no accent to remove, and what replaces them in file names
}

type formModel struct {
	Key      string      `json:"key"`
	Type     string      `json:"type,omitempty"` // empty: text
	List     bool        `json:"list,omitempty"`
	Required bool        `json:"required,omitempty"`
	Short    bool        `json:"short,omitempty"`
	Max      int         `json:"max,omitempty"`
	Format   string      `json:"format,omitempty"`
	Values   []string    `json:"values,omitempty"`
	Default  string      `json:"default,omitempty"`
	Refers   string      `json:"refers,omitempty"`
	New      bool        `json:"new,omitempty"`
	Or       string      `json:"or,omitempty"`
	Fields   []formModel `json:"fields,omitempty"`
}

type formNeed struct {
	In     string       `json:"in,omitempty"`
	OneOf  []string     `json:"oneOf"`
	If     content.When `json:"if"`
	Unless string       `json:"unless,omitempty"`
}

type formFormat struct {
	Pattern string `json:"pattern"`
	Not     string `json:"not,omitempty"`
}

// rulesOf writes the rules of a kind of content as JSON.
func rulesOf(schema content.Schema) string {
	rules := formRules{Fields: modelOf(schema.Fields), Orders: schema.Orders, Emails: schema.Emails, Formats: map[string]formFormat{}, Markup: frontmatter.MarkupPatterns(), Letters: map[string]string{}}
	for _, n := range schema.Needs {
		rules.Needs = append(rules.Needs, formNeed{n.In, n.OneOf, n.If, n.Unless})
	}
	rules.addFormats(schema.Fields)
	for r := 'ß'; r <= 'ʋ'; r++ { // the letters of Latin alphabets with more than a to z
		if plain := letters.Plain(r); plain != "" {
			rules.Letters[string(r)] = plain
		}
	}
	data, err := json.Marshal(rules)
	if err != nil {
		panic(err) // unreachable: strings and numbers always marshal
	}
	return string(data)
}

func modelOf(fields []frontmatter.Field) []formModel {
	var model []formModel
	for _, f := range fields {
		one := formModel{f.Key, string(f.Type), f.List, f.Required, f.Short, f.Max, f.Format, f.Values, f.Default, f.Refers, f.New, f.Or, modelOf(f.Fields)}
		if f.Type == frontmatter.Text || f.Type == frontmatter.Fields {
			one.Type = ""
		}
		model = append(model, one)
	}
	return model
}

// addFormats adds the formats of the fields. A text with a list of values is
// chosen from the list, and needs no check.
func (r *formRules) addFormats(fields []frontmatter.Field) {
	for _, f := range fields {
		for _, name := range []string{f.Format, string(f.Type)} {
			if format := content.FormatOf(name); format.Pattern != "" {
				r.Formats[name] = formFormat{format.Pattern, format.Not}
			}
		}
		r.addFormats(f.Fields)
	}
}

// NewFile is where a new file can be added at the host of the source, and the
// names of the fields in that address. If Text is empty, the host accepts no
// text.
type NewFile struct{ Href, Name, Text string }

// newFile returns where to add a file at the host that edit_url names; zero if
// the host is not known.
func newFile(edit string) NewFile {
	h, u, project, folder := hostOf(edit)
	if h == nil {
		return NewFile{}
	}
	u.Path = project + h.newFile + strings.TrimSuffix(folder, "/") + "/cases"
	return NewFile{u.String(), h.fileName, h.fileText}
}
