//go:build sweep

package main

import "testing"

func TestEveryKindOfPageAtOtherSizesSweep(t *testing.T) { visit(t).checkEveryPage(phone, desktop) }

func TestAccessibilityRulesAtOtherSizesSweep(t *testing.T) {
	visit(t).checkAccessibility(desktop.dark(), zoomed)
}

// TestLargeTextSweep doubles the text size of each kind of page on a phone, and checks that
// no page scrolls sideways.
func TestLargeTextSweep(t *testing.T) {
	v := visit(t)
	v.see(phone)
	for _, address := range v.pages {
		t.Run(address, func(t *testing.T) {
			l := v.within(t)
			l.open(address)
			before := l.number(`Math.round(parseFloat(getComputedStyle(document.querySelector("main")).fontSize))`)
			l.eval(`document.documentElement.style.fontSize = "200%"`)
			if after := l.number(`Math.round(parseFloat(getComputedStyle(document.querySelector("main")).fontSize))`); after < 2*before-2 {
				t.Errorf("the text grows only from %v to %v px", before, after)
			}
			if wide := l.text(sideways); wide != "" {
				t.Errorf("the page scrolls sideways because of\n%s", wide)
			}
		})
	}
}
