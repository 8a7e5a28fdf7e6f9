package pipeline

// What a builder keeps in its cache for the next process.

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/fnv"
	"reflect"
	"slices"
	"strings"

	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/parallel"
	"casebook/internal/problem"
	"casebook/internal/publish"
	"casebook/internal/site"
	"casebook/internal/source"
	"casebook/internal/theme"
)

// The values that a builder saves in Options.Cache:
//
//	name             value                            depends on
//	files-00 … -1f   keptFile of each content file    the hash of the file
//	pages            keptPages                        the keys of each page
//	attachment-…     keptAttachment                   path and hash of the file
//	listing          source.Listed of each file       times and identity of the file
//	output           publish.Listed of each file      times and identity of the file
//	outline          names that case studies share    nothing: it has the hash of each file
//	checked          the problems of all content      the listing and the date
//	checked-part     the same of some files           the paths of these, too
//
// Pages are saved without their bytes. The output folder has the bytes of unchanged
// pages; a page that is missing there is rendered when it is written.

// kept describes what a builder has read from its cache or written to it.
type kept struct {
	groups   [fileGroups]cache.Key // keys of the values of content files, as last read or written
	attached bool                  // whether the last build has listed its attachments
}

// fileGroups is the number of cache values that the content files are divided into.
// An edit of one file rewrites one of them.
const fileGroups = 32

func groupOf(path string) int {
	h := fnv.New32a()
	h.Write([]byte(path))
	return int(h.Sum32() % fileGroups)
}

func groupName(group int) string { return fmt.Sprintf("files-%02x", group) }

// keptFile is a parsed content file.
type keptFile struct {
	Hash     [32]byte // of the file
	Path     string
	Entries  []keptEntry
	Body     *content.Body
	Problems []problem.Problem
	Dates    []content.WrittenDate
	Unread   []byte
}

// keptEntry is a [content.Entry] in a form that can be encoded: exactly one field
// is not nil.
type keptEntry struct {
	Case         *content.CaseStudy
	Principle    *content.Principle
	Resource     *content.Resource
	Page         *content.Page
	Term         *content.Term
	Organisation *content.Organisation
	Reference    *content.Reference
	Synonyms     *content.Synonyms
	Site         *content.Site
}

func newKeptEntry(e content.Entry) (kept keptEntry, ok bool) {
	fields := reflect.ValueOf(&kept).Elem()
	for i := range fields.NumField() {
		if fields.Field(i).Type() == reflect.TypeOf(e) {
			fields.Field(i).Set(reflect.ValueOf(e))
			return kept, true
		}
	}
	return kept, false
}

func (k keptEntry) entry() content.Entry {
	fields := reflect.ValueOf(k)
	for i := range fields.NumField() {
		if !fields.Field(i).IsNil() {
			return fields.Field(i).Interface().(content.Entry)
		}
	}
	return nil
}

// newKeptFile converts a parsed file. ok is false if the file or its body must be read
// again next time, or if it has an entry of a type that keptEntry lacks.
func newKeptFile(f *parsedFile) (kept keptFile, ok bool) {
	body, err := f.wholeBody()
	if err != nil {
		return kept, false
	}
	kept = keptFile{f.hash, f.Path, nil, body, f.Problems, f.Dates, f.Unread}
	for _, e := range f.Entries {
		entry, ok := newKeptEntry(e)
		if !ok {
			return kept, false
		}
		kept.Entries = append(kept.Entries, entry)
	}
	return kept, !slices.ContainsFunc(f.Problems, func(p problem.Problem) bool { return p.Code == unreadable })
}

func (k *keptFile) parsed() *parsedFile {
	parsed := &content.Parsed{Path: k.Path, Body: k.Body, Problems: k.Problems, Dates: k.Dates, Unread: k.Unread}
	for _, e := range k.Entries {
		parsed.Entries = append(parsed.Entries, e.entry())
	}
	return &parsedFile{Parsed: parsed, hash: k.Hash}
}

