package library

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// addReferences makes the vocabulary of references. An exact id comes first, so
// that the wrong source is never cited.
func (b *builder) addReferences() {
	b.references = newVocabulary[*content.Reference]("reference")
	b.references.excuse(b.unread[content.ReferencesClass]...)
	for _, r := range b.referenceList {
		b.references.addExact(r.ID, r)
		if !b.references.add(r.ID, r) {
			other := b.references.terms[fold(r.ID)]
			b.report(r.Source, r.At, "duplicate-name", fmt.Sprintf("the ids %q and %q differ in nothing but case, accents or punctuation", other.ID, r.ID),
				"ids must tell entries apart: change one of the two, or make them one entry")
		}
	}
}

// addDisciplines makes the vocabulary of disciplines.
func (b *builder) addDisciplines() {
	b.disciplines = newVocabulary[*Discipline]("discipline")
	b.disciplines.excuse(b.unread[content.DisciplinesClass]...)
	b.subjectIDs = map[string]*Discipline{}
	for _, d := range b.subjectList {
		subject := &Discipline{ID: d.ID, Label: d.Label, Alternative: d.Alternative}
		b.subjectIDs[d.ID] = subject
		b.subjects = append(b.subjects, subject)
		label, others := d.Labels()
		names(b, b.disciplines, d.Source, subject, label, others)
	}
}

// addOrganisations makes the vocabulary of organisations and links its members
// and successors.
func (b *builder) addOrganisations() {
	b.organisations = newVocabulary[*Organisation]("organisation")
	b.organisations.excuse(b.unread[content.OrganisationsClass]...)
	b.orgIDs = map[string]*Organisation{}
	for _, o := range b.orgList {
		org := &Organisation{Organisation: o}
		b.orgIDs[o.ID] = org
		b.orgs = append(b.orgs, org)
		name, others := o.Labels()
		names(b, b.organisations, o.Source, org, name, others)
	}
	for _, org := range b.orgs {
		org.Country = b.country(org.Source, org.Organisation.Country)
		for _, ref := range org.Organisation.Members {
			if member := closed(b, b.organisations, org.Source, ref); member != nil {
				org.Members = append(org.Members, member)
				member.Partnerships = append(member.Partnerships, org)
			}
		}
		if successor := closed(b, b.organisations, org.Source, org.Organisation.Successor); successor != nil {
			org.Successor = successor
			successor.Predecessors = append(successor.Predecessors, org)
		}
	}
}

// addPrinciples makes the principles of the site's set and their hallmarks.
func (b *builder) addPrinciples() {
	b.principles = newVocabulary[*Principle]("principle")
	b.principles.excuse(b.unread[content.PrincipleClass]...)
	b.hallmarks = newVocabulary[*Hallmark]("hallmark")
	if b.mistaken[content.PrincipleClass] {
		b.hallmarks.excuse("")
	}
	slices.SortFunc(b.principleList, func(p, q *content.Principle) int {
		return cmp.Or(cmp.Compare(p.Number, q.Number), cmp.Compare(p.ID, q.ID))
	})
	set, known := b.principleSet()
	numbers := map[int]*content.Principle{}
	for _, p := range b.principleList {
		if set != "" && p.Set != "" && p.Set != set {
			if known {
				b.leftOut = append(b.leftOut, LeftOut{File: p.File, Title: p.Title, Why: OtherSet, Note: p.Set})
			} else {
				b.excuse(p)
			}
			continue
		}
		if other := numbers[p.Number]; other != nil {
			b.report(p.Source, content.Position{}, "duplicate-number",
				fmt.Sprintf("principle %d is also %q in %s", p.Number, other.Title, other.File), "give each principle of a set its own number")
		}
		numbers[p.Number] = p
		principle := &Principle{Principle: p}
		b.principlesN = append(b.principlesN, principle)
		b.files[p.File] = p
		names(b, b.principles, p.Source, principle, p.Title, []string{p.ID})
		for i := range p.Hallmarks {
			h := &Hallmark{Hallmark: &p.Hallmarks[i], Principle: principle}
			principle.Hallmarks = append(principle.Hallmarks, h)
			source := p.Source
			source.At = h.At
			names(b, b.hallmarks, source, h, h.Title, []string{h.ID})
		}
		b.checkCitations(p.Source, p.Sources)
	}
}

