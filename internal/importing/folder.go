package importing

// Folders of Markdown, as Hugo, Jekyll and Eleventy have them.

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
	"time"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"
	"casebook/internal/markdown"
	"casebook/internal/media"
	"casebook/internal/problem"

	front "github.com/adrg/frontmatter"
)

// Limits of one folder.
const (
	maxFolderFiles = 50_000
	maxPage        = 2 << 20   // bytes of one Markdown file
	maxFront       = 64 << 10  // bytes of its front matter
	maxFolder      = 256 << 20 // bytes of all files that are read
)

// readFolder makes each Markdown file of a folder a page of its own.
func readFolder(request Request) (*Import, error) {
	first, err := NewDraft(request.Kind)
	switch {
	case err != nil:
		return nil, err
	case request.ID != "":
		return nil, errors.New("a folder holds many pages, and --id is for one: their ids come from the names of the files")
	case first.Schema.List || len(first.Schema.Files) < 2:
		return nil, fmt.Errorf("a folder cannot become %s: import it as cases, resources or pages", first.Schema.What)
	}
	m, err := readMap(request.Map, first.Schema)
	if err != nil {
		return nil, err
	}
	f := &folderReader{
		Request: request, m: m, schema: first.Schema, result: &Import{}, seen: newSeenFields(),
		bySource: map[string]*page{}, taken: map[string]bool{}, aliases: map[string]bool{}, count: map[string]int{},
	}
	if err := f.list(); err != nil {
		return nil, err
	}
	if len(f.pages) == 0 {
		return nil, errors.New("it has no Markdown files (.md or .markdown)")
	}
	for _, p := range f.pages {
		f.write(p)
	}
	f.report()
	return f.result, nil
}

// folderReader is a folder being read.
type folderReader struct {
	Request
	m      fieldMap
	schema content.Schema
	result *Import
	seen   *seenFields

	pages    []*page
	bySource map[string]*page // by path without extension, as links name it
	taken    map[string]bool  // ids
	aliases  map[string]bool  // old addresses
	count    map[string]int   // what was rewritten in all pages
	others   map[string]int   // files that are not read, by extension
	left     int64            // bytes that may still be read
}

// page is a Markdown file of the folder.
type page struct {
	source string // its path in the folder
	id     string
	fields map[string]any
	body   string
	line   int // lines before the body
}

// list reads the Markdown files of the folder.
func (f *folderReader) list() error {
	f.left, f.others = maxFolder, map[string]int{}
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
		if !slices.Contains([]string{".md", ".markdown"}, extension) || !entry.Type().IsRegular() {
			f.others[cmp.Or(extension, base)]++
			return nil
		}
		return f.read(name)
	})
}

// read reads one Markdown file.
func (f *folderReader) read(name string) error {
	data, err := f.bytes(name, maxPage)
	if errors.Is(err, errTooMuch) {
		return err
	}
	if err != nil {
		f.result.add(name, LeftOut, err.Error())
		return nil
	}
	text := bytes.TrimPrefix(data, []byte("\ufeff"))
	text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	if mark := bytes.TrimLeft(text, " \t\n"); frontMark.Match(mark) && bytes.Index(mark, append([]byte("\n"), mark[:3]...)) > maxFront {
		f.result.add(name, LeftOut, fmt.Sprintf("its front matter has more than %d KB", maxFront>>10))
		return nil
	}
	p := &page{source: name, fields: map[string]any{}}
	body, err := front.Parse(bytes.NewReader(text), &p.fields)
	if err != nil {
		f.result.add(name, LeftOut, "its front matter cannot be read: "+strings.Join(strings.Fields(err.Error()), " "))
		return nil
	}
	p.body = strings.ToValidUTF8(string(body), "\ufffd")
	p.line = bytes.Count(text[:len(text)-len(body)], []byte("\n"))
	p.id = f.freeID(p)
	f.pages = append(f.pages, p)
	f.bySource[strings.ToLower(strings.TrimSuffix(name, path.Ext(name)))] = p
	return nil
}

// frontMark matches the line before front matter.
var frontMark = regexp.MustCompile(`^(?:---|\+\+\+|;;;)\w*[ \t]*\n`)

var errTooMuch = fmt.Errorf("it has more than %d MB: import a folder within it", maxFolder>>20)

// bytes reads a file of at most limit bytes.
func (f *folderReader) bytes(name string, limit int64) ([]byte, error) {
	info, err := fs.Stat(f.Folder, name)
	if err != nil {
		return nil, errors.New("it cannot be read")
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("it has more than %d KB", limit>>10)
	}
	if f.left -= info.Size(); f.left < 0 {
		return nil, errTooMuch
	}
	data, err := fs.ReadFile(f.Folder, name)
	if err != nil {
		return nil, errors.New("it cannot be read")
	}
	return data, nil
}

