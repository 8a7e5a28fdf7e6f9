package main_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// A figure is a number that a page of content/ reports, with the place that it was taken from.
type figure struct {
	text    string // the words that stand on the page, number and unit together
	page    string // the page, under content/
	place   string // the source and the place in it
	written string // how the source writes it
}

// Short names of the sources, as on the pages: THET 2016 is the report "In our mutual interest".
const (
	thet21   = "THET 2016, section 2.1, last paragraph but one"
	thet24   = "THET 2016, section 2.2.3, box on Wales"
	thet231  = "THET 2016, section 2.3.1"
	thetAid  = "THET 2016, section 1.2, principles of aid effectiveness"
	hughes2  = "Hughes 2019, second paragraph"
	hughesV  = "Hughes 2019, Overseas Volunteering"
	hughesR  = "Hughes 2019, Where now for Alliances?"
	nhs1     = "NHS England 2019, first paragraph"
	nhs2     = "NHS England 2019, second paragraph"
	nhsICS   = "NHS England 2019, paragraph on integrated care systems"
	nhsF     = "NHS England 2019, paragraph on Frimley"
	nhsS     = "NHS England 2019, list on Surrey Heartlands"
	nhs500   = "NHS England 2019, paragraph on the Surrey 500"
	nhsM     = "NHS England 2019, paragraph on North Cumbria and Greater Manchester"
	birm     = "Birmingham 2013, first paragraph"
	birmBid  = "Birmingham 2013, paragraph on the tender"
	streeton = "Streeton 2021, abstract"
)

