// The coverage page: tables that count the cases under each pair of terms.

package site

import (
	"slices"

	"casebook/internal/content"
	"casebook/internal/library"
)

// CoveragePage is "/coverage/": where there are cases, and where there are
// none.
type CoveragePage struct {
	Base
	Tables []Matrix
	Stated []Stated // what the examples state, and how many of them state it
}

// Stated is how many of the examples state something.
type Stated struct {
	What         string // "cost"; the theme has the words for it
	Count, Total int
}

// Matrix is a table that counts the cases for each pair of terms from two
// taxonomies. Programmes are not counted.
type Matrix struct {
	Kind    MatrixKind
	ID      string // the kind in the site's own terms, for addresses: "values-by-country"
	Columns []Column
	Rows    []MatrixRow
	Empty   []Link // rows without a case
	Scale   Scale  // of the counts of all cells
}

// MatrixKind says which two taxonomies a Matrix combines.
type MatrixKind string

const (
	PrinciplesByCountry    MatrixKind = "principles-by-country"
	PrinciplesByDiscipline MatrixKind = "principles-by-discipline"
	HallmarksByCountry     MatrixKind = "hallmarks-by-country"
)

// Column is a principle or hallmark at the head of a column.
type Column struct {
	Link
	Number int // of the principle
}

// MatrixRow is a country or discipline with one cell for each column.
type MatrixRow struct {
	Link
	Cells []Cell
}

// Cell is how many cases there are for one row and column, and where their list
// is.
type Cell struct {
	Column     string // what the column is called
	Href       string // empty if there is no list
	Examples   int
	Challenges int
	Shade      int // the shade of Count in the table's scale; 0 for none
}

// Count returns the number of cases.
func (c Cell) Count() int { return c.Examples + c.Challenges }

// coverage makes the tables of what there is and what is missing, and the lists
// that their cells lead to if no other page lists the same cases. The tables
// hold only counts and addresses, so that they change when a case is added,
// removed or given other tags, and not with every edit.
func (m *maker) coverage() Page {
	page := &CoveragePage{Base: m.base("/coverage/", "", "")}
	countries := withNations(m.lib.Countries)
	page.Tables = []Matrix{
		m.principlesByCountry(&page.Base, countries),
		m.principlesByDiscipline(&page.Base),
		m.hallmarksByCountry(&page.Base, countries),
	}
	for i := range page.Tables {
		page.Tables[i].finish()
	}
	page.Stated = stated(m.lib.Cases)
	return page
}

// statements lists what a reader of an example looks for, in the order of the
// page, and how to tell whether an example states it.
var statements = [...]struct {
	what string
	by   func(*library.CaseStudy) bool
}{
	{"period", func(c *library.CaseStudy) bool { return !c.Start.IsZero() || !c.End.IsZero() }},
	{"gains", func(c *library.CaseStudy) bool { return len(c.Benefits) > 0 }},
	{"evaluation", func(c *library.CaseStudy) bool { return c.Evaluation != "" }},
	{"agreement", func(c *library.CaseStudy) bool { return len(c.AgreedBy) > 0 }},
	{"cost", func(c *library.CaseStudy) bool { return c.Cost.Band != "" }},
	{"needs", func(c *library.CaseStudy) bool { return len(c.Adapt.Needs) > 0 }},
	{"keep", func(c *library.CaseStudy) bool { return len(c.Adapt.Keep) > 0 }},
	{"change", func(c *library.CaseStudy) bool { return len(c.Adapt.Change) > 0 }},
	{"did-not-travel", func(c *library.CaseStudy) bool { return len(c.Adapt.DidNotTravel) > 0 }},
}

// stated counts the examples that make each statement.
func stated(cases []*library.CaseStudy) []Stated {
	all := make([]Stated, len(statements))
	for i, s := range statements {
		all[i].What = s.what
		for _, c := range cases {
			if c.Kind != content.Example {
				continue
			}
			all[i].Total++
			if s.by(c) {
				all[i].Count++
			}
		}
	}
	return all
}

// finish sets the shades of the cells from their counts, and removes the rows
// without a case. A table without a case has no rows and no columns.
func (t *Matrix) finish() {
	var counts []int
	filled := t.Rows[:0]
	for _, row := range t.Rows {
		isEmpty := true
		for _, cell := range row.Cells {
			counts = append(counts, cell.Count())
			isEmpty = isEmpty && cell.Count() == 0
		}
		if isEmpty {
			t.Empty = append(t.Empty, row.Link)
		} else {
			filled = append(filled, row)
		}
	}
	if len(filled) == 0 { // there is no table, so nothing in it can change the page
		*t = Matrix{Kind: t.Kind, ID: t.ID}
		return
	}
	t.Rows, t.Scale = filled, newScale(counts)
	for _, row := range t.Rows {
		for i := range row.Cells {
			row.Cells[i].Shade = t.Scale.shade(row.Cells[i].Count())
		}
	}
}

// withNations returns the countries, each followed by its nations.
func withNations(all []*library.Country) []*library.Country {
	var ordered []*library.Country
	for _, c := range all {
		if c.Parent != nil {
			continue
		}
		ordered = append(ordered, c)
		for _, nation := range all {
			if nation.Parent == c {
				ordered = append(ordered, nation)
			}
		}
	}
	return ordered
}

// crossing is a row and a column of a table, by index.
type crossing struct{ row, column int }

