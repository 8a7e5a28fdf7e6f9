package content_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestNamesStandInTheirSources: each name on a page stands in a source that the page cites. Where the text of that
// source is not at hand, testdata/names.tsv holds the words in which it gives the name.
//
// A name is a word with a capital letter, within a sentence. A word that begins one is a name too, unless the sources
// or our pages know it in small letters.
func TestNamesStandInTheirSources(t *testing.T) {
	seeds := sources(t)
	all := pages(t)
	small := map[string]bool{} // words in small letters, anywhere
	add := func(text string) {
		for _, word := range anyWord.FindAllString(text, -1) {
			if r := []rune(word)[0]; unicode.IsLower(r) {
				small[word] = true
			}
		}
	}
	known := map[string]map[string]bool{} // the words of a source
	for id, s := range seeds {
		add(s.text)
		known[id] = map[string]bool{}
		for _, word := range anyWord.FindAllString(s.text, -1) {
			known[id][word] = true
			known[id][strings.TrimSuffix(withoutFootnote(word), "'s")] = true
		}
	}
	for _, p := range all {
		add(p.prose())
	}
	for id, r := range references(t) {
		if known[id] == nil {
			known[id] = map[string]bool{}
		}
		text := strings.Join([]string{r.Title, r.ContainerTitle, r.Publisher}, " ")
		for _, author := range r.Authors {
			text += " " + author.Family + " " + author.Given + " " + author.Literal
		}
		for _, word := range anyWord.FindAllString(strings.Map(straight, text), -1) {
			known[id][strings.TrimSuffix(word, "'s")] = true
		}
	}
	for _, r := range table(t, "names.tsv", 3) {
		name, source, written := r.cells[0], r.cells[1], r.cells[2]
		if !strings.Contains(strings.Map(straight, written), strings.Map(straight, name)) {
			t.Errorf("testdata/names.tsv:%d: %q is not in %q", r.line, name, written)
		}
		if known[source] == nil {
			known[source] = map[string]bool{}
		}
		for _, word := range anyWord.FindAllString(strings.Map(straight, name), -1) {
			known[source][strings.TrimSuffix(word, "'s")] = true
		}
	}
	cites := citesOf(t, all)
	for _, p := range all {
		switch p.name {
		case "organisations.yaml", "disciplines.yaml": // their entries are on the pages that use them
			continue
		case "pages/accessibility.md", "pages/contribute.md", "pages/licence.md": // what they name is part of this site
			continue
		}
		from := append([]string{"ours"}, cites(p)...)
		if len(p.cites) == 0 {
			for id := range seeds {
				from = append(from, id)
			}
		}
		reported := map[string]bool{}
		text := listItem.ReplaceAllString(idFields.ReplaceAllString(p.prose(), ""), "\n\n")
		for _, sentence := range sentenceEnd.Split(text, -1) {
			words := anyWord.FindAllString(strings.Map(straight, sentence), -1)
			for i, word := range words {
				word = strings.TrimSuffix(word, "'s")
				if slices.Contains(months, word) { // checked with its figure
					continue
				}
				if !unicode.IsUpper([]rune(word)[0]) || len(word) == 1 || reported[word] {
					continue
				}
				if i == 0 && small[strings.ToLower(word)] {
					continue
				}
				if slices.ContainsFunc(from, func(id string) bool { return known[id][word] }) {
					continue
				}
				if lower := strings.ToLower(word); small[lower] && beginsPart(strings.Map(straight, sentence), word) {
					continue
				}
				reported[word] = true
				t.Errorf("%s: the name %q stands in none of %v: …%s…", p.name, word, from, strings.Join(words[max(0, i-3):min(len(words), i+4)], " "))
			}
		}
	}
}

var (
	anyWord  = regexp.MustCompile(`[\p{L}][\p{L}\d]*(?:'[\p{L}]+)?`)
	listItem = regexp.MustCompile(`(?m)^\s+- (?:[a-z]+: )?`)
	footnote = regexp.MustCompile(`\d+$`)
	idFields = regexp.MustCompile(`(?m)^(?:sources|resources|related|hallmarks|principles|disciplines|aliases|partnership|programme|kind|tagged_by|published|updated|reviewed|set|type|format|consent|led_by):.*$`)
)

// withoutFootnote drops the number of a note, which sticks to the word before it.
func withoutFootnote(word string) string { return footnote.ReplaceAllString(word, "") }

// beginsPart reports a word after a mark that may begin a part of a sentence, such as a label or a cell.
func beginsPart(sentence, word string) bool {
	return regexp.MustCompile(`[:*("\[|>\n]\s*` + regexp.QuoteMeta(word)).MatchString(sentence)
}

// citesOf gives the sources of a page and, since a link names what it leads to, those of the pages that it links to.
func citesOf(t *testing.T, all []page) func(page) []string {
	t.Helper()
	link := regexp.MustCompile(`\]\((?:\.\./)?(?:([a-z]+)/)?([a-z0-9-]+\.md)\)`)
	return func(p page) []string {
		from := slices.Clone(p.cites)
		folder, _, _ := strings.Cut(p.name, "/")
		for _, m := range link.FindAllStringSubmatch(p.text, -1) {
			in := m[1]
			if in == "" {
				in = folder
			}
			if other, ok := find(all, in+"/"+m[2]); ok {
				from = append(from, other.cites...)
			}
		}
		slices.Sort(from)
		return slices.Compact(from)
	}
}