// figures holds every number of the sources that the pages report. A page may say one thing several times in
// different words; each wording has its line.
var figures = []figure{
	{"£30 million over six years", "cases/health-partnership-scheme.md", thet21, "£30 million funding over six years"},
	{"name: Funding over six years, value: £30 million", "cases/health-partnership-scheme.md", thet21, "£30 million funding over six years"},
	{"set up in 2010", "cases/health-partnership-scheme.md", thet21, "established in 2010"},
	{"more than 130 institutions strengthened", "cases/health-partnership-scheme.md", thet21, "Over 130 health institutions have been strengthened"},
	{"strengthened, value: more than 130", "cases/health-partnership-scheme.md", thet21, "Over 130 health institutions have been strengthened"},
	{"more than 50,000 health workers trained", "cases/health-partnership-scheme.md", thet21, "more than 50,000 health workers … trained"},
	{"name: Health workers trained, value: 'more than 50,000'", "cases/health-partnership-scheme.md", thet21, "more than 50,000 health workers … trained"},
	{"more than 60,000 days volunteered", "cases/health-partnership-scheme.md", thet21, "over 60,000 UK health worker days spent volunteering"},
	{"volunteers, value: 'more than 60,000'", "cases/health-partnership-scheme.md", thet21, "over 60,000 UK health worker days spent volunteering"},
	{"7,000 people", "cases/health-partnership-scheme.md", "THET 2016, foreword", "the 7,000 health workers from across the UK"},
	{"partnership work of any kind, value: '7,000'", "cases/health-partnership-scheme.md", "THET 2016, foreword", "the 7,000 health workers from across the UK"},
	{"value: almost 200", "cases/health-partnership-scheme.md", thet231, "Almost 200 partnerships have reflected on important issues"},
	{"more than 2,000 NHS staff", "cases/health-partnership-scheme.md", hughes2, "more than 2,000 NHS staff have volunteered overseas"},
	{"overseas, value: 'more than 2,000'", "cases/health-partnership-scheme.md", hughes2, "more than 2,000 NHS staff have volunteered overseas"},
	{"93,112 health workers trained", "cases/health-partnership-scheme.md", hughes2, "trained 93,112 health workers"},
	{"name: Health workers trained, value: '93,112'", "cases/health-partnership-scheme.md", hughes2, "trained 93,112 health workers"},
	{"in 30 countries", "cases/health-partnership-scheme.md", hughes2, "across 30 countries in Africa and Asia"},
	{"name: Countries in Africa and Asia, value: '30'", "cases/health-partnership-scheme.md", hughes2, "across 30 countries in Africa and Asia"},

	{"may gain 24–41% in productivity", "cases/hee-health-alliances.md", hughesV, "a productivity increase of between 24 and 41%"},
	{"value: 24–41%", "cases/hee-health-alliances.md", hughesV, "a productivity increase of between 24 and 41%"},
	{"worth £13,215–£25,934 for each volunteer", "cases/hee-health-alliances.md", hughesV, "ranging from £13,215 to £25,934 per volunteer"},
	{"value: '£13,215–£25,934'", "cases/hee-health-alliances.md", hughesV, "ranging from £13,215 to £25,934 per volunteer"},
	{"In 2017 a review", "cases/hee-health-alliances.md", hughesR, "A 2017 review carried out jointly"},
	{"reviewed in 2017", "cases/zambia-uk-health-workforce-alliance.md", hughesR, "A 2017 review carried out jointly"},
	{"one of two bilateral alliances", "cases/zambia-uk-health-workforce-alliance.md", hughesR, "jointly with two other bilateral alliances"},
	{"In 2017 it was reviewed", "cases/uk-sierra-leone-health-partners.md", hughesR, "A 2017 review carried out jointly"},

	{"£2 million to help 23 areas", "cases/system-leadership-fund.md", nhs1, "a £2million programme to help 23 areas"},
	{"name: Funding, value: £2 million", "cases/system-leadership-fund.md", nhs1, "a £2million programme"},
	{"value: '23', unit: areas", "cases/system-leadership-fund.md", nhs1, "to help 23 areas"},
	{"14 integrated care systems", "cases/system-leadership-fund.md", nhsICS, "14 Integrated Care Systems (ICS)"},
	{"value: '14', unit: systems", "cases/system-leadership-fund.md", nhsICS, "14 Integrated Care Systems (ICS)"},
	{"five existing models", "cases/system-leadership-fund.md", nhs2, "five successful leadership models"},
	{"learned from five models", "cases/system-leadership-fund.md", nhs2, "five successful leadership models"},
	{"Fylde Coast 100 Systems Leader", "cases/system-leadership-fund.md", nhs2, "Fylde Coast 100 Systems Leader Programme"},
	{"Fylde Coast 100 Systems Leader Programme", "cases/fylde-coast-100-systems-leader.md", nhs2, "Fylde Coast 100 Systems Leader Programme"},
	{"One of five leadership programmes", "cases/fylde-coast-100-systems-leader.md", nhs2, "five successful leadership models"},
	{"one of five leadership models", "cases/fylde-coast-100-systems-leader.md", nhs2, "five successful leadership models"},
	{"the five", "cases/fylde-coast-100-systems-leader.md", nhs2, "five successful leadership models"},
	{"paid for 23 areas", "cases/fylde-coast-100-systems-leader.md", nhs1, "to help 23 areas kick-start or boost leadership development"},
	{"one of the five models", "cases/north-cumbria.md", nhs2, "five successful leadership models"},
	{"its five models", "cases/north-cumbria.md", nhs2, "five successful leadership models"},
	{"one of the five models", "cases/leading-greater-manchester.md", nhs2, "five successful leadership models"},
	{"its five models", "cases/leading-greater-manchester.md", nhs2, "five successful leadership models"},
	{"helped more than 500 people", "cases/leading-greater-manchester.md", nhsM, "has so far helped more than 500 people"},
	{"value: more than 500, unit: people", "cases/leading-greater-manchester.md", nhsM, "has so far helped more than 500 people"},

	{"100 leaders", "cases/frimley-health-and-care-2020.md", nhsF, "has already seen 100 leaders"},
	{"value: '100', unit: leaders", "cases/frimley-health-and-care-2020.md", nhsF, "has already seen 100 leaders"},
	{"began in 2017", "cases/frimley-health-and-care-2020.md", nhsF, "launched in 2017"},
	{"7% fewer GP referrals", "cases/surrey-heartlands-academy.md", nhsS, "a seven per cent decrease in GP referrals to outpatients"},
	{"name: 'Fall in GP referrals to outpatients, Guildford and Waverley', value: '7%'", "cases/surrey-heartlands-academy.md", nhsS, "a seven per cent decrease in GP referrals to outpatients"},
	{"3,600 unnecessary nights in hospital", "cases/surrey-heartlands-academy.md", nhsS, "helped avoid 3,600 unnecessary nights in hospital"},
	{"value: '3,600', unit: nights", "cases/surrey-heartlands-academy.md", nhsS, "helped avoid 3,600 unnecessary nights in hospital"},
	{"people over 65", "cases/surrey-heartlands-academy.md", nhsS, "a team dedicated to people over 65"},
	{"about £4 million", "cases/surrey-heartlands-academy.md", nhsS, "freed up around £4million to be reinvested"},
	{"24/7", "cases/surrey-heartlands-academy.md", nhsS, "a 24/7 advice line for pregnant women"},
	{"Surrey 500", "cases/surrey-heartlands-academy.md", nhs500, "The ‘Surrey 500’ launches this month"},
	{"train 500 staff", "cases/surrey-heartlands-academy.md", nhs500, "leadership training for 500 staff across Surrey Heartlands"},
	{"value: '500', unit: staff", "cases/surrey-heartlands-academy.md", nhs500, "leadership training for 500 staff across Surrey Heartlands"},

	{"In March 2013", "cases/nhs-leadership-academy-programme.md", "Birmingham 2013, date line", "Friday 1st March 2013"},
	{"Around 25,000 staff", "cases/nhs-leadership-academy-programme.md", birm, "Around 25,000 NHS staff"},
	{"value: 'around 25,000', unit: staff", "cases/nhs-leadership-academy-programme.md", birm, "Around 25,000 NHS staff"},
	{"more than 30 organisations made bids", "cases/nhs-leadership-academy-programme.md", birmBid, "more than 30 organisations bid"},
	{"value: more than 30, unit: organisations", "cases/nhs-leadership-academy-programme.md", birmBid, "more than 30 organisations bid"},

	{"two current partners", "cases/improving-global-health.md", streeton, "the reflections of two current partners"},
	{"two surveys", "cases/improving-global-health.md", streeton, "two surveys sent to different groups"},
	{"The 2021 article", "cases/improving-global-health.md", "Streeton 2021, year", "year = {2021}"},

	{"the eight Principles of Partnership", "pages/about.md", thet231, "There are eight principles"},
	{"lists eight principles", "resources/principles-of-partnership.md", thet231, "There are eight principles"},
	{"the eight as its framework", "resources/principles-of-partnership.md", thet231, "There are eight principles"},
	{"agreed in Paris in 2005", "principles/harmonised-and-aligned.md", thetAid, "the Paris High Level Forum on Aid Effectiveness (2005)"},
	{"confirmed in Accra in 2008", "principles/harmonised-and-aligned.md", thetAid, "reinforced in the Accra Agenda for Action (2008)"},
	{"in Paris in 2005 and confirmed in Accra in 2008", "cases/work-that-missed-national-priorities.md", thetAid, "Aid Effectiveness (2005) … Accra Agenda for Action (2008)"},
	{"three layers", "cases/wales-coordination-centre-and-charter.md", thet24, "Coordination Centre … policy framework … recent Charter"},

	// Figures from pages beyond the seeds, named by their id in references.yaml.
	{"75 volunteer placements", "cases/aligning-plans-in-uganda.md", "rcm-gmtp", "67 volunteer midwives on 75 placements"},
	{"value: '75', unit: placements", "cases/aligning-plans-in-uganda.md", "rcm-gmtp", "67 volunteer midwives on 75 placements"},
	{"up to four weeks", "cases/aligning-plans-in-uganda.md", "thet-midwifery-2017", "each lasting up to four weeks"},
	{"all three countries", "cases/aligning-plans-in-uganda.md", "rcm-gmtp", "Uganda, Cambodia and Nepal"},
	{"covers three countries", "cases/aligning-plans-in-uganda.md", "rcm-gmtp", "Uganda, Cambodia and Nepal"},
	{"12 members of staff", "cases/equitable-nursing-in-zambia.md", "thet-zambia-2016", "trained twelve staff members"},
	{"value: '12', unit: staff", "cases/equitable-nursing-in-zambia.md", "thet-zambia-2016", "trained twelve staff members"},
	{"164 members of theatre staff", "cases/equitable-nursing-in-zambia.md", "thet-zambia-2016", "train 164 members of theatre staff"},
	{"value: '164', unit: staff", "cases/equitable-nursing-in-zambia.md", "thet-zambia-2016", "train 164 members of theatre staff"},
	{"six or twelve months", "cases/frank-talk-in-global-links.md", "thet-global-links-2017", "six or twelve months in African hospitals"},
	{"four strands on substance misuse", "cases/governance-in-dodoma-and-london.md", "thet-governance-2017", "four strands of work relating to substance misuse"},
	{"set up in 2005", "cases/respect-in-the-butabika-partnership.md", "baillie-2015", "was set up in 2005"},
	{"official start in September 2004", "cases/respect-in-the-butabika-partnership.md", "thet-butabika", "officially started in September 2004"},
	{"Health Alliance says 2003", "cases/respect-in-the-butabika-partnership.md", "uukha-butabika", "Since its’ inception in 2003"},
	{"four foundations", "resources/charter-wales.md", "ihcc-charter", "four foundations of successful international health partnerships"},
	{"nine principles of THET", "resources/principles-of-partnership.md", "turner-2024", "nine Principles of Partnership"},
	{"shows ten", "resources/principles-of-partnership.md", "thet-principles", "ten definitions in the later copy"},
}

