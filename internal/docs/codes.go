package docs

// The codes of problems: the page codes.md, one section at a time.

import (
	"regexp"
	"strings"
)

// Code is one kind of problem.
type Code struct {
	Name     string // "unknown-key"
	Severity string // "error", "warning or advice"
	Meaning  string // what it means and what to do, on one line
	Text     string // the whole section, in Markdown, with its example
}

// codeHeading matches the heading of the section of a code.
var codeHeading = regexp.MustCompile(`(?m)^### ([a-z0-9-]+)\n+`)

// Codes returns all codes in the order of the page, which is their one source:
// a test compares it with what the packages report, and runs its examples.
func Codes() []Code {
	page := read("codes")
	var codes []Code
	headings := codeHeading.FindAllStringSubmatchIndex(page, -1)
	for i, at := range headings {
		end := len(page)
		if i+1 < len(headings) {
			end = headings[i+1][0]
		}
		text, _, _ := strings.Cut(page[at[0]:end], "\n## ") // the heading of the next group
		paragraph, _, _ := strings.Cut(page[at[1]:end], "\n\n")
		meaning := strings.Join(strings.Fields(paragraph), " ")
		severity, meaning, _ := strings.Cut(meaning, ". ")
		codes = append(codes, Code{
			Name: page[at[2]:at[3]], Severity: strings.ToLower(severity), Meaning: meaning, Text: strings.TrimSpace(text) + "\n",
		})
	}
	return codes
}

// CodeOf returns the code of the name.
func CodeOf(name string) (code Code, found bool) {
	for _, code := range Codes() {
		if code.Name == name {
			return code, true
		}
	}
	return Code{}, false
}

// Meaning is what a code means and what to do about it; "" if there is no such code.
func Meaning(name string) string {
	code, _ := CodeOf(name)
	return code.Meaning
}
