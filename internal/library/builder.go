package library

// Building the library: sorting the entries of all files by kind, and linking them.

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
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
	b.lib.Logo, b.lib.Favicon = b.picture(b.lib.Site.Source, b.lib.Site.Logo, ".png", ".webp", ".jpg", ".jpeg", ".gif"), b.picture(b.lib.Site.Source, b.lib.Site.Favicon, ".png")
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
			if member := b.otherOrganisation(org, ref, "be a member of itself"); member != nil {
				org.Members = append(org.Members, member)
				member.Partnerships = append(member.Partnerships, org)
			}
		}
		if successor := b.otherOrganisation(org, org.Organisation.Successor, "succeed itself"); successor != nil {
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

// addPrinciples adds the principles of the site's set and their hallmarks.
func (b *builder) addPrinciples() {
	all := entries[*content.Principle](b.files)
	slices.SortFunc(all, func(p, q *content.Principle) int {
		return cmp.Or(cmp.Compare(p.Number, q.Number), cmp.Compare(p.ID, q.ID))
	})
	set, known := b.principleSet(all)
	numbers := map[int]*content.Principle{}
	for _, p := range all {
		switch other := numbers[p.Number]; {
		case set != "" && p.Set != "" && p.Set != set:
			b.leaveOutPrinciple(p, known)
			continue
		case other != nil:
			b.report(p.Source, content.Position{}, "duplicate-number",
				fmt.Sprintf("principle %d is also %q in %s", p.Number, other.Title, other.File), "give each principle of a set its own number")
		}
		numbers[p.Number] = p
		b.lib.files[p.File] = p
		principle := &Principle{Principle: p}
		define(b, b.principles, p.Source, principle, p.Title, []string{p.ID})
		for _, name := range numbersOf(p.Number) {
			b.principles.mean(name, writable(p.Title, p.ID))
		}
		for i := range p.Hallmarks {
			h := &Hallmark{Hallmark: &p.Hallmarks[i], Principle: principle}
			b.meanByNumber(h, p, i+1)
			principle.Hallmarks = append(principle.Hallmarks, h)
			source := content.Source{ID: h.ID, File: p.File, At: h.At}
			define(b, b.hallmarks, source, h, h.Title, []string{h.ID})
		}
		b.checkCitations(p.Source, p.Sources)
	}
}

// meanByNumber makes "5.1" suggest the first hallmark of principle 5, and "5"
// suggest all of them.
func (b *builder) meanByNumber(h *Hallmark, p *content.Principle, number int) {
	ofTwo := fmt.Sprintf("%d %d", p.Number, number)
	write := writable(h.Title, h.ID)
	b.hallmarks.mean(ofTwo, write)
	b.hallmarks.mean("hallmark "+ofTwo, write)
	b.principles.mean(ofTwo, writable(p.Title, p.ID))
	for _, name := range numbersOf(p.Number) {
		b.hallmarks.mean(name, write)
	}
}

// numberWords are the words for numbers, from one.
var numberWords = [][2]string{
	{"one", "first"},
	{"two", "second"},
	{"three", "third"},
	{"four", "fourth"},
	{"five", "fifth"},
	{"six", "sixth"},
	{"seven", "seventh"},
	{"eight", "eighth"},
	{"nine", "ninth"},
	{"ten", "tenth"},
	{"eleven", "eleventh"},
	{"twelve", "twelfth"},
}

// numbersOf returns the ways to write the number of a principle, folded: "5", "#5",
// "five", "the fifth principle".
func numbersOf(number int) []string {
	words := []string{strconv.Itoa(number)}
	if number >= 1 && number <= len(numberWords) {
		words = append(words, numberWords[number-1][0], numberWords[number-1][1])
	}
	var all []string
	for _, word := range words {
		all = append(all, word, "principle "+word, "the "+word, word+" principle", "the "+word+" principle", "no "+word, "number "+word, "principle number "+word, "principle no "+word, "p"+word, "p "+word, "sharp "+word, "principle sharp "+word)
	}
	return all
}

// principleSet returns the set of principles that the site shows, or "" for all. It
// reports a set in site.yaml that no principle has, and a missing set if the
// principles belong to several. In both cases it chooses a set and returns false,
// so that the mistake is not reported again for every principle and case study.
func (b *builder) principleSet(all []*content.Principle) (set string, known bool) {
	asked := b.lib.Site.PrincipleSet
	sets := newVocabulary[string](setKind)
	for _, p := range all {
		if _, listed := sets.find(p.Set); p.Set != "" && !listed {
			sets.add(p.Set, p.Set, p.Set)
			sets.listed = append(sets.listed, p.Set)
		}
	}
	switch {
	case len(sets.listed) == 0, slices.Contains(sets.listed, asked.Text):
		return asked.Text, true
	case asked.Text != "":
		b.report(b.lib.Site.Source, asked.Position, "unknown-set", fmt.Sprintf("no principle belongs to the set %q", asked.Text), sets.hint(asked.Text))
		return append(sets.likely(fold(asked.Text)), sets.listed[0])[0], false
	case len(sets.listed) > 1:
		b.report(b.lib.Site.Source, content.Position{}, "missing-set", "the principles belong to several sets: "+strings.Join(sets.listed, ", "),
			"say which one the site shows: principle_set: "+sets.listed[0])
		return sets.listed[0], false
	}
	return "", true
}

// leaveOutPrinciple leaves out a principle of a set that the site does not show.
// References to it are not reported, so that the set can be changed without editing
// case studies. If the set of the site is not known for certain, the principle is
// recorded as faulty rather than as part of another set.
func (b *builder) leaveOutPrinciple(p *content.Principle, known bool) {
	why := faulty
	if known {
		why = OtherSet
		b.leaveOut(LeftOut{File: p.File, Title: p.Title, Why: OtherSet, Note: p.Set})
	}
	b.absent.files[p.File] = why
	b.absent.addNames(principleKind, why, p.ID, p.Title)
	for _, h := range p.Hallmarks {
		b.absent.addNames(hallmarkKind, why, h.ID, h.Title)
	}
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
