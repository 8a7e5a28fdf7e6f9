package library

// Hints for dead links: what the author probably meant.

import (
	"fmt"
	"maps"
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/markdown"
	"casebook/internal/media"
	"casebook/internal/problem"
)

// Patterns of destinations that are not paths.
var (
	emailAddress = regexp.MustCompile(`^[^@/\s:]+@[^@/\s:]+\.[^@/\s:.]{2,}$`)
	doi          = regexp.MustCompile(`^10\.[0-9]{4,9}/`)
	hostName     = regexp.MustCompile(`^(?:[A-Za-z0-9-]+\.)+([A-Za-z]{2,})(?::\d+)?(?:/|$)`)
)

// hintForPage returns a function that makes the hint for a link to a page or a
// download. target is the path below content/ that the link names, or the path as
// written if it leads out of content/.
func (r *linkResolver) hintForPage(w written, target string) func() string {
	return func() string {
		host := hostName.FindStringSubmatch(w.Destination)
		switch {
		case emailAddress.MatchString(w.Destination):
			return "for an e-mail address, write mailto:" + w.Destination
		case doi.MatchString(w.Destination):
			return "for a DOI, write https://doi.org/" + w.Destination
		case strings.HasPrefix(w.Destination, "www."), host != nil && !isFileName(w.Destination):
			return "for a web page, write https://" + w.Destination
		}
		from := w.source.File
		if file := r.library.fileOfPage(target); file != "" {
			return fmt.Sprintf("write the path to its file: %s", RelativePath(from, file)+anchorOf(w.Destination))
		}
		if file := r.meant(target, w.Kind); file != "" {
			return fmt.Sprintf("did you mean %q?", escaped(RelativePath(from, file)))
		}
		if isDocument(target) && path.Ext(target) != ".md" {
			return fmt.Sprintf("put the file %s beside this one, or correct its name", path.Base(target))
		}
		if example := r.library.exampleFile(from); example != "" {
			return "write the path from this file to the Markdown file of the page, such as " + RelativePath(from, example)
		}
		return "write the path from this file to the Markdown file of the page"
	}
}

// isFileName reports whether a destination ends like the name of a file, such as
// plan.pdf, rather than that of a host.
func isFileName(destination string) bool {
	switch strings.ToLower(path.Ext(destination)) {
	case ".html", ".htm", ".svg", ".heic", ".bmp", ".tif", ".tiff", ".doc", ".xls", ".ppt", ".zip", ".mp3", ".mp4", ".mov", ".yaml":
		return true
	default:
		return isDocument(destination) || media.IsImage(destination)
	}
}

func (r *linkResolver) hintForImage(w written, target string) func() string {
	return func() string {
		if file := r.meant(target, w.Kind); file != "" {
			return fmt.Sprintf("did you mean %q?", escaped(RelativePath(w.source.File, file)))
		}
		return "put the image beside this file, and write its name exactly"
	}
}

// wordAnchors are the beginnings of anchors that word processors make.
var wordAnchors = []struct{ prefix, hint string }{
	{"_ftnref", `begin the line with "[^1]: " in the place of this link, with the number of the footnote`},
	{"_ednref", `begin the line with "[^1]: " in the place of this link, with the number of the note`},
	{"_ftn", "write [^1] in the place of this link, with the number of the footnote"},
	{"_edn", "write [^1] in the place of this link, with the number of the note"},
	{"_Toc", "delete the list of contents: the page makes its own"},
	{"_msocom", "delete the mark of the comment"},
}

// hintForHeading returns the hint for an anchor that is not a heading of the file.
func (r *linkResolver) hintForHeading(file, anchor string) string {
	for _, other := range wordAnchors {
		if strings.HasPrefix(anchor, other.prefix) {
			return other.hint
		}
	}
	headings := r.headings[file]
	if headings == nil {
		headings = &suggestions{}
		for _, h := range r.bodies[file].Headings {
			headings.suggest(fold(h.ID), h.ID, h.ID)
		}
		r.headings[file] = headings
	}
	if likely := headings.likely(fold(anchor)); likely != nil {
		return fmt.Sprintf("did you mean #%s?", strings.Join(likely, " or #"))
	}
	switch n := len(headings.names); {
	case n == 0:
		return "that file has no headings: take #" + anchor + " away"
	case n > maxListed:
		return "look up the heading there: #its-words-in-small-letters"
	}
	var ids []string
	for _, h := range headings.names {
		ids = append(ids, "#"+h.write)
	}
	slices.Sort(ids)
	return "its headings are " + strings.Join(ids, ", ")
}

// checkOwn reports web addresses that lead to this site: addresses of the preview,
// which others cannot open, and addresses of the published site.
func (r *linkResolver) checkOwn(w written, u *url.URL) {
	if isPreview(u.Hostname()) {
		hint := "write the path from this file to the Markdown file of the page"
		if file := r.library.fileOfPage(u.Path); file != "" {
			hint = "write " + RelativePath(w.source.File, file) + anchorOf(w.Destination)
		} else if base := r.library.Site.BaseURL; base != "" {
			hint = "write its published address: " + strings.TrimSuffix(base, "/") + u.RequestURI()
		}
		r.add(problem.Error, w.source, w.at, "preview-link", fmt.Sprintf("%q leads to a preview on your own computer, which nobody else can open", w.Destination), hint)
		return
	}
	base, err := url.Parse(r.library.Site.BaseURL)
	if err != nil || base.Host == "" || !strings.EqualFold(base.Host, u.Host) {
		return
	}
	below, ok := strings.CutPrefix(u.Path, strings.TrimSuffix(base.Path, "/")+"/")
	if file := r.library.fileOfPage(below); ok && file != "" {
		r.add(problem.Advice, w.source, w.at, "own-address", fmt.Sprintf("%q is an address of this site: the link is not checked, and leaves the preview", w.Destination),
			"write "+RelativePath(w.source.File, file)+anchorOf(w.Destination))
	}
}

