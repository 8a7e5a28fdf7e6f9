// The theme's words for other packages and for scripts.

package theme

import (
	"encoding/json"
	"strings"

	"casebook/internal/site"
)

// Word returns the theme's string for one value of a vocabulary, such as
// "example" of the family "kind.". It returns the value itself if the theme
// does not know it.
func (t *Theme) Word(family, value string) string {
	if text, ok := t.strings.texts[family+value]; ok {
		return text.forms[0]
	}
	return value
}

// Period returns years in words, as templates write them.
func (t *Theme) Period(p site.Period) string {
	text, _ := t.strings.period(p) // fails only if a string is missing, and Load returns no theme then
	return text
}

// Cases returns a number of case studies in words.
func (t *Theme) Cases(n int) string {
	text, _ := t.strings.say("coverage.cases", n)
	return text
}

// wordsOf returns the strings that start with the prefix in the form that a
// script reads: JSON of {"key without the prefix": {"plural category":
// "text"}}.
func (s *stringTable) wordsOf(prefix string) (string, error) {
	words := map[string]map[string]string{}
	for _, key := range s.family(prefix) {
		forms := map[string]string{}
		for name, form := range pluralForms {
			if text := s.texts[key].forms[form]; text != "" {
				forms[name] = text
			}
		}
		words[strings.TrimPrefix(key, prefix)] = forms
	}
	data, err := json.Marshal(words)
	return string(data), err
}
