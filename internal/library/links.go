package library

import (
	"cmp"
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

// Destination is what an internal link of a body leads to: a shown Markdown
// file or an attachment, and an anchor of the former.
type Destination struct {
	Entry  content.Entry // nil for an attachment
	File   string        // below content/
	Anchor string
}

// Resolve finds what a link written in the file leads to. It reports false for
// links that leave the site and for those that lead nowhere.
func (l *Library) Resolve(file string, link markdown.Link, isAttachment func(path string) bool) (Destination, bool) {
	target, anchor, ok := splitLink(file, link.Destination)
	if !ok {
		return Destination{}, false
	}
	if isAttachment(target) {
		return Destination{File: target}, true
	}
	entry, ok := l.files[target]
	if !ok {
		return Destination{}, false
	}
	return Destination{entry, target, anchor}, true
}

// CheckLinks reports the internal links of all bodies that lead nowhere, with
// the file and heading that were probably meant.
func (l *Library) CheckLinks(files []*content.Parsed, attachments map[string]bool) []problem.Problem {
	bodies := make(map[string]*content.Body, len(files))
	for _, f := range files {
		bodies[f.Path] = f.Body
	}
	c := linkChecker{l, attachments, bodies, map[markdown.LinkKind]*vocabulary[*namesakes]{}}
	var problems []problem.Problem
	for _, f := range files {
		if f.Body == nil || !l.shows(f.Path) {
			continue
		}
		for i, link := range f.Body.Document.Links {
			if p, bad := c.check(f.Path, link); bad {
				at := f.Body.Links[i]
				p.File, p.Line, p.Column = f.Path, at.Line, at.Column
				problems = append(problems, p)
			}
		}
	}
	return problems
}

// shows reports whether readers see the text of a file.
func (l *Library) shows(file string) bool {
	if c, ok := l.files[file].(*content.CaseStudy); ok && c.Withdrawn != nil {
		return false
	}
	return !l.drafts[file]
}

// linkChecker holds what links are checked against.
type linkChecker struct {
	library     *Library
	attachments map[string]bool
	bodies      map[string]*content.Body
	names       map[markdown.LinkKind]*vocabulary[*namesakes] // of files, made when the first link is dead
}

func (c *linkChecker) check(file string, link markdown.Link) (problem.Problem, bool) {
	if IsExternal(link.Destination) {
		return problem.Problem{}, false
	}
	target, anchor, ok := splitLink(file, link.Destination)
	switch {
	case !ok:
		return problem.Problem{
			Code: "dead-link", Message: fmt.Sprintf("%q is not a path inside the content folder", link.Destination),
			Hint: "write the path from this file to the other, such as ../principles/strategic.md",
		}, true
	case link.Kind == markdown.Image && isDocument(target):
		return notAPicture(link.Destination), true
	case c.attachments[target], c.library.excused[target]:
		return problem.Problem{}, false
	case link.Kind == markdown.Image:
		return problem.Problem{
			Code: "dead-image", Message: fmt.Sprintf("there is no image %q", link.Destination),
			Hint: cmp.Or(c.meant(file, target, link.Kind), "put the image beside this file, and write its name exactly"),
		}, true
	case c.library.drafts[target]:
		return problem.Problem{
			Code: "draft-link", Message: fmt.Sprintf("%q is a draft, so this link would lead nowhere", link.Destination),
			Hint: "publish the draft first, or take the link away",
		}, true
	}
	if _, ok := c.library.files[target]; !ok {
		return problem.Problem{
			Code: "dead-link", Message: fmt.Sprintf("there is no file %q", link.Destination),
			Hint: cmp.Or(c.meant(file, target, link.Kind), "link to another page by the path from this file to its Markdown file, such as ../principles/strategic.md"),
		}, true
	}
	if anchor == "" {
		return problem.Problem{}, false
	}
	body := c.bodies[target]
	anchors := newVocabulary[string]("heading")
	for _, h := range body.Headings {
		if h.ID == anchor {
			return problem.Problem{}, false
		}
		anchors.add(h.ID, h.ID)
	}
	hint := "that file has no headings"
	if near := anchors.suggest(anchor); near != "" {
		hint = fmt.Sprintf("did you mean #%s?", near)
	} else if labels, few := anchors.listed(); !few {
		hint = "look up the heading there: #its-words-in-small-letters"
	} else if labels != "" {
		hint = "its headings are #" + strings.ReplaceAll(labels, ", ", ", #")
	}
	return problem.Problem{Code: "dead-anchor", Message: fmt.Sprintf("there is no heading #%s in %s", anchor, target), Hint: hint}, true
}

// meant suggests the file that a dead link was probably to lead to, or "".
func (c *linkChecker) meant(from, target string, kind markdown.LinkKind) string {
	if c.names[kind] == nil {
		c.names[kind] = c.newNames(kind)
	}
	name := fileName(target)
	near := c.names[kind].nearest(name, slips(strings.TrimSuffix(name, path.Ext(name))))
	if near == "" {
		return ""
	}
	paths := c.names[kind].terms[fold(near)].paths
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

// newNames are the names of all files that a link of the kind may lead to; of
// what is there but was refused, too.
func (c *linkChecker) newNames(kind markdown.LinkKind) *vocabulary[*namesakes] {
	all := slices.Concat(slices.Collect(maps.Keys(c.attachments)), slices.Collect(maps.Keys(c.library.excused)))
	if kind != markdown.Image {
		all = slices.AppendSeq(all, maps.Keys(c.library.files))
	}
	slices.Sort(all)
	names := newVocabulary[*namesakes]("file")
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

// IsExternal reports a destination that leaves the site, by its scheme; which
// schemes are allowed is package markdown's to say.
func IsExternal(destination string) bool {
	if isPlain(destination) {
		return strings.HasPrefix(destination, "//")
	}
	u, err := url.Parse(destination)
	return err != nil || u.Scheme != "" || u.Host != ""
}

// isPlain reports a destination of characters that mean the same in a path and
// in a URL, as those of most links to other files are: it need not be parsed.
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
	if IsExternal(destination) {
		return "", "", false
	}
	if before, after, _ := strings.Cut(destination, "#"); before != "" && isPlain(before) && isPlain(after) {
		target, ok = resolvePath(file, before)
		return target, after, ok
	}
	u, _ := url.Parse(destination)
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
