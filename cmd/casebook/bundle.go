// The command bundle: writes the whole site to one file, to read offline.

package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"casebook/internal/book"
	"casebook/internal/changeset"
	"casebook/internal/library"
	"casebook/internal/offline"
	"casebook/internal/pipeline"
	"casebook/internal/publish"

	"github.com/spf13/cobra"
)

// bundle holds the flags of "casebook bundle".
type bundle struct {
	project
	streams
	quiet     bool
	principle string // the id of the only principle in a book; empty means all
}

// writer writes a whole site to one file.
type writer func(b *bundle, ctx context.Context, w io.Writer, result *pipeline.Result, snapshot *pipeline.Snapshot) error

// bundles lists the formats of bundles, by the ending of the file's name.
var bundles = []struct {
	ending string
	write  writer
	book   bool // it can be limited to one principle
}{
	{".zip", (*bundle).writeZip, false},
	{".zim", (*bundle).writeZIM, false},
	{".epub", (*bundle).writeEPUB, true},
	{".pdf", (*bundle).writePDF, true},
}

func newBundle(s streams) *cobra.Command {
	b := &bundle{streams: s}
	cmd := &cobra.Command{
		Use:   "bundle FILE",
		Short: "Write the whole site to one file, to read without a connection",
		Long: `Bundle writes what the ending of the file's name asks for:

  .zip   an archive. Whoever unpacks it and opens index.html has the whole site,
         with its search, from a disk or a USB stick and without a server. The
         same content and date give the same bytes.
  .zim   a file for Kiwix, a reader for offline libraries. It is written by
         zimwriterfs, which must be installed.
  .epub  a book for phones and e-readers: the principles, each with its case
         studies, then the resources and other texts. The same content and date
         give the same bytes.
  .pdf   the same book to print, with an outline, and tagged for screen readers.
         It is printed by Chromium or Chrome, which must be installed.

With --principle, a book has that principle and its case studies alone.`,
		Example: `  casebook bundle site.zip
  casebook bundle library.epub
  casebook bundle strategic.pdf --principle strategic`,
		Args: orSay(cobra.ExactArgs(1), "name the file to write, such as site.zip"),
		RunE: func(cmd *cobra.Command, args []string) error { return b.run(cmd.Context(), args[0]) },
	}
	b.siteFlags(cmd)
	cmd.Flags().StringVar(&b.principle, "principle", "", "id of the only principle in a book (.epub, .pdf)")
	cmd.Flags().BoolVar(&b.quiet, "quiet", false, "print nothing but problems")
	return cmd
}

func (b *bundle) run(ctx context.Context, name string) error {
	write, err := b.writer(name)
	if err != nil {
		return err
	}
	result, snapshot, err := b.newSite(ctx, b.streams, b.quiet)
	if err != nil {
		return err
	}
	if err := changeset.ReplaceFile(name, 0o644, func(w io.Writer) error { return write(b, ctx, w, result, snapshot) }); err != nil || b.quiet {
		return err
	}
	written, err := os.Stat(name)
	if err != nil {
		return err
	}
	fmt.Fprintf(b.out, "%s: %s, %s\n", name, countCases(result.Library.Site.Terms, b.cases(result.Library)), publish.Megabytes(written.Size()))
	return nil
}

// cases returns the number of case studies in the bundle.
func (b *bundle) cases(lib *library.Library) int {
	for _, p := range lib.Principles {
		if p.ID == b.principle {
			return len(p.Cases)
		}
	}
	return len(lib.Cases)
}

// writer returns the function that writes a file with this name.
func (b *bundle) writer(name string) (writer, error) {
	var endings []string
	for _, k := range bundles {
		switch {
		case !strings.EqualFold(filepath.Ext(name), k.ending):
			endings = append(endings, k.ending)
		case b.principle != "" && !k.book:
			return nil, usageError{fmt.Errorf("%s: --principle is for books: write a name that ends in .epub or .pdf", name)}
		default:
			return k.write, nil
		}
	}
	return nil, usageError{fmt.Errorf("%s: write a name that ends in %s", name, strings.Join(endings, ", "))}
}

func (b *bundle) writeZip(ctx context.Context, w io.Writer, result *pipeline.Result, snapshot *pipeline.Snapshot) error {
	return result.WriteZip(ctx, w, snapshot)
}

func (b *bundle) writeZIM(ctx context.Context, w io.Writer, result *pipeline.Result, snapshot *pipeline.Snapshot) error {
	files, err := offline.Files(ctx, snapshot.Published())
	if err != nil {
		return err
	}
	site := result.Library.Site
	return offline.WriteZIM(ctx, w, files, offline.Book{Title: site.Title, Description: site.Tagline, Language: site.Language})
}

func (b *bundle) writeEPUB(ctx context.Context, w io.Writer, result *pipeline.Result, snapshot *pipeline.Snapshot) error {
	made, err := b.book(ctx, result, snapshot)
	if err != nil {
		return err
	}
	return made.WriteEPUB(w)
}

func (b *bundle) writePDF(ctx context.Context, w io.Writer, result *pipeline.Result, snapshot *pipeline.Snapshot) error {
	made, err := b.book(ctx, result, snapshot)
	if err != nil {
		return err
	}
	return made.WritePDF(ctx, w)
}

// book returns the book of the site.
func (b *bundle) book(ctx context.Context, result *pipeline.Result, snapshot *pipeline.Snapshot) (*book.Book, error) {
	address := cmp.Or(b.baseURL, result.Library.Site.BaseURL)
	return book.New(ctx, result.Library, snapshot.Published(), book.Options{Principle: b.principle, Address: address, Today: result.Today()})
}

// writeOffline writes the site to a folder, in a form that needs no server.
func (b *build) writeOffline(ctx context.Context) error {
	_, snapshot, err := b.newSite(ctx, b.streams, b.quiet)
	if err != nil {
		return err
	}
	files, err := offline.Files(ctx, snapshot.Published())
	if err != nil {
		return err
	}
	if _, err := publish.Publish(ctx, files, publish.Options{Dir: b.offline, Sources: b.inputs(), Project: b.source}); err != nil || b.quiet {
		return err
	}
	_, err = fmt.Fprintf(b.out, "%s: %s; open %s\n", b.offline, count(len(files), "file"), filepath.Join(b.offline, "index.html"))
	return err
}

// newSite builds the whole site without writing it anywhere.
func (p *project) newSite(ctx context.Context, s streams, quiet bool) (*pipeline.Result, *pipeline.Snapshot, error) {
	scanner, today, opts, err := p.prepare()
	if err != nil {
		return nil, nil, err
	}
	bar := newProgress(s.err, quiet)
	opts.Progress, opts.Cache = bar.update, p.openCache(s.err)
	builder := pipeline.New(opts)
	result, err := p.pages(ctx, s, builder, scanner, today, bar)
	if err != nil {
		return nil, nil, err
	}
	snapshot, err := p.finish(ctx, builder, result, bar)
	return result, snapshot, err
}
