package content_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// fullCase is a correct case study with every field.
const fullCase = `---
title: A partnership for midwives
summary: What both sides gained.
kind: example
hallmarks: [stable-governance]
principles:
  - Effective and sustainable
tagged_by: editor
countries: [UG, GB-WLS]
disciplines: midwifery
partners:
  - Royal College of Midwives
  - organisation: Ugandan Private Midwives Association
    role: co-lead
partnership: rcm-upma
programme: health-partnership-scheme
start: 2011
end: 2014-06
led_by:
  planning: joint
  delivery: Uganda
benefits:
  Uganda: [trained midwives, 'a stronger association']
  United Kingdom: not reported
adapt:
  needs: [a trainer]
  keep: [the two-year contract]
  change: [the teaching material]
  did_not_travel: [the rota]
cost: {band: 10k-100k, currency: GBP, year: 2014, paid_by: a grant, note: without volunteers}
indicators:
  - name: Midwives trained
    value: ">50,000"
    unit: people
    as_of: 2016-11-24
    source: thet-2016
quotes:
  - text: "We learned more than we taught: much more."
    speaker: a volunteer
    country: UK
    consent: published
    source: {title: A report, url: "https://example.org/report", accessed: 2020-01-02}
evaluation: independent
editor_note: Our judgement.
agreed_by: [Royal College of Midwives]
sources: [thet-2016]
authors:
  - Grace Okello
  - name: Jane Smith
    orcid: 0000-0002-1825-0097
resources: [charter]
picture: {file: ward.jpg, alt: A ward, credit: Amina Sesay, consent: no-people}
related: [butabika]
published: 2020-01-01
updated: 2021-02
reviewed: 2022
review_by: 2027-12-31
licence: CC-BY-4.0
lang: en-GB
aliases: [/old/midwives/]
draft: false
---
A body with a [link](butabika.md).

## A heading
`

const fullPrinciple = `---
number: 1
title: Strategic
question: Does it serve the plans of both sides?
set: thet-2016
hallmarks:
  - id: aligned-plans
    title: Plans are aligned
    principle_basis: editor
  - id: shared-aims
    title: Aims are shared
sources: [thet-2016]
---
The body.
`

const fullResource = `---
title: The Charter
type: guidance
hallmarks:
  - id: aligned-plans
    why: It says how.
url: https://example.org/charter
format: PDF
last_checked: 2026-01-01
---
The body.
`

const fullOrganisations = `# Who takes part.
- id: rcm
  name: Royal College of Midwives
  aliases: [RCM]
  country: GB
  url: https://example.org/
- id: rcm-upma
  name: RCM and UPMA
  type: partnership
  members: [rcm, Ugandan Private Midwives Association]
  ended: 2016
`

const fullReferences = `references:
- id: thet-2016
  type: report
  title: 'In our mutual interest'
  author:
  - family: Smith
    given: Jane
  - literal: THET
  issued:
    date-parts:
    - - 2016
      - 11
  volume: 6
  URL: https://example.org/report
  collection-title: Reports
- id: Jones_2020
  type: article-journal
  title: Another
  issued: '2020-03'
`

const fullSite = `title: Partnership case studies
tagline: What works
base_url: https://example.org/kb/
language: en
licence: CC-BY-4.0
contact: editor@example.org
navigation:
  - label: Principles
    path: /principles/
page_size: 50
countries:
  TZ: Tanzania
`

const fullPage = `---
title: About
summary: Who keeps this knowledge base.
lang: en
draft: false
---
The body.
`

const fullDisciplines = `disciplines:
  - id: midwifery
    label: Midwifery
    alternative: [midwives, maternity]
  - id: surgery
    label: Surgery
`

// bases are the files that mutations start from.
var bases = map[string]string{
	"cases/midwives.md":       fullCase,
	"principles/strategic.md": fullPrinciple,
	"resources/charter.md":    fullResource,
	"organisations.yaml":      fullOrganisations,
	"references.yaml":         fullReferences,
	"site.yaml":               fullSite,
	"pages/about.md":          fullPage,
	"disciplines.yaml":        fullDisciplines,
}

// misnamed are files whose only mistake is their name.
var misnamed = map[string]string{
	"cases/Midwives.md": fullCase,
	"pages/page.md":     "---\ntitle: About\n---\nA page.\n",
	"notes.md":          "Some notes.\n",
}

