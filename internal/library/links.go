package library

// Where the links and images of bodies lead.

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/markdown"
	"casebook/internal/problem"
)

// Destination is what a link or image of a body leads to. The zero Destination
// leads nowhere, which has been reported.
type Destination struct {
	Address string        // of a link that leaves the site; nothing else is set
	File    string        // below content/: a shown Markdown file or an attachment
	Entry   content.Entry // of the Markdown file; nil for an attachment
	Anchor  string        // a heading of the Markdown file, or empty
}

// Links are where the links of bodies lead: by path of the file, a Destination
// for each of Document.Links. Files that no page shows have none.
type Links map[string][]Destination

// ResolveLinks finds where each link of the bodies leads, and reports those that
// lead nowhere with the file or heading that was probably meant. attachments are
// the paths of images and downloads below content/.
func (l *Library) ResolveLinks(files []*content.Parsed, attachments map[string]bool) (Links, []problem.Problem) {
	r := &linkResolver{
		library: l, attachments: attachments, links: make(Links, len(files)),
		bodies: make(map[string]*content.Body, len(files)), anchors: map[string]*vocabulary[string]{}, names: map[markdown.LinkKind]*vocabulary[*namesakes]{},
	}
	for _, f := range files {
		r.bodies[f.Path] = f.Body
	}
	for _, f := range files {
		if f.Body != nil && l.shows(f.Path) {
			r.resolveBody(f)
		}
	}
	return r.links, r.problems
}

// shows reports whether readers see the text of a file.
func (l *Library) shows(file string) bool {
	if c, ok := l.files[file].(*content.CaseStudy); ok && c.Withdrawn != nil {
		return false
	}
	return l.absent.files[file] == ""
}

// linkResolver is Links in the making.
type linkResolver struct {
	library     *Library
	attachments map[string]bool
	bodies      map[string]*content.Body
	links       Links
	problems    []problem.Problem

	// What hints are sought in, made for the first link that needs it.
	anchors map[string]*vocabulary[string]                // headings, by path of the file
	names   map[markdown.LinkKind]*vocabulary[*namesakes] // of files that a link of the kind may lead to
}

func (r *linkResolver) resolveBody(f *content.Parsed) {
	all := make([]Destination, len(f.Body.Document.Links))
	for i, link := range f.Body.Document.Links {
		to, p := r.resolve(f.Path, link)
		if p != nil {
			at := f.Body.Links[i]
			p.File, p.Line, p.Column = f.Path, at.Line, at.Column
			r.problems = append(r.problems, *p)
		}
		all[i] = to
	}
	r.links[f.Path] = all
}

// resolve finds where a link written in the file leads, or says what is wrong.
func (r *linkResolver) resolve(file string, link markdown.Link) (Destination, *problem.Problem) {
	if isExternal(link.Destination) {
		return Destination{Address: link.Destination}, nil
	}
	target, anchor, ok := splitLink(file, link.Destination)
	if !ok {
		return Destination{}, &problem.Problem{
			Code: "dead-link", Message: fmt.Sprintf("%q is not a path inside the content folder", link.Destination),
			Hint: "write the path from this file to the other, such as ../principles/strategic.md",
		}
	}
	if link.Kind == markdown.Image && isDocument(target) {
		return Destination{}, notAPicture(link.Destination)
	}
	if r.attachments[target] {
		return Destination{File: target}, nil
	}
	if r.library.absent.files[target] == faulty {
		return Destination{}, nil
	}
	if link.Kind == markdown.Image {
		return Destination{}, &problem.Problem{
			Code: "dead-image", Message: fmt.Sprintf("there is no image %q", link.Destination),
			Hint: r.didYouMean(file, target, link.Kind, "put the image beside this file, and write its name exactly"),
		}
	}
	if r.library.absent.files[target] == Draft {
		return Destination{}, &problem.Problem{
			Code: "draft-link", Message: fmt.Sprintf("%q is a draft, so this link would lead nowhere", link.Destination),
			Hint: "publish the draft first, or take the link away",
		}
	}
	entry, ok := r.library.files[target]
	if !ok {
		return Destination{}, &problem.Problem{
			Code: "dead-link", Message: fmt.Sprintf("there is no file %q", link.Destination),
			Hint: r.didYouMean(file, target, link.Kind, "link to another page by the path from this file to its Markdown file, such as ../principles/strategic.md"),
		}
	}
	to := Destination{File: target, Entry: entry, Anchor: anchor}
	if anchor != "" && !r.hasAnchor(target, anchor) {
		return to, r.deadAnchor(target, anchor)
	}
	return to, nil
}

func (r *linkResolver) hasAnchor(file, anchor string) bool {
	for _, h := range r.bodies[file].Headings {
		if h.ID == anchor {
			return true
		}
	}
	return false
}

