package site

import "casebook/internal/content"

// A page holds what an entry says of itself, for its templates to show. What
// the entry refers to stands in the page's own fields, resolved; as written it
// is left out, with positions and old addresses, since a change of what no page
// shows is to touch no page.

func saidByCase(c *content.CaseStudy) *content.CaseStudy {
	said := &content.CaseStudy{
		Source: named(c.Source), Title: c.Title, Summary: c.Summary, Kind: c.Kind, TaggedBy: c.TaggedBy,
		Start: c.Start, End: c.End, Authors: c.Authors,
		Published: c.Published, Updated: c.Updated, Reviewed: c.Reviewed, ReviewBy: c.ReviewBy,
		Licence: c.Licence, Lang: c.Lang, Draft: c.Draft,
	}
	if c.Evaluated { // or nobody said that those who did the work told of it
		said.Evaluation = c.Evaluation
	}
	return said
}

func saidByPrinciple(p *content.Principle) *content.Principle {
	return &content.Principle{
		Source: named(p.Source), Number: p.Number, Title: p.Title, Summary: p.Summary, Question: p.Question, Set: p.Set, Lang: p.Lang,
	}
}

func saidByHallmark(h *content.Hallmark) *content.Hallmark {
	return &content.Hallmark{ID: h.ID, Title: h.Title, Summary: h.Summary, Question: h.Question, Basis: h.Basis}
}

func saidByResource(r *content.Resource) *content.Resource {
	return &content.Resource{
		Source: named(r.Source), Title: r.Title, Summary: r.Summary, Type: r.Type, URL: r.URL, Format: r.Format,
		LastChecked: r.LastChecked, Lang: r.Lang, Licence: r.Licence, Draft: r.Draft,
	}
}

func saidByOrganisation(o *content.Organisation) *content.Organisation {
	return &content.Organisation{
		Source: named(o.Source), Name: o.Name, Names: o.Names, Type: o.Type, URL: o.URL, Ended: o.Ended,
	}
}

func saidByPage(p *content.Page) *content.Page {
	return &content.Page{Source: named(p.Source), Title: p.Title, Summary: p.Summary, Lang: p.Lang, Draft: p.Draft}
}

func named(s content.Source) content.Source { return content.Source{ID: s.ID} }
