package site

import (
	"net/url"
	"path"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
)

// maxWays bounds the countries, and the disciplines, on the home page.
const maxWays = 16

// home makes the first page.
func (m *maker) home() {
	page := &HomePage{Base: m.base("/", m.lib.Site.Title, m.lib.Site.Tagline), Tagline: m.lib.Site.Tagline}
	for _, p := range m.lib.Principles {
		page.Principles = append(page.Principles, PrincipleCard{Term: page.principleTerm(p, principlePath(p.ID), p.Cases), Question: p.Question})
	}
	page.Recent = page.cards(first(newest, ofKind(m.lib.Newest, content.Example)))
	for _, c := range first(newest, ofKind(m.lib.Newest, content.Challenge)) {
		page.Challenges = append(page.Challenges, Card{Link: page.caseLink(c), Kind: c.Kind, Lang: page.otherLang(c)})
	}
	var countries, disciplines []Term
	for _, c := range m.lib.Countries {
		countries = append(countries, page.countryTerm(c))
		if c.Parent == nil {
			page.Totals.Countries++
		}
	}
	for _, d := range m.lib.Disciplines {
		if len(d.Cases) > 0 {
			disciplines = append(disciplines, page.disciplineTerm(d))
		}
	}
	page.Countries, page.Disciplines = most(maxWays, countries), most(maxWays, disciplines)
	all := page.term("", "", m.lib.Cases)
	page.Totals.Examples, page.Totals.Challenges, page.Totals.Programmes = all.Examples, all.Challenges, all.Programmes
	m.add(page)
}

// resourcePages makes the list of resources and a page for each.
func (m *maker) resourcePages() {
	list := &ResourcesPage{Base: m.base("/resources/", "", "")}
	groups := map[content.ResourceType]int{}
	for _, kind := range content.ResourceTypes() {
		groups[kind] = len(list.Groups)
		list.Groups = append(list.Groups, ResourceGroup{Type: kind})
	}
	for _, r := range m.lib.Resources {
		group := &list.Groups[groups[r.Type]]
		group.Resources = append(group.Resources, list.resourceCard(r, ""))
		m.add(m.resourcePage(r))
	}
	m.add(list)
}

func (b *Base) resourceCard(r *library.Resource, why string) ResourceCard {
	return ResourceCard{
		Link:    Link{Label: r.Title, Href: b.to(resourcePath(r.ID))},
		Summary: r.Summary,
		Type:    r.Type,
		Why:     why,
		Opens:   r.URL != "" || r.Attached != "",
	}
}

func (m *maker) resourcePage(r *library.Resource) Page {
	b := m.from(m.base(resourcePath(r.ID), r.Title, r.Summary, Link{Key: "resources.title", Href: "/resources/"}), r.Source, r.Lang)
	page := &ResourcePage{
		Base:     b,
		Resource: &r.ResourceFields,
		Cases:    b.cards(byNewest(r.Cases)),
		Sources:  m.references(r.Sources),
		Licence:  licence(r.Licence),
	}
	for _, use := range r.Hallmarks {
		page.Hallmarks = append(page.Hallmarks, HallmarkUse{
			Link:      Link{Label: use.Hallmark.Title, Href: b.to(hallmarkPath(use.Hallmark))},
			Principle: *b.principleLink(use.Hallmark.Principle),
			Why:       use.Why,
		})
	}
	if r.Attached != "" {
		page.Download = &Download{
			File:   r.Attached,
			Href:   b.toFile(r.Attached),
			Format: strings.ToUpper(strings.TrimPrefix(path.Ext(r.Attached), ".")),
			Bytes:  m.opts.Attachments[r.Attached].Size,
		}
	}
	return page
}

func resourcePath(id string) string { return "/resources/" + id + "/" }

// textPages makes the pages of plain text.
func (m *maker) textPages() {
	for _, p := range m.lib.Pages {
		b := m.from(m.base("/"+p.ID+"/", p.Title, p.Summary), p.Source, p.Lang)
		m.add(&TextPage{Base: b, Page: &p.PageFields})
	}
}

// notFound makes the page that a host shows for any address it does not have,
// so its links start at the root of the host.
func (m *maker) notFound() {
	b := m.base("/404.html", "", "")
	root := "/"
	if u, err := url.Parse(m.opts.BaseURL); err == nil && u.Path != "" {
		// A path such as "//x" would be taken for the name of another host.
		root = strings.TrimSuffix(path.Clean("/"+u.Path), "/") + "/"
	}
	b.Root, b.Breadcrumbs, b.Canonical, b.Site = root, nil, "", m.chrome(root)
	m.add(&NotFoundPage{b})
}

// redirects claims the old addresses of pages.
func (m *maker) redirects() {
	redirect := func(s content.Source, aliases []content.Ref, label, to string) {
		for _, alias := range aliases {
			b := m.base(aliasPath(alias.Text), label, "")
			b.source = s.File
			b.Canonical = ""
			if m.opts.BaseURL != "" {
				b.Canonical = strings.TrimSuffix(m.opts.BaseURL, "/") + to
			}
			m.claims = append(m.claims, claim{&RedirectPage{b, Link{Label: label, Href: b.to(to)}}, alias.Position})
		}
	}
	for _, c := range append(m.lib.Cases[:len(m.lib.Cases):len(m.lib.Cases)], m.lib.Withdrawn...) {
		redirect(c.Source, c.Aliases, c.Title, casePath(c.ID))
	}
	for _, p := range m.lib.Principles {
		redirect(p.Source, p.Aliases, p.Title, principlePath(p.ID))
		for _, h := range p.Hallmarks {
			redirect(p.Source, h.Aliases, h.Title, hallmarkPath(h))
		}
	}
	for _, r := range m.lib.Resources {
		redirect(r.Source, r.Aliases, r.Title, resourcePath(r.ID))
	}
	for _, p := range m.lib.Pages {
		redirect(p.Source, p.Aliases, p.Title, "/"+p.ID+"/")
	}
}

// aliasPath is where a redirect stands: a folder, or the file itself for an old
// address such as "/projects/stroke.html".
func aliasPath(alias string) string {
	clean := "/" + strings.Trim(alias, "/")
	if ext := path.Ext(clean); ext == ".html" || ext == ".htm" {
		return clean
	}
	return clean + "/"
}

// HasBody reports a page that shows the text of its source file.
func HasBody(p Page) bool {
	switch p.(type) {
	case *CasePage, *PrinciplePage, *ResourcePage, *TextPage:
		return true
	default:
		return false
	}
}

// WithBody returns the page with its text.
func WithBody(p Page, body *Body) Page {
	switch p := p.(type) {
	case *CasePage:
		c := *p
		c.Body = body
		return &c
	case *PrinciplePage:
		c := *p
		c.Body = body
		return &c
	case *ResourcePage:
		c := *p
		c.Body = body
		return &c
	case *TextPage:
		c := *p
		c.Body = body
		return &c
	default:
		return p
	}
}
