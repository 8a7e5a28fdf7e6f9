// The check of links to other sites.

package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"casebook/internal/outside"
	"casebook/internal/problem"

	"github.com/spf13/cobra"
)

// external holds the flags for checking links to other sites.
type external struct {
	on      bool
	private bool
}

func (e *external) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&e.on, "external", false, "ask other sites whether the pages that are linked to are still there")
	cmd.Flags().BoolVar(&e.private, "private-network", false, "with --external, ask addresses of your own network too")
}

// checkOutside returns the advice about links to other sites in the files at or
// below the paths, or in all files if there are no paths.
func (p *project) checkOutside(ctx context.Context, s streams, e external, paths []string) ([]problem.Problem, error) {
	tree, err := p.scan(ctx)
	if err != nil {
		return nil, err
	}
	var links []outside.Link
	for _, f := range tree.Files() {
		name, isContent := strings.CutPrefix(f.Path, "content/")
		isText := strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".yaml")
		if !isContent || !isText || len(paths) > 0 && !concerns(f.Path, paths) {
			continue
		}
		text, err := f.Data()
		if err != nil {
			return nil, err
		}
		for _, l := range outside.Links(name, text) {
			l.File = f.Path
			links = append(links, l)
		}
	}
	opts := outside.Options{Now: time.Now(), Pause: 300 * time.Millisecond}
	if lib, _, err := p.readDrafts(ctx, s.err); err == nil {
		opts.Own = lib.Site.BaseURL
	}
	if e.private {
		opts.Network = outside.Private
	}
	if folder, err := p.cache.folder(); err == nil && !p.cache.off {
		opts.File = filepath.Join(folder, "outside.json")
	}
	report, err := outside.Check(ctx, links, opts)
	if err != nil {
		return nil, err
	}
	if report.NotKept != nil && p.cache.dir != "" {
		fmt.Fprintf(s.err, "casebook: the answers cannot be kept, so that the next check asks again: %v\n", report.NotKept)
	}
	if report.Silent {
		fmt.Fprintf(s.err, "casebook: no other site answers, so their pages are not checked: is there a connection?\n")
		return nil, nil
	}
	fmt.Fprintf(s.err, "casebook: asked for %s of other sites; %d more were asked for in the last days\n", count(report.Asked, "page"), report.Kept)
	return report.Problems, nil
}
