// Package library cross-links the parsed entries of a site and checks them
// together: every reference leads to something, every id and name is one
// thing, every internal link and anchor is there.
//
// Its input is what package content made of each file, its output an immutable
// [Library] in which references are pointers, and all problems found. It knows
// nothing of pages, addresses or HTML, and reads no disk.
package library

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// Library is all content of one site. It is immutable.
type Library struct {
	Site          *content.Site
	Principles    []*Principle    // of the site's set, by number
	Cases         []*CaseStudy    // shown: examples, challenges and programmes, by id
	Newest        []*CaseStudy    // the same, as CompareNewest orders them
	Withdrawn     []*CaseStudy    // by id; only their address and the reason are shown
	Countries     []*Country      // where there are cases, by name; nations of the UK too
	Disciplines   []*Discipline   // with cases or in the vocabulary, by label
	Organisations []*Organisation // that cases name or the vocabulary has, by name
	Resources     []*Resource     // shown, by title
	Pages         []*content.Page // shown, by id
	LeftOut       []LeftOut       // what was not published, and why, by file

	// Terms is a hash of all that is not a case study: site.yaml, principles,
	// vocabularies, references, resources and pages of text.
	Terms [32]byte

	references map[string]*content.Reference // by id, exact and folded
	files      map[string]content.Entry      // shown Markdown files by path
	drafts     map[string]bool               // paths of files left out as drafts
	excused    map[string]bool               // paths of files left out because of a mistake that was reported
}

// Principle is a principle with its hallmarks and cases.
type Principle struct {
	*content.Principle
	Hallmarks []*Hallmark
	Cases     []*CaseStudy // newest first
}

// Hallmark is a hallmark with its cases and resources.
type Hallmark struct {
	*content.Hallmark
	Principle *Principle
	Cases     []*CaseStudy // newest first
	Resources []ResourceUse
}

// ResourceUse is a resource and why it belongs to a hallmark.
type ResourceUse struct {
	Resource *Resource
	Why      string
}

// Discipline is a specialty or profession.
type Discipline struct {
	ID          string
	Label       string
	Alternative []string
	Cases       []*CaseStudy // newest first
}

// Organisation is a body that takes part in the work of cases; New ones, that
// organisations.yaml does not have, hold a name only.
type Organisation struct {
	*content.Organisation
	Country      *Country // where it is based; nil when not known
	Members      []*Organisation
	Partnerships []*Organisation // that it is a member of
	Successor    *Organisation
	Predecessors []*Organisation
	Cases        []*CaseStudy // newest first, programmes included
}

// Resource is a resource with the hallmarks that it accompanies.
type Resource struct {
	*content.Resource
	Hallmarks []HallmarkUse
	Attached  string       // path of the attachment below content/, or empty
	Cases     []*CaseStudy // that name it
}

// HallmarkUse is a hallmark and why a resource belongs to it.
type HallmarkUse struct {
	Hallmark *Hallmark
	Why      string
}

// LeftOut is a file that was not published as usual.
type LeftOut struct {
	File  string
	Title string
	Why   Status
	Note  string // such as the reason of a withdrawal
}

// Status is why a file is left out or wants attention.
type Status string

const (
	Draft     Status = "draft"
	Withdrawn Status = "withdrawn"
	Overdue   Status = "overdue"   // past its review_by date; published all the same
	OtherSet  Status = "other set" // a principle of a set that the site does not use
)

// Options are the inputs of New besides the files.
type Options struct {
	Drafts      bool            // show drafts too
	Today       content.Date    // the build date, against which review_by is held
	Attachments map[string]bool // paths of images and downloads below content/
	Refused     map[string]bool // paths of such files that may not be published, which was reported of them
}

// New links the entries of all files. The problems are those of the library as
// a whole; those of single files are in the parsed files. The library is nil
// only when there is no usable site.yaml.
func New(files []*content.Parsed, opts Options) (*Library, []problem.Problem) {
	b := &builder{opts: opts}
	b.collect(files)
	if b.site == nil {
		b.report(content.Source{File: "site.yaml"}, content.Position{}, "missing-site", "there is no site.yaml that can be read", "write one with at least a title; casebook init shows how")
		return nil, b.problems
	}
	b.countries = newCountries()
	b.nameCountries()
	b.addReferences()
	b.addDisciplines()
	b.addOrganisations()
	b.addPrinciples()
	b.addResources()
	b.addCases()
	b.checkDates(files)
	return b.library(), problem.Sort(b.problems)
}

// builder is a Library in the making.
type builder struct {
	opts     Options
	problems []problem.Problem

	site          *content.Site
	cases         []*content.CaseStudy
	principleList []*content.Principle
	resourceList  []*content.Resource
	pages         []*content.Page
	orgList       []*content.Organisation
	subjectList   []*content.Term
	referenceList []*content.Reference

	countries     *vocabulary[*Country]
	disciplines   *vocabulary[*Discipline]
	organisations *vocabulary[*Organisation]
	principles    *vocabulary[*Principle]
	hallmarks     *vocabulary[*Hallmark]
	references    *vocabulary[*content.Reference]
	resources     *vocabulary[*Resource]
	studies       *vocabulary[*CaseStudy]

	terms       [32]byte
	shown       []*CaseStudy
	newest      []*CaseStudy
	withdrawn   []*CaseStudy
	leftOut     []LeftOut
	subjects    []*Discipline
	orgs        []*Organisation
	orgIDs      map[string]*Organisation
	subjectIDs  map[string]*Discipline
	principlesN []*Principle
	resourcesN  []*Resource
	files       map[string]content.Entry
	drafts      map[string]bool
	excused     map[string]bool
	unread      map[content.Class][]string // ids of files that could not be read; of a vocabulary ""
	mistaken    map[content.Class]bool     // of vocabularies with mistakes, and of files that could not be read
	hidden      map[string]bool            // ids of case studies that are withdrawn or drafts
}

