package pipeline

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

// Budgets in bytes, compressed as by most hosts: gzip at level 6, the default
// of zlib and so of what most hosts run. A reader with a slow line pays for
// every one of them; 14 KiB are what a server sends before it first waits for
// an answer (ten packets, RFC 6928).
const (
	pageBudget     = 14 << 10 // a page with its stylesheets
	mapBudget      = 30 << 10 // the map, likewise
	coverageBudget = 40 << 10 // the coverage tables, likewise
	styleBudget    = 6 << 10  // the stylesheets of a page
	scriptBudget   = 2 << 10  // the scripts of a page
	formBudget     = 40 << 10 // the form, likewise
	formScripts    = 8 << 10  // the scripts of the form
	toolBudget     = 17 << 10 // the scripts of a page that is a tool: search, coverage, comparison
)

// budgetOf is what the page with its stylesheets, and its scripts, may weigh.
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

// weights are what the assets of a theme weigh, compressed, by path.
type weights map[string]int

func weigh(assets []*File) weights {
	all := make(weights, len(assets))
	for _, f := range assets {
		all[f.Path] = compressed(f.data)
	}
	return all
}

// load is what a page makes a browser load, compressed.
type load struct {
	Styles, Scripts string // their paths, as one text that tells two sets apart
	Style, Script   int
	// The page with its stylesheets when that is over its budget; else 0. What
	// these weigh over their own budget is no page's fault, and not in it.
	Whole int
}

// load weighs a page. To compress ten thousand pages takes seconds, so most are
// shown to be light enough by a fast compressor, which makes more of them.
func (w weights) load(page site.Page, html []byte, assets []string) load {
	var l load
	for _, name := range assets {
		// A page may also name what a script of it will load later, if ever.
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
	if fastCompressed(html) <= room {
		return l
	}
	if size := compressed(html); size > room {
		l.Whole = size + style
	}
	return l
}

// Compressors and buffers are kept from page to page.
var (
	compressors     = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
	fastCompressors = sync.Pool{New: func() any { w, _ := flate.NewWriter(nil, flate.BestSpeed); return w }}
	scratch         = sync.Pool{New: func() any { return new([]byte) }}
)

// fastCompressed is more than gzip makes of the data, in a fourth of the time.
func fastCompressed(data []byte) int {
	const header = 18 // of gzip, and what follows the data
	var counted counter
	w := fastCompressors.Get().(*flate.Writer)
	defer fastCompressors.Put(w)
	w.Reset(&counted)
	_, _ = w.Write(data) // a counter never fails
	_ = w.Close()
	return header + int(counted)
}

// compressed is how many bytes gzip makes of the data.
func compressed(data []byte) int {
	var counted counter
	w := compressors.Get().(*gzip.Writer)
	defer compressors.Put(w)
	w.Reset(&counted)
	_, _ = w.Write(data)
	_ = w.Close()
	return int(counted)
}

// counter counts what is written to it.
type counter int

func (c *counter) Write(data []byte) (int, error) {
	*c += counter(len(data))
	return len(data), nil
}

// overweight reports the pages, stylesheets and scripts that are over their
// budgets: "page-weight", "style-weight" and "script-weight".
func overweight(pages []*renderedPage) []problem.Problem {
	var problems []problem.Problem
	report := func(file, code, hint, format string, args ...any) {
		problems = append(problems, problem.Problem{
			File: file, Severity: problem.Warning, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint,
		})
	}
	seen := map[string]bool{} // stylesheets and scripts that are reported
	for _, p := range pages {
		base := site.Of(p.page)
		budget, scripts := budgetOf(p.page)
		if n := p.load.Whole; n > 0 {
			file, hint := site.SourceOf(p.page), "shorten its text, or make two of it"
			if file == "" {
				file, hint = settingsFile, "lower page_size, or show less in its layout"
			}
			report(contentFolder+file, "page-weight", hint, "the page %s weighs %s compressed with its stylesheets; %s are allowed", base.Path, inBytes(n), inBytes(budget))
		}
		const hint = "make it smaller, or load it only on the pages that need it"
		if n := p.load.Style; n > styleBudget && !seen[p.load.Styles] {
			seen[p.load.Styles] = true
			report(contentFolder+settingsFile, "style-weight", hint, "the stylesheets of the page %s weigh %s compressed; %s are allowed", base.Path, inBytes(n), inBytes(styleBudget))
		}
		if n := p.load.Script; n > scripts && !seen[p.load.Scripts] {
			seen[p.load.Scripts] = true
			report(contentFolder+settingsFile, "script-weight", hint, "the scripts of the page %s weigh %s compressed; %s are allowed", base.Path, inBytes(n), inBytes(scripts))
		}
	}
	return problems
}

// inBytes writes a weight in bytes, with its thousands apart.
func inBytes(n int) string {
	if n < 1000 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d,%03d bytes", n/1000, n%1000)
}
