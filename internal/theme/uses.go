// What templates name: other templates, strings and assets.

package theme

import (
	"crypto/sha256"
	"fmt"
	"html/template"
	"maps"
	"slices"
	"strings"
	"text/template/parse"
)

// uses holds what a template names: everything besides its data that its output
// depends on.
type uses struct {
	templates []call
	keys      []call // of strings
	families  []call // prefixes of keys of strings
	assets    []call
	dynamic   []place // calls whose name is not a constant
}

// call is one use of a name.
type call struct {
	name      string
	arguments int // besides the name
	place
}

// place is a place in a file of the theme, as the template packages write it.
type place struct{ file, line, column string }

// usesOf returns what the tree of a template names.
func usesOf(tree *parse.Tree) uses {
	w := walker{tree: tree}
	w.list(tree.Root)
	return w.uses
}

type walker struct {
	tree *parse.Tree
	uses uses
}

func (w *walker) list(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			w.pipe(node.Pipe)
		case *parse.IfNode:
			w.branch(&node.BranchNode)
		case *parse.RangeNode:
			w.branch(&node.BranchNode)
		case *parse.WithNode:
			w.branch(&node.BranchNode)
		case *parse.TemplateNode:
			c := call{name: node.Name, place: w.place(node)}
			if node.Pipe != nil {
				c.arguments = 1
			}
			w.uses.templates = append(w.uses.templates, c)
			w.pipe(node.Pipe)
		}
	}
}

func (w *walker) branch(node *parse.BranchNode) {
	w.pipe(node.Pipe)
	w.list(node.List)
	w.list(node.ElseList)
}

func (w *walker) pipe(pipe *parse.PipeNode) {
	if pipe == nil {
		return
	}
	for _, command := range pipe.Cmds {
		w.command(command)
	}
}

func (w *walker) command(command *parse.CommandNode) {
	for _, arg := range command.Args {
		switch arg := arg.(type) {
		case *parse.PipeNode:
			w.pipe(arg)
		case *parse.ChainNode:
			if pipe, ok := arg.Node.(*parse.PipeNode); ok {
				w.pipe(pipe)
			}
		}
	}
	function, ok := command.Args[0].(*parse.IdentifierNode)
	if !ok {
		return
	}
	for _, prefix := range impliedFamilies(function.Ident) {
		w.uses.families = append(w.uses.families, call{name: prefix, place: w.place(command)})
	}
	var list *[]call
	switch function.Ident {
	case "t":
		list = &w.uses.keys
	case "tf", "words":
		list = &w.uses.families
	case "asset":
		list = &w.uses.assets
	default:
		return
	}
	if len(command.Args) > 1 {
		if name, ok := command.Args[1].(*parse.StringNode); ok {
			*list = append(*list, call{name: name.Text, arguments: len(command.Args) - 2, place: w.place(command)})
			return
		}
	}
	w.uses.dynamic = append(w.uses.dynamic, w.place(command))
}

func (w *walker) place(node parse.Node) place {
	location, _ := w.tree.ErrorContext(node)
	parts := strings.Split(location, ":")
	n := len(parts)
	return place{file: strings.Join(parts[:n-2], ":"), line: parts[n-2], column: parts[n-1]}
}

// closure returns the names of the template and of all that it invokes, sorted.
func (set *templateSet) closure(name string) []string {
	seen := map[string]bool{}
	var visit func(string)
	visit = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		for _, call := range set.uses[name].templates {
			visit(call.name)
		}
	}
	visit(name)
	return slices.Sorted(maps.Keys(seen))
}

// prints returns hashes of all templates, by name: of each as html/template has
// escaped it, and of the strings and asset addresses that it names.
func (set *templateSet) prints(escaped *template.Template, table *stringTable, assets *bundle) map[string][32]byte {
	prints := make(map[string][32]byte, len(set.trees))
	for name, tree := range set.trees {
		h := sha256.New()
		fmt.Fprintf(h, "%q %q\n", tree.Root.String(), escaped.Lookup(name).Tree.Root.String())
		u := set.uses[name]
		for _, call := range u.keys {
			table.hash(h, call.name)
		}
		for _, call := range u.families {
			for _, key := range table.family(call.name) {
				table.hash(h, key)
			}
		}
		for _, call := range u.assets {
			fmt.Fprintf(h, "%q %q\n", call.name, assets.paths[call.name])
		}
		prints[name] = [32]byte(h.Sum(nil))
	}
	return prints
}

// assetPaths returns the paths of the assets that the layout and all templates
// that it invokes name, sorted.
func (set *templateSet) assetPaths(layout string, assets *bundle) []string {
	var paths []string
	for _, name := range set.closure(layout) {
		for _, call := range set.uses[name].assets {
			paths = append(paths, assets.paths[call.name])
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}