func (r *linkResolver) deadAnchor(file, anchor string) *problem.Problem {
	anchors := r.anchors[file]
	if anchors == nil {
		anchors = newVocabulary[string](headingKind)
		for _, h := range r.bodies[file].Headings {
			anchors.add(h.ID, h.ID)
		}
		r.anchors[file] = anchors
	}
	hint := "that file has no headings"
	if near := anchors.suggest(anchor); near != "" {
		hint = fmt.Sprintf("did you mean #%s?", near)
	} else if labels, few := anchors.listed(); !few {
		hint = "look up the heading there: #its-words-in-small-letters"
	} else if labels != "" {
		hint = "its headings are #" + strings.ReplaceAll(labels, ", ", ", #")
	}
	return &problem.Problem{Code: "dead-anchor", Message: fmt.Sprintf("there is no heading #%s in %s", anchor, file), Hint: hint}
}

// didYouMean is the hint for a link that leads nowhere: the file that was
// probably meant, else the advice.
func (r *linkResolver) didYouMean(from, target string, kind markdown.LinkKind, advice string) string {
	if r.names[kind] == nil {
		r.names[kind] = r.newNames(kind)
	}
	name := fileName(target)
	near := r.names[kind].nearest(name, slips(strings.TrimSuffix(name, path.Ext(name))))
	if near == "" {
		return advice
	}
	paths := r.names[kind].byName[fold(near)].paths
	meant := paths[0]
	for _, p := range paths {
		if path.Dir(p) == path.Dir(target) {
			meant = p
		}
	}
	return fmt.Sprintf("did you mean %q?", relativePath(from, meant))
}

// namesakes are the paths of files of one name.
type namesakes struct{ paths []string }

// newNames are the names of all files that a link of the kind may lead to, also
// of those that may not be published.
func (r *linkResolver) newNames(kind markdown.LinkKind) *vocabulary[*namesakes] {
	all := slices.Collect(maps.Keys(r.attachments))
	for file, why := range r.library.absent.files {
		if why == faulty {
			all = append(all, file)
		}
	}
	if kind != markdown.Image {
		all = slices.AppendSeq(all, maps.Keys(r.library.files))
	}
	slices.Sort(all)
	names := newVocabulary[*namesakes](fileKind)
	for _, file := range all {
		same, ok := names.find(fileName(file))
		if !ok {
			same = &namesakes{}
			names.add(fileName(file), same)
		}
		same.paths = append(same.paths, file)
	}
	return names
}

// fileName is what authors know a file by: of "cases/ward/index.md", "ward".
func fileName(file string) string {
	return strings.TrimSuffix(path.Base(strings.TrimSuffix(file, "/index.md")), ".md")
}

// isExternal reports a destination that leaves the site. Package markdown
// decides which schemes are allowed.
func isExternal(destination string) bool {
	if isPlain(destination) {
		return strings.HasPrefix(destination, "//")
	}
	u, err := url.Parse(destination)
	return err != nil || u.Scheme != "" || u.Host != ""
}

// isPlain reports a destination of characters that mean the same in a path and
// in a URL, so that it need not be parsed. Most links to other files are plain.
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

// splitLink turns a relative destination in a file into a path below content/
// and an anchor.
func splitLink(file, destination string) (target, anchor string, ok bool) {
	if before, after, _ := strings.Cut(destination, "#"); before != "" && isPlain(before) && isPlain(after) {
		target, ok = resolvePath(file, before)
		return target, after, ok
	}
	u, err := url.Parse(destination)
	if err != nil {
		return "", "", false
	}
	if u.Path == "" {
		return file, u.Fragment, true
	}
	target, ok = resolvePath(file, u.Path)
	return target, u.Fragment, ok
}

// resolvePath is the path below content/ that a relative path in a file names;
// false when it leaves the folder.
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

// relativePath is how a file names another.
func relativePath(from, to string) string {
	a, b := strings.Split(path.Dir(from), "/"), strings.Split(to, "/")
	for len(a) > 0 && len(b) > 1 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	return strings.Repeat("../", len(a)) + strings.Join(b, "/")
}

// isDocument reports a file that can be linked to but not shown as a picture,
// by its name. Package media reports files that can be neither.
func isDocument(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".md", ".pdf", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".csv", ".txt":
		return true
	}
	return false
}

// notAPicture is the problem of ![report](report.pdf), which a browser would
// show as a broken picture.
func notAPicture(destination string) *problem.Problem {
	return &problem.Problem{
		Code: "not-a-picture", Message: fmt.Sprintf("%q is not a picture", destination),
		Hint: "take the ! away to link to it",
	}
}