// allowed are the numbers that report nothing: each pattern says why it needs no source of its own.
var allowed = []*regexp.Regexp{
	regexp.MustCompile(`\b20(?:0[4-9]|1[0-9]|2[0-6])(?:-\d\d){0,2}\b`),   // years and dates: checked against sources by their editors
	regexp.MustCompile(`\b\d{1,2} (?:August|November) 20\d\d\b`),         // a day of a month, likewise
	regexp.MustCompile(`(?m)^number: [1-8]$`),                            // the number of a principle
	regexp.MustCompile(`(?m)^\d\. `),                                     // the ordinal of a list item
	regexp.MustCompile(`\bWCAG 2\.2\b`),                                  // the name of a standard
	regexp.MustCompile(`\b(?:200 %|320 pixels|4\.5 to 1|3 to 1)`),        // what that standard asks of pages
	regexp.MustCompile(`\b(?:CC BY |CC-BY-|Attribution )4\.0\b`),         // the name of a licence
	regexp.MustCompile(`(?m)^(?:related|sources|resources): \[.*\]$`),    // lists of ids
	regexp.MustCompile(`\bsource: [a-z0-9-]+`),                           // an id
	regexp.MustCompile(`\bThe name suggests a hundred leaders, but the`), // a reading of a name, disclaimed in its sentence
}

