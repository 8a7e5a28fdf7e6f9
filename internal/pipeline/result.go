package pipeline

// The result of a build.

import (
	"errors"
	"maps"
	"strings"
	"sync"

	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/search"
	"casebook/internal/site"
	"casebook/internal/source"
	"casebook/internal/theme"
)

// Result holds the site that a build made and the problems that it found.
type Result struct {
	Snapshot   *Snapshot         // nil when there are errors, or no pages were asked for
	Problems   []problem.Problem // sorted; file names are relative to the source folder, or in DefaultTheme
	Library    *library.Library  // nil when there is no usable site.yaml
	Pages      int               // number of pages of the site, including redirects
	Rerendered []Rerendered      // the pages that this build rendered; the others are reused from the build before

	today   content.Date           // the build date
	key     cache.Key              // hash of the input
	tree    *source.Tree           // the input; nil after release
	parsed  map[string]*parsedFile // nil after release
	room    map[string]int         // what is left of the budget of its page, by path of the file
	made    libraryKey             // key of the library and the site
	site    *site.Site             // nil after Finish
	texts   texts                  // after release, only their plain texts
	theme   *theme.Theme
	data    *site.DataPage // nil if the site has none
	favicon *File          // the icon that site.yaml names, or nil
}

// release lets go of the content and of what only the pages show of it. The exports, the
// documents and the labels can still be made.
func (r *Result) release() {
	bodies := maps.Clone(r.texts.bodies)
	maps.DeleteFunc(bodies, func(file string, _ *content.Body) bool { return r.texts.plain[file] != nil })
	r.tree, r.parsed, r.texts = nil, nil, texts{plain: r.texts.plain, bodies: bodies}
}

// faviconHash returns the hash of the icon's bytes, or zero if there is no icon.
func (r *Result) faviconHash() [32]byte {
	if r.favicon == nil {
		return [32]byte{}
	}
	return r.favicon.Hash
}

// Failed reports whether the problems stopped the build.
func (r *Result) Failed() bool { return problem.Count(r.Problems, problem.Error) > 0 }

// Today returns the build date.
func (r *Result) Today() content.Date { return r.today }

// Rendered returns the number of pages that this build rendered.
func (r *Result) Rendered() int { return len(r.Rerendered) }

// PageOf returns the address, without its leading slash, of the page made from a
// file of the source folder. It returns "" if the file has no page of its own.
func (r *Result) PageOf(file string) string {
	path, ok := strings.CutPrefix(file, contentFolder)
	if !ok || r.Library == nil {
		return ""
	}
	return strings.TrimPrefix(site.PageOf(r.Library)(path), "/")
}

// Body returns the text of the Markdown file at a path below content/, or nil.
func (r *Result) Body(file string) (*content.Body, error) {
	p := r.texts.parsed[file]
	if p == nil {
		return nil, nil
	}
	return p.wholeBody()
}

// Labels returns the values that readers can filter a search by. The build must not
// have failed.
func (r *Result) Labels() map[search.Group][]search.Value { return r.site.Labels(r.kindWord) }

// Documents returns the documents of the search. The build must not have failed.
func (r *Result) Documents() (documents []search.Document, err error) {
	var one sync.Mutex // for err: the documents are made on all processors
	text := func(file string) string {
		text, problem := r.texts.plainText(file)
		if problem != nil {
			one.Lock()
			defer one.Unlock()
			err = errors.Join(err, problem)
		}
		return text
	}
	documents = r.site.Documents(text, site.Words{
		Kind: r.kindWord, Period: r.theme.Period, Cases: r.theme.Cases,
		Title: func(key string) string { return r.theme.Word("", key) },
	})
	return documents, err
}

// searched returns everything that the search index holds. The build must not have
// failed.
func (r *Result) searched() (search.Content, error) {
	documents, err := r.Documents()
	return search.Content{Documents: documents, Synonyms: r.Library.Synonyms, Lang: r.Library.Site.Language}, err
}

// kindWord returns the theme's word for a kind of document.
func (r *Result) kindWord(kind string) string { return r.theme.Word("kind.", kind) }
