// Templates: parsing them, and checking them against the types of the pages.

package theme

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	texttemplate "text/template"
	"text/template/parse"
	"unicode/utf8"

	"github.com/jba/templatecheck"

	"casebook/internal/problem"
	"casebook/internal/render"
	"casebook/internal/site"
)

// templateSet holds the parsed templates of a theme by name: "layouts/case" for
// a layout, "card" for a partial. The trees keep the path of their file as
// ParseName.
type templateSet struct {
	trees map[string]*parse.Tree
	uses  map[string]uses
	texts map[string]string // by path of the file
}

// layoutName returns the name of the layout for the page's type: "layouts/case"
// for CasePage, "layouts/principle-in-country" for PrincipleInCountryPage.
func layoutName(page site.Page) string {
	name := strings.TrimSuffix(reflect.TypeOf(page).Elem().Name(), "Page")
	var b strings.Builder
	for i, r := range name {
		if 'A' <= r && r <= 'Z' {
			if i > 0 {
				b.WriteByte('-')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return "layouts/" + b.String()
}

// parseTemplates parses all layouts and partials.
func parseTemplates(files layers, funcs template.FuncMap) (*templateSet, []problem.Problem) {
	set := &templateSet{trees: map[string]*parse.Tree{}, uses: map[string]uses{}, texts: map[string]string{}}
	// text/template keeps the trees unchanged; html/template rewrites its own.
	empty := texttemplate.New("").Funcs(texttemplate.FuncMap(funcs))
	var problems []problem.Problem
	for _, folder := range []struct{ dir, prefix string }{{"layouts", "layouts/"}, {"partials", ""}} {
		sources, found := files.read(folder.dir, ".html")
		problems = append(problems, found...)
		for _, s := range sources {
			set.texts[s.path] = s.text
			problems = append(problems, blocked(s)...)
			if err := set.add(folder.prefix+s.name, s, empty); err != nil {
				problems = append(problems, set.problem(err, s.path))
			}
		}
	}
	for _, page := range site.Kinds() {
		name := layoutName(page)
		if set.trees[name] == nil && problem.Count(problems, problem.Error) == 0 {
			problems = append(problems, problem.Problem{
				File: name + ".html", Code: "theme-layout",
				Message: fmt.Sprintf("there is no layout for %s", reflect.TypeOf(page).Elem()),
				Hint:    "put one in a layer of the theme",
			})
		}
	}
	return set, problems
}

// add parses one file, which may define more templates. empty is a set that has only
// the functions: a copy of it costs a fraction of checking the functions again.
func (set *templateSet) add(name string, s source, empty *texttemplate.Template) error {
	fresh, err := empty.Clone()
	if err != nil {
		return err
	}
	parsed, err := fresh.New(s.path).Parse(strings.TrimRight(s.text, "\n"))
	if err != nil {
		return err
	}
	for _, t := range parsed.Templates() {
		own := t.Name()
		if own == s.path {
			own = name
		}
		if other, ok := set.trees[own]; ok {
			return fmt.Errorf("template: %s:1: template %q is already in %s", s.path, own, other.ParseName)
		}
		squeeze(t.Root)
		set.trees[own] = t.Tree
		set.uses[own] = usesOf(t.Tree)
	}
	return nil
}

// checkUses checks that the strings and partials that templates name exist, and
// that each string of the site's own layers is used.
func (set *templateSet) checkUses(table *stringTable, own []Layer) []problem.Problem {
	var problems []problem.Problem
	report := func(at place, code, hint, format string, args ...any) {
		problems = append(problems, set.problemAt(at, code, fmt.Sprintf(format, args...), hint))
	}
	used := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(set.uses)) {
		u := set.uses[name]
		for _, at := range u.dynamic {
			report(at, "theme-argument", "write it as a constant in double quotes", "the name that this function takes must be a constant")
		}
		for _, call := range u.templates {
			if set.trees[call.name] == nil {
				report(call.place, "theme-template", "add partials/"+call.name+".html", "there is no partial %q", call.name)
			}
		}
		for _, call := range u.keys {
			used[call.name] = true
			t, ok := table.texts[call.name]
			switch {
			case !ok:
				report(call.place, "theme-string", "add it to strings/"+table.tag.String()+".yaml", "there is no string %q", call.name)
			case t.arguments() > call.arguments:
				report(call.place, "theme-string", "give it all that its placeholders stand for", "string %q wants %d arguments and gets %d", call.name, t.arguments(), call.arguments)
			}
		}
		for _, call := range u.families {
			keys := table.family(call.name)
			if len(keys) == 0 {
				report(call.place, "theme-string", "add them to strings/"+table.tag.String()+".yaml", "there is no string that starts with %q", call.name)
			}
			for _, key := range keys {
				used[key] = true
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(table.texts)) {
		t := table.texts[key]
		isOwn := slices.ContainsFunc(own, func(l Layer) bool { return strings.HasPrefix(t.file, l.Name+"/") })
		if isOwn && !used[key] && !isLabel(key) && !strings.HasPrefix(key, "term.") {
			problems = append(problems, problem.Problem{
				File: t.file, Line: t.line, Severity: problem.Advice, Code: "theme-string-unused",
				Message: fmt.Sprintf("no template uses the string %q", key), Hint: "take it out",
			})
		}
	}
	return problems
}

// isLabel reports whether the Key of a page's link may name the string, so that
// templates need not name it.
func isLabel(key string) bool {
	return strings.HasSuffix(key, ".title") || strings.HasSuffix(key, ".label")
}

// checkTypes checks every layout against its page type.
func (set *templateSet) checkTypes(templates *template.Template) []problem.Problem {
	if problems := set.checkEmpty(templates); len(problems) > 0 {
		return problems
	}
	var problems []problem.Problem
	for _, page := range site.Kinds() {
		name := layoutName(page)
		if set.trees[name] == nil {
			continue
		}
		if err := templatecheck.CheckHTML(templates.Lookup(name), page); err != nil {
			problems = append(problems, set.problem(err, set.trees[name].ParseName))
		}
	}
	return problems
}

// checkEmpty checks the partials that are invoked without a value, and so can
// use no field. It checks them with an empty struct, because templatecheck
// 0.7.1 panics at a field of no value.
func (set *templateSet) checkEmpty(templates *template.Template) []problem.Problem {
	empty := map[string]bool{}
	for _, u := range set.uses {
		for _, call := range u.templates {
			if call.arguments == 0 && set.trees[call.name] != nil {
				empty[call.name] = true
			}
		}
	}
	var problems []problem.Problem
	for _, name := range slices.Sorted(maps.Keys(empty)) {
		if err := templatecheck.CheckHTML(templates.Lookup(name), struct{}{}); err != nil {
			p := set.problem(err, set.trees[name].ParseName)
			p.Message = strings.TrimSuffix(p.Message, " in type struct {}")
			p.Hint = fmt.Sprintf("take it out: the partial is invoked as {{template %q}}, without a value that has fields", name)
			problems = append(problems, p)
		}
	}
	return problems
}

var inType = regexp.MustCompile(`^(?s)(.* in type )(site\.\w+)$`)

// merged joins problems that differ only in the type of the page into one. A
// mistake in a partial gives such a problem for each layout that invokes it.
func merged(problems []problem.Problem) []problem.Problem {
	var all []problem.Problem
	types := map[problem.Problem][]string{}
	for _, p := range problems {
		if m := inType.FindStringSubmatch(p.Message); m != nil {
			p.Message = m[1]
			types[p] = append(types[p], m[2])
		}
		if len(types[p]) <= 1 {
			all = append(all, p)
		}
	}
	for i, p := range all {
		names := slices.Compact(slices.Sorted(slices.Values(types[p])))
		if n := len(names); n > 2 {
			all[i].Message += fmt.Sprintf("%s, %s and %s of page", names[0], names[1], more(n-2))
		} else {
			all[i].Message += strings.Join(names, " and ")
		}
	}
	return all
}

func more(n int) string {
	if n == 1 {
		return "1 more kind"
	}
	return fmt.Sprintf("%d more kinds", n)
}

// notAt returns the problems at positions where known has none.
func notAt(known, problems []problem.Problem) []problem.Problem {
	places := map[string]bool{}
	for _, p := range known {
		places[p.Position()] = true
	}
	return slices.DeleteFunc(problems, func(p problem.Problem) bool { return places[p.Position()] })
}

// escape makes the templates ready to run. html/template determines what each place
// needs to have escaped only when a template is first executed.
func (set *templateSet) escape(templates *template.Template) []problem.Problem {
	var problems []problem.Problem
	for _, page := range site.Kinds() {
		name := layoutName(page)
		var unsafe *template.Error
		// Without data, execution soon stops with another error.
		if errors.As(templates.ExecuteTemplate(io.Discard, name, nil), &unsafe) {
			problems = append(problems, set.problem(unsafe, set.trees[name].ParseName))
		}
	}
	return problems
}

// compile compiles the layout of a page type. A layout that only html/template
// can execute is left to it.
func (set *templateSet) compile(compiler *render.Compiler, page site.Page) (*render.Program, []problem.Problem) {
	program, err := compiler.Compile(layoutName(page), reflect.TypeOf(page))
	if slow := (*render.UnsupportedError)(nil); errors.As(err, &slow) {
		p := set.problem(fmt.Errorf("template: %w", slow), set.trees[layoutName(page)].ParseName)
		p.Severity, p.Code = problem.Advice, "theme-slow"
		p.Message = "this makes " + layoutName(page) + ".html many times slower: " + p.Message
		p.Hint = "write it in another way if the site is large"
		return nil, []problem.Problem{p}
	} else if err != nil {
		return nil, []problem.Problem{set.problem(err, set.trees[layoutName(page)].ParseName)}
	}
	return program, nil
}

// html returns a set of html/template, which changes the trees that it is
// given.
func (set *templateSet) html(funcs template.FuncMap) *template.Template {
	templates := template.New("").Funcs(funcs)
	for name, tree := range set.trees {
		template.Must(templates.AddParseTree(name, tree.Copy())) // fails only for a set that has been executed
	}
	return templates
}

var (
	indentation   = regexp.MustCompile(`\s*\n\s*`)
	templateError = regexp.MustCompile(`^(?:html/)?template:\s*([^:]+):(\d+)(?::(\d+))?: (?s)(.*)$`)
)

// squeeze removes the indentation from a template's text, which is a fifth of a
// page. No text of a template is preformatted.
func squeeze(list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			node.Text = indentation.ReplaceAllLiteral(node.Text, []byte("\n"))
		case *parse.IfNode:
			squeeze(node.List)
			squeeze(node.ElseList)
		case *parse.RangeNode:
			squeeze(node.List)
			squeeze(node.ElseList)
		case *parse.WithNode:
			squeeze(node.List)
			squeeze(node.ElseList)
		}
	}
}

// problem returns the problem for an error of the template packages, with the position
// that the error names.
func (set *templateSet) problem(err error, file string) problem.Problem {
	const code, hint = "theme-template", "compare it with the default theme; the fields of pages are in internal/site of the source"
	if m := templateError.FindStringSubmatch(err.Error()); m != nil {
		return set.problemAt(place{file: m[1], line: m[2], column: m[3]}, code, m[4], hint)
	}
	return problem.Problem{File: file, Code: code, Message: err.Error(), Hint: hint}
}

// problemAt returns a problem at a place. The column of a place is the number of bytes
// before it in its line.
func (set *templateSet) problemAt(at place, code, message, hint string) problem.Problem {
	p := problem.Problem{File: at.file, Code: code, Message: message, Hint: hint}
	p.Line, _ = strconv.Atoi(at.line)
	lines := strings.Split(set.texts[at.file], "\n")
	before, err := strconv.Atoi(at.column)
	if err == nil && 0 < p.Line && p.Line <= len(lines) && before <= len(lines[p.Line-1]) {
		p.Column = utf8.RuneCountInString(lines[p.Line-1][:before]) + 1
	}
	return p
}