var (
	// number finds digits with their separators, and number words from three on. "One" and "two" are left
	// out, as they are mostly plain English ("one another", "two departments"); where they count, the table has them.
	number = regexp.MustCompile(`(?i)£?\d(?:[\d,.]*\d)?%?|\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|` +
		`fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|` +
		`hundreds?|thousands?|millions?|billions?|dozens?)\b`)
	// fromSeeds finds the sources that the knowledge base was first written from.
	fromSeeds = regexp.MustCompile(`\b(?:streeton-2021|thet-2016|birmingham-2013|nhs-england-2019|hughes-2019)\b`)
	// notProse is code and link targets.
	notProse = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`|\\]\\([^)\n]*\\)|<https?://[^>\n]*>")
)

// TestFiguresStandOnTheirPages: a figure that was altered or removed no longer stands where the table says.
func TestFiguresStandOnTheirPages(t *testing.T) {
	pages := readPages(t)
	for _, f := range figures {
		prose, ok := pages[f.page]
		if !ok {
			t.Errorf("%s: no such page for %q", f.page, f.text)
			continue
		}
		if len(spans(prose, f.text)) == 0 {
			t.Errorf("%s: %q is missing (%s: %q)", f.page, f.text, f.place, f.written)
		}
		if words := len(strings.Fields(f.written)); f.place == "" || words == 0 || words > 12 {
			t.Errorf("%s: %q needs a place and its wording there in at most 12 words", f.page, f.text)
		}
	}
}

// TestEveryNumberHasASource: a number that is neither in the table for its page nor allowed is unsourced.
func TestEveryNumberHasASource(t *testing.T) {
	pages := readPages(t)
	if len(pages) < 45 {
		t.Fatalf("read %d pages of content, expected the whole knowledge base", len(pages))
	}
	for page, prose := range pages {
		if strings.HasPrefix(page, "cases/") && !fromSeeds.MatchString(prose) {
			continue // a case that others contributed: its figures are theirs to source
		}
		var covered [][]int
		for _, f := range figures {
			if f.page == page {
				covered = append(covered, spans(prose, f.text)...)
			}
		}
		for _, pattern := range allowed {
			covered = append(covered, pattern.FindAllStringIndex(prose, -1)...)
		}
		for _, n := range number.FindAllStringIndex(prose, -1) {
			if !within(n, covered) {
				line := 1 + strings.Count(prose[:n[0]], "\n")
				t.Errorf("%s:%d: %q has no source in the table of figures: …%s…",
					page, line, prose[n[0]:n[1]], around(prose, n))
			}
		}
	}
}

// readPages gives the prose of each page and vocabulary under content/ by its path. The bibliography and the
// site's settings are left out: volumes, page numbers and page sizes report nothing about the world.
func readPages(t *testing.T) map[string]string {
	t.Helper()
	pages := map[string]string{}
	content := os.DirFS("../../content")
	err := fs.WalkDir(content, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if path.Ext(name) != ".md" && name != "organisations.yaml" && name != "disciplines.yaml" {
			return nil
		}
		text, err := fs.ReadFile(content, name)
		pages[name] = notProse.ReplaceAllStringFunc(string(text), blank)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// blank removes all but the line breaks, so that line numbers stay true.
func blank(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return -1
	}, s)
}

// spans finds text where it is not part of a longer word or number: "30" is neither in "130" nor in "30,000".
func spans(prose, text string) [][]int {
	var found [][]int
	for from := 0; ; {
		i := strings.Index(prose[from:], text)
		if i < 0 {
			return found
		}
		start, end := from+i, from+i+len(text)
		before, _ := utf8.DecodeLastRuneInString(prose[:start])
		if !joins(before) && before != '£' && !continues(prose[end:]) {
			found = append(found, []int{start, end})
		}
		from = end
	}
}

func joins(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func continues(rest string) bool {
	next, size := utf8.DecodeRuneInString(rest)
	if strings.ContainsRune(",.–", next) {
		next, _ = utf8.DecodeRuneInString(rest[size:])
		return unicode.IsDigit(next)
	}
	return joins(next) || next == '%'
}

func within(n []int, covered [][]int) bool {
	for _, c := range covered {
		if c[0] <= n[0] && n[1] <= c[1] {
			return true
		}
	}
	return false
}

func around(prose string, n []int) string {
	line := prose[strings.LastIndexByte(prose[:n[0]], '\n')+1 : n[0]]
	rest, _, _ := strings.Cut(prose[n[1]:], "\n")
	before, after := []rune(line), []rune(rest)
	return string(before[max(0, len(before)-30):]) + prose[n[0]:n[1]] + string(after[:min(30, len(after))])
}
