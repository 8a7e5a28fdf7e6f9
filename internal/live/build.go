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

// changed builds what the last look found, and shows it.
func (f *follower) changed(ctx context.Context) error {
	start := time.Now()
	tree := f.tree
	result, err := f.build(ctx, tree)
	if fault := (*fault)(nil); errors.As(err, &fault) {
		f.built = tree
		f.builder = pipeline.New(f.options.Pipeline) // what the other keeps may be incomplete
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
	return nil
}

// build builds the tree. A panic is an error that wraps a *fault.
func (f *follower) build(ctx context.Context, tree *source.Tree) (result *pipeline.Result, err error) {
	defer recoverFault(&err)
	today, err := f.options.Today()
	if err != nil {
		return nil, err
	}
	return f.builder.Build(ctx, pipeline.Input{Tree: tree, Today: today})
}

// show shows the pages of a result at once, and has its search index made and
// the output folder written while nobody waits for them.
func (f *follower) show(result *pipeline.Result, tree *source.Tree) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.options.Preview.Show(result.Snapshot.WithSearchOf(f.searched), f.change(result, tree))
	f.shown, f.shownTree = result, tree
	select {
	case <-f.finish: // an older result, which nobody needs now
	default:
	}
	f.finish <- result
}

// change is what a result asks of open pages: nothing when no page differs, new
// stylesheets when nothing but those was edited, and the page of the one file
// that was saved with Options.Follow.
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

// shownProblems are those that a person who writes has to know of.
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

// fault is a panic of the program, which is a mistake in it and not in the
// content.
type fault struct {
	value any
	stack []byte
}

// recoverFault turns a panic of the function that defers it into an error.
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
	return fmt.Sprintf("a fault of casebook: %v: please report it with these lines; the last good site stays\n%s", f.value, f.stack)
}

// problem is the fault as the preview shows it.
func (f *fault) problem() problem.Problem {
	return problem.Problem{
		File: "casebook", Code: "fault", Message: fmt.Sprintf("a fault of the program: %v", f.value),
		Hint: "undo the last change for now, and report the fault with the lines in the terminal",
	}
}