// mutations each make one mistake in a correct file by replacing old with new. The
// problem must be reported at ‸ in new, or at the position at if there is no ‸.
var mutations = []struct {
	name, file, old, new string
	code, at             string
}{
	// The lines around the YAML.
	{"no front matter", "cases/midwives.md", fullCase, "A text.\n", "front-matter-missing", "1:1"},
	{"an empty file", "cases/midwives.md", fullCase, "", "front-matter-missing", "1:1"},
	{"no closing line", "cases/midwives.md", "---\nA body", "A body", "front-matter-unclosed", "1:1"},
	{"an indented closing line", "cases/midwives.md", "draft: false\n---\n", "draft: false\n  ‸---\n", "front-matter-unclosed", ""},
	{"TOML", "cases/midwives.md", fullCase, "‸+++\ntitle = 'x'\n+++\n", "front-matter-format", ""},
	{"JSON", "cases/midwives.md", fullCase, "\n‸{\"title\": \"x\"}\n", "front-matter-format", ""},
	{"named YAML", "cases/midwives.md", "---\ntitle", "‸---yaml\ntitle", "front-matter-format", ""},
	{"front matter too large", "cases/midwives.md", "draft: false", "#" + strings.Repeat("x", frontmatter.MaxSize), "front-matter-too-large", "1:1"},
	{"file too large", "cases/midwives.md", "A body", strings.Repeat("x", frontmatter.MaxFile), "file-too-large", ""},
	{"Latin-1", "cases/midwives.md", "A body", "A b‸\xf6dy", "not-utf8", ""},
	{"UTF-16", "cases/midwives.md", fullCase, "\xff\xfe-\x00-\x00-\x00", "not-utf8", "1:1"},
	{"NUL in the body", "cases/midwives.md", "A body", "A ‸\x00body", "nul", ""},
	{"a control character", "cases/midwives.md", "Grace Okello", "Gräce‸\x07 Okello", "control-character", ""},
	{"a line separator", "cases/midwives.md", "a volunteer", "a‸\u2028volunteer", "control-character", ""},
	{"an escaped control character", "cases/midwives.md", "a volunteer", `‸"a\0volunteer"`, "control-character", ""},

	// Mistakes in YAML.
	{"a second colon", "cases/midwives.md", "A partnership for midwives", "Aligning plans‸: a story", "yaml-syntax", ""},
	{"a second colon in a list", "cases/midwives.md", "  - Grace Okello", "  - name: Grace‸: Okello", "yaml-syntax", ""},
	{"a number sign", "cases/midwives.md", "A partnership for midwives", "Wärd ‸#4", "yaml-comment", ""},
	{"a number sign in a list", "cases/midwives.md", "[UG, GB-WLS]", "[UG, GB-WLS ‸#4\n  ]", "yaml-comment", ""},
	{"a number sign at the start", "cases/midwives.md", "What both sides gained.", "‸#1 in the region", "yaml-comment", ""},
	{"a number sign on a second line", "cases/midwives.md", "What both sides gained.", "What both\n  sides ‸# gained.", "yaml-comment", ""},
	{"an unclosed quotation", "cases/midwives.md", "What both sides gained.", `‸"What both sides`, "yaml-syntax", ""},
	{"an apostrophe in single quotes", "cases/midwives.md", "'a stronger association'", "'a nation'‸s association'", "yaml-syntax", ""},
	{"text behind a quotation", "cases/midwives.md", "What both sides gained.", `"What" ‸both sides gained.`, "yaml-syntax", ""},
	{"an unclosed bracket", "cases/midwives.md", "[UG, GB-WLS]", "‸[UG, GB-WLS", "yaml-syntax", ""},
	{"text behind a bracket", "cases/midwives.md", "What both sides gained.", "[sic] ‸What both sides gained.", "yaml-syntax", ""},
	{"more than", "cases/midwives.md", `">50,000"`, "‸>50,000", "yaml-syntax", ""},
	{"an at sign", "cases/midwives.md", "a volunteer", "‸@volunteer", "yaml-syntax", ""},
	{"a backslash", "cases/midwives.md", "a volunteer", `"a ‸\Wolunteer"`, "yaml-syntax", ""},
	{"no space after the colon", "cases/midwives.md", "kind: example", "kind‸:example", "yaml-syntax", ""},
	{"no key", "cases/midwives.md", "kind: example", "‸example", "yaml-syntax", ""},
	{"a tab", "cases/midwives.md", "  delivery: Uganda", "‸\tdelivery: Uganda", "yaml-syntax", ""},
	{"a slip of indentation", "cases/midwives.md", "    unit: people", "   ‸unit: people", "yaml-syntax", ""},
	{"a second document", "cases/midwives.md", "kind: example", "kind: example\n‸...\n", "yaml-syntax", ""},
	{"an alias", "cases/midwives.md", "a volunteer", "‸*volunteer", "yaml-alias", ""},
	{"an anchor", "cases/midwives.md", "a volunteer", "‸&a volunteer", "yaml-alias", ""},
	{"a tag", "cases/midwives.md", "a volunteer", "‸!!binary aGk=", "yaml-alias", ""},
	{"a merge key", "cases/midwives.md", "kind: example", "‸<<: {kind: example}", "yaml-alias", ""},
	{"curly quotes", "cases/midwives.md", "A partnership for midwives", "‸“Burns: care”", "curly-quotes", ""},
	{"nesting", "cases/midwives.md", "a volunteer", strings.Repeat("[", 98) + "‸[]" + strings.Repeat("]", 98), "too-deep", ""},

	{"markup", "cases/midwives.md", "What both sides gained.", "What ‸**both** sides gained.", "markup", ""},

	// Fields.
	{"a principle among the cases", "cases/midwives.md", fullCase, strings.Replace(fullPrinciple, "number", "‸number", 1), "wrong-folder", ""},
	{"a field below the front matter", "cases/midwives.md", "draft: false\n---\n", "---\n‸draft: false\n\n", "front-matter-below", ""},
	{"a misspelt key", "cases/midwives.md", "disciplines: m", "‸discplines: m", "unknown-key", ""},
	{"an unknown key", "cases/midwives.md", "draft: false", "‸colour: red", "unknown-key", ""},
	{"an unknown key of a partner", "cases/midwives.md", "    role: co-lead", "    ‸rôle: co-lead", "unknown-key", ""},
	{"a key twice", "cases/midwives.md", "draft: false", "draft: false\n‸kind: example", "duplicate-key", ""},
	{"a country twice", "cases/midwives.md", "  United Kingdom: not", "  ‸Uganda: not", "duplicate-key", ""},
	{"no title", "cases/midwives.md", "title: A partnership for midwives\n", "", "missing-field", "1:1"},
	{"an empty title", "cases/midwives.md", "title: A partnership for midwives", "‸title:", "missing-field", ""},
	{"an indicator without a date", "cases/midwives.md", "  - name: Midwives trained\n    value: \">50,000\"\n    unit: people\n    as_of: 2016-11-24", "  - ‸name: Midwives trained\n    value: \">50,000\"\n    unit: people", "missing-field", ""},
	{"a quote without consent", "cases/midwives.md", "    consent: published\n", "    ‸consent: ~\n", "missing-field", ""},
	{"a list for text", "cases/midwives.md", "A partnership for midwives", "‸[A, B]", "wrong-type", ""},
	{"fields for text", "cases/midwives.md", "A partnership for midwives", "\n  ‸Aligning plans: a story", "wrong-type", ""},
	{"withdrawn, and no more", "cases/midwives.md", "draft: false", "withdrawn: ‸yes", "wrong-type", ""},
	{"withdrawn for no reason", "cases/midwives.md", "draft: false", "withdrawn: ‸{date: 2026-01-01}", "missing-field", ""},
	{"text for fields", "cases/midwives.md", "led_by:\n  planning: joint\n  delivery: Uganda", "led_by: ‸joint", "wrong-type", ""},
	{"no boolean", "cases/midwives.md", "draft: false", "draft: ‸no", "wrong-type", ""},
	{"a misspelt kind", "cases/midwives.md", "kind: example", "kind: ‸exampel", "unknown-value", ""},
	{"an unknown role", "cases/midwives.md", "role: co-lead", "role: ‸boss", "unknown-value", ""},
	{"a long summary", "cases/midwives.md", "What both sides gained.", "‸" + strings.Repeat("é", 301), "too-long", ""},
	{"an empty item", "cases/midwives.md", "  - Grace Okello", "  - Grace Okello\n  -‸", "empty-value", ""},
	{"an item twice", "cases/midwives.md", "[stable-governance]", "[stable-governance, ‸stable-governance]", "repeated-item", ""},
	{"public words of no source", "cases/midwives.md", "consent: published\n    source: {title: A report, url: \"https://example.org/report\", accessed: 2020-01-02}", "consent: ‸published", "missing-field", ""},
	{"a slip in not reported", "cases/midwives.md", "United Kingdom: not reported", "United Kingdom: ‸not reportd", "unknown-value", ""},
	{"an empty benefit", "cases/midwives.md", "United Kingdom: not reported", "United Kingdom: ‸''", "empty-value", ""},
	{"an impossible day", "cases/midwives.md", "published: 2020-01-01", "published: ‸2019-02-29", "bad-date", ""},
	{"a British date", "cases/midwives.md", "published: 2020-01-01", "published: ‸1/1/2020", "bad-date", ""},
	{"a year of the Romans", "cases/midwives.md", "end: 2014-06", "end: ‸0016", "bad-date", ""},
	{"a year far away", "cases/midwives.md", "review_by: 2027-12-31", "review_by: ‸2207-12-31", "bad-date", ""},
	{"an end before the start", "cases/midwives.md", "end: 2014-06", "end: ‸2010-12", "date-order", ""},
	{"no scheme", "cases/midwives.md", `"https://example.org/report"`, "‸www.example.org", "bad-url", ""},
	{"a script for a link", "resources/charter.md", "https://example.org/charter", "‸javascript:alert(1)", "bad-url", ""},
	{"a slip in an ORCID iD", "cases/midwives.md", "0000-0002-1825-0097", "‸0000-0002-1825-0079", "bad-orcid", ""},
	{"no currency", "cases/midwives.md", "currency: GBP", "currency: ‸pounds", "bad-currency", ""},
	{"no band of costs", "cases/midwives.md", "band: 10k-100k", "band: ‸large", "unknown-value", ""},
	{"an e-mail address for an author", "cases/midwives.md", "  - Grace Okello", "  - ‸grace@example.org", "email-address", ""},
	{"a person with a comma", "cases/midwives.md", authors, "authors: [‸Okello, Grace]\n", "divided-name", ""},
	{"a DOI that is none", "references.yaml", "  volume: 6", "  DOI: ‸1000/182", "bad-identifier", ""},
	{"no language", "cases/midwives.md", "lang: en-GB", "lang: ‸british", "bad-lang", ""},
	{"no licence", "cases/midwives.md", "CC-BY-4.0", "‸CC-BY", "bad-licence", ""},
	{"an alias with a scheme", "cases/midwives.md", "[/old/midwives/]", "[‸https://example.org/old/]", "bad-alias-path", ""},
	{"an alias that is the home page", "cases/midwives.md", "[/old/midwives/]", "[‸/]", "bad-alias-path", ""},
	{"more items than a list may have", "cases/midwives.md", "disciplines: midwifery", "disciplines: [" + numbered("discipline %d, ", frontmatter.MaxItems) + "‸midwifery]", "too-many-items", ""},
	{"an alias that is a file of the host", "cases/midwives.md", "[/old/midwives/]", "[‸/CNAME/]", "bad-alias-path", ""},
	{"an alias that climbs", "cases/midwives.md", "[/old/midwives/]", "[/old/, ‸/../etc/]", "bad-alias-path", ""},

	// What a case study as a whole must have.
	{"no hallmark and no principle", "cases/midwives.md", "hallmarks: [stable-governance]\nprinciples:\n  - Effective and sustainable\n", "", "missing-tags", "1:1"},
	{"no source and no author", "cases/midwives.md", "sources: [thet-2016]\nauthors:\n  - Grace Okello\n  - name: Jane Smith\n    orcid: 0000-0002-1825-0097\n", "", "missing-source", "1:1"},
	{"the title as a heading", "cases/midwives.md", "A body with", "# ‸A Partnership for Midwives\n\nA body with", "title-twice", ""},
	{"no countries", "cases/midwives.md", "countries: [UG, GB-WLS]\n", "", "missing-countries", "1:1"},
	{"no disciplines", "cases/midwives.md", "disciplines: midwifery\n", "", "missing-disciplines", "1:1"},
	{"no partners", "cases/midwives.md", "partners:\n  - Royal College of Midwives\n  - organisation: Ugandan Private Midwives Association\n    role: co-lead\npartnership: rcm-upma\n", "", "missing-partners", "1:1"},

	// The other files.
	{"a principle without its number", "principles/strategic.md", "number: 1\n", "", "missing-field", "1:1"},
	{"a number in words", "principles/strategic.md", "number: 1", "number: ‸one", "wrong-type", ""},
	{"a hallmark's id with a space", "principles/strategic.md", "id: shared-aims", "id: ‸Shared aims", "bad-id", ""},
	{"a hallmark twice", "principles/strategic.md", "id: shared-aims", "‸id: aligned-plans", "duplicate-id", ""},
	{"a resource of no type", "resources/charter.md", "type: guidance", "type: ‸guidence", "unknown-value", ""},
	{"an organisation twice", "organisations.yaml", "id: rcm-upma", "‸id: rcm", "duplicate-id", ""},
	{"an organisation without a name", "organisations.yaml", "- id: rcm\n  name: Royal College of Midwives\n", "- ‸id: rcm\n", "missing-field", ""},
	{"a broken organisation", "organisations.yaml", "name: RCM and UPMA", "name: RCM and UPMA‸: a story", "yaml-syntax", ""},
	{"a list under the wrong key", "references.yaml", "references:", "‸refs:", "unknown-key", ""},
	{"a reference's unknown variable", "references.yaml", "  volume: 6", "  ‸volum: 6", "unknown-key", ""},
	{"a reference's raw date", "references.yaml", "'2020-03'", "‸{raw: Spring 2020}", "bad-date", ""},
	{"a name of no one", "references.yaml", "literal: THET", "‸suffix: Jr", "missing-field", ""},
	{"a contact that is none", "site.yaml", "editor@example.org", "‸the editor", "bad-contact", ""},
	{"a page size of none", "site.yaml", "page_size: 50", "page_size: ‸0", "wrong-type", ""},
	{"navigation without a path", "site.yaml", "  - label: Principles\n    path: /principles/\n", "  - ‸label: Principles\n", "missing-field", ""},

	// Names.
	{"an id in capitals", "cases/Midwives.md", "", "", "bad-id", ""},
	{"an id that the site uses", "pages/page.md", "", "", "bad-id", ""},
	{"a stray file", "notes.md", "", "", "unknown-file", ""},
}

