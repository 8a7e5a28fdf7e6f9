// Package pipeline is the one pipeline: a source tree becomes a snapshot of the
// whole site, or a list of what is wrong with it.
//
// The first build and every rebuild are the same [Builder.Build]. What a
// Builder keeps between builds are results of pure steps, each under a key
// made of all of its inputs; no event, and no order of edits, decides what is
// built again.
//
// What is kept is bounded by the site: less than 48 KB of memory for each case study,
// its source included, and 35 KB in a temporary file for the pages rendered of
// it, which is written anew when more than half of it (and 64 MiB) is outdated.
// BenchmarkKept measures both. The smaller copies of pictures are in another such
// file, by the same rule.
package pipeline

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync/atomic"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
	"casebook/internal/parallel"
	"casebook/internal/problem"
	"casebook/internal/search"
	"casebook/internal/site"
	"casebook/internal/source"
	"casebook/internal/theme"
)

// Options are what stays the same from build to build.
type Options struct {
	Theme    fs.FS  // required: the default theme
	BaseURL  string // overrides the base_url of site.yaml
	Drafts   bool   // show drafts too
	Strict   bool   // warnings are errors
	Explain  bool   // note why pages are rendered, for Result.Explain
	Progress func(Stage, int, int)
}

// Stage is a part of a build that may take a while.
type Stage string

// The stages of a build, in order.
const (
	Reading   Stage = "reading"
	Pictures  Stage = "pictures" // and other attachments; only where some are new
	Rendering Stage = "rendering"
)

// Input is everything that a build is a function of, besides Options.
type Input struct {
	Tree  *source.Tree // of the folder that holds content/ and themes/
	Today content.Date // the build date
}

// Result is what came of a build.
type Result struct {
	Snapshot *Snapshot         // nil when there are errors
	Problems []problem.Problem // sorted; files are relative to the source folder, or in DefaultTheme
	Library  *library.Library  // nil when there is no usable site.yaml
	Pages    int               // of the site, redirects included
	Rendered int               // pages rendered by this build; the others were reused

	because   map[string][]cause       // by the address of a rendered page
	pageOf    func(file string) string // address of the page of a file below content/
	documents func() []search.Document // what is to be searched
	labels    func() map[search.Group][]search.Value
}

// Labels are the values that a search can be filtered by, and what readers see
// of them. The result must have a snapshot.
func (r *Result) Labels() map[search.Group][]search.Value { return r.labels() }

// PageOf is the address, without its first slash, of the page that a file of
// the source folder has for itself; empty when it has none.
func (r *Result) PageOf(file string) string {
	path, ok := strings.CutPrefix(file, contentFolder)
	if !ok || r.pageOf == nil {
		return ""
	}
	return strings.TrimPrefix(r.pageOf(path), "/")
}

// kindWords is the family of the theme's strings that name kinds of documents.
const kindWords = "kind."

// Failed reports whether the problems stopped the build.
func (r *Result) Failed() bool { return problem.Count(r.Problems, problem.Error) > 0 }

// Builder builds again and again. It is not safe for concurrent use.
type Builder struct {
	opts   Options
	prints fingerprinter

	parsed      map[string]*parsedFile
	attachments map[string]*attachment
	library     step[libraryKey, linked]
	theme       step[[32]byte, loaded]
	rendered    map[string]*renderedPage // by page path
	look        *theme.Theme             // that they were rendered with
	leftOut     part                     // by a test, of all keys
	store       *store                   // of the bytes of rendered pages
	pictures    *store                   // of the copies of pictures; nil while there is none
	outdated    int64                    // bytes kept in a store without a thought: minStore, but in a test
}

// New returns a builder that has built nothing yet.
func New(opts Options) *Builder {
	if opts.Progress == nil {
		opts.Progress = func(Stage, int, int) {}
	}
	return &Builder{opts: opts, attachments: map[string]*attachment{}, outdated: minStore}
}

// step keeps the last result of a pure step.
type step[K comparable, V any] struct {
	key   K
	value V
	done  bool
}

