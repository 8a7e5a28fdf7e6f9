package rename

// What names an entry: fields of front matter, and links of bodies.

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"reflect"
	"regexp"
	"strings"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
)

// rewriteNames plans to rewrite the fields that name the entry by its id. Those
// that name it by its title or a name go on doing so.
func (p *planner) rewriteNames() error {
	for _, f := range p.files {
		lines := problem.Lines(p.content.Texts[f.Path])
		for _, e := range f.Entries {
			var failed error
			eachRef(reflect.ValueOf(e).Elem(), "", func(ref content.Ref, refers string) {
				was, now := ref.Text, p.now
				switch {
				case refers == "" && p.from != "" && ref.Text == p.from:
					was, now = p.from, p.to
				case refers != p.kind.refers || library.SortKey(ref.Text) != library.SortKey(p.old):
					return
				}
				at, ok := textAt(lines, ref.Position, was)
				if !ok {
					failed = fmt.Errorf("%s:%d:%d: %s is written in a way that cannot be rewritten: write it on one line first", f.Path, ref.Line, ref.Column, was)
					return
				}
				p.replace(f.Path, at, was, now)
			})
			if failed != nil {
				return failed
			}
		}
	}
	return nil
}

// eachRef calls visit for each reference of a value, with the refers tag of its
// field.
func eachRef(v reflect.Value, refers string, visit func(content.Ref, string)) {
	switch v.Type() {
	case reflect.TypeFor[content.Ref]():
		if ref := v.Interface().(content.Ref); ref.Text != "" {
			visit(ref, refers)
		}
		return
	case reflect.TypeFor[content.Source]():
		return
	case reflect.TypeFor[content.Benefit]():
		refers = "organisations" // countries too, which nobody renames
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if field.Name == "Aliases" {
				continue
			}
			inner := refers
			if tag, ok := field.Tag.Lookup("refers"); ok {
				inner, _, _ = strings.Cut(tag, ",")
			}
			eachRef(v.Field(i), inner, visit)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			eachRef(v.Index(i), refers, visit)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			eachRef(v.Elem(), refers, visit)
		}
	}
}

// textAt is where a text stands that begins at the position, perhaps within
// quotes.
func textAt(lines []string, at problem.Position, text string) (problem.Position, bool) {
	if at.Line < 1 || at.Line > len(lines) || at.Column < 1 {
		return at, false
	}
	rest := []rune(lines[at.Line-1])
	if at.Column > len(rest) {
		return at, false
	}
	rest = rest[at.Column-1:]
	if strings.ContainsRune(`"'<`, rest[0]) {
		rest = rest[1:]
		at.Column++
	}
	return at, strings.HasPrefix(string(rest), text)
}

// rewriteLinks plans to rewrite the links to the files that move.
func (p *planner) rewriteLinks() error {
	for _, f := range p.files {
		if f.Body == nil || len(p.moved) == 0 {
			continue
		}
		lines := problem.Lines(p.content.Texts[f.Path])
		for i, link := range f.Body.Document.Links {
			u, err := url.Parse(link.Destination)
			if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" || path.IsAbs(u.Path) {
				continue
			}
			target := path.Join(path.Dir(f.Path), u.Path)
			here := cmp.Or(p.moved[f.Path], f.Path)
			to := cmp.Or(p.moved[target], target)
			if path.Join(path.Dir(here), u.Path) == to {
				continue
			}
			written, _, _ := strings.Cut(link.Destination, "#")
			at, ok := textAt(lines, f.Body.Links[i], written)
			if !ok {
				at, ok = definition(lines, written)
			}
			if !ok {
				return fmt.Errorf("%s:%d:%d: this link to %s is written in a way that cannot be rewritten: write [text](%s) first", f.Path, f.Body.Links[i].Line, f.Body.Links[i].Column, target, written)
			}
			p.replace(f.Path, at, written, library.RelativePath(here, to))
		}
	}
	return nil
}

// definition is where the destination of a link by reference stands: "[id]: path".
func definition(lines []string, destination string) (problem.Position, bool) {
	form := regexp.MustCompile(`^ {0,3}\[[^\]]+\]:\s*<?` + regexp.QuoteMeta(destination) + `(?:[\s#>]|$)`)
	for i, line := range lines {
		if form.MatchString(line) {
			before, _, _ := strings.Cut(line, destination)
			return problem.Position{Line: i + 1, Column: utf8.RuneCountInString(before) + 1}, true
		}
	}
	return problem.Position{}, false
}
