package frontmatter

// Spelling: what a misspelt word was probably meant to be.

import (
	"strings"
	"unicode"

	"github.com/hbollon/go-edlib"
)

// Nearest returns the candidate that text is most likely a misspelling of, for
// "did you mean": the one with the fewest edits, where two letters swapped are
// one edit and case, spaces, hyphens and underscores do not count. At most a
// third of the longer word's letters may differ (and at least one), and only
// one where the first letters differ: people seldom get that wrong, and
// opposites such as external and internal often differ there. Of equally near
// candidates the first is returned; "" if none is near.
func Nearest(text string, candidates []string) string {
	folded := []rune(fold(text))
	best, fewest := "", -1
	for _, candidate := range candidates {
		other := []rune(fold(candidate))
		longer := max(len(folded), len(other))
		allowed := max(1, longer/3)
		if len(folded) > 0 && len(other) > 0 && folded[0] != other[0] {
			allowed = 1
		}
		if gap := len(folded) - len(other); gap > allowed || -gap > allowed {
			continue
		}
		if AreOpposites(string(folded), string(other)) {
			continue
		}
		edits := edlib.OSADamerauLevenshteinDistance(string(folded), string(other))
		if edits <= allowed && edits < longer && (fewest < 0 || edits < fewest) {
			best, fewest = candidate, edits
		}
	}
	return best
}

// fold makes texts equal that differ only in case, spaces, hyphens and underscores.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}

// negations are what words begin with that say the opposite of the rest.
var negations = []string{"un", "in", "im", "ir", "il", "dis", "non", "mis", "anti", "de"}

// AreOpposites reports two words of which one says the opposite of the other:
// "stable" and "unstable", "internal" and "external". Neither was meant where the
// other is written.
func AreOpposites(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for _, negation := range negations {
		if rest, found := strings.CutPrefix(b, negation); found && rest == a && len(a) >= 4 {
			return true
		}
	}
	return opposites[a] != "" && opposites[a] == b || opposites[b] != "" && opposites[b] == a
}

// opposites are pairs of words, each written once.
var opposites = map[string]string{
	"internal": "external", "upper": "lower", "new": "old", "in": "out", "inclusive": "exclusive", "explicit": "implicit",
	"careful": "careless", "increase": "decrease", "hopeful": "hopeless", "useful": "useless", "under": "over",
}
