package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"casebook/internal/offline"
	"casebook/internal/pipeline"
	"casebook/internal/publish"

	"github.com/spf13/cobra"
)

// writer writes a whole site to one file.
type writer func(ctx context.Context, w io.Writer, result *pipeline.Result, snapshot *pipeline.Snapshot) error

// bundles are what a site can be bundled as, by the ending of the file's name.
var bundles = []struct {
	ending string
	write  writer
}{
	{".zip", writeZip},
	{".zim", writeZIM},
}

// newBundle is "casebook bundle".
func newBundle(s streams) *cobra.Command {
	var p project
	var quiet bool
	cmd := &cobra.Command{
		Use:   "bundle FILE",
		Short: "Write the whole site to one file, to read without a connection",
		Long: `Bundle writes what the ending of the file's name asks for:

  .zip  an archive. Whoever unpacks it and opens index.html has the whole site,
        with its search, from a disk or a USB stick and without a server. The
        same content and date give the same bytes.
  .zim  a file for Kiwix, a reader for offline libraries. It is written by
        zimwriterfs, which must be installed.`,
		Example: `  casebook bundle site.zip
  casebook bundle site.zim`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			write, err := bundleWriter(args[0])
			if err != nil {
				return err
			}
			result, snapshot, err := p.newSite(cmd.Context(), s, quiet)
			if err != nil {
				return err
			}
			size, err := writeWhole(args[0], func(w io.Writer) error { return write(cmd.Context(), w, result, snapshot) })
			if err == nil && !quiet {
				fmt.Fprintf(s.out, "%s: %s, %s\n", args[0], count(len(result.Library.Cases), "case"), publish.Megabytes(size))
			}
			return err
		},
	}
	p.siteFlags(cmd)
	cmd.Flags().BoolVar(&quiet, "quiet", false, "print nothing but problems")
	return cmd
}

// bundleWriter returns what writes a file of this name.
func bundleWriter(name string) (writer, error) {
	var endings []string
	for _, b := range bundles {
		if strings.EqualFold(filepath.Ext(name), b.ending) {
			return b.write, nil
		}
		endings = append(endings, b.ending)
	}
	return nil, usageError{fmt.Errorf("%s: write a name that ends in %s", name, strings.Join(endings, ", "))}
}

func writeZip(ctx context.Context, w io.Writer, result *pipeline.Result, snapshot *pipeline.Snapshot) error {
	files, err := offline.Files(ctx, snapshot.Published())
	if err != nil {
		return err
	}
	today := result.Today()
	return offline.WriteZip(w, files, time.Date(today.Year, time.Month(today.Month), today.Day, 0, 0, 0, 0, time.UTC))
}

func writeZIM(ctx context.Context, w io.Writer, result *pipeline.Result, snapshot *pipeline.Snapshot) error {
	files, err := offline.Files(ctx, snapshot.Published())
	if err != nil {
		return err
	}
	site := result.Library.Site
	return offline.WriteZIM(ctx, w, files, offline.Book{Title: site.Title, Description: site.Tagline, Language: site.Language})
}

// writeOffline writes the site that needs no server to a folder.
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
	today, err := p.today(time.Now())
	if err != nil {
		return nil, nil, err
	}
	opts, err := p.pipeline(nil)
	if err != nil {
		return nil, nil, err
	}
	scanner, err := p.scanner()
	if err != nil {
		return nil, nil, err
	}
	bar := newProgress(s.err, quiet)
	opts.Progress, opts.Cache = bar.update, p.openCache(s.err)
	return p.wholeSite(ctx, s, pipeline.New(opts), scanner, today, bar)
}

// writeWhole writes a file so that whoever reads it sees all of it or none, and
// returns its size.
func writeWhole(name string, write func(io.Writer) error) (size int64, err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	if err := write(f); err != nil {
		return 0, errors.Join(err, f.Close())
	}
	size, err = f.Seek(0, io.SeekCurrent)
	if err := errors.Join(err, f.Chmod(0o644), f.Close()); err != nil {
		return 0, err
	}
	return size, os.Rename(f.Name(), name)
}