// isPreview reports whether a host name means the local computer or one of its
// network.
func isPreview(host string) bool {
	switch strings.ToLower(host) {
	case "localhost", "0.0.0.0":
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && (address.IsLoopback() || address.IsPrivate())
}

// anchorOf returns the anchor of a destination that was copied from a page, as
// written in Markdown, or "".
func anchorOf(destination string) string {
	_, anchor, found := strings.Cut(destination, "#")
	if !found || anchor == "" {
		return ""
	}
	return "#" + strings.TrimPrefix(anchor, markdown.IDPrefix)
}

// fileOfPage returns the Markdown file from which the page at an address is made,
// or "". The address may have been copied from a browser or another program, so it
// may have a leading slash, index.html or .html.
func (l *Library) fileOfPage(address string) string {
	id := strings.Trim(path.Clean("/"+address), "/")
	id = strings.TrimPrefix(id, "content/")
	id = l.inContent(strings.TrimSuffix(strings.TrimSuffix(id, "/index.html"), ".html"))
	if programme, ok := strings.CutPrefix(id, "programmes/"); ok {
		id = "cases/" + programme
	}
	for _, stem := range []string{id, "pages/" + id, path.Dir(id)} {
		for _, file := range []string{stem + ".md", stem + "/index.md"} {
			if l.files[file] != nil && (stem != path.Dir(id) || strings.HasPrefix(id, "principles/")) {
				return file
			}
		}
	}
	return ""
}

// inContent returns an address of the site, without a leading slash, with the folder
// below content/ for a folder of the site that is named after one of its own terms:
// "cases/x" for "stories/x".
func (l *Library) inContent(address string) string {
	folder, rest, ok := strings.Cut(address, "/")
	if !ok {
		return address
	}
	switch words := l.Site.Terms.Slugs(); folder {
	case words.CaseStudy.Other:
		return "cases/" + rest
	case words.Principle.Other:
		return "principles/" + rest
	default:
		return address
	}
}

// exampleFile returns a file to show as an example of a link from another file.
func (l *Library) exampleFile(from string) string {
	for _, c := range l.Cases {
		if c.File != from {
			return c.File
		}
	}
	for _, p := range l.Principles {
		if p.File != from {
			return p.File
		}
	}
	return ""
}

// fileNames finds files by the names that authors use for them.
type fileNames struct {
	images, all suggestions
	paths       map[string][]string // paths by folded name, sorted
}

// meant returns the path of the file that a link of the kind was probably meant
// for, or "".
func (r *linkResolver) meant(target string, kind markdown.LinkKind) string {
	if r.names == nil {
		r.names = r.newFileNames()
	}
	names := &r.names.all
	if kind == markdown.Image {
		names = &r.names.images
	}
	key := fold(fileName(target))
	var best string
	for _, name := range []string{key, names.closest(key, slipsOfText)} {
		rank := -1
		for _, file := range r.names.paths[name] {
			if isAttachment := r.library.attachments[file] || r.library.absent.files[file] == faulty; kind == markdown.Image && !isAttachment {
				continue
			}
			score := 0
			if path.Dir(file) == path.Dir(target) {
				score += 2
			}
			if strings.EqualFold(path.Ext(file), path.Ext(target)) {
				score++
			}
			if score > rank {
				best, rank = file, score
			}
		}
		if best != "" {
			break
		}
	}
	return best
}

// newFileNames collects the names of all files that can be linked to, including
// those that must not be published.
func (r *linkResolver) newFileNames() *fileNames {
	names := &fileNames{paths: map[string][]string{}}
	add := func(to *suggestions, files []string) {
		slices.Sort(files)
		for _, file := range files {
			key := fold(fileName(file))
			to.suggest(key, key, key)
		}
	}
	attachments := slices.Collect(maps.Keys(r.library.attachments))
	for file, why := range r.library.absent.files {
		if why == faulty {
			attachments = append(attachments, file)
		}
	}
	all := slices.AppendSeq(slices.Clone(attachments), maps.Keys(r.library.files))
	add(&names.images, attachments)
	add(&names.all, all)
	for _, file := range all {
		key := fold(fileName(file))
		names.paths[key] = append(names.paths[key], file)
	}
	return names
}

// fileName returns the name that authors use for a file: "ward" for ward.jpg,
// ward.md and ward/index.md.
func fileName(file string) string {
	name := path.Base(strings.TrimSuffix(file, "/index.md"))
	return strings.TrimSuffix(name, path.Ext(name))
}

// escaped returns a path as written in Markdown.
func escaped(file string) string { return (&url.URL{Path: file}).EscapedPath() }
