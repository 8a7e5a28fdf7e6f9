// Package pipeline turns a source tree into a snapshot of the whole site, or into a
// list of the problems that prevent it.
//
// The first build and every rebuild use the same [Builder.Build]. A Builder keeps
// the results of pure steps between builds, each under a key made of all of its
// inputs. What is built again depends only on these keys, not on events or on the
// order of edits.
//
// The size of the site limits what a Builder keeps: for each case study, less than
// 36 KB of memory, including its source, and 66 KB in a temporary file for the
// pages rendered from it. The file is rewritten when more than half of it (and more
// than 64 MiB) is outdated. BenchmarkKept measures both. Pictures, their smaller
// copies and downloads are in a second file with the same rule.
package pipeline

import (
	"context"
	"io/fs"
	"slices"
	"sync/atomic"

	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/parallel"
	"casebook/internal/problem"
	"casebook/internal/source"
	"casebook/internal/twin"
)

// Options are the settings that stay the same from build to build.
type Options struct {
	Theme    fs.FS                              // required: the default theme
	BaseURL  string                             // overrides the base_url of site.yaml
	Drafts   bool                               // show drafts too
	Strict   bool                               // warnings are errors
	Cache    *cache.Cache                       // results of earlier processes; nil: keep nothing
	Progress func(stage Stage, done, total int) // a total of 0 means unknown
}

// Stage is a part of a build that may take a while.
type Stage string

// The stages of a build, in order. The stages of package search come after
// Exporting, and those of package publish after them.
const (
	Listing   Stage = "listing files"
	Reading   Stage = "reading"
	Pictures  Stage = "pictures" // and other attachments; reported only when some are new
	Linking   Stage = "linking"
	Rendering Stage = "rendering"
	Keeping   Stage = "keeping for the next build"
	Gathering Stage = "gathering texts for the search"
	Exporting Stage = "making data for other programs"
)

// Input is everything that a build depends on, besides Options.
type Input struct {
	Tree  *source.Tree // the folder that holds content/ and themes/
	Today content.Date // the build date

	once bool // the tree is built once: hold no text in memory that is not needed until the pages are rendered
}

// Builder builds a site repeatedly. It is not safe for concurrent use.
type Builder struct {
	opts Options

	parsed      map[string]*parsedFile // by path below content/
	attachments map[string]*attachment // by path below content/
	library     step[libraryKey, linked]
	theme       step[themeKey, themed]
	pages       pageCache
	kept        kept   // what was read from Options.Cache
	attached    *store // bytes of the attachments; nil until there are some
	bodies      *store // texts and HTML of bodies, for a tree that is built once
	slack       int64  // number of outdated bytes that a store may hold: minSlack
	left        bool   // whether a build was interrupted
}

// New returns a builder. Close it to remove its temporary files.
func New(opts Options) *Builder {
	if opts.Progress == nil {
		opts.Progress = func(Stage, int, int) {}
	}
	return &Builder{opts: opts, attachments: map[string]*attachment{}, pages: pageCache{twins: twin.New()}, slack: minSlack}
}

// Close removes the temporary files. The pages of earlier snapshots can no
// longer be read; the texts of results can.
func (b *Builder) Close() error {
	return closeStores(b.pages.store, b.attached)
}

// release lets go of everything but the theme. Another build then begins as that of
// a new process does.
func (b *Builder) release() {
	b.parsed = nil
	b.library = step[libraryKey, linked]{}
	b.pages.byPath = nil
}

// Build turns the input into a site: it parses, links and checks the content,
// decides on the pages, and renders them. The error is that of the context or of
// the disk; problems of the content are in the result. When the context ends, Build
// returns immediately and the Builder must not be used again.
func (b *Builder) Build(ctx context.Context, in Input) (*Result, error) {
	return b.leave(ctx, func() (*Result, error) { return b.build(ctx, in) })
}

