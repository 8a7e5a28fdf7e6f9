// Package survey answers questions that maintainers ask about their knowledge base:
// which case studies exist and in which state they are ([List]), and what the
// library covers and lacks ([Count]).
//
// The library must include drafts, because the answers include what is not
// published yet.
package survey

import (
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
)

// State is a condition of a case study that may need the attention of a maintainer.
// A case study may be in several states, or in none.
type State string

const (
	Draft     State = "draft"
	Scheduled State = "scheduled"  // its published date is in the future
	Withdrawn State = "withdrawn"  // only its address and the reason are shown
	Overdue   State = "overdue"    // past its review_by date
	NotAgreed State = "not-agreed" // an organisation that takes part is not among agreed_by
)

// States returns all states, in the order in which records list them.
func States() []State { return []State{Draft, Scheduled, Withdrawn, Overdue, NotAgreed} }

// Record is one case study in a list. Terms are given by id, dates as in the file.
type Record struct {
	ID            string   `json:"id"`
	File          string   `json:"file"` // below content/
	Title         string   `json:"title"`
	Kind          string   `json:"kind"`
	States        []State  `json:"states"`
	Principles    []string `json:"principles"`
	Hallmarks     []string `json:"hallmarks"`
	Countries     []string `json:"countries"`
	Disciplines   []string `json:"disciplines"`
	Organisations []string `json:"organisations"` // partners and the partnership
	Missing       []string `json:"not_agreed"`    // those that have not agreed to the case study
	Published     string   `json:"published"`
	Updated       string   `json:"updated"`
	Reviewed      string   `json:"reviewed"`
	ReviewBy      string   `json:"review_by"`
}

// Columns returns the names of the cells of a record, which are the same in its
// JSON.
func Columns() []string {
	return []string{"id", "file", "title", "kind", "states", "principles", "hallmarks", "countries", "disciplines", "organisations", "not_agreed", "published", "updated", "reviewed", "review_by"}
}

// Cells returns the record as a row of a table. Several values of a cell are
// separated by "; ".
func (r Record) Cells() []string {
	list := func(values []string) string { return strings.Join(values, "; ") }
	return []string{
		r.ID, r.File, r.Title, r.Kind, r.StateText("; "), list(r.Principles), list(r.Hallmarks), list(r.Countries), list(r.Disciplines),
		list(r.Organisations), list(r.Missing), r.Published, r.Updated, r.Reviewed, r.ReviewBy,
	}
}

// StateText returns the states as one text.
func (r Record) StateText(separator string) string {
	var all []string
	for _, state := range r.States {
		all = append(all, string(state))
	}
	return strings.Join(all, separator)
}

// List returns the case studies that the filter selects, sorted by id. States are
// those of the day today.
func List(lib *library.Library, today content.Date, filter Filter) []Record {
	withdrawn := map[*library.CaseStudy]bool{}
	for _, c := range lib.Withdrawn {
		withdrawn[c] = true
	}
	records := []Record{}
	for _, c := range slices.Concat(lib.Cases, lib.Withdrawn) {
		r := newRecord(c, today, withdrawn[c])
		if filter.selects(c, r.States) {
			records = append(records, r)
		}
	}
	slices.SortStableFunc(records, func(a, b Record) int { return strings.Compare(a.ID, b.ID) })
	return records
}

func newRecord(c *library.CaseStudy, today content.Date, withdrawn bool) Record {
	r := Record{
		ID: c.ID, File: c.File, Title: c.Title, Kind: string(c.Kind), States: []State{},
		Principles:    texts(c.Principles, func(p *library.Principle) string { return p.ID }),
		Hallmarks:     texts(c.Hallmarks, func(h *library.Hallmark) string { return h.ID }),
		Countries:     texts(c.Countries, func(c *library.Country) string { return c.Code }),
		Disciplines:   texts(c.Disciplines, func(t *library.Term) string { return t.ID }),
		Organisations: texts(c.Organisations(), organisationID),
		Missing:       texts(notAgreed(c), organisationID),
		Published:     c.Published.String(), Updated: c.Updated.String(), Reviewed: c.Reviewed.String(), ReviewBy: c.ReviewBy.String(),
	}
	for _, state := range States() {
		if holds(state, c, r, today, withdrawn) {
			r.States = append(r.States, state)
		}
	}
	return r
}

// holds reports whether a case study is in a state. A withdrawn case study is in no
// other state, because its text is not shown.
func holds(state State, c *library.CaseStudy, r Record, today content.Date, withdrawn bool) bool {
	if withdrawn {
		return state == Withdrawn
	}
	switch state {
	case Draft:
		return c.Draft
	case Scheduled:
		return c.Published.After(today)
	case Overdue:
		return c.Overdue
	case NotAgreed:
		return len(r.Missing) > 0
	}
	return false
}

// notAgreed returns the organisations that take part but have not agreed to the
// case study. The agreement of a partnership includes its members.
func notAgreed(c *library.CaseStudy) []*library.Organisation {
	return slices.DeleteFunc(c.Organisations(), func(o *library.Organisation) bool {
		return slices.ContainsFunc(c.AgreedBy, func(by *library.Organisation) bool { return by == o || slices.Contains(by.Members, o) })
	})
}

func organisationID(o *library.Organisation) string { return o.ID }

// texts returns one text for each element of all. Without elements it returns an
// empty slice, not nil, which JSON writes as [].
func texts[T any](all []T, text func(T) string) []string {
	list := make([]string, 0, len(all))
	for _, one := range all {
		list = append(list, text(one))
	}
	return list
}