// recallFiles reads the files that an earlier process parsed. Files that it cannot
// read from the cache are left to be parsed.
func (b *Builder) recallFiles(ctx context.Context) error {
	b.parsed = map[string]*parsedFile{}
	groups := make([][]keptFile, fileGroups)
	err := parallel.Each(ctx, fileGroups, func(i int) error {
		key, data, ok := b.opts.Cache.Newest(groupName(i))
		if ok && cache.Decode(data, &groups[i]) == nil {
			b.kept.groups[i] = key
		}
		return nil
	})
	for _, group := range groups {
		for i := range group {
			p := group[i].parsed()
			if b.bodies != nil {
				err = errors.Join(err, p.splitBody(b.bodies))
			}
			b.parsed[p.Path] = p
		}
	}
	return err
}

// keepFiles saves the parsed files, group by group.
func (b *Builder) keepFiles(ctx context.Context) error {
	if b.parsed == nil {
		return nil // no build has parsed files yet
	}
	groups := make([][]*parsedFile, fileGroups)
	for _, f := range b.parsed {
		i := groupOf(f.Path)
		groups[i] = append(groups[i], f)
	}
	return b.each(ctx, Keeping, fileGroups, func(i int) error {
		slices.SortFunc(groups[i], func(a, b *parsedFile) int { return strings.Compare(a.Path, b.Path) })
		h := sha256.New()
		for _, f := range groups[i] {
			fmt.Fprintf(h, "%q %x\n", f.Path, f.hash)
		}
		key := cache.Key(h.Sum(nil))
		if key == b.kept.groups[i] {
			return nil
		}
		var files []keptFile
		for _, f := range groups[i] {
			if kept, ok := newKeptFile(f); ok {
				files = append(files, kept)
			}
		}
		b.kept.groups[i] = key
		return b.opts.Cache.Save(groupName(i), key, cache.Encode(nil, &files))
	})
}

// keptPages are the pages of one site.
type keptPages struct {
	Made  libraryKey
	Theme [32]byte
	Sets  []keptSet // each once, though most pages of a kind have the same
	Pages []keptPage
}

// keptSet is what a page is made with.
type keptSet struct{ Used, Styles, Scripts string }

// keptPage describes what a page was rendered from, and the resulting file.
type keptPage struct {
	Path                    string // of the page
	Body, Data, Text, Theme [32]byte
	Set                     int      // its index in Sets
	Hash                    [32]byte // of the file
	Size                    int64
	Twin                    [32]byte // hash of the page as Markdown
	TwinSize                int64    // 0: the page has no Markdown form
	Load                    load     // without what is in the set
}

// recall reads the pages that an earlier process rendered.
func (c *pageCache) recall(from *cache.Cache) {
	c.byPath = map[string]*renderedPage{}
	_, data, ok := from.Newest("pages")
	var kept keptPages
	if !ok || cache.Decode(data, &kept) != nil {
		return
	}
	c.made, c.theme, c.kept = kept.Made, kept.Theme, true
	used := make([]theme.Used, len(kept.Sets))
	for i, set := range kept.Sets {
		used[i] = theme.UsedOf(set.Used)
	}
	for _, p := range kept.Pages {
		known := &renderedPage{
			body: p.Body, data: p.Data, text: p.Text, theme: p.Theme, used: used[p.Set], load: p.Load,
			file: &File{Path: site.OutputPath(p.Path), Hash: p.Hash, Size: p.Size},
		}
		known.load.Styles, known.load.Scripts = kept.Sets[p.Set].Styles, kept.Sets[p.Set].Scripts
		if p.TwinSize > 0 {
			known.twin = &File{Path: site.TwinPath(p.Path), Hash: p.Twin, Size: p.TwinSize}
		}
		c.byPath[p.Path] = known
	}
}

