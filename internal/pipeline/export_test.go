package pipeline

// StoredPages returns the number of bytes in the builder's store of pages.
func (b *Builder) StoredPages() int64 { return b.pages.store.size }

// StoredAttachments returns the number of bytes in the builder's store of attachments.
func (b *Builder) StoredAttachments() int64 { return b.attached.size }

// SetSlack sets the number of bytes in each store that may be outdated.
func (b *Builder) SetSlack(n int64) { b.slack = n }

// TakeTheme gives the builder the theme that another builder has loaded. It uses that
// theme if the key is the same, because loading takes most of the time of a small build.
func (b *Builder) TakeTheme(from *Builder) { b.theme = from.theme }
