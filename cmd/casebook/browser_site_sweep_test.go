//go:build sweep

package main

import "testing"

// TestEveryKindOfPageSweep checks one page of each kind at all sizes, and all first screens.
func TestEveryKindOfPageSweep(t *testing.T) {
	v := visit(t)
	if len(v.pages) < 40 {
		t.Errorf("only %d kinds of pages: %q", len(v.pages), v.pages)
	}
	v.checkPages(append(v.pages, resultsPage), narrow.dark(), phone, desktop, desktop.dark(), zoomed)
	v.checkFirstScreens(1)
	v.run("large text", (*visitor).checkLargeText)
}

// checkLargeText doubles the text size of each kind of page on a phone, and checks that no
// page scrolls sideways.
func (v *visitor) checkLargeText() {
	v.see(phone)
	for _, address := range v.pages {
		v.run(address, func(l *visitor) {
			l.open(address)
			before := l.number(`Math.round(parseFloat(getComputedStyle(document.querySelector("main")).fontSize))`)
			l.eval(`document.documentElement.style.fontSize = "200%"`)
			if after := l.number(`Math.round(parseFloat(getComputedStyle(document.querySelector("main")).fontSize))`); after < 2*before-2 {
				l.t.Errorf("the text grows only from %v to %v px", before, after)
			}
			if wide := l.text(sideways); wide != "" {
				l.t.Errorf("the page scrolls sideways because of\n%s", wide)
			}
		})
	}
}
