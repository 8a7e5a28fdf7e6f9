package internal_test

// Test that the documentation has all codes of problems.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebook/internal/docs"
	"casebook/internal/library"
)

// reported returns the codes that the program gives to problems, with their positions. A
// code is a string that is the value of a parameter, field, variable or constant named
// code.
func reported(t *testing.T) map[string]string {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for _, pattern := range []string{"*/*.go", "../cmd/casebook/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v, %v", pattern, names, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
	}
	s := scan{places: map[string][]int{}, found: map[string]string{}, fset: fset}
	for _, file := range files {
		ast.Inspect(file, s.declared)
	}
	for _, file := range files {
		ast.Inspect(file, s.used)
	}
	return s.found
}

// scan finds the codes in Go files.
type scan struct {
	places map[string][]int  // the indexes of the parameters or fields that are codes, by the name of the function or struct
	found  map[string]string // positions by code
	fset   *token.FileSet
}

func (s scan) declared(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		s.declare(n.Name.Name, n.Type.Params)
	case *ast.AssignStmt: // name := func(…) {…}
		if f, ok := n.Rhs[0].(*ast.FuncLit); ok {
			s.declare(nameOf(n.Lhs[0]), f.Type.Params)
		}
	case *ast.TypeSpec:
		if t, ok := n.Type.(*ast.StructType); ok {
			s.declare(n.Name.Name, t.Fields)
		}
	}
	return true
}

func (s scan) declare(name string, fields *ast.FieldList) {
	i := 0
	for _, f := range fields.List {
		for _, n := range f.Names {
			if isCode(n.Name) {
				s.places[name] = append(s.places[name], i)
			}
			i++
		}
	}
}

func (s scan) used(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if isCode(nameOf(n.Key)) {
			s.add(n.Value)
		}
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if isCode(nameOf(left)) && len(n.Lhs) == len(n.Rhs) {
				s.add(n.Rhs[i])
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if isCode(name.Name) && i < len(n.Values) {
				s.add(n.Values[i])
			}
		}
	case *ast.CallExpr:
		for _, i := range s.places[nameOf(n.Fun)] {
			if i < len(n.Args) {
				s.add(n.Args[i])
			}
		}
	case *ast.CompositeLit:
		s.rows(nameOf(n.Type), n.Elts)
	}
	return true
}

// rows adds the codes of a struct literal without field names, or of a list of them.
func (s scan) rows(typeName string, elements []ast.Expr) {
	for i, e := range elements {
		if row, ok := e.(*ast.CompositeLit); ok && row.Type == nil {
			s.rows(typeName, row.Elts)
		} else if slices.Contains(s.places[typeName], i) {
			s.add(e)
		}
	}
}

func (s scan) add(e ast.Expr) {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		if code, err := strconv.Unquote(l.Value); err == nil && codeForm.MatchString(code) {
			s.found[code] = s.fset.Position(l.Pos()).String()
		}
	}
}

// codeForm matches codes, but not the other texts that functions of the same name take as
// arguments.
var codeForm = regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)*$`)

// isCode reports whether a name is one such as code, Code or blockedCode.
func isCode(name string) bool { return name == "code" || strings.HasSuffix(name, "Code") }

// nameOf returns the last name of an expression: "Report" of m.Report, "leftover" of
// []leftover.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.ArrayType:
		return nameOf(e.Elt)
	default:
		return ""
	}
}

// TestCodes checks that docs/codes.md has exactly the codes that the program reports, and
// for each its severity, its meaning and what to do.
func TestCodes(t *testing.T) {
	found := reported(t)
	for _, status := range []library.Status{library.Draft, library.Scheduled, library.Withdrawn, library.Overdue, library.OtherSet} {
		found[string(status)] = "library/absences.go"
	}
	for _, noun := range []string{"principle", "hallmark", "discipline", "organisation", "reference", "resource", "case-study"} {
		found["unknown-"+noun] = "library/resolve.go"
	}
	severity := regexp.MustCompile(`^(error|warning|advice)(, (error|warning|advice))?( or (error|warning|advice))?$`)
	for _, code := range docs.Codes() {
		if found[code.Name] == "" {
			t.Errorf("docs/codes.md has %s, which is never reported", code.Name)
		}
		delete(found, code.Name)
		if !severity.MatchString(code.Severity) || !strings.HasSuffix(code.Meaning, ".") {
			t.Errorf("docs/codes.md: %s needs a severity, and sentences that say what it means and what to do; got %q, %q", code.Name, code.Severity, code.Meaning)
		}
	}
	for code, place := range found {
		t.Errorf("%s: %s is not in docs/codes.md", place, code)
	}
}