// datedName matches the name of a post of Jekyll.
var datedName = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})-(.+)$`)

// freeID is the id of a page: its slug or the name of its file, with that of its
// folder before it if another page has it.
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
	slug, _ := p.fields["slug"].(string)
	id := cmp.Or(content.Slug(slug), content.Slug(name), "page")
	if parent := content.Slug(path.Base(strings.TrimSuffix(dir, "/"))); f.taken[id] && parent != "" {
		id = content.Slug(parent + "-" + id)
	}
	free := id
	for n := 2; f.taken[free]; n++ {
		free = fmt.Sprintf("%s-%d", id[:min(len(id), 90)], n)
	}
	f.taken[free] = true
	return free
}

// write makes a page a file.
func (f *folderReader) write(p *page) {
	d, err := NewDraft(f.Kind)
	if err == nil {
		err = f.setFields(d, p)
	}
	if err == nil {
		err = f.apply(d)
	}
	if err != nil {
		f.fail(p, err)
		return
	}
	rewritten := rewriteForeign(withoutTitle(p.body, d.Get("title")))
	for what, n := range rewritten.count {
		f.count[what] += n
	}
	var beside []File
	d.Body, beside = f.relink(p, rewritten.text)
	trimmed := strings.Count(d.Body[:len(d.Body)-len(strings.TrimLeft(d.Body, " \t\n"))], "\n")
	for _, name := range d.Schema.Files {
		if name = strings.ReplaceAll(name, "<id>", p.id); f.Existing(name) != nil {
			f.fail(p, fmt.Errorf("content/%s is there already, and nothing is overwritten: write slug: and another name in the front matter", name))
			return
		}
	}
	file, err := FileOf(d, p.id, draft.Required, f.Existing)
	if err != nil {
		f.fail(p, err)
		return
	}
	if why := f.whyDraft(p, d, file, rewritten, trimmed); why != "" && d.Get("draft") != "true" {
		d.Replace("draft", "true")
		if file, err = FileOf(d, p.id, draft.Required, f.Existing); err != nil {
			f.fail(p, err)
			return
		}
		f.result.add(p.source, KeptAsText, why+"; so it is a draft")
	} else if why != "" {
		f.result.add(p.source, KeptAsText, why+"; it is a draft already")
	}
	if len(beside) > 0 {
		folder := strings.TrimSuffix(file.Path, ".md")
		file.Path = folder + "/index.md"
		for _, b := range beside {
			b.Path = folder + "/" + b.Path
			f.result.Files = append(f.result.Files, b)
		}
	}
	f.result.Files = append(f.result.Files, file)
}

// withoutTitle is a text without a first heading that repeats the title, which a
// page shows by itself; its line stays, empty.
func withoutTitle(text, title string) string {
	trimmed := strings.TrimLeft(text, "\n")
	line, rest, _ := strings.Cut(trimmed, "\n")
	words, isHeading := strings.CutPrefix(line, "# ")
	if !isHeading || !strings.EqualFold(strings.TrimSpace(strings.TrimRight(words, "# ")), title) {
		return text
	}
	return text[:len(text)-len(trimmed)] + "\n" + rest
}

// fail reports a page that cannot be imported.
func (f *folderReader) fail(p *page, err error) {
	f.result.Problems = append(f.result.Problems, problem.Problem{Code: "import", Message: p.source + ": " + err.Error()})
}

// whyDraft says what in a page is not for readers, with its line and column in
// the source; "" if nothing is.
func (f *folderReader) whyDraft(p *page, d *draft.Draft, file File, r rewritten, trimmed int) string {
	bodyAt := bytes.Count(file.Data, []byte("\n")) - strings.Count(strings.TrimSpace(d.Body), "\n") - 1
	source := strings.Split(p.body, "\n")
	written := problem.Lines(file.Data)
	var found []string
	for _, t := range r.tags {
		found = append(found, fmt.Sprintf("%d:%d: %q in code is a tag of a template: write it as it should be shown", p.line+t.line, t.column, frontmatter.Shorten(t.text)))
	}
	for _, q := range content.Parse(file.Path, file.Data).Problems {
		if strings.HasPrefix(q.Code, "missing-") {
			continue
		}
		if q.Line <= bodyAt {
			found = append(found, "front matter: "+q.Message)
			continue
		}
		line, column := q.Line-bodyAt+trimmed, q.Column
		if line <= len(source) && q.Line <= len(written) && source[line-1] != written[q.Line-1] {
			column = columnIn(source[line-1], written[q.Line-1], column)
		}
		found = append(found, fmt.Sprintf("%d:%d: %s", p.line+line, column, q.Message))
	}
	if len(found) == 0 {
		return ""
	}
	if len(found) > 1 {
		return fmt.Sprintf("%s (and %d more)", found[0], len(found)-1)
	}
	return found[0]
}

// columnIn is where in a line stands what is at a column of the same line after
// it was rewritten; 1 if it is not there.
func columnIn(line, written string, column int) int {
	runes := []rune(written)
	if column < 1 || column > len(runes) {
		return 1
	}
	rest := string(runes[column-1 : min(len(runes), column+11)])
	if at := strings.Index(line, rest); at >= 0 {
		return len([]rune(line[:at])) + 1
	}
	return 1
}

// setFields sets the fields of a draft from those of the page.
func (f *folderReader) setFields(d *draft.Draft, p *page) error {
	for _, key := range slices.Sorted(maps.Keys(p.fields)) {
		values, isText := texts(p.fields[key])
		f.seen.add(key, values)
		if why := f.setField(d, key, values, isText); why != "" {
			f.result.add(p.source+", "+key, LeftOut, why)
		}
	}
	if !d.Has("title") {
		if err := d.Set("title", p.heading()); err != nil {
			return err
		}
	}
	if published, ok := p.fields["published"].(bool); (ok && !published || strings.Contains("/"+p.source, "/_drafts/")) && hasField(d, "draft") {
		d.Replace("draft", "true")
	}
	if m := datedName.FindStringSubmatch(path.Base(p.source)); m != nil && hasField(d, "published") && !d.Has("published") {
		if err := d.Set("published", m[1]); err != nil {
			return err
		}
	}
	var old []string
	for _, key := range slices.Sorted(maps.Keys(p.fields)) {
		if ours, _ := f.m.to(d.Schema, key); ours == "aliases" {
			values, _ := texts(p.fields[key])
			old = append(old, values...)
		}
	}
	for _, address := range old {
		f.addAlias(d, p.source, p.id, address)
	}
	return nil
}

// setField sets what a field of the page becomes, and says why it does not.
func (f *folderReader) setField(d *draft.Draft, key string, values []string, isText bool) (why string) {
	ours, _ := f.m.to(d.Schema, key)
	field, _ := draft.FieldAt(d.Schema, ours)
	switch {
	case ours == "" || ours == "aliases" || len(values) == 0:
		return "" // the report has it once for all pages
	case !isText:
		return "it has fields of its own"
	}
	for _, value := range values {
		if value = f.m.value(key, value); value == "" {
			continue
		}
		switch {
		case field.Type == "date":
			value = leadingDate.FindString(value)
			if value == "" {
				return fmt.Sprintf("%q is no date", values[0])
			}
		case len(field.Values) > 0 && !slices.Contains(field.Values, strings.ToLower(value)):
			return fmt.Sprintf("%q is not a value of %s: %s", value, ours, strings.Join(field.Values, ", "))
		case ours == "draft" && value != "true" && value != "false":
			return fmt.Sprintf("%q is neither true nor false", value)
		}
		if !field.List && d.Has(ours) {
			return ours + " has a value already"
		}
		if err := d.Set(ours, value+"\n"); err != nil {
			return err.Error()
		}
	}
	return ""
}

var leadingDate = regexp.MustCompile(`^\d{4}(?:-\d{2}(?:-\d{2})?)?`)

// texts are the values of a field; false if it has fields of its own.
func texts(value any) (all []string, ok bool) {
	switch v := value.(type) {
	case nil:
		return nil, true
	case string:
		if v = strings.Join(strings.Fields(v), " "); v == "" {
			return nil, true
		}
		return []string{v}, true
	case time.Time:
		return []string{v.Format("2006-01-02")}, true
	case []any:
		ok = true
		for _, item := range v[:min(len(v), 1_000)] {
			inner, isText := texts(item)
			if _, nested := item.([]any); nested || !isText {
				ok = false
				continue
			}
			all = append(all, inner...)
		}
		return all, ok
	case map[string]any, map[any]any, []map[string]any:
		return nil, false
	}
	return []string{fmt.Sprint(value)}, true
}

// heading is the first heading of a page, or the words of its id.
func (p *page) heading() string {
	document, _ := markdown.Parse([]byte(p.body))
	if len(document.Headings) > 0 && document.Headings[0].Text != "" {
		return document.Headings[0].Text
	}
	words := strings.ReplaceAll(p.id, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// addAlias keeps an old address.
func (f *folderReader) addAlias(d *draft.Draft, source, id, address string) {
	alias, ok := aliasOf(address)
	switch {
	case !ok:
		f.result.add(source+", old address", LeftOut, fmt.Sprintf("%q is no path of a site", frontmatter.Shorten(address)))
	case f.aliases[alias]:
		f.result.add(source+", old address", LeftOut, "another page has "+alias)
	case strings.Trim(alias, "/") != id && path.Base(alias) != id:
		f.aliases[alias] = true
		if err := d.Set("aliases", alias+"\n"); err != nil {
			f.result.add(source+", old address", LeftOut, err.Error())
		}
	}
}

// aliasOf returns the path of an old address as a field of aliases may have it.
func aliasOf(address string) (string, bool) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Path == "" {
		return "", false
	}
	alias := u.Path
	if !strings.HasPrefix(alias, "/") {
		alias = "/" + alias
	}
	file := "---\ntitle: X\naliases: [" + frontmatter.Scalar(alias) + "]\n---\n"
	return alias, problem.Count(content.Parse("pages/x.md", []byte(file)).Problems, problem.Error) == 0
}

// relink gives links within the folder the addresses of the new files, and
// returns the pictures and documents that stand beside the page then.
func (f *folderReader) relink(p *page, text string) (string, []File) {
	document, _ := markdown.Parse([]byte(text))
	links := slices.Clone(document.Links)
	slices.SortFunc(links, func(a, b markdown.Link) int { return cmp.Compare(b.Offset, a.Offset) })
	names := map[string]string{} // of files beside the page, by their path in the folder
	var beside []File
	end := len(text) + 1
	var edits []linkEdit
	for _, link := range links {
		to, fragment, _ := strings.Cut(link.Destination, "#")
		if to == "" || link.Offset+len(link.Destination) > end || !strings.HasPrefix(text[link.Offset:], link.Destination) {
			continue
		}
		u, err := url.Parse(to)
		if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
			continue
		}
		end = link.Offset
		at := linkEdit{at: link.Offset, end: link.Offset + len(link.Destination)}
		if other := f.pageAt(p, u.Path); other != nil {
			at.with, at.folder = other.id+".md", true
			if fragment != "" {
				at.with += "#" + fragment
			}
			edits = append(edits, at)
			continue
		}
		if source, ok := f.fileAt(p, u.Path); ok {
			if names[source] == "" {
				data, err := f.bytes(source, media.MaxDownload)
				if err != nil {
					f.result.add(p.source+", "+source, LeftOut, err.Error())
					continue
				}
				extension := strings.ToLower(path.Ext(source))
				name := cmp.Or(content.Slug(strings.TrimSuffix(path.Base(source), path.Ext(source))), "file")
				for n := 2; slices.ContainsFunc(beside, func(b File) bool { return b.Path == name+extension }); n++ {
					name = fmt.Sprintf("%s-%d", name, n)
				}
				names[source] = name + extension
				beside = append(beside, File{Path: name + extension, Data: data})
				f.count["picture or document"]++
			}
			at.with = names[source]
			edits = append(edits, at)
		}
	}
	for _, e := range edits { // from the last to the first
		if e.folder && len(beside) > 0 {
			e.with = "../" + e.with
		}
		text = text[:e.at] + e.with + text[e.end:]
		f.count["link"]++
	}
	return text, beside
}

// linkEdit gives a link another address.
type linkEdit struct {
	at, end int
	with    string
	folder  bool // with is relative to the folder of the kind
}

// pageAt returns the page that an address within the folder leads to, or nil.
func (f *folderReader) pageAt(from *page, address string) *page {
	address = strings.ToLower(strings.TrimSuffix(address, "/"))
	for _, extension := range []string{".md", ".markdown", ".html"} {
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
// to.
func (f *folderReader) fileAt(from *page, address string) (string, bool) {
	if media.Instead(address) != "" {
		return "", false
	}
	for _, base := range append(f.bases(from), "static", "assets", "public") {
		name := strings.TrimPrefix(path.Join(base, address), "/")
		if info, err := fs.Stat(f.Folder, name); err == nil && info.Mode().IsRegular() {
			return name, true
		}
	}
	return "", false
}

// bases are the folders in which an address on the page may begin.
func (f *folderReader) bases(from *page) []string {
	return []string{path.Dir(from.source), path.Dir(path.Dir(from.source)), "", "content", "content/en"}
}

// report says what became of everything but the single pages.
func (f *folderReader) report() {
	f.seen.report(f.result, f.schema, f.m)
	f.result.Map = suggestedMap(f.schema, f.Name, f.seen)
	for _, what := range slices.Sorted(maps.Keys(f.count)) {
		f.result.add(what, Mapped, fmt.Sprintf("%d, in Markdown", f.count[what]))
	}
	for _, what := range slices.Sorted(maps.Keys(f.others)) {
		f.result.add(what+", "+times(f.others[what]), LeftOut, "only .md and .markdown are read, and what they link to")
	}
}
