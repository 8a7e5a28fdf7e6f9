package pipeline

import (
	"strings"

	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/search"
	"casebook/internal/site"
	"casebook/internal/theme"
)

// Result is what a build found and made.
type Result struct {
	Snapshot   *Snapshot         // nil when there are errors
	Problems   []problem.Problem // sorted; files are relative to the source folder, or in DefaultTheme
	Library    *library.Library  // nil when there is no usable site.yaml
	Pages      int               // of the site, redirects included
	Rerendered []Rerendered      // the pages that this build rendered; it took the others from the one before

	today   content.Date // the build date
	key     cache.Key    // hash of what all was made of
	made    libraryKey   // of what the library and the site were made
	site    *site.Site
	texts   texts
	theme   *theme.Theme
	favicon *File // that site.yaml names, or nil
}

// faviconHash is the hash of the icon's bytes; zero without one.
func (r *Result) faviconHash() [32]byte {
	if r.favicon == nil {
		return [32]byte{}
	}
	return r.favicon.Hash
}

// Failed reports whether the problems stopped the build.
func (r *Result) Failed() bool { return problem.Count(r.Problems, problem.Error) > 0 }

// Today is the build date.
func (r *Result) Today() content.Date { return r.today }

// Rendered is how many pages this build rendered.
func (r *Result) Rendered() int { return len(r.Rerendered) }

// PageOf returns the address, without its first slash, of the page made from a
// file of the source folder; empty when it has no page of its own.
func (r *Result) PageOf(file string) string {
	path, ok := strings.CutPrefix(file, contentFolder)
	if !ok || r.Library == nil {
		return ""
	}
	return strings.TrimPrefix(site.PageOf(r.Library)(path), "/")
}

// Body returns the text of a Markdown file at the path below content/, or nil.
func (r *Result) Body(file string) *content.Body { return r.texts.bodies[file] }

// Labels are the values that readers can filter a search by. The result must
// have a snapshot.
func (r *Result) Labels() map[search.Group][]search.Value { return r.site.Labels(r.kindWord) }

// Documents are what can be searched. The result must have a snapshot.
func (r *Result) Documents() []search.Document {
	return r.site.Documents(r.texts.bodies, site.Words{
		Kind: r.kindWord, Period: r.theme.Period, Cases: r.theme.Cases,
		Title: func(key string) string { return r.theme.Word("", key) },
	})
}

// searched is all that the search holds. The result must have a snapshot.
func (r *Result) searched() search.Content {
	return search.Content{Documents: r.Documents(), Synonyms: r.Library.Synonyms, Lang: r.Library.Site.Language}
}

// kindWord is the theme's word for a kind of document.
func (r *Result) kindWord(kind string) string { return r.theme.Word("kind.", kind) }
