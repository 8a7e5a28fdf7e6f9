package frontmatter

import (
	"strings"
	"unicode/utf8"

	"github.com/hbollon/go-edlib"
)

// Nearest returns the candidate that text is most likely a misspelling of, for
// "did you mean": the one with the fewest edits, where two letters swapped are
// one edit and case, spaces, hyphens and underscores do not count. At most a
// third of the longer word's letters may differ, and at least one. Of equally
// near candidates the first is returned; "" if none is near.
func Nearest(text string, candidates []string) string {
	folded := fold(text)
	length := utf8.RuneCountInString(folded)
	best, fewest := "", -1
	for _, candidate := range candidates {
		other := fold(candidate)
		otherLength := utf8.RuneCountInString(other)
		allowed := max(1, max(length, otherLength)/3)
		if gap := length - otherLength; gap > allowed || -gap > allowed {
			continue
		}
		edits := edlib.OSADamerauLevenshteinDistance(folded, other)
		if edits <= allowed && edits < max(length, otherLength) && (fewest < 0 || edits < fewest) {
			best, fewest = candidate, edits
		}
	}
	return best
}

func fold(text string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(text))
}
