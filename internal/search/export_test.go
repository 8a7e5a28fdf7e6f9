package search

// What tests outside the package compare with the client.
var (
	Analyse = analyse
	Stem    = stem
)
