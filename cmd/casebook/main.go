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
	limitMemory(pagesMemory)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Above these the garbage collector saves memory instead of time. They suffice
// for ten thousand cases, and a small machine has them.
const (
	pagesMemory = 520 << 20 // while there are pages alone
	indexMemory = 800 << 20 // once there is their search index too
	serveMemory = 900 << 20 // of a server, which keeps both and answers an edit at once
)

// limitMemory sets the limit, unless GOMEMLIMIT sets one.
func limitMemory(bytes int64) {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(bytes)
	}
}

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // the content has errors, or the work could not be done
	exitUsage  = 2 // the command line is wrong
)

// errProblems says that the problems are already printed.
var errProblems = errors.New("the content has errors")

// usageError is a mistake on the command line.
type usageError struct{ error }

// run is casebook: results go to stdout, messages to stderr, the exit code is
// returned. An interrupt, or the end of the terminal, lets it clean up first.
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
