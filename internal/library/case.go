package library

// Linking case studies: their references, and the lists that they belong to.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// addCases adds the case studies, and resolves their references to terms and then
// to other case studies.
func (b *builder) addCases() {
	all := entries[*content.CaseStudy](b.files)
	slices.SortFunc(all, compareCases)
	for i, c := range all {
		twin := i > 0 && all[i-1].ID == c.ID
		if twin {
			b.report(c.Source, content.Position{}, "duplicate-id", fmt.Sprintf("the case study %q is also in %s", c.ID, all[i-1].File),
				"give one of the two files another name, or delete it")
		}
		b.addCase(c, twin)
	}
	b.nameCases()
	shown := b.studies.entries
	for _, study := range shown {
		b.resolveTerms(study)
	}
	for _, study := range shown {
		// The partners of all case studies, which are organisations now, may have agreed.
		study.AgreedBy = resolveList(b, b.organisations, study.Source, study.CaseStudy.AgreedBy)
		b.resolveStudies(study)
	}
	b.lib.Cases, b.lib.Newest = shown, slices.Clone(shown)
	slices.SortFunc(b.lib.Newest, CompareNewest)
	for _, study := range b.lib.Newest {
		study.enter()
	}
	b.lib.relator = sync.OnceValue(func() *relator { return newRelator(shown) })
}

// addCase records a case study as shown, withdrawn or left out. If twin is set,
// another case study with the same id comes before it, and it is not shown.
func (b *builder) addCase(c *content.CaseStudy, twin bool) {
	study := &CaseStudy{CaseStudy: c}
	switch {
	case c.Withdrawn != nil:
		b.absent.addNames(studyKind, Withdrawn, c.ID, c.Title)
		b.lib.files[c.File] = c
		b.leaveOut(LeftOut{File: c.File, Title: c.Title, Why: Withdrawn, Note: c.Withdrawn.Reason})
		if !twin {
			b.lib.Withdrawn = append(b.lib.Withdrawn, study)
		}
	case b.isHidden(c, c.Source, c.Title, c.Draft, c.Published):
		b.absent.addNames(studyKind, Draft, c.ID, c.Title)
	case !twin:
		b.studies.entries = append(b.studies.entries, study)
		b.studies.listed = append(b.studies.listed, c.ID)
		b.studies.exact[c.ID] = study
	}
}

// nameCases makes case studies findable by id, and by titles that only one of them
// has. It warns about titles that several have.
func (b *builder) nameCases() {
	v := b.studies
	byTitle := make(map[string][]*CaseStudy, len(v.entries))
	for _, study := range v.entries {
		if study.SortKey = fold(study.Title); study.SortKey != "" {
			byTitle[study.SortKey] = append(byTitle[study.SortKey], study)
		}
	}
	v.shared = map[string]int{}
	for key, same := range byTitle {
		if len(same) > 1 {
			v.shared[key] = len(same)
		}
	}
	for _, study := range v.entries { // ids come before titles, because the id of one may be the title of another
		if folded := fold(study.ID); v.shared[folded] == 0 {
			v.addFolded(study.ID, folded, study.ID, study)
		}
	}
	for _, study := range v.entries {
		switch same := byTitle[study.SortKey]; {
		case len(same) > 1:
			v.mean(study.SortKey, study.ID)
			if study != same[0] {
				b.add(problem.Warning, study.Source, study.Source.At, "duplicate-title", fmt.Sprintf("%q is also the title of %s", study.Title, same[0].File),
					"give each its own title, so that readers can tell them apart in lists")
			}
		case study.SortKey != "":
			v.addFolded(study.Title, study.SortKey, study.ID, study)
		}
	}
}

