// Package site decides which pages there are, at which address, and what each
// of them says: a [Page] is typed, immutable data.
//
// Its input is a checked library, its output a [Site]. It writes no HTML and
// reads no disk; package theme turns a page into bytes.
package site

import (
	"context"
	"crypto/sha256"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/markdown"
	"casebook/internal/parallel"
	"casebook/internal/problem"
)

// Site is all pages. It is immutable.
type Site struct {
	Pages []Page // by path

	// Targets is a hash of all that a link in a body can lead to: files with
	// their addresses, and attachments.
	Targets [32]byte

	library     *library.Library
	attachments map[string]Attachment
	kept        map[string]keptPage // by path
}

// Attachment is an image or download that bodies and resources may lead to.
type Attachment struct {
	Width, Height int // of an image
	Size          int64
	Copies        []Copy // of an image, smaller ones, by width
}

// Copy is an image made smaller.
type Copy struct {
	Path  string // below content/
	Width int
}

// Options are the inputs of New besides the library.
type Options struct {
	BaseURL     string                // where the site will be; else the one of site.yaml; may be empty
	Attachments map[string]Attachment // by path below content/
	Earlier     *Site                 // of whose pages those that would be made again may be used; nil: none

	leftOut string // by a test, of the keys of kept pages
}

// New decides on the pages. The problems are addresses that two pages claim.
func New(lib *library.Library, opts Options) (*Site, []problem.Problem) {
	if opts.BaseURL == "" {
		opts.BaseURL = lib.Site.BaseURL
	}
	m := together(newOrders(lib), opts, []func(*maker){
		(*maker).home,
		(*maker).principlePages,
		(*maker).countryPages,
		(*maker).mapPage,
		(*maker).disciplinePages,
		(*maker).organisationPages,
		(*maker).coveragePages,
		(*maker).healthCheck,
		(*maker).yearPages,
		(*maker).caseLists,
		(*maker).casePages,
		(*maker).resourcePages,
		(*maker).textPages,
		(*maker).searchPage,
		(*maker).comparePage,
		(*maker).notFound,
		(*maker).redirects,
	})
	pages, problems := m.unique()
	problems = problem.Sort(append(problems, m.deadNavigation(pages)...))
	return &Site{pages, targetsKey(pages, opts.Attachments), lib, opts.Attachments, m.kept}, problems
}

func targetsKey(pages []Page, attachments map[string]Attachment) [32]byte {
	h := sha256.New()
	for _, p := range pages {
		if source := SourceOf(p); source != "" {
			fmt.Fprintf(h, "%q %q\n", source, Of(p).Path)
		}
	}
	for _, file := range slices.Sorted(maps.Keys(attachments)) {
		fmt.Fprintf(h, "%q %v\n", file, attachments[file])
	}
	return [32]byte(h.Sum(nil))
}

// together makes pages of several kinds at the same time, and joins them in
// their order.
func together(o *orders, opts Options, kinds []func(*maker)) *maker {
	makers := make([]*maker, len(kinds))
	terms := termsKey(o.lib, opts.BaseURL)
	_ = parallel.Each(context.Background(), len(kinds), func(i int) error {
		makers[i] = &maker{lib: o.lib, opts: opts, orders: o, terms: terms, chromes: map[string]*Chrome{}, kept: map[string]keptPage{}}
		kinds[i](makers[i])
		return nil
	})
	kept := 0
	for _, m := range makers {
		kept += len(m.kept)
	}
	all := &maker{lib: o.lib, opts: opts, orders: o, kept: make(map[string]keptPage, kept)}
	for _, m := range makers {
		all.pages, all.claims = append(all.pages, m.pages...), append(all.claims, m.claims...)
		maps.Copy(all.kept, m.kept)
	}
	return all
}

// maker is a Site in the making.
type maker struct {
	lib     *library.Library
	opts    Options
	orders  *orders
	chromes map[string]*Chrome // by Root
	spare   [][]byte           // of keys that are hashed
	pages   []Page
	claims  []claim
	terms   [32]byte            // see termsKey
	kept    map[string]keptPage // by path
}

// orders are the case studies in the orders that several kinds of page have
// them in. They are immutable.
type orders struct {
	lib    *library.Library
	titles []titled // all, by title
	// in are the cases of a principle that took place in a country or one of its
	// nations, in the order of the principle's.
	in map[*library.Principle]map[*library.Country][]*library.CaseStudy
}

func newOrders(lib *library.Library) *orders {
	o := &orders{lib: lib, titles: byTitle(lib.Cases), in: map[*library.Principle]map[*library.Country][]*library.CaseStudy{}}
	for _, p := range lib.Principles {
		o.in[p] = byCountry(p.Cases)
	}
	return o
}

