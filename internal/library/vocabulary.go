package library

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/hbollon/go-edlib"
	"golang.org/x/text/unicode/norm"
)

// vocabulary finds terms by what authors write: an id, a label or another
// label, whatever its case, accents, punctuation and spacing.
type vocabulary[T comparable] struct {
	noun   string // "country", for messages
	terms  map[string]T
	labels []string // the main ones, as listed to a reader
	likely []string // labels and ids, as suggested for a slip
	folded []string // of likely, as far as anybody has needed it

	found   map[string]T    // by text as written
	excused map[string]bool // folded texts that name a term which is not there because of a mistake that was reported
}

func newVocabulary[T comparable](noun string) *vocabulary[T] {
	return &vocabulary[T]{noun: noun, terms: map[string]T{}, found: map[string]T{}, excused: map[string]bool{}}
}

// add makes the term findable by the label and offers the label as a
// suggestion. It reports false when the label already names another term.
func (v *vocabulary[T]) add(label string, term T) bool {
	if !v.addQuietly(label, term) {
		return false
	}
	v.labels = append(v.labels, label)
	v.likely = append(v.likely, label)
	return true
}

// addOther makes the term findable by another label or id, which is suggested
// but not listed.
func (v *vocabulary[T]) addOther(label string, term T) bool {
	if !v.addQuietly(label, term) {
		return false
	}
	v.likely = append(v.likely, label)
	return true
}

// addQuietly makes the term findable by the label, without suggesting it.
func (v *vocabulary[T]) addQuietly(label string, term T) bool {
	key := fold(label)
	if known, ok := v.terms[key]; ok {
		return known == term
	}
	v.terms[key] = term
	return true
}

// addExact makes the text, as written, name the term, whatever other texts that
// fold to the same name.
func (v *vocabulary[T]) addExact(text string, term T) { v.found[text] = term }

// excuse has nothing said of texts that name a term which is not there: whoever
// wrote them made no mistake. "" stands for all texts.
func (v *vocabulary[T]) excuse(texts ...string) {
	for _, text := range texts {
		v.excused[fold(text)] = true
	}
}

// isExcused reports whether nothing is to be said of a text that names nothing.
func (v *vocabulary[T]) isExcused(text string) bool { return v.excused[""] || v.excused[fold(text)] }

// byText are the terms by what names them: folded, and as written where an
// exact text comes first.
func (v *vocabulary[T]) byText() map[string]T {
	all := maps.Clone(v.terms)
	maps.Copy(all, v.found)
	return all
}

// find returns the term that the text names.
func (v *vocabulary[T]) find(text string) (T, bool) {
	term, ok := v.found[text]
	if !ok {
		if term, ok = v.terms[fold(text)]; ok {
			v.found[text] = term
		}
	}
	return term, ok
}

// near returns the label most like the text, or "" when none is near: within
// one edit for five letters, two from six on, and a tenth of a long name.
func (v *vocabulary[T]) near(text string) string {
	key := fold(text)
	length := len([]rune(key))
	limit := 0
	switch {
	case length >= 30:
		limit = length / 10
	case length >= 6:
		limit = 2
	case length == 5:
		limit = 1
	}
	return v.nearest(text, limit)
}

// suggest is near for a closed vocabulary, where the text is wrong whatever
// the author meant: it looks further.
func (v *vocabulary[T]) suggest(text string) string { return v.nearest(text, slips(text)) }

// slips is how many edits make a slip of a text. Short texts are all near one
// another, so that they have few.
func slips(text string) int {
	switch length := len([]rune(fold(text))); {
	case length <= 2:
		return 0
	case length <= 4:
		return 1
	default:
		return max(2, length/3)
	}
}

func (v *vocabulary[T]) nearest(text string, limit int) string {
	for _, likely := range v.likely[len(v.folded):] {
		v.folded = append(v.folded, fold(likely))
	}
	key := fold(text)
	best, label := limit+1, ""
	for i, folded := range v.folded {
		if abs(len(folded)-len(key)) > 4*best {
			continue // each edit changes at most four bytes
		}
		distance := edlib.OSADamerauLevenshteinDistance(key, folded)
		if distance > limit || distance > best {
			continue
		}
		if distance < best || likelier(text, v.likely[i], label) {
			best, label = distance, v.likely[i]
		}
	}
	return label
}

// likelier reports whether the text is rather a slip of one label than of
// another that is as far from it: people seldom get the first letter wrong, and
// who wrote an id meant an id.
func likelier(text, label, other string) bool {
	first := func(s string) bool {
		key := fold(text)
		return key != "" && strings.HasPrefix(fold(s), key[:1])
	}
	if first(label) != first(other) {
		return first(label)
	}
	a, b := edlib.OSADamerauLevenshteinDistance(text, label), edlib.OSADamerauLevenshteinDistance(text, other)
	if a != b {
		return a < b
	}
	return label < other
}

// betweenTerms is what people write between terms that they mean to list.
var betweenTerms = strings.NewReplacer(";", "\n", ",", "\n", "/", "\n", " and ", "\n", " & ", "\n", " + ", "\n")

// several returns the terms that a text lists, "Tanzania and Uganda", as
// written; nil unless each of them is known.
func (v *vocabulary[T]) several(text string) []string {
	parts := strings.Split(betweenTerms.Replace(text), "\n")
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
		if _, known := v.find(parts[i]); !known {
			return nil
		}
	}
	return parts
}

// maxListed is how many labels a message lists.
const maxListed = 12

// listed are the labels when they are few enough to be listed in a message.
func (v *vocabulary[T]) listed() (string, bool) {
	labels := slices.Sorted(slices.Values(v.labels))
	return strings.Join(labels, ", "), len(labels) <= maxListed
}

// fold makes texts that differ only in case, accents, punctuation or spacing
// equal: its letters and digits, words apart by one space.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= 0x80 {
			ascii = false
			break
		}
	}
	if !ascii {
		s = norm.NFKD.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case r == '\'' || r == '’' || unicode.Is(unicode.Mn, r):
			continue // "d'Ivoire" and "d’Ivoire", "Cote" and "Côte"
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mc, r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case r == '&':
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString("and")
			gap = true
		default:
			gap = true
		}
	}
	return b.String()
}

// SortKey is what a title sorts by in a list for readers; it is the same for
// names that find the same term.
func SortKey(title string) string { return fold(title) }

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
