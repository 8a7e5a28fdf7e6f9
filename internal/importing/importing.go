// Package importing turns documents of other programs into content files: Word
// documents, tables, bibliographies and the files of other site generators.
//
// A document is read as a whole before anything is written. The [Import] says what
// became of every part of it: mapped to a field, kept as text, or left out and
// why. The package itself writes no files and knows no vocabularies: its caller
// checks the files that it makes like any others.
package importing

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/problem"
)

// Request is a document to import.
type Request struct {
	Name string // required: the name of its file, "ward.docx"
	Data []byte // its content; required, except for a folder
	Kind string // what it becomes: see Kinds; "" means a case study
	ID   string // of the entry; "" means an id made from its title
	Set  []Assignment

	StartCase bool // start a case study from the one record of a bibliography

	Folder fs.FS  // the content of a folder; nil for a single file
	Media  fs.FS  // for an export of WordPress: a copy of wp-content/uploads; nil if there is none
	Map    []byte // YAML that says what fields and values become; see fieldMap

	// Existing returns a file below content/, or nil if it does not exist;
	// required.
	Existing func(path string) []byte
}

// Assignment is a value for the field at a path; see package draft.
type Assignment struct{ Path, Text string }

// Import is what a document becomes.
type Import struct {
	Files    []File
	Report   []Line
	Problems []problem.Problem // of the document; if one is an error, nothing may be written

	// Fixes says where to correct mistakes in the imported files. Hint, if not
	// nil, returns a hint about a content file in words for the document.
	Fixes FixIn
	Hint  func(hint string) string

	// Map is a map for the user to edit, which changes as little as possible;
	// nil for formats without maps.
	Map []byte
}

// FixIn says where to correct the mistakes of an import.
type FixIn int

const (
	InFiles  FixIn = iota // in the files that were written
	InSource              // in the document, which is then imported again
)

// add reports what became of a part of the document.
func (i *Import) add(what string, outcome Outcome, detail string) {
	i.Report = append(i.Report, Line{what, outcome, cmp.Or(detail, "…")})
}

// fail reports a mistake in the document.
func (i *Import) fail(message, hint string) {
	i.Problems = append(i.Problems, problem.Problem{Code: "import", Message: message, Hint: hint})
}

// addFile adds a file. If there are others beside it, it is in a folder with them.
func (i *Import) addFile(file File, beside []File) {
	if len(beside) > 0 {
		folder := strings.TrimSuffix(file.Path, ".md")
		file.Path = folder + "/index.md"
		for _, b := range beside {
			b.Path = folder + "/" + b.Path
			i.Files = append(i.Files, b)
		}
	}
	i.Files = append(i.Files, file)
}

// File is a file to be written below content/.
type File struct {
	Path   string
	Data   []byte
	Adds   int            // the first new line, if the file exists; 0 if the file must not exist
	Places map[int]string // where each line comes from in the document: "row 3, countries"
}

// Line is what became of one part of a document.
type Line struct {
	What    string // in the document
	Outcome Outcome
	Detail  string // the field that it became, or the reason
}

// Outcome is what became of a part of a document.
type Outcome string

const (
	Mapped     Outcome = "mapped"
	KeptAsText Outcome = "kept as text"
	LeftOut    Outcome = "left out"
)

// Format is a kind of document that can be imported.
type Format struct {
	Extension string // ".docx", or FolderExtension
	What      string // "a Word document"
	Read      func(Request) (*Import, error)
}

// Formats returns the formats that can be imported.
func Formats() []Format {
	return []Format{
		{".docx", "a Word document", readWord},
		{".csv", "a table of case studies", readCSV},
		{".xlsx", "the same as an Excel workbook", readXLSX},
		{".bib", "references in BibTeX", bibTeX.importAll},
		{".ris", "references in RIS", ris.importAll},
		{".nbib", "references of PubMed", pubMed.importAll},
		{".xml", "an export of WordPress", readWordPress},
		{FolderExtension, "Markdown of Hugo, Jekyll or Eleventy", readFolder},
	}
}

// FolderExtension is used for a folder in the table of formats.
const FolderExtension = "/"

// Read reads a document. The extension of its name decides the format.
func Read(request Request) (*Import, error) {
	extension := strings.ToLower(path.Ext(request.Name))
	if request.Folder != nil {
		extension = FolderExtension
	}
	var known []string
	for _, f := range Formats() {
		if f.Extension == extension {
			return f.Read(request)
		}
		known = append(known, f.Extension)
	}
	for _, other := range []struct{ extensions, instead string }{
		{".doc .odt .rtf .pages .wpd", "open it and save it as .docx"},
		{".xls .ods .numbers", "open it and save it as .xlsx"},
		{".tsv .tab", "rename it to .csv"},
		{".json .enw .ciw .rdf", "export the references as BibTeX or RIS"},
		{".md .markdown .html", "import the folder that it is in"},
	} {
		if slices.Contains(strings.Fields(other.extensions), extension) {
			return nil, fmt.Errorf("%s files are not read: %s", extension, other.instead)
		}
	}
	return nil, fmt.Errorf("files with the extension %q are not read: use one of %s", extension, strings.Join(known, ", "))
}

