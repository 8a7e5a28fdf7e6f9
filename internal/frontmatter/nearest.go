package frontmatter

// Spelling: what a misspelt word was probably meant as.

import (
	"strings"
	"unicode"

	"github.com/hbollon/go-edlib"
)

// Nearest returns the candidate that text is most likely a misspelling of, or "" if
// none is near: the one with the fewest edits. Swapping two letters is one edit;
// case, spaces, hyphens and underscores do not count. At most a third of the
// letters of the longer word may differ (but at least one is allowed). If the first
// letters differ, only one edit is allowed, because people seldom get the first
// letter wrong, and opposites such as external and internal often differ there. Of
// equally near candidates, the first is returned.
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

// negations holds prefixes that reverse the meaning of a word.
var negations = []string{"un", "in", "im", "ir", "il", "dis", "non", "mis", "anti", "de"}

// AreOpposites reports whether two words have opposite meanings, such as "stable"
// and "unstable" or "internal" and "external". People do not write one when they
// mean the other.
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

// opposites holds pairs of opposite words, each pair once.
var opposites = map[string]string{
	"internal": "external", "upper": "lower", "new": "old", "in": "out", "inclusive": "exclusive", "explicit": "implicit",
	"careful": "careless", "increase": "decrease", "hopeful": "hopeless", "useful": "useless", "under": "over",
}
