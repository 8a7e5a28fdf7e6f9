// The command build: builds the site and writes it to the output folder.

package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"time"

	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/pipeline"
	"casebook/internal/problem"
	"casebook/internal/publish"
	"casebook/internal/site"
	"casebook/internal/source"

	"github.com/spf13/cobra"
)

// newBuild returns the command "casebook build".
func newBuild(s streams) *cobra.Command {
	b := &build{streams: s}
	cmd := &cobra.Command{
		Use:   "build",
		Short: "Write the site to a folder, ready to publish",
		Long: `Build checks the content and writes the site. If there is an error it exits
with status 1 and writes nothing. Otherwise it replaces the site in the output
folder as a whole, so that nobody sees a mix of the old and the new site.

With --offline it writes the site for reading from a folder without a server,
such as that of a USB stick: search, filters and the comparison included.

With --bundle the site holds itself too, as a zip archive to read without a
connection, and its data page offers that with its size and date.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if b.offline != "" {
				return b.writeOffline(cmd.Context())
			}
			return b.run(cmd.Context())
		},
	}
	b.siteFlags(cmd)
	cmd.Flags().StringVar(&b.output, "output", "", "folder to write to (default <source>/public)")
	cmd.Flags().StringVar(&b.offline, "offline", "", "folder to write the site to that needs no server, instead of --output")
	cmd.Flags().BoolVar(&b.bundle, "bundle", false, "offer the whole site as a zip archive on the data page")
	cmd.Flags().BoolVar(&b.quiet, "quiet", false, "print nothing but problems")
	cmd.Flags().BoolVar(&b.verify, "verify", false, "build again without the cache, and compare")
	cmd.MarkFlagsMutuallyExclusive("output", "offline")
	cmd.MarkFlagsMutuallyExclusive("verify", "offline")
	cmd.MarkFlagsMutuallyExclusive("bundle", "offline")
	return cmd
}

// build holds the flags of "casebook build".
type build struct {
	streams
	project
	output  string
	offline string
	bundle  bool
	quiet   bool
	verify  bool

	bar     *progress
	listing *publish.Listing // of the output folder
}

// run builds the site, unless the output folder already holds it.
func (b *build) run(ctx context.Context) error {
	start := time.Now()
	scanner, today, opts, err := b.prepare()
	if err != nil {
		return err
	}
	b.bar = newProgress(b.err, b.quiet)
	opts.Progress, opts.Cache = b.bar.update, b.openCache(b.err)
	pipeline.RecallListing(opts.Cache, scanner)
	b.listing = pipeline.RecallOutput(opts.Cache)
	keepListings := func(context.Context) error {
		return errors.Join(pipeline.KeepListing(opts.Cache, scanner), pipeline.KeepOutput(opts.Cache, b.listing))
	}
	if known, err := b.unchanged(ctx, opts.Cache, scanner, today); err != nil {
		return err
	} else if known != nil {
		b.keep(ctx, keepListings)
		return b.close(known, publish.Result{Counts: publish.Counts{Unchanged: len(known.Files)}}, start)
	}
	builder := pipeline.New(opts)
	site, done, result, err := b.publish(ctx, builder, scanner, today)
	if err != nil {
		return err
	}
	b.keep(ctx, keepListings, func(context.Context) error { return site.Keep(opts.Cache) })
	if err := b.close(site, done, start); err != nil {
		return err
	}
	if err := problem.Print(b.err, problem.Text, b.located(result.Moved(done.Added, done.Gone))); err != nil || !b.verify {
		return err
	}
	return b.compare(ctx, site, today)
}

// unchanged returns the site of an earlier process if it was made from the
// current content of the source folder and is still in the output folder;
// otherwise nil.
func (b *build) unchanged(ctx context.Context, from *cache.Cache, scanner *source.Scanner, today content.Date) (*pipeline.Published, error) {
	if from == nil || b.verify {
		return nil, nil
	}
	defer b.bar.done()
	b.bar.update(pipeline.Listing, 0, 0)
	tree, err := scanner.Scan(ctx)
	if err != nil {
		return nil, err
	}
	known := pipeline.RecallPublished(from, pipeline.Input{Tree: tree, Today: today})
	if known == nil || known.Has(site.BundlePath) != b.bundle {
		return nil, nil
	}
	if holds, err := publish.Holds(ctx, known.Listed(), b.folder()); err != nil || !holds {
		return nil, ctx.Err() // the build that follows reports the error
	}
	b.bar.done()
	if err := problem.Print(b.err, problem.Text, b.located(atLeast(problem.Warning, known.Problems))); err != nil {
		return nil, err
	}
	b.explainDrafts(known.Drafts)
	return known, nil
}

// publish builds the site and writes it to the output folder.
func (b *build) publish(ctx context.Context, builder *pipeline.Builder, scanner *source.Scanner, today content.Date) (*pipeline.Published, publish.Result, *pipeline.Result, error) {
	fail := func(err error) (*pipeline.Published, publish.Result, *pipeline.Result, error) {
		return nil, publish.Result{}, nil, err
	}
	result, err := b.pages(ctx, b.streams, builder, scanner, today, b.bar)
	if err == nil || errors.Is(err, errProblems) {
		b.keep(ctx, builder.Keep)
	}
	if err != nil {
		return fail(err)
	}
	snapshot, err := b.finish(ctx, builder, result, b.bar)
	if err != nil {
		return fail(err)
	}
	if snapshot, err = b.withBundle(ctx, result, snapshot); err != nil {
		return fail(err)
	}
	published := result.Published(snapshot)
	b.explainDrafts(published.Drafts)
	done, err := snapshot.Publish(ctx, b.folder())
	b.bar.done()
	if err != nil {
		return fail(err)
	}
	if done.Untidy != nil {
		fmt.Fprintf(b.err, "casebook: %v\n", done.Untidy)
	}
	return published, done, result, nil
}

// withBundle adds the bundle to the site if --bundle asks for one.
func (b *build) withBundle(ctx context.Context, result *pipeline.Result, whole *pipeline.Snapshot) (*pipeline.Snapshot, error) {
	if !b.bundle {
		return whole, nil
	}
	return result.WithBundle(ctx, whole)
}

// pages builds the pages and prints the problems. If one is an error, it returns
// errProblems.
func (p *project) pages(ctx context.Context, s streams, builder *pipeline.Builder, scanner *source.Scanner, today content.Date, bar *progress) (*pipeline.Result, error) {
	result, err := builder.BuildFolder(ctx, scanner, today)
	bar.done()
	if err != nil {
		return nil, err
	}
	if err := problem.Print(s.err, problem.Text, p.located(atLeast(problem.Warning, result.Problems))); err != nil {
		return nil, err
	}
	if result.Failed() {
		fmt.Fprintf(s.err, "casebook: %s: nothing was written\n", countProblems(result.Problems))
		return nil, errProblems
	}
	p.explain(s.err, result)
	return result, nil
}

// finish makes the exports and the search, and returns the whole site.
func (p *project) finish(ctx context.Context, builder *pipeline.Builder, result *pipeline.Result, bar *progress) (*pipeline.Snapshot, error) {
	limitMemory(indexMemory, bar.files)
	indexer := pipeline.Indexer{Progress: bar.update, Cache: builder.Cache()}
	snapshot, err := indexer.Finish(ctx, builder, result)
	bar.done()
	return snapshot, err
}

// folder returns the output folder and the settings for publishing to it.
func (b *build) folder() publish.Options {
	return publish.Options{Dir: cmp.Or(b.output, b.public()), Sources: b.inputs(), Project: b.source, Listing: b.listing, Progress: b.bar.publishing}
}

// explainDrafts prints a warning that there are drafts in the folder that is
// usually published.
func (b *build) explainDrafts(n int) {
	if n > 0 && b.output == "" {
		fmt.Fprintf(b.err, "casebook: the site in %s holds %s, which readers will see if you publish it: to keep drafts apart, build to another folder with --output\n", b.public(), count(n, "draft"))
	}
}

// close prints what was built.
func (b *build) close(site *pipeline.Published, done publish.Result, start time.Time) error {
	for _, line := range site.Outgrown() {
		fmt.Fprintf(b.err, "casebook: %s\n", line)
	}
	if b.quiet {
		return nil
	}
	_, err := fmt.Fprintln(b.out, closingLine(b.folder().Dir, site, done, time.Since(start)))
	return err
}

// compare builds the site without the cache and compares it with what was
// published. If they differ, it publishes the site built without the cache.
func (b *build) compare(ctx context.Context, site *pipeline.Published, today content.Date) error {
	scanner, _, opts, err := b.prepare() // the first scanner is not used again, so that its 60 MB for 10,000 case studies are free while the search is made
	if err != nil {
		return err
	}
	builder := pipeline.New(opts)
	result, err := builder.BuildFolder(ctx, scanner, today)
	if err != nil {
		return err
	}
	if result.Failed() {
		return errors.New("the content has changed and has errors: build again")
	}
	snapshot, err := new(pipeline.Indexer).Finish(ctx, builder, result)
	if err != nil {
		return err
	}
	if snapshot, err = b.withBundle(ctx, result, snapshot); err != nil {
		return err
	}
	different := site.Diff(result.Published(snapshot))
	if len(different) == 0 {
		fmt.Fprintf(b.err, "casebook: a build without the cache gives the same %s\n", count(snapshot.Len(), "file"))
		return nil
	}
	if _, err := snapshot.Publish(ctx, b.folder()); err != nil {
		return err
	}
	return fmt.Errorf("the cache gave another site than a build without it, which is now published: they differ in %s, such as %s: please report this, and remove the cache with \"casebook cache clean\"",
		count(len(different), "file"), strings.Join(different[:min(len(different), 5)], ", "))
}

// closingLine summarises a finished build in one line.
func closingLine(output string, site *pipeline.Published, done publish.Result, took time.Duration) string {
	line := fmt.Sprintf("%s: %s, %s in %s; %s, %s", output, count(site.Pages, "page"), countCases(site.Terms, site.Cases), seconds(took), count(len(site.Files), "file"), publish.Megabytes(site.Size()))
	if warnings := problem.Count(site.Problems, problem.Warning); warnings > 0 {
		line += ", " + count(warnings, "warning")
	}
	switch {
	case done.Written == 0 && done.Removed == 0:
		line += "; nothing changed"
	case done.Unchanged > 0:
		line += fmt.Sprintf("; %s written, %d unchanged, %d removed", count(done.Written, "file"), done.Unchanged, done.Removed)
	}
	return line
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// countCases counts case studies by the site's own word for them.
func countCases(terms content.Terms, n int) string {
	switch own := terms.CaseStudy; {
	case own.One == "":
		return count(n, "case")
	case n == 1:
		return "1 " + own.One
	default:
		return fmt.Sprintf("%d %s", n, own.Other)
	}
}

func countProblems(problems []problem.Problem) string {
	text := count(problem.Count(problems, problem.Error), "error")
	if warnings := problem.Count(problems, problem.Warning); warnings > 0 {
		text += ", " + count(warnings, "warning")
	}
	return text
}

func seconds(d time.Duration) string {
	return fmt.Sprintf("%.2f s", d.Seconds())
}

// atLeast returns the problems of the given severity or a more serious one.
func atLeast(severity problem.Severity, problems []problem.Problem) []problem.Problem {
	var selected []problem.Problem
	for _, p := range problems {
		if p.Severity <= severity {
			selected = append(selected, p)
		}
	}
	return selected
}

// located returns the problems with paths relative to the working folder, so
// that an editor or a terminal can open them.
func (p *project) located(problems []problem.Problem) []problem.Problem {
	located := make([]problem.Problem, len(problems))
	for i, one := range problems {
		if !strings.HasPrefix(one.File, pipeline.DefaultTheme+"/") {
			one.File = filepath.ToSlash(filepath.Join(p.source, filepath.FromSlash(one.File)))
		}
		located[i] = one
	}
	return located
}

// checkBaseURL accepts an absolute http or https address, or none.
func checkBaseURL(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err == nil && u.User != nil {
		return "", usageError{errors.New("--base-url holds a user name or a password: leave them out, every page would show them")}
	}
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.Path != "" && strings.TrimSuffix(u.Path, "/") != strings.TrimSuffix(path.Clean(u.Path), "/") {
		return "", usageError{fmt.Errorf("--base-url is %q: write the whole address of the site, such as https://example.org/cases/", s)}
	}
	return s, nil
}