// compareCases compares case studies by id. Of files with the same id, which is an
// error, the one to be shown comes first.
func compareCases(c, d *content.CaseStudy) int {
	if byID := strings.Compare(c.ID, d.ID); byID != 0 {
		return byID
	}
	hidden := func(c *content.CaseStudy) int {
		switch {
		case c.Draft:
			return 2
		case c.Withdrawn != nil:
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(hidden(c), hidden(d)), strings.Compare(c.File, d.File))
}

// CompareNewest compares case studies by the date of the last change, newest first,
// then by title and id.
func CompareNewest(a, b *CaseStudy) int {
	return cmp.Or(
		b.Changed().Compare(a.Changed()),
		strings.Compare(a.Title, b.Title),
		strings.Compare(a.ID, b.ID),
	)
}

// resolveTerms resolves the terms, organisations, resources and sources that the
// case study names.
func (b *builder) resolveTerms(study *CaseStudy) {
	c := study.CaseStudy
	study.Hallmarks = resolveList(b, b.hallmarks, c.Source, c.Hallmarks)
	study.Principles = resolveList(b, b.principles, c.Source, c.Principles)
	for _, h := range study.Hallmarks {
		if !slices.Contains(study.Principles, h.Principle) {
			study.Principles = append(study.Principles, h.Principle)
		}
	}
	slices.SortFunc(study.Principles, func(p, q *Principle) int { return cmp.Compare(p.Number, q.Number) })
	study.Countries = b.countryList(c.Source, c.Countries)
	for i, row := range termRows {
		tags := row.tags(study)
		checkTwice(b, b.terms[i], c.Source, row.refs(c))
		eachName(b, b.terms[i], c.Source, row.refs(c), func(ref content.Ref) {
			if t := b.term(b.terms[i], c.Source, ref); t != nil && !slices.Contains(*tags, t) {
				*tags = append(*tags, t)
			}
		})
	}
	b.resolvePartners(study)
	study.Partnership = b.partnership(c)
	study.Resources = resolveList(b, b.resources, c.Source, c.Resources)
	for _, r := range study.Resources {
		r.Cases = append(r.Cases, study)
	}
	study.Picture = b.picture(c.Source, c.Picture.File, pictures...)
	b.resolvePhases(study)
	b.resolveBenefits(study)
	for _, quote := range c.Quotes {
		study.Speakers = append(study.Speakers, b.country(c.Source, quote.Country))
		b.checkCitations(c.Source, []content.Citation{quote.Source})
	}
	for _, indicator := range c.Indicators {
		b.checkCitations(c.Source, []content.Citation{indicator.Source})
	}
	b.checkCitations(c.Source, c.Sources)
	b.setTime(study)
	study.Shown = study.show()
}

func (study *CaseStudy) show() Shown {
	var s Shown
	for _, p := range study.Principles {
		s.Principles = append(s.Principles, p.Number)
	}
	for _, c := range study.Countries {
		s.Countries = append(s.Countries, c.Name)
	}
	for _, d := range study.Disciplines {
		s.Disciplines = append(s.Disciplines, d.Label)
	}
	return s
}

// resolvePartners resolves the partners of the case study.
func (b *builder) resolvePartners(study *CaseStudy) {
	partners := study.CaseStudy.Partners
	names := make([]content.Ref, len(partners))
	roles := map[content.Ref]content.Role{}
	withRole := map[content.Role][]content.Ref{}
	for i, partner := range partners {
		names[i] = partner.Organisation
		roles[partner.Organisation] = partner.Role
		withRole[partner.Role] = append(withRole[partner.Role], partner.Organisation)
	}
	for _, same := range withRole { // one organisation may have two roles
		checkTwice(b, b.organisations, study.Source, same)
	}
	eachName(b, b.organisations, study.Source, names, func(ref content.Ref) {
		if o := b.organisation(study.Source, ref, ""); o != nil {
			study.Partners = append(study.Partners, Partner{o, roles[ref]})
		}
	})
}

// partnership returns the standing partnership that a case study belongs to, or
// nil.
func (b *builder) partnership(c *content.CaseStudy) *Organisation {
	o := b.organisation(c.Source, c.Partnership, content.PartnershipType)
	if o != nil && o.Type != content.PartnershipType {
		b.report(c.Source, c.Partnership.Position, "not-a-partnership", fmt.Sprintf("%q is not a partnership", o.Name),
			"list it under partners, or give it the type partnership in organisations.yaml")
		return nil
	}
	return o
}

// resolvePhases resolves the country that led each phase of the work.
func (b *builder) resolvePhases(study *CaseStudy) {
	led := study.CaseStudy.LedBy
	for _, phase := range []struct {
		name string
		ref  content.Ref
	}{{"planning", led.Planning}, {"delivery", led.Delivery}, {"analysis", led.Analysis}} {
		if phase.ref.Text == "" {
			continue
		}
		switch several := b.countries.several(phase.ref.Text); {
		case fold(phase.ref.Text) == content.Joint:
			study.LedBy = append(study.LedBy, Phase{Name: phase.name})
		case jointly[fold(phase.ref.Text)]:
			b.report(study.Source, phase.ref.Position, "unknown-country", fmt.Sprintf("%q is not a country", phase.ref.Text), "write joint, which is the word for a phase that was led together")
		case several != nil:
			b.report(study.Source, phase.ref.Position, "several-countries", fmt.Sprintf("%q are several countries", phase.ref.Text), "write joint when they led it together, else the one that led it")
		case b.baseOf(phase.ref.Text) != nil:
			b.report(study.Source, phase.ref.Position, "unknown-country", fmt.Sprintf("%q is an organisation, not a country", phase.ref.Text), "write the country where it is based: "+b.baseOf(phase.ref.Text).Name)
		default:
			if country := b.country(study.Source, phase.ref); country != nil {
				study.LedBy = append(study.LedBy, Phase{phase.name, country})
			}
		}
	}
}

// baseOf returns the country where an organisation is based, or nil if the text
// names none, or a country too.
func (b *builder) baseOf(text string) *Country {
	if o, ok := b.organisations.known(text); ok && !b.countries.has(text) {
		return o.Country
	}
	return nil
}

// jointly holds other words for content.Joint, folded.
var jointly = map[string]bool{
	"both": true, "both countries": true, "both partners": true, "both sides": true, "both teams": true, "all": true, "all partners": true, "everyone": true, "each": true,
	"jointly": true, "together": true, "shared": true, "equal": true, "equally": true, "collaborative": true, "co led": true, "co lead": true, "partnership": true, "the partnership": true, "joint lead": true, "mutual": true,
}

// resolveBenefits resolves the countries and organisations that gained.
func (b *builder) resolveBenefits(study *CaseStudy) {
	for _, benefit := range study.CaseStudy.Benefits {
		who := benefit.Who
		organisation, ok := b.organisations.find(who.Text)
		if ok && !b.countries.has(who.Text) {
			study.Benefits = append(study.Benefits, Benefit{Organisation: organisation, Texts: benefit.Texts})
		} else if several := b.countries.several(who.Text); several != nil {
			b.report(study.Source, who.Position, "several-countries", fmt.Sprintf("%q are several countries", who.Text), "write a line for each of them: "+strings.Join(several, " and "))
		} else if jointly[fold(who.Text)] {
			b.report(study.Source, who.Position, "unknown-country", fmt.Sprintf("%q is not a country", who.Text), "write a line for each country, by its name")
		} else if country := b.country(study.Source, who); country != nil {
			study.Benefits = append(study.Benefits, Benefit{Country: country, Texts: benefit.Texts})
		}
	}
}

// maxYears is the maximum number of years that one case study is listed under.
const maxYears = 60

// setTime determines the years of the work, and whether a review is overdue.
func (b *builder) setTime(study *CaseStudy) {
	for _, source := range study.Sources {
		if r, ok := b.references.find(source.Ref.Text); ok {
			study.DescribedIn = max(study.DescribedIn, r.Issued.Year)
		}
	}
	first, last := study.Start.Year, study.End.Year
	switch {
	case first != 0 && last != 0:
		for y := first; y <= last && y < first+maxYears; y++ {
			study.Years = append(study.Years, y)
		}
	case first != 0 || last != 0:
		study.Years = []int{max(first, last)}
	case study.DescribedIn != 0:
		study.Years = []int{study.DescribedIn}
	}
	if due := study.ReviewBy; !due.IsZero() && b.opts.Today.After(due) {
		study.Overdue = true
		b.leaveOut(LeftOut{File: study.File, Title: study.Title, Why: Overdue, Note: due.String()})
	}
}

// resolveStudies resolves the other case studies that the case study names.
func (b *builder) resolveStudies(study *CaseStudy) {
	c := study.CaseStudy
	programme, known := b.studies.find(c.Programme.Text)
	if !known && c.Programme.Text != "" && !b.absent.has(studyKind, c.Programme.Text) {
		reportUnknown(b, b.studies, c.Source, c.Programme, func() string { return b.programmes().hint(c.Programme.Text) })
	}
	switch {
	case programme == nil:
	case programme == study:
		b.report(c.Source, c.Programme.Position, "names-itself", "a case study cannot be its own programme", "name another, or delete the line")
	case programme.Kind != content.Programme:
		b.report(c.Source, c.Programme.Position, "not-a-programme", fmt.Sprintf("%q is a case study of kind %s, not a programme", programme.ID, programme.Kind),
			"name a programme, or list it under related")
	default:
		study.Programme = programme
	}
	for _, ref := range c.Related {
		if other, _ := b.studies.find(ref.Text); other == study {
			b.report(c.Source, ref.Position, "names-itself", "a case study is not related to itself", "name another one here, or delete it")
		}
	}
	study.Chosen = slices.DeleteFunc(resolveList(b, b.studies, c.Source, c.Related), func(other *CaseStudy) bool { return other == study })
}

// programmes returns the case studies of kind programme, to suggest them.
func (b *builder) programmes() *vocabulary[*CaseStudy] {
	v := newVocabulary[*CaseStudy](programmeKind)
	for _, study := range b.studies.entries {
		if study.Kind == content.Programme {
			v.listed = append(v.listed, study.ID)
			v.add(study.ID, study.ID, study)
			v.add(study.Title, study.ID, study)
		}
	}
	return v
}

// enter adds the case study to the lists of all of its terms. It is called for the
// newest case study first, so the lists are in that order.
func (study *CaseStudy) enter() {
	for _, p := range study.Principles {
		p.Cases = append(p.Cases, study)
	}
	for _, h := range study.Hallmarks {
		h.Cases = append(h.Cases, study)
	}
	for _, row := range termRows {
		for _, t := range *row.tags(study) {
			t.Cases = append(t.Cases, study)
		}
	}
	listed := map[*Country]bool{}
	for _, c := range study.Countries {
		for ; c != nil && !listed[c]; c = c.Parent {
			listed[c] = true
			c.Cases = append(c.Cases, study)
		}
	}
	for _, o := range study.Organisations() {
		o.Cases = append(o.Cases, study)
	}
	if study.Programme != nil {
		study.Programme.Members = append(study.Programme.Members, study)
	}
}

// Organisations returns the partners and the partnership, without duplicates.
func (study *CaseStudy) Organisations() []*Organisation {
	var all []*Organisation
	for _, p := range study.Partners {
		if !slices.Contains(all, p.Organisation) {
			all = append(all, p.Organisation)
		}
	}
	if o := study.Partnership; o != nil && !slices.Contains(all, o) {
		all = append(all, o)
	}
	return all
}

// term returns a term of a vocabulary, which it adds if it is new.
func (b *builder) term(v *vocabulary[*Term], s content.Source, ref content.Ref) *Term {
	return resolveOpen(b, v, s, ref, func(id string) *Term {
		return &Term{Term: &content.Term{Source: content.Source{Class: v.class, ID: id, File: s.File}, Label: ref.Text}}
	})
}

// organisation returns an organisation, which it adds with the given type if it is
// new.
func (b *builder) organisation(s content.Source, ref content.Ref, kind string) *Organisation {
	return resolveOpen(b, b.organisations, s, ref, func(id string) *Organisation {
		source := content.Source{Class: content.OrganisationsClass, ID: id, File: s.File}
		return &Organisation{Organisation: &content.Organisation{Source: source, OrganisationFields: content.OrganisationFields{Name: ref.Text, Type: kind}}}
	})
}
