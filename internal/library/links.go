package library

// Resolving the links and images of bodies.

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"casebook/internal/content"
	"casebook/internal/markdown"
	"casebook/internal/media"
	"casebook/internal/problem"
)

// Destination is the target of a link or image of a body. The zero Destination
// means that there is none, which has been reported.
type Destination struct {
	Address string        // address outside the site; if set, all other fields are empty
	File    string        // path below content/ of a shown Markdown file or an attachment
	Entry   content.Entry // entry of the Markdown file; nil for an attachment
	Anchor  string        // id of a heading of the Markdown file, or ""
}

// Links holds, by path of the file, a Destination for each of Document.Links. It
// has no files whose text is not shown.
type Links map[string][]Destination

// ResolveLinks finds the target of each link of the bodies. It reports links
// without a target, and images and downloads that nothing links to.
func (l *Library) ResolveLinks(files []*content.Parsed) (Links, []problem.Problem) {
	r := &linkResolver{
		library: l, links: make(Links, len(files)), used: map[string]bool{}, doubtful: map[string]bool{},
		bodies: make(map[string]*content.Body, len(files)), headings: map[string]*suggestions{},
	}
	for _, f := range files {
		r.bodies[f.Path] = f.Body
	}
	for _, f := range files {
		if f.Body == nil {
			continue
		}
		if l.shows(f.Path) {
			r.resolveBody(f)
		} else {
			r.useAll(f)
		}
	}
	r.reportUnused(files)
	return r.links, r.sorted()
}

// shows reports whether readers see the text of a file.
func (l *Library) shows(file string) bool {
	if c, ok := l.files[file].(*content.CaseStudy); ok && c.Withdrawn != nil {
		return false
	}
	return l.absent.files[file] == ""
}

// linkResolver resolves links.
type linkResolver struct {
	reports
	library *Library
	bodies  map[string]*content.Body
	links   Links

	used     map[string]bool // attachments that a text links to
	doubtful map[string]bool // folders of files that name a file which is not there, and may mean an attachment in the folder

	// Names to suggest in hints, collected for the first link that needs them.
	headings map[string]*suggestions // by file
	names    *fileNames
}

func (r *linkResolver) resolveBody(f *content.Parsed) {
	all := make([]Destination, len(f.Body.Document.Links))
	for i, link := range f.Body.Document.Links {
		w := written{link, content.Source{File: f.Path}, f.Body.Links[i]}
		all[i] = r.resolve(w)
		if all[i].Entry == nil {
			r.used[all[i].File] = true
		}
	}
	r.links[f.Path] = all
}

// written is a link as its author wrote it, with its place.
type written struct {
	markdown.Link
	source content.Source
	at     content.Position
}

// resolve returns the target of a link, or reports what is wrong with it.
func (r *linkResolver) resolve(w written) Destination {
	u, err := parseDestination(w.Destination)
	if err != nil {
		r.add(problem.Error, w.source, w.at, "dead-link", fmt.Sprintf("%q is neither a web address nor a path", w.Destination), "write the whole address, https://…, or the path from this file to another")
		return Destination{}
	}
	if u.Scheme != "" || u.Host != "" {
		r.checkOwn(w, u)
		return Destination{Address: w.Destination}
	}
	target, ok := w.source.File, true
	if u.Path != "" {
		target, ok = resolvePath(target, u.Path)
	}
	switch {
	case !ok:
		r.dead(w, "dead-link", fmt.Sprintf("%q is not a path inside the content folder", w.Destination), r.hintForPage(w, u.Path))
		return Destination{}
	case w.Kind == markdown.Image && isDocument(target):
		r.dead(w, "not-a-picture", fmt.Sprintf("%q is not a picture", w.Destination), func() string { return "take the ! away to link to it" })
		return Destination{}
	}
	if file, ok := r.library.attachment(target); ok {
		return Destination{File: file}
	}
	return r.resolveFile(w, target, u.Fragment)
}

// resolveFile returns the target of a path that is not an attachment.
func (r *linkResolver) resolveFile(w written, target, anchor string) Destination {
	switch status := r.library.absent.files[target]; {
	case status == faulty:
		return Destination{}
	case w.Kind == markdown.Image:
		r.dead(w, "dead-image", fmt.Sprintf("there is no image %q", w.Destination), r.hintForImage(w, target))
		return Destination{}
	case status == Draft:
		r.add(problem.Error, w.source, w.at, "draft-link", fmt.Sprintf("%q is a draft, so this link would lead nowhere", w.Destination), "publish the draft first, or take the link away")
		return Destination{}
	case status == Scheduled:
		r.add(problem.Advice, w.source, w.at, "scheduled-link", fmt.Sprintf("%q is not published yet: its text is shown without a link until then", w.Destination), "nothing to do, as long as its published date is right")
		return Destination{}
	case status == OtherSet:
		r.add(problem.Advice, w.source, w.at, "other-set-link", fmt.Sprintf("%q belongs to a set of principles that the site does not show: its text is shown without a link", w.Destination), "nothing to do, as long as principle_set of site.yaml is right")
		return Destination{}
	}
	entry, ok := r.library.files[target]
	if !ok {
		r.dead(w, "dead-link", fmt.Sprintf("there is no file %q", w.Destination), r.hintForPage(w, target))
		return Destination{}
	}
	to := Destination{File: target, Entry: entry, Anchor: anchor}
	if anchor != "" {
		if id, ok := r.heading(target, anchor); ok {
			to.Anchor = id
		} else {
			r.dead(w, "dead-anchor", fmt.Sprintf("there is no heading #%s in %s", anchor, target), func() string { return r.hintForHeading(target, anchor) })
		}
	}
	return to
}