// collect sorts the entries of all files by kind.
func (b *builder) collect(files []*content.Parsed) {
	b.files, b.drafts, b.hidden = map[string]content.Entry{}, map[string]bool{}, map[string]bool{}
	b.excused = map[string]bool{}
	maps.Copy(b.excused, b.opts.Refused)
	b.unread, b.mistaken = map[content.Class][]string{}, map[content.Class]bool{}
	for _, file := range Mistaken(files) {
		b.excuseFile(file)
	}
	terms := sha256.New()
	for _, file := range files {
		for _, entry := range file.Entries {
			if _, ok := entry.(*content.CaseStudy); !ok {
				terms.Write(entry.Origin().Key[:])
			}
			switch e := entry.(type) {
			case *content.Site:
				b.site = e
			case *content.CaseStudy:
				b.cases = append(b.cases, e)
			case *content.Principle:
				b.principleList = append(b.principleList, e)
			case *content.Resource:
				b.resourceList = append(b.resourceList, e)
			case *content.Page:
				b.pages = append(b.pages, e)
			case *content.Organisation:
				b.orgList = append(b.orgList, e)
			case *content.Term:
				b.subjectList = append(b.subjectList, e)
			case *content.Reference:
				b.referenceList = append(b.referenceList, e)
			}
		}
	}
	b.terms = [32]byte(terms.Sum(nil))
	b.pages = slices.DeleteFunc(b.pages, func(p *content.Page) bool {
		return b.isDraft(p, p.Source, p.Title, p.Draft)
	})
	slices.SortFunc(b.pages, func(p, q *content.Page) int { return strings.Compare(p.ID, q.ID) })
}

// Mistaken are the files with entries that may not be there because of mistakes,
// as their own problems say: files without any, and vocabularies with an error.
func Mistaken(files []*content.Parsed) []*content.Parsed {
	var all []*content.Parsed
	for _, file := range files {
		class, _ := content.Classify(file.Path)
		partly := class == content.OrganisationsClass || class == content.DisciplinesClass
		if (partly || len(file.Entries) == 0) && problem.Count(file.Problems, problem.Error) > 0 {
			all = append(all, file)
		}
	}
	return all
}

// excuseFile has nothing said of what names or links to entries of a file that
// are not there.
func (b *builder) excuseFile(file *content.Parsed) {
	class, id := content.Classify(file.Path)
	b.mistaken[class] = true
	if len(file.Entries) > 0 {
		return
	}
	b.excused[file.Path] = true
	b.unread[class] = append(b.unread[class], id)
	if class == content.CaseClass {
		b.hidden[fold(id)] = true
	}
}

// isDraft reports whether a file is a draft that is not to be shown, and keeps
// it as shown or left out.
func (b *builder) isDraft(e content.Entry, s content.Source, title string, draft bool) bool {
	if draft && !b.opts.Drafts {
		b.drafts[s.File] = true
		b.leftOut = append(b.leftOut, LeftOut{File: s.File, Title: title, Why: Draft})
		return true
	}
	b.files[s.File] = e
	return false
}

// library gathers what the builder made.
func (b *builder) library() *Library {
	lib := &Library{
		Site:          b.site,
		Principles:    b.principlesN,
		Cases:         b.shown,
		Newest:        b.newest,
		Withdrawn:     b.withdrawn,
		Countries:     b.usedCountries(),
		Disciplines:   b.subjects,
		Organisations: b.orgs,
		Resources:     b.resourcesN,
		Pages:         b.pages,
		LeftOut:       b.leftOut,
		Terms:         b.terms,
		references:    b.references.byText(),
		files:         b.files,
		drafts:        b.drafts,
		excused:       b.excused,
	}
	slices.SortFunc(lib.LeftOut, func(x, y LeftOut) int { return strings.Compare(x.File+string(x.Why), y.File+string(y.Why)) })
	slices.SortFunc(lib.Disciplines, func(x, y *Discipline) int { return compareLabels(x.Label, y.Label, x.ID, y.ID) })
	slices.SortFunc(lib.Organisations, func(x, y *Organisation) int { return compareLabels(x.Name, y.Name, x.ID, y.ID) })
	slices.SortFunc(lib.Resources, func(x, y *Resource) int { return compareLabels(x.Title, y.Title, x.ID, y.ID) })
	return lib
}

// compareLabels orders as a reader looks things up, then by id.
func compareLabels(a, b, idA, idB string) int {
	if c := strings.Compare(fold(a), fold(b)); c != 0 {
		return c
	}
	return strings.Compare(idA, idB)
}

// report adds an error.
func (b *builder) report(s content.Source, at content.Position, code, message, hint string) {
	b.add(problem.Error, s, at, code, message, hint)
}

func (b *builder) add(severity problem.Severity, s content.Source, at content.Position, code, message, hint string) {
	b.problems = append(b.problems, problem.Problem{
		File: s.File, Line: at.Line, Column: at.Column,
		Severity: severity, Code: code, Message: message, Hint: hint,
	})
}

// Reference returns the entry of references.yaml with the id.
func (l *Library) Reference(id string) *content.Reference {
	if r := l.references[id]; r != nil {
		return r
	}
	return l.references[fold(id)]
}

// Entry returns what is shown of the Markdown file at the path below content/,
// or nil.
func (l *Library) Entry(file string) content.Entry { return l.files[file] }
