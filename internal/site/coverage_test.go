package site_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/site"
)

// crossed returns the filled cells of a table, as "Uganda × Strategic 2+1 → href".
func crossed(t site.Matrix) []string {
	var cells []string
	for _, row := range t.Rows {
		for i, c := range row.Cells {
			if c.Href != "" || c.Count() > 0 {
				cells = append(cells, fmt.Sprintf("%s × %s %d+%d → %s", row.Label, t.Columns[i].Label, c.Examples, c.Challenges, c.Href))
			}
		}
	}
	return cells
}

func TestCoverage(t *testing.T) {
	cases := map[string]string{
		"cases/one.md":   example("One", "hallmarks: [shared-vision]\ncountries: [GB-WLS, UG]\ndisciplines: [midwifery]\npublished: 2026-01-01\n", ""),
		"cases/two.md":   example("Two", "kind: challenge\nprinciples: [strategic, responsible]\ncountries: [UG]\n", ""),
		"cases/three.md": example("Three", "hallmarks: [shared-vision]\ncountries: [UG, GB-WLS, GB-SCT]\ndisciplines: [midwifery]\n", ""),
		"cases/set.md":   example("Set", "kind: programme\nprinciples: [responsible]\ncountries: [UG]\ndisciplines: [midwifery]\n", ""),
	}
	s, _, _ := build(t, cases, site.Options{})
	coverage := page[*site.CoveragePage](t, s, "/coverage/")
	for i, want := range [][]string{
		{
			"Uganda × Strategic 2+1 → ../principles/strategic/in/uganda/",
			"Uganda × Responsible 0+1 → ../principles/responsible/in/uganda/",
			"United Kingdom × Strategic 2+0 → ../principles/strategic/in/united-kingdom/",
			"United Kingdom: Scotland × Strategic 1+0 → ../principles/strategic/in/scotland/",
			"United Kingdom: Wales × Strategic 2+0 → ../principles/strategic/in/wales/",
		},
		{"Midwifery × Strategic 2+0 → ../disciplines/midwifery/principles/#group-strategic"},
		{
			"Uganda × A shared vision 2+0 → ../principles/strategic/shared-vision/countries/#group-uganda",
			"United Kingdom × A shared vision 2+0 → ../principles/strategic/shared-vision/countries/#group-united-kingdom",
			"United Kingdom: Scotland × A shared vision 1+0 → ../principles/strategic/shared-vision/countries/#group-scotland",
			"United Kingdom: Wales × A shared vision 2+0 → ../principles/strategic/shared-vision/countries/#group-wales",
		},
	} {
		if got := crossed(coverage.Tables[i]); !slices.Equal(got, want) {
			t.Errorf("%s:\ngot  %q\nwant %q", coverage.Tables[i].Kind, got, want)
		}
	}

	// The count in a cell is the length of its list.
	in := page[*site.PrincipleInCountryPage](t, s, "/principles/responsible/in/uganda/")
	if len(in.Cases) != 1 || in.Pager.Total != 1 || len(in.Programmes) != 1 {
		t.Errorf("cases %v, programmes %v", in.Cases, in.Programmes)
	}
	by := page[*site.HallmarkCountriesPage](t, s, "/principles/strategic/shared-vision/countries/")
	var groups []string
	for _, g := range by.Groups {
		groups = append(groups, fmt.Sprintf("%s %d %s", g.Label, g.Total, g.Cases[0].Label))
	}
	if want := []string{"Scotland 1 Three", "Uganda 2 One", "United Kingdom 2 One", "Wales 2 One"}; !slices.Equal(groups, want) {
		t.Errorf("got %q, want %q", groups, want)
	}

	// An edit that changes no count does not change the tables.
	cases["cases/one.md"] = example("Another title", "hallmarks: [shared-vision]\ncountries: [GB-WLS, UG]\ndisciplines: [midwifery]\npublished: 2026-02-01\n", "Text.\n")
	s, _, _ = build(t, cases, site.Options{})
	if again := page[*site.CoveragePage](t, s, "/coverage/"); !reflect.DeepEqual(again.Tables, coverage.Tables) {
		t.Error("another title changes the tables")
	}
}

