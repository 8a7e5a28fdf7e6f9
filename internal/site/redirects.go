// Redirects from the old addresses of pages.

package site

import (
	"path"
	"strings"

	"casebook/internal/content"
)

func redirectKinds() []kind {
	return []kind{{&RedirectPage{}, (*maker).redirects}}
}

// RedirectPage is the page at an old address.
type RedirectPage struct {
	Base
	To Link
}

// redirects claims the old addresses of pages.
func (m *maker) redirects() {
	for _, c := range append(m.lib.Cases[:len(m.lib.Cases):len(m.lib.Cases)], m.lib.Withdrawn...) {
		m.redirect(c.Source, c.Aliases, c.Title, m.at.caseStudy(c.ID))
	}
	for _, p := range m.lib.Principles {
		m.redirect(p.Source, p.Aliases, p.Title, m.at.principle(p.ID))
		for _, h := range p.Hallmarks {
			m.redirect(p.Source, h.Aliases, h.Title, m.at.hallmark(h))
		}
	}
	for _, r := range m.lib.Resources {
		m.redirect(r.Source, r.Aliases, r.Title, resourcePath(r.ID))
	}
	for _, p := range m.lib.Pages {
		m.redirect(p.Source, p.Aliases, p.Title, textPath(p.ID))
	}
}

func (m *maker) redirect(s content.Source, aliases []content.Ref, label, to string) {
	for _, alias := range aliases {
		plan := &Plan{aliasPath(alias.Text), s.File, m.kind, func() Page {
			b := m.base(aliasPath(alias.Text), label, "")
			b.source = s.File
			b.Canonical = ""
			if m.opts.BaseURL != "" {
				b.Canonical = strings.TrimSuffix(m.opts.BaseURL, "/") + to
			}
			return &RedirectPage{b, Link{Label: label, Href: b.to(to)}}
		}}
		m.claims = append(m.claims, claim{plan, alias.Position})
	}
}

// aliasPath returns the address of a redirect: a folder, or the file itself for
// an old address such as "/projects/stroke.html".
func aliasPath(alias string) string {
	clean := "/" + strings.Trim(alias, "/")
	if ext := path.Ext(clean); ext == ".html" || ext == ".htm" {
		return clean
	}
	return clean + "/"
}