// do returns the result for the key, computing it only if the key is new.
func (s *step[K, V]) do(key K, compute func() V) V {
	if !s.done || s.key != key {
		s.key, s.value, s.done = key, compute(), true
	}
	return s.value
}

// Build turns the input into a site: parse, link and check, decide on the
// pages, render them. The error is the context's; what is wrong with the
// content is in the result.
func (b *Builder) Build(ctx context.Context, in Input) (*Result, error) {
	files := b.parse(ctx, in.Tree)
	attached, err := b.attach(ctx, in.Tree)
	if err != nil {
		return nil, err
	}
	linked := b.link(files, attached, in.Today)
	look := b.loadTheme(in.Tree, linked.library)
	texts, dead := resolve(files, attached, linked.library)
	problems := b.problems(in.Tree, files, attached, append(linked.problems[:len(linked.problems):len(linked.problems)], dead...), look)
	result := &Result{Problems: problems, Library: linked.library, because: map[string][]cause{}}
	if err := ctx.Err(); err != nil || result.Failed() {
		return result, err
	}
	if err := b.openStore(); err != nil {
		return nil, err
	}
	pages, err := b.render(ctx, linked.site, look, texts)
	if err != nil {
		return nil, err
	}
	if result.Problems = b.strict(append(result.Problems, overweight(pages)...)); result.Failed() {
		return result, nil
	}
	snapshot := &Snapshot{files: make(map[string]*File, len(pages)+len(look.assets))}
	for _, p := range pages {
		snapshot.files[p.file.Path] = p.file
		if p.fresh {
			result.Rendered++
			if b.opts.Explain {
				result.because[address(site.Of(p.page).Path)] = p.because
			}
		}
	}
	for _, f := range look.assets {
		snapshot.files[f.Path] = f
	}
	for _, path := range linked.site.Attachments(texts.bodies, texts.links) {
		f := attached.outputs[path]
		snapshot.files[f.Path] = f
	}
	result.Snapshot, result.Pages = snapshot, len(pages)
	word := func(kind string) string { return look.theme.Word(kindWords, kind) }
	result.pageOf = site.PageOf(linked.library)
	result.labels = func() map[search.Group][]search.Value { return linked.site.Labels(word) }
	result.documents = func() []search.Document {
		return linked.site.Documents(texts.bodies, site.Words{Kind: word, Period: look.theme.Period})
	}
	return result, nil
}

const (
	contentFolder = "content/"
	settingsFile  = "site.yaml" // below it
	themesFolder  = "themes/"
)

// parsedFile is a content file and what was made of it.
type parsedFile struct {
	*content.Parsed
	hash [32]byte
}

// parse parses the files of the content folder that have changed.
func (b *Builder) parse(ctx context.Context, tree *source.Tree) []*content.Parsed {
	var sources []*source.File
	for _, f := range tree.Files() {
		if path, ok := strings.CutPrefix(f.Path, contentFolder); ok {
			if class, _ := content.Classify(path); class != content.AttachmentClass && class != content.JunkClass {
				sources = append(sources, f)
			}
		}
	}
	parsed := make([]*parsedFile, len(sources))
	_ = b.each(ctx, Reading, len(sources), func(i int) error { // the error is that of the context
		f := sources[i]
		path := strings.TrimPrefix(f.Path, contentFolder)
		known, hash := b.parsed[path], b.part(fileBytes, f.Hash)
		if known == nil || known.hash != hash {
			parsed[i] = &parsedFile{parse(path, f), hash}
			parsed[i].keepEntries(known)
			return nil
		}
		parsed[i] = known
		return nil
	})
	files := make([]*content.Parsed, 0, len(parsed))
	b.parsed = make(map[string]*parsedFile, len(parsed))
	for _, p := range parsed {
		if p != nil { // nil: the context was done first
			b.parsed[p.Path] = p
			files = append(files, p.Parsed)
		}
	}
	return files
}