// keep saves what the pages of the last build were rendered from.
func (c *pageCache) keep(to *cache.Cache) error {
	if c.byPath == nil || c.kept {
		return nil
	}
	kept := keptPages{Made: c.made, Theme: c.theme, Pages: make([]keptPage, 0, len(c.byPath))}
	sets := map[keptSet]int{}
	for path, p := range c.byPath {
		set := keptSet{p.used.Names(), p.load.Styles, p.load.Scripts}
		if _, known := sets[set]; !known {
			sets[set] = len(kept.Sets)
			kept.Sets = append(kept.Sets, set)
		}
		one := keptPage{path, p.body, p.data, p.text, p.theme, sets[set], p.file.Hash, p.file.Size, [32]byte{}, 0, p.load}
		one.Load.Styles, one.Load.Scripts = "", ""
		if p.twin != nil {
			one.Twin, one.TwinSize = p.twin.Hash, p.twin.Size
		}
		kept.Pages = append(kept.Pages, one)
	}
	c.kept = true
	return to.Save("pages", cache.Key{}, cache.Encode(nil, &kept))
}

// Cache returns Options.Cache.
func (b *Builder) Cache() *cache.Cache { return b.opts.Cache }

// Keep saves the results of the last build for the next process, unless that build
// was interrupted.
func (b *Builder) Keep(ctx context.Context) error {
	if b.opts.Cache == nil || b.left {
		return nil
	}
	return errors.Join(b.keepFiles(ctx), b.pages.keep(b.opts.Cache), b.retainAttachments())
}

// perFile is the number of files whose listing is saved in the time in which one is read.
const perFile = 64

// listingName is the name of the listing of the source folder in the cache.
const listingName = "listing"

// RecallListing tells a scanner which files an earlier process has read.
func RecallListing(from *cache.Cache, scanner *source.Scanner) {
	var listing []source.Listed
	if _, data, ok := from.Newest(listingName); ok && cache.Decode(data, &listing) == nil {
		scanner.Recall(listing)
	}
}

// KeepListing saves which files the scanner has read, if there are many that the
// listing in the cache lacks.
func KeepListing(to *cache.Cache, scanner *source.Scanner) error {
	listing := scanner.Listing()
	if to == nil || scanner.Read()*perFile <= len(listing) {
		return nil
	}
	return to.Save(listingName, cache.Key{}, cache.Encode(nil, &listing))
}

// outputName is the name of the listing of the output folder in the cache.
const outputName = "output"

// RecallOutput returns what an earlier process knew of the files of the output folder.
func RecallOutput(from *cache.Cache) *publish.Listing {
	var listing publish.Listing
	if _, data, ok := from.Newest(outputName); !ok || cache.Decode(data, &listing.Files) != nil {
		return &publish.Listing{}
	}
	return &listing
}

// KeepOutput saves what is known of the files of the output folder, if many of them were
// read or written.
func KeepOutput(to *cache.Cache, listing *publish.Listing) error {
	if to == nil || listing.Read()*perFile <= len(listing.Files) {
		return nil
	}
	return to.Save(outputName, cache.Key{}, cache.Encode(nil, &listing.Files))
}

// RecallChecked returns the problems that an earlier process saved with
// KeepChecked. ok is false if there are none for the same input. What was found for
// all content serves for any paths.
func RecallChecked(from *cache.Cache, in Input, paths []string) (found []problem.Problem, ok bool) {
	for _, asked := range [][]string{nil, paths} {
		name, key := checkedKey(in.key(), asked)
		if data, ok := from.Load(name, key); ok && cache.Decode(data, &found) == nil {
			return found, true
		}
	}
	return nil, false
}

// checkedKey returns the name and the key of the problems that a check of the paths
// finds, or of all content if there are no paths.
func checkedKey(input cache.Key, paths []string) (string, cache.Key) {
	if len(paths) == 0 {
		return "checked", input
	}
	return "checked-part", sha256.Sum256(fmt.Appendf(nil, "%x %q", input, paths))
}

// KeepChecked saves the problems that a check of several results has found for the
// paths. It saves nothing if the content changed between the results or could not
// be read.
func KeepChecked(to *cache.Cache, results []*Result, paths []string, found []problem.Problem) error {
	key := results[0].key
	changed := slices.ContainsFunc(results, func(r *Result) bool { return r.key != key })
	if changed || slices.ContainsFunc(found, func(p problem.Problem) bool { return p.Code == unreadable }) {
		return nil
	}
	name, key := checkedKey(key, paths)
	return to.Save(name, key, cache.Encode(nil, &found))
}
