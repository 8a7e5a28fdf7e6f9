package content_test

import (
	"math"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// hardest is the highest reading grade that a page may have: a text that a pupil of
// 13 reads easily, because English is the second or third language of many readers.
const hardest = 8.0

// TestPagesAreInPlainEnglish measures each page by the formula of Flesch and
// Kincaid (Kincaid and others, 1975, Derivation of new readability formulas):
//
//	grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59
//
// Quotations do not count, because they are other people's words. Run it with -v
// to see the table of all pages.
func TestPagesAreInPlainEnglish(t *testing.T) {
	t.Logf("%5s %5s %7s  %s", "words", "grade", "sources", "page")
	for _, p := range pages(t) {
		if !strings.HasSuffix(p.name, ".md") {
			continue
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(p.prose(), "---\n"), "\n---\n")
		words, grade := readingGrade(body)
		t.Logf("%5d %5.1f %7d  %s", words, grade, len(p.cites), p.name)
		if grade > hardest {
			t.Errorf("%s: reading grade %.1f, want %.1f or less: shorten sentences, use common words", p.name, grade, hardest)
		}
	}
}

// TestReadingGrade compares readingGrade with grades that were computed by hand.
func TestReadingGrade(t *testing.T) {
	for _, test := range []struct {
		text  string
		words int
		grade float64
	}{
		{"The cat sat on the mat. The dog ran.", 9, -2.03},                                      // 2 sentences, 9 syllables
		{"- one two\n- three four\n\n# Five six\n", 6, -3.01},                                   // 3 sentences, 6 syllables
		{"Partnerships between institutions need organisation.", 5, 21.76},                      // 1 sentence, 15 syllables
		{"A [link](x.md) to **bold** text, “with a long quotation in it” and so on.", 8, -0.67}, // 1 sentence, 8 syllables
		{"| one | two |\n", 2, -3.40},                                                           // each cell is a sentence
	} {
		words, grade := readingGrade(notProse.ReplaceAllString(test.text, ""))
		if words != test.words || math.Abs(grade-test.grade) > 0.01 {
			t.Errorf("%q: %d words and grade %.2f, want %d and %.2f", test.text, words, grade, test.words, test.grade)
		}
	}
}

// readingGrade returns the number of words of a Markdown text and their reading
// grade. A heading, a list item and a table cell each end a sentence.
func readingGrade(body string) (words int, grade float64) {
	body = inText.ReplaceAllString(body, "")
	syllables, sentences := 0, 0
	for _, sentence := range sentenceEnd.Split(body, -1) {
		n := 0
		for _, word := range strings.FieldsFunc(sentence, func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune("-–—/|*_[]()#\"“”,;:!", r)
		}) {
			if strings.IndexFunc(word, unicode.IsLetter) < 0 {
				continue
			}
			n++
			syllables += syllablesOf(word)
		}
		if n > 0 {
			sentences++
			words += n
		}
	}
	if words == 0 {
		return 0, 0
	}
	return words, 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59
}

// sentenceEnd matches the end of a sentence: a full stop, an empty line, or the
// start of the next item.
var sentenceEnd = regexp.MustCompile(`\||[.!?:](?:[)”’*]*)(?:\s|$)|\n\s*\n|\n(?:[-#*]|\d+\.)\s?`)

var (
	vowels  = regexp.MustCompile(`[aeiouy]+`)
	silent  = regexp.MustCompile(`[^aeiouyl]e$|[^aeiou]le?es$|[^aeioutdcsgxz]es$|[^aeioutd]ed$`)
	hiatus  = regexp.MustCompile(`i[aou]|[^cstg]io|eo|ua[lr]|uou|ea[^cdfklmnprstuvwy]|yi|rea[tl]|iet|ying`)
	swallow = regexp.MustCompile(`[cstgx]i(?:on|ou|al|an|en)`)
)

// syllablesOf estimates the number of syllables of an English word: the groups of
// vowels, minus a silent e, plus one for two vowels that are spoken separately. Each
// letter of an abbreviation is one syllable.
func syllablesOf(word string) int {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r
		}
		return -1
	}, word)
	if letters == strings.ToUpper(letters) && len(letters) > 1 && len(letters) < 7 && vowels.FindString(strings.ToLower(letters)) == "" {
		return len(letters)
	}
	w := strings.ToLower(letters)
	n := len(vowels.FindAllString(w, -1)) + len(hiatus.FindAllString(w, -1)) - len(swallow.FindAllString(w, -1))
	if silent.MatchString(w) {
		n--
	}
	return max(n, 1)
}
