package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSweepsAreNamed checks that the names of the tests behind the build tag sweep, and no
// others, end with "Sweep", so that .ci/run can run only these.
func TestSweepsAreNamed(t *testing.T) {
	sweeps := 0
	err := fs.WalkDir(os.DirFS(".."), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", path), nil, parser.ParseComments)
		if err != nil {
			return err
		}
		tagged := len(file.Comments) > 0 && file.Comments[0].Pos() < file.Package && strings.HasPrefix(file.Comments[0].List[0].Text, "//go:build sweep")
		for _, declaration := range file.Decls {
			f, ok := declaration.(*ast.FuncDecl)
			if !ok || !strings.HasPrefix(f.Name.Name, "Test") {
				continue
			}
			if tagged {
				sweeps++
			}
			if tagged != strings.HasSuffix(f.Name.Name, "Sweep") {
				t.Errorf("%s: %s: the name of a test must end with Sweep if, and only if, the file has the build tag sweep", path, f.Name.Name)
			}
		}
		return nil
	})
	if err != nil || sweeps == 0 {
		t.Errorf("%d sweeps found, error %v", sweeps, err)
	}
}
