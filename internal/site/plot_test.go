package site

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
)

func row(name, value string, year, month int, source string) IndicatorRow {
	return IndicatorRow{Name: name, Value: content.Quantity(value), AsOf: content.Date{Year: year, Month: month}, Source: Reference{ID: source}}
}

// TestPlots checks which figures are drawn, and that only those of a series are joined by
// a line.
func TestPlots(t *testing.T) {
	for _, test := range []struct {
		name      string
		rows      []IndicatorRow
		points    int // of the only plot; 0: no plot
		joined    bool
		disagrees bool
	}{
		{"a series", []IndicatorRow{row("m", "10", 2014, 0, "a"), row("m", "20", 2015, 0, "a"), row("m", "1,500", 2016, 0, "a")}, 3, true, false},
		{"out of order", []IndicatorRow{row("m", "20", 2015, 0, "a"), row("m", "10", 2014, 0, "a")}, 2, true, false},
		{"months", []IndicatorRow{row("m", "10", 2014, 1, "a"), row("m", "20", 2014, 12, "a")}, 2, true, false},
		{"all the same", []IndicatorRow{row("m", "0", 2014, 0, "a"), row("m", "0", 2015, 0, "a")}, 2, true, false},
		{"below zero", []IndicatorRow{row("m", "-5", 2014, 0, "a"), row("m", "0.5", 2015, 0, "a")}, 2, true, false},
		{"two figures for one date", []IndicatorRow{row("m", "10", 2014, 0, "a"), row("m", "12", 2014, 0, "a"), row("m", "20", 2015, 0, "a")}, 3, false, true},
		{"two sources", []IndicatorRow{row("m", "10", 2014, 0, "a"), row("m", "20", 2015, 0, "b")}, 2, false, true},
		{"one between is qualified", []IndicatorRow{row("m", "10", 2014, 0, "a"), row("m", ">12", 2015, 0, "a"), row("m", "20", 2016, 0, "a")}, 2, false, true},
		{"only one is plain", []IndicatorRow{row("m", "10", 2014, 0, "a"), row("m", "about 20", 2015, 0, "a")}, 0, false, true},
		{"the largest", []IndicatorRow{row("m", "-9,007,199,254,740,992", 2014, 0, "a"), row("m", "9,007,199,254,740,992", 2015, 0, "a")}, 2, true, false},
		{"too large", []IndicatorRow{row("m", "1"+strings.Repeat("0", 23), 2014, 0, "a"), row("m", "3"+strings.Repeat("0", 23), 2015, 0, "a")}, 0, false, false},
		{"too far below zero", []IndicatorRow{row("m", "1", 2014, 0, "a"), row("m", "-9,007,199,254,740,994", 2015, 0, "a")}, 0, false, false},
		{"hardly anything", []IndicatorRow{row("m", "0", 2014, 0, "a"), row("m", "0."+strings.Repeat("0", 323)+"5", 2015, 0, "a")}, 0, false, false},
		{"no number any more", []IndicatorRow{row("m", "1", 2014, 0, "a"), row("m", strings.Repeat("9", 400), 2015, 0, "a")}, 0, false, true},
		{"one date", []IndicatorRow{row("m", "10", 2014, 0, "a"), row("m", "20", 2014, 0, "b")}, 0, false, true},
		{"two measures", []IndicatorRow{row("m", "10", 2014, 0, "a"), row("n", "20", 2015, 0, "a")}, 0, false, false},
	} {
		drawn := plots(test.rows)
		if (len(drawn) == 1) != (test.points > 0) || len(drawn) > 1 {
			t.Errorf("%s: %d plots", test.name, len(drawn))
			continue
		}
		if got := (&CasePage{Indicators: test.rows}).Disagreements(); (len(got) > 0) != test.disagrees {
			t.Errorf("%s: disagreements %q", test.name, got)
		}
		if len(drawn) == 0 {
			continue
		}
		p := drawn[0]
		if len(p.Points) != test.points || (p.Line != "") != test.joined {
			t.Errorf("%s: %d points, line %q", test.name, len(p.Points), p.Line)
		}
		for i, at := range p.Points {
			if at.X < plotLeft || at.X > plotRight || at.Y < plotTop || at.Y > plotBottom || i > 0 && at.X < p.Points[i-1].X {
				t.Errorf("%s: point %d at %v", test.name, i, at)
			}
		}
		if n := len(p.Up); n < 2 || n > maxSteps+2 || p.Up[0].At != plotBottom || p.Up[n-1].At != plotTop {
			t.Errorf("%s: axis %v", test.name, p.Up)
		}
		if len(p.Across) == 0 || p.Across[0].Number != p.Years.From {
			t.Errorf("%s: years %v of %v", test.name, p.Across, p.Years)
		}
	}
}

func TestAxesHaveRoundNumbers(t *testing.T) {
	for _, test := range []struct {
		low, high string
		want      []PlotTick
	}{
		{"120", "310", []PlotTick{{146, 0, ""}, {113, 100, ""}, {80, 200, ""}, {47, 300, ""}, {14, 400, ""}}},
		{"0.1", "0.4", []PlotTick{{146, 0, "0"}, {113, 0, "0.1"}, {80, 0, "0.2"}, {47, 0, "0.3"}, {14, 0, "0.4"}}},
		{"50,000", "93,112", []PlotTick{{146, 0, ""}, {80, 50000, ""}, {14, 100000, ""}}},
	} {
		got := plots([]IndicatorRow{row("m", test.low, 2014, 0, "a"), row("m", test.high, 2015, 0, "a")})[0].Up
		if !slices.Equal(got, test.want) {
			t.Errorf("%s to %s: %v, want %v", test.low, test.high, got, test.want)
		}
	}
}

func TestMost(t *testing.T) {
	term := func(label string, n int) Term { return Term{Link: Link{Label: label}, Examples: n} }
	all := []Term{term("a", 1), term("b", 3), term("c", 2), term("d", 1), term("e", 2)}
	for n, want := range map[int]string{1: "b", 2: "bc", 3: "bce", 4: "abce", 5: "abcde", 9: "abcde"} {
		got := ""
		for _, term := range most(n, slices.Clone(all)) {
			got += term.Label
		}
		if got != want {
			t.Errorf("the %d most are %s, want %s", n, got, want)
		}
	}
}
