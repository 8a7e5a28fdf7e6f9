//go:build sweep

package main

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// elsewhere returns the addresses on other hosts that the page has requested.
const elsewhere = `performance.getEntriesByType("resource").map((e) => e.name).filter((name) => !name.startsWith(location.origin)).join(" ")`

// TestToolsInABrowserSweep uses the interactive pages as readers do, with the keyboard.
func TestToolsInABrowserSweep(t *testing.T) {
	v := visit(t)
	v.see(desktop)

	v.run("coverage is sorted and filtered", func(l *visitor) {
		l.open("kb/coverage/")
		l.until("the script has added its buttons", `document.querySelectorAll(".matrix thead button").length > 16`)
		const counts = `[...document.querySelectorAll("#principles-by-country ~ .matrix tbody tr")].map((r) => Number(r.cells[3].textContent.replace(/\D/g, "")))`
		l.tabTo(`#principles-by-country ~ .matrix th:nth-child(4) button`)
		if name := l.text(`document.activeElement.getAttribute("aria-label")`); name != "Sort by Effective and sustainable" {
			l.t.Errorf("the name of the button is %q", name)
		}
		l.press(kb.Enter)
		const arrow = `document.querySelector("#principles-by-country ~ .matrix th:nth-child(4) button").textContent`
		l.until("an arrow says so", arrow+` === "↓"`)
		l.until("the most come first", `document.querySelector("#principles-by-country ~ .matrix th:nth-child(4)").ariaSort === "descending" && `+counts+`.every((n, i, all) => i === 0 || all[i - 1] >= n)`)
		l.press(kb.Enter)
		l.until("again, and the fewest do", arrow+` === "↑" && `+counts+`.every((n, i, all) => i === 0 || all[i - 1] <= n)`)
		l.tabTo(`#principles-by-discipline ~ .choose input`)
		l.do(chromedp.KeyEvent("mental"))
		l.until("only rows that match are shown", `[...document.querySelectorAll("#principles-by-discipline ~ .matrix tbody tr")].filter((r) => !r.hidden).map((r) => r.cells[0].textContent.trim()).join() === "Mental health"`)
		l.until("how many is said", `document.querySelector("#principles-by-discipline ~ .choose [role=status]").textContent === "1 row"`)
		l.do(chromedp.KeyEvent("x"))
		l.until("that there is none is said", `document.querySelector("#principles-by-discipline ~ .choose [role=status]").textContent === "No row has these letters"`)
		l.press(kb.Backspace)
		l.follow(`#principles-by-discipline ~ .matrix tbody tr:not([hidden]) td a`)
		l.until("a cell leads to its cases", `location.pathname === "/kb/disciplines/mental-health/principles/" && document.querySelector(location.hash) !== null`)
	})

	v.run("headers of the coverage tables stay visible", func(l *visitor) {
		l.see(zoomed) // in a narrower window, the tables are lists
		defer l.see(desktop)
		l.open("kb/coverage/")
		// A table with many rows scrolls in its box. This one has few, and the box has their height.
		l.until("a short table is shown whole", `document.querySelector(".matrix").scrollHeight === document.querySelector(".matrix").clientHeight`)
		l.eval(`document.querySelector(".matrix").style.maxBlockSize = "20rem"`)
		l.eval(`document.querySelector(".matrix").scrollTo(300, 200)`)
		l.until("the first row and column stay", `(() => {
			const box = document.querySelector(".matrix").getBoundingClientRect(), at = (s) => document.querySelector(".matrix " + s).getBoundingClientRect();
			return Math.abs(at("thead th:nth-child(5)").top - box.top) < 3 && Math.abs(at("tbody tr:last-child th").left - box.left) < 3;
		})()`)
	})

	v.run("the health check keeps its answers and sums them up", func(l *visitor) {
		l.open("kb/health-check/")
		const counts = `document.querySelector("#answers [role=status]").textContent`
		l.until("nothing is answered", counts+` === "No question is answered yet."`)
		l.tabTo(`#health-check fieldset input[value=yes]`)
		l.press(kb.ArrowRight)
		l.press(kb.ArrowRight) // from "yes" through "partly" to "no"
		l.tabTo(`#health-check fieldset textarea`)
		l.do(chromedp.KeyEvent("<b>minutes</b> of the board"))
		l.until("the answers are counted", counts+`.startsWith("0 yes, 0 partly, 1 not yet, ")`)
		l.until("the answer leads to case studies", `document.querySelector("#answers li a").textContent === document.querySelector("#health-check legend").textContent && document.querySelector("#answers li a").pathname.startsWith("/kb/principles/")`)
		l.open("kb/health-check/")
		l.until("the answers are still there", counts+`.startsWith("0 yes, 0 partly, 1 not yet, ") && document.querySelector("#health-check fieldset textarea").value === "<b>minutes</b> of the board"`)
		l.eval(`window.confirm = () => true`)
		l.follow(`#answers button.clear`)
		l.until("they can be cleared", counts+` === "No question is answered yet." && document.querySelector("#health-check fieldset textarea").value === "" && !Object.keys(localStorage).some((key) => key.includes("health"))`)
	})

	v.run("two cases are compared", func(l *visitor) {
		l.open("kb/cases/wessex-ghana-stroke-team/")
		l.follow(`a[href*="compare/?case="]`)
		l.until("the case is on the page", `document.querySelector("#compare thead a")?.pathname === "/kb/cases/wessex-ghana-stroke-team/"`)
		l.tabTo(`#compare .add input`)
		l.do(chromedp.KeyEvent("midwives uganda"))
		l.until("a search finds another", `document.querySelector("#compare .add input ~ ul a, #compare .add label ~ ul a")?.search.endsWith("&case=aligning-plans-in-uganda")`)
		l.follow(`#compare .add label ~ ul a`)
		l.until("both are side by side", `document.querySelectorAll("#compare thead th").length === 3`)
		l.until("their facts are side by side", `[...document.querySelectorAll("#compare tbody tr")].some((r) => [...r.cells].map((c) => c.textContent).join() === "Country,Ghana,Uganda")`)
		l.until("what is missing is said", `document.querySelector("#compare td .none")?.textContent === "not stated"`)
		if axe := os.Getenv("CASEBOOK_AXE"); axe != "" {
			l.text(read(l.t, axe) + `; ""`)
			if found := l.await(`axe.run().then((r) => r.violations.flatMap((v) => v.nodes.map((n) => v.id + " " + n.html)).join("\n"))`); found != "" {
				l.t.Error(found)
			}
		}
		l.follow(`#compare thead th a[aria-label^="Remove"]`)
		l.until("one is left", `document.querySelectorAll("#compare thead th").length === 2 && location.search === "?case=aligning-plans-in-uganda"`)
		l.until("what was read is offered", `[...document.querySelectorAll("#compare .add h3")].some((h) => h.textContent === "Read recently")`)
	})

	v.run("case studies are saved, cited and removed", func(l *visitor) {
		for _, id := range []string{"shared-ward", "rota-imposed"} {
			l.open("small/cases/" + id + "/")
			l.until("nothing is saved", `document.querySelector("button.save").ariaPressed === "false"`)
			l.follow(`button.save`)
			l.until("the button says so", `document.querySelector("button.save").ariaPressed === "true"`)
		}
		l.open("small/saved/")
		l.until("both are listed, the last first", `[...document.querySelectorAll("#saved li > a")].map((a) => a.pathname).join() === "/small/cases/rota-imposed/,/small/cases/shared-ward/"`)
		l.until("they can be compared", `document.querySelector("#saved .compare").search === "?case=rota-imposed&case=shared-ward"`)
		l.eval(`URL.createObjectURL = (blob) => { blob.text().then((text) => { window.taken = text }); return "data:," }`)
		l.eval(`[...document.querySelectorAll("#saved .take button")].find((b) => b.textContent === "CSL-JSON").click()`)
		l.until("the citations are joined", `window.taken && JSON.parse(window.taken).map((item) => item.id).join() === "rota-imposed,shared-ward"`)
		l.follow(`#saved li button`)
		l.until("one can be removed", `document.querySelectorAll("#saved li").length === 1 && document.querySelector("#saved [role=status]").textContent === "1 case study"`)
		l.eval(`localStorage.setItem(Object.keys(localStorage).find((key) => key.includes("saved")), JSON.stringify([["//evil.example/cases/x/../", "<img src=x onerror=alert(1)>"], ["/cases/../x/", "y"]]))`)
		l.open("small/saved/")
		l.until("what is no case study is left out", `document.querySelector("#saved [role=status]").textContent.startsWith("Nothing is saved yet") && document.querySelector("#saved img") === null`)
	})

	v.run("a long list is narrowed by typing", func(l *visitor) {
		l.open("kb/organisations/")
		if moved := l.await(shifted); moved != "" {
			l.t.Errorf("the filter field shifts elements:\n%s", moved)
		}
		l.tabTo(`[data-filter] input`)
		l.do(chromedp.KeyEvent("ÜNIVERSITY"))
		l.until("only names that match are shown, whatever their accents", `(() => {
			const shown = [...document.querySelectorAll("[data-filter] li")].filter((e) => e.checkVisibility());
			return shown.length > 0 && shown.every((e) => e.textContent.includes("University")) && [...document.querySelectorAll("[data-filter] section")].every((e) => e.hidden !== e.checkVisibility()) &&
				document.querySelector("[data-filter] [role=status]").textContent === shown.length + " / " + document.querySelectorAll("[data-filter] li").length;
		})()`)
	})

	v.run("a search within a list finds nothing else", func(l *visitor) {
		l.open("kb/disciplines/health-systems/")
		l.tabTo(`form.within input[name=q]`)
		l.do(chromedp.KeyEvent("training"))
		l.press(kb.Enter)
		l.until("the filter is on", `location.pathname === "/kb/search/" && new URLSearchParams(location.search).get("discipline") === "health-systems" && `+hits+` > 0`)
	})

	v.run("hostile ids are refused", func(l *visitor) {
		l.open("kb/compare/?case=..%2F..%2Fsmall&case=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&case=no-such-case")
		l.until("each is named as text", `document.querySelectorAll("#compare [role=status] p").length === 3 && document.querySelector("#compare img") === null`)
		l.until("nothing but the case that might be was asked for", `performance.getEntriesByType("resource").filter((e) => e.initiatorType === "fetch" && !e.name.includes("/search/")).every((e) => e.name.endsWith("/kb/cases/no-such-case/"))`)
		l.open("kb/compare/?case=health-partnership-scheme&case=health-partnership-scheme&case=confused-roles&case=when-funding-ends&case=north-cumbria")
		l.until("three at most, each once", `document.querySelectorAll("#compare thead th").length === 4`)
		l.until("no fourth is offered", `document.querySelector("#compare .add").getBoundingClientRect().height === 0`)
	})

	v.run("no request goes to other hosts", func(l *visitor) {
		for _, address := range v.pages {
			l.open(address)
			if found := l.text(elsewhere); found != "" {
				l.t.Errorf("%s: %s", address, found)
			}
		}
	})
}
