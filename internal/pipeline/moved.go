package pipeline

// Pages that were published before and are gone.

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"casebook/internal/problem"
)

// Moved returns a problem for each case study or resource that the site published
// before and that has no page now. added and gone are the paths of the files that
// only the new site and only the old site has. Links from other sites to such an
// address are dead unless another page has it as an alias.
func (r *Result) Moved(added, gone []string) []problem.Problem {
	folders := map[string]string{ // of content/, by the folder of their pages
		"cases": "cases", r.Library.Site.Terms.Slugs().CaseStudy.Other: "cases", "resources": "resources",
	}
	lost := map[string][]string{} // addresses that no longer have a page, by folder
	for _, file := range gone {
		folder, id, ok := strings.Cut(path.Dir(file), "/")
		if ok && path.Base(file) == "index.html" && !strings.Contains(id, "/") && id != "a-z" && folders[folder] != "" {
			lost[folders[folder]] = append(lost[folders[folder]], "/"+path.Dir(file)+"/")
		}
	}
	if len(lost) == 0 {
		return nil
	}
	candidates := map[string][]string{} // source files whose page is new, by folder
	consider := func(file string) {
		if page := r.PageOf(contentFolder + file); slices.Contains(added, page+"index.html") {
			folder, _, _ := strings.Cut(file, "/")
			candidates[folder] = append(candidates[folder], contentFolder+file)
		}
	}
	for _, c := range r.Library.Cases {
		consider(c.File)
	}
	for _, resource := range r.Library.Resources {
		consider(resource.File)
	}
	var all []problem.Problem
	for _, folder := range []string{"cases", "resources"} {
		for _, address := range lost[folder] {
			p := problem.Problem{
				File: contentFolder + folder, Severity: problem.Warning, Code: "page-gone",
				Message: fmt.Sprintf("the page %s was published before and is gone: links to it are dead", address),
				Hint:    fmt.Sprintf("if it has another address now, write in its file: aliases: [%s]", address),
			}
			if files := candidates[folder]; len(files) == 1 && len(lost[folder]) == 1 {
				p.File, p.Line = files[0], 1
				p.Message = fmt.Sprintf("the page %s was published before and is gone, and this one is new", address)
				p.Hint = fmt.Sprintf("if this is the same one, write here: aliases: [%s]", address)
			}
			all = append(all, p)
		}
	}
	return all
}
