// The pages of resources.

package site

import (
	"path"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
)

func resourceKinds() []kind {
	return []kind{
		{&ResourcesPage{}, single("/resources/", (*maker).resourceList)},
		{&ResourcePage{}, (*maker).resourcePages},
	}
}

// ResourcesPage is "/resources/".
type ResourcesPage struct {
	Base
	Groups []ResourceGroup
}

// ResourcePage is "/resources/<id>/".
type ResourcePage struct {
	Base
	Text
	Resource  *content.ResourceFields
	Download  *Download
	Hallmarks []HallmarkUse
	Cases     []*Card // that name the resource
	Sources   []Reference
	Licence   Licence
}

// WithBody implements [Texted].
func (p *ResourcePage) WithBody(b *Body) Page { c := *p; c.Body = b; return &c }

// ResourceCard is a resource in a list.
type ResourceCard struct {
	Link
	Summary string
	Type    content.ResourceType
	Why     string // why it belongs to the hallmark it is listed under
	Opens   bool   // there is a file or a page to open, not only a description
}

// ResourceGroup is the resources of one type.
type ResourceGroup struct {
	Type      content.ResourceType
	Resources []ResourceCard
}

// HallmarkUse is a hallmark that a resource accompanies.
type HallmarkUse struct {
	Link
	Principle Link
	Why       string
}

// Download is a file of the site that a reader can download.
type Download struct {
	File   string // below content/
	Href   string
	Format string // "PDF"
	Bytes  int64
}

func (m *maker) resourceList() Page {
	page := &ResourcesPage{Base: m.base("/resources/", "", "")}
	groups := map[content.ResourceType]int{}
	for _, kind := range content.ResourceTypes() {
		groups[kind] = len(page.Groups)
		page.Groups = append(page.Groups, ResourceGroup{Type: kind})
	}
	for _, r := range m.lib.Resources {
		group := &page.Groups[groups[r.Type]]
		group.Resources = append(group.Resources, page.resourceCard(r, ""))
	}
	return page
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

func (m *maker) resourcePages() {
	for _, r := range m.lib.Resources {
		m.addFrom(resourcePath(r.ID), r.File, func() Page { return m.resourcePage(r) })
	}
}

func (m *maker) resourcePage(r *library.Resource) Page {
	b := m.from(m.base(resourcePath(r.ID), r.Title, r.Summary, Link{Key: "resources.title", Href: "/resources/"}), r.Source, r.Lang)
	page := &ResourcePage{
		Base:     b,
		Text:     textOf(r.Source, r.Summary),
		Resource: &r.ResourceFields,
		Cases:    b.cards(byNewest(r.Cases)),
		Sources:  m.references(r.Sources),
		Licence:  licence(r.Licence),
	}
	for _, use := range r.Hallmarks {
		page.Hallmarks = append(page.Hallmarks, HallmarkUse{
			Link:      *b.hallmarkLink(use.Hallmark),
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