// TestGroupsRunOverPages checks that a group may continue on the next page, and that a
// cell links to the page on which its group begins.
func TestGroupsRunOverPages(t *testing.T) {
	more := map[string]string{}
	for i := range 12 { // eight titles on a page
		country := []string{"KE", "UG", "ZM"}[i/5]
		more[fmt.Sprintf("cases/c-%02d.md", i)] = example(fmt.Sprintf("C %02d", i), "hallmarks: [shared-vision]\ncountries: ["+country+"]\n", "")
	}
	s, _, _ := build(t, more, site.Options{})
	const list = "/principles/strategic/shared-vision/countries/"
	var got []string
	for _, path := range []string{list, list + "page/2/"} {
		p := page[*site.HallmarkCountriesPage](t, s, path)
		for _, g := range p.Groups {
			got = append(got, fmt.Sprintf("%d: %s, %d of %d", p.Pager.Number, g.Label, len(g.Cases), g.Total))
		}
	}
	if want := []string{"1: Kenya, 5 of 5", "1: Uganda, 3 of 5", "2: Uganda, 2 of 5", "2: Zambia, 2 of 2"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	cells := crossed(page[*site.CoveragePage](t, s, "/coverage/").Tables[2])
	if want := "Zambia × A shared vision 2+0 → .." + list + "page/2/#group-zambia"; cells[2] != want {
		t.Errorf("got %q, want %q", cells[2], want)
	}
}

func TestMap(t *testing.T) {
	s, _, _ := build(t, map[string]string{
		"cases/one.md": example("One", "principles: [strategic]\ncountries: [GB-WLS, UG, MT]\n", ""),
		"cases/two.md": example("Two", "kind: challenge\nprinciples: [strategic]\ncountries: [UG, KE]\n", ""),
		"cases/set.md": example("Set", "kind: programme\ncountries: [ZM]\n", ""),
	}, site.Options{})
	p := page[*site.MapPage](t, s, "/map/")
	var got []string
	for _, c := range p.Countries {
		got = append(got, fmt.Sprintf("%s %d+%d+%d, shades %v, shape %v, dot %v", c.Href, c.Examples, c.Challenges, c.Programmes, c.Shades, c.Path != "", c.X > 0))
	}
	want := []string{
		"../countries/kenya/ 0+1+0, shades {1 0 1 0}, shape true, dot false",
		"../countries/malta/ 1+0+0, shades {1 1 0 0}, shape false, dot true",
		"../countries/uganda/ 1+1+0, shades {2 1 1 0}, shape true, dot false",
		"../countries/united-kingdom/ 1+0+0, shades {1 1 0 0}, shape true, dot false",
		"../countries/zambia/ 0+0+1, shades {1 0 0 1}, shape true, dot false",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, c := range p.Countries {
		if c.Path != "" && strings.Contains(p.Land, c.Path) {
			t.Errorf("%s is on the map twice", c.Label)
		}
	}
	if len(p.Land) < 30_000 {
		t.Errorf("the other countries are %d bytes", len(p.Land))
	}
}

func TestHealthCheck(t *testing.T) {
	s, _, _ := build(t, map[string]string{
		"principles/strategic.md": "---\nnumber: 1\ntitle: Strategic\nquestion: Do we aim at the same?\nlang: fr\nhallmarks:\n- {id: shared-vision, title: A shared vision, question: 'Is it written down?'}\n- {id: other, title: Other}\n---\nText.\n",
	}, site.Options{})
	var got []string
	for _, c := range page[*site.HealthCheckPage](t, s, "/health-check/").Principles {
		for _, q := range c.Questions {
			got = append(got, fmt.Sprintf("%d %s (%s, %s): %s", c.Number, c.ID, c.Lang, q.Label, q.Text))
		}
	}
	want := []string{"1 check-strategic (fr, ): Do we aim at the same?", "1 check-strategic (fr, A shared vision): Is it written down?"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStatementsAreCounted(t *testing.T) {
	s, _, _ := build(t, map[string]string{
		"cases/one.md": example("One", "principles: [strategic]\nadapt: {needs: [a trainer]}\ncost: {band: 1k-10k, currency: GBP, year: 2016}\n", ""),
		"cases/two.md": example("Two", "principles: [strategic]\nadapt: {needs: [a room], keep: [the rota]}\n", ""),
		"cases/set.md": example("Set", "kind: challenge\nprinciples: [strategic]\nadapt: {keep: [the rota]}\n", ""),
	}, site.Options{})
	var got []string
	for _, stated := range page[*site.CoveragePage](t, s, "/coverage/").Stated {
		got = append(got, fmt.Sprintf("%s %d/%d", stated.What, stated.Count, stated.Total))
	}
	want := []string{"period 0/2", "gains 0/2", "evaluation 0/2", "agreement 0/2", "cost 1/2", "needs 2/2", "keep 1/2", "change 0/2", "did-not-travel 0/2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
