package content_test

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
)

// Minimums for each case study and each principle.
const (
	fewestWords    = 250 // of the story of a case study
	fewestExamples = 2   // of a principle
)

// TestCasesHaveSubstance checks that each case study has enough text, and sources that readers can find.
func TestCasesHaveSubstance(t *testing.T) {
	reference, all := references(t), pages(t)
	for _, c := range cases(t) {
		p, _ := find(all, c.File)
		if words := storyWords(p); words < fewestWords {
			t.Errorf("%s: %d words, want %d: find more in its sources, or make it a section of another page", c.File, words, fewestWords)
		}
		for _, source := range c.Sources {
			r := reference[source.Ref.Text]
			if r == nil {
				t.Errorf("%s: no reference %q", c.File, source.Ref.Text)
			} else if r.URL == "" && r.DOI == "" {
				t.Errorf("%s: readers cannot find %s: give it a URL or a DOI", c.File, r.ID)
			}
		}
	}
}

// storyWords counts the words of a case study that tell what happened. It omits the section about what is not known, and
// the last section, which addresses the reader.
func storyWords(p page) int {
	parts := strings.Split(p.prose(), "\n## ")
	words := 0
	for _, part := range parts[1:max(1, len(parts)-1)] {
		if !strings.HasPrefix(part, "What we do not know") && !strings.HasPrefix(part, "What we still do not know") {
			n, _ := readingGrade(part)
			words += n
		}
	}
	return words
}

// TestPrinciplesHaveExamples checks that each principle has enough examples, or that its page says why not.
func TestPrinciplesHaveExamples(t *testing.T) {
	principleOf := map[string]string{} // by hallmark
	examples := map[string]int{}
	for _, p := range pages(t) {
		if !strings.HasPrefix(p.name, "principles/") {
			continue
		}
		for _, entry := range content.Parse(p.name, []byte(p.text)).Entries {
			if principle, ok := entry.(*content.Principle); ok {
				examples[principle.ID] = 0
				for _, h := range principle.Hallmarks {
					principleOf[h.ID] = principle.ID
				}
			}
		}
	}
	for _, c := range cases(t) {
		if c.Kind != content.Example {
			continue
		}
		var under []string
		for _, h := range c.Hallmarks {
			under = append(under, principleOf[h.Text])
		}
		for _, p := range c.Principles {
			under = append(under, p.Text)
		}
		slices.Sort(under)
		for _, id := range slices.Compact(under) {
			examples[id]++
		}
	}
	for id, n := range examples {
		if n < fewestExamples {
			t.Errorf("principles/%s.md: %d examples, want %d", id, n, fewestExamples)
		}
	}
}

// TestUnnamedChallengesStaySeparate checks that a challenge that names nobody is not shown as related to a named
// partnership. If both are about the same country, its editor's note must say that it is not about that partnership.
func TestUnnamedChallengesStaySeparate(t *testing.T) {
	named, nameless := map[string]*content.CaseStudy{}, map[string]*content.CaseStudy{}
	for _, c := range cases(t) {
		switch {
		case c.Partnership.Text != "":
			named[c.ID] = c
		case c.Kind == content.Challenge:
			nameless[c.ID] = c
		}
	}
	for _, c := range nameless {
		for _, r := range c.Related {
			if named[r.Text] != nil {
				t.Errorf("%s: names nobody, and is related to %s, which names a partnership", c.File, r.Text)
			}
		}
		for _, n := range named {
			if shareCountry(c, n) && !strings.Contains(c.EditorNote, "should not be read as being about") && !strings.Contains(c.EditorNote, "names no partnership") {
				t.Errorf("%s: has the same country as %s: say in editor_note that it should not be read as being about it", c.File, n.ID)
			}
		}
	}
	for _, c := range named {
		for _, r := range c.Related {
			if nameless[r.Text] != nil {
				t.Errorf("%s: names a partnership, and is related to %s, which names nobody", c.File, r.Text)
			}
		}
	}
}

