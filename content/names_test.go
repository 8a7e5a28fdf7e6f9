package content_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestNamesAreInTheirSources checks that each word of a name on a page, and each pair of adjacent words, is in a source
// that the page cites. When the text of a source is not available, the names are those of its entry in references.yaml and
// in testdata/names.tsv.
//
// A name is a word with a capital letter inside a sentence. The first word of a sentence is also one, unless the sources or
// the pages have it in lower case.
func TestNamesAreInTheirSources(t *testing.T) {
	seeds, all := sources(t), pages(t)
	known := namesOf(t, seeds)
	common := map[string]bool{} // words that are in lower case in any text
	for _, s := range seeds {
		addCommon(common, s.text)
	}
	for _, p := range all {
		addCommon(common, p.prose())
	}
	for _, p := range all {
		var from []string
		switch p.name {
		case "disciplines.yaml", "pages/accessibility.md", "pages/contribute.md", "pages/licence.md":
			continue // these name parts of this site
		case "organisations.yaml":
			from = slices.Collect(maps.Keys(known))
		default:
			from = citesOf(all, p)
			if len(p.cites) == 0 {
				from = append(from, slices.Collect(maps.Keys(seeds))...)
			}
		}
		unknown := func(name string) bool {
			return !known["ours"][name] && !slices.ContainsFunc(from, func(id string) bool { return known[id][name] })
		}
		reported := map[string]bool{}
		report := func(name, sentence string) {
			if !reported[name] {
				reported[name] = true
				t.Errorf("%s: the name %q is in none of %v: %s", p.name, name, from, strings.Join(strings.Fields(sentence), " "))
			}
		}
		for _, sentence := range sentenceEnd.Split(listItem.ReplaceAllString(idFields.ReplaceAllString(p.prose(), ""), "\n\n"), -1) {
			sentence = strings.Map(straight, sentence)
			before := 0 // where a name that this one may follow ends
			for i, at := range anyWord.FindAllStringIndex(sentence, -1) {
				word := strings.TrimSuffix(sentence[at[0]:at[1]], "'s")
				first, _ := utf8.DecodeRuneInString(word)
				begins := i == 0 || strings.ContainsAny(sentence[max(0, at[0]-2):at[0]], ":*(\"[|>\n")
				switch {
				case !unicode.IsUpper(first), slices.Contains(months, word), len(word) == 1, begins && common[strings.ToLower(word)]:
					continue
				case unknown(word):
					report(word, sentence)
				case before > 0 && before == at[0]-1 && sentence[before] == ' ':
					start := strings.LastIndexAny(sentence[:before], " \n(*[\"-/") + 1
					if pair := strings.TrimSuffix(sentence[start:before], "'s") + " " + word; unknown(pair) {
						report(pair, sentence)
					}
				}
				before = at[1]
			}
		}
	}
}

// namesOf returns the words and the pairs of adjacent words of each source, by the id of the source.
func namesOf(t *testing.T, seeds map[string]*seed) map[string]map[string]bool {
	t.Helper()
	known := map[string]map[string]bool{}
	add := func(id, text string) {
		if known[id] == nil {
			known[id] = map[string]bool{}
		}
		last := ""
		for _, word := range anyWord.FindAllString(strings.Map(straight, text), -1) {
			word = strings.TrimSuffix(footnote.ReplaceAllString(word, ""), "'s")
			known[id][word] = true
			known[id][last+" "+word] = true
			last = word
		}
	}
	for id, s := range seeds {
		add(id, s.text)
	}
	for id, r := range references(t) {
		add(id, r.Title)
		add(id, r.ContainerTitle)
		add(id, r.Publisher)
		for _, author := range r.Authors {
			add(id, author.Given+" "+author.Family+" "+author.Literal)
		}
	}
	for _, r := range table(t, "names.tsv", 3) {
		name, id, written := r.cells[0], r.cells[1], r.cells[2]
		if !strings.Contains(strings.Map(straight, written), strings.Map(straight, name)) {
			t.Errorf("testdata/names.tsv:%d: %q is not in %q", r.line, name, written)
		}
		add(id, name)
	}
	return known
}

// addCommon adds the words of a text that have no capital letter.
func addCommon(common map[string]bool, text string) {
	for _, word := range anyWord.FindAllString(strings.Map(straight, text), -1) {
		if first, _ := utf8.DecodeRuneInString(word); unicode.IsLower(first) {
			common[word] = true
		}
	}
}

// citesOf returns the sources of a page and, because a link may contain names, those of the pages that it links to.
func citesOf(all []page, p page) []string {
	from := slices.Clone(p.cites)
	folder, _, _ := strings.Cut(p.name, "/")
	for _, link := range pageLink.FindAllStringSubmatch(p.text, -1) {
		in := link[1]
		if in == "" {
			in = folder
		}
		if other, ok := find(all, in+"/"+link[2]); ok {
			from = append(from, other.cites...)
		}
	}
	slices.Sort(from)
	return slices.Compact(from)
}

var (
	anyWord  = regexp.MustCompile(`[\p{L}][\p{L}\d]*(?:'[\p{L}]+)?`)
	footnote = regexp.MustCompile(`\d+$`) // the number of a note, directly after a word
	pageLink = regexp.MustCompile(`\]\((?:\.\./)?(?:([a-z]+)/)?([a-z0-9-]+\.md)\)`)
	listItem = regexp.MustCompile(`(?m)^\s*- (?:[a-z]+: )?`)
	idFields = regexp.MustCompile(`(?m)^ *(?:sources|resources|related|hallmarks|principles|disciplines|partnership|programme|kind|tagged_by|` +
		`published|updated|reviewed|set|type|format|consent|led_by|members|url):.*$`)
)
