package content_test

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"casebook/internal/content"
)

// A figure is a number or a date on a page, with the words of the source that it
// comes from. If a page states a figure several times in different words, each
// wording has a row in testdata/figures.tsv.
type figure struct {
	row     int
	page    string
	text    string // the words on the page, number and unit together
	source  string // its id in references.yaml
	line    int    // in the text of the source
	written string // the words of the source; … skips some of them
}

func figures(t *testing.T) []figure {
	t.Helper()
	var all []figure
	for _, r := range table(t, "figures.tsv", 5) {
		f := figure{row: r.line, page: r.cells[0], text: r.cells[1], source: r.cells[2], written: r.cells[4]}
		if r.cells[3] != "" {
			line, err := strconv.Atoi(r.cells[3])
			if err != nil {
				t.Fatalf("testdata/figures.tsv:%d: %q is not a line number", r.line, r.cells[3])
			}
			f.line = line
		}
		all = append(all, f)
	}
	return all
}

func (f figure) String() string {
	return fmt.Sprintf("testdata/figures.tsv:%d: %q of %s", f.row, f.text, f.page)
}

// TestFiguresAreOnTheirPages checks that each figure of the table is on its page.
func TestFiguresAreOnTheirPages(t *testing.T) {
	all := pages(t)
	for _, f := range figures(t) {
		p, ok := find(all, f.page)
		if !ok {
			t.Errorf("%v: no such page", f)
			continue
		}
		if len(spans(p.prose(), f.text)) == 0 {
			t.Errorf("%v: missing on its page (%s says %q)", f, f.source, f.written)
		}
		if !slices.Contains(p.cites, f.source) && len(p.cites) > 0 {
			t.Errorf("%v: the page does not cite %s", f, f.source)
		}
		if words := len(strings.Fields(f.written)); words == 0 || words > 20 {
			t.Errorf("%v: give the words of the source, at most 20 of them", f)
		}
	}
}

// TestFiguresAgreeWithTheirSources checks that the numbers and months of a figure are in the words of its source.
func TestFiguresAgreeWithTheirSources(t *testing.T) {
	for _, f := range figures(t) {
		written := numbers(f.written)
		counted := strconv.Itoa(strings.Count(f.written, "…") + 1) // "three countries": Uganda … Cambodia … Nepal
		for _, n := range numbers(f.text) {
			if !slices.Contains(written, n) && n != counted {
				t.Errorf("%v: %s is not in %q", f, n, f.written)
			}
		}
	}
}

// TestFiguresAreInTheirSources checks that the words of the source start on the line that the table gives.
func TestFiguresAreInTheirSources(t *testing.T) {
	all := sources(t)
	notAtHand := map[string]int{}
	for _, f := range figures(t) {
		s, ok := all[f.source]
		if !ok {
			notAtHand[f.source]++
			continue
		}
		switch line := s.find(f.written, f.line); {
		case line == f.line && line > 0:
		case line > 0 || s.find(f.written, 0) > 0:
			t.Errorf("%v: %q starts on line %d of %s, not on line %d", f, f.written, max(line, s.find(f.written, 0)), s.file, f.line)
		default:
			t.Errorf("%v: %q is not in %s", f, f.written, s.file)
		}
	}
	for id, n := range notAtHand {
		t.Logf("%[2]d figures not compared, because the text of %[1]s is not available", id, n)
	}
}

// allowed matches numbers that need no source.
var allowed = []*regexp.Regexp{
	regexp.MustCompile(`(?m)^(?:published|updated|reviewed|review_by|number|aliases): .*$`), // fields of the editors
	regexp.MustCompile(`\bcost: \{band: [a-z0-9-]+, currency: [A-Z]{3}, year: \d{4}`),       // a range of costs, and the year of the source
	regexp.MustCompile(`\bas_of: [\d-]+`),                                                   // checked by TestFiguresAreDatedByTheirSource
	regexp.MustCompile(`\b(?:THET 2016|(?:the )?2016 report)\b`),                            // how pages name a source
	regexp.MustCompile(`\b\d{1,2} November 2026\b|\bCasebook; 2026\b`),                      // dates of this site
	regexp.MustCompile(`(?m)^(?:## |\*\*)?\d\. `),                                           // the number of an item or a heading
	regexp.MustCompile(`\bWCAG 2\.2\b`),                                                     // the name of a standard
	regexp.MustCompile(`\b(?:200 %|320 pixels|4\.5 to 1|3 to 1)`),                           // requirements of that standard
	regexp.MustCompile(`\b(?:CC BY |CC-BY-|Attribution )4\.0\b`),                            // the name of a licence
	regexp.MustCompile(`(?m)^(?:related|sources|resources): \[.*\]$`),                       // ids
	regexp.MustCompile(`(?m)^(?:set|principle_set): .*$`),                                   // an id
	regexp.MustCompile(`\b(?:source|programme|partnership): [a-z0-9-]+`),                    // an id
}

