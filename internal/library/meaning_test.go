package library_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/library"
)

// framework has principles and hallmarks of several words, some with commas.
var framework = map[string]string{
	"principles/strategic.md": "---\nnumber: 1\ntitle: Strategic\nhallmarks:\n  - {id: shared-vision, title: A shared vision}\n  - {id: clear-plans, title: Clear plans}\n---\n",
	"principles/flexible.md":  "---\nnumber: 2\ntitle: \"Flexible, resourceful and innovative\"\nhallmarks:\n  - {id: adapting, title: Adapting to change}\n---\n",
	"principles/organised.md": "---\nnumber: 5\ntitle: Organised and accountable\nhallmarks:\n  - {id: stable-governance, title: \"Clear, stable governance\"}\n  - {id: external-review, title: External review}\n  - {id: internal-review, title: Internal review}\n---\n",
	"principles/learning.md":  "---\nnumber: 7\ntitle: Committed to joint learning\nhallmarks:\n  - {id: sharing-lessons, title: Sharing lessons}\n---\n",
}

// hinted links base, the framework and a case study with this front matter. It
// returns the problems as "code: message; hint".
func hinted(t *testing.T, front string) []string {
	t.Helper()
	files := maps.Clone(base)
	maps.Copy(files, framework)
	files["cases/c.md"] = "---\ntitle: C\nkind: programme\nauthors: [A]\n" + front + "\n---\nText.\n"
	_, problems := link(t, files, library.Options{})
	return texts(problems)
}

