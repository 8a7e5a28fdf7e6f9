package search

import "context"

// Functions that tests outside the package compare with the client.
var Stem = stem

// Analyse returns the words of a text, with joined words in brackets.
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

// ExportInParts exports an index in many files, as Export does with a large one.
func (x *Index) ExportInParts(ctx context.Context, labels Labels) (map[string][]byte, error) {
	return x.export(ctx, labels, 0)
}

// Len returns the number of documents.
func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.slots)
}
