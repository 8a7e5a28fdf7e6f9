package pipeline

// The zip archive of the whole site.

import (
	"context"
	"fmt"
	"io"
	"maps"
	"time"

	"casebook/internal/offline"
	"casebook/internal/site"
	"casebook/internal/twin"
)

// WithBundle returns the whole site together with a zip archive of it for reading
// offline. The data page links to the archive and shows its size and date; the copy
// of the data page inside the archive does not.
func (r *Result) WithBundle(ctx context.Context, whole *Snapshot) (*Snapshot, error) {
	store, err := newStore()
	if err != nil {
		return nil, err
	}
	bundle, err := store.keepWritten(site.BundlePath, func(w io.Writer) error { return r.WriteZip(ctx, w, whole) })
	if err != nil {
		return nil, err
	}
	with := &Snapshot{files: maps.Clone(whole.files), later: maps.Clone(whole.later)}
	with.later[bundle.Path] = bundle
	if r.data == nil {
		return with, nil
	}
	page := r.data.WithBundle(bundle.Size, r.today)
	html, _, err := r.theme.Render(nil, page)
	if err != nil {
		return nil, err
	}
	with.files[site.OutputPath(page.Path)] = newFile(site.OutputPath(page.Path), html)
	if page.Twin == "" {
		return with, nil
	}
	markdown, err := twin.New().Of(html, page.Canonical)
	if err != nil {
		return nil, fmt.Errorf("write %s as Markdown: %w", page.Path, err)
	}
	with.files[site.TwinPath(page.Path)] = newFile(site.TwinPath(page.Path), markdown)
	return with, nil
}

// dataPage returns the page that links to the archive, or nil.
func dataPage(s *site.Site) *site.DataPage {
	for _, p := range s.Pages {
		if _, ok := p.Kind.(*site.DataPage); ok {
			return p.Page().(*site.DataPage)
		}
	}
	return nil
}

// WriteZip writes a whole site as a zip archive for reading offline.
func (r *Result) WriteZip(ctx context.Context, to io.Writer, whole *Snapshot) error {
	files, err := offline.Files(ctx, whole.Published())
	if err != nil {
		return err
	}
	entries := make([]offline.Entry, len(files))
	for i, f := range files {
		entries[i] = offline.Entry{Path: f.Path, Write: func(to io.Writer) error {
			data, err := f.Bytes()
			if err != nil {
				return err
			}
			_, err = to.Write(data)
			return err
		}}
	}
	return offline.NewZipper(offline.Small).Write(to, entries, time.Date(r.today.Year, time.Month(r.today.Month), r.today.Day, 0, 0, 0, 0, time.UTC))
}