// principleSet is the set of principles that the site shows, "" for all. When
// no principle has the one that site.yaml names it is reported, and another
// taken, so that the slip is not reported of every case study as well.
func (b *builder) principleSet() (set string, known bool) {
	asked := b.site.PrincipleSet.Text
	sets := newVocabulary[string]("set")
	for _, p := range b.principleList {
		if p.Set == asked {
			return asked, true
		}
		if _, listed := sets.find(p.Set); p.Set != "" && !listed {
			sets.add(p.Set, p.Set)
		}
	}
	if asked == "" || len(sets.labels) == 0 {
		return asked, true
	}
	b.report(b.site.Source, b.site.PrincipleSet.Position, "unknown-set", fmt.Sprintf("no principle belongs to the set %q", asked), sets.hint(asked))
	return cmp.Or(sets.suggest(asked), sets.labels[0]), false
}

// excuse has nothing said of what names a principle or its hallmarks, or links
// to it.
func (b *builder) excuse(p *content.Principle) {
	b.excused[p.File] = true
	b.principles.excuse(p.ID, p.Title)
	for _, h := range p.Hallmarks {
		b.hallmarks.excuse(h.ID, h.Title)
	}
}

// addResources makes the resources and ties them to their hallmarks.
func (b *builder) addResources() {
	b.resources = newVocabulary[*Resource]("resource")
	b.resources.excuse(b.unread[content.ResourceClass]...)
	for _, r := range b.resourceList {
		if b.isDraft(r, r.Source, r.Title, r.Draft) {
			continue
		}
		resource := &Resource{Resource: r}
		names(b, b.resources, r.Source, resource, r.Title, []string{r.ID})
		for _, link := range r.Hallmarks {
			if h := closed(b, b.hallmarks, r.Source, link.Hallmark); h != nil {
				resource.Hallmarks = append(resource.Hallmarks, HallmarkUse{h, link.Why})
				h.Resources = append(h.Resources, ResourceUse{resource, link.Why})
			}
		}
		if file := r.Attachment; file.Text != "" {
			resource.Attached = b.attachment(r.Source, file)
		}
		b.checkCitations(r.Source, r.Sources)
		b.resourcesN = append(b.resourcesN, resource)
	}
}

// attachment is the path of a file that an entry names, or "".
func (b *builder) attachment(s content.Source, ref content.Ref) string {
	path, ok := resolvePath(s.File, ref.Text)
	if ok && b.opts.Attachments[path] {
		return path
	}
	if ok && b.excused[path] {
		return ""
	}
	b.report(s, ref.Position, "missing-file", fmt.Sprintf("there is no file %q beside this one", ref.Text), "add the file, or correct its name")
	return ""
}

// names makes a term findable by its main name and its other names, and
// reports a name that two terms share.
func names[T comparable](b *builder, v *vocabulary[T], s content.Source, term T, main string, others []string) {
	if main != "" && !v.add(main, term) {
		b.report(s, s.At, "duplicate-name", fmt.Sprintf("%q is already the name of another %s", main, v.noun), "names must tell entries apart: change one of the two, or make them one entry")
	}
	for _, name := range others {
		if name != "" && !v.addOther(name, term) {
			b.report(s, s.At, "duplicate-name", fmt.Sprintf("%q already names another %s", name, v.noun), "ids and other names must tell entries apart: change one of the two")
		}
	}
}

// closed finds the term of a vocabulary that authors cannot add to by writing
// a new name. It returns the zero value, and reports, when there is none.
func closed[T comparable](b *builder, v *vocabulary[T], s content.Source, ref content.Ref) T {
	var none T
	if ref.Text == "" {
		return none
	}
	if term, ok := v.find(ref.Text); ok {
		return term
	}
	if v.isExcused(ref.Text) {
		return none
	}
	hint := v.hint(ref.Text)
	if several := v.several(ref.Text); several != nil {
		hint = "write [" + strings.Join(several, ", ") + "]"
	}
	b.report(s, ref.Position, "unknown-"+v.noun, fmt.Sprintf("%q is not %s", ref.Text, v.known()), hint)
	return none
}