// dead reports a link without a target.
func (r *linkResolver) dead(w written, code, message string, hint func() string) {
	r.doubtful[path.Dir(w.source.File)] = true
	r.addLater(w.source, w.at, code, message, hint)
}

// heading returns the id of the heading that an anchor names. Accented letters may
// be composed or decomposed.
func (r *linkResolver) heading(file, anchor string) (id string, ok bool) {
	plain := isASCII(anchor)
	for _, h := range r.bodies[file].Headings {
		if h.ID == anchor || !plain && norm.NFC.String(h.ID) == norm.NFC.String(anchor) {
			return h.ID, true
		}
	}
	return "", false
}

// attachment returns the path of an image or download in its actual spelling. In
// the given path, accented letters may be composed or decomposed.
func (l *Library) attachment(path string) (file string, ok bool) {
	if l.attachments[path] {
		return path, true
	}
	if isASCII(path) {
		return "", false
	}
	file, ok = l.composed[norm.NFC.String(path)]
	return file, ok
}

// composedPaths maps the composed form (NFC) of each path with non-ASCII letters to
// the path.
func composedPaths(paths map[string]bool) map[string]string {
	composed := map[string]string{}
	for path := range paths {
		if !isASCII(path) {
			composed[norm.NFC.String(path)] = path
		}
	}
	return composed
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// useAll marks the attachments that a file links to as used, although no page shows
// the file yet.
func (r *linkResolver) useAll(f *content.Parsed) {
	for _, link := range f.Body.Document.Links {
		if u, err := parseDestination(link.Destination); err == nil && u.Host == "" {
			if target, ok := resolvePath(f.Path, u.Path); ok {
				file, _ := r.library.attachment(target)
				r.used[file] = true
			}
		}
	}
}

// reportUnused reports images and downloads that no page links to, including pages
// that are not published yet.
func (r *linkResolver) reportUnused(files []*content.Parsed) {
	use := func(from string, ref content.Ref) {
		if target, ok := resolvePath(from, ref.Text); ok {
			file, found := r.library.attachment(target)
			r.used[file] = true
			r.doubtful[path.Dir(from)] = r.doubtful[path.Dir(from)] || ref.Text != "" && !found
		}
	}
	use(r.library.Site.File, r.library.Site.Logo)
	use(r.library.Site.File, r.library.Site.Favicon)
	for _, resource := range entries[*content.Resource](files) {
		use(resource.File, resource.Attachment)
	}
	for _, c := range entries[*content.CaseStudy](files) {
		use(c.File, c.Picture.File)
	}
	named := namedInProblems(files)
	for file := range r.library.attachments {
		if !named(file) && !r.used[file] && !r.doubtful[path.Dir(file)] && r.library.absent.files[file] != faulty {
			r.all = append(r.all, report{Problem: content.Unused(file)})
		}
	}
}

// namedInProblems returns a function that reports whether a problem of a text in
// the same folder mentions the name of a file. Then a link to the file is probably
// miswritten, which has been reported.
func namedInProblems(files []*content.Parsed) func(file string) bool {
	messages := map[string][]string{} // messages and hints, by folder
	for _, file := range files {
		for _, p := range file.Problems {
			folder := path.Dir(file.Path)
			messages[folder] = append(messages[folder], p.Message, p.Hint)
		}
	}
	return func(file string) bool {
		return slices.ContainsFunc(messages[path.Dir(file)], func(m string) bool { return strings.Contains(m, path.Base(file)) })
	}
}

// parseDestination parses the destination of a link. It avoids the cost of
// url.Parse for plain destinations, which most are.
func parseDestination(destination string) (*url.URL, error) {
	path, anchor, _ := strings.Cut(destination, "#")
	if isPlain(path) && isPlain(anchor) && !strings.HasPrefix(path, "//") {
		return &url.URL{Path: path, Fragment: anchor}, nil
	}
	return url.Parse(destination)
}

// isPlain reports whether a destination has only characters that mean the same in a
// path and in a URL.
func isPlain(destination string) bool {
	for i := range len(destination) {
		switch c := destination[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '/', c == '.', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}

// resolvePath returns the path below content/ that a relative path in a file names.
// It returns false if the path leads out of content/.
func resolvePath(file, relative string) (string, bool) {
	if path.IsAbs(relative) || strings.ContainsAny(relative, "\\\x00") {
		return "", false
	}
	target := path.Join(path.Dir(file), relative)
	if target == ".." || strings.HasPrefix(target, "../") {
		return "", false
	}
	return target, true
}

// RelativePath returns the relative path from one file to another.
func RelativePath(from, to string) string {
	a, b := strings.Split(path.Dir(from), "/"), strings.Split(to, "/")
	for len(a) > 0 && len(b) > 1 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return strings.Repeat("../", len(a)) + strings.Join(b, "/")
}

// isDocument reports whether a file, by its name, can be linked to but not shown as
// a picture. Package media reports files that can be neither.
func isDocument(file string) bool {
	return strings.EqualFold(path.Ext(file), ".md") || media.IsDocument(file)
}