func TestMutations(t *testing.T) {
	for file, text := range bases {
		if problems := content.Parse(file, []byte(text)).Problems; len(problems) > 0 {
			t.Fatalf("%s: the base has problems: %v", file, problems)
		}
	}
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			text, at := mutate(t, m.file, m.old, m.new)
			if m.at != "" {
				at = ":" + m.at
			}
			problems := content.Parse(m.file, []byte(text)).Problems
			if len(problems) != 1 {
				t.Fatalf("want one problem, %s, got %d: %v", m.code, len(problems), problems)
			}
			p := problems[0]
			if p.Code != m.code || p.Position() != m.file+at || p.Severity != severities[m.code] {
				t.Errorf("got %s at %s (%s): %s\nwant %s at %s", p.Code, p.Position(), p.Severity, p.Message, m.code, m.file+at)
			}
			if p.Message == "" || strings.HasSuffix(p.Message, ".") || strings.ContainsAny(p.Message+p.Hint, "\n") {
				t.Errorf("the message is empty, ends with a full stop or has several lines: %q, %q", p.Message, p.Hint)
			}
		})
	}
}

// severities are the severities of the codes that are not errors.
var severities = map[string]problem.Severity{
	"missing-countries":   problem.Advice,
	"missing-disciplines": problem.Advice,
	"missing-partners":    problem.Advice,
	"repeated-item":       problem.Warning,
	"front-matter-below":  problem.Warning,
	"title-twice":         problem.Advice,
	"markup":              problem.Warning,
}