// TestHintsByMeaning checks the hints for names that mean an entry but are not its name.
func TestHintsByMeaning(t *testing.T) {
	for front, want := range map[string]string{
		// Parts of a title, and the number of a principle.
		"hallmarks: [Clear, stable governance]":                `divided-name: "Clear, stable governance" is one hallmark, but the comma makes several values of it; put quotes round the whole name: "Clear, stable governance"`,
		"principles: [Flexible, resourceful and innovative]":   `divided-name: "Flexible, resourceful and innovative" is one principle`,
		"hallmarks: [shared-vision, Clear, stable governance]": `divided-name: "Clear, stable governance" is one hallmark`,
		"hallmarks: [Governance]":                              `did you mean "stable-governance"?`,
		"hallmarks: [Good governance]":                         `did you mean "stable-governance"?`,
		"hallmarks: [Sharing]":                                 `did you mean "Sharing lessons"?`,
		"principles: [Joint learning]":                         `did you mean "Committed to joint learning"?`,
		"principles: [accountable]":                            `did you mean "Organised and accountable"?`,
		"principles: [5]":                                      `did you mean "Organised and accountable"?`,
		"principles: [Principle 5]":                            `did you mean "Organised and accountable"?`,
		"principles: [4]":                                      "use one of: flexible, learning, organised, strategic",
		"hallmarks: [Goverance]":                               "use one of: ",
		"hallmarks: [stable govern]":                           `did you mean "stable-governance"?`,
		"agreed_by: [Hospital]":                                `did you mean "Mirembe Hospital"?`,
		"related: [Other]":                                     "",
		"related: [Othr case]":                                 `did you mean "other-case"?`,
		"agreed_by: [Royal College of Nursing]":                `did you mean "Royal College of Midwives"?`,

		// Former names of countries, also where a region of another country has that name today.
		"countries: [Zaire]":             `did you mean "Congo - Kinshasa"?`,
		"countries: [Tanganyika]":        `did you mean "Tanzania"?`,
		"countries: [Zanzibar]":          `did you mean "Tanzania"?`,
		"countries: [the Gold Coast]":    `did you mean "Ghana"?`,
		"countries: [Northern Rhodesia]": `did you mean "Zambia"?`,
		"countries: [the West Bank]":     `did you mean "Palestinian Territories"?`,

		// Several names, the same entry twice, and values that belong elsewhere.
		"countries: [Malawi et UK]":                                           "write [Malawi, UK]",
		"countries: [Malawi - UK]":                                            "write [Malawi, UK]",
		"countries: [UK, GB]":                                                 `repeated-item: "GB" and "UK" in line 5 are the same country; delete one of the two`,
		"disciplines: [midwifery, Maternity]":                                 `"Maternity" and "midwifery" in line 5 are the same discipline`,
		"partners: [mirembe, Mirembe Hospital]":                               `"Mirembe Hospital" and "mirembe" in line 5 are the same organisation`,
		"partners: [mirembe, {organisation: Mirembe Hospital, role: funder}]": "",
		"partners: [The Mirembe Hospital]":                                    `did you mean "Mirembe Hospital"?`,
		"led_by: {planning: Mirembe Hospital}":                                "write the country where it is based: Tanzania",
		"programme: health-scheme":                                            `did you mean "scheme"?`,
		"programme: unheard-of":                                               "use one of: c, scheme",

		// Sources by their titles, and those that are in no list.
		"sources: [In our mutual interest]": `did you mean "thet-2016"?`,
		"sources: [Annual report 2018]":     "write {title: Annual report 2018}",

		// Other ways to write the number, and related words.
		"principles: [\"#5\"]":           `did you mean "Organised and accountable"?`,
		"principles: [five]":             `did you mean "Organised and accountable"?`,
		"principles: [the fifth]":        `did you mean "Organised and accountable"?`,
		"principles: [No. 5]":            `did you mean "Organised and accountable"?`,
		"principles: [P5]":               `did you mean "Organised and accountable"?`,
		"principles: [5.1]":              `did you mean "Organised and accountable"?`,
		"hallmarks: [5.1]":               `did you mean "stable-governance"?`,
		"hallmarks: [hallmark 5.2]":      `did you mean "External review"?`,
		"hallmarks: [1]":                 `did you mean "A shared vision" or "Clear plans"?`,
		"principles: [accountability]":   `did you mean "Organised and accountable"?`,
		"principles: [organization]":     `did you mean "Organised and accountable"?`,
		"principles: [strategy]":         `did you mean "Strategic"?`,
		"principles: [innovation]":       `did you mean "flexible"?`,
		"principles: [flexibility]":      `did you mean "flexible"?`,
		"principles: [commitment]":       `did you mean "Committed to joint learning"?`,
		"hallmarks: [adaptation]":        `did you mean "Adapting to change"?`,
		"principles: [Good governance]":  `the hallmark "stable-governance" is like it: take it out here, and write hallmarks: [stable-governance]`,
		"hallmarks: [Learning together]": `the principle "Committed to joint learning" is like it`,

		// The opposite is never suggested.
		"hallmarks: [unstable-governance]":     "use one of: ",
		"hallmarks: [no stable governance]":    "use one of: ",
		"hallmarks: [lack of clear plans]":     "use one of: ",
		"principles: [unaccountable]":          "use one of: ",
		"principles: [inflexible]":             "use one of: ",
		"principles: [disorganised]":           "use one of: ",
		"led_by: {planning: both}":             "write joint",
		"led_by: {delivery: together}":         "write joint",
		"partners: [rcm and Mirembe Hospital]": `are several, each known by its own name; write [rcm, Mirembe Hospital]`,
		"partners: rcm; mirembe":               `write [rcm, mirembe]`,
		"partners: [Bugando and RCM]":          `if these are several, write [Bugando, RCM]; if it is one, add it to organisations.yaml`,
		"partners: \"Bugando, Muhimbili\"":     `if these are several, write [Bugando, Muhimbili]`,

		// A value of another field.
		"principles: [stable-governance]": `unknown-principle: "stable-governance" is a hallmark, not a principle; take it out here, and write hallmarks: [stable-governance]`,
		"hallmarks: [strategic]":          `"strategic" is a principle, not a hallmark; take it out here, and write principles: [strategic]`,
		"countries: [Mirembe Hospital]":   `"Mirembe Hospital" is an organisation, not a country; take it out here, and write partners: [Mirembe Hospital]`,
		"disciplines: [Uganda]":           `"Uganda" is a country, not a discipline; take it out here, and write countries: [Uganda]`,
		"partners: [Tanzania]":            `"Tanzania" is a country, not an organisation`,
		"partners: [midwifery]":           `"midwifery" is a discipline, not an organisation; take it out here, and write disciplines: [midwifery]`,
		"related: [guide]":                `"guide" is a resource, not a case study; take it out here, and write resources: [guide]`,
		"resources: [thet-2016]":          `"thet-2016" is a reference, not a resource; take it out here, and write sources: [thet-2016]`,

		// Neither the opposite nor another number is suggested.
		"hallmarks: [extrnal-review]": `did you mean "External review"?`,
		"countries: [North Sudan]":    `did you mean "Sudan"?`,
		"related: [case-2]":           "use one of: ",

		// Countries.
		"countries: [Republic of Malawi]":                       "",
		"countries: [Republic of Uganda]":                       "",
		"countries: [the Federal Republic of Nigeria]":          "",
		"countries: [\"Korea, Republic of\"]":                   "",
		"countries: [Tchad]":                                    "",
		"countries: [Deutschland]":                              "",
		"countries: [Burmese]":                                  `did you mean "Myanmar (Burma)"?`,
		"countries: [Nepalese]":                                 `did you mean "Nepal"?`,
		"countries: [British]":                                  `did you mean "United Kingdom"?`,
		"countries: [Scottish]":                                 `did you mean "Scotland"?`,
		"countries: [Congolese]":                                `did you mean "Congo - Kinshasa" or "Congo - Brazzaville"?`,
		"countries: [Repulic of Malawi]":                        `did you mean "Malawi"?`,
		"countries: [Republic of Ugnada]":                       `did you mean "Uganda"?`,
		"countries: [US-CA]":                                    "",
		"countries: [us-ca, California]":                        "",
		"countries: [Quebec, Québec, CA-QC]":                    "",
		"countries: [\"Punjab, India\"]":                        "",
		"countries: [Punjab (Pakistan)]":                        "",
		"countries: [Punjab]":                                   `ambiguous-country: "Punjab" is a region of several countries; write the code of one: IN-PB (India), PK-PB (Pakistan)`,
		"countries: [U.K., U. S. A., D.R. Congo, U.A.E.]":       "",
		"countries: [Africa]":                                   "that is several countries: write the names of those where the work took place",
		"countries: [East Africa]":                              "that is several countries",
		"countries: [Eastern Africa]":                           "that is several countries",
		"countries: [Sub-Saharan Africa]":                       "that is several countries",
		"countries: [African]":                                  "that is several countries",
		"countries: [Europe]":                                   "that is several countries",
		"countries: [Latin America]":                            "that is several countries",
		"countries: [LMICs]":                                    "that is several countries",
		"countries: [worldwide]":                                "that is several countries",
		"countries: [Somaliland]":                               `did you mean "Somalia"?`,
		"countries: [Soviet Union]":                             "that is several countries",
		"countries: [🇲🇼, 🏴󠁧󠁢󠁷󠁬󠁳󠁿]":                              "",
		"countries: [★, Uganda]":                                `unknown-country: "★" is not a country`,
		"countries: [US-ZZ]":                                    "write its English name or its code",
		"countries: [Malawi and UK]":                            "write [Malawi, UK]",
		"benefits: {Malawi and UK: [skills]}":                   `several-countries: "Malawi and UK" are several countries; write a line for each of them: Malawi and UK`,
		"benefits: {Both countries: [skills]}":                  "write a line for each country, by its name",
		"partners: [\"https://example.org/\"]":                  "write the name; an address is url: in organisations.yaml",
		"partners:\n  - Royal College of Midwives (London, UK)": `did you mean "Royal College of Midwives"?`,
		"countries: [Tanzania、Uganda]":                          "write [Tanzania, Uganda]",
		"led_by: {planning: Malawi and UK}":                     `several-countries: "Malawi and UK" are several countries; write joint when they led it together, else the one that led it`,

		// The case study itself.
		"related: [c]": `names-itself: a case study is not related to itself`,
		"programme: c": `names-itself: a case study cannot be its own programme`,
		"related: [C]": `names-itself`,
	} {
		got := hinted(t, front)
		if want == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || want == "" || !strings.Contains(got[0], want) {
			t.Errorf("%s: got %q, want %q", front, got, want)
		}
	}
}

