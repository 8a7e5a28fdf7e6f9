package pipeline

// The weight of pages: how much a browser has to load.

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"path"
	"sync"

	"casebook/internal/problem"
	"casebook/internal/site"

	"github.com/klauspost/compress/flate"
)

// Budgets in bytes after compression with gzip at level 6, which is the default of
// zlib and therefore of most hosts. A reader with a slow connection waits for all
// of these bytes. 14 KiB is what a server sends before it waits for the first
// acknowledgement (ten packets, RFC 6928).
const (
	pageBudget     = 14 << 10 // an ordinary page with its stylesheets
	mapBudget      = 30 << 10 // the map page with its stylesheets
	coverageBudget = 40 << 10 // the coverage page with its stylesheets
	styleBudget    = 6 << 10  // the stylesheets of a page
	scriptBudget   = 2 << 10  // the scripts of a page
	formBudget     = 40 << 10 // the form page with its stylesheets
	formScripts    = 8 << 10  // the scripts of the form page
	toolBudget     = 17 << 10 // the scripts of an interactive page, such as search or comparison
)

// budgetOf returns the budget of a page with its stylesheets, and the budget of its
// scripts.
func budgetOf(page site.Page) (whole, scripts int) {
	switch page.(type) {
	case *site.MapPage:
		return mapBudget, scriptBudget
	case *site.CoveragePage:
		return coverageBudget, toolBudget
	case *site.FormPage:
		return formBudget, formScripts
	case *site.SearchPage, *site.ComparePage, *site.SavedPage, *site.HealthCheckPage:
		return pageBudget, toolBudget
	default:
		return pageBudget, scriptBudget
	}
}

// weights holds the compressed size of each asset of a theme, by path.
type weights map[string]int

func weigh(assets []*File) weights {
	all := make(weights, len(assets))
	for _, f := range assets {
		all[f.Path] = compressed(f.data)
	}
	return all
}

// load is what a browser loads for a page, in compressed bytes.
type load struct {
	Styles, Scripts string // their paths in one string, as a key for the set
	Style, Script   int
	Room            int // bytes of the budget that are left, by a fast compressor; negative if none
	// The size of the page with its stylesheets if it exceeds its budget, and 0
	// otherwise. Stylesheets count at most their own budget here, because their
	// excess is reported separately.
	Whole int
}

// load measures a page. Compressing ten thousand pages with gzip takes seconds, so
// a fast compressor, whose output is larger, first rules out the pages that are
// small enough.
func (w weights) load(page site.Page, html []byte, assets []string) load {
	var l load
	for _, name := range assets {
		// Skip assets that the page only names for a script to load later.
		if !bytes.Contains(html, []byte(`="`+site.Of(page).Root+name+`"`)) {
			continue
		}
		switch path.Ext(name) {
		case ".css":
			l.Styles += " " + name
			l.Style += w[name]
		case ".js":
			l.Scripts += " " + name
			l.Script += w[name]
		}
	}
	budget, _ := budgetOf(page)
	style := min(l.Style, styleBudget)
	room := budget - style
	if l.Room = room - fastCompressed(html); l.Room >= 0 {
		return l
	}
	if size := compressed(html); size > room {
		l.Whole = size + style
	}
	return l
}

// Compressors and buffers are reused from page to page.
var (
	compressors     = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
	fastCompressors = sync.Pool{New: func() any { w, _ := flate.NewWriter(nil, flate.BestSpeed); return w }}
	scratch         = sync.Pool{New: func() any { return new([]byte) }}
)

// fastCompressed returns the size that a fast compressor makes of the data. It is
// larger than that of gzip, and takes a quarter of the time.
func fastCompressed(data []byte) int {
	const header = 18 // size of the gzip header and trailer
	var counted counter
	w := fastCompressors.Get().(*flate.Writer)
	defer fastCompressors.Put(w)
	w.Reset(&counted)
	_, _ = w.Write(data) // writing to a counter never fails
	_ = w.Close()
	return header + int(counted)
}

// compressed returns the size that gzip compresses the data to.
func compressed(data []byte) int {
	var counted counter
	w := compressors.Get().(*gzip.Writer)
	defer compressors.Put(w)
	w.Reset(&counted)
	_, _ = w.Write(data)
	_ = w.Close()
	return int(counted)
}

// counter counts the bytes that are written to it.
type counter int

func (c *counter) Write(data []byte) (int, error) {
	*c += counter(len(data))
	return len(data), nil
}

// overweight reports the pages, stylesheets and scripts that exceed their budgets,
// with the codes "page-weight", "style-weight" and "script-weight".
func overweight(pages []*renderedPage) []problem.Problem {
	var problems []problem.Problem
	report := func(file, code, hint, format string, args ...any) {
		problems = append(problems, problem.Problem{
			File: file, Severity: problem.Warning, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint,
		})
	}
	seen := map[string]bool{} // sets of stylesheets and scripts already reported
	for _, p := range pages {
		budget, scripts := budgetOf(p.plan.Kind)
		if n := p.load.Whole; n > 0 {
			file, hint := p.plan.Source, "shorten its text, or make two of it"
			if file == "" {
				file, hint = settingsFile, "lower page_size, or show less in its layout"
			}
			report(contentFolder+file, "page-weight", hint, "the page %s weighs %s compressed with its stylesheets; %s are allowed", p.plan.Path, inBytes(n), inBytes(budget))
		}
		const hint = "make it smaller, or load it only on the pages that need it"
		if n := p.load.Style; n > styleBudget && !seen[p.load.Styles] {
			seen[p.load.Styles] = true
			report(contentFolder+settingsFile, "style-weight", hint, "the stylesheets of the page %s weigh %s compressed; %s are allowed", p.plan.Path, inBytes(n), inBytes(styleBudget))
		}
		if n := p.load.Script; n > scripts && !seen[p.load.Scripts] {
			seen[p.load.Scripts] = true
			report(contentFolder+settingsFile, "script-weight", hint, "the scripts of the page %s weigh %s compressed; %s are allowed", p.plan.Path, inBytes(n), inBytes(scripts))
		}
	}
	return problems
}

// inBytes formats a number of bytes with a comma before the thousands.
func inBytes(n int) string {
	if n < 1000 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d,%03d bytes", n/1000, n%1000)
}
