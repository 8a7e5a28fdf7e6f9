package content

import (
	"strings"
	"unicode/utf8"

	"github.com/hbollon/go-edlib"
)

// Nearest returns the candidate that text is most likely a slip of, for "did
// you mean": the fewest edits (two letters swapped are one), at most a third of the longer word's letters
// (and at least one), with case, spaces, hyphens and underscores counted as
// the same. It returns "" when nothing is near; of equally near ones the first wins.
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
