package content_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
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

// bases are the files that mistakes start from.
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

// partners is the field "partners" of the base, with all of its lines.
const partners = "partners:\n  - Royal College of Midwives\n  - organisation: Ugandan Private Midwives Association\n    role: co-lead\n"

// authors is the field "authors" of the base, with all of its lines.
const authors = "authors:\n  - Grace Okello\n  - name: Jane Smith\n    orcid: 0000-0002-1825-0097\n"

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
	return cutMark(strings.Replace(base, old, new, 1))
}

// cutMark returns the text without its mark, and the position of the mark as
// ":line:column".
func cutMark(marked string) (text, at string) {
	before, after, found := strings.Cut(marked, "‸")
	if !found {
		return marked, ""
	}
	line := before[strings.LastIndex(before, "\n")+1:]
	return before + after, fmt.Sprintf(":%d:%d", strings.Count(before, "\n")+1, utf8.RuneCountInString(line)+1)
}
