package content_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
)

// mistakes each make one mistake in a correct file, by replacing old with new. The
// problem must be reported at ‸ in new or, without a ‸, for the whole file. Its
// message and hint must contain says: "message; hint".
var mistakes = []struct {
	name, file, old, new string
	code, says           string
}{
	// The lines around the YAML.
	{"no front matter", "cases/midwives.md", fullCase, "A text.\n", "front-matter-missing", ""},
	{"no closing line", "cases/midwives.md", "---\nA body", "A body", "front-matter-unclosed", ""},
	{"an indented closing line", "cases/midwives.md", "draft: false\n---\n", "draft: false\n  ‸---\n", "front-matter-unclosed", ""},
	{"TOML", "cases/midwives.md", fullCase, "‸+++\ntitle = 'x'\n+++\n", "front-matter-format", ""},
	{"JSON", "cases/midwives.md", fullCase, "\n‸{\"title\": \"x\"}\n", "front-matter-format", ""},
	{"named YAML", "cases/midwives.md", "---\ntitle", "‸---yaml\ntitle", "front-matter-format", ""},
	{"front matter too large", "cases/midwives.md", "draft: false", "#" + strings.Repeat("x", frontmatter.MaxSize), "front-matter-too-large", ""},
	{"file too large", "cases/midwives.md", "A body", strings.Repeat("x", frontmatter.MaxFile), "file-too-large", ""},
	{"Latin-1", "cases/midwives.md", "A body", "A b‸\xf6dy", "not-utf8", ""},
	{"UTF-16", "cases/midwives.md", fullCase, "\xff\xfe-\x00-\x00-\x00", "not-utf8", ""},
	{"NUL in the body", "cases/midwives.md", "A body", "A ‸\x00body", "nul", ""},
	{"a control character", "cases/midwives.md", "Grace Okello", "Gräce‸\x07 Okello", "control-character", ""},
	{"a line separator", "cases/midwives.md", "a volunteer", "a‸\u2028volunteer", "control-character", ""},
	{"an escaped control character", "cases/midwives.md", "a volunteer", `‸"a\0volunteer"`, "control-character", ""},

	// Mistakes in YAML.
	{"a second colon in a list", "cases/midwives.md", "  - Grace Okello", "  - name: Grace‸: Okello", "yaml-syntax", ""},
	{"a number sign in a list", "cases/midwives.md", "[UG, GB-WLS]", "[UG, GB-WLS ‸#4\n  ]", "yaml-comment", ""},
	{"a number sign on a second line", "cases/midwives.md", "What both sides gained.", "What both\n  sides ‸# gained.", "yaml-comment", ""},
	{"an apostrophe in single quotes", "cases/midwives.md", "'a stronger association'", "'a nation'‸s association'", "yaml-syntax", ""},
	{"text behind a bracket", "cases/midwives.md", "What both sides gained.", "[sic] ‸What both sides gained.", "yaml-syntax", ""},
	{"more than", "cases/midwives.md", `">50,000"`, "‸>50,000", "yaml-syntax", ""},
	{"no key", "cases/midwives.md", "kind: example", "‸example", "yaml-syntax", ""},
	{"a tab", "cases/midwives.md", "  delivery: Uganda", "‸\tdelivery: Uganda", "yaml-syntax", ""},
	{"a slip of indentation", "cases/midwives.md", "    unit: people", "   ‸unit: people", "yaml-syntax", ""},
	{"a second document", "cases/midwives.md", "kind: example", "kind: example\n‸...\n", "yaml-syntax", ""},
	{"a tag", "cases/midwives.md", "a volunteer", "‸!!binary aGk=", "yaml-alias", ""},
	{"a merge key", "cases/midwives.md", "kind: example", "‸<<: {kind: example}", "yaml-alias", ""},
	{"nesting", "cases/midwives.md", "a volunteer", strings.Repeat("[", 98) + "‸[]" + strings.Repeat("]", 98), "too-deep", ""},

	// Fields.
	{"a principle among the cases", "cases/midwives.md", fullCase, strings.Replace(fullPrinciple, "number", "‸number", 1), "wrong-folder", ""},
	{"a field below the front matter", "cases/midwives.md", "draft: false\n---\n", "---\n‸draft: false\n\n", "front-matter-below", ""},
	{"an unknown key of a partner", "cases/midwives.md", "    role: co-lead", "    ‸rôle: co-lead", "unknown-key", ""},
	{"a country twice", "cases/midwives.md", "  United Kingdom: not", "  ‸Uganda: not", "duplicate-key", ""},
	{"no title", "cases/midwives.md", "title: A partnership for midwives\n", "", "missing-field", ""},
	{"an indicator without a date", "cases/midwives.md", "  - name: Midwives trained\n    value: \">50,000\"\n    unit: people\n    as_of: 2016-11-24", "  - ‸name: Midwives trained\n    value: \">50,000\"\n    unit: people", "missing-field", ""},
	{"a quote without consent", "cases/midwives.md", "    consent: published\n", "    ‸consent: ~\n", "missing-field", ""},
	{"fields for text", "cases/midwives.md", "A partnership for midwives", "\n  ‸Aligning plans: a story", "wrong-type", ""},
	{"withdrawn, and no more", "cases/midwives.md", "draft: false", "withdrawn: ‸yes", "wrong-type", ""},
	{"withdrawn for no reason", "cases/midwives.md", "draft: false", "withdrawn: ‸{date: 2026-01-01}", "missing-field", ""},
	{"text for fields", "cases/midwives.md", "led_by:\n  planning: joint\n  delivery: Uganda", "led_by: ‸joint", "wrong-type", ""},
	{"a misspelt kind", "cases/midwives.md", "kind: example", "kind: ‸exampel", "unknown-value", ""},
	{"an unknown role", "cases/midwives.md", "role: co-lead", "role: ‸boss", "unknown-value", ""},
	{"an empty item", "cases/midwives.md", "  - Grace Okello", "  - Grace Okello\n  -‸", "empty-value", ""},
	{"public words of no source", "cases/midwives.md", "consent: published\n    source: {title: A report, url: \"https://example.org/report\", accessed: 2020-01-02}", "consent: ‸published", "missing-field", ""},
	{"a slip in not reported", "cases/midwives.md", "United Kingdom: not reported", "United Kingdom: ‸not reportd", "unknown-value", ""},
	{"an empty benefit", "cases/midwives.md", "United Kingdom: not reported", "United Kingdom: ‸''", "empty-value", ""},
	{"an impossible day", "cases/midwives.md", "published: 2020-01-01", "published: ‸2019-02-29", "bad-date", ""},
	{"a year of the Romans", "cases/midwives.md", "end: 2014-06", "end: ‸0016", "bad-date", ""},
	{"a year far away", "cases/midwives.md", "review_by: 2027-12-31", "review_by: ‸2207-12-31", "bad-date", ""},
	{"an end before the start", "cases/midwives.md", "end: 2014-06", "end: ‸2010-12", "date-order", ""},
	{"a slip in an ORCID iD", "cases/midwives.md", "0000-0002-1825-0097", "‸0000-0002-1825-0079", "bad-orcid", ""},
	{"no currency", "cases/midwives.md", "currency: GBP", "currency: ‸pounds", "bad-currency", ""},
	{"no language", "cases/midwives.md", "lang: en-GB", "lang: ‸british", "bad-lang", ""},
	{"an alias with a scheme", "cases/midwives.md", "[/old/midwives/]", "[‸https://example.org/old/]", "bad-alias-path", ""},
	{"an alias that is the home page", "cases/midwives.md", "[/old/midwives/]", "[‸/]", "bad-alias-path", ""},
	{"more items than a list may have", "cases/midwives.md", "disciplines: midwifery", "disciplines: [" + numbered("discipline %d, ", frontmatter.MaxItems) + "‸midwifery]", "too-many-items", ""},
	{"an alias that is a file of the host", "cases/midwives.md", "[/old/midwives/]", "[‸/CNAME/]", "bad-alias-path", ""},
	{"an alias that climbs", "cases/midwives.md", "[/old/midwives/]", "[/old/, ‸/../etc/]", "bad-alias-path", ""},

	// What a case study as a whole must have.
	{"no hallmark and no principle", "cases/midwives.md", "hallmarks: [stable-governance]\nprinciples:\n  - Effective and sustainable\n", "", "missing-tags", ""},
	{"no source and no author", "cases/midwives.md", "sources: [thet-2016]\nauthors:\n  - Grace Okello\n  - name: Jane Smith\n    orcid: 0000-0002-1825-0097\n", "", "missing-source", ""},
	{"no countries", "cases/midwives.md", "countries: [UG, GB-WLS]\n", "", "missing-countries", ""},
	{"no disciplines", "cases/midwives.md", "disciplines: midwifery\n", "", "missing-disciplines", ""},
	{"no partners", "cases/midwives.md", "partners:\n  - Royal College of Midwives\n  - organisation: Ugandan Private Midwives Association\n    role: co-lead\npartnership: rcm-upma\n", "", "missing-partners", ""},

	// The other files.
	{"a principle without its number", "principles/strategic.md", "number: 1\n", "", "missing-field", ""},
	{"a hallmark twice", "principles/strategic.md", "id: shared-aims", "‸id: aligned-plans", "duplicate-id", ""},
	{"an organisation twice", "organisations.yaml", "id: rcm-upma", "‸id: rcm", "duplicate-id", ""},
	{"an organisation without a name", "organisations.yaml", "- id: rcm\n  name: Royal College of Midwives\n", "- ‸id: rcm\n", "missing-field", ""},
	{"a broken organisation", "organisations.yaml", "name: RCM and UPMA", "name: RCM and UPMA‸: a story", "yaml-syntax", ""},
	{"a list under the wrong key", "references.yaml", "references:", "‸refs:", "unknown-key", ""},
	{"a reference's unknown variable", "references.yaml", "  volume: 6", "  ‸volum: 6", "unknown-key", ""},
	{"a reference's raw date", "references.yaml", "'2020-03'", "‸{raw: Spring 2020}", "bad-date", ""},
	{"a name of no one", "references.yaml", "literal: THET", "‸suffix: Jr", "missing-field", ""},
	{"navigation without a path", "site.yaml", "  - label: Principles\n    path: /principles/\n", "  - ‸label: Principles\n", "missing-field", ""},

	// Names.
	{"an id in capitals", "cases/Midwives.md", "", "", "bad-id", ""},
	{"an id that the site uses", "pages/page.md", "", "", "bad-id", ""},
	{"a stray file", "notes.md", "", "", "unknown-file", ""},

	// Messages and hints that say something particular.
	{"countries with commas", "cases/midwives.md", "[UG, GB-WLS]", "‸Tanzania, Uganda", "wrong-type", "write [Tanzania, Uganda]"},
	{"countries with a semicolon", "cases/midwives.md", "[UG, GB-WLS]", "[‸Tanzania; Uganda]", "wrong-type", "write [Tanzania, Uganda]"},
	{"disciplines with commas", "cases/midwives.md", "disciplines: midwifery", "disciplines: ‸mental health, nursing", "wrong-type", "write [mental health, nursing]; if it is one name, put quotes round it: \"mental health, nursing\""},
	{"hallmarks with a semicolon", "cases/midwives.md", "[stable-governance]", "‸stable-governance; shared-aims", "wrong-type", "write [stable-governance, shared-aims]"},
	{"authors with commas", "cases/midwives.md", "authors:\n  - Grace Okello\n  - name: Jane Smith\n    orcid: 0000-0002-1825-0097", "authors: ‸Jane Doe, John Roe", "wrong-type", "write [Jane Doe, John Roe]"},
	{"authors with a semicolon", "cases/midwives.md", "authors:\n  - Grace Okello\n  - name: Jane Smith\n    orcid: 0000-0002-1825-0097", "authors: ‸Doe, Jane; Roe, John", "wrong-type", `write ["Doe, Jane", "Roe, John"]`},
	{"hyphens without a space", "cases/midwives.md", "\n  - Royal College of Midwives\n  - organisation: Ugandan Private Midwives Association\n    role: co-lead", "\n  ‸-Royal College\n  -UPMA", "wrong-type", "a space is missing after the hyphen; write - Royal College,"},
	{"a hyphen with a no-break space", "cases/midwives.md", "[trained midwives, 'a stronger association']", "\n    ‸-\u00a0trained midwives", "wrong-type", "write - trained midwives,"},

	// Spaces that are missing, or that YAML does not accept as spaces.
	{"no space after the first field", "cases/midwives.md", "title: A part", "title‸:A part", "yaml-syntax", "a space is missing after title:; write title: A partnership for midwives"},
	{"no space after a list's field", "cases/midwives.md", "partners:\n", "partners‸:Mirembe\n", "yaml-syntax", "a space is missing after partners:"},
	{"a no-break space after a colon", "cases/midwives.md", "title: A part", "title:‸\u00a0A part", "yaml-syntax", "no-break space (U+00A0); write title: A partnership for midwives, with a usual space"},
	{"a no-break space before a colon", "cases/midwives.md", "title: A part", "title‸\u00a0: A part", "yaml-syntax", "no-break space (U+00A0); write title: A partnership for midwives"},
	{"a full-width colon", "cases/midwives.md", "kind: example", "kind‸：example", "yaml-syntax", "full-width one (U+FF1A); write kind: example"},
	{"no space in an item", "cases/midwives.md", "  - organisation: U", "  - organisation‸:U", "yaml-syntax", "write organisation: Ugandan Private Midwives Association"},
	{"no space in a short item", "cases/midwives.md", "  - Grace Okello", "  - name‸:Grace Okello", "yaml-syntax", "a space is missing after name:; write name: Grace Okello"},
	{"a no-break space in an item", "cases/midwives.md", "    as_of: 2016", "    as_of:‸\u00a02016", "yaml-syntax", "no-break space"},
	{"no space in site.yaml", "site.yaml", "base_url: h", "base_url‸:h", "yaml-syntax", "write base_url: https://example.org/kb/"},
	{"no space in a vocabulary", "organisations.yaml", "  name: RCM and UPMA", "  name‸:RCM and UPMA", "yaml-syntax", "write name: RCM and UPMA"},
	{"a no-break space for indentation", "cases/midwives.md", "  delivery: Uganda", "‸\u00a0\u00a0delivery: Uganda", "yaml-syntax", "no-break space"},
	{"a later hyphen without a space", "cases/midwives.md", "  - organisation: Ugandan Private Midwives Association\n    role: co-lead", "  ‸-UPMA", "yaml-syntax", "a space is missing after the hyphen; write - UPMA"},

	// Messages that show what was found and what to write instead.
	{"a short ORCID iD", "cases/midwives.md", "0000-0002-1825-0097", "‸1234", "bad-orcid", "it has the form 0000-0000-0000-0000"},
	{"an ORCID iD of letters", "cases/midwives.md", "0000-0002-1825-0097", "‸XXXX-XXXX-XXXX-XXXX", "bad-orcid", "it has the form 0000-0000-0000-0000"},
	{"a span of years for the start", "cases/midwives.md", "start: 2011\nend: 2014-06", "start: ‸2016-2018", "bad-date", `start: "2016-2018" is not a date; write two lines, start: 2016 and end: 2018`},
	{"a short span of years", "cases/midwives.md", "end: 2014-06", "end: ‸2016-18", "bad-date", "write two lines, start: 2016 and end: 2018"},
	{"a span of years for a date", "cases/midwives.md", "published: 2020-01-01", "published: ‸2016–2018", "bad-date", "write one of the two, 2016 or 2018"},
	{"a British date", "cases/midwives.md", "published: 2020-01-01", "published: ‸13/04/2016", "bad-date", "is not a date; write 2016-04-13"},
	{"a date that is British or American", "cases/midwives.md", "published: 2020-01-01", "published: ‸3/4/2016", "bad-date", "write 2016-04-03 if 3 April is meant, 2016-03-04 if it is 4 March"},
	{"a date in words", "cases/midwives.md", "published: 2020-01-01", "published: ‸24 November 2016", "bad-date", "write 2016-11-24"},
	{"a month in words", "cases/midwives.md", "published: 2020-01-01", "published: ‸Nov 2016", "bad-date", "write 2016-11"},
	{"a date with one digit", "cases/midwives.md", "published: 2020-01-01", "published: ‸2016-4-3", "bad-date", "write 2016-04-03"},
	{"no date", "cases/midwives.md", "published: 2020-01-01", "published: ‸soon", "bad-date", `published: "soon" is not a date; write 2016, 2016-11 or 2016-11-24`},
	{"an address for a source", "cases/midwives.md", "sources: [thet-2016]", "sources: [‸https://example.org/report.pdf]", "wrong-type", `write {title: …, url: "https://example.org/report.pdf", accessed: …}`},
	{"an empty file", "cases/midwives.md", fullCase, "‸", "front-matter-missing", "the file is empty"},
	{"a file of blank lines", "cases/midwives.md", fullCase, "‸\n\n", "front-matter-missing", "the file is empty"},
	{"a long dash first", "cases/midwives.md", fullCase, "‸—\ntitle: x\n—\n", "front-matter-missing", "the first line is a long dash; write three hyphens"},
	{"four hyphens first", "cases/midwives.md", "---\ntitle", "‸----\ntitle", "front-matter-missing", "the first line is 4 hyphens; write three hyphens"},
	{"a long dash last", "cases/midwives.md", "draft: false\n---", "draft: false\n‸—", "front-matter-unclosed", "this line is a long dash; write three hyphens"},

	// Mistakes that authors made when they tried Casebook.
	{"curly quotes in a list", "cases/midwives.md", partners, "partners: [‸“Mirembe Hospital, Dodoma”]\n", "curly-quotes", `“ and ” are curly quotes, which become part of the text; type straight quotes: "Mirembe Hospital, Dodoma"`},
	{"curly quotes round a title", "cases/midwives.md", "A partnership for midwives", "‸“Burns care in Lilongwe”", "curly-quotes", `type straight quotes: "Burns care in Lilongwe"`},
	{"low quotes", "cases/midwives.md", "A partnership for midwives", "‸„Burns: care“", "curly-quotes", `type straight quotes: "Burns: care"`},
	{"an opposite", "cases/midwives.md", "evaluation: independent", "evaluation: ‸external", "unknown-value", "did you mean independent?"},
	{"a value with a capital", "cases/midwives.md", "kind: example", "kind: ‸Example", "unknown-value", "did you mean example?"},
	{"a value of another field", "cases/midwives.md", "kind: example", "kind: ‸peer-reviewed", "unknown-value", "that is a value of evaluation: write evaluation: peer-reviewed"},
	{"a key in bold", "cases/midwives.md", "countries: [UG, GB-WLS]", "‸**countries:** [UG, GB-WLS]", "yaml-syntax", "write countries: [UG, GB-WLS]"},
	{"a key in bold, with the colon outside", "cases/midwives.md", "countries: [UG, GB-WLS]", "‸**countries**: [UG, GB-WLS]", "yaml-syntax", "write countries: [UG, GB-WLS]"},
	{"a missing space above the broken line", "cases/midwives.md", "  - text: \"We learned more than we taught: much more.\"", "  ‸-text: We learned", "yaml-syntax", "a space is missing after the hyphen; write - text: We learned"},
	{"a field indented by one space", "cases/midwives.md", "hallmarks: [stable-governance]\nprinciples:\n  - Effective and sustainable\n", " ‸hallmarks: [stable-governance]\n", "yaml-syntax", "hallmarks: is indented, so that YAML reads it as part of the field above; write it at the beginning of the line"},
	{"a title that is an anchor", "cases/midwives.md", "title: A partnership for midwives", "title: ‸&Burns", "yaml-alias", `put quotes round it: "&Burns"`},
	{"a role for a key", "cases/midwives.md", "- Royal College of Midwives\n", "- ‸Lead: Royal College of Midwives\n", "unknown-key", "write {organisation: Royal College of Midwives, role: lead}"},
	{"a colon in a name", "cases/midwives.md", "- Royal College of Midwives\n", "- ‸Midwives: Royal College\n", "unknown-key", `put quotes round it: "Midwives: Royal College"`},
	{"work that goes on", "cases/midwives.md", "end: 2014-06", "end: ‸present", "bad-date", "delete this line: without end, the work goes on"},
	{"a date that is not known", "cases/midwives.md", "start: 2011", "start: ‸unknown", "bad-date", "delete this line: what is not known is left out"},
	{"an arrow", "cases/midwives.md", "title: A partnership for midwives", "title‸ → A partnership", "yaml-syntax", "write title: A partnership"},
	{"an arrow of letters", "cases/midwives.md", "title: A partnership for midwives", "‸title => A partnership", "yaml-syntax", "write title: A partnership"},
	{"a numbered field", "cases/midwives.md", "title: A partnership for midwives", "‸1. title: A partnership", "unknown-key", "did you mean title?"},
	{"a row of a table", "cases/midwives.md", "title: A partnership for midwives", "‸| title | A partnership |", "yaml-syntax", "write title: A partnership"},
	{"two quotations", "cases/midwives.md", "title: A partnership for midwives", "title: \"A\" ‸and \"B\"", "yaml-syntax", "title: '\"A\" and \"B\"'"},
	{"a time", "cases/midwives.md", "published: 2020-01-01", "published: ‸2018-03-21T11:14:49Z", "bad-date", "write 2018-03-21"},
	{"days of a range", "cases/midwives.md", "start: 2011", "start: ‸1 June 2016 – 30 March 2018", "bad-date", "write two lines, start: 2016-06-01 and end: 2018-03-30"},
	{"a month with a hyphen", "cases/midwives.md", "published: 2020-01-01", "published: ‸01-2016", "bad-date", "write 2016-01"},
	{"a short year", "cases/midwives.md", "published: 2020-01-01", "published: ‸05/01/16", "bad-date", "write 2016-01-05 if 5 January is meant"},
	{"a Japanese month", "cases/midwives.md", "published: 2020-01-01", "published: ‸2016年6月", "bad-date", "write 2016-06"},
	{"a day as Excel has it", "cases/midwives.md", "published: 2020-01-01", "published: ‸43845", "bad-date", "write 2020-01-15"},
	{"a time with a zone", "cases/midwives.md", "published: 2020-01-01", "published: ‸2018-03-21 11:14:49 +0200", "bad-date", "write 2018-03-21"},
	{"published or not", "cases/midwives.md", "published: 2020-01-01", "published: ‸false", "bad-date", "write draft: true"},
	{"a comma in a figure between braces", "cases/midwives.md", "indicators:\n", "indicators:\n  - {name: Staff, value: ‸93,112, as_of: 2016, source: thet-2016}\n", "yaml-syntax", `the comma ends the value of value; put quotes round it: value: "93,112"`},
	{"a comma in a title between braces", "cases/midwives.md", "sources: [thet-2016]", "sources: [{title: ‸Nurses, doctors, and managers, url: \"https://example.org/\"}]", "yaml-syntax", `put quotes round it: title: "Nurses, doctors, and managers"`},
	{"an address with a question mark between braces", "cases/midwives.md", "sources: [thet-2016]", "sources: [{title: T, url: https://example.org/report‸?id=5}]", "yaml-syntax", `put quotes round it: "https://example.org/report?id=5"`},
	{"a question between brackets", "cases/midwives.md", "[trained midwives, 'a stronger association']", "[trained midwives, Why‸?]", "yaml-syntax", `put quotes round it: "Why?"`},
	{"stray outer quotes", "cases/midwives.md", "A partnership for midwives", "'It'‸s plain'", "yaml-syntax", `put quotes round all of it: title: "It's plain"`},
	{"text for a list of mappings", "cases/midwives.md", "consent: published\n    source: {title: A report, url: \"https://example.org/report\", accessed: 2020-01-02}\n", "consent: given\n  - ‸It changed how we work\n", "wrong-type", "for example quotes: [{text: It changed how we work., speaker: A nurse, consent: given}]"},
	{"an equals sign", "cases/midwives.md", "kind: example", "‸kind = example", "yaml-syntax", "write kind: example"},
	{"yes", "cases/midwives.md", "draft: false", "draft: ‸No", "wrong-type", "write false"},
	{"date", "cases/midwives.md", "published: 2020-01-01", "‸date: 2020-01-01", "unknown-key", "did you mean published?"},
	{"description", "cases/midwives.md", "summary: What", "‸description: What", "unknown-key", "did you mean summary?"},
	{"tags", "cases/midwives.md", "disciplines: midwifery", "‸tags: midwifery", "unknown-key", "write disciplines: instead"},
	{"license", "cases/midwives.md", "licence: CC", "‸license: CC", "unknown-key", "did you mean licence?"},
	{"Title", "cases/midwives.md", "title: A part", "‸Title: A part", "unknown-key", "did you mean title?"},
	{"an author more", "cases/midwives.md", "draft: false", "‸author: Jane", "unknown-key", "did you mean authors? that is given already, so delete this one"},
	{"an empty field below the front matter", "cases/midwives.md", "A body with", "‸title:\nA body with", "front-matter-below", "move it above that line"},
	{"front matter at the end", "cases/midwives.md", "## A heading\n", "A first paragraph.\n\n‸title: A partnership\ncountries:\n  - UG\n", "front-matter-below", "below the body; move its lines"},
	{"front matter at the end, between lines", "cases/midwives.md", "## A heading\n", "A first paragraph.\n\n‸---\ntitle: A partnership\ncountries: [UG]\n---\n", "front-matter-below", "below the body; move its lines"},
	{"front matter twice", "cases/midwives.md", "A body with", "\n‸---\ntitle: A partnership for midwives\ncountries:\n  - UG\n---\nA body with", "front-matter-below", "the front matter is given twice"},
	{"the title as a heading", "cases/midwives.md", "A body with", "# ‸A Partnership for Midwives\n\nA body with", "title-twice", "delete the heading"},
	{"the title underlined", "cases/midwives.md", "A body with", "‸A partnership for midwives\n===\n\nA body with", "title-twice", "delete the heading"},
	{"a case among the principles", "principles/strategic.md", fullPrinciple, strings.Replace(fullCase, "kind:", "‸kind:", 1), "wrong-folder", "they are those of a case study: move the file to cases/"},
	{"an address with a space", "resources/charter.md", "https://example.org/charter", "‸https://example.org/the charter", "bad-url", "write https://example.org/the%20charter"},
	{"an address with a password", "resources/charter.md", "https://example.org/charter", "‸https://user:pw@example.org/charter", "bad-url", "write https://example.org/charter"},

	// Mistakes in a single line, of the kind that people make who do not know YAML.
	{"no colon", "cases/midwives.md", "title: A partnership for midwives", "title‸ Burns care", "yaml-syntax", "a colon is missing after title; write title: Burns care"},
	{"no colon, in capitals", "cases/midwives.md", "title: A partnership for midwives", "Title‸ Burns care", "yaml-syntax", "a colon is missing after title; write title: Burns care"},
	{"a semicolon for a colon", "cases/midwives.md", "title: A partnership for midwives", "title‸; Burns care", "yaml-syntax", "a colon comes after title, not ;; write title: Burns care"},
	{"a dash for a colon", "cases/midwives.md", "title: A partnership for midwives", "title‸ – Burns care", "yaml-syntax", "write title: Burns care"},
	{"a full stop for a colon", "cases/midwives.md", "title: A partnership for midwives", "title‸. Burns care", "yaml-syntax", "write title: Burns care"},
	{"two colons", "cases/midwives.md", "title: A partnership for midwives", "title:‸: Burns care", "yaml-syntax", "one colon comes after title; write title: Burns care"},
	{"no colon in the middle", "cases/midwives.md", "countries: [UG, GB-WLS]", "countries‸ [UG, GB-WLS]", "yaml-syntax", "write countries: [UG, GB-WLS]"},
	{"a key in curly quotes", "cases/midwives.md", "title: A partnership for midwives", "‸“title”: Burns care", "unknown-key", "did you mean title?"},
	{"a key in mixed quotes", "cases/midwives.md", "title: A partnership for midwives", "‸\"title”: Burns care", "yaml-syntax", "the name of a field has no quotation marks here; write title: Burns care"},
	{"a tab before the first field", "cases/midwives.md", "title: A partnership for midwives", "‸\ttitle: Burns care", "yaml-syntax", "write title: Burns care at the beginning of the line"},
	{"a tab before another field", "cases/midwives.md", "kind: example", "‸\tkind: example", "yaml-syntax", "write kind: at the beginning of the line, or indent with spaces"},
	{"a space before the first field", "cases/midwives.md", "title: A partnership for midwives", " ‸title: Burns care", "yaml-syntax", "title: is indented, unlike the fields below it; write title: Burns care at the beginning of the line"},
	{"a hyphen before the first field", "cases/midwives.md", "title: A partnership for midwives", "‸- title: Burns care", "yaml-syntax", "write title: Burns care at the beginning of the line"},
	{"a hyphen before another field", "cases/midwives.md", "partnership: rcm-upma", "‸- partnership: rcm-upma", "yaml-syntax", "write partnership: rcm-upma at the beginning of the line"},
	{"braces round the first field", "cases/midwives.md", "title: A partnership for midwives", "‸{title: T: U}", "yaml-syntax", "write title: \"T: U\", without braces"},
	{"a title that is a comment", "cases/midwives.md", "title: A partnership for midwives", "title: ‸#1 in the region", "yaml-comment", "put quotes round it: \"#1 in the region\""},
	{"a title that ends in a comment", "cases/midwives.md", "title: A partnership for midwives", "title: Ward ‸#4", "yaml-comment", "put quotes round it: \"Ward #4\""},
	{"quotes that are curly and straight", "cases/midwives.md", "title: A partnership for midwives", "title: ‸“Burns care\"", "curly-quotes", "type straight quotes: \"Burns care\""},
	{"quotes that are straight and curly", "cases/midwives.md", "title: A partnership for midwives", "title: ‸\"Burns care”", "curly-quotes", "on both sides: title: \"Burns care\""},
	{"quotes that are single and double", "cases/midwives.md", "title: A partnership for midwives", "title: ‸'Burns care\"", "curly-quotes", "on both sides: title: \"Burns care\""},
	{"two commas", "cases/midwives.md", partners, "partners: [thet,‸, ucl]\n", "yaml-syntax", "an item of the list is empty: nothing is before this comma; delete the comma"},
	{"a comma first", "cases/midwives.md", partners, "partners: [‸, ucl]\n", "yaml-syntax", "delete the comma"},
	{"a number sign between brackets", "cases/midwives.md", partners, "partners: [‸#1 Trust]\n", "yaml-syntax", "put quotes round it: \"#1 Trust\""},
	{"a number sign within an item", "cases/midwives.md", partners, "partners: [Trust ‸#1]\n", "yaml-syntax", "put quotes round it: \"Trust #1\""},
	{"a closing bracket alone", "cases/midwives.md", partners, "partners: ‸thet]\n", "wrong-type", "the ] at the end has no [ at the beginning; write [thet]"},
	{"two lists", "cases/midwives.md", partners, "partners: [thet] ‸[ucl]\n", "yaml-syntax", "write [thet, ucl]"},
	{"two hyphens", "cases/midwives.md", partners, "partners:\n  - ‸-thet\n", "wrong-type", "write thet"},
	{"a hyphen behind a colon", "cases/midwives.md", partners, "partners: ‸- thet\n", "yaml-syntax", "write the item on the line below: - thet"},
	{"a hyphen between brackets", "cases/midwives.md", partners, "partners: [‸- thet]\n", "yaml-syntax", "between brackets, items have no hyphen; write thet"},
	{"numbered items", "cases/midwives.md", partners, "partners:\n  ‸1. thet\n  2. ucl\n", "wrong-type", "write each item on a line of its own: - thet"},
	{"a numbered item", "cases/midwives.md", partners, "partners:\n  ‸1) thet\n", "wrong-type", "write - thet"},
	{"a lettered item", "cases/midwives.md", partners, "partners:\n  - ‸a) thet\n", "wrong-type", "write thet"},
	{"an asterisk for a hyphen", "cases/midwives.md", partners, "partners:\n  ‸* thet\n", "yaml-syntax", "begins with a hyphen and a space, not with *; write - thet"},
	{"a bullet for a hyphen", "cases/midwives.md", partners, "partners:\n  ‸• thet\n", "wrong-type", "not with •; write - thet"},
	{"a dash for a hyphen", "cases/midwives.md", partners, "partners:\n  ‸– thet\n", "wrong-type", "not with –; write - thet"},
	{"braces for brackets", "cases/midwives.md", partners, "partners: ‸{thet, ucl}\n", "wrong-type", "write [thet, ucl]"},
	{"names on lines", "cases/midwives.md", partners, "partners:\n  ‸thet\n  ucl\n", "wrong-type", "these lines are one value, since no hyphens are before them"},
	{"an item without indentation", "cases/midwives.md", partners, "partners:\n‸thet\n", "yaml-syntax", "does not belong to partners: above it, since it is not indented; write \"- thet\" with two spaces before it"},
	{"items without indentation", "cases/midwives.md", partners, "partners:\n‸1. thet\n2. mubende-hospital\n", "yaml-syntax", "since it is not indented; write \"- thet\" with two spaces before it"},
	{"bold text first", "cases/midwives.md", "title: A partnership for midwives", "title: ‸**best** care", "markup", "\"**best**\" is markup, which this plain text shows as it is; write title: best care"},
	{"bold text", "cases/midwives.md", "What both sides gained.", "The ‸**best** unit", "markup", "write The best unit"},
	{"bold text in the short form of an author", "cases/midwives.md", "  - Grace Okello\n", "  - Grace ‸<b>Okello</b>\n", "markup", "write Grace Okello"},
	{"a tag", "cases/midwives.md", "What both sides gained.", "The ‸<b>best</b> unit<br>", "markup", "write The best unit"},
	{"a link", "cases/midwives.md", "What both sides gained.", "See ‸[the report](https://example.org)", "markup", "write See the report"},
	{"an entity", "cases/midwives.md", "What both sides gained.", "Research ‸&amp; development", "markup", "write Research & development"},
	{"a subscript", "cases/midwives.md", "What both sides gained.", "More ‸CO~2~", "markup", "write More CO2"},
	{"markup in an item", "cases/midwives.md", "needs: [a trainer]", "needs: [a ‸*trainer*]", "markup", "write a trainer"},
	{"markup in a quotation", "cases/midwives.md", "We learned more than we taught: much more.", "We ‸<em>learned</em>", "markup", "write We learned"},
	{"markup in a name", "organisations.yaml", "name: Royal College of Midwives", "name: Royal ‸_College_", "markup", "write Royal College"},
	{"an image", "cases/midwives.md", "draft: false", "‸image: ward.jpg", "unknown-key", "show it in the text: ![what it shows](photo.jpg)"},
	{"a year", "cases/midwives.md", "start: 2011", "‸year: 2011", "unknown-key", "did you mean start?"},
	{"a weight", "cases/midwives.md", "draft: false", "‸weight: 5", "unknown-key", "featured: of site.yaml chooses"},
	{"a status", "cases/midwives.md", "draft: false", "‸status: published", "unknown-key", "write draft: true to keep it out of the site, else delete it"},
	{"a funder", "cases/midwives.md", "draft: false", "‸funder: DFID", "unknown-key", "partners: [{organisation: …, role: funder}]"},
	{"a theme", "cases/midwives.md", "hallmarks: [", "‸theme: [", "unknown-key", "did you mean hallmarks?"},
	{"an organisation", "cases/midwives.md", partners, "‸organisation: thet\n", "unknown-key", "did you mean partners?"},
	{"an author besides", "cases/midwives.md", "draft: false", "‸author: Jane", "unknown-key", "that is given already, so delete this one, or add its values to that"},
	{"a layout", "cases/midwives.md", "draft: false", "‸layout: post", "unknown-key", "delete it: how pages look is the theme's matter"},
	{"a slug", "cases/midwives.md", "draft: false", "‸slug: midwives", "unknown-key", "delete it: the address is made from the name of the file"},
	{"another type", "cases/midwives.md", "kind: example", "‸type: report", "unknown-key", "write kind: with one of example, challenge, programme"},
	{"a draft principle", "principles/strategic.md", "set: thet-2016", "‸draft: true", "unknown-key", "nothing of this kind is a draft"},
	{"a section of the text", "cases/midwives.md", "draft: false", "‸lessons_learned: x", "unknown-key", "under a heading"},
	{"nothing for a name", "cases/midwives.md", "[UG, GB-WLS]", "[UG, ‸n/a]", "empty-value", "\"n/a\" is no value of countries; delete it"},
	{"nothing for a partner", "cases/midwives.md", "- Royal College of Midwives", "- ‸none", "empty-value", "delete the whole entry"},
	{"nothing for a choice", "cases/midwives.md", "evaluation: independent", "evaluation: ‸not evaluated", "empty-value", "delete it: what is not known is left out"},
	{"nothing for a title", "cases/midwives.md", "title: A partnership for midwives", "title: ‸TBC", "empty-value", "write the title in its place"},
	{"nothing for a benefit", "cases/midwives.md", "United Kingdom: not reported", "United Kingdom: ‸n/a", "unknown-value", "write not reported"},
	{"nothing for fields", "cases/midwives.md", "draft: false", "withdrawn: ‸false", "wrong-type", "delete it"},
	{"benefits with hyphens", "cases/midwives.md", "  Uganda: [trained midwives, 'a stronger association']\n  United Kingdom: not reported", "  ‸- Uganda: trained midwives", "wrong-type", "delete the hyphens"},
	{"words round a value", "cases/midwives.md", "evaluation: independent", "evaluation: ‸external evaluation", "unknown-value", "did you mean independent?"},
	{"brackets round one value", "cases/midwives.md", "kind: example", "kind: ‸[example]", "wrong-type", "write example"},
	{"an id where a name is enough", "cases/midwives.md", "[stable-governance]", "\n  - ‸id: stable-governance", "wrong-type", "write stable-governance"},
	{"a role in brackets", "cases/midwives.md", "- Royal College of Midwives", "- ‸Royal College of Midwives (funder)", "wrong-type", "write {organisation: Royal College of Midwives, role: funder}"},
	{"a role behind a colon", "cases/midwives.md", "- Royal College of Midwives", "- ‸rcm: Lead partner", "unknown-key", "write {organisation: rcm, role: lead}"},
	{"a partner's field in the plural", "cases/midwives.md", "partnership: rcm-upma", "‸Partner organisations: x", "unknown-key", "did you mean partners?"},
	{"an amount", "cases/midwives.md", "value: \">50,000\"", "value: ‸>5", "yaml-syntax", `put quotes round it: value: ">5"`},
	{"about a year", "cases/midwives.md", "start: 2011", "start: ‸c. 2011", "bad-date", "write the year alone, 2011"},
	{"a day with an ordinal", "cases/midwives.md", "published: 2020-01-01", "published: ‸3rd of March 2016", "bad-date", "write 2016-03-03"},
	{"an American day", "cases/midwives.md", "published: 2020-01-01", "published: ‸3/21/2016", "bad-date", "write 2016-03-21"},
	{"a month that is none", "cases/midwives.md", "start: 2011", "start: ‸2014-13", "bad-date", "write what is certain: 2014"},
	{"a start that goes on", "cases/midwives.md", "start: 2011", "start: ‸ongoing", "bad-date", "write 2016, 2016-11 or 2016-11-24"},
	{"a language by name", "cases/midwives.md", "lang: en-GB", "lang: ‸Français", "bad-lang", "write fr"},
	{"a language by country", "cases/midwives.md", "lang: en-GB", "lang: ‸jp", "bad-lang", "write ja"},
	{"a comma after a value", "cases/midwives.md", "lang: en-GB", "lang: ‸en-GB,", "bad-lang", "write en-GB"},
	{"a sign of a currency", "cases/midwives.md", "currency: GBP", "currency: ‸£", "bad-currency", "write GBP"},
	{"a currency of two countries", "cases/midwives.md", "currency: GBP", "currency: ‸Kwacha", "bad-currency", "MWK or ZMW"},
	{"a licence by address", "cases/midwives.md", "licence: CC-BY-4.0", "licence: ‸https://creativecommons.org/licenses/by-sa/4.0/", "bad-licence", "did you mean CC-BY-SA-4.0?"},
	{"a licence without its version", "cases/midwives.md", "licence: CC-BY-4.0", "licence: ‸CC-BY-NC", "bad-licence", "did you mean CC-BY-NC-4.0?"},
	{"an iD without hyphens", "cases/midwives.md", "0000-0002-1825-0097", "‸0000000218250097", "bad-orcid", "write 0000-0002-1825-0097"},
	{"an alias with a space", "cases/midwives.md", "[/old/midwives/]", "[‸/old/the midwives/]", "bad-alias-path", "write /old/the-midwives/"},
	{"an address of a preview", "resources/charter.md", "https://example.org/charter", "‸http://localhost:8080/charter/", "bad-url", "write the address where it is published"},
	{"an address in brackets", "resources/charter.md", "https://example.org/charter", "‸<https://example.org/charter>", "bad-url", "write https://example.org/charter"},
	{"an address without its colon", "resources/charter.md", "https://example.org/charter", "‸https//example.org/charter", "bad-url", "write https://example.org/charter"},
	{"a file for an address", "resources/charter.md", "https://example.org/charter", "‸charter.pdf", "bad-url", "write file: charter.pdf"},
	{"a kind of resource", "resources/charter.md", "type: guidance", "type: ‸toolkit", "unknown-value", "did you mean tool?"},
	{"an e-mail link", "site.yaml", "contact: editor@example.org", "contact: ‸mailto:editor@example.org", "bad-contact", "write editor@example.org"},
	{"one person with a comma", "cases/midwives.md", authors, "authors: [‸Okello, Grace]\n", "divided-name", `for one person write Grace Okello; for two, put quotes round each: "Okello", "Grace"`},
	{"one person with initials", "cases/midwives.md", authors, "authors: [Jane Smith, ‸van der Berg, J. P.]\n", "divided-name", "for one person write J. P. van der Berg"},
	{"parts of a name", "cases/midwives.md", "  - Grace Okello\n", "  - ‸family: Okello\n    given: Grace\n", "unknown-key", "write name: Grace Okello instead"},
	{"parts of a name between braces", "cases/midwives.md", "  - Grace Okello\n", "  - {‸first_name: Grace, surname: Okello}\n", "unknown-key", "write name: Grace Okello instead"},
	{"an e-mail address for an author", "cases/midwives.md", "  - Grace Okello\n", "  - ‸grace@example.org\n", "email-address", "write the name of the person or body"},
	{"an author with others", "cases/midwives.md", "  - Grace Okello\n", "  - ‸Grace Okello et al.\n", "author-name", "write all the names"},
	{"an author of a paper", "cases/midwives.md", "  - Grace Okello\n", "  - ‸Grace Okello¹*\n", "author-name", "write Grace Okello"},
	{"a line that names the author", "cases/midwives.md", "  - Grace Okello\n", "  - ‸Written by Grace Okello\n", "author-name", "write Grace Okello"},
	{"an iD for an author", "cases/midwives.md", "  - Grace Okello\n", "  - ‸ORCID 0000-0002-1825-0097\n", "author-name", "write {name: …, orcid: 0000-0002-1825-0097}"},
	{"two authors as one", "cases/midwives.md", "  - Grace Okello\n", "  - ‸Grace Okello/Jane Smith\n", "author-name", "Grace Okello, and Jane Smith"},
	{"an e-mail address beside an author", "cases/midwives.md", "  - name: Jane Smith\n", "  - name: ‸Jane Smith <jane@example.org>\n", "email-address", `"jane@example.org" is an e-mail address, which would be published; write Jane Smith;`},
	{"two fields in a line", "cases/midwives.md", "start: 2011\nend: 2014-06", "start: 2011, ‸end: 2014-06", "yaml-syntax", "begin a new line with end: 2014-06"},
	{"a name and a role in a line", "cases/midwives.md", "- Royal College of Midwives\n", "- organisation: Royal College, London, ‸role: funder\n", "yaml-syntax", `write {organisation: "Royal College, London", role: funder}`},
	{"a role after a comma", "cases/midwives.md", "- Royal College of Midwives\n", "- ‸rcm, role: funder\n", "unknown-key", "write {organisation: rcm, role: funder}"},
	{"fields in the line of their field", "cases/midwives.md", "led_by:\n  planning: joint\n  delivery: Uganda", "led_by: ‸planning: joint, delivery: Uganda", "yaml-syntax", "write led_by: {planning: joint, delivery: Uganda}"},
	{"a field in the line of its field", "cases/midwives.md", "led_by:\n  planning: joint\n  delivery: Uganda", "led_by: ‸planning: joint", "yaml-syntax", "write led_by: {planning: joint}"},
	{"an amount for a band", "cases/midwives.md", "band: 10k-100k", "band: ‸250000", "unknown-value", "did you mean 100k-1m?"},
	{"an amount between braces", "cases/midwives.md", "band: 10k-100k", "band: ‸£250,000", "unknown-value", "did you mean 100k-1m?"},
	{"an amount in words for a band", "cases/midwives.md", "band: 10k-100k", "band: ‸about 1.5 million", "unknown-value", "did you mean over-1m?"},
	{"an amount below a band", "cases/midwives.md", "band: 10k-100k", "band: ‸less than 1 000 euros", "unknown-value", "did you mean under-1k?"},
	{"amounts of one band", "cases/midwives.md", "band: 10k-100k", "band: ‸20.000–30.000", "unknown-value", "did you mean 10k-100k?"},
	{"amounts of two bands", "cases/midwives.md", "band: 10k-100k", "band: ‸2k to 20k", "unknown-value", "write one of under-1k"},
	{"a query after the address of the site", "site.yaml", "base_url: https://example.org/kb/", "base_url: ‸https://example.org/kb/?p=1", "bad-url", "write https://example.org/kb/"},
	{"a page for the address of the site", "site.yaml", "base_url: https://example.org/kb/", "base_url: ‸https://example.org/kb/index.html", "bad-url", "write https://example.org/kb/"},
	{"a project to edit", "site.yaml", "page_size: 50", "edit_url: ‸https://github.com/a/b.git", "bad-url", "write https://github.com/a/b/edit/main/content/, with the name of the branch"},
	{"a folder that is only shown", "site.yaml", "page_size: 50", "edit_url: ‸https://gitlab.com/a/b/-/tree/trunk/kb/content", "bad-url", "write https://gitlab.com/a/b/-/edit/trunk/kb/content/"},
	{"a type of BibTeX", "references.yaml", "type: article-journal", "type: ‸techreport", "unknown-value", "did you mean report?"},
	{"a type that is none", "references.yaml", "type: article-journal", "type: ‸zebra", "unknown-value", "such as article-journal"},
	{"a field of BibTeX", "references.yaml", "  volume: 6", "  ‸booktitle: Reports", "unknown-key", "did you mean container-title?"},
	{"no DOI", "references.yaml", "  volume: 6", "  DOI: ‸1000/182", "bad-identifier", "which begins with 10."},
	{"a slip in an ISBN", "references.yaml", "  volume: 6", "  ISBN: ‸978-0-306-40615-8", "bad-identifier", "the last digit of an ISBN does not fit the others"},
	{"a short ISBN", "references.yaml", "  volume: 6", "  ISBN: ‸0-306-4061", "bad-identifier", "it has 8 digits, not 10 or 13"},
	{"a slip in an ISSN", "references.yaml", "  volume: 6", "  ISSN: ‸0378-5954", "bad-identifier", "the last digit of an ISSN"},
	{"an invisible character in a key", "cases/midwives.md", "start: 2011", "start‸\u200b: 2011", "control-character", "U+200B, is here; delete it with the characters beside it"},
	{"an invisible character in a value", "cases/midwives.md", "[UG, GB-WLS]", "[U‸\u2060G, GB-WLS]", "control-character", "U+2060"},
	{"an invisible character before the front matter", "cases/midwives.md", "---\ntitle", "‸\u200b---\ntitle", "front-matter-missing", "the first line is three hyphens with an invisible character; write three hyphens"},
	{"underscores last", "cases/midwives.md", "draft: false\n---", "draft: false\n‸___", "front-matter-unclosed", "this line is a line of _; write three hyphens"},
	{"a list in round brackets", "cases/midwives.md", "[UG, GB-WLS]", "‸(Tanzania, Uganda, and Malawi)", "wrong-type", "write [Tanzania, Uganda, Malawi]; if"},
	{"brackets twice", "cases/midwives.md", "[UG, GB-WLS]", "‸[[UG], [GB-WLS]]", "wrong-type", "a list has one pair of brackets; write [UG, GB-WLS]"},
	{"a quotation mark at the end of an item", "cases/midwives.md", "[UG, GB-WLS]", "[UG, ‸Wales\"]", "wrong-type", `the " at the end has no " at the beginning; write Wales`},
	{"a semicolon after a list", "cases/midwives.md", "[UG, GB-WLS]", "[UG, GB-WLS]‸;", "yaml-syntax", "delete the ;"},
	{"the box of a task", "cases/midwives.md", "[stable-governance]", "\n  - ‸[x] stable-governance", "yaml-syntax", "write stable-governance"},
	{"a hashtag in a list", "cases/midwives.md", "[stable-governance]", "[‸#stable-governance]", "yaml-syntax", "write stable-governance, without #"},
	{"a heading for a title", "cases/midwives.md", "title: A partnership for midwives", "title: ‸# Burns care", "yaml-comment", "write Burns care, without #"},
	{"fields with hyphens", "cases/midwives.md", "led_by:\n  planning: joint\n  delivery: Uganda", "led_by:\n  ‸- planning: joint\n  - delivery: Uganda", "wrong-type", "delete the hyphens"},
	{"a list for a phase", "cases/midwives.md", "planning: joint", "planning: ‸[UG, GB-WLS]", "wrong-type", "write joint if it is all of them, else one"},
	{"the title of a template", "cases/midwives.md", "title: A partnership for midwives", "title: ‸<Title of the case study>", "empty-value", "write the title in its place"},
	{"a link of Markdown for a source", "cases/midwives.md", "sources: [thet-2016]", "sources: [‸\"[A report](https://example.org/r)\"]", "wrong-type", `write {title: A report, url: "https://example.org/r"}`},
	{"a title before an address", "cases/midwives.md", "sources: [thet-2016]", "sources:\n  - ‸A report: https://example.org/r", "unknown-key", `write {title: A report, url: "https://example.org/r"}`},
	{"an alias that is a file", "cases/midwives.md", "[/old/midwives/]", "[‸cases/old.md]", "bad-alias-path", "write /cases/old/"},
	{"a day without hyphens", "cases/midwives.md", "published: 2020-01-01", "published: ‸20160324", "bad-date", "write 2016-03-24"},
	{"a day of another century", "cases/midwives.md", "published: 2020-01-01", "published: ‸24/11/0216", "bad-date", "write all four digits"},
	{"a day of the week", "cases/midwives.md", "published: 2020-01-01", "published: ‸Thursday, 24 March 2016", "bad-date", "write 2016-03-24"},
	{"a month in French", "cases/midwives.md", "published: 2020-01-01", "published: ‸1 août 2016", "bad-date", "write 2016-08-01"},
	{"a month in Spanish", "cases/midwives.md", "published: 2020-01-01", "published: ‸5 de enero de 2016", "bad-date", "write 2016-01-05"},
	{"a time of Notion", "cases/midwives.md", "draft: false", "‸Last edited time: 2020-01-01", "unknown-key", "did you mean updated?"},
	{"no field at all", "cases/midwives.md", "draft: false", "‸zebra: x", "unknown-key", "\"casebook help fields\" lists the fields"},
}

