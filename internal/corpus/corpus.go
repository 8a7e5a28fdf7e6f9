// Package corpus generates knowledge bases of any size, for benchmarks and tests
// of several packages: files and nothing else, the same for the same size.
package corpus

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Corpus generates a knowledge base of n case studies of about 5 KB each, the
// same for the same n: words by Zipf's law with some of the case's own topic,
// every kind of field, links between cases.
type Corpus struct {
	random *rand.Rand
	zipf   *rand.Zipf
	words  []string
	n      int
}

const (
	corpusPrinciples    = 8
	corpusHallmarks     = 5 // of each principle
	corpusDisciplines   = 20
	corpusOrganisations = 400
	corpusProgrammes    = 20
)

// New returns a generator of n case studies.
func New(n int) *Corpus {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	c := &Corpus{random: random, zipf: rand.NewZipf(random, 1.1, 8, 19_999), n: n}
	syllables := strings.Fields("ba ca da fe ga he in jo ka le mi no or pa qui ra se ta un va we xi yo zu an be ci du er fi go ha il")
	seen := map[string]bool{}
	for len(c.words) < 20_000 {
		var word strings.Builder
		for range 1 + random.IntN(4) {
			word.WriteString(syllables[random.IntN(len(syllables))])
		}
		if w := word.String(); !seen[w] {
			seen[w] = true
			c.words = append(c.words, w)
		}
	}
	return c
}

// Files yields the files of the knowledge base: path and text.
func (c *Corpus) Files(yield func(path, text string)) {
	yield("content/site.yaml", "title: Generated casebook\ntagline: A corpus for benchmarks\nbase_url: https://example.org/\nlanguage: en\nlicence: CC-BY-4.0\ncontact: editors@example.org\nnavigation:\n  - {label: Principles, path: /principles/}\n  - {label: Countries, path: /countries/}\n")
	for p := range corpusPrinciples {
		text := fmt.Sprintf("---\nnumber: %d\ntitle: Principle %d %s\nquestion: %s?\nhallmarks:\n", p+1, p+1, c.sentence(2), c.sentence(8))
		for h := range corpusHallmarks {
			text += fmt.Sprintf("  - {id: hallmark-%d-%d, title: Hallmark %d-%d %s, question: '%s?'}\n", p, h, p, h, c.sentence(3), c.sentence(7))
		}
		yield(fmt.Sprintf("content/principles/principle-%d.md", p), text+"---\n"+c.paragraphs(3))
	}
	var disciplines, organisations, references strings.Builder
	for d := range corpusDisciplines {
		fmt.Fprintf(&disciplines, "- {id: discipline-%d, label: Discipline %d %s, alternative: [%s]}\n", d, d, c.sentence(1), c.sentence(2))
	}
	for o := range corpusOrganisations {
		fmt.Fprintf(&organisations, "- {id: organisation-%d, name: Organisation %d %s, country: %s, type: hospital}\n", o, o, c.sentence(2), c.country())
	}
	for r := range 50 {
		fmt.Fprintf(&references, "- {id: reference-%d, type: report, title: Report %d %s, issued: %d}\n", r, r, c.sentence(4), 2000+r%25)
	}
	yield("content/disciplines.yaml", disciplines.String())
	yield("content/organisations.yaml", organisations.String())
	yield("content/references.yaml", references.String())
	yield("content/pages/about.md", "---\ntitle: About\n---\n"+c.paragraphs(3))
	for i := range c.n {
		yield(CaseFile(i), c.caseStudy(i))
	}
}

// CaseFile is the path of the i-th case study, from 0.
func CaseFile(i int) string { return fmt.Sprintf("content/cases/case-%05d.md", i) }

func (c *Corpus) caseStudy(i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s number %d\n", c.sentence(5), i)
	fmt.Fprintf(&b, "summary: %s.\n", c.sentence(20))
	partner := c.random.IntN(corpusOrganisations)
	lead := c.another(partner, corpusOrganisations)
	switch {
	case i < corpusProgrammes:
		b.WriteString("kind: programme\n")
	case i%9 == 0:
		fmt.Fprintf(&b, "kind: challenge\nagreed_by: [organisation-%d, organisation-%d]\n", partner, lead)
	default:
		fmt.Fprintf(&b, "programme: case-%05d\n", c.random.IntN(min(c.n, corpusProgrammes)))
	}
	principle := c.random.IntN(corpusPrinciples)
	fmt.Fprintf(&b, "hallmarks: [hallmark-%d-%d, hallmark-%d-%d]\n", principle, c.random.IntN(corpusHallmarks), c.another(principle, corpusPrinciples), c.random.IntN(corpusHallmarks))
	country := c.country()
	fmt.Fprintf(&b, "countries: [%s]\n", country)
	fmt.Fprintf(&b, "disciplines: [discipline-%d]\n", c.random.IntN(corpusDisciplines))
	fmt.Fprintf(&b, "partners:\n  - organisation-%d\n  - {organisation: organisation-%d, role: lead}\n", partner, lead)
	start := 2000 + c.random.IntN(20)
	fmt.Fprintf(&b, "start: %d\nend: %d\n", start, start+c.random.IntN(4))
	fmt.Fprintf(&b, "benefits:\n  %s: [%s]\n  GB: [%s]\n", country, c.sentence(12), c.sentence(12))
	fmt.Fprintf(&b, "indicators:\n  - {name: %s, value: %d, as_of: %d, source: reference-%d}\n", c.sentence(3), c.random.IntN(10_000), start+3, c.random.IntN(50))
	fmt.Fprintf(&b, "published: %d-%02d-%02d\n", 2016+c.random.IntN(10), 1+c.random.IntN(12), 1+c.random.IntN(28))
	fmt.Fprintf(&b, "sources: [reference-%d]\n---\n", c.random.IntN(50))
	fmt.Fprintf(&b, "%s\n\n## %s\n\n%s\n\nSee [another case](case-%05d.md).\n\n## %s\n\n- %s\n- %s\n\n%s\n",
		c.paragraphs(2), c.sentence(3), c.paragraphs(3), c.random.IntN(c.n), c.sentence(3), c.sentence(15), c.sentence(15), c.paragraphs(2))
	return b.String()
}

// another returns a number below n that is not the given one.
func (c *Corpus) another(than, n int) int { return (than + 1 + c.random.IntN(n-1)) % n }

func (c *Corpus) country() string {
	codes := strings.Fields("UG TZ ZM MW GH ET KE RW SL LR NG SN ML BF NE TD CM CG CD AO MZ ZW BW NA LS SZ MG MU SC KM DJ ER SO SS SD MM NP IN BD PK LK KH LA VN PH ID PG FJ WS TO")
	return codes[c.random.IntN(len(codes))]
}

func (c *Corpus) sentence(words int) string {
	var b strings.Builder
	for i := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(c.words[c.zipf.Uint64()])
	}
	return b.String()
}

func (c *Corpus) paragraphs(n int) string {
	var b strings.Builder
	for range n {
		for range 8 {
			b.WriteString(c.sentence(12))
			b.WriteString(". ")
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// Write writes the knowledge base below a folder.
func (c *Corpus) Write(dir string) error {
	var failed error
	c.Files(func(path, text string) {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if failed == nil {
			failed = errors.Join(os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, []byte(text), 0o644))
		}
	})
	return failed
}