func (b *Builder) build(ctx context.Context, in Input) (*Result, error) {
	result, attached, themed, err := b.plan(ctx, in)
	if err != nil || result.Failed() {
		return result, err
	}
	pages, err := b.render(ctx, result.site, themed, result.texts)
	if err != nil {
		return nil, err
	}
	result.room = roomOf(pages)
	snapshot := newSnapshot(pages, themed.assets, attached.used(result.site, result.texts))
	result.Problems = b.strict(result.Library, slices.Concat(result.Problems, overweight(pages), replacing(attached.static, snapshot)))
	if result.Failed() {
		return result, nil
	}
	result.Snapshot = snapshot.with(attached.static)
	result.Pages, result.Rerendered = len(pages), rerendered(pages)
	result.made = b.library.key
	result.data = dataPage(result.site)
	result.favicon = attached.outputs[result.Library.Favicon]
	return result, nil
}

// Plan is like Build, without pages: the result has no snapshot.
func (b *Builder) Plan(ctx context.Context, in Input) (*Result, error) {
	return b.leave(ctx, func() (*Result, error) {
		result, _, _, err := b.plan(ctx, in)
		return result, err
	})
}

// plan returns the content, read and linked, the files that pages may show, and the
// theme.
func (b *Builder) plan(ctx context.Context, in Input) (*Result, attachments, themed, error) {
	result, attached, err := b.read(ctx, in)
	if err != nil {
		return nil, attachments{}, themed{}, err
	}
	loaded := b.loadTheme(in.Tree, result.Library)
	result.Problems = b.strict(result.Library, slices.Concat(result.Problems, loaded.problems))
	result.today, result.theme = in.Today, loaded.theme
	return result, attached, loaded, ctx.Err()
}

// Read does the part of Build that reads and links the content, for callers that
// need neither pages nor the theme. The library is nil when there is no usable
// site.yaml.
func (b *Builder) Read(ctx context.Context, in Input) (*library.Library, []problem.Problem, error) {
	result, err := b.leave(ctx, func() (*Result, error) {
		result, _, err := b.read(ctx, in)
		return result, err
	})
	if err != nil {
		return nil, nil, err
	}
	return result.Library, result.Problems, nil
}

// read returns the content, read and linked, and the files that pages may show.
func (b *Builder) read(ctx context.Context, in Input) (*Result, attachments, error) {
	files, err := b.parse(ctx, in)
	if err != nil {
		return nil, attachments{}, err
	}
	attached, err := b.attach(ctx, in.Tree)
	if err != nil {
		return nil, attachments{}, err
	}
	linked := b.link(files, attached, in.Today)
	texts, dead := resolve(files, linked)
	texts.parsed = b.parsed
	texts.plain = map[string]*File{}
	for path, p := range b.parsed {
		if p.text != nil { // this or an earlier input is built once
			texts.plain[path] = p.text
		}
	}
	return &Result{
		Library: linked.library, site: linked.site, texts: texts, key: in.key(), tree: in.Tree, parsed: b.parsed,
		Problems: b.strict(linked.library, slices.Concat(inTree(in.Tree), inContent(files, attached, linked, dead))),
	}, attached, nil
}

// leave returns the result of the work, or immediately when the context ends.
func (b *Builder) leave(ctx context.Context, work func() (*Result, error)) (*Result, error) {
	result, err := parallel.Leave(ctx, work)
	b.left = b.left || ctx.Err() != nil
	return result, err
}

// each calls work for 0 to n-1 on all processors and reports progress.
func (b *Builder) each(ctx context.Context, stage Stage, n int, work func(i int) error) error {
	b.opts.Progress(stage, 0, n)
	var finished atomic.Int64
	return parallel.Each(ctx, n, func(i int) error {
		err := work(i)
		b.opts.Progress(stage, int(finished.Add(1)), n)
		return err
	})
}

// step keeps the last result of a pure step.
type step[K comparable, V any] struct {
	key   K
	value V
	done  bool
}

// do returns the result for the key. It calls compute only if the key differs from
// the last one.
func (s *step[K, V]) do(key K, compute func() V) V {
	if !s.done || s.key != key {
		s.key, s.value, s.done = key, compute(), true
	}
	return s.value
}
