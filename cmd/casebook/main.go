// Casebook turns a folder of Markdown case studies into a partnership
// knowledge base: a static web site with principle-by-principle navigation.
//
// See the README for what each command does; casebook help prints it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() {
	limitMemory(pagesMemory, 0)
	allowGarbage(400)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Soft memory limits in bytes: near its limit the garbage collector runs more
// often. A site of 10,000 cases builds within them.
const (
	pagesMemory = 640 << 20 // while rendering pages
	indexMemory = 800 << 20 // while building the search index
	serveMemory = 900 << 20 // for serve, which keeps the pages and the index between edits

	fileMemory = 64 << 10   // for each content file after the first 10,000
	memoryCap  = 3600 << 20 // above it a build takes more time instead of more memory
)

// limitMemory sets the soft memory limit for a number of content files, unless
// GOMEMLIMIT is set. With a limit that did not depend on this number, the
// collector took a third of the processor time of a build of 20,000 cases.
func limitMemory(bytes int64, files int) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(min(bytes+int64(max(files-10_000, 0))*fileMemory, memoryCap))
	}
}

// allowGarbage sets how much garbage may be in memory before it is collected, in
// percent of what is in use, unless GOGC is set. limitMemory still holds. A command
// that ends soon allows much: with 100, the collector took a sixth of the processor
// time of a small build.
func allowGarbage(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // the content has errors, or the work could not be done
	exitUsage  = 2 // the command line is wrong
)

// errProblems is returned after the problems have been printed. run prints no
// further message for it.
var errProblems = errors.New("the content has errors")

// usageError is a mistake on the command line; run exits with exitUsage for it.
type usageError struct{ error }

// run executes the command line and returns the exit code. Results go to stdout,
// messages to stderr. SIGINT, SIGTERM and SIGHUP cancel the context, so that a
// command cleans up before it returns.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	root := newRoot(streams{stdin, stdout, stderr})
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errProblems):
		return exitFailed
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "casebook: %v\n", err)
		return exitUsage
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "casebook: interrupted; the output folder is as it was")
		return exitFailed
	default:
		fmt.Fprintf(stderr, "casebook: %v\n", err)
		return exitFailed
	}
}
