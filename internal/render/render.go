// Package render executes templates of html/template fast.
//
// html/template stays the language and decides what must be escaped
// where: Compile takes a template that it has parsed and escaped, and the type
// of the data. Since that type is known, fields are found once, when the
// template is compiled, and not by name each time one is printed; a page of
// the site is rendered many times as fast. What is compiled gives the bytes
// that html/template gives. What is not known here (maps, channels, templates
// inside a tag, …) is an [UnsupportedError], and html/template must execute such
// a template itself.
//
// Functions of a template must be pure: a call whose arguments are constants is
// made once, when the template is compiled.
package render

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// Program is a template that is ready to print data of one type. It is
// immutable and safe for concurrent use.
type Program struct {
	name  string
	data  reflect.Type // nil: a template that is given nothing
	run   step
	vars  int      // how many variables it has, "$" first
	names []string // of all templates of the source, sorted
	place int      // among them
}

// UnsupportedError says what in a template only html/template can execute.
type UnsupportedError struct {
	Location string // "layouts/case.html:3:17"
	Reason   string
}

func (e *UnsupportedError) Error() string { return e.Location + ": " + e.Reason }

// frame is one execution of a program.
type frame struct {
	out  []byte
	vars []reflect.Value // of the template being executed; the room behind them is for those it invokes
	used []bool          // the templates executed, by their place
}

// step prints one part of a template.
type step func(f *frame, dot reflect.Value)

// failure is a panic with an error of an execution.
type failure struct{ err error }

// Execute appends what the template prints of the data, a pointer of the type
// that the program was compiled for, and returns the names of the templates that
// were executed, sorted: the output depends on nothing but the data and these.
// The error is that of a function of the template, or says that the data has a
// nil pointer where the template wants more of it.
func (p *Program) Execute(out []byte, data any) (_ []byte, used []string, err error) {
	if t := reflect.TypeOf(data); t != p.data {
		return out, nil, fmt.Errorf("execute %s: the data is a %v, not a %v", p.name, t, p.data)
	}
	f := &frame{out: out, used: make([]bool, len(p.names))}
	defer func() {
		if r := recover(); r != nil {
			failed, ok := r.(failure)
			if !ok {
				panic(r)
			}
			err = fmt.Errorf("execute %s: %w", p.name, failed.err)
		}
	}()
	p.call(f, reflect.ValueOf(data))
	for i, name := range p.names {
		if f.used[i] {
			used = append(used, name)
		}
	}
	return f.out, used, nil
}

// call executes the program with variables of its own.
func (p *Program) call(f *frame, dot reflect.Value) {
	callers := f.vars
	if n := len(callers); n+p.vars <= cap(callers) {
		f.vars = callers[n : n+p.vars]
	} else {
		f.vars = make([]reflect.Value, p.vars, p.vars+32)
	}
	f.vars[0] = dot
	f.used[p.place] = true
	p.run(f, dot)
	f.vars = callers
}

// Source is templates and what they may call.
type Source struct {
	Trees   map[string]*parse.Tree // required: as they were parsed, by name
	Escaped *template.Template     // required: made of copies of Trees and executed once, so that html/template has escaped it
	Funcs   template.FuncMap
	Invokes func(name string) []string // required: the template and all that it may invoke
}

// Compiler compiles templates of one source. It keeps the partials that it has
// compiled, since most layouts share them. It is for one goroutine at a time.
//
// Its methods but Compile panic with an *UnsupportedError.
type Compiler struct {
	source   Source
	names    []string // of the templates, sorted
	escapers map[string]*escaper
	programs map[programKey]*Program
	examples map[string]*parse.Tree // what escapedTree has escaped, by name

	tree  *parse.Tree // being compiled
	scope []variable  // those that can be seen
	vars  int
}

// NewCompiler returns a compiler that has compiled nothing yet.
func NewCompiler(source Source) (*Compiler, error) {
	escapers, err := learnEscapers()
	return &Compiler{
		source: source, names: slices.Sorted(maps.Keys(source.Trees)), escapers: escapers,
		programs: map[programKey]*Program{}, examples: map[string]*parse.Tree{},
	}, err
}