func parse(path string, f *source.File) *content.Parsed {
	data, err := f.Data()
	if err != nil {
		return &content.Parsed{Path: path, Problems: []problem.Problem{{
			File: path, Code: "unreadable", Message: err.Error(), Hint: "build again",
		}}}
	}
	return content.Parse(path, data)
}

// keepEntries puts the entries of an earlier parse in the place of equal new
// ones at the same line, so that an edit of the body alone leaves the library's input the same.
func (p *parsedFile) keepEntries(earlier *parsedFile) {
	if earlier == nil || len(earlier.Entries) != len(p.Entries) {
		return
	}
	for i, e := range p.Entries {
		if old := earlier.Entries[i]; old.Origin().Key == e.Origin().Key && old.Origin().At == e.Origin().At {
			p.Entries[i] = earlier.Entries[i]
		}
	}
}

// texts are the bodies of all files, and where their links lead.
type texts struct {
	bodies map[string]*content.Body // by path below content/
	links  library.Links
}

// resolve gathers the bodies and finds where their links lead. lib is nil when
// there is no usable site.yaml.
func resolve(files []*content.Parsed, attached attachments, lib *library.Library) (texts, []problem.Problem) {
	t := texts{bodies: make(map[string]*content.Body, len(files))}
	for _, f := range files {
		if f.Body != nil {
			t.bodies[f.Path] = f.Body
		}
	}
	if lib == nil {
		return t, nil
	}
	var dead []problem.Problem
	t.links, dead = lib.ResolveLinks(files, attached.paths)
	return t, dead
}

// libraryKey is everything that the library and the site are made of.
type libraryKey struct{ entries, attachments, today [32]byte }

// linked is the library and the site, with the problems of both.
type linked struct {
	library  *library.Library
	site     *site.Site
	problems []problem.Problem
}

// link cross-links the entries and decides on the pages.
func (b *Builder) link(files []*content.Parsed, attached attachments, today content.Date) linked {
	refused := attached.refused()
	all, mistaken := entriesKey(files), []byte(nil)
	for _, f := range library.Faulty(files) {
		mistaken = fmt.Appendf(mistaken, "%q", f.Path)
	}
	key := libraryKey{
		b.part(entries, hashOf(all[:], mistaken)),
		b.part(attachmentFacts, hashOf(attached.key[:], fmt.Append(nil, refused))),
		b.part(buildDate, hashOf([]byte(today.String()))),
	}
	return b.library.do(key, func() linked {
		lib, problems := library.New(files, library.Options{Drafts: b.opts.Drafts, Today: today, Attachments: attached.paths, Refused: refused})
		if lib == nil {
			return linked{problems: problems}
		}
		s, collisions := site.New(lib, site.Options{BaseURL: b.opts.BaseURL, Attachments: attached.shown})
		return linked{lib, s, append(problems, collisions...)}
	})
}

// refused are the paths of those that may not be published.
func (a attachments) refused() map[string]bool {
	refused := map[string]bool{}
	for path, one := range a.files {
		if one.file == nil {
			refused[path] = true
		}
	}
	return refused
}

// loaded is a theme, its assets as files, and what is wrong with it.
type loaded struct {
	theme    *theme.Theme
	assets   []*File
	weights  weights // of the assets
	problems []problem.Problem
}

// DefaultTheme names the default theme in problems with its files, which are not
// below the source folder.
const DefaultTheme = "default theme"