// byCountry are the cases that took place in each country or one of its nations,
// in their order.
func byCountry(cases []*library.CaseStudy) map[*library.Country][]*library.CaseStudy {
	in := map[*library.Country][]*library.CaseStudy{}
	for _, study := range cases {
		for _, c := range study.Countries {
			for ; c != nil; c = c.Parent {
				if list := in[c]; len(list) == 0 || list[len(list)-1] != study {
					in[c] = append(list, study)
				}
			}
		}
	}
	return in
}

// claim is a page that something in the content asks for at a place.
type claim struct {
	page Page
	at   content.Position
}

func (m *maker) add(p Page) { m.pages = append(m.pages, p) }

// base makes what every page has.
func (m *maker) base(path, title, description string, crumbs ...Link) Base {
	root := rootOf(path)
	b := Base{Path: path, Root: root, Title: title, Description: description, Lang: m.lib.Site.Language, Site: m.chrome(root)}
	if path != "/" {
		b.Breadcrumbs = append(b.Breadcrumbs, Link{Key: "home.label", Href: root})
	}
	for _, c := range crumbs {
		c.Href = b.to(c.Href)
		b.Breadcrumbs = append(b.Breadcrumbs, c)
	}
	if m.opts.BaseURL != "" {
		b.Canonical = strings.TrimSuffix(m.opts.BaseURL, "/") + path
	}
	b.Report = m.report(b)
	return b
}

// from marks a page as told by a file, in a language of its own.
func (m *maker) from(b Base, s content.Source, lang string) Base {
	b.source = s.File
	if lang != "" {
		b.Lang = lang
	}
	if m.lib.Site.EditURL != "" {
		b.Edit = strings.TrimSuffix(m.lib.Site.EditURL, "/") + "/" + s.File
	}
	return b
}

// rootOf leads from a page to the root of the site.
func rootOf(path string) string {
	depth := strings.Count(path, "/") - 1
	if depth == 0 {
		return "./"
	}
	return strings.Repeat("../", depth)
}

// to leads from the page to an address of the site.
func (b *Base) to(path string) string { return b.Root + strings.TrimPrefix(path, "/") }

// toFile leads from the page to an attachment, whose name may hold what has a
// meaning in an address.
func (b *Base) toFile(file string) string {
	return (&url.URL{Path: b.to(AttachmentPath(file))}).EscapedPath()
}

// chrome makes what stands around the pages at one depth.
func (m *maker) chrome(root string) *Chrome {
	if c := m.chromes[root]; c != nil {
		return c
	}
	s := m.lib.Site
	c := &Chrome{Title: s.Title, Lang: s.Language, Home: root, Licence: licence(s.Licence)}
	if address, ok := strings.CutPrefix(contact(s.Contact), "mailto:"); ok {
		c.Email, _, _ = strings.Cut(address, "?")
	}
	for _, item := range s.Navigation {
		c.Navigation = append(c.Navigation, Link{Label: item.Label, Href: root + strings.TrimPrefix(item.Path.Text, "/")})
	}
	for _, p := range m.lib.Principles {
		c.Principles = append(c.Principles, PrincipleTag{Link: Link{Label: p.Title, Href: root + strings.TrimPrefix(principlePath(p.ID), "/")}, Number: p.Number})
	}
	for _, p := range m.lib.Pages {
		href := root + p.ID + "/"
		c.Pages = append(c.Pages, Link{Label: p.Title, Href: href})
		if p.ID == contributePage {
			c.Contribute = href
		}
	}
	m.chromes[root] = c
	return c
}

// contributePage is the id of the page that says how to contribute.
const contributePage = "contribute"

// contact makes an href of an e-mail address or URL.
func contact(s string) string {
	if s == "" || strings.Contains(s, "://") || strings.HasPrefix(s, "mailto:") {
		return s
	}
	return "mailto:" + s
}

// report leads to where a reader writes about a page, with the page named.
func (m *maker) report(b Base) string {
	href := contact(m.lib.Site.Contact)
	if !strings.HasPrefix(href, "mailto:") {
		return href
	}
	about := b.Canonical
	if about == "" {
		about = b.Path
	}
	return href + "?subject=" + url.PathEscape(m.lib.Site.Title+": "+about)
}