// number matches digits with their separators, and number words from three on. It
// does not match "one" and "two", which are mostly not figures ("one another").
// Where they are, the table has them.
var number = regexp.MustCompile(`(?i)£?\d(?:[\d,.]*\d)?%?|\b(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|` +
	`fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|` +
	`hundreds?|thousands?|millions?|billions?|dozens?)\b`)

// TestEveryNumberHasASource checks that each number on a page is in the table for that page, or is allowed without a source.
func TestEveryNumberHasASource(t *testing.T) {
	known, all := atHand(t), figures(t)
	for _, p := range pages(t) {
		if strings.HasPrefix(p.name, "cases/") && !slices.ContainsFunc(p.cites, func(id string) bool { return known[id] }) {
			continue // contributed by others, who are responsible for the sources of its figures
		}
		prose := p.prose()
		var covered [][]int
		for _, f := range all {
			if f.page == p.name {
				covered = append(covered, spans(prose, f.text)...)
			}
		}
		for _, pattern := range allowed {
			covered = append(covered, pattern.FindAllStringIndex(prose, -1)...)
		}
		covered = append(covered, quoted(prose)...)
		for _, n := range number.FindAllStringIndex(prose, -1) {
			if !within(n, covered) {
				line := 1 + strings.Count(prose[:n[0]], "\n")
				t.Errorf("%s:%d: %q has no row in testdata/figures.tsv: …%s…", p.name, line, prose[n[0]:n[1]], around(prose, n))
			}
		}
	}
}

// TestFiguresAreDatedByTheirSource checks that the date of an indicator is that of its source, or has a row in the table.
func TestFiguresAreDatedByTheirSource(t *testing.T) {
	issued := map[string]string{}
	for _, entry := range content.Parse("references.yaml", readFile(t, "references.yaml")).Entries {
		if r, ok := entry.(*content.Reference); ok {
			issued[r.ID] = r.Issued.String()
		}
	}
	all := figures(t)
	for _, c := range cases(t) {
		for _, indicator := range c.Indicators {
			id, date := indicator.Source.Ref.Text, indicator.AsOf.String()
			dated := strings.HasPrefix(issued[id], date) || slices.ContainsFunc(all, func(f figure) bool {
				return f.page == c.File && f.source == id && f.text == "as_of: "+date
			})
			if !dated {
				t.Errorf("%s: %q is dated %s, and its source %s is of %q: give the date a row in testdata/figures.tsv", c.File, indicator.Name, date, id, issued[id])
			}
		}
	}
}

// numbers returns the numbers and months of a text, in digits where it has words.
func numbers(text string) []string {
	var all []string
	text = isoMonth.ReplaceAllStringFunc(text, func(date string) string {
		month, _ := strconv.Atoi(date[5:7])
		return date[:4] + " " + months[max(month-1, 0)%12] + strings.ReplaceAll(date[7:], "-", " ")
	})
	for _, word := range regexp.MustCompile(`\d(?:[\d,]*\d)?(?:\.\d+)?|[\p{L}]+`).FindAllString(text, -1) {
		switch lower := strings.ToLower(word); {
		case unicode.IsDigit(rune(word[0])):
			all = append(all, strings.ReplaceAll(word, ",", ""))
		case inWords[strings.TrimSuffix(lower, "s")] != "":
			all = append(all, inWords[strings.TrimSuffix(lower, "s")])
		case slices.Contains(months, word):
			all = append(all, word)
		}
	}
	return all
}

// isoMonth matches dates as in fields.
var isoMonth = regexp.MustCompile(`\b\d{4}-\d\d(?:-\d\d)?\b`)

var months = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

var inWords = func() map[string]string {
	words := map[string]string{"dozen": "12", "hundred": "hundred", "thousand": "thousand", "million": "million", "billion": "billion"}
	for i, word := range strings.Fields("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty") {
		words[word] = strconv.Itoa(i + 2)
	}
	for i, word := range strings.Fields("thirty forty fifty sixty seventy eighty ninety") {
		words[word] = strconv.Itoa(10 * (i + 3))
	}
	words["sixe"] = "6" // "sixes" without its last letter
	return words
}()

// spans returns the positions at which text is not part of a longer word or number: "30" is neither in "130" nor in "30,000".
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