// TestFollowedHintsLeaveNoProblem follows each hint, and checks that no problem remains.
func TestFollowedHintsLeaveNoProblem(t *testing.T) {
	quoted := regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
	field := regexp.MustCompile(`write (\w+: \[.*\])$`)
	obeyed := 0
	for _, list := range []string{"hallmarks", "principles", "countries", "disciplines", "partners", "agreed_by", "related", "resources"} {
		values := []string{
			"5", "Principle 7", "Governance", "stable governence", "Clear, stable governance", "Flexible, resourceful and innovative", "sharing", "Joint learning", "extrenal review",
			"stable-governance", "strategic", "A shared vision", "Uganda", "UK", "Mirembe Hospital", "rcm", "midwifery", "guide", "other-case", "thet-2016",
			"Burmese", "Ugnada", "Republic of Tanzana", "Congolese", "Welsh", "Tanzania and Uganda", "Malawi, UK", "shared-vision; clear-plans", "Mirembe", "Royal Colege of Midwives",
			"Midwifry", "mental heath", "A guid", "Othr", "scheme, other-case", "Nothing at all", "Strategic, Organised and accountable", "Congo", "Punjab", "Dominican", "C",
		}
		for _, value := range values {
			front := list + ": [" + value + "]"
			before := hinted(t, front)
			if len(before) == 1 && strings.HasPrefix(before[0], "wrong-type") {
				continue // from package content, which does not know what the items are
			}
			if len(before) != 1 {
				if len(before) > 1 && !strings.ContainsAny(value, ",;") {
					t.Errorf("%s: %d problems: %q", front, len(before), before)
				}
				continue
			}
			_, hint, _ := strings.Cut(before[0], "; ")
			var after string
			switch {
			case strings.HasPrefix(hint, "did you mean "), strings.HasPrefix(hint, "put quotes round"), strings.HasPrefix(hint, `write "`):
				after = list + ": [" + quoted.FindString(hint) + "]"
			case strings.HasPrefix(hint, "write ["):
				items, _, _ := strings.Cut(strings.TrimPrefix(hint, "write "), "]")
				after = list + ": " + items + "]"
			case strings.HasPrefix(hint, "use one of: "):
				one, _, _ := strings.Cut(strings.TrimPrefix(hint, "use one of: "), ",")
				after = list + ": [" + one + "]"
			case strings.HasPrefix(hint, "write the code of one: "):
				code, _, _ := strings.Cut(strings.TrimPrefix(hint, "write the code of one: "), " ")
				after = list + ": [" + code + "]"
			case field.MatchString(hint):
				after = field.FindStringSubmatch(hint)[1]
			default:
				continue // the hint names a file to change, or nothing to write
			}
			if strings.HasSuffix(after, "related: [c]") || after == "related: [C]" {
				continue // the case study itself
			}
			obeyed++
			if got := hinted(t, after); len(got) > 0 {
				t.Errorf("%s\n  reports   %s\n  changed to %s\n  reports   %q", front, before[0], after, got)
			}
		}
	}
	if obeyed < 150 {
		t.Errorf("only %d hints were followed", obeyed)
	}
}

