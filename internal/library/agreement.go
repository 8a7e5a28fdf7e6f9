package library

// Checking the agreement of organisations to challenges.

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/content"
)

// checkChallenges reports challenges that name an organisation which has not agreed
// to the account, because a challenge tells what went wrong there. Drafts, and
// challenges whose sources are all published, need no agreement.
func (b *builder) checkChallenges() {
	for _, study := range b.lib.Cases {
		if study.Kind != content.Challenge || study.Draft || b.isPublished(study.Sources) {
			continue
		}
		for i, o := range study.Organisations() {
			if study.hasAgreed(o) {
				continue
			}
			at := study.At
			if i < len(study.CaseStudy.Partners) {
				at = study.CaseStudy.Partners[i].Organisation.Position
			} else if study.Partnership == o {
				at = study.CaseStudy.Partnership.Position
			}
			b.report(study.Source, at, "not-agreed", fmt.Sprintf("this challenge names %s, which has not agreed to it, and not all of its sources are published", o.Name),
				fmt.Sprintf("write it under agreed_by once it has agreed, as %s; until then take its name away, or add a line draft: true", o.ID))
		}
	}
}

// hasAgreed reports whether an organisation agreed to the account, or a partnership
// did of which it is a member.
func (study *CaseStudy) hasAgreed(o *Organisation) bool {
	return slices.ContainsFunc(study.AgreedBy, func(by *Organisation) bool { return by == o || slices.Contains(by.Members, o) })
}

// isPublished reports whether there are sources and everybody can find all of them.
func (b *builder) isPublished(sources []content.Citation) bool {
	return len(sources) > 0 && !slices.ContainsFunc(sources, func(s content.Citation) bool {
		if s.Ref.Text == "" {
			return s.URL == ""
		}
		r, found := b.references.find(s.Ref.Text)
		if !found {
			return false // already reported
		}
		return strings.HasPrefix(string(r.Type), "personal") || r.Type == "interview" || r.Type == "manuscript" ||
			r.URL == "" && r.DOI == "" && r.ISBN == "" && r.ISSN == "" && r.Publisher == "" && r.ContainerTitle == ""
	})
}
