package content_test

import (
	"math"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// hardest is the highest reading grade of a page: what a pupil of 13 reads
// with ease, since many readers read English as a second or third language.
const hardest = 8.0

// TestPagesAreInPlainEnglish measures each page by the formula of Flesch and
// Kincaid (Kincaid and others, 1975, Derivation of new readability formulas):
//
//	grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59
//
// Quotations are other people's words and do not count. Run it with -v for the
// table of all pages.
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

// TestReadingGrade fixes the measure by texts whose grade was counted by hand.
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

// readingGrade counts the words of a body in Markdown and gives their grade. A
// heading, an item of a list and a row of a table end like a sentence.
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

// sentenceEnd ends a sentence: its full stop, an empty line, or the next item.
var sentenceEnd = regexp.MustCompile(`\||[.!?:](?:[)”’*]*)(?:\s|$)|\n\s*\n|\n(?:[-#*]|\d+\.)\s?`)

var (
	vowels  = regexp.MustCompile(`[aeiouy]+`)
	silent  = regexp.MustCompile(`[^aeiouyl]e$|[^aeiou]le?es$|[^aeioutdcsgxz]es$|[^aeioutd]ed$`)
	hiatus  = regexp.MustCompile(`i[aou]|[^cstg]io|eo|ua[lr]|uou|ea[^cdfklmnprstuvwy]|yi|rea[tl]|iet|ying`)
	swallow = regexp.MustCompile(`[cstgx]i(?:on|ou|al|an|en)`)
)

// syllablesOf estimates the syllables of an English word: groups of vowels,
// less a silent e, more two vowels that are spoken apart. It counts one letter
// of an abbreviation as one syllable.
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
