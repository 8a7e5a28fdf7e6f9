// Links between pages of other programs, and links to their pictures and
// documents.

package importing

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/markdown"
)

// linkEdit replaces the address of a link.
type linkEdit struct {
	at, end int // of the old address in the text
	page    *page
	with    string // a file beside the page, or what follows the address of another page
}

// relink replaces the addresses of links within the source by those of the new
// files. It returns the text, and the pictures and documents to be put beside
// the page.
func (w *pageWriter) relink(p *page, text string) (string, []File) {
	document, _ := markdown.Parse([]byte(text))
	links := slices.Clone(document.Links)
	slices.SortFunc(links, func(a, b markdown.Link) int { return cmp.Compare(a.Offset, b.Offset) })
	beside := filesBeside{names: map[string]string{}}
	var edits []linkEdit
	start := 0
	for _, link := range links {
		to, fragment, hasFragment := strings.Cut(link.Destination, "#")
		if to == "" || link.Offset < start || !strings.HasPrefix(text[link.Offset:], link.Destination) {
			continue
		}
		u, err := url.Parse(to)
		if err != nil {
			continue
		}
		edit := linkEdit{at: link.Offset, end: link.Offset + len(link.Destination)}
		other, source := w.find(p, u)
		switch {
		case other != nil && hasFragment:
			edit.page, edit.with = other, "#"+fragment
		case other != nil:
			edit.page = other
		case source != "":
			if edit.with, err = w.addBeside(&beside, source); err != nil {
				w.result.add(p.source+", "+source, LeftOut, err.Error())
				continue
			}
		default:
			continue
		}
		edits, start = append(edits, edit), edit.end
	}
	var b strings.Builder
	start = 0
	for _, e := range edits {
		b.WriteString(text[start:e.at])
		if e.page != nil {
			b.WriteString(addressFrom(p, e.page, len(beside.files) > 0))
		}
		b.WriteString(e.with)
		start = e.end
		w.count["link"]++
	}
	b.WriteString(text[start:])
	return b.String(), beside.files
}

// addressFrom returns the address of the page other in a link on p. inFolder
// means that the file of p is in a folder of its own.
func addressFrom(p, other *page, inFolder bool) string {
	address := other.id + ".md"
	if from, to := folderOf(p.kind), folderOf(other.kind); from != to {
		address = "../" + to + "/" + address
	}
	if inFolder {
		address = "../" + address
	}
	return address
}

// folderOf returns the folder below content/ with the files of a kind of
// entries.
func folderOf(kind string) string {
	schema, err := schemaOfPages(kind)
	if err != nil {
		return ""
	}
	return path.Dir(schema.Files[0])
}

// filesBeside holds the pictures and documents beside a page.
type filesBeside struct {
	names map[string]string // names beside the page, by path in the source
	files []File
}

// addBeside adds a file of the source, and returns its name beside the page.
func (w *pageWriter) addBeside(b *filesBeside, source string) (string, error) {
	if name := b.names[source]; name != "" {
		return name, nil
	}
	data, err := w.readFile(source)
	if err != nil {
		return "", err
	}
	extension := strings.ToLower(path.Ext(source))
	name := cmp.Or(content.Slug(strings.TrimSuffix(path.Base(source), path.Ext(source))), "file")
	free := name + extension
	for n := 2; slices.ContainsFunc(b.files, func(f File) bool { return f.Path == free }); n++ {
		free = fmt.Sprintf("%s-%d%s", name, n, extension)
	}
	b.names[source] = free
	b.files = append(b.files, File{Path: free, Data: data})
	w.count["picture or document"]++
	return free, nil
}
