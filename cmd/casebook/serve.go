// The command serve: shows the site while it is edited.

package main

import (
	"context"
	"fmt"
	"net/url"
	"time"

	"casebook/internal/content"
	"casebook/internal/live"
	"casebook/internal/pipeline"
	"casebook/internal/preview"
	"casebook/internal/problem"
	"casebook/internal/publish"
	"casebook/internal/source"

	"github.com/spf13/cobra"
)

const (
	defaultBind = "127.0.0.1"
	defaultPort = 8080
)

// newServe returns the command "casebook serve".
func newServe(s streams) *cobra.Command {
	v := &serve{streams: s}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Build the site, show it at a local address, and follow every change",
		Long: `Serve builds the site and serves it to this machine. When a file changes, it
builds again and open pages reload. While the content has an error, pages show
the last site without errors, with the problems over it.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if v.port < 0 || v.port > 65535 {
				return usageError{fmt.Errorf("--port is %d: choose one from 1 to 65535, or 0 for any free one", v.port)}
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
	f.IntVar(&v.port, "port", defaultPort, "port to listen at; unless you name one, the next free port is taken if this one is in use")
	f.StringSliceVar(&v.allowHosts, "allow-host", nil, "another host name or address, besides that of --bind, that requests may be for")
	f.BoolVar(&v.open, "open", false, "open the site in the browser of this machine")
	f.BoolVar(&v.follow, "follow", false, "open pages go to the page of the file just saved")
	f.DurationVar(&v.poll, "poll", 0, "look for changes at this interval, where the file system does not report them")
	return cmd
}

// serve holds the flags of "casebook serve".
type serve struct {
	streams
	project
	output     string // empty if the site is not written to disk
	bind       string
	port       int
	busy       preview.WhenBusy
	allowHosts []string
	open       bool
	follow     bool
	poll       time.Duration
}

// run builds and serves the site, and rebuilds it after every change, until the
// context is done.
func (v *serve) run(ctx context.Context) error {
	scanner, _, opts, err := v.prepare()
	if err != nil {
		return err
	}
	allowGarbage(100)
	opts.Progress = func(stage pipeline.Stage, done, total int) {
		if stage == pipeline.Reading && done == 0 {
			limitMemory(serveMemory, total)
		}
	}
	opts.Cache = v.openCache(v.err)
	switch {
	case v.output != "":
	case v.drafts:
		fmt.Fprintf(v.err, "casebook: drafts are shown here and not written to %s\n", v.public())
	default:
		v.output = v.public()
	}
	base, err := v.basePath(ctx, scanner)
	if err != nil {
		return err
	}
	server := preview.New(preview.Options{BasePath: base, AllowHosts: append(v.allowHosts, v.bind)})
	listener, err := preview.Listen(v.bind, v.port, v.busy)
	if err != nil {
		return err
	}
	address := server.URL(listener.Addr())
	fmt.Fprintf(v.out, "casebook: serving %s (Ctrl-C to stop)\n", address)
	if v.open {
		if err := openBrowser(address); err != nil {
			fmt.Fprintf(v.err, "casebook: %v: open %s yourself\n", err, address)
		}
	}
	return live.Run(ctx, live.Options{
		Source:   scanner,
		Dirs:     v.inputs(),
		Pipeline: opts,
		Today:    func() (content.Date, error) { return v.today(time.Now()) },
		Preview:  server,
		Listener: listener,
		Output:   publish.Options{Dir: v.output, Sources: v.inputs(), Project: v.source, Listing: pipeline.RecallOutput(opts.Cache)},
		Follow:   v.follow,
		Poll:     v.poll,
		Built:    v.report,
		Notify:   v.notify,
	})
}

// basePath returns the path of the published site, with which the links of its
// 404 page start: that of --base-url or, without it, that of base_url in
// site.yaml.
func (v *serve) basePath(ctx context.Context, scanner *source.Scanner) (string, error) {
	base := v.baseURL
	if base == "" {
		tree, err := scanner.Scan(ctx)
		if err != nil {
			return "", err
		}
		base = pipeline.BaseURL(tree)
	}
	u, err := url.Parse(base)
	if err != nil {
		return "/", nil // the build reports the error
	}
	return u.Path, nil
}

// report prints the result of a build.
func (v *serve) report(b live.Built) {
	problems := atLeast(problem.Warning, b.Result.Problems)
	if err := problem.Print(v.err, problem.Text, v.located(problems)); err != nil {
		return // stderr is closed
	}
	switch {
	case !b.Result.Failed():
		v.explain(v.out, b.Result)
		fmt.Fprintf(v.out, "casebook: %s, %d rendered, in %s\n", count(b.Result.Pages, "page"), b.Result.Rendered(), seconds(b.Took))
	case b.Shown:
		v.notify(countProblems(problems) + ": the last site without errors is still shown")
	default:
		v.notify(countProblems(problems) + ": there is no site to show until this is fixed")
	}
}

func (v *serve) notify(message string) { fmt.Fprintf(v.err, "casebook: %s\n", message) }
