package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"casebook/internal/pipeline"
	"casebook/internal/preview"
	"casebook/internal/problem"
	"casebook/internal/publish"
	"casebook/internal/source"
	"casebook/internal/watch"

	"github.com/spf13/cobra"
)

const (
	defaultBind = "127.0.0.1"
	defaultPort = 8080

	// tidying is how long Ctrl-C may take to remove what only a running server
	// needs; the next publishing removes what is left.
	tidying = 700 * time.Millisecond
)

// newServe is "casebook serve".
func newServe(s streams) *cobra.Command {
	v := &server{streams: s}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Build the site, show it at a local address, and follow every change",
		Long: `Serve builds the site and serves it to this machine. When a file changes it
builds again and open pages reload; while the content has an error, the last
good site stays and the problems are shown over it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if v.port < 0 || v.port > 65535 {
				return usageError{fmt.Errorf("--port is %d: choose one from 1 to 65535, or 0 for any that is free", v.port)}
			}
			if v.poll < 0 {
				return usageError{fmt.Errorf("--poll is %v: give it a time such as 2s", v.poll)}
			}
			v.busy = preview.TryNext
			if cmd.Flags().Changed("port") {
				v.busy = preview.GiveUp
			}
			return v.run(cmd.Context())
		},
	}
	v.project.siteFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&v.output, "output", "", "folder to keep up to date with the site (default <source>/public, and with --drafts none)")
	f.StringVar(&v.bind, "bind", defaultBind, "address to listen at")
	f.IntVar(&v.port, "port", defaultPort, "port to listen at; the next free one if nobody asked for it")
	f.StringSliceVar(&v.allowHosts, "allow-host", nil, "another name or address, besides that of --bind, by which this machine may be asked")
	f.BoolVar(&v.open, "open", false, "open the site in the browser of this machine")
	f.BoolVar(&v.follow, "follow", false, "have open pages go to the page of the file just saved")
	f.DurationVar(&v.poll, "poll", 0, "look for changes at this interval instead of being told of them")
	return cmd
}

// server is a project that is built again and again, and shown.
type server struct {
	streams
	project
	output     string // "": the site is shown and written nowhere
	bind       string
	port       int
	busy       preview.WhenBusy
	allowHosts []string
	open       bool
	follow     bool
	poll       time.Duration

	scanner *source.Scanner
	builder *pipeline.Builder
	preview *preview.Server
	tree    *source.Tree // of the last look; only one of look and build runs at a time
	built   *source.Tree // of the last build

	mu        sync.Mutex
	shown     *pipeline.Result   // the newest good one
	searched  *pipeline.Snapshot // the newest that has its search
	shownTree *source.Tree       // that it was built from

	spare  publish.Spare         // the site before, beside the output
	finish chan *pipeline.Result // to be indexed and published; the newest one wins
}

// run builds, serves and follows until the context is done.
func (v *server) run(ctx context.Context) error {
	if _, err := v.today(time.Now()); err != nil {
		return err
	}
	limitMemory(serveMemory)
	var err error
	if v.scanner, err = v.project.scanner(); err != nil {
		return err
	}
	if v.builder, err = v.project.builder(nil); err != nil {
		return err
	}
	switch {
	case v.output != "":
	case v.drafts:
		fmt.Fprintf(v.err, "casebook: drafts are shown here and not written to %s\n", v.public())
	default:
		v.output = v.public()
	}
	base, err := v.basePath(ctx)
	if err != nil {
		return err
	}
	v.preview = preview.New(preview.Options{BasePath: base, AllowHosts: append(v.allowHosts, v.bind)})
	listener, err := preview.Listen(v.bind, v.port, v.busy)
	if err != nil {
		return err
	}
	v.finish = make(chan *pipeline.Result, 1)

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var running sync.WaitGroup
	failed := make(chan error, 1)
	running.Go(func() {
		if err := v.preview.Serve(ctx, listener); err != nil {
			failed <- err
			stop()
		}
	})
	running.Go(func() { v.finishAll(ctx) })
	address := v.preview.URL(listener.Addr())
	fmt.Fprintf(v.out, "casebook: serving %s (Ctrl-C to stop)\n", address)
	if v.open {
		if err := openBrowser(address); err != nil {
			fmt.Fprintf(v.err, "casebook: %v: open %s yourself\n", err, address)
		}
	}
	err = watch.Run(ctx, watch.Options{
		Dirs:    v.inputs(),
		Skip:    v.skip,
		Look:    v.look,
		Changed: v.changed,
		Rebuild: midnights(ctx, time.Now, time.After),
		Poll:    v.poll,
		Notify:  func(message string) { fmt.Fprintf(v.err, "casebook: %s\n", message) },
	})
	stop()
	running.Wait()
	if v.output != "" {
		tidy, cancel := context.WithTimeout(context.Background(), tidying)
		defer cancel()
		if err := publish.RemoveSpare(tidy, v.publishing()); err != nil {
			fmt.Fprintf(v.err, "casebook: %v\n", err)
		}
	}
	select {
	case err = <-failed:
	default:
	}
	if errors.Is(err, context.Canceled) {
		return nil // Ctrl-C is how this command ends
	}
	return err
}

// basePath is the path that the published site is below, which the links of its
// 404 page start with: that of --base-url, else of site.yaml as it is now.
func (v *server) basePath(ctx context.Context) (string, error) {
	base := v.baseURL
	if base == "" {
		tree, err := v.scanner.Scan(ctx)
		if err != nil {
			return "", err
		}
		base = pipeline.BaseURL(tree)
	}
	u, err := url.Parse(base)
	if err != nil {
		return "/", nil // the build says what is wrong with it
	}
	return u.Path, nil
}

// skip reports paths that no build reads.
func (v *server) skip(name string) bool {
	rel, ok := v.scanner.Rel(name)
	return !ok || source.Ignored(rel) || notOurs(rel)
}

// look takes the newest state of the source folder.
func (v *server) look(ctx context.Context, paths []string) (watch.State, error) {
	below := []string{"."}
	if paths != nil {
		below = below[:0]
		for _, name := range paths {
			if rel, ok := v.scanner.Rel(name); ok {
				below = append(below, rel)
			}
		}
	}
	tree, err := v.scanner.Look(ctx, below)
	if err != nil {
		return watch.State{}, err
	}
	v.tree = tree
	return watch.State{Version: tree.Hash(), Unsettled: v.unsettled()}, nil
}

// unsettled reports a changed Markdown file that looks half written: empty, or
// with front matter that does not end.
func (v *server) unsettled() bool {
	if v.built == nil {
		return false
	}
	for _, name := range v.tree.Diff(v.built) {
		f := v.tree.File(name)
		if f == nil || path.Ext(name) != ".md" {
			continue
		}
		data, err := f.Data()
		if err != nil || len(data) == 0 {
			return true
		}
		text := strings.ReplaceAll(string(data), "\r\n", "\n")
		if rest, ok := strings.CutPrefix(text, "---\n"); ok && !strings.Contains("\n"+rest+"\n", "\n---\n") {
			return true
		}
	}
	return false
}

// changed builds what the last look saw, and shows it.
func (v *server) changed(ctx context.Context) error {
	start := time.Now()
	today, err := v.today(start)
	if err != nil {
		return err
	}
	tree := v.tree
	result, err := v.builder.Build(ctx, pipeline.Input{Tree: tree, Today: today})
	if err != nil {
		return err
	}
	v.built = tree
	if err := problem.Print(v.err, problem.Text, v.located(atLeast(problem.Warning, result.Problems))); err != nil {
		return err
	}
	if result.Failed() {
		stays := "the last good site stays"
		if v.shown == nil {
			stays = "nothing is shown until this is mended"
		}
		fmt.Fprintf(v.err, "casebook: %s: %s\n", countProblems(result.Problems), stays)
		v.preview.Fail(atLeast(problem.Warning, result.Problems), func(path string) ([]byte, error) { return dataOf(tree, path) })
		return nil
	}
	v.show(result, tree)
	v.explain(v.out, result)
	fmt.Fprintf(v.out, "casebook: %s, %d rendered, in %s\n", count(result.Pages, "page"), result.Rendered(), seconds(time.Since(start)))
	return nil
}

// show shows the pages of a result at once, and has its search index made and
// the output folder written outside the time that anybody waits.
func (v *server) show(result *pipeline.Result, tree *source.Tree) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.preview.Show(result.Snapshot.WithSearchOf(v.searched), v.change(result, tree))
	v.shown, v.shownTree = result, tree
	select {
	case <-v.finish: // an older result that nobody needs any more
	default:
	}
	v.finish <- result
}

// change is what a result asks of open pages: nothing when no page differs, new
// stylesheets when nothing but those was edited, and the page of the one file
// that was saved when --follow is on.
func (v *server) change(result *pipeline.Result, tree *source.Tree) preview.Change {
	if v.shown == nil {
		return preview.Change{}
	}
	if v.shown.Snapshot.Equal(result.Snapshot) {
		return preview.Change{Effect: preview.Stay}
	}
	paths := tree.Diff(v.shownTree) // none when it is another day
	if len(paths) > 0 && !slices.ContainsFunc(paths, func(p string) bool { return path.Ext(p) != ".css" }) {
		return preview.Change{Effect: preview.Restyle}
	}
	if v.follow && len(paths) == 1 {
		return preview.Change{Page: result.PageOf(paths[0])}
	}
	return preview.Change{}
}

// finishAll indexes and publishes results until the context is done.
func (v *server) finishAll(ctx context.Context) {
	var indexer pipeline.Indexer
	for {
		select {
		case <-ctx.Done():
			return
		case result := <-v.finish:
			if err := v.finishOne(ctx, &indexer, result); err != nil && ctx.Err() == nil {
				fmt.Fprintf(v.err, "casebook: %v\n", err)
			}
		}
	}
}

func (v *server) finishOne(ctx context.Context, indexer *pipeline.Indexer, result *pipeline.Result) error {
	whole, err := indexer.Index(ctx, result)
	if err != nil {
		return err
	}
	v.mu.Lock()
	v.searched = whole
	if v.shown == result {
		v.preview.Show(whole, preview.Change{Effect: preview.Stay})
	}
	v.mu.Unlock()
	if v.output != "" {
		if _, err := whole.Publish(ctx, v.publishing()); err != nil {
			return err
		}
	}
	runtime.GC() // now that nobody waits, rather than in the middle of the next edit
	return nil
}

// publishing keeps the folder of the site before, which makes the next
// publishing quicker; it goes when the server stops.
func (v *server) publishing() publish.Options {
	return publish.Options{Dir: v.output, Sources: v.inputs(), Project: v.source, Spare: &v.spare}
}

func dataOf(tree *source.Tree, path string) ([]byte, error) {
	f := tree.File(path)
	if f == nil {
		return nil, fmt.Errorf("there is no file %q", path)
	}
	return f.Data()
}

// midnights ticks whenever the date in UTC, which is the build date, is another.
// It looks at the clock every minute: a timer for the whole night would be late by
// as long as the machine slept.
func midnights(ctx context.Context, now func() time.Time, after func(time.Duration) <-chan time.Time) <-chan struct{} {
	ticks := make(chan struct{})
	date := func() string { return now().UTC().Format(time.DateOnly) }
	go func() {
		for last := date(); ; {
			left := now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour).Sub(now())
			select {
			case <-ctx.Done():
				return
			case <-after(min(left, time.Minute)):
			}
			if date() == last {
				continue
			}
			last = date()
			select {
			case <-ctx.Done():
				return
			case ticks <- struct{}{}:
			}
		}
	}()
	return ticks
}
