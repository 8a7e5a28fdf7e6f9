package problem

// Excerpts: the line of a file that a problem is about, with a mark below it.

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// maxExcerpt is how many characters of a line are shown.
const maxExcerpt = 90

// excerpt is the line that a problem is about, and below it a caret at its column;
// "" for a problem of a whole file, or of a line that is empty or not known.
func excerpt(p Problem, lines []string) string {
	if p.Column == 0 || p.Line > len(lines) {
		return ""
	}
	line := []rune(lines[p.Line-1])
	at := p.Column - 1
	if at > len(line) || strings.Trim(string(line), " \t-") == "" { // nor the "---" of front matter
		return ""
	}
	length := 1
	if p.Fix.From == (Position{p.Line, p.Column}) && p.Fix.To.Line == p.Line {
		length = max(1, min(p.Fix.To.Column-p.Column, len(line)-at))
	}
	from, to := Around(at, len(line), maxExcerpt)
	length = max(1, min(length, to-at))
	shown, mark := "", ""
	for i, r := range line[from:to] {
		text := Printable(string(r))
		if r == '\t' {
			text = " "
		}
		shown += text
		switch cells := cells(text); {
		case from+i < at:
			mark += strings.Repeat(" ", cells)
		case from+i < at+length:
			mark += strings.Repeat("^", cells)
		}
	}
	if at == len(line) {
		mark += "^"
	}
	before := ""
	if from > 0 {
		before = "…"
		mark = " " + mark
	}
	if to < len(line) {
		shown += "…"
	}
	return "    " + before + shown + "\n    " + mark + "\n"
}

// Around returns which part of a line of n characters is shown: as many as fit,
// with the one at index at in its first half.
func Around(at, n, fit int) (from, to int) {
	from = max(0, min(at-fit/3, n-fit))
	return from, min(n, from+fit)
}

// cells is how many columns of a terminal a text takes.
func cells(text string) int {
	n := 0
	for _, r := range text {
		switch kind := width.LookupRune(r).Kind(); {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case kind == width.EastAsianWide || kind == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
