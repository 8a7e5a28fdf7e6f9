package library

// Hints: what to write instead of a text that names nothing.

import (
	"fmt"
	"slices"
	"strings"
)

// hint is what to write instead of a text that names nothing: what was probably
// meant, else one of the entries there are, or where to look them up.
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

// maxListed is how many entries a message lists.
const maxListed = 12

// listHint is hint for an item of a list, which may hold several names.
func (v *vocabulary[T]) listHint(text string) string {
	if parts := v.several(text); parts != nil {
		return "write [" + strings.Join(parts, ", ") + "]"
	}
	return v.hint(text)
}

// anyOf quotes names: "a", "b" or "c".
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

// betweenNames is what people write between names that they mean to list.
var betweenNames = strings.NewReplacer(";", "\n", ",", "\n", "/", "\n", " and ", "\n", " & ", "\n", " + ", "\n")

// several returns the names that a text lists, "Tanzania and Uganda", as
// written; nil unless there are several and each is known.
func (v *vocabulary[T]) several(text string) []string {
	parts := strings.Split(betweenNames.Replace(text), "\n")
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
