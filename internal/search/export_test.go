package search

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

// Len is the number of documents.
func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.slots)
}
