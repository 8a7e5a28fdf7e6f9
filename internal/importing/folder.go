// Folders of Markdown files, as Hugo, Jekyll and Eleventy use them.

package importing

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/media"
)

// Limits of one folder.
const (
	maxFolderFiles = 50_000
	maxPage        = 2 << 20   // bytes of one Markdown file
	maxFront       = 64 << 10  // bytes of its front matter
	maxFolder      = 256 << 20 // bytes of all files that are read
)

// readFolder makes each Markdown file of a folder a page.
func readFolder(request Request) (*Import, error) {
	if request.ID != "" {
		return nil, errors.New("a folder holds many pages, and --id is for one: their ids come from the names of the files")
	}
	schema, err := schemaOfPages(request.Kind)
	if err != nil {
		return nil, err
	}
	m, err := readMap(request.Map)
	if err == nil {
		err = m.check(schema)
	}
	if err == nil && m.Types != nil {
		err = errors.New("the map has types:, which are for an export of WordPress")
	}
	if err != nil {
		return nil, err
	}
	f := &folderReader{
		Request: request, writer: newPageWriter(request, m), bySource: map[string]*page{}, others: map[string]int{}, left: maxFolder,
	}
	f.writer.find, f.writer.readFile = f.find, func(name string) ([]byte, error) { return f.bytes(name, media.MaxDownload) }
	f.writer.otherID = "write slug: and another name in the front matter"
	if err := f.list(); err != nil {
		return nil, err
	}
	if len(f.pages) == 0 {
		return nil, errors.New("it has no Markdown files, such as a.md")
	}
	for _, p := range f.pages {
		f.writer.write(p)
	}
	result := f.writer.report()
	for _, what := range slices.Sorted(maps.Keys(f.others)) {
		result.add(what+", "+times(f.others[what]), LeftOut, "only Markdown is read, and what it links to")
	}
	return result, nil
}

// folderReader is the state of reading a folder.
type folderReader struct {
	Request
	writer *pageWriter

	pages    []*page
	bySource map[string]*page // by path without extension, the form in which links name a page
	others   map[string]int   // files that are not read, by extension
	left     int64            // bytes that may still be read
}

// markdownExtensions end the names of files of Markdown; MDX and Quarto add to it.
var markdownExtensions = []string{".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd"}

// list reads the Markdown files of the folder.
func (f *folderReader) list() error {
	files := 0
	return fs.WalkDir(f.Folder, ".", func(name string, entry fs.DirEntry, err error) error {
		base := path.Base(name)
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(base, ".") || slices.Contains([]string{"node_modules", "_site", "vendor", "_layouts", "_includes", "layouts", "archetypes"}, base)):
			f.others[base+"/"]++
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		if files++; files > maxFolderFiles {
			return fmt.Errorf("it has more than %d files: import a folder within it", maxFolderFiles)
		}
		extension := strings.ToLower(path.Ext(base))
		if !slices.Contains(markdownExtensions, extension) || !entry.Type().IsRegular() {
			f.others[cmp.Or(extension, base)]++
			return nil
		}
		return f.read(name)
	})
}

// read reads one Markdown file.
func (f *folderReader) read(name string) error {
	result := f.writer.result
	data, err := f.bytes(name, maxPage)
	if errors.Is(err, errTooMuch) {
		return err
	}
	decoded := ""
	if err == nil {
		decoded, err = result.decode(name, data)
	}
	if err != nil {
		result.add(name, LeftOut, err.Error())
		return nil
	}
	text := []byte(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(decoded))
	fields, body, err := frontMatter(text)
	if err != nil {
		result.add(name, LeftOut, "its front matter cannot be read: "+oneLine(err.Error()))
		return nil
	}
	p := &page{source: name, kind: f.Kind, fields: fields}
	p.linesBefore = bytes.Count(text[:len(text)-len(body)], []byte("\n"))
	f.readBody(p, string(body))
	published, isBool := p.fields["published"].(bool)
	if isBool {
		delete(p.fields, "published") // Jekyll says so of a draft; elsewhere it is a date
		if _, given := p.fields["draft"]; !given {
			p.fields["draft"] = !published
		}
	}
	if isBool && !published || strings.Contains("/"+name, "/_drafts/") {
		p.draft = true
	}
	if m := datedName.FindStringSubmatch(path.Base(name)); m != nil {
		p.published = m[1]
	}
	p.id = f.freeID(p)
	f.pages = append(f.pages, p)
	f.bySource[strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))] = p
	return nil
}

