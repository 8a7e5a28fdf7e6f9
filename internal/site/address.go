package site

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/problem"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// OutputPath is the file, below the root of the site, that a host serves at the
// address of a page.
func OutputPath(address string) string {
	file := strings.TrimPrefix(address, "/")
	if file == "" || strings.HasSuffix(file, "/") {
		return file + "index.html"
	}
	return file
}

// addresses are the files of the site and who asked for each. Files whose names
// differ only in case or Unicode form are one on some file systems, and no file
// can stand where another has a folder.
type addresses struct {
	fold    cases.Caser
	files   map[string]string // who, by folded path
	folders map[string]string
}

// everySite names, in messages, what is there whatever the content.
const everySite = "a page that every site has"

// newAddresses has room for n files, nearly each in a folder of its own.
func newAddresses(n int) *addresses {
	return &addresses{fold: cases.Fold(), files: make(map[string]string, n), folders: make(map[string]string, n)}
}

// take gives a file to who asks; it returns who has the place already, or "".
func (a *addresses) take(file, who string) string {
	if who == "" {
		who = everySite
	}
	key := file
	if !isPlain(file) {
		key = a.fold.String(norm.NFC.String(file))
	}
	if other := a.files[key]; other != "" {
		return other
	}
	if other := a.folders[key]; other != "" {
		return other
	}
	// Above a folder that is known are folders only.
	unknown := func(dir string) bool { return dir != "." && a.folders[dir] == "" }
	for dir := path.Dir(key); unknown(dir); dir = path.Dir(dir) {
		if other := a.files[dir]; other != "" {
			return other
		}
	}
	for dir := path.Dir(key); unknown(dir); dir = path.Dir(dir) {
		a.folders[dir] = who
	}
	a.files[key] = who
	return ""
}

// isPlain reports a path that folding leaves as it is, as nearly all are.
func isPlain(file string) bool {
	for i := range len(file) {
		if c := file[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// reserved are the folders of the root that the theme's assets and the search
// index fill.
func reserved(file string) bool {
	return strings.HasPrefix(file, "assets/") || strings.HasPrefix(file, "search/")
}

// unique orders the pages by path, and reports those whose address is taken:
// pages by other pages, attachments by pages and other attachments, redirects by
// all of these and what every site has.
func (m *maker) unique() ([]Page, []problem.Problem) {
	taken := newAddresses(len(m.pages) + len(m.claims))
	var problems []problem.Problem
	kept := m.pages[:0]
	for _, p := range m.pages {
		if other := taken.take(OutputPath(Of(p).Path), SourceOf(p)); other != "" {
			problems = append(problems, collision(p, other, content.Position{}))
			continue
		}
		kept = append(kept, p)
	}
	for _, file := range slices.Sorted(maps.Keys(m.opts.Attachments)) {
		address := AttachmentPath(file)
		if other := taken.take(OutputPath(address), file); other != "" {
			problems = append(problems, collided(file, address, other, content.Position{}))
		}
	}
	for _, c := range m.claims {
		file := OutputPath(Of(c.page).Path)
		other := ""
		if reserved(file) {
			other = everySite
		} else {
			other = taken.take(file, SourceOf(c.page))
		}
		if other != "" {
			problems = append(problems, collision(c.page, other, c.at))
			continue
		}
		kept = append(kept, c.page)
	}
	slices.SortFunc(kept, func(a, b Page) int { return strings.Compare(Of(a).Path, Of(b).Path) })
	return kept, problems
}

// collision blames a page for asking for an address that another has. A page
// without a file of its own has its address from the site, so it is the other
// that must give way.
func collision(p Page, other string, at content.Position) problem.Problem {
	file := SourceOf(p)
	if file == "" {
		file, other = other, everySite
	}
	return collided(file, Of(p).Path, other, at)
}

func collided(file, address, other string, at content.Position) problem.Problem {
	return problem.Problem{
		File: file, Line: at.Line, Column: at.Column, Code: "url-collision",
		Message: fmt.Sprintf("the address %s is already taken by %s", address, other),
		Hint:    "give one of them another id, name or alias",
	}
}

// deadNavigation reports links of the main navigation that lead to no page.
func (m *maker) deadNavigation(pages []Page) []problem.Problem {
	var problems []problem.Problem
	for _, item := range m.lib.Site.Navigation {
		address := item.Path.Text
		if !slices.ContainsFunc(pages, func(p Page) bool { return Of(p).Path == address }) {
			problems = append(problems, problem.Problem{
				File: m.lib.Site.File, Line: item.Path.Line, Column: item.Path.Column, Code: "dead-navigation",
				Message: fmt.Sprintf("there is no page at %q", address),
				Hint:    "write the address of a page of this site from its root, such as /principles/ or /about/",
			})
		}
	}
	return problems
}