// Compile compiles the template of that name and all that it invokes for data
// of one type. The error is an *UnsupportedError, or that of a function.
func (c *Compiler) Compile(name string, data reflect.Type) (_ *Program, err error) {
	whole := maps.Clone(c.programs)
	defer func() {
		switch r := recover().(type) {
		case nil:
			return
		case *UnsupportedError:
			err = r
		case failure:
			err = r.err
		default:
			panic(r)
		}
		c.programs, c.tree, c.scope, c.vars = whole, nil, nil, 0 // without those that are half compiled
	}()
	return c.program(name, data), nil
}

// programKey tells programs apart: a partial is compiled for each type that it
// is given.
type programKey struct {
	name string
	data reflect.Type
}

// variable is a variable of a template.
type variable struct {
	name string
	slot int
	typ  reflect.Type
}

// program compiles one template. A template that invokes itself gets the
// program that is being compiled.
func (c *Compiler) program(name string, data reflect.Type) *Program {
	key := programKey{name, data}
	if p := c.programs[key]; p != nil {
		return p
	}
	p := &Program{name: name, data: data, names: c.names}
	base, _, _ := strings.Cut(name, copyOf)
	p.place, _ = slices.BinarySearch(c.names, base)
	c.programs[key] = p
	outer := *c
	c.tree, c.scope, c.vars = c.escapedTree(name), nil, 0
	c.declare("$", data)
	p.run = c.list(c.tree.Root, data)
	p.vars = c.vars
	c.tree, c.scope, c.vars = outer.tree, outer.scope, outer.vars
	return p
}

// copyOf follows, in the name of a copy that html/template has made, the name
// of what it is a copy of.
const copyOf = "$htmltemplate_"

// escapedTree returns a template as html/template has escaped it. Of one that is
// invoked elsewhere than in text it makes a copy, escaped for that place and
// shown to nobody: "language$htmltemplate_stateTag_elementNone". We have it
// escape an example of such a place with the template written into it.
func (c *Compiler) escapedTree(name string) *parse.Tree {
	base, state, copied := strings.Cut(name, copyOf)
	if !copied {
		return c.source.Escaped.Lookup(name).Tree
	}
	if example := c.examples[name]; example != nil {
		return example
	}
	around, known := surroundings[state]
	if !known {
		c.unsupported(c.source.Trees[base].Root, "the template %q in a place like this (%s)", base, state)
	}
	example := c.source.Trees[base].Copy()
	text := func(s string) parse.Node { return &parse.TextNode{NodeType: parse.NodeText, Text: []byte(s)} }
	example.Root.Nodes = slices.Concat([]parse.Node{text(around.before)}, example.Root.Nodes, []parse.Node{text(around.after)})
	set := template.New("").Funcs(c.source.Funcs)
	for _, other := range c.source.Invokes(base) {
		template.Must(set.AddParseTree(other, c.source.Trees[other].Copy()))
	}
	escaped := template.Must(set.AddParseTree(name, example))
	var unsafe *template.Error
	if err := escaped.Execute(io.Discard, nil); errors.As(err, &unsafe) {
		c.unsupported(c.source.Trees[base].Root, "%v", unsafe)
	}
	nodes := escaped.Tree.Root.Nodes
	escaped.Tree.Root.Nodes = nodes[1 : len(nodes)-1]
	c.examples[name] = escaped.Tree
	return escaped.Tree
}

// surroundings are examples of the places, by html/template's names for them,
// where templates are invoked.
var surroundings = map[string]struct{ before, after string }{
	"stateTag":                 {"<a", ">"},
	"stateRCDATA_elementTitle": {"<title>", "</title>"},
}

// unsupported ends the compilation: html/template executes the template.
func (c *Compiler) unsupported(node parse.Node, format string, args ...any) {
	location, _ := c.tree.ErrorContext(node)
	panic(&UnsupportedError{location, fmt.Sprintf(format, args...)})
}

// declare makes a variable that can be seen until the scope ends.
func (c *Compiler) declare(name string, t reflect.Type) int {
	c.scope = append(c.scope, variable{name, c.vars, t})
	c.vars++
	return c.vars - 1
}

// scoped compiles a part whose variables end with it.
func (c *Compiler) scoped(compile func()) {
	n := len(c.scope)
	compile()
	c.scope = c.scope[:n]
}
