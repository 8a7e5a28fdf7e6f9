package pipeline

// Parts are the parts of all keys.
var Parts = []part{
	fileBytes, attachmentBytes, entries, attachmentFacts, buildDate, themeFiles, language, pageData, pageText, pageLook,
}

// LeaveOut has the builder forget a part of its keys, so that it builds wrongly
// whatever depends on that part alone.
func (b *Builder) LeaveOut(p part) { b.leftOut = p }

// Stored is how many bytes of pages are in the builder's file.
func (b *Builder) Stored() int64 { return b.store.size }

// StoredPictures is how many bytes of copies of pictures are in theirs.
func (b *Builder) StoredPictures() int64 { return b.pictures.size }

// KeepOutdated sets how many outdated bytes are kept in each without a thought.
func (b *Builder) KeepOutdated(n int64) { b.outdated = n }
