package library

// Hints for texts that name no entry.

import (
	"fmt"
	"slices"
	"strings"
)

// hint returns the hint for a text that names no entry: the names that were
// probably meant, otherwise all entries if they are few, otherwise where to look
// them up.
func (v *vocabulary[T]) hint(text string) string {
	if likely := v.likely(v.fold(text)); likely != nil {
		return "did you mean " + anyOf(likely) + "?"
	}
	switch {
	case len(v.listed) == 0 && v.lookUp == "":
		return "there is no " + v.noun + " yet"
	case len(v.listed) > 0 && len(v.listed) <= maxListed:
		return "use one of: " + strings.Join(slices.Sorted(slices.Values(v.listed)), ", ")
	}
	return v.lookUp
}

// maxListed is the maximum number of entries that a message lists.
const maxListed = 12

// listHint is like hint, for an item of a list, which may contain several names.
func (v *vocabulary[T]) listHint(text string) string {
	if parts := v.several(text); parts != nil {
		return "write [" + strings.Join(parts, ", ") + "]"
	}
	return v.hint(text)
}

// anyOf formats names as alternatives: "a", "b" or "c".
func anyOf(names []string) string {
	var b strings.Builder
	for i, name := range names {
		switch {
		case i == 0:
		case i == len(names)-1:
			b.WriteString(" or ")
		default:
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%q", name)
	}
	return b.String()
}

// betweenNames replaces the separators that people write between names with
// newlines.
var betweenNames = strings.NewReplacer(";", "\n", ",", "\n", "/", "\n", " and ", "\n", " et ", "\n", " und ", "\n", " y ", "\n", " & ", "\n", " + ", "\n", " - ", "\n", " – ", "\n", " — ", "\n", "|", "\n", "，", "\n", "、", "\n", "；", "\n", "،", "\n", "؛", "\n", "•", "\n")

// several returns the names that a text such as "Tanzania and Uganda" lists, as
// written. It returns nil unless there are at least two and all are known.
func (v *vocabulary[T]) several(text string) []string {
	parts := strings.Split(betweenNames.Replace(text), "\n")
	if len(parts) < 2 && v.kind == referenceKind { // ids have no spaces
		parts = strings.Fields(text)
	}
	if len(parts) < 2 {
		return nil
	}
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
		if _, ok := v.find(parts[i]); !ok {
			return nil
		}
	}
	return parts
}
