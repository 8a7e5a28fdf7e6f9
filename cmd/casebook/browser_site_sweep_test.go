//go:build sweep

package main

import "testing"

func TestEveryKindOfPageAtOtherSizesSweep(t *testing.T) { lookAtPages(t, phone, zoomed, desktop) }

// TestLargeTextSweep sets the text of every kind of page to twice its size on a
// phone: nothing may be cut off or need scrolling sideways.
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
				t.Errorf("the text grows from %v to %v px only", before, after)
			}
			if wide := l.text(sideways); wide != "" {
				t.Errorf("the page scrolls sideways for\n%s", wide)
			}
		})
	}
}
