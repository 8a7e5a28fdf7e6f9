package main

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// checkFirstScreens measures, on a phone, where the story of each every-th case study and
// the first case study of each every-th principle begin.
func (l *visitor) checkFirstScreens(every int) {
	l.see(phone)
	const screen = 844
	for _, test := range []struct {
		what, pages, begins string
		median, worst       int // the largest allowed positions, in pixels
	}{
		{"the story of a case study", "kb/cases/*/", ".story .prose", screen, screen * 3 / 2},
		{"the first case study of a principle", "kb/principles/*/", ".story .card", 2 * screen, 2 * screen},
	} {
		l.run(test.what, func(l *visitor) {
			var tops []int
			longest := ""
			for i, page := range l.all(test.pages) {
				if i%every != 0 {
					continue
				}
				l.open(page)
				top := l.number(fmt.Sprintf(`Math.round((document.querySelector(%q)?.getBoundingClientRect().top ?? -1) + scrollY)`, test.begins))
				if top < 0 {
					continue // the page has no such part
				}
				if len(tops) == 0 || top > slices.Max(tops) {
					longest = page
				}
				tops = append(tops, top)
			}
			if len(tops) == 0 {
				l.t.Fatal("no page has such a part")
			}
			slices.Sort(tops)
			median, worst := tops[len(tops)/2], tops[len(tops)-1]
			l.t.Logf("%s begins at %d px (median of %d pages), at %d px on the worst page, %s", test.what, median, len(tops), worst, longest)
			if median > test.median || worst > test.worst {
				l.t.Errorf("%s begins at %d px (median) and %d px (worst: %s), want at most %d and %d", test.what, median, worst, longest, test.median, test.worst)
			}
		})
	}
}

// all returns the pages of the site that match a pattern such as "kb/cases/*/".
func (l *visitor) all(pattern string) []string {
	files, err := filepath.Glob(filepath.Join(l.folder, filepath.FromSlash(pattern), "index.html"))
	if err != nil {
		l.t.Fatal(err)
	}
	var pages []string
	for _, file := range files {
		name, _ := filepath.Rel(l.folder, file)
		if page := path.Dir(filepath.ToSlash(name)) + "/"; !strings.HasSuffix(page, "/a-z/") && !strings.HasSuffix(page, "/page/") {
			pages = append(pages, page)
		}
	}
	return pages
}
