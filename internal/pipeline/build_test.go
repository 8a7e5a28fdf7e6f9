package pipeline_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"casebook/internal/content"
	"casebook/internal/pipeline"
	"casebook/internal/problem"
	"casebook/internal/source"
	"casebook/themes"
)

var today = content.Date{Year: 2026, Month: 11, Day: 24}

// scan lists a folder as the commands do.
func scan(t testing.TB, dir string) *source.Tree {
	t.Helper()
	scanner, err := source.New(dir, source.Options{Skip: func(path string) bool {
		return path != "content" && path != "themes" && filepath.Dir(path) == "."
	}})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := scanner.Scan(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func defaultTheme(t testing.TB) fs.FS {
	t.Helper()
	theme, err := fs.Sub(themes.FS, "default")
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

// newBuilder returns a builder with no state except the theme that an earlier builder
// loaded, if any.
func newBuilder(opts pipeline.Options) *pipeline.Builder {
	b := pipeline.New(opts)
	latest.Lock()
	defer latest.Unlock()
	if latest.builder != nil {
		b.TakeTheme(latest.builder)
	}
	latest.builder = b
	return b
}

// latest is the last builder that newBuilder made.
var latest struct {
	sync.Mutex
	builder *pipeline.Builder
}

// buildDir builds a folder, and fails if the content has errors.
func buildDir(t testing.TB, dir string, opts pipeline.Options) *pipeline.Result {
	t.Helper()
	return buildTree(t, dir, scan(t, dir), opts)
}

// buildTree builds a folder that was scanned before, and perhaps edited since.
func buildTree(t testing.TB, dir string, tree *source.Tree, opts pipeline.Options) *pipeline.Result {
	t.Helper()
	opts.Theme = defaultTheme(t)
	result, err := newBuilder(opts).Build(context.Background(), pipeline.Input{Tree: tree, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	if result.Failed() {
		_ = problem.Print(os.Stderr, problem.Text, result.Problems)
		t.Fatalf("%s has errors", dir)
	}
	return result
}