// hint is what to write instead of a text that names nothing: the label it is
// like, else one of those there are, or where these stand.
func (v *vocabulary[T]) hint(text string) string {
	if near := v.suggest(text); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	switch labels, few := v.listed(); {
	case labels == "":
		return "there is no " + v.noun + " yet"
	case few:
		return "use one of: " + labels
	}
	switch v.noun {
	case "set":
		return "write the set of one of the files of principles/"
	case "country":
		return "write its English name, such as Uganda"
	case "hallmark":
		return "hallmarks stand in the files of principles/; write the id or title of one"
	case "principle", "resource":
		return fmt.Sprintf("%ss are the files of %[1]ss/; write the name of one without .md, or its title", v.noun)
	case "organisation":
		return "write a name of organisations.yaml, or of a partner"
	case "reference":
		return "see references.yaml for its id, or write {title: …, url: …}"
	default: // a case study
		return "write the name of a file or folder of cases/, without .md"
	}
}

// known is how a message names what the vocabulary holds.
func (v *vocabulary[T]) known() string {
	switch v.noun {
	case "country":
		return "a country of ISO 3166"
	case "organisation":
		return "an organisation of this knowledge base"
	}
	return "a " + v.noun + " of this knowledge base"
}

// discipline finds a discipline, or makes one of a name near nothing known.
func (b *builder) discipline(s content.Source, ref content.Ref) *Discipline {
	if d, ok := b.disciplines.find(ref.Text); ok {
		return d
	}
	if near := b.disciplines.near(ref.Text); near != "" {
		b.near(s, ref, "discipline", near, "disciplines.yaml")
		return nil
	}
	d := &Discipline{ID: slug(ref.Text), Label: ref.Text}
	if other := b.subjectIDs[d.ID]; other != nil {
		b.sameAddress(s, ref, other.Label, "disciplines.yaml")
		return nil
	}
	b.subjectIDs[d.ID] = d
	if !b.mistaken[content.DisciplinesClass] {
		b.newTerm(s, ref, "discipline", "disciplines.yaml")
	}
	b.disciplines.addQuietly(ref.Text, d)
	b.subjects = append(b.subjects, d)
	return d
}

// organisation finds an organisation, or makes one of a name near nothing known.
func (b *builder) organisation(s content.Source, ref content.Ref, kind string) *Organisation {
	if ref.Text == "" {
		return nil
	}
	if o, ok := b.organisations.find(ref.Text); ok {
		return o
	}
	if near := b.organisations.near(ref.Text); near != "" {
		b.near(s, ref, "organisation", near, "organisations.yaml")
		return nil
	}
	o := &Organisation{Organisation: &content.Organisation{OrganisationFields: content.OrganisationFields{Name: ref.Text, Type: kind}}}
	o.ID, o.File = slug(ref.Text), s.File
	if other := b.orgIDs[o.ID]; other != nil {
		b.sameAddress(s, ref, other.Name, "organisations.yaml")
		return nil
	}
	b.orgIDs[o.ID] = o
	if !b.mistaken[content.OrganisationsClass] {
		b.newTerm(s, ref, "organisation", "organisations.yaml")
	}
	b.organisations.addQuietly(ref.Text, o)
	b.orgs = append(b.orgs, o)
	return o
}

// sameAddress reports a new name whose page would stand where another's does.
func (b *builder) sameAddress(s content.Source, ref content.Ref, other, file string) {
	b.report(s, ref.Position, "same-address", fmt.Sprintf("%q would have the address of %q", ref.Text, other),
		"if they are the same, write it the same way; if not, add this one to "+file+" with an id of its own")
}

func (b *builder) near(s content.Source, ref content.Ref, noun, near, file string) {
	b.report(s, ref.Position, "unknown-"+noun, fmt.Sprintf("%q is not known, but is nearly %q", ref.Text, near),
		fmt.Sprintf("did you mean %q? if it really is another %s, add it to %s", near, noun, file))
}

func (b *builder) newTerm(s content.Source, ref content.Ref, noun, file string) {
	b.add(problem.Warning, s, ref.Position, "new-term", fmt.Sprintf("%q is a new %s", ref.Text, noun),
		"add it to "+file+" so that others spell it the same way")
}

// checkCitations reports citations that are not in references.yaml.
func (b *builder) checkCitations(s content.Source, citations []content.Citation) {
	for _, c := range citations {
		closed(b, b.references, s, c.Ref)
	}
}

// usedCountries are the countries with cases, by name.
func (b *builder) usedCountries() []*Country {
	seen := map[*Country]bool{}
	var used []*Country
	for _, study := range b.shown {
		for _, c := range study.Countries {
			for ; c != nil && !seen[c]; c = c.Parent {
				seen[c] = true
				used = append(used, c)
			}
		}
	}
	sortCountries(used)
	return used
}
