// Exports of WordPress.

package importing

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/media"
	"casebook/internal/wordpress"
)

// attachment is the type of a post that is a file of the media library.
const attachment = "attachment"

// ownTypes are the types of posts that WordPress uses internally.
var ownTypes = []string{
	attachment, "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request",
	wordpress.ReusableBlock, "wp_font_face", "wp_font_family", "wp_global_styles", "wp_navigation", "wp_template", "wp_template_part",
}

// readWordPress makes a page of each post and each page of an export.
func readWordPress(request Request) (*Import, error) {
	if request.ID != "" {
		return nil, errors.New("an export holds many pages, and --id is for one: their ids come from their slugs")
	}
	m, err := readMap(request.Map)
	if err != nil {
		return nil, err
	}
	export, err := wordpress.Read(request.Data)
	if err != nil {
		return nil, err
	}
	r := &wordPressReader{
		Request: request, export: export, m: m, writer: newPageWriter(request, m), converter: wordpress.NewConverter(export),
		types: map[string]int{}, byAddress: map[string]*page{}, files: map[string]int{}, reused: map[string]int{}, layouts: map[string]int{}, hidden: map[string]int{}, unwanted: map[string]int{},
	}
	r.writer.find, r.writer.readFile, r.writer.otherID = r.find, r.readFile, "change its slug in WordPress, or move that file"
	r.converter.Local = func(address string) string {
		if u, err := url.Parse(address); err == nil {
			if name := r.fileAt(u); name != "" {
				return (&url.URL{Path: "/uploads/" + name}).String()
			}
		}
		return address
	}
	if r.writer.schemas, err = r.schemas(); err != nil {
		return nil, err
	}
	for _, post := range export.Posts {
		if err := r.read(post); err != nil {
			return nil, err
		}
	}
	if len(r.pages) == 0 {
		return nil, errors.New("it has no posts and no pages: in WordPress, choose Tools, Export, All content")
	}
	for _, p := range r.pages {
		r.writer.write(p)
	}
	return r.report(), nil
}

// wordPressReader is the state of reading an export.
type wordPressReader struct {
	Request
	export    *wordpress.Export
	m         fieldMap
	writer    *pageWriter
	converter *wordpress.Converter

	pages     []*page
	byAddress map[string]*page // by path, and by "?p=1"
	types     map[string]int   // posts of each type
	files     map[string]int   // how often pages show a file, by its path below uploads/
	reused    map[string]int   // how often pages show a reusable block, by its id
	layouts   map[string]int   // what was kept without its layout, by kind
	hidden    map[string]int   // fields of WordPress and its plugins
	unwanted  map[string]int   // posts that are not read, by their status
	comments  int
}

// kindOf returns the kind of content that posts of a type become, or "" if they
// are left out.
func (r *wordPressReader) kindOf(postType string) string {
	kind, given := r.m.Types[postType]
	switch {
	case given:
		return kind
	case postType == "page":
		return cmp.Or(r.Kind, "page")
	case postType == "post":
		return cmp.Or(r.Kind, "case")
	}
	return ""
}

// schemas returns the schemas of the kinds that posts become. The map may name
// their fields.
func (r *wordPressReader) schemas() ([]content.Schema, error) {
	var all []content.Schema
	for _, postType := range append([]string{"post", "page"}, slices.Sorted(maps.Keys(r.m.Types))...) {
		kind := r.kindOf(postType)
		if kind == "" {
			continue
		}
		schema, err := schemaOfPages(kind)
		if err != nil {
			return nil, fmt.Errorf("posts of type %s: %w", postType, err)
		}
		all = append(all, schema)
	}
	if all == nil {
		return nil, errors.New("the map leaves out every type of post")
	}
	return all, r.m.check(all...)
}

// read makes a page of a post, unless posts of its type are left out.
func (r *wordPressReader) read(post wordpress.Post) error {
	r.types[post.Type]++
	kind := r.kindOf(post.Type)
	if kind == "" {
		return nil
	}
	if slices.Contains([]string{"trash", "auto-draft", "inherit"}, post.Status) {
		r.unwanted[post.Status]++
		return nil
	}
	p := &page{source: fmt.Sprintf("line %d, %s", post.Line, cmp.Or(post.Title, post.Type+" "+post.ID)), kind: kind, fields: r.fields(post)}
	r.setDraft(p, post)
	r.convert(p, post)
	slug, err := url.PathUnescape(post.Slug)
	if err != nil {
		slug = ""
	}
	p.id = r.writer.freeID(kind, cmp.Or(content.Slug(slug), content.Slug(post.Title), content.Slug(post.Type+"-"+post.ID), "page"), post.Type)
	r.pages = append(r.pages, p)
	r.comments += post.Comments
	if u, err := url.Parse(post.Address); err == nil && u.Path != "" {
		r.byAddress[strings.Trim(u.Path, "/")+queryOf(u)] = p
	}
	r.byAddress["?p="+post.ID], r.byAddress["?page_id="+post.ID] = p, p
	return nil
}

