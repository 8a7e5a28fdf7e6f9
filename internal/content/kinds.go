package content

// Kinds: the table of all kinds of content, and which kind a file is.

import (
	"fmt"
	"path"
	"reflect"
	"slices"
	"strings"

	"casebook/internal/frontmatter"
	"casebook/internal/media"
)

// Class is what a file of the content folder is, told by its path alone.
type Class string

// The classes of files that entries are read from; see kinds.
const (
	SiteClass          Class = "site"
	PrincipleClass     Class = "principle"
	CaseClass          Class = "case"
	ResourceClass      Class = "resource"
	PageClass          Class = "page"
	HomeClass          Class = "home" // a Page, whose text stands on the home page
	OrganisationsClass Class = "organisations"
	DisciplinesClass   Class = "disciplines"
	ReferencesClass    Class = "references"
	SynonymsClass      Class = "synonyms"
)

// The classes of all other files.
const (
	AttachmentClass Class = "attachment" // an image or download beside Markdown; package media says whether it may be published
	JunkClass       Class = "junk"       // what editors and desktops leave behind: ".DS_Store", "x.md~"
	UnknownClass    Class = "unknown"    // nothing that content may hold; Parse says where it should go
)

// kind is one kind of content: which files hold it, and how an entry is read.
type kind struct {
	class   Class
	file    string // the one file of this kind, at the top: "site.yaml"; or
	folder  string // the folder of its Markdown files: "cases"
	layout  layout // of that folder
	example string // the name of such a file, without .md
	list    string // of a vocabulary, the key that may hold the list of its entries
	plan           // how the front matter, or one entry of the list, is read
}

// plan is how an entry of one type is read.
type plan struct {
	*frontmatter.Plan
	entry reflect.Type
}

// newPlan returns the plan of an entry that has its id from its file's name.
func newPlan[T any](what string) plan {
	t := reflect.TypeFor[T]()
	return plan{frontmatter.NewPlan(t, what, checks), t}
}

// newListPlan returns the plan of an entry of a vocabulary, which has a field
// for its id.
func newListPlan[T any](what, idCheck string) plan {
	p := newPlan[T](what)
	id, _ := p.entry.FieldByName("ID")
	p.Plan = p.With(id.Index, reflect.StructTag(`yaml:"id" check:"required,`+idCheck+`" example:"example-id" help:"What case studies name it by; it never changes."`), checks)
	return p
}

// newEntry returns an entry with nothing but its defaults.
func (p plan) newEntry() Entry {
	entry := reflect.New(p.entry).Interface().(Entry)
	p.SetDefaults(entry)
	return entry
}

// text is the text of a field of an entry, which may be changed.
func (p plan) text(entry Entry, key string) *string {
	return reflect.ValueOf(entry).Elem().FieldByIndex(p.Index(key)).Addr().Interface().(*string)
}

// layout says how the Markdown files of a folder may be arranged.
type layout int

const (
	filesOnly   layout = iota // <id>.md, and nothing beside it
	withFolders               // also <id>/index.md, and images and downloads beside either
)

// kinds has a row for each kind of content. Classification, parsing, hints and
// the model are made from it, so that a new kind is a new row.
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

// kindWhere is the first kind for which the condition holds, or nil.
func kindWhere(condition func(k *kind) bool) *kind {
	for i := range kinds {
		if condition(&kinds[i]) {
			return &kinds[i]
		}
	}
	return nil
}

// id is the id of the entry of the kind's one file, if it is Markdown.
func (k *kind) id() string {
	if id, isMarkdown := strings.CutSuffix(k.file, ".md"); isMarkdown {
		return id
	}
	return ""
}

// newEntry returns an entry of the kind with nothing but its defaults.
func (k *kind) newEntry(id, file string, at Position) Entry {
	entry := k.plan.newEntry()
	*entry.Origin() = Source{Class: k.class, ID: id, File: file, At: at}
	return entry
}

// isOf says where a file belongs that has fields of another kind of Markdown
// file instead of this one's; "" if it has not.
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

// Classify returns what the file at the slash-separated path below content/
// is and, for Markdown files, the id that its name gives it. It does not say
// whether the id is a good one; Parse does.
func Classify(name string) (class Class, id string) {
	class, _, id = classify(name)
	return class, id
}

// classify is Classify, with the kind of a file that holds entries.
func classify(name string) (class Class, k *kind, id string) {
	if isJunk(name) {
		return JunkClass, nil, ""
	}
	folder, below, isBelow := strings.Cut(name, "/")
	if !isBelow {
		if k = kindWhere(func(k *kind) bool { return k.file == name }); k != nil {
			return k.class, k, k.id()
		}
		if media.IsImage(name) { // for the site itself
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