// count adds a case study to the counts of a cell.
func (c *Cell) count(study *library.CaseStudy) {
	switch study.Kind {
	case content.Example:
		c.Examples++
	case content.Challenge:
		c.Challenges++
	}
}

// rows makes the rows of a table. at returns the cells in which a case study is
// counted; href returns the address of the list of a filled cell.
func (m *maker) rows(names []Link, columns []Column, at func(*library.CaseStudy) []crossing, href func(crossing) string) []MatrixRow {
	rows := make([]MatrixRow, len(names))
	for i, name := range names {
		rows[i] = MatrixRow{name, make([]Cell, len(columns))}
		for c := range columns {
			rows[i].Cells[c].Column = columns[c].Label
		}
	}
	for _, study := range m.lib.Cases {
		for _, x := range at(study) {
			rows[x.row].Cells[x.column].count(study)
		}
	}
	for r := range rows {
		for c := range rows[r].Cells {
			if cell := &rows[r].Cells[c]; cell.Count() > 0 {
				cell.Href = href(crossing{r, c})
			}
		}
	}
	return rows
}

func (m *maker) principlesByCountry(b *Base, countries []*library.Country) Matrix {
	t := Matrix{Kind: PrinciplesByCountry, ID: m.at.words.Principle.Other + "-by-country", Columns: m.principleColumns(b)}
	row, column := places(countries), places(m.lib.Principles)
	t.Rows = m.rows(b.countryRows(countries), t.Columns, func(study *library.CaseStudy) []crossing {
		return cross(row, workedIn(study), column, study.Principles)
	}, func(x crossing) string {
		return b.to(m.at.inCountry(m.lib.Principles[x.column].ID, countries[x.row]))
	})
	return t
}

func (m *maker) principlesByDiscipline(b *Base) Matrix {
	t := Matrix{Kind: PrinciplesByDiscipline, ID: m.at.words.Principle.Other + "-by-" + m.at.words.Discipline.One, Columns: m.principleColumns(b)}
	row, column := places(m.lib.Disciplines), places(m.lib.Principles)
	names := make([]Link, len(m.lib.Disciplines))
	lists := make([]map[*library.Principle]string, len(m.lib.Disciplines))
	for i, d := range m.lib.Disciplines {
		names[i] = Link{Label: d.Label, Href: b.to(m.at.discipline(d.ID))}
		lists[i] = starts(m.at.disciplinePrinciples(d.ID), m.disciplineGroups(d), m.titlesOnPage())
	}
	t.Rows = m.rows(names, t.Columns, func(study *library.CaseStudy) []crossing {
		return cross(row, study.Disciplines, column, study.Principles)
	}, func(x crossing) string {
		return b.to(lists[x.row][m.lib.Principles[x.column]])
	})
	return t
}

func (m *maker) hallmarksByCountry(b *Base, countries []*library.Country) Matrix {
	t := Matrix{Kind: HallmarksByCountry, ID: m.at.words.Hallmark.Other + "-by-country"}
	var hallmarks []*library.Hallmark
	var lists []map[*library.Country]string
	for _, p := range m.lib.Principles {
		for _, h := range p.Hallmarks {
			hallmarks = append(hallmarks, h)
			lists = append(lists, starts(m.at.hallmarkCountries(h), m.hallmarkGroups(h), m.titlesOnPage()))
			t.Columns = append(t.Columns, Column{Link{Label: h.Title, Href: b.to(m.at.hallmark(h))}, p.Number})
		}
	}
	row, column := places(countries), places(hallmarks)
	t.Rows = m.rows(b.countryRows(countries), t.Columns, func(study *library.CaseStudy) []crossing {
		return cross(row, workedIn(study), column, study.Hallmarks)
	}, func(x crossing) string {
		return b.to(lists[x.column][countries[x.row]])
	})
	return t
}

func (m *maker) principleColumns(b *Base) []Column {
	var columns []Column
	for _, p := range m.lib.Principles {
		columns = append(columns, Column{*b.principleLink(p), p.Number})
	}
	return columns
}

// countryRows returns the heads of the rows for countries. The name of a nation
// includes that of its country.
func (b *Base) countryRows(countries []*library.Country) []Link {
	names := make([]Link, len(countries))
	for i, c := range countries {
		names[i] = b.countryLink(c)
		if c.Parent != nil {
			names[i].Label = c.Parent.Name + ": " + c.Name
		}
	}
	return names
}

// places returns the index of each term.
func places[T comparable](terms []T) map[T]int {
	numbers := make(map[T]int, len(terms))
	for i, t := range terms {
		numbers[t] = i
	}
	return numbers
}

// cross returns the cells where the terms of one taxonomy meet those of
// another.
func cross[R, C comparable](row map[R]int, rows []R, column map[C]int, columns []C) []crossing {
	pairs := make([]crossing, 0, len(rows)*len(columns))
	for _, r := range rows {
		for _, c := range columns {
			pairs = append(pairs, crossing{row[r], column[c]})
		}
	}
	return pairs
}

// workedIn returns the countries of a case study, each once, including the
// country that a nation belongs to.
func workedIn(study *library.CaseStudy) []*library.Country {
	var countries []*library.Country
	for _, c := range study.Countries {
		for ; c != nil; c = c.Parent {
			if !slices.Contains(countries, c) {
				countries = append(countries, c)
			}
		}
	}
	return countries
}