// setDraft makes a page a draft if WordPress does not show the post to the
// public.
func (r *wordPressReader) setDraft(p *page, post wordpress.Post) {
	switch {
	case post.Password != "":
		r.writer.result.add(p.source, KeptAsText, "it has a password in WordPress; so it is a draft")
	case post.Status == "private":
		r.writer.result.add(p.source, KeptAsText, "it is private in WordPress; so it is a draft")
	case post.Status == "publish", post.Status == "":
		return
	case post.Status == "future" && folderOf(p.kind) != "pages": // its date keeps it unpublished until then
		return
	}
	p.draft = true
}

// convert sets the text of a page.
func (r *wordPressReader) convert(p *page, post wordpress.Post) {
	text := r.converter.Convert(post)
	p.body, p.original, p.linesBefore, p.isConverted = text.Markdown, strings.Split(post.Text, "\n"), post.TextLine-1, true
	for _, f := range text.Foreign {
		p.foreign = append(p.foreign, fmt.Sprintf("line %d: %s", p.linesBefore+f.Line, f.Message))
	}
	for what, n := range text.Count {
		r.writer.count[what] += n
	}
	for what, n := range text.Kept {
		r.layouts[what] += n
	}
	for id, n := range text.Reused {
		r.reused[id] += n
	}
}

// serialized matches a value of PHP that is not a plain text.
var serialized = regexp.MustCompile(`^[aO]:\d+:`)

// fields returns the fields of a post, under the names that users of WordPress
// know.
func (r *wordPressReader) fields(post wordpress.Post) map[string]any {
	fields := map[string]any{}
	add := func(key, value string) {
		if value = strings.TrimSpace(value); value != "" {
			all, _ := fields[key].([]any)
			fields[key] = append(all, value)
		}
	}
	add("title", post.Title)
	add("author", post.Author)
	add("date", post.Date)
	add("excerpt", post.Excerpt)
	if u, err := url.Parse(post.Address); err == nil && strings.Trim(u.Path, "/") != "" && u.RawQuery == "" {
		add("permalink", u.Path)
	}
	if day := leadingDate.FindString(post.Modified); day > leadingDate.FindString(post.Date) {
		add("modified", day)
	}
	for _, term := range post.Terms {
		key := term.Taxonomy
		switch key {
		case "category":
			key = "categories"
		case "post_tag":
			key = "tags"
		}
		r.writer.seen.taxonomies[key] = true
		add(key, term.Name)
	}
	for _, f := range post.Fields {
		switch {
		case f.Key == "" || strings.HasPrefix(f.Key, "_"):
			r.hidden[f.Key]++
		case f.Key == wordpress.FootnotesKey && json.Valid([]byte(f.Value)): // they are part of the text
		case serialized.MatchString(f.Value):
			fields[f.Key] = map[string]any{}
		case slices.Contains([]string{"title", "author", "date", "excerpt", "permalink", "modified"}, f.Key):
			add("custom_"+f.Key, f.Value)
		default:
			if _, isText := fields[f.Key].(map[string]any); !isText {
				add(f.Key, f.Value)
			}
		}
	}
	return fields
}

// find returns the page or the file of the media library that an address on a page
// leads to.
func (r *wordPressReader) find(_ *page, address *url.URL) (*page, string) {
	if address.Scheme != "" && address.Scheme != "http" && address.Scheme != "https" {
		return nil, ""
	}
	site, err := url.Parse(r.export.Address)
	if isOwn := address.Host == "" || err == nil && sameHost(address, site); isOwn {
		if p := r.byAddress[strings.Trim(address.Path, "/")+queryOf(address)]; p != nil && (address.Path != "" || address.RawQuery != "") {
			return p, ""
		}
	}
	return nil, r.fileAt(address)
}

func sameHost(a, b *url.URL) bool {
	return strings.TrimPrefix(strings.ToLower(a.Host), "www.") == strings.TrimPrefix(strings.ToLower(b.Host), "www.")
}

// queryOf returns the part of an address that identifies a post by its number.
func queryOf(u *url.URL) string {
	for _, key := range []string{"p", "page_id"} {
		if id := u.Query().Get(key); id != "" {
			return "?" + key + "=" + id
		}
	}
	return ""
}

// smaller matches the end of the file name of a smaller copy of a picture.
var smaller = regexp.MustCompile(`-\d+x\d+(\.\w+)$`)

// fileAt returns the path below uploads/ of the file that an address leads to,
// or "" if there is no such file.
func (r *wordPressReader) fileAt(address *url.URL) string {
	if r.Media == nil || media.Instead(address.Path) != "" {
		return ""
	}
	name := uploadOf(address)
	for _, candidate := range []string{smaller.ReplaceAllString(name, "$1"), name} {
		if isFile(r.Media, candidate) {
			return candidate
		}
	}
	return ""
}