func TestCaseStudiesWithOneTitle(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\nrelated: [Confused roles, confused-roles]\n", "")
	for _, id := range []string{"confused-roles", "confused-roles-2"} {
		files["cases/"+id+".md"] = "---\ntitle: Confused roles\nhallmarks: [clear-plans]\nsources: [thet-2016]\n---\n"
	}
	lib, problems := link(t, files, library.Options{})
	var got []string
	for _, p := range problems {
		got = append(got, p.String()+"; "+p.Hint)
	}
	want := []string{
		`cases/c.md:5:11: "Confused roles" is the title of 2 case studies; did you mean "confused-roles" or "confused-roles-2"?`,
		`cases/confused-roles-2.md:1:1: warning: "Confused roles" is also the title of cases/confused-roles.md; give each its own title, so that readers can tell them apart in lists`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if c := study(t, lib, "c"); len(c.Chosen) != 1 || c.Chosen[0].ID != "confused-roles" {
		t.Errorf("related: %v", c.Chosen)
	}
	// A title that only one case study has identifies it.
	lib, problems = link(t, withCase("hallmarks: [clear-plans]\nrelated: [Other]\n", ""), library.Options{})
	if c := study(t, lib, "c"); len(problems) > 0 || len(c.Chosen) != 1 || c.Chosen[0].ID != "other-case" {
		t.Errorf("got %v, related %v", problems, c.Chosen)
	}
}

// TestNamesThatDifferInPunctuation checks that two organisations whose pages would have the
// same address are reported.
func TestNamesThatDifferInPunctuation(t *testing.T) {
	for _, pair := range [][2]string{{"50+ Network", "50 Network"}, {"C++ Trust", "C Trust"}, {"C# Trust", "C Trust"}, {"Smith & Sons", "Smith Sons"}} {
		_, problems := link(t, withCase(fmt.Sprintf("hallmarks: [clear-plans]\npartners: [%q, %q]\n", pair[0], pair[1]), ""), library.Options{})
		if got := codes(problems); !slices.Equal(got, []string{"new-term", "same-address"}) {
			t.Errorf("%q: got %q", pair, got)
		}
	}
}

func TestScheduledCaseStudies(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\nrelated: [later]\n", "")
	files["cases/later.md"] = "---\ntitle: Later\nhallmarks: [clear-plans]\nsources: [thet-2016]\npublished: 2026-12-01\n---\nText.\n"
	lib, problems := link(t, files, library.Options{})
	if len(problems) > 0 || len(lib.Cases) != 3 || len(lib.LeftOut) != 1 || lib.LeftOut[0] != (library.LeftOut{File: "cases/later.md", Title: "Later", Why: library.Scheduled, Note: "2026-12-01"}) {
		t.Errorf("got %v, left out %v", problems, lib.LeftOut)
	}
	if lib, problems = link(t, files, library.Options{Drafts: true}); len(problems) > 0 || len(lib.Cases) != 4 {
		t.Errorf("with drafts: got %v, %d cases", problems, len(lib.Cases))
	}
	files["cases/c.md"] = withCase("hallmarks: [clear-plans]\n", "[x](later.md)\n")["cases/c.md"]
	if _, problems = link(t, files, library.Options{}); len(problems) > 0 {
		t.Errorf("a link: got %v", problems) // the link will work on that day, so it is not an error
	}
	files["cases/later.md"] = strings.Replace(files["cases/later.md"], "2026-12-01", today.String(), 1)
	if lib, problems = link(t, files, library.Options{}); len(problems) > 0 || len(lib.Cases) != 4 {
		t.Errorf("on the day: got %v", problems)
	}
}

func TestNamesOfCountriesInTheLanguageOfTheSite(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\ncountries: [États-Unis, Tchad, Royaume-Uni, Malawi, Germany]\n", "")
	files["site.yaml"] = "title: T\nlanguage: fr\n"
	delete(files, "cases/other-case.md")
	lib, problems := link(t, files, library.Options{})
	var names []string
	for _, c := range lib.Countries {
		names = append(names, c.Name+" "+c.Slug)
	}
	want := []string{"Allemagne allemagne", "États-Unis etats-unis", "Malawi malawi", "Royaume-Uni royaume-uni", "Tchad tchad"}
	if len(problems) > 0 || !slices.Equal(names, want) {
		t.Errorf("got %q, %v", names, problems)
	}
}

func TestBenefitsByOrganisation(t *testing.T) {
	lib, problems := link(t, withCase("hallmarks: [clear-plans]\npartners: [RCM, mirembe]\nbenefits: {RCM: [x], Tanzania: not reported, Nobody at all: [y]}\n", ""), library.Options{})
	if len(problems) != 1 || problems[0].Code != "unknown-country" {
		t.Errorf("got %v", problems)
	}
	b := study(t, lib, "c").Benefits
	if len(b) != 2 || b[0].Organisation == nil || b[0].Organisation.ID != "rcm" || b[1].Country == nil || b[1].Country.Code != "TZ" {
		t.Errorf("got %+v", b)
	}
}

// TestNamesOfPunctuation checks that names without letters and digits are different from
// each other, and from a missing field.
func TestNamesOfPunctuation(t *testing.T) {
	files := withCase("hallmarks: [clear-plans]\npartners: [\"???\", \"!!!\", \"???\"]\n", "")
	files["cases/{{.}}.md"] = "---\ntitle: \"***\"\nkind: programme\nauthors: [A]\n---\n"
	lib, problems := link(t, files, library.Options{})
	if c := study(t, lib, "c"); c.Programme != nil || len(c.Partners) != 3 || c.Partners[0] != c.Partners[2] || c.Partners[0] == c.Partners[1] {
		t.Errorf("%+v, %v", c.Programme, c.Partners)
	}
	if want := []string{"bad-id", "new-term", "repeated-item"}; !slices.Equal(slices.Compact(codes(problems)), want) {
		t.Errorf("got %q, want %q", codes(problems), want)
	}
}
