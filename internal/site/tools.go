// Pages that every site has, whatever its content.

package site

import (
	"net/url"
	"path"
	"strings"
)

// toolKinds returns the kinds of pages that every site has, whatever its
// content.
func toolKinds() []kind {
	return []kind{
		{&HealthCheckPage{}, single("/health-check/", (*maker).healthCheck)},
		{&CoveragePage{}, single("/coverage/", (*maker).coverage)},
		{&ComparePage{}, single(comparePath, func(m *maker) Page { return &ComparePage{m.base(comparePath, "", "")} })},
		{&SavedPage{}, single("/saved/", func(m *maker) Page { return &SavedPage{m.base("/saved/", "", ""), hasOwnFiles(m.lib)} })},
		{&SearchPage{}, single("/search/", func(m *maker) Page { return &SearchPage{m.base("/search/", "", ""), m.at.filters()} })},
		{&NotFoundPage{}, single("/404.html", (*maker).notFound)},
	}
}

// HealthCheckPage is "/health-check/": all questions that a partnership can ask
// itself, to be answered on paper or on the page.
type HealthCheckPage struct {
	Base
	Principles []Checkup
}

// ComparePage is "/compare/", where the reader's browser shows case studies side
// by side. It reads them from their own pages.
type ComparePage struct{ Base }

// SavedPage is "/saved/", where the reader's browser lists the case studies that
// the reader has saved in it.
type SavedPage struct {
	Base
	CitationFiles bool // each case study has its own citation files, which can be joined
}

// SearchPage is "/search/", where the reader's browser shows results. It reads
// the search index, which is beside the page.
type SearchPage struct {
	Base

	Filters string // what addresses call the groups of filters, in their order, with a space between
}

// NotFoundPage is "/404.html". Its links start at the root of the host, because
// it is served at any address.
type NotFoundPage struct{ Base }

// Checkup is the questions about one principle.
type Checkup struct {
	PrincipleTag
	ID        string // the anchor
	Lang      string // of the questions; empty: that of the site
	Questions []Question
}

// Question is a question that a partnership asks itself.
type Question struct {
	Link        // the hallmark that it is about; empty if it is about the whole principle
	ID   string // distinguishes its answers from others
	Text string
}

const comparePath = "/compare/"

// healthCheck gathers the questions of the principles, each followed by those of
// its hallmarks.
func (m *maker) healthCheck() Page {
	page := &HealthCheckPage{Base: m.base("/health-check/", "", "", m.principlesCrumb())}
	for _, p := range m.lib.Principles {
		c := Checkup{PrincipleTag: page.principleTag(p), ID: "check-" + p.ID, Lang: p.Lang}
		if p.Question != "" {
			c.Questions = append(c.Questions, Question{ID: p.ID, Text: p.Question})
		}
		for _, h := range p.Hallmarks {
			if h.Question != "" {
				c.Questions = append(c.Questions, Question{*page.hallmarkLink(h), p.ID + "/" + h.ID, h.Question})
			}
		}
		if len(c.Questions) > 0 {
			page.Principles = append(page.Principles, c)
		}
	}
	return page
}

func (m *maker) notFound() Page {
	b := m.base("/404.html", "", "")
	root := "/"
	if u, err := url.Parse(m.opts.BaseURL); err == nil && u.Path != "" {
		// A browser reads a path such as "//x" as the name of another host.
		root = strings.TrimSuffix(path.Clean("/"+u.Path), "/") + "/"
	}
	b.Root, b.Breadcrumbs, b.Canonical, b.Site = root, nil, "", m.chrome(root)
	return &NotFoundPage{b}
}
