package search

// What tests outside the package compare with the client.
var (
	Analyse = analyse
	Stem    = stem
)

// Len is the number of documents.
func (x *Index) Len() int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return len(x.slots)
}
