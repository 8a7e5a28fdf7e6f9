package content_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// quotation matches the quotations of a page: between curly quotation marks, in a
// quoted paragraph, or as the text of an entry of quotes.
var quotation = regexp.MustCompile(`“[^”]*”|(?m:^> .*$)|(?m:^ +- text: .*$)`)

func quoted(prose string) [][]int { return quotation.FindAllStringIndex(prose, -1) }

// The number of adjacent words of a source that a page may not contain outside a quotation.
const copied = 12

// TestNoSentenceIsCopied checks that pages do not copy sentences of the sources without quoting them.
func TestNoSentenceIsCopied(t *testing.T) {
	passages := map[string]string{}
	for id, s := range sources(t) {
		words := wordsOf(s.text)
		for i := range max(0, len(words)-copied+1) {
			passages[strings.Join(words[i:i+copied], " ")] = id
		}
	}
	for _, p := range pages(t) {
		// A quotation separates the words before it from those after it.
		for _, part := range strings.Split(quotation.ReplaceAllString(p.prose(), "\x00"), "\x00") {
			words := wordsOf(part)
			for i := 0; i+copied <= len(words); i++ {
				passage := strings.Join(words[i:i+copied], " ")
				if id, found := passages[passage]; found {
					t.Errorf("%s: %q is copied from %s: quote it or use other words", p.name, passage, id)
					i += copied
				}
			}
		}
	}
}

// TestQuotationsAreExact checks that each quotation is in the source that it names.
func TestQuotationsAreExact(t *testing.T) {
	all := sources(t)
	known := atHand(t)
	for _, c := range cases(t) {
		for _, q := range c.Quotes {
			id := q.Source.Ref.Text
			if !known[id] {
				t.Logf("%s: not compared, because the text of %s is not available: %q", c.File, id, q.Text)
				continue
			}
			if all[id].find(elision.Replace(q.Text), 0) == 0 {
				t.Errorf("%s: %q is not in %s", c.File, q.Text, all[id].file)
			}
		}
	}
	for _, p := range pages(t) {
		for _, q := range inText.FindAllString(p.prose(), -1) {
			if len(strings.Fields(q)) < 4 {
				continue // a term, not a quotation
			}
			exact, compared := false, len(p.cites) > 0
			for _, id := range p.cites {
				s := all[id]
				compared = compared && s != nil
				exact = exact || s != nil && s.find(elision.Replace(strings.Trim(q, "“”> ")), 0) > 0
			}
			switch {
			case exact:
			case compared:
				t.Errorf("%s: %s is in none of %v", p.name, q, p.cites)
			case len(p.cites) > 0:
				t.Logf("%s: not compared, because not all texts of %v are available: %s", p.name, p.cites, q)
			}
		}
	}
}

// inText is a quotation in the text of a page.
var inText = regexp.MustCompile(`“[^”]*”|(?m:^> .*$)`)

// elision matches the marks for words that a quotation omits.
var elision = strings.NewReplacer("[…]", "…", "...", "…", "[here]", "…")

// wordsOf returns the words of a text in lower case, without punctuation.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
