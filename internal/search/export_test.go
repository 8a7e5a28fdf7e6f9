package search

import "context"

// What tests outside the package compare with the client.
var Stem = stem

// Analyse returns the words of a text, joined ones in brackets.
func Analyse(text string) (words []string) {
	for _, run := range analyse(text) {
		for _, p := range run {
			if p.joined {
				p.text = "[" + p.text + "]"
			}
			words = append(words, p.text)
		}
	}
	return words
}

// ExportInParts exports even a small index as a large one is.
func (x *Index) ExportInParts(ctx context.Context, labels Labels) (map[string][]byte, error) {
	return x.export(ctx, labels, 0)
}

// Len is the number of documents.
func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.slots)
}
