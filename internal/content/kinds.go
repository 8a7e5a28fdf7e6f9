package content

// The table of all kinds of content, and finding the kind of a file.

import (
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"

	"casebook/internal/frontmatter"
	"casebook/internal/media"
)

// Class is the class of a file of the content folder, which depends only on its
// path.
type Class string

// The classes of files that contain entries; see kinds.
const (
	SiteClass          Class = "site"
	PrincipleClass     Class = "principle"
	CaseClass          Class = "case"
	ResourceClass      Class = "resource"
	PageClass          Class = "page"
	HomeClass          Class = "home" // a Page whose text is on the home page
	OrganisationsClass Class = "organisations"
	DisciplinesClass   Class = "disciplines"
	ReferencesClass    Class = "references"
	SynonymsClass      Class = "synonyms"
)

// The classes of all other files.
const (
	AttachmentClass Class = "attachment" // an image or download next to a Markdown file; package media decides whether it may be published
	JunkClass       Class = "junk"       // files that editors and desktops leave behind: ".DS_Store", "x.md~"
	UnknownClass    Class = "unknown"    // other files, which are not read; Parse reports where they should go
)

// kind is one kind of content: its files, and how an entry is read.
type kind struct {
	class   Class
	file    string // the only file of this kind, at the top of content/: "site.yaml"; or
	folder  string // the folder of its Markdown files: "cases"
	layout  layout // layout of the folder
	example string // example of a file name in the folder, without .md
	list    string // for a vocabulary, the key that may hold the list of its entries
	plan           // how to read the front matter, or one entry of the list
}

// plan is how to read an entry of one type.
type plan struct {
	*frontmatter.Plan
	entry reflect.Type
}

// newPlan returns the plan of an entry whose id comes from the name of its file.
func newPlan[T any](what string) plan {
	t := reflect.TypeFor[T]()
	return plan{frontmatter.NewPlan(t, what, checks), t}
}

// newListPlan returns the plan of an entry of a vocabulary, which has a field for
// its id.
func newListPlan[T any](what, idCheck string) plan {
	p := newPlan[T](what)
	id, _ := p.entry.FieldByName("ID")
	p.Plan = p.With(id.Index, reflect.StructTag(`yaml:"id" check:"required,`+idCheck+`" example:"example-id" help:"What case studies name it by; it never changes."`), checks)
	return p
}

// newEntry returns an entry with only its default values.
func (p plan) newEntry() Entry {
	entry := reflect.New(p.entry).Interface().(Entry)
	p.SetDefaults(entry)
	return entry
}

// text returns a pointer to the text of a field of an entry.
func (p plan) text(entry Entry, key string) *string {
	return reflect.ValueOf(entry).Elem().FieldByIndex(p.Index(key)).Addr().Interface().(*string)
}

// layout says how the Markdown files of a folder may be arranged.
type layout int

const (
	filesOnly   layout = iota // only <id>.md
	withFolders               // also <id>/index.md, and images and downloads next to either
)

// kinds has a row for each kind of content. Classification, parsing, hints and the
// model are all derived from it, so adding a kind means adding a row.
var kinds = []kind{
	{class: CaseClass, folder: "cases", example: "burns-care", layout: withFolders, plan: newPlan[CaseStudy]("a case study")},
	{class: PrincipleClass, folder: "principles", example: "strategic", plan: newPlan[Principle]("a principle")},
	{class: ResourceClass, folder: "resources", example: "charter", layout: withFolders, plan: newPlan[Resource]("a resource")},
	{class: PageClass, folder: "pages", example: "about", layout: withFolders, plan: newPlan[Page]("a page")},
	{class: HomeClass, file: "home.md", plan: newPlan[Page]("the home page")},
	{class: OrganisationsClass, file: "organisations.yaml", list: "organisations", plan: newListPlan[Organisation]("an organisation", "id")},
	{class: DisciplinesClass, file: "disciplines.yaml", list: "disciplines", plan: newListPlan[Term]("a discipline", "id")},
	{class: ReferencesClass, file: "references.yaml", list: "references", plan: newListPlan[Reference]("a reference", "cite-key")},
	{class: SynonymsClass, file: "synonyms.yaml", list: "synonyms", plan: newPlan[Synonyms]("a list of synonyms")},
	{class: SiteClass, file: "site.yaml", plan: newPlan[Site]("site.yaml")},
}

func kindOf(class Class) *kind { return kindWhere(func(k *kind) bool { return k.class == class }) }

// kindWhere returns the first kind for which the condition holds, or nil.
func kindWhere(condition func(k *kind) bool) *kind {
	for i := range kinds {
		if condition(&kinds[i]) {
			return &kinds[i]
		}
	}
	return nil
}

// id returns the id of the entry of a kind with only one file, if that is a
// Markdown file, or "".
func (k *kind) id() string {
	if id, isMarkdown := strings.CutSuffix(k.file, ".md"); isMarkdown {
		return id
	}
	return ""
}

// newEntry returns an entry of the kind with only its default values.
func (k *kind) newEntry(id, file string, at Position) Entry {
	entry := k.plan.newEntry()
	*entry.Origin() = Source{Class: k.class, ID: id, File: file, At: at}
	return entry
}

// isOf returns a hint where to move a file if all of the given keys are fields of
// another kind of Markdown file, or "".
func (k *kind) isOf(keys []string) (hint string) {
	for i := range kinds {
		other := &kinds[i]
		if other.folder == "" || other == k {
			continue
		}
		if !slices.ContainsFunc(keys, func(key string) bool { return !other.Has(key) }) {
			return fmt.Sprintf("they are those of %s: move the file to %s/", other.What(), other.folder)
		}
	}
	return ""
}

// Classify returns the class of the file at the slash-separated path below content/
// and, for Markdown files, the id that its name suggests. The id may be invalid,
// which Parse reports.
func Classify(name string) (class Class, id string) {
	class, _, id = classify(name)
	return class, id
}

// classify is like Classify, and also returns the kind if the file contains
// entries.
func classify(name string) (class Class, k *kind, id string) {
	if isJunk(name) {
		return JunkClass, nil, ""
	}
	folder, below, isBelow := strings.Cut(name, "/")
	if !isBelow {
		if k = kindWhere(func(k *kind) bool { return k.file == name }); k != nil {
			return k.class, k, k.id()
		}
		if media.IsImage(name) { // such as the logo of the site
			return AttachmentClass, nil, ""
		}
		return UnknownClass, nil, ""
	}
	k = kindWhere(func(k *kind) bool { return k.folder == folder })
	if k == nil {
		return UnknownClass, nil, ""
	}
	id, base := path.Split(below)
	id = strings.TrimSuffix(id, "/")
	switch stem, isMD := strings.CutSuffix(base, ".md"); {
	case isMD && id == "" && stem != "index" && stem != "_index":
		return k.class, k, stem
	case isMD && id != "" && !strings.Contains(id, "/") && stem == "index" && k.layout == withFolders:
		return k.class, k, id
	case k.layout == filesOnly, strings.Contains(id, "/"), isText(strings.ToLower(path.Ext(base))), isMarkdown(base):
		return UnknownClass, nil, ""
	}
	return AttachmentClass, nil, ""
}
