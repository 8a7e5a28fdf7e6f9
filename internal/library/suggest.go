package library

// Hints: what the author of a text that names nothing probably meant.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hbollon/go-edlib"
)

// hint is what to write instead of a text that names nothing: the name it is
// like, else one of those there are, or where to look them up.
func (v *vocabulary[T]) hint(text string) string {
	if parts := v.several(text); len(parts) > 1 {
		return "write [" + strings.Join(parts, ", ") + "]"
	}
	if near := v.suggest(text); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	switch labels, few := v.listed(); {
	case labels == "":
		return "there is no " + v.noun + " yet"
	case few:
		return "use one of: " + labels
	}
	return v.lookUp
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