// uploadOf returns the path below uploads/ of a file of the media library.
func uploadOf(address *url.URL) string {
	if _, name, ok := strings.Cut(address.Path, "/uploads/"); ok {
		return name
	}
	return strings.TrimPrefix(address.Path, "/")
}

func (r *wordPressReader) readFile(name string) ([]byte, error) {
	data, err := readFile(r.Media, name, media.MaxDownload)
	if err == nil {
		r.files[name]++
	}
	return data, err
}

// report adds what concerns all pages to the report, and returns the import.
func (r *wordPressReader) report() *Import {
	result := r.writer.report()
	result.Map = append(r.suggestedTypes(), result.Map...)
	for _, postType := range slices.Sorted(maps.Keys(r.types)) {
		what := fmt.Sprintf("posts of type %s, %d", postType, r.types[postType])
		switch kind := r.kindOf(postType); {
		case kind != "":
			result.add(what, Mapped, kind)
		case postType == attachment, postType == wordpress.ReusableBlock: // listed below
		case slices.Contains(ownTypes, postType):
			result.add(what, LeftOut, "WordPress keeps it for itself")
		default:
			result.add(what, LeftOut, "the file of --map says below types: what it becomes")
		}
	}
	for _, status := range slices.Sorted(maps.Keys(r.unwanted)) {
		result.add(fmt.Sprintf("posts with status %s, %d", status, r.unwanted[status]), LeftOut, "WordPress shows it to nobody")
	}
	for _, what := range slices.Sorted(maps.Keys(r.layouts)) {
		result.add(what+", "+times(r.layouts[what]), KeptAsText, "its text is kept, and its layout is not")
	}
	r.reportOthers(result)
	if n := r.types[attachment]; n > 0 && r.Media == nil {
		result.add(fmt.Sprintf("media library, %d", n), LeftOut, "with a copy of wp-content/uploads, --media puts its files beside the pages that show them")
	}
	for _, post := range r.export.Posts {
		switch n := r.reused[post.ID]; {
		case post.Type == attachment:
			r.reportFile(result, post)
		case post.Type != wordpress.ReusableBlock || r.kindOf(post.Type) != "":
		case n > 0:
			result.add("reusable block "+cmp.Or(post.Title, post.ID), Mapped, "in the texts that show it, "+times(n))
		default:
			result.add("reusable block "+cmp.Or(post.Title, post.ID), LeftOut, "no text shows it")
		}
	}
	return result
}

// reportOthers reports the parts of the export that are not read.
func (r *wordPressReader) reportOthers(result *Import) {
	if n := r.hidden["_thumbnail_id"]; n > 0 {
		result.add("featured picture, "+times(n), LeftOut, "a page shows the pictures that its text has")
		delete(r.hidden, "_thumbnail_id")
	}
	if names := slices.Sorted(maps.Keys(r.hidden)); len(names) > 0 {
		more := ""
		if len(names) > 8 {
			more = fmt.Sprintf(" and %d more", len(names)-8)
		}
		result.add("fields of WordPress and its plugins", LeftOut, strings.Join(names[:min(len(names), 8)], ", ")+more)
	}
	if r.comments > 0 {
		result.add(fmt.Sprintf("comments of readers, %d", r.comments), LeftOut, "a page has no comments")
	}
	for _, name := range slices.Sorted(maps.Keys(r.export.Others)) {
		why := "posts name those that they have"
		if !slices.Contains([]string{"category", "tag", "term"}, name) {
			why = "it is no post"
		}
		result.add(fmt.Sprintf("entries of wp:%s, %d", name, r.export.Others[name]), LeftOut, why)
	}
	if n := r.export.Replaced; n > 0 {
		result.add(fmt.Sprintf("characters that XML cannot hold, %d", n), LeftOut, "a space is in its place")
	}
}

// reportFile says what became of a file of the media library.
func (r *wordPressReader) reportFile(result *Import, post wordpress.Post) {
	address, err := url.Parse(post.File)
	if err != nil || post.File == "" {
		result.add("file "+post.Title, LeftOut, "it has no address")
		return
	}
	name := uploadOf(address)
	switch n := r.files[name]; {
	case n > 0:
		result.add("file "+name, Mapped, "beside the pages that show it, "+times(n))
	case r.Media == nil:
		result.add("file "+name, LeftOut, post.File)
	case r.fileAt(address) == "":
		result.add("file "+name, LeftOut, "it is not in the folder of --media: "+post.File)
	default:
		result.add("file "+name, LeftOut, "no page shows it: "+post.File)
	}
}

// suggestedTypes returns the part of a map that says what posts of each type
// become.
func (r *wordPressReader) suggestedTypes() []byte {
	text := "# What posts of each type become: " + strings.Join(Kinds(), ", ") + "; nothing leaves\n# them out.\ntypes:\n"
	for _, postType := range slices.Sorted(maps.Keys(r.types)) {
		if !slices.Contains(ownTypes, postType) {
			text += strings.TrimRight("  "+postType+": "+r.kindOf(postType), " ") + "\n"
		}
	}
	return []byte(text)
}