// licence names a licence's text: Creative Commons has its own pages, SPDX one
// for every identifier (https://spdx.org/licenses/).
func licence(id string) Licence {
	if id == "" {
		return Licence{}
	}
	if id == "CC0-1.0" {
		return Licence{id, "https://creativecommons.org/publicdomain/zero/1.0/"}
	}
	if rest, ok := strings.CutPrefix(id, "CC-"); ok {
		if i := strings.LastIndexByte(rest, '-'); i > 0 {
			return Licence{id, "https://creativecommons.org/licenses/" + strings.ToLower(rest[:i]) + "/" + rest[i+1:] + "/"}
		}
	}
	return Licence{id, "https://spdx.org/licenses/" + url.PathEscape(id) + ".html"}
}

// Body makes the links and images of a page's text lead to where they were
// resolved to.
func (s *Site) Body(page Page, body *content.Body, links []library.Destination) *Body {
	b := Of(page)
	made := &Body{Body: body, Targets: make([]Target, len(links))}
	for i, to := range links {
		made.Targets[i] = s.target(b, to)
	}
	return made
}

// target is how the page leads to a destination; empty for nowhere, which was
// reported: the text stays.
func (s *Site) target(b *Base, to library.Destination) Target {
	if to.Address != "" {
		return Target{Href: to.Address, External: true}
	}
	if to.File == "" {
		return Target{}
	}
	if to.Entry == nil {
		a := s.attachments[to.File]
		return Target{Href: b.toFile(to.File), Width: a.Width, Height: a.Height, SrcSet: b.srcSet(to.File, a)}
	}
	href := b.to(pathOf(to.Entry))
	if to.File == b.source {
		href = ""
	}
	if to.Anchor != "" {
		href += "#" + markdown.IDPrefix + to.Anchor
	}
	if href == "" {
		href = b.to(b.Path)
	}
	return Target{Href: href}
}

// widest is the width of the largest image that a page is worth.
const widest = 1600

// srcSet lists the copies of an image and their widths as HTML does, and the
// image itself unless it is larger than any page needs. It is empty without
// copies.
func (b *Base) srcSet(file string, a Attachment) string {
	if len(a.Copies) == 0 {
		return ""
	}
	var candidates []string
	add := func(file string, width int) {
		candidates = append(candidates, strings.ReplaceAll(b.toFile(file), ",", "%2C")+" "+strconv.Itoa(width)+"w")
	}
	for _, c := range a.Copies {
		add(c.Path, c.Width)
	}
	if a.Width <= widest || a.Copies[len(a.Copies)-1].Width < widest {
		add(file, a.Width)
	}
	return strings.Join(candidates, ", ")
}

// PageOf tells the address of the page of a file below content/, "" when it
// has none.
func PageOf(lib *library.Library) func(file string) string {
	return func(file string) string {
		if e := lib.Entry(file); e != nil {
			return pathOf(e)
		}
		return ""
	}
}

// Attachments are the files below content/ that the pages lead to: those of
// resources, those that the bodies name, and the copies of their images.
func (s *Site) Attachments(bodies map[string]*content.Body, links library.Links) []string {
	used := map[string]bool{}
	for _, p := range s.Pages {
		if resource, ok := p.(*ResourcePage); ok && resource.Download != nil {
			used[resource.Download.File] = true
		}
		body := bodies[SourceOf(p)]
		if body == nil || !HasBody(p) {
			continue
		}
		for i, to := range links[SourceOf(p)] {
			if to.File == "" || to.Entry != nil {
				continue
			}
			used[to.File] = true
			if body.Document.Links[i].Kind == markdown.Image {
				for _, c := range s.attachments[to.File].Copies {
					used[c.Path] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(used))
}

// AttachmentPath is the address of a file below content/: its own path, or for
// one in pages/ the path below that.
func AttachmentPath(file string) string { return "/" + strings.TrimPrefix(file, "pages/") }

// pathOf is the address of an entry's own page.
func pathOf(e content.Entry) string {
	switch e := e.(type) {
	case *content.CaseStudy:
		return casePath(e.ID)
	case *content.Principle:
		return principlePath(e.ID)
	case *content.Resource:
		return resourcePath(e.ID)
	case *content.Page:
		return "/" + e.ID + "/"
	default:
		panic(fmt.Sprintf("%T has no page of its own", e))
	}
}

func casePath(id string) string               { return "/cases/" + id + "/" }
func principlePath(id string) string          { return "/principles/" + id + "/" }
func hallmarkPath(h *library.Hallmark) string { return principlePath(h.Principle.ID) + h.ID + "/" }
func countryPath(c *library.Country) string   { return "/countries/" + c.Slug + "/" }
func programmePath(id string) string          { return "/programmes/" + id + "/" }
func disciplinePath(id string) string         { return "/disciplines/" + id + "/" }
func organisationPath(id string) string       { return "/organisations/" + id + "/" }
func inCountryPath(p string, c *library.Country) string {
	return principlePath(p) + "in/" + c.Slug + "/"
}