func TestMistakes(t *testing.T) {
	for file, text := range bases {
		if problems := content.Parse(file, []byte(text)).Problems; len(problems) > 0 {
			t.Fatalf("%s: the base has problems: %v", file, problems)
		}
	}
	for _, m := range mistakes {
		t.Run(m.name, func(t *testing.T) {
			text, at := mutate(t, m.file, m.old, m.new)
			p := slip{m.name, m.file, text, m.code, at}.check(t)
			if said := p.Message + "; " + p.Hint; !strings.Contains(said, m.says) {
				t.Errorf("got  %s\nwant %s", said, m.says)
			}
		})
	}
}

// TestOneValueThatLooksLikeAList checks that single values that contain separators
// are accepted.
func TestOneValueThatLooksLikeAList(t *testing.T) {
	for old, values := range map[string][]string{
		"[UG, GB-WLS]":           {`"Korea, Republic of"`, "[Tanzania, Uganda]", "Bosnia and Herzegovina"},
		"disciplines: midwifery": {`disciplines: "ear, nose and throat"`, "disciplines:\n  - ear, nose and throat"},
		"[stable-governance]":    {"Flexible, resourceful and innovative"},
		"  - Grace Okello\n":     {"  - Doe, Jane\n", "  - Department of Health, Uganda\n"},
		"[thet-2016]\nauthors:\n  - Grace Okello\n  - name: Jane Smith\n    orcid: 0000-0002-1825-0097": {"[thet-2016]\nauthors: Doe, Jane"},
		"agreed_by: [Royal College of Midwives]":                                                        {"agreed_by: Centre for Health, Policy and Law; Kampala"},
	} {
		for _, value := range values {
			text, _ := mutate(t, "cases/midwives.md", old, value)
			if problems := content.Parse("cases/midwives.md", []byte(text)).Problems; len(problems) > 0 {
				t.Errorf("%s: got %v", value, problems)
			}
		}
	}
}

// codeRow matches a row of a table of codes in the documentation of a package.
var codeRow = regexp.MustCompile(`(?m)^//\t([a-z0-9, -]+?)  `)

// TestEveryCodeIsTested checks that the tables of codes in the documentation of the
// packages content and frontmatter list exactly the codes of mistakes
// and badValues.
func TestEveryCodeIsTested(t *testing.T) {
	tested := map[string]bool{"too-many-problems": true}
	for _, m := range mistakes {
		tested[m.code] = true
	}
	for _, bad := range badValues {
		tested[bad.code] = true
	}
	for _, file := range []string{"content.go", "../frontmatter/frontmatter.go"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range codeRow.FindAllStringSubmatch(string(text), -1) {
			for code := range strings.SplitSeq(row[1], ", ") {
				if !tested[code] {
					t.Errorf("no mistake provokes the problem %s", code)
				}
				delete(tested, code)
			}
		}
	}
	for code := range tested {
		t.Errorf("the tables do not list the problem %s", code)
	}
}