// readBody sets the text of a page. It replaces markup of other programs with
// Markdown.
func (f *folderReader) readBody(p *page, text string) {
	r := rewriteForeign(text)
	p.original, p.body = strings.Split(text, "\n"), r.text
	for what, n := range r.count {
		f.writer.count[what] += n
	}
	for _, t := range r.tags {
		p.foreign = append(p.foreign, fmt.Sprintf("%d:%d: %q in code is a tag of a template: write it as it should be shown", p.linesBefore+t.line, t.column, frontmatter.Shorten(t.text)))
	}
}

var errTooMuch = fmt.Errorf("it has more than %d MB: import a folder within it", maxFolder>>20)

// bytes returns the content of a file of at most limit bytes.
func (f *folderReader) bytes(name string, limit int64) ([]byte, error) {
	data, err := readFile(f.Folder, name, limit)
	if f.left -= int64(len(data)); f.left < 0 {
		return nil, errTooMuch
	}
	return data, err
}

// readFile returns the content of a file of a folder of at most limit bytes.
func readFile(folder fs.FS, name string, limit int64) ([]byte, error) {
	info, err := fs.Stat(folder, name)
	if err == nil && info.Size() > limit {
		return nil, fmt.Errorf("it has more than %d KB", limit>>10)
	}
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, errors.New("it cannot be read")
	}
	return data, nil
}

// isFile reports whether a folder has a file with the name.
func isFile(folder fs.FS, name string) bool {
	info, err := fs.Stat(folder, name)
	return err == nil && info.Mode().IsRegular()
}

// datedName matches the file name of a post of Jekyll.
var datedName = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})-(.+)$`)

// notionID matches what Notion adds to the names of files.
var notionID = regexp.MustCompile(` [0-9a-f]{32}$`)

// freeID returns the id of a page: its slug or the name of its file. If another
// page has that id, the name of the folder precedes it.
func (f *folderReader) freeID(p *page) string {
	dir, base := path.Split(strings.TrimSuffix(p.source, path.Ext(p.source)))
	name := base
	if strings.EqualFold(strings.TrimPrefix(base, "_"), "index") {
		dir, name = path.Split(strings.TrimSuffix(dir, "/"))
		name = cmp.Or(name, "home")
	}
	if m := datedName.FindStringSubmatch(name); m != nil {
		name = m[2]
	}
	name = notionID.ReplaceAllString(name, "")
	p.name = name
	slug, _ := p.fields["slug"].(string)
	id := cmp.Or(content.Slug(slug), content.Slug(name), "page")
	return f.writer.freeID(p.kind, id, path.Base(strings.TrimSuffix(dir, "/")))
}

// find returns the page or the file of the folder that an address on a page
// leads to.
func (f *folderReader) find(from *page, address *url.URL) (*page, string) {
	if address.Scheme != "" || address.Host != "" || address.Path == "" {
		return nil, ""
	}
	if p := f.pageAt(from, address.Path); p != nil {
		return p, ""
	}
	return nil, f.fileAt(from, address.Path)
}

// pageAt returns the page that an address within the folder leads to, or nil.
func (f *folderReader) pageAt(from *page, address string) *page {
	address = strings.ToLower(strings.TrimSuffix(address, "/"))
	for _, extension := range append([]string{".html"}, markdownExtensions...) {
		address = strings.TrimSuffix(address, extension)
	}
	for _, base := range f.bases(from) {
		name := strings.TrimPrefix(path.Join(base, address), "/")
		for _, candidate := range []string{name, name + "/index", name + "/_index"} {
			if p := f.bySource[candidate]; p != nil {
				return p
			}
		}
	}
	return nil
}

// fileAt returns the picture or document that an address within the folder leads
// to, or "".
func (f *folderReader) fileAt(from *page, address string) string {
	if media.Instead(address) != "" {
		return ""
	}
	for _, base := range append(f.bases(from), "static", "assets", "public") {
		name := strings.TrimPrefix(path.Join(base, address), "/")
		if isFile(f.Folder, name) {
			return name
		}
	}
	return ""
}

// bases returns the folders that an address on the page may be relative to.
func (f *folderReader) bases(from *page) []string {
	return []string{path.Dir(from.source), path.Dir(path.Dir(from.source)), "", "content", "content/en"}
}
