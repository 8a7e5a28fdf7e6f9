// The cache of the builds, and the command cache.

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"casebook/internal/cache"
	"casebook/internal/publish"

	"github.com/spf13/cobra"
)

// cacheFlags say where to keep the results of a build.
type cacheFlags struct {
	dir string
	off bool
}

func (c *cacheFlags) declare(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&c.dir, "cache", "", "folder for what the next build need not make again (default casebook in your cache folder)")
	f.BoolVar(&c.off, "no-cache", false, "make everything again, and keep nothing")
}

// folder returns the cache folder.
func (c *cacheFlags) folder() (string, error) {
	if c.dir != "" {
		return c.dir, nil
	}
	user, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("%w: name a folder with --cache", err)
	}
	return filepath.Join(user, "casebook"), nil
}

// openCache opens the cache for the settings of the project. If that fails, the
// build only takes longer, so an error is only printed.
func (p *project) openCache(w io.Writer) *cache.Cache {
	if p.cache.off {
		return nil
	}
	folder, err := p.cache.folder()
	if err != nil {
		if p.verbose {
			fmt.Fprintf(w, "casebook: no cache: %v\n", err)
		}
		return nil
	}
	opened, err := cache.Open(folder, cache.Use{
		Source: p.source, Settings: fmt.Sprintf("base-url=%q drafts=%t strict=%t", p.baseURL, p.drafts, p.strict),
	})
	if err != nil && (p.verbose || p.cache.dir != "") {
		fmt.Fprintf(w, "casebook: the cache cannot be used, so that the next build takes as long: %v\n", err)
	}
	return opened
}

// newCache returns the command "casebook cache" and its subcommand.
func newCache(s streams) *cobra.Command {
	var flags cacheFlags
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "Show what is kept so that the next build takes less time",
		Long: `Builds keep what is costly to make in a cache folder: parsed files, what pages
were made of, pictures, the search index. The next build takes from it what has
not changed. Whatever happens to the cache, the site is the same: a part that is
missing, damaged or of another version of casebook is made again. What was not
used for 30 days is removed, and so is the oldest above 2 GB. "casebook build
--verify" compares the site with one that is built without the cache.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			folder, err := flags.folder()
			if err != nil {
				return err
			}
			all, err := cache.List(folder)
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "%s: %s\n", folder, totals(all))
			for _, w := range all {
				fmt.Fprintf(s.out, "  %s  %s  %s  %s\n", w.Used.Format(time.DateOnly), publish.Megabytes(w.Size), w.Source, w.Settings)
			}
			return nil
		},
	}
	clean := &cobra.Command{
		Use:   "clean",
		Short: "Remove what is kept: the next build makes everything again",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			folder, err := flags.folder()
			if err != nil {
				return err
			}
			removed, err := cache.Clean(folder)
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "removed from %s: %s\n", folder, totals(removed))
			return nil
		},
	}
	cmd.PersistentFlags().StringVar(&flags.dir, "cache", "", "the cache folder (default casebook in your cache folder)")
	cmd.AddCommand(clean)
	return cmd
}

func totals(all []cache.Workspace) string {
	size := int64(0)
	for _, w := range all {
		size += w.Size
	}
	return fmt.Sprintf("%s, %s", count(len(all), "site"), publish.Megabytes(size))
}

// keep stores a build for the next process, until ctx ends. If that fails, the
// next build only takes longer, so an error is only printed.
func (b *build) keep(ctx context.Context, parts ...func(context.Context) error) {
	var errs []error
	for _, part := range parts {
		errs = append(errs, part(ctx))
	}
	b.bar.done()
	if err := errors.Join(errs...); err != nil && ctx.Err() == nil {
		fmt.Fprintf(b.err, "casebook: the cache cannot be written, so that the next build takes as long: %v\n", err)
	}
}
