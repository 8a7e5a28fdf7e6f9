package library

// Building the library: sorting the entries of all files by kind, and linking them.

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// Options are the inputs of New other than the files.
type Options struct {
	Drafts      bool            // show drafts too
	Today       content.Date    // the build date, which review_by is compared with
	Attachments map[string]bool // paths of images and downloads below content/
	Refused     map[string]bool // paths of images and downloads that must not be published; already reported
}

// New links the entries of all files. It returns the problems of the library as a
// whole; the problems of single files are in the parsed files. The library is nil
// only if there is no usable site.yaml.
func New(files []*content.Parsed, opts Options) (*Library, []problem.Problem) {
	b := newBuilder(files, opts)
	if b.lib.Site == nil {
		b.report(content.Source{File: "site.yaml"}, content.Position{}, "missing-site", "there is no site.yaml that can be read", "write one with at least a title; casebook init shows how")
		return nil, b.sorted()
	}
	b.nameCountries()
	b.addReferences()
	b.addTerms()
	b.addSynonyms()
	b.addOrganisations()
	b.addPrinciples()
	b.addResources()
	b.addPages()
	b.addCases()
	b.lib.Featured = resolve(b, b.studies, b.lib.Site.Source, b.lib.Site.Featured)
	b.lib.Logo, b.lib.Favicon = b.picture(b.lib.Site.Source, b.lib.Site.Logo, pictures...), b.picture(b.lib.Site.Source, b.lib.Site.Favicon, ".png")
	for _, check := range checks {
		check(b)
	}
	b.finish()
	return b.lib, b.sorted()
}

// checks are run on the complete library, once everything is linked. To add a
// check, add a row.
var checks = []func(*builder){
	(*builder).checkFutureDates,
	(*builder).checkChallenges,
}

// builder builds a Library.
type builder struct {
	reports
	opts   Options
	files  []*content.Parsed
	lib    *Library
	absent *absences

	countries     *vocabulary[*Country]
	hallmarks     *vocabulary[*Hallmark]
	organisations *vocabulary[*Organisation]
	principles    *vocabulary[*Principle]
	references    *vocabulary[*content.Reference]
	resources     *vocabulary[*Resource]
	studies       *vocabulary[*CaseStudy]
	terms         []*vocabulary[*Term] // one for each of termRows
}

func newBuilder(files []*content.Parsed, opts Options) *builder {
	b := &builder{
		opts: opts, files: files, absent: newAbsences(files, opts.Refused),
		hallmarks: newVocabulary[*Hallmark](hallmarkKind), organisations: newVocabulary[*Organisation](organisationKind), principles: newVocabulary[*Principle](principleKind),
		references: newVocabulary[*content.Reference](referenceKind), resources: newVocabulary[*Resource](resourceKind), studies: newVocabulary[*CaseStudy](studyKind),
	}
	b.lib = &Library{references: b.references, files: map[string]content.Entry{}, absent: b.absent, attachments: opts.Attachments, composed: composedPaths(opts.Attachments)}
	for _, site := range entries[*content.Site](files) {
		b.lib.Site = site
		b.countries = newCountries(site.Language)
	}
	return b
}

// vocabularies returns all vocabularies, in the order in which names are looked up
// in them.
func (b *builder) vocabularies() []anyVocabulary {
	all := []anyVocabulary{b.hallmarks, b.principles, b.countries, b.organisations, b.resources, b.studies, b.references}
	for _, v := range b.terms {
		all = append(all, v)
	}
	return all
}

// anyVocabulary is a vocabulary of any type of entry.
type anyVocabulary interface {
	about() *kind
	has(text string) bool
}

// entries returns the entries of one type, in the order of the files.
func entries[T content.Entry](files []*content.Parsed) []T {
	var all []T
	for _, file := range files {
		for _, entry := range file.Entries {
			if e, ok := entry.(T); ok {
				all = append(all, e)
			}
		}
	}
	return all
}

// isHidden reports whether a file is not shown yet, because it is a draft or its
// published date is in the future. It records the file as left out or as shown.
func (b *builder) isHidden(e content.Entry, s content.Source, title string, draft bool, published content.Date) bool {
	left := LeftOut{File: s.File, Title: title}
	switch {
	case b.opts.Drafts:
	case draft:
		left.Why = Draft
	case !b.opts.Today.IsZero() && published.After(b.opts.Today):
		left.Why, left.Note = Scheduled, published.String()
	}
	if left.Why == "" {
		b.lib.files[s.File] = e
		return false
	}
	b.absent.files[s.File] = left.Why
	b.leaveOut(left)
	return true
}

func (b *builder) leaveOut(l LeftOut) { b.lib.LeftOut = append(b.lib.LeftOut, l) }

