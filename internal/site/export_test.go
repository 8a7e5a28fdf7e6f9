package site

// SourceOf returns the file below content/ that a page is about, or "".
func SourceOf(p Page) string { return p.base().source }
