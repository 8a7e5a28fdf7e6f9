// Package rename gives an entry of the content another id: it moves the file,
// rewrites whatever names it, and keeps the old address as an alias.
//
// [Make] only plans: it parses the content as it would be afterwards, and
// returns an error instead of a plan with which the content would have a problem
// that it does not have now. [Plan.Write] makes all changes or none.
package rename

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
)

// Content is what a content folder holds, by path below it.
type Content struct {
	Texts       map[string][]byte // Markdown and YAML
	Attachments map[string]bool   // pictures and documents
	Today       content.Date
}

// Plan is what a rename changes.
type Plan struct {
	Moves   []Move
	Changes []Change // sorted
	texts   map[string][]byte
	before  map[string][]byte
	Note    string // what stays to be done; usually empty
}

// Move is a file that moves.
type Move struct{ From, To string }

// Change is a text that is replaced; Was is empty for a text that is added.
type Change struct {
	File     string // as it is called before
	Line     int
	Was, Now string
}

// kind is a kind of entry that can be renamed.
type kind struct {
	name   string
	class  content.Class
	folder string // of its files; empty for an entry of a list
	refers string // the refers tag of the fields that name one
	// address returns the address of its page, before the id, from the terms in
	// addresses. It is nil where the address cannot have aliases.
	address func(content.Terms) string
}

var kinds = []kind{
	{"case", content.CaseClass, "cases", "cases", ofCases},
	{"principle", content.PrincipleClass, "principles", "principles", ofPrinciples},
	{"hallmark", content.PrincipleClass, "", "hallmarks", ofPrinciples},
	{"resource", content.ResourceClass, "resources", "resources", func(content.Terms) string { return "/resources/" }},
	{"page", content.PageClass, "pages", "pages", func(content.Terms) string { return "/" }},
	{"organisation", content.OrganisationsClass, "", "organisations", nil},
	{"discipline", content.DisciplinesClass, "", "disciplines", nil},
	{"reference", content.ReferencesClass, "", "references", nil},
}

func ofCases(words content.Terms) string      { return "/" + words.CaseStudy.Other + "/" }
func ofPrinciples(words content.Terms) string { return "/" + words.Principle.Other + "/" }

// Kinds are the names of the kinds of entries that can be renamed.
func Kinds() []string {
	var names []string
	for _, k := range kinds {
		names = append(names, k.name)
	}
	return names
}

// Make plans to rename an entry.
func Make(c Content, kindName, old, now string) (*Plan, error) {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == kindName })
	if i < 0 {
		return nil, fmt.Errorf("%q is no kind of entry: use one of %s", kindName, strings.Join(Kinds(), ", "))
	}
	if old == now {
		return nil, fmt.Errorf("%s is its id already", now)
	}
	if slug := content.Slug(now); kinds[i].class != content.ReferencesClass && slug != now {
		return nil, fmt.Errorf("%q cannot be an id: write small letters, digits and single hyphens, such as %s", now, cmp.Or(slug, "burns-care"))
	}
	p := &planner{content: c, kind: kinds[i], old: old, now: now, edits: map[string][]problem.Edit{}, plan: &Plan{before: c.Texts}}
	for _, name := range slices.Sorted(maps.Keys(c.Texts)) {
		p.files = append(p.files, content.Parse(name, c.Texts[name]))
	}
	for _, step := range []func() error{p.find, p.rewriteNames, p.rewriteLinks, p.apply, p.verify} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(p.plan.Changes, func(a, b Change) int { return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line) })
	return p.plan, nil
}

// planner is a Plan in the making.
type planner struct {
	content  Content
	kind     kind
	old, now string
	files    []*content.Parsed // by path
	plan     *Plan

	edits     map[string][]problem.Edit // by file
	moved     map[string]string         // new paths of files and attachments
	aliases   []alias
	from, to  string // addresses of the page
	principle string // of a hallmark
}

// alias is an old address, and the file that keeps it.
type alias struct {
	file             string
	id               string // of the hallmark whose alias it is; empty: of the file
	address, present string
}

// find finds the entry, and plans its new file or id and its aliases.
func (p *planner) find() error {
	if p.kind.folder != "" {
		return p.findFile()
	}
	for _, f := range p.files {
		for _, e := range f.Entries {
			source := e.Origin()
			if source.Class != p.kind.class {
				continue
			}
			if principle, ok := e.(*content.Principle); ok {
				for _, h := range principle.Hallmarks {
					if h.ID == p.old {
						p.principle = principle.ID
						return p.findEntry(f.Path, h.At.Line)
					}
				}
			} else if source.ID == p.old {
				return p.findEntry(f.Path, source.At.Line)
			}
		}
	}
	return fmt.Errorf("there is no %s %q: name it by its id", p.kind.name, p.old)
}

