package pipeline

// StoredPages is how many bytes of pages are in the builder's store.
func (b *Builder) StoredPages() int64 { return b.pages.store.size }

// StoredPictures is how many bytes of copies of pictures are in theirs.
func (b *Builder) StoredPictures() int64 { return b.pictures.size }

// SetSlack sets how many bytes of each store may be outdated.
func (b *Builder) SetSlack(n int64) { b.slack = n }
