package pipeline

// StoredPages is how many bytes of pages are in the builder's store.
func (b *Builder) StoredPages() int64 { return b.pages.store.size }

// StoredAttachments is how many bytes of attachments are in their store.
func (b *Builder) StoredAttachments() int64 { return b.attached.size }

// SetSlack sets how many bytes of each store may be outdated.
func (b *Builder) SetSlack(n int64) { b.slack = n }

// TakeTheme gives the builder the theme that another has loaded, which it uses
// if its key is the same: loading takes most of the time of a small build.
func (b *Builder) TakeTheme(from *Builder) { b.theme = from.theme }
