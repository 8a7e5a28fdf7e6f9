// Building after a change, and showing the result.

package live

import (
	"context"
	"errors"
	"fmt"
	"path"
	"runtime/debug"
	"slices"
	"time"

	"casebook/internal/parallel"
	"casebook/internal/pipeline"
	"casebook/internal/preview"
	"casebook/internal/problem"
	"casebook/internal/source"
)

// changed builds the tree that the last look found, and shows the result.
func (f *follower) changed(ctx context.Context) error {
	start := time.Now()
	tree := f.tree
	result, err := f.build(ctx, tree)
	if fault := (*fault)(nil); errors.As(err, &fault) {
		f.built = tree
		f.builder = pipeline.New(f.options.Pipeline) // the old one may hold incomplete data
		f.options.Preview.Fail([]problem.Problem{fault.problem()}, nil)
	}
	if err != nil {
		return err
	}
	f.built = tree
	if result.Failed() {
		f.options.Preview.Fail(shownProblems(result.Problems), func(path string) ([]byte, error) { return dataOf(tree, path) })
	} else {
		f.show(result, tree)
	}
	f.options.Built(Built{result, time.Since(start), f.shown != nil})
	if !f.kept && !result.Failed() {
		f.kept = true
		f.keep(ctx)
	}
	return nil
}

// keep stores the last build in the cache for the next process.
func (f *follower) keep(ctx context.Context) {
	if err := f.builder.Keep(ctx); err != nil && ctx.Err() == nil {
		f.options.Notify("the cache cannot be written, so that the next start takes as long: " + err.Error())
	}
}

// build builds the tree. It returns a panic as a *fault.
func (f *follower) build(ctx context.Context, tree *source.Tree) (result *pipeline.Result, err error) {
	defer recoverFault(&err)
	today, err := f.options.Today()
	if err != nil {
		return nil, err
	}
	return f.builder.Build(ctx, pipeline.Input{Tree: tree, Today: today})
}

// show shows the pages of a result immediately, and passes the result to
// finishAll, which builds its search index and writes the output folder.
func (f *follower) show(result *pipeline.Result, tree *source.Tree) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.options.Preview.Show(result.Snapshot.WithSearchOf(f.searched), f.change(result, tree))
	f.shown, f.shownTree = result, tree
	select {
	case <-f.finish: // drop an older result
	default:
	}
	f.finish <- result
}

// change returns how the result differs from the one shown: not at all, only in
// stylesheets, or in pages. With Options.Follow, it names the page of the file
// that was saved.
func (f *follower) change(result *pipeline.Result, tree *source.Tree) preview.Change {
	if f.shown == nil {
		return preview.Change{}
	}
	if f.shown.Snapshot.Equal(result.Snapshot) {
		return preview.Change{Effect: preview.Stay}
	}
	paths := tree.Diff(f.shownTree) // none when only the date changed
	if len(paths) > 0 && !slices.ContainsFunc(paths, func(p string) bool { return path.Ext(p) != ".css" }) {
		return preview.Change{Effect: preview.Restyle}
	}
	if f.options.Follow && len(paths) == 1 {
		return preview.Change{Page: result.PageOf(paths[0])}
	}
	return preview.Change{}
}

// shownProblems returns the problems for the overlay: all except advice.
func shownProblems(all []problem.Problem) []problem.Problem {
	return slices.DeleteFunc(slices.Clone(all), func(p problem.Problem) bool { return p.Severity == problem.Advice })
}

func dataOf(tree *source.Tree, path string) ([]byte, error) {
	file := tree.File(path)
	if file == nil {
		return nil, fmt.Errorf("there is no file %q", path)
	}
	return file.Data()
}

// fault is a panic during a build: a bug in casebook, not a mistake in the
// content.
type fault struct {
	value any
	stack []byte
}

// recoverFault, when deferred, stores a panic as an error.
func recoverFault(err *error) {
	switch value := recover().(type) {
	case nil:
	case *parallel.Panic:
		*err = &fault{value.Value, value.Stack}
	default:
		*err = &fault{value, debug.Stack()}
	}
}

func (f *fault) Error() string {
	return fmt.Sprintf("a bug in casebook: %v: please report it with these lines; the last site without errors is still shown\n%s", f.value, f.stack)
}

// problem returns the fault as a problem for the preview.
func (f *fault) problem() problem.Problem {
	return problem.Problem{
		File: "casebook", Code: "fault", Message: fmt.Sprintf("a bug in casebook: %v", f.value),
		Hint: "undo your last change for now, and report the bug with the lines in the terminal",
	}
}