// addReferences fills the vocabulary of references. Exact ids take precedence over
// folded ones, so that the wrong source is never cited.
func (b *builder) addReferences() {
	for _, r := range entries[*content.Reference](b.files) {
		for _, name := range []string{r.Title, r.DOI, "doi " + r.DOI, "https://doi.org/" + r.DOI, r.URL} {
			if key := fold(name); r.DOI != "" || key == fold(r.Title) || key == fold(r.URL) {
				b.references.mean(key, r.ID)
			}
		}
		b.references.listed = append(b.references.listed, r.ID)
		b.references.exact[r.ID] = r
		if !b.references.add(r.ID, r.ID, r) {
			other := b.references.byName[fold(r.ID)]
			b.report(r.Source, r.At, "duplicate-name", fmt.Sprintf("the ids %q and %q differ in nothing but case, accents or punctuation", other.ID, r.ID),
				"ids must tell entries apart: change one of the two, or make them one entry")
		}
	}
}

// addSynonyms collects the synonyms. It reports a phrase that is in two lists,
// because the phrase would join them.
func (b *builder) addSynonyms() {
	listed := map[string]content.Position{}
	for _, s := range entries[*content.Synonyms](b.files) {
		var phrases []string
		for _, p := range s.Phrases {
			key := fold(p.Text)
			if first, ok := listed[key]; ok {
				b.report(s.Source, p.Position, "duplicate-name", fmt.Sprintf("%q is among the synonyms in line %d already", p.Text, first.Line),
					"delete it here, or make one list of the two")
				continue
			}
			listed[key] = p.Position
			phrases = append(phrases, p.Text)
		}
		b.lib.Synonyms = append(b.lib.Synonyms, phrases)
	}
}

// addTerms fills the vocabularies of terms.
func (b *builder) addTerms() {
	for _, row := range termRows {
		v := newVocabulary[*Term](row.kind)
		for _, t := range entries[*content.Term](b.files) {
			if t.Class == row.class {
				label, others := t.Labels()
				define(b, v, t.Source, &Term{Term: t}, label, others)
			}
		}
		b.terms = append(b.terms, v)
	}
}

// addOrganisations fills the vocabulary of organisations, then links members and
// successors.
func (b *builder) addOrganisations() {
	for _, o := range entries[*content.Organisation](b.files) {
		name, others := o.Labels()
		define(b, b.organisations, o.Source, &Organisation{Organisation: o}, name, others)
		if o.URL != "" {
			b.organisations.mean(fold(o.URL), writable(name, o.ID))
		}
		for _, name := range append([]string{name}, o.Names...) {
			if c, ok := b.countries.known(name); ok && len(name) > 3 { // codes are short
				b.report(o.Source, o.At, "duplicate-name", fmt.Sprintf("%q is the name of a country, %s", name, c.Name), "write the full name of the organisation, such as Government of "+c.Name)
				break
			}
		}
	}
	for _, org := range b.organisations.entries {
		org.Country = b.country(org.Source, org.Organisation.Country)
		for _, ref := range org.Organisation.Members {
			if member := b.otherOrganisation(org, ref, "be its own member"); member != nil {
				org.Members = append(org.Members, member)
				member.Partnerships = append(member.Partnerships, org)
			}
		}
		if successor := b.otherOrganisation(org, org.Organisation.Successor, "be its own successor"); successor != nil {
			org.Successor = successor
			successor.Predecessors = append(successor.Predecessors, org)
		}
	}
}

// otherOrganisation returns the organisation that another one names, or nil. It
// reports an organisation that names itself, which it cannot do.
func (b *builder) otherOrganisation(org *Organisation, ref content.Ref, cannot string) *Organisation {
	other := resolve(b, b.organisations, org.Source, ref)
	if other != org {
		return other
	}
	b.report(org.Source, ref.Position, "names-itself", "an organisation cannot "+cannot, "name another, or delete it")
	return nil
}

// addResources adds the resources and links them to their hallmarks.
func (b *builder) addResources() {
	for _, r := range entries[*content.Resource](b.files) {
		if b.isHidden(r, r.Source, r.Title, r.Draft, content.Date{}) {
			continue
		}
		resource := &Resource{Resource: r}
		define(b, b.resources, r.Source, resource, r.Title, []string{r.ID})
		for _, link := range r.Hallmarks {
			if h := resolve(b, b.hallmarks, r.Source, link.Hallmark); h != nil {
				resource.Hallmarks = append(resource.Hallmarks, HallmarkUse{h, link.Why})
				h.Resources = append(h.Resources, ResourceUse{resource, link.Why})
			}
		}
		if file := r.Attachment; file.Text != "" {
			resource.Attached = b.attachment(r.Source, file)
		}
		b.checkCitations(r.Source, r.Sources)
	}
}

// attachment returns the path of a file that an entry names, or "" if there is
// none.
func (b *builder) attachment(s content.Source, ref content.Ref) string {
	name, ok := resolvePath(s.File, ref.Text)
	if file, found := b.lib.attachment(name); ok && found {
		return file
	}
	if !ok || b.absent.files[name] != faulty {
		hint := "add the file, or correct its name"
		if near := b.besideNear(s.File, path.Base(ref.Text)); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		b.report(s, ref.Position, "missing-file", fmt.Sprintf("there is no file %q beside this one", ref.Text), hint)
	}
	return ""
}

