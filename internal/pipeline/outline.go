package pipeline

// The outline of all content, by which one file can be checked without the others.

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
	"strings"

	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/source"
)

// outline is what the cache keeps of all content, to find the part that the problems of
// one file depend on. It describes the state of the last whole check.
type outline struct {
	Themes    [32]byte   // hash of the files in themes/
	Cases     []outlined // case studies, by id
	Others    []outlined // the other content files, by path
	Mentions  table      // of the case studies
	Addresses table      // of the pages; the spelling is zero, and the case noCase if the page has no file
}

// outlined is a content file in an outline.
type outlined struct {
	Path   string // below content/
	Hash   [32]byte
	Faulty bool  // it has an error, so that its references may add nothing to the library
	Hidden bool  // it is not in every library: a draft, scheduled, withdrawn
	Size   *size // when its page was last rendered; nil if it never was
}

// size describes a file and the weight of its page.
type size struct {
	Text  int // bytes of the file, compressed
	Items int // number of lines and commas of its front matter, each of which may be a tag
	Room  int // what its page left of its budget
}

func sizeOf(data []byte) size {
	front, _, _ := strings.Cut(string(data), "\n---\n")
	return size{fastCompressed(data), strings.Count(front, "\n") + strings.Count(front, ","), 0}
}

// table is a sorted table of hashed names. Its rows have 16 bytes:
//
//	offset  bytes  content
//	0       8      hash of the name
//	8       4      hash of the spelling
//	12      4      index of the file
type table []byte

const (
	rowSize = 16
	noCase  = 1<<32 - 1 // the index of no file
)

// each calls found for each row with the name, in the order of the table. The number of
// noCase is -1.
func (t table) each(name uint64, found func(spelling uint32, number int)) {
	n := len(t) / rowSize
	for i := sort.Search(n, func(i int) bool { return binary.BigEndian.Uint64(t[i*rowSize:]) >= name }); i < n; i++ {
		row := t[i*rowSize:][:rowSize]
		if binary.BigEndian.Uint64(row) != name {
			return
		}
		number := int(binary.BigEndian.Uint32(row[12:]))
		if number == noCase {
			number = -1
		}
		found(binary.BigEndian.Uint32(row[8:]), number)
	}
}

// newTable makes a table of rows in any order, of which equal ones count once.
func newTable(rows [][rowSize]byte) table {
	slices.SortFunc(rows, func(a, b [rowSize]byte) int {
		if c := slices.Compare(a[:8], b[:8]); c != 0 {
			return c
		}
		return slices.Compare(a[12:], b[12:])
	})
	rows = slices.Compact(rows)
	t := make(table, 0, len(rows)*rowSize)
	for _, row := range rows {
		t = append(t, row[:]...)
	}
	return t
}

func newRow(name uint64, spelling, number uint32) (row [rowSize]byte) {
	binary.BigEndian.PutUint64(row[:], name)
	binary.BigEndian.PutUint32(row[8:], spelling)
	binary.BigEndian.PutUint32(row[12:], number)
	return row
}

// addressName returns the hash of the address of a page.
func addressName(address string) uint64 {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.Trim(address, "/"))))
	return binary.BigEndian.Uint64(sum[:])
}

const outlineName = "outline"

// KeepOutline saves what CheckPart needs to know of all content. The results are those of
// a check, the first one without drafts, and found are the problems of all.
func KeepOutline(to *cache.Cache, results []*Result, found []problem.Problem) error {
	if to == nil || results[0].Library == nil {
		return nil
	}
	var earlier outline
	if _, data, ok := to.Newest(outlineName); !ok || cache.Decode(data, &earlier) != nil {
		earlier = outline{}
	}
	o := newOutline(results, found, &earlier)
	return to.Save(outlineName, cache.Key{}, cache.Encode(nil, o))
}

func newOutline(results []*Result, found []problem.Problem, earlier *outline) *outline {
	r := results[0]
	o := &outline{Themes: hashOfThemes(r.tree)}
	faulty, hidden := map[string]bool{}, map[string]bool{}
	for _, p := range found {
		if p.Severity == problem.Error {
			faulty[strings.TrimPrefix(p.File, contentFolder)] = true
		}
	}
	for _, l := range r.Library.LeftOut {
		hidden[l.File] = l.Why != library.Overdue
	}
	known := earlier.byPath()
	for path, f := range r.parsed {
		one := outlined{path, f.hash, faulty[path] || len(f.Unread) > 0, hidden[path], nil}
		if old := known[path]; old != nil {
			one.Size = old.Size
		}
		if room, ok := r.room[path]; ok {
			one.Size = sizeWithRoom(r.tree.File(contentFolder+path), known[path], room)
		}
		if class, _ := content.Classify(path); class == content.CaseClass {
			o.Cases = append(o.Cases, one)
		} else {
			o.Others = append(o.Others, one)
		}
	}
	slices.SortFunc(o.Cases, func(a, b outlined) int {
		_, first := content.Classify(a.Path)
		_, second := content.Classify(b.Path)
		if c := strings.Compare(first, second); c != 0 {
			return c
		}
		return strings.Compare(a.Path, b.Path)
	})
	slices.SortFunc(o.Others, func(a, b outlined) int { return strings.Compare(a.Path, b.Path) })
	o.Mentions, o.Addresses = tablesOf(o.Cases, results)
	return o
}

// tablesOf returns the mentions of the case studies and the addresses of the pages.
func tablesOf(cases []outlined, results []*Result) (mentions, addresses table) {
	var rows [][rowSize]byte
	number := make(map[string]uint32, len(cases))
	for i, c := range cases {
		number[c.Path] = uint32(i)
		for _, m := range library.MentionsOf(results[0].parsed[c.Path].Parsed).Made {
			rows = append(rows, newRow(m.Name, m.Spelling, uint32(i)))
		}
	}
	mentions = newTable(rows)
	rows = rows[:0]
	for _, r := range results {
		for _, page := range r.site.Pages {
			owner, ok := number[page.Source]
			if !ok {
				owner = noCase
			}
			rows = append(rows, newRow(addressName(page.Path), 0, owner))
		}
	}
	return mentions, newTable(rows)
}

// sizeWithRoom returns the size of a file whose page has been rendered, or nil if the
// file has changed since.
func sizeWithRoom(f *source.File, known *outlined, room int) *size {
	if known != nil && known.Size != nil && known.Hash == f.Hash {
		return &size{known.Size.Text, known.Size.Items, room}
	}
	data, err := f.Data()
	if err != nil {
		return nil
	}
	now := sizeOf(data)
	now.Room = room
	return &now
}

// byPath returns the files of the outline by path.
func (o *outline) byPath() map[string]*outlined {
	all := make(map[string]*outlined, len(o.Cases)+len(o.Others))
	for _, list := range [][]outlined{o.Cases, o.Others} {
		for i := range list {
			all[list[i].Path] = &list[i]
		}
	}
	return all
}

// roomOf returns what is left of the budget of the page of each content file.
func roomOf(pages []*renderedPage) map[string]int {
	all := map[string]int{}
	for _, p := range pages {
		file := p.plan.Source
		if room, seen := all[file]; file != "" && (!seen || p.load.Room < room) {
			all[file] = p.load.Room
		}
	}
	return all
}

func hashOfThemes(tree *source.Tree) [32]byte {
	h := sha256.New()
	for _, f := range tree.Files() {
		if strings.HasPrefix(f.Path, themesFolder) {
			fmt.Fprintf(h, "%q %x\n", f.Path, f.Hash)
		}
	}
	return [32]byte(h.Sum(nil))
}