// loadTheme loads the site's theme over the default one.
func (b *Builder) loadTheme(tree *source.Tree, lib *library.Library) loaded {
	if lib == nil {
		return loaded{}
	}
	layers := []theme.Layer{{Name: DefaultTheme, FS: b.opts.Theme}}
	key := [32]byte{}
	if name := lib.Site.Theme; name != "" && name != "default" {
		folder := themesFolder + name
		themeKey, found := treeKey(tree, folder)
		if !found {
			return loaded{problems: []problem.Problem{{
				File: contentFolder + settingsFile, Code: "unknown-theme", Message: fmt.Sprintf("there is no folder %s", folder),
				Hint: "make it, or take the theme line out of site.yaml to use the default theme",
			}}}
		}
		layers = append([]theme.Layer{{Name: folder, FS: tree.Sub(folder)}}, layers...)
		key = b.part(themeFiles, themeKey)
	}
	lang := b.part(language, hashOf([]byte(lib.Site.Language)))
	key = hashOf(key[:], lang[:])
	return b.theme.do(key, func() loaded {
		t, problems := theme.Load(layers, lib.Site.Language)
		if t == nil {
			for i := range problems {
				if problems[i].Code == theme.LanguageCode {
					problems[i].File = contentFolder + settingsFile
				}
			}
			return loaded{problems: problems}
		}
		look := loaded{theme: t, problems: problems}
		for _, f := range t.Assets() {
			look.assets = append(look.assets, newFile(f.Path, f.Data))
		}
		look.weights = weigh(look.assets)
		return look
	})
}

// problems gathers what every stage found, at paths below the source folder.
func (b *Builder) problems(tree *source.Tree, files []*content.Parsed, attached attachments, linking []problem.Problem, look loaded) []problem.Problem {
	var all []problem.Problem
	for _, p := range tree.Problems() {
		all = append(all, problem.Problem{File: p.Path, Code: p.Code, Message: p.Message, Hint: p.Hint})
	}
	for _, f := range files {
		all = append(all, inContent(f.Problems)...)
	}
	all = append(all, inContent(attached.problems)...)
	all = append(all, inContent(linking)...)
	return b.strict(append(all, look.problems...))
}

// strict sorts the problems; with Options.Strict warnings are errors.
func (b *Builder) strict(all []problem.Problem) []problem.Problem {
	all = capped(problem.Sort(all))
	if b.opts.Strict {
		all = problem.Strict(all)
	}
	return all
}

// capped keeps at most frontmatter.MaxProblems problems of a file, and says where it
// left some out, as gravely as the gravest of them: more only bury the first.
func capped(sorted []problem.Problem) []problem.Problem {
	kept := sorted[:0]
	counts, notes := map[string]int{}, map[string]int{}
	for _, p := range sorted {
		counts[p.File]++
		switch n := counts[p.File]; {
		case n < frontmatter.MaxProblems+2: // the parser has added one that says so itself
			kept = append(kept, p)
		case n == frontmatter.MaxProblems+2:
			notes[p.File] = len(kept)
			kept = append(kept, problem.Problem{
				File: p.File, Line: p.Line, Column: p.Column, Severity: p.Severity, Code: "too-many-problems",
				Message: fmt.Sprintf("this file has more than %d problems; the others are not shown", frontmatter.MaxProblems),
				Hint:    "mend these first",
			})
		default:
			note := &kept[notes[p.File]]
			note.Severity = min(note.Severity, p.Severity)
		}
	}
	return kept
}

func inContent(problems []problem.Problem) []problem.Problem {
	placed := slices.Clone(problems)
	for i := range placed {
		placed[i].File = contentFolder + placed[i].File
	}
	return placed
}

// openStore makes the store of pages, and a new one when most of what is in it
// has been rendered again since: pages that are not rendered then move to it.
// Earlier snapshots keep the store they are in.
func (b *Builder) openStore() error {
	used := int64(0)
	for _, p := range b.rendered {
		used += p.file.Size
	}
	if b.store != nil && !b.isOutdated(b.store, used) {
		return nil
	}
	fresh, err := newStore()
	if err != nil {
		return err
	}
	b.store = fresh
	return nil
}

// isOutdated reports that most of what is in a store is used no more.
func (b *Builder) isOutdated(s *store, used int64) bool { return s.size > 2*used+b.outdated }

// minStore is how many bytes that are used no more are kept without a thought.
const minStore = 64 << 20

// renderedPage is a page's bytes and all that they are made of.
type renderedPage struct {
	page  site.Page     // as site.New made it, without its body
	body  *content.Body // as it was parsed, or nil
	print [32]byte      // of page
	words [32]byte      // of body, resolved; of zeros when there is none
	look  [32]byte      // theme.Key of it
	used  theme.Used    // the templates that it took
	file  *File
	store *store // that the file is in
	load  load
	fresh bool // rendered by the last build

	because []cause // when it is fresh and Options.Explain is set
}