// besideNear returns the name of the attachment beside a file that is most like a
// name, or "".
func (b *builder) besideNear(file, name string) string {
	var beside []string
	for other := range b.opts.Attachments {
		if path.Dir(other) == path.Dir(file) {
			beside = append(beside, path.Base(other))
		}
	}
	slices.Sort(beside)
	return frontmatter.Nearest(name, beside)
}

// pictures are the extensions of pictures that pages show.
var pictures = []string{".png", ".webp", ".jpg", ".jpeg", ".gif"}

// picture returns the path of a picture that an entry names, or "". It reports a
// file whose name does not end in one of the extensions.
func (b *builder) picture(s content.Source, ref content.Ref, extensions ...string) string {
	if ref.Text == "" {
		return ""
	}
	file := b.attachment(s, ref)
	if file != "" && !slices.Contains(extensions, strings.ToLower(path.Ext(file))) {
		b.report(s, ref.Position, "not-a-picture", fmt.Sprintf("the name %q does not end in %s", ref.Text, strings.Join(extensions, " or ")), "save the picture again in such a format, and name that file")
		return ""
	}
	return file
}

func (b *builder) addPages() {
	for _, p := range entries[*content.Page](b.files) {
		switch {
		case b.isHidden(p, p.Source, p.Title, p.Draft, content.Date{}):
		case p.Class == content.HomeClass:
			b.lib.Home = p
		default:
			b.lib.Pages = append(b.lib.Pages, p)
		}
	}
	slices.SortFunc(b.lib.Pages, func(x, y *content.Page) int { return strings.Compare(x.ID, y.ID) })
	b.orderPages()
}

// orderPages moves the pages that site.yaml names to the front, in its order.
func (b *builder) orderPages() {
	pages := b.lib.Pages
	var ids []string
	for _, p := range pages {
		ids = append(ids, p.ID)
	}
	for i, ref := range b.lib.Site.Pages {
		at := slices.IndexFunc(pages, func(p *content.Page) bool { return p.ID == ref.Text })
		meant := slices.IndexFunc(pages, func(p *content.Page) bool {
			return fold(strings.TrimSuffix(ref.Text, ".md")) == fold(p.ID) || fold(ref.Text) == fold(p.Title)
		})
		switch {
		case at >= i:
			page := pages[at]
			pages = slices.Insert(slices.Delete(pages, at, at+1), i, page)
		case at >= 0:
			return // named twice; already reported as a repeated item
		case meant >= 0:
			b.report(b.lib.Site.Source, ref.Position, "unknown-page", fmt.Sprintf("there is no page %q", ref.Text), "write "+pages[meant].ID)
			return
		default:
			b.report(b.lib.Site.Source, ref.Position, "unknown-page", fmt.Sprintf("there is no page %q", ref.Text), "the pages are "+strings.Join(ids, ", "))
			return
		}
	}
	b.lib.Pages = pages
}

// finish sets and sorts the lists of the library.
func (b *builder) finish() {
	lib := b.lib
	lib.countries, lib.Countries = b.countries, b.usedCountries()
	for i, row := range termRows {
		terms := b.terms[i].entries
		slices.SortFunc(terms, func(x, y *Term) int { return compareLabels(x.Label, y.Label, x.ID, y.ID) })
		*row.list(lib) = terms
	}
	lib.Organisations = b.organisations.entries
	lib.Principles = b.principles.entries
	lib.Resources = b.resources.entries
	slices.SortFunc(lib.Organisations, func(x, y *Organisation) int { return compareLabels(x.Name, y.Name, x.ID, y.ID) })
	slices.SortFunc(lib.Resources, func(x, y *Resource) int { return compareLabels(x.Title, y.Title, x.ID, y.ID) })
	slices.SortFunc(lib.LeftOut, func(x, y LeftOut) int { return strings.Compare(x.File+string(x.Why), y.File+string(y.Why)) })
}

// compareLabels compares labels in alphabetical order, ignoring case, accents and
// punctuation, and then ids.
func compareLabels(a, b, idA, idB string) int {
	return cmp.Or(strings.Compare(fold(a), fold(b)), strings.Compare(idA, idB))
}

// checkCitations reports citations of ids that are not in references.yaml.
func (b *builder) checkCitations(s content.Source, citations []content.Citation) {
	var refs []content.Ref
	for _, c := range citations {
		if c.Ref.Text != "" {
			refs = append(refs, c.Ref)
		}
	}
	resolveList(b, b.references, s, refs)
}

// report adds an error.
func (b *builder) report(s content.Source, at content.Position, code, message, hint string) {
	b.add(problem.Error, s, at, code, message, hint)
}
