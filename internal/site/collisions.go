// Addresses that two pages or files claim.

package site

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/filename"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
	"casebook/internal/problem"
)

// everySite describes, in messages, a page that does not depend on content.
const everySite = "a page that every site has"

// take adds a file for a content file, and returns what is in the way: a file of the
// set, or what the program may write.
func take(taken *filename.Set, file, source string) *filename.Clash {
	if Reserved(file) {
		return &filename.Clash{Path: file, Other: file, Owner: everySite}
	}
	return taken.Add(file, source)
}

// Reserved reports whether packages theme, search and export may write a file,
// so that no alias and no attachment can have its address.
func Reserved(file string) bool {
	file = filename.Fold(file)
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
func (m *maker) unique() ([]*Plan, []problem.Problem) {
	taken := filename.NewSet(len(m.plans) + len(m.claims))
	var problems []problem.Problem
	kept := m.plans[:0]
	for _, p := range m.plans {
		file := OutputPath(p.Path)
		clash := taken.Add(file, cmp.Or(p.Source, everySite))
		switch term := m.termOf(p.Path); {
		case term != nil && (Reserved(file) || clash != nil && clash.Owner == everySite):
			problems = append(problems, problem.Problem{
				File: m.lib.Site.File, Line: term.At.Line, Column: term.At.Column, Code: "url-collision",
				Message: fmt.Sprintf("%q gives a list the address %s, which is already taken by %s", term.Other, p.Path, everySite),
				Hint:    "choose another word",
			})
		case clash != nil:
			problems = append(problems, collision(p, clash, content.Position{}))
		default:
			kept = append(kept, p)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(m.opts.Attachments)) {
		address := m.at.attachment(file)
		if clash := take(taken, OutputPath(address), file); clash != nil {
			problems = append(problems, collided(file, address, clash, content.Position{}))
		}
	}
	for _, c := range m.claims {
		address, source := c.plan.Path, c.plan.Source
		clash := take(taken, OutputPath(address), source)
		if folder := strings.Trim(address, "/"); clash == nil && Reserved(folder) { // a redirect is a file in the folder that has its address
			clash = &filename.Clash{Path: folder, Other: folder, Owner: everySite}
		}
		switch {
		case clash == nil:
			kept = append(kept, c.plan)
		case clash.Owner == source && clash.Path == OutputPath(address):
			own := collision(c.plan, clash, c.at)
			own.Message, own.Hint = fmt.Sprintf("%s is the address of this page itself", address), "an alias is an old address: delete it"
			problems = append(problems, own)
		default:
			problems = append(problems, collision(c.plan, clash, c.at))
		}
	}
	slices.SortFunc(kept, func(a, b *Plan) int { return strings.Compare(a.Path, b.Path) })
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
func collision(p *Plan, clash *filename.Clash, at content.Position) problem.Problem {
	if p.Source == "" {
		return collided(clash.Owner, p.Path, &filename.Clash{Path: clash.Path, Other: clash.Other, Owner: everySite}, at)
	}
	return collided(p.Source, p.Path, clash, at)
}

func collided(file, address string, clash *filename.Clash, at content.Position) problem.Problem {
	p := problem.Problem{
		File: file, Line: at.Line, Column: at.Column, Code: "url-collision",
		Message: fmt.Sprintf("the address %s is already taken by %s", address, clash.Owner),
		Hint:    "give one of them another id, name or alias",
	}
	if clash.Path != clash.Other && clash.Path != OutputPath(address) {
		p.Message = fmt.Sprintf("some systems take %q in the address %s for %q, the folder of other pages", clash.Path, address, clash.Other)
		p.Hint = "write " + clash.Other
	}
	return p
}

// deadNavigation returns a problem for each link of the main navigation that
// leads to no page.
func (m *maker) deadNavigation(pages []*Plan) []problem.Problem {
	var problems []problem.Problem
	for _, item := range m.lib.Site.Navigation {
		address := item.Path.Text
		if isOutside(address) {
			continue
		}
		if !slices.ContainsFunc(pages, func(p *Plan) bool { return p.Path == address }) {
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
func (m *maker) navigationHint(pages []*Plan, address string) string {
	if strings.HasPrefix(address, "www.") {
		return "write https://" + address
	}
	stem := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.Trim(address, "/"), ".md"), ".html"), "/index")
	var all []string
	for _, p := range pages {
		path := p.Path
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
		pages[strings.Trim(p.Path, "/")] = true
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