// render turns pages into bytes, those again whose key has changed.
func (b *Builder) render(ctx context.Context, s *site.Site, look loaded, texts texts) ([]*renderedPage, error) {
	pages := make([]*renderedPage, len(s.Pages))
	err := b.each(ctx, Rendering, len(pages), func(i int) (err error) {
		pages[i], err = b.page(s, look, s.Pages[i], texts)
		return err
	})
	if err != nil {
		return nil, err
	}
	b.rendered = make(map[string]*renderedPage, len(pages))
	for _, p := range pages {
		b.rendered[site.Of(p.page).Path] = p
	}
	b.look = look.theme
	return pages, nil
}

// page renders one page, or takes what an earlier build made of the same data.
func (b *Builder) page(s *site.Site, look loaded, page site.Page, texts texts) (*renderedPage, error) {
	p := &renderedPage{page: page}
	if _, ok := page.(site.Texted); ok {
		p.body = texts.bodies[site.SourceOf(page)]
	}
	known := b.rendered[site.Of(page).Path]
	if known == nil {
		known = &renderedPage{} // without a file
	}
	// Pages of one site are the same objects, and links lead to the same targets.
	samePage := known.file != nil && b.same(pageData, known.page == page)
	sameLook := samePage && b.same(pageLook, b.look == look.theme)
	sameText := samePage && b.same(pageText, known.body == p.body)
	if samePage && sameLook && sameText {
		return p, b.reuse(p, known)
	}
	var text *site.Body
	if p.body != nil {
		text = s.Body(page, p.body, texts.links[site.SourceOf(page)])
	}
	if samePage {
		p.print = known.print
	} else {
		p.print = b.part(pageData, b.prints.of(page))
	}
	if sameText {
		p.words = known.words
	} else if text != nil {
		p.words = b.part(pageText, text.Fingerprint())
	}
	if known.file != nil {
		p.look = b.part(pageLook, look.theme.Key(page, known.used))
		if p.print == known.print && p.words == known.words && p.look == known.look {
			return p, b.reuse(p, known)
		}
	}
	if b.opts.Explain {
		p.because = b.because(known, p)
	}
	return p, b.renderPage(p, look, text)
}

// renderPage renders a page with its text, if it has one.
func (b *Builder) renderPage(p *renderedPage, look loaded, text *site.Body) error {
	page := p.page
	if texted, ok := page.(site.Texted); ok && text != nil {
		page = texted.WithBody(text)
	}
	buffer := scratch.Get().(*[]byte)
	defer scratch.Put(buffer)
	data, used, err := look.theme.Render((*buffer)[:0], page)
	*buffer = data
	if err != nil {
		return err
	}
	p.used, p.look = used, b.part(pageLook, look.theme.Key(page, used))
	p.load, p.store, p.fresh = look.weights.load(page, data, look.theme.AssetsOf(page)), b.store, true
	p.file, err = b.store.keep(site.OutputPath(site.Of(page).Path), data)
	return err
}

// reuse takes what is known of the same page.
func (b *Builder) reuse(p, known *renderedPage) error {
	p.print, p.words, p.look, p.used = known.print, known.words, known.look, known.used
	p.file, p.load, p.store = known.file, known.load, b.store
	if known.store == b.store {
		return nil
	}
	data, err := known.file.Bytes()
	if err != nil {
		return err
	}
	p.file, err = b.store.keep(known.file.Path, data)
	return err
}

// each does work for 0 to n-1 on all processors, and tells how far it is.
func (b *Builder) each(ctx context.Context, stage Stage, n int, work func(i int) error) error {
	b.opts.Progress(stage, 0, n)
	var finished atomic.Int64
	return parallel.Each(ctx, n, func(i int) error {
		err := work(i)
		b.opts.Progress(stage, int(finished.Add(1)), n)
		return err
	})
}