// numbered returns format n times, with the numbers from 1.
func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i+1)
	}
	return b.String()
}

// mutate makes the mistake. It returns the file, and the marked position in it as
// ":line:column".
func mutate(t *testing.T, file, old, new string) (text, at string) {
	t.Helper()
	if text, misnamed := misnamed[file]; misnamed {
		return text, ""
	}
	base := bases[file]
	if strings.Count(base, old) != 1 {
		t.Fatalf("%q occurs %d times in %s, want once", old, strings.Count(base, old), file)
	}
	text = strings.Replace(base, old, new, 1)
	before, after, marked := strings.Cut(text, "‸")
	if !marked {
		return text, ""
	}
	line := before[strings.LastIndex(before, "\n")+1:]
	return before + after, fmt.Sprintf(":%d:%d", strings.Count(before, "\n")+1, utf8.RuneCountInString(line)+1)
}

// codeRow matches a row of a table of codes in the documentation of a package.
var codeRow = regexp.MustCompile(`(?m)^//\t([a-z0-9, -]+?)  `)

// TestEveryCodeIsTested checks that the tables of codes in the documentation of the
// packages content and frontmatter list exactly the codes of mutations.
func TestEveryCodeIsTested(t *testing.T) {
	tested := map[string]bool{"too-many-problems": true}
	for _, m := range mutations {
		tested[m.code] = true
	}
	for _, file := range []string{"content.go", "../frontmatter/frontmatter.go"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range codeRow.FindAllStringSubmatch(string(text), -1) {
			for code := range strings.SplitSeq(row[1], ", ") {
				if !tested[code] {
					t.Errorf("no mutation provokes the problem %s", code)
				}
				delete(tested, code)
			}
		}
	}
	for code := range tested {
		t.Errorf("the tables do not list the problem %s", code)
	}
}
