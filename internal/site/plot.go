// Plots of figures over time.

package site

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/content"
)

// Plot is a measure over time, drawn as points. The table of the same figures
// is its equivalent in text. Coordinates are those of a box of PlotWidth by
// PlotHeight, from its upper left corner.
type Plot struct {
	Name   string
	Unit   string
	Years  Period
	Points []PlotPoint
	Line   string     // the points, "12,80 60,20", if they may be joined; otherwise empty
	Across []PlotTick // years
	Up     []PlotTick // values
}

// PlotPoint is one figure.
type PlotPoint struct{ X, Y int }

// PlotTick is a mark on an axis.
type PlotTick struct {
	At     int
	Number int
	Text   string // instead of Number, if it is not a whole number
}

// The box of a plot and the room in it for labels.
const (
	PlotWidth  = 320
	PlotHeight = 170
	plotLeft   = 52
	plotRight  = PlotWidth - 18
	plotTop    = 14
	plotBottom = PlotHeight - 24
	labelWidth = 38 // of a year
)

// plots draws each measure that has two or more plain numbers over time.
func plots(rows []IndicatorRow) []Plot {
	var all []Plot
	for _, name := range measures(rows) {
		measured := ofMeasure(rows, name)
		for _, unit := range ofEach(measured, func(r IndicatorRow) string { return r.Unit }) {
			if p, ok := plot(name, unit, measured); ok {
				all = append(all, p)
			}
		}
	}
	return all
}

// Disagreements returns the names of the measures that have different figures
// which are not a series.
func (p *CasePage) Disagreements() []string {
	var names []string
	for _, name := range measures(p.Indicators) {
		rows := ofMeasure(p.Indicators, name)
		different := func(r IndicatorRow) bool { return r.Value != rows[0].Value }
		if slices.ContainsFunc(rows, different) && !isSeries(rows) {
			names = append(names, name)
		}
	}
	return names
}

// isSeries reports whether the figures of a measure follow one thing over time:
// plain numbers of one unit, from one source, one for each date. Only these are
// joined by a line; others may disagree.
func isSeries(rows []IndicatorRow) bool {
	dates := map[content.Date]bool{}
	for _, r := range rows {
		if _, plain := r.Value.Number(); !plain || r.Unit != rows[0].Unit || r.Source != rows[0].Source || dates[r.AsOf] {
			return false
		}
		dates[r.AsOf] = true
	}
	return true
}

// measures returns the names of the indicators, each once.
func measures(rows []IndicatorRow) []string {
	return ofEach(rows, func(r IndicatorRow) string { return r.Name })
}

// ofEach returns the texts of the indicators, each once.
func ofEach(rows []IndicatorRow, text func(IndicatorRow) string) []string {
	var texts []string
	for _, r := range rows {
		texts = append(texts, text(r))
	}
	return unique(texts)
}

func ofMeasure(rows []IndicatorRow, name string) []IndicatorRow {
	return slices.DeleteFunc(slices.Clone(rows), func(r IndicatorRow) bool { return r.Name != name })
}

// figure is a plain number and its time, in years.
type figure struct {
	year  int
	time  float64
	value float64
}

// drawable is the largest figure that is drawn, and 1/drawable the smallest
// above zero. Larger whole numbers are not distinct as float64, and an axis of
// smaller figures has no steps.
const drawable = 1 << 53

func plot(name, unit string, rows []IndicatorRow) (Plot, bool) {
	var figures []figure
	for _, r := range rows {
		if value, plain := r.Value.Number(); plain && r.Unit == unit && r.AsOf.Year != 0 {
			if size := math.Abs(value); size > drawable || 0 < size && size < 1.0/drawable {
				return Plot{}, false
			}
			time := float64(r.AsOf.Year) + float64(max(r.AsOf.Month, 1)-1)/12 + float64(max(r.AsOf.Day, 1)-1)/372
			figures = append(figures, figure{r.AsOf.Year, time, value})
		}
	}
	slices.SortStableFunc(figures, func(a, b figure) int { return cmp.Compare(a.time, b.time) })
	if len(figures) < 2 || figures[0].time == figures[len(figures)-1].time {
		return Plot{}, false
	}
	first, last := figures[0], figures[len(figures)-1]
	low, high, step := scale(figures)
	x := func(time float64) int {
		return plotLeft + 8 + int(math.Round((time-first.time)/(last.time-first.time)*(plotRight-plotLeft-16)))
	}
	y := func(value float64) int {
		return plotBottom - int(math.Round((value-low)/(high-low)*(plotBottom-plotTop)))
	}
	p := Plot{Name: name, Unit: unit, Years: Period{From: first.year, To: last.year}}
	var line []string
	for _, f := range figures {
		at := PlotPoint{x(f.time), y(f.value)}
		p.Points = append(p.Points, at)
		line = append(line, fmt.Sprintf("%d,%d", at.X, at.Y))
		if n := len(p.Across); n == 0 || f.year != p.Across[n-1].Number && at.X-p.Across[n-1].At >= labelWidth {
			p.Across = append(p.Across, PlotTick{At: at.X, Number: f.year})
		}
	}
	if isSeries(rows) {
		p.Line = strings.Join(line, " ")
	}
	for i := 0; low+float64(i)*step <= high+step/2; i++ {
		value := low + float64(i)*step
		tick := PlotTick{At: y(value), Number: int(math.Round(value))}
		if step < 1 {
			tick.Text = strconv.FormatFloat(value, 'g', 6, 64)
		}
		p.Up = append(p.Up, tick)
	}
	return p, true
}

// maxSteps is the largest number of steps of an axis of values.
const maxSteps = 4

// scale returns an axis of round numbers that includes zero and all figures.
func scale(figures []figure) (low, high, step float64) {
	for _, f := range figures {
		low, high = min(low, f.value), max(high, f.value)
	}
	if low == high {
		high = 1
	}
	step = math.Pow(10, math.Floor(math.Log10((high-low)/maxSteps)))
	for _, factor := range []float64{2, 2.5, 2} { // 1, 2, 5, 10
		if math.Ceil(high/step)-math.Floor(low/step) > maxSteps {
			step *= factor
		}
	}
	return math.Floor(low/step) * step, math.Ceil(high/step) * step, step
}
