// What the commands share: the source folder, the flags of a build, and the
// build itself.

package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/pipeline"
	"casebook/internal/problem"
	"casebook/internal/source"
	"casebook/themes"

	"github.com/spf13/cobra"
)

// project is a knowledge base on disk and the settings of its build: the flags
// that the commands share.
type project struct {
	source  string
	baseURL string
	date    string
	drafts  bool
	strict  bool
	// Set only by commands that take siteFlags.
	verbose bool
	cache   cacheFlags
}

// flags declares the flags on a command.
func (p *project) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&p.source, "source", ".", "folder that holds content/ and, if the site has its own theme, themes/")
	f.StringVar(&p.date, "date", "", "build date as YYYY-MM-DD (default $SOURCE_DATE_EPOCH, else today in UTC)")
	f.BoolVar(&p.strict, "strict", false, "treat warnings as errors")
}

// siteFlags declares the flags of the commands that build the site's pages.
func (p *project) siteFlags(cmd *cobra.Command) {
	p.flags(cmd)
	f := cmd.Flags()
	f.StringVar(&p.baseURL, "base-url", "", "address of the published site (default base_url of site.yaml)")
	f.BoolVar(&p.drafts, "drafts", false, "show drafts too")
	f.BoolVar(&p.verbose, "verbose", false, "print which pages were rendered, and why")
	p.cache.declare(cmd)
}

// hasContent returns an error if the source folder has no content/.
func (p *project) hasContent() error {
	if info, err := os.Stat(filepath.Join(p.source, "content")); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no folder %s: name the folder that holds content/ with --source, or start one with \"casebook init DIR\"", filepath.Join(p.source, "content"))
	}
	return nil
}

// inputs returns the folders that the site is built from; themes/ need not exist.
func (p *project) inputs() []string {
	return []string{filepath.Join(p.source, "content"), filepath.Join(p.source, "themes")}
}

// public returns the default output folder.
func (p *project) public() string { return filepath.Join(p.source, "public") }

// scanner returns a scanner of the source folder that skips what builds do not
// read.
func (p *project) scanner() (*source.Scanner, error) {
	if err := p.hasContent(); err != nil {
		return nil, err
	}
	return source.New(p.source, source.Options{Skip: notOurs, Show: pipeline.ShowsHidden})
}

// notOurs reports whether builds do not read a path: everything outside
// content/ and themes/, and the knowledge base's own tests, which the Go tool
// expects in content/*_test.go and content/testdata/.
func notOurs(path string) bool {
	top, below, _ := strings.Cut(path, "/")
	if top == "content" {
		first, _, nested := strings.Cut(below, "/")
		return first == "testdata" || !nested && strings.HasSuffix(first, "_test.go")
	}
	return top != "themes"
}

// pipeline returns the options of a build.
func (p *project) pipeline() (pipeline.Options, error) {
	base, err := checkBaseURL(p.baseURL)
	if err != nil {
		return pipeline.Options{}, err
	}
	return pipeline.Options{Theme: defaultTheme(), BaseURL: base, Drafts: p.drafts, Strict: p.strict}, nil
}

// today returns the build date: that of --date or, without it, that of
// SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/)
// or, without that, that of now.
func (p *project) today(now time.Time) (content.Date, error) {
	text := p.date
	if text == "" {
		if epoch := os.Getenv("SOURCE_DATE_EPOCH"); epoch != "" {
			seconds, err := strconv.ParseInt(epoch, 10, 64)
			if err != nil {
				return content.Date{}, usageError{fmt.Errorf("SOURCE_DATE_EPOCH is %q: give it seconds since 1970, or unset it", epoch)}
			}
			now = time.Unix(seconds, 0)
		}
		text = now.UTC().Format(time.DateOnly)
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return content.Date{}, usageError{fmt.Errorf("--date is %q: write it as YYYY-MM-DD", text)}
	}
	return content.ParseDate(text)
}

// prepare returns what a build needs: a scanner of the source folder, the build date and
// the options.
func (p *project) prepare() (scanner *source.Scanner, today content.Date, opts pipeline.Options, err error) {
	if today, err = p.today(time.Now()); err != nil {
		return nil, today, opts, err
	}
	if opts, err = p.pipeline(); err != nil {
		return nil, today, opts, err
	}
	scanner, err = p.scanner()
	return scanner, today, opts, err
}

// scan lists the source folder.
func (p *project) scan(ctx context.Context) (*source.Tree, error) {
	scanner, err := p.scanner()
	if err != nil {
		return nil, err
	}
	return scanner.Scan(ctx)
}

// planGood reads and links the source folder, without making pages. If the content has
// errors, it prints them and returns an error.
func (p *project) planGood(ctx context.Context, s streams) (*pipeline.Result, error) {
	scanner, today, opts, err := p.prepare()
	if err != nil {
		return nil, err
	}
	result, err := pipeline.New(opts).PlanFolder(ctx, scanner, today)
	if err != nil || !result.Failed() {
		return result, err
	}
	if err := problem.Print(s.err, problem.Text, p.located(atLeast(problem.Error, result.Problems))); err != nil {
		return nil, err
	}
	return nil, errProblems
}

// read reads and links the content including drafts, with other files as if they were
// part of it, without making pages.
func (p *project) read(ctx context.Context, added map[string][]byte) (*library.Library, []problem.Problem, content.Date, error) {
	scanner, today, opts, err := p.prepare()
	if err != nil {
		return nil, nil, today, err
	}
	opts.Drafts = true
	tree, err := scanner.Scan(ctx)
	if err != nil {
		return nil, nil, today, err
	}
	builder := pipeline.New(opts)
	defer builder.Close()
	lib, problems, err := builder.Read(ctx, pipeline.Input{Tree: tree.With(added), Today: today})
	return lib, problems, today, err
}

// readDrafts reads the library including drafts, and returns it with the build date. It
// prints to w how many errors the content has, because what cannot be read is missing
// from the library.
func (p *project) readDrafts(ctx context.Context, w io.Writer) (*library.Library, content.Date, error) {
	lib, problems, today, err := p.read(ctx, nil)
	if err != nil {
		return nil, today, err
	}
	errs := atLeast(problem.Error, problems)
	if lib == nil {
		if err := problem.Print(w, problem.Text, p.located(errs)); err != nil {
			return nil, today, err
		}
		return nil, today, errProblems
	}
	if len(errs) > 0 {
		fmt.Fprintf(w, "casebook: the content has %s, so that something may be missing here: see \"casebook check\"\n", count(len(errs), "error"))
	}
	return lib, today, nil
}

// explain prints which pages a build rendered, one line for each reason.
func (p *project) explain(w io.Writer, result *pipeline.Result) {
	if !p.verbose {
		return
	}
	if result.Rendered() == result.Pages {
		fmt.Fprintf(w, "casebook: all %s rendered\n", count(result.Pages, "page"))
		return
	}
	pages := map[string][]string{}
	for _, r := range result.Rerendered {
		pages[r.Reason] = append(pages[r.Reason], r.Page)
	}
	for _, reason := range slices.Sorted(maps.Keys(pages)) {
		const most = 12
		named := pages[reason]
		if n := len(named); n > most {
			named = append(named[:most:most], fmt.Sprintf("and %d more", n-most))
		}
		fmt.Fprintf(w, "casebook: rendered for %s: %s\n", reason, strings.Join(named, ", "))
	}
}

// defaultTheme returns the theme that is embedded in casebook.
func defaultTheme() fs.FS {
	theme, err := fs.Sub(themes.FS, "default")
	if err != nil {
		panic(err) // the name is a constant, so it cannot fail
	}
	return theme
}
