// Casebook-deploy uploads a site that casebook built to the storage of a web
// host. It is a separate program and module, because the libraries of the hosts are
// as large as casebook.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"casebook/cmd/casebook-deploy/internal/deploy"
	"casebook/internal/publish"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2 // the command line is wrong
)

// errUsage is the error for a mistake on the command line.
var errUsage = errors.New("see casebook-deploy --help")

// run executes the command line and returns the exit code.
func run(args []string, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	cmd := newCommand(stdout, stderr)
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitOK
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "casebook-deploy: interrupted; run it again to continue")
		return exitFailed
	}
	fmt.Fprintf(stderr, "casebook-deploy: %v\n", err)
	if errors.Is(err, errUsage) {
		return exitUsage
	}
	return exitFailed
}

// command holds the parts of the command line.
type command struct {
	stdout, stderr io.Writer

	site, url                  string
	keep                       time.Duration
	gzip                       bool
	dry, force, takeLock, mute bool
}

func newCommand(stdout, stderr io.Writer) *cobra.Command {
	c := &command{stdout: stdout, stderr: stderr}
	cmd := &cobra.Command{
		Use:   "casebook-deploy TARGET",
		Short: "Upload a site that casebook built",
		Long: `Casebook-deploy makes TARGET hold the site in public/. It uploads only what has
changed. During a deployment, readers see no page without its assets. If a
deployment is interrupted, run it again: it continues where it stopped.

TARGET is one of

  file:///srv/www                 a folder
  s3://bucket?region=eu-west-2    Amazon S3, or another host with its protocol:
                                  add &endpoint=https://... and &use_path_style=true
  gs://bucket                     Google Cloud Storage
  azblob://container              Azure Blob Storage

with ?prefix=folder/ for a folder of a bucket. Credentials are read from the
environment, as the hosts' own programs read them.

Files at TARGET that do not belong to the site are kept. The file
.casebook-deploy.json at TARGET lists the files of the site.`,
		Example: `  casebook build --strict && casebook-deploy s3://example-bucket --url https://example.org/
  casebook-deploy file:///srv/www --dry-run`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.ExactArgs(1)(cmd, args); err != nil {
				return fmt.Errorf("%w; %w", err, errUsage)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return c.run(cmd.Context(), args[0]) },
	}
	cmd.SetOut(stdout)
	cmd.SetErr(stderr)
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return fmt.Errorf("%w; %w", err, errUsage) })
	f := cmd.Flags()
	f.StringVar(&c.site, "site", "public", "folder that casebook build wrote")
	f.StringVar(&c.url, "url", "", "public address of the site; if set, check at the end that readers get every file there")
	f.DurationVar(&c.keep, "keep", 7*24*time.Hour, "how long to keep assets of earlier builds, for readers with open pages")
	f.BoolVar(&c.gzip, "gzip", false, "store texts compressed, for storage that readers reach without a host that compresses")
	f.BoolVar(&c.dry, "dry-run", false, "only print what would be done")
	f.BoolVar(&c.force, "force", false, "allow deleting more than half of the files at TARGET")
	f.BoolVar(&c.takeLock, "take-lock", false, "take the lock of another deployment that is known to have stopped")
	f.BoolVar(&c.mute, "quiet", false, "print only errors")
	return cmd
}

func (c *command) run(ctx context.Context, target string) error {
	if c.gzip && strings.HasPrefix(target, "file:") {
		return errors.New("--gzip is for storage that keeps the encoding of each file, and a folder does not: leave it out, and let the server compress")
	}
	site, err := publish.Read(ctx, c.site)
	if err != nil {
		return err
	}
	bucket, err := deploy.Open(ctx, target)
	if err != nil {
		return err
	}
	defer bucket.Close()
	bar := &progress{out: c.stderr, hidden: c.mute || !isTerminal(c.stderr)}
	opts := deploy.Options{
		Keep: c.keep, Force: deploy.Force(c.force), Dry: deploy.Dry(c.dry), Now: time.Now, Progress: bar.update,
	}
	if c.gzip {
		opts.Encoding = deploy.Gzip
	}
	if c.takeLock {
		opts.Lock = deploy.TakeLock
	}
	result, err := deploy.Deploy(ctx, bucket, site, opts)
	bar.finish()
	if err != nil {
		return err
	}
	if !c.mute {
		would := ""
		if c.dry {
			would = "would be "
		}
		fmt.Fprintf(c.stdout, "%s: %s%s\n", target, would, result)
	}
	if c.url == "" || c.dry {
		return nil
	}
	return deploy.Crawl(ctx, c.url, site)
}

// progress is the progress bar of the current stage.
type progress struct {
	out    io.Writer
	hidden bool

	mu    sync.Mutex
	stage deploy.Stage
	bar   *progressbar.ProgressBar
}

// update draws the bar. Several goroutines may call it.
func (p *progress) update(stage deploy.Stage, done, total int64) {
	if p.hidden {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar == nil || p.stage != stage {
		p.clear()
		p.stage = stage
		p.bar = progressbar.NewOptions64(total,
			progressbar.OptionSetWriter(p.out),
			progressbar.OptionSetDescription(string(stage)),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionShowBytes(stage != deploy.Deletions),
		)
	}
	_ = p.bar.Set64(done) // the deployment continues if the bar cannot be drawn
}

func (p *progress) finish() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
		p.bar = nil
	}
}

// isTerminal reports whether the stream is a terminal that can redraw a line.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
