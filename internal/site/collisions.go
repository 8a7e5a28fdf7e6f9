// Addresses that two pages or files claim.

package site

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
	"casebook/internal/problem"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// addresses holds the files of the site and what each is for. Some file systems
// treat names that differ only in case or Unicode form as the same name, and a
// file cannot have the name of a folder.
type addresses struct {
	fold    cases.Caser
	files   map[string]string // the content file that it is for, by folded path
	folders map[string]string
}

// everySite describes, in messages, a page that does not depend on content.
const everySite = "a page that every site has"

// newAddresses returns an empty set with room for n files, most of them in a
// folder of their own.
func newAddresses(n int) *addresses {
	return &addresses{fold: cases.Fold(), files: make(map[string]string, n), folders: make(map[string]string, n)}
}

// take reserves a file for the content file who, or for a page that every site
// has if who is "". If the file is taken already, take returns what it is for;
// otherwise it returns "".
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
	// The folders above a known folder are known, too.
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

// claim is like take, but also refuses reserved addresses.
func (a *addresses) claim(file, who string) string {
	if Reserved(file) {
		return everySite
	}
	return a.take(file, who)
}

// isPlain reports whether folding leaves a path unchanged, which is true of
// nearly all paths.
func isPlain(file string) bool {
	for i := range len(file) {
		if c := file[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

// Reserved reports whether packages theme, search and export may write a file,
// so that no alias and no attachment can have its address.
func Reserved(file string) bool {
	for name := range strings.SplitSeq(file, "/") { // a folder of that name would be in the way, too
		if name == socialCard || name == twinFile {
			return true
		}
	}
	if folder, _, below := strings.Cut(file, "/"); below {
		return strings.HasPrefix("/"+file, FormPath) || slices.Contains([]string{"assets", "search", "data", "feeds"}, folder)
	}
	switch file {
	case "robots.txt", "opensearch.xml", "llms.txt", "ro-crate-metadata.json", "linkset.json", "_redirects", "_headers", "redirects.nginx", "redirects.caddy",
		"favicon.ico", "apple-touch-icon.png", "icon-192.png", "icon-512.png", "site.webmanifest", workerFile, workerList, BundlePath:
		return true
	}
	return strings.HasPrefix(file, "sitemap") && strings.HasSuffix(file, ".xml")
}

// unique returns the pages sorted by path, and reports those whose address is
// taken: pages by other pages, attachments by pages and other attachments,
// redirects by all of these and by the pages that every site has.
func (m *maker) unique() ([]Page, []problem.Problem) {
	taken := newAddresses(len(m.pages) + len(m.claims))
	var problems []problem.Problem
	kept := m.pages[:0]
	for _, p := range m.pages {
		other := taken.take(OutputPath(Of(p).Path), SourceOf(p))
		switch term := m.termOf(Of(p).Path); {
		case term != nil && (other == everySite || Reserved(OutputPath(Of(p).Path))):
			problems = append(problems, problem.Problem{
				File: m.lib.Site.File, Line: term.At.Line, Column: term.At.Column, Code: "url-collision",
				Message: fmt.Sprintf("%q gives a list the address %s, which is already taken by %s", term.Other, Of(p).Path, everySite),
				Hint:    "choose another word",
			})
			continue
		case other != "":
			problems = append(problems, collision(p, other, content.Position{}))
			continue
		}
		kept = append(kept, p)
	}
	for _, file := range slices.Sorted(maps.Keys(m.opts.Attachments)) {
		address := m.at.attachment(file)
		if other := taken.claim(OutputPath(address), file); other != "" {
			problems = append(problems, collided(file, address, other, content.Position{}))
		}
	}
	for _, c := range m.claims {
		// A redirect is written as a file in the folder that has its address.
		address := strings.Trim(Of(c.page).Path, "/")
		other := taken.claim(OutputPath(Of(c.page).Path), SourceOf(c.page))
		if other == "" && Reserved(address) {
			other = everySite
		}
		if other == SourceOf(c.page) {
			own := collision(c.page, other, c.at)
			own.Message, own.Hint = fmt.Sprintf("%s is the address of this page itself", Of(c.page).Path), "an alias is an old address: delete it"
			problems = append(problems, own)
			continue
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

// termOf returns the word of site.yaml that the address of a list is made from, or nil
// if there is none.
func (m *maker) termOf(address string) *content.Noun {
	terms := &m.lib.Site.Terms
	for _, t := range []struct {
		noun *content.Noun
		list string
	}{{&terms.Principle, m.at.principles()}, {&terms.CaseStudy, m.at.cases()}, {&terms.Discipline, m.at.disciplines()}} {
		if *t.noun != (content.Noun{}) && t.list == address {
			return t.noun
		}
	}
	return nil
}

// collision returns the problem of a page whose address is taken. If the page
// does not come from a content file, the problem is in the other file: only its
// author can change an address.
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

// deadNavigation returns a problem for each link of the main navigation that
// leads to no page.
func (m *maker) deadNavigation(pages []Page) []problem.Problem {
	var problems []problem.Problem
	for _, item := range m.lib.Site.Navigation {
		address := item.Path.Text
		if isOutside(address) {
			continue
		}
		if !slices.ContainsFunc(pages, func(p Page) bool { return Of(p).Path == address }) {
			problems = append(problems, problem.Problem{
				File: m.lib.Site.File, Line: item.Path.Line, Column: item.Path.Column, Code: "dead-navigation",
				Message: fmt.Sprintf("there is no page at %q", address),
				Hint:    m.navigationHint(pages, address),
			})
		}
	}
	return problems
}

// navigationHint returns what to write for an address that no page has.
func (m *maker) navigationHint(pages []Page, address string) string {
	if strings.HasPrefix(address, "www.") {
		return "write https://" + address
	}
	stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.Trim(address, "/"), ".md"), ".html"), "/index")
	var all []string
	for _, p := range pages {
		path := Of(p).Path
		if path == "/"+stem+"/" || "/pages"+path == "/"+stem+"/" {
			return "write " + path
		}
		all = append(all, path)
	}
	if near := frontmatter.Nearest("/"+stem+"/", all); near != "" {
		return "did you mean " + near + "?"
	}
	return "write the address of a page of this site from its root, such as " + m.at.principles() + " or /about/, or the address of another site, such as https://example.org/"
}

// DeadAddresses returns a problem for each link that has the address of a page of
// this site in full, where there is no such page.
func (s *Site) DeadAddresses(bodies map[string]*content.Body, links library.Links) []problem.Problem {
	base, err := url.Parse(s.library.Site.BaseURL)
	if err != nil || base.Host == "" {
		return nil
	}
	var problems []problem.Problem
	pages := map[string]bool{}
	for _, p := range s.Pages {
		pages[strings.Trim(Of(p).Path, "/")] = true
	}
	for _, file := range slices.Sorted(maps.Keys(links)) {
		for i, to := range links[file] {
			path, isOwn := below(base, to.Address)
			path = strings.Trim(strings.TrimSuffix(strings.Trim(path, "/"), "index.html"), "/")
			if !isOwn || pages[path] || strings.Contains(path, ".") || Reserved(path) {
				continue
			}
			at := bodies[file].Links[i]
			problems = append(problems, problem.Problem{
				File: file, Line: at.Line, Column: at.Column, Severity: problem.Warning, Code: "own-address",
				Message: fmt.Sprintf("%q is an address of this site, but no page has it", to.Address),
				Hint:    "write the path from this file to the Markdown file of the page that is meant, or take the link away",
			})
		}
	}
	return problems
}

// below returns the path of an address below that of the site, and whether it is
// one of the site.
func below(base *url.URL, address string) (string, bool) {
	if !isOutside(address) || len(address) < len(base.Host) || !strings.Contains(strings.ToLower(address), strings.ToLower(base.Host)) {
		return "", false
	}
	u, err := url.Parse(address)
	if err != nil || !strings.EqualFold(u.Host, base.Host) {
		return "", false
	}
	return strings.CutPrefix(strings.TrimSuffix(u.Path, "/")+"/", strings.TrimSuffix(base.Path, "/")+"/")
}
