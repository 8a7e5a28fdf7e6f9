package site_test

import (
	"fmt"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/site"
)

// A library becomes plans of pages: each makes typed data at an address of the site.
func Example() {
	files := []*content.Parsed{
		content.Parse("site.yaml", []byte("title: Casebook\n")),
		content.Parse("principles/strategic.md", []byte("---\nnumber: 1\ntitle: Strategic\n---\n")),
		content.Parse("cases/wards.md", []byte("---\ntitle: Two wards\nprinciples: [strategic]\nauthors: [Dr Grace Banda]\n---\nIt worked.\n")),
	}
	lib, _ := library.New(files, library.Options{})
	pages, _ := site.New(lib, site.Options{})
	for _, plan := range pages.Pages {
		if study, ok := plan.Page().(*site.CasePage); ok {
			fmt.Println(study.Path, study.Title, "is under", study.Principles[0].Label, "at", study.Principles[0].Href)
		}
	}
	// Output: /cases/wards/ Two wards is under Strategic at ../../principles/strategic/
}