func shareCountry(a, b *content.CaseStudy) bool {
	return slices.ContainsFunc(a.Countries, func(r content.Ref) bool {
		return r.Text != "United Kingdom" && slices.ContainsFunc(b.Countries, func(o content.Ref) bool { return o.Text == r.Text })
	})
}

// TestTagsFollowTheirRule checks that a country that gained is one in which the work took place (pages/contribute.md says
// which are), that challenges name no partners, and that each case study has its dates.
func TestTagsFollowTheirRule(t *testing.T) {
	for _, c := range cases(t) {
		var countries []string
		for _, r := range c.Countries {
			countries = append(countries, r.Text)
			if strings.HasPrefix(r.Text, "GB-") {
				countries = append(countries, "United Kingdom")
			}
		}
		for _, b := range c.Benefits {
			if !slices.Contains(countries, b.Who.Text) {
				t.Errorf("%s: %s gained and is not a country of the case: add it, or remove the gain", c.File, b.Who.Text)
			}
		}
		if c.Kind == content.Challenge && len(c.Partners) > 0 {
			t.Errorf("%s: a challenge names %s: challenges name no partners, so that they blame nobody", c.File, c.Partners[0].Organisation.Text)
		}
		if c.Published.IsZero() || c.Reviewed.IsZero() {
			t.Errorf("%s: give it the dates on which it was published and reviewed", c.File)
		}
	}
}

// TestTitlesAreDistinct checks that a title is longer than a name, and that no two case studies begin with the
// same words or end with the same heading.
func TestTitlesAreDistinct(t *testing.T) {
	begins, ends := map[string]string{}, map[string]string{}
	all := pages(t)
	for _, c := range cases(t) {
		words := strings.Fields(c.Title)
		if len(words) < 5 {
			t.Errorf("%s: the title %q is too short: say what a reader will learn", c.File, c.Title)
			continue
		}
		if other := begins[strings.Join(words[:3], " ")]; other != "" {
			t.Errorf("%s: its title begins with the same words as that of %s: %q", c.File, other, c.Title)
		}
		begins[strings.Join(words[:3], " ")] = c.File
		p, _ := find(all, c.File)
		headings := headingLine.FindAllString(p.text, -1)
		if len(headings) == 0 {
			t.Errorf("%s: no headings", c.File)
			continue
		}
		last := headings[len(headings)-1]
		if other := ends[last]; other != "" {
			t.Errorf("%s: its last heading is the same as that of %s: %q", c.File, other, last)
		}
		ends[last] = c.File
	}
}

// TestPartnersAreQuoted checks that all published words of partners in low- and middle-income countries are quoted, each
// once, with their source.
func TestPartnersAreQuoted(t *testing.T) {
	voices := 0
	seen := map[string]string{}
	for _, c := range cases(t) {
		for _, q := range c.Quotes {
			if strings.Contains(q.Speaker, "low- or middle-income country") {
				voices++
			}
			if seen[q.Text] != "" {
				t.Errorf("%s: the quotation is also in %s: %q", c.File, seen[q.Text], q.Text)
			}
			seen[q.Text] = c.File
			if q.Consent != content.ConsentPublished || q.Source.Ref.Text == "" {
				t.Errorf("%s: %q: all our quotations were published: give the consent and the source", c.File, q.Text)
			}
		}
	}
	if voices != 11 {
		t.Errorf("%d quotations of partners in low- and middle-income countries, want 11 as in the report", voices)
	}
}

// references reads the bibliography.
func references(t *testing.T) map[string]*content.Reference {
	t.Helper()
	all := map[string]*content.Reference{}
	for _, entry := range content.Parse("references.yaml", readFile(t, "references.yaml")).Entries {
		if r, ok := entry.(*content.Reference); ok {
			all[r.ID] = r
		}
	}
	if len(all) == 0 {
		t.Fatal("references.yaml has no references")
	}
	return all
}