// findFile plans how the file or folder of an entry moves.
func (p *planner) findFile() error {
	file, folder := path.Join(p.kind.folder, p.old+".md"), path.Join(p.kind.folder, p.old)
	p.moved = map[string]string{}
	newFolder := path.Join(p.kind.folder, p.now)
	switch {
	case p.content.Texts[file] != nil:
		p.moved[file] = newFolder + ".md"
	case p.content.Texts[folder+"/index.md"] != nil:
		for _, name := range slices.Concat(slices.Collect(maps.Keys(p.content.Texts)), slices.Collect(maps.Keys(p.content.Attachments))) {
			if below, ok := strings.CutPrefix(name, folder+"/"); ok {
				p.moved[name] = newFolder + "/" + below
			}
		}
		file = folder + "/index.md"
	default:
		return fmt.Errorf("there is no %s %q: it would be %s or %s/index.md", p.kind.name, p.old, file, folder)
	}
	if p.content.Texts[newFolder+".md"] != nil || p.content.Texts[newFolder+"/index.md"] != nil {
		return fmt.Errorf("there is a %s %q already: choose another id", p.kind.name, p.now)
	}
	for _, from := range slices.Sorted(maps.Keys(p.moved)) {
		p.plan.Moves = append(p.plan.Moves, Move{from, p.moved[from]})
	}
	p.from, p.to = p.address()+p.old+"/", p.address()+p.now+"/"
	p.aliases = append(p.aliases, alias{file, "", p.from, p.to})
	if p.kind.class == content.PrincipleClass {
		for _, h := range p.parsed(file).Entries[0].(*content.Principle).Hallmarks {
			p.aliases = append(p.aliases, alias{file, h.ID, p.from + h.ID + "/", p.to + h.ID + "/"})
		}
	}
	return nil
}

// address returns the address of the entry's page, before the id.
func (p *planner) address() string {
	var terms content.Terms
	for _, f := range p.files {
		for _, e := range f.Entries {
			if s, ok := e.(*content.Site); ok {
				terms = s.Terms
			}
		}
	}
	return p.kind.address(terms.Slugs())
}

// findEntry plans the new id of an entry of a list.
func (p *planner) findEntry(file string, line int) error {
	lines := problem.Lines(p.content.Texts[file])
	for n := line; n <= len(lines); n++ {
		at := idColumn(lines[n-1], p.old)
		if at < 0 {
			continue
		}
		p.replace(file, problem.Position{Line: n, Column: at}, p.old, p.now)
		if p.kind.address == nil {
			if p.kind.class != content.ReferencesClass {
				p.plan.Note = fmt.Sprintf("the page of this %s has another address now, and a link from elsewhere to the old one is dead", p.kind.name)
			}
			return nil
		}
		p.from, p.to = p.address()+p.principle+"/"+p.old+"/", p.address()+p.principle+"/"+p.now+"/"
		p.aliases = append(p.aliases, alias{file, p.now, p.from, p.to})
		return nil
	}
	return fmt.Errorf("%s:%d: the id %s is written in a way that cannot be rewritten: write id: %s there first", file, line, p.old, p.old)
}

func (p *planner) parsed(file string) *content.Parsed {
	return p.files[slices.IndexFunc(p.files, func(f *content.Parsed) bool { return f.Path == file })]
}

// replace plans to replace a text of one line.
func (p *planner) replace(file string, at problem.Position, was, now string) {
	to := problem.Position{Line: at.Line, Column: at.Column + len([]rune(was))}
	e := problem.Edit{From: at, To: to, Text: now}
	if !slices.Contains(p.edits[file], e) {
		p.edits[file] = append(p.edits[file], e)
		p.plan.Changes = append(p.plan.Changes, Change{file, at.Line, was, now})
	}
}

// apply makes the edits, and adds the aliases.
func (p *planner) apply() error {
	p.plan.texts = map[string][]byte{}
	for file, edits := range p.edits {
		text, err := problem.Apply(p.content.Texts[file], edits)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		p.plan.texts[file] = text
	}
	for _, a := range p.aliases {
		text, edited := p.plan.texts[a.file]
		if !edited {
			text = p.content.Texts[a.file]
		}
		with, line, err := withAlias(text, a)
		if err != nil {
			return err
		}
		p.plan.texts[a.file] = with
		p.plan.Changes = append(p.plan.Changes, Change{a.file, line, "", "aliases: " + a.address})
	}
	return nil
}

// verify compares the problems before and after.
func (p *planner) verify() error {
	after := Content{Texts: map[string][]byte{}, Attachments: map[string]bool{}, Today: p.content.Today}
	for name, text := range p.content.Texts {
		if edited, ok := p.plan.texts[name]; ok {
			text = edited
		}
		after.Texts[cmp.Or(p.moved[name], name)] = text
	}
	for name := range p.content.Attachments {
		after.Attachments[cmp.Or(p.moved[name], name)] = true
	}
	known := map[string]int{}
	for _, one := range p.content.problems() {
		known[one.Code]++
	}
	seen := map[string]int{}
	for _, one := range after.problems() {
		if seen[one.Code]++; seen[one.Code] > known[one.Code] {
			return fmt.Errorf("nothing is renamed, because this would be wrong afterwards: %s", one.String())
		}
	}
	return nil
}

// problems are the problems of the content, apart from advice.
func (c Content) problems() []problem.Problem {
	var files []*content.Parsed
	var all []problem.Problem
	for _, name := range slices.Sorted(maps.Keys(c.Texts)) {
		f := content.Parse(name, c.Texts[name])
		files = append(files, f)
		all = append(all, f.Problems...)
	}
	lib, linked := library.New(files, library.Options{Drafts: true, Today: c.Today, Attachments: c.Attachments})
	all = append(all, linked...)
	if lib != nil {
		_, dead := lib.ResolveLinks(files)
		all = append(all, dead...)
	}
	return slices.DeleteFunc(all, func(one problem.Problem) bool { return one.Severity == problem.Advice })
}