// kind is something that can be written: a kind of content, and the values that
// distinguish it from others with the same fields.
type kind struct {
	name  string
	class content.Class
	set   []Assignment
}

var kinds = []kind{
	{"case", content.CaseClass, nil},
	{"challenge", content.CaseClass, []Assignment{{"kind", string(content.Challenge)}}},
	{"programme", content.CaseClass, []Assignment{{"kind", string(content.Programme)}}},
	{"resource", content.ResourceClass, nil},
	{"principle", content.PrincipleClass, nil},
	{"organisation", content.OrganisationsClass, nil},
	{"discipline", content.DisciplinesClass, nil},
	{"page", content.PageClass, nil},
}

// Kinds returns the names of what can be written, in the words of contributors.
func Kinds() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.name)
	}
	return names
}

// NewDraft returns a draft of the kind. The kind "" is a case study.
func NewDraft(name string) (*draft.Draft, error) {
	name = cmp.Or(name, "case")
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
	if i < 0 {
		return nil, fmt.Errorf("%q is no kind of content: use one of %s", name, strings.Join(Kinds(), ", "))
	}
	d := draft.New(content.SchemaOf(kinds[i].class))
	for _, set := range kinds[i].set {
		if err := d.Set(set.Path, set.Text); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// apply sets the values that the user gave.
func (r Request) apply(d *draft.Draft) error {
	for _, set := range r.Set {
		if err := d.Set(set.Path, set.Text); err != nil {
			return err
		}
	}
	return nil
}

// FileOf returns the file that a draft becomes: a file of its own, or the
// vocabulary with the draft added at its end. id is the id of the entry; ""
// means an id made from its title.
func FileOf(d *draft.Draft, id string, comments draft.Comments, existing func(string) []byte) (File, error) {
	title := cmp.Or(d.Get("title"), d.Get("name"), d.Get("label"))
	if id == "" {
		if id = cmp.Or(d.Get("id"), content.Slug(title)); id == "" && title == "" {
			return File{}, errors.New("it has no title, from which its id is made: write one")
		} else if id == "" {
			return File{}, fmt.Errorf("no id can be made from the title %q: give one with --id, in letters a to z, digits and hyphens", title)
		}
	}
	if d.Schema.List {
		return addedTo(d, id, existing)
	}
	name := strings.ReplaceAll(d.Schema.Files[0], "<id>", id)
	for _, other := range d.Schema.Files {
		if other = strings.ReplaceAll(other, "<id>", id); existing(other) != nil {
			return File{}, fmt.Errorf("content/%s is there already, and nothing is overwritten: "+anotherID, other)
		}
	}
	if class, got := content.Classify(name); class != d.Schema.Class || got != id {
		return File{}, fmt.Errorf("%q cannot be an id: use letters a to z, digits and hyphens", id)
	}
	w := d.Markdown(comments)
	return File{Path: name, Data: w.Text, Places: w.Paths}, nil
}

// anotherID ends the message about a file that exists. Readers of documents with many
// entries, whose ids cannot be given with --id, replace it.
const anotherID = "give another id with --id"

// addedTo returns the vocabulary with a draft added at its end.
func addedTo(d *draft.Draft, id string, existing func(string) []byte) (File, error) {
	if err := d.Set("id", id); err != nil {
		return File{}, err
	}
	name := d.Schema.Files[0]
	return AddTo(name, existing(name), d)
}

// AddTo returns a vocabulary file with drafts added at its end.
func AddTo(name string, before []byte, drafts ...*draft.Draft) (File, error) {
	list, _, _ := strings.Cut(name, ".")
	w, first := draft.AppendTo(before, list, drafts...)
	had, has := content.Parse(name, before), content.Parse(name, w.Text)
	if len(has.Entries) < len(had.Entries) || problem.Count(has.Problems, problem.Error) == 0 && len(has.Entries) != len(had.Entries)+len(drafts) {
		return File{}, fmt.Errorf("nothing can be added to content/%s as it is written: run casebook check, and write its entries below one another, each beginning with \"- id\"", name)
	}
	return File{Path: name, Data: w.Text, Adds: first, Places: w.Paths}, nil
}
