package problem

// Printing: problems as text, JSON and what services for code review read.

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Format is a way of printing problems.
type Format string

const (
	Text   Format = "text"   // one line for each problem, its place in the file and its hint below it
	JSON   Format = "json"   // one array
	GitHub Format = "github" // workflow commands, shown beside the lines of a pull request
	GitLab Format = "gitlab" // a report of code quality, shown in a merge request
	SARIF  Format = "sarif"  // for code scanning and editors
)

// Formats returns the formats that Print knows, for help texts and completion.
func Formats() []Format { return []Format{Text, JSON, GitHub, GitLab, SARIF} }

// Print writes the problems in the format.
func Print(w io.Writer, format Format, problems []Problem) error {
	return Printer{}.Print(w, format, problems)
}

// Printer prints problems with what some formats show besides them.
type Printer struct {
	Lines   func(file string) []string // of a file that a problem is about, nil if it cannot be shown; for Text
	Meaning func(code string) string   // what a code means and what to do about it; for SARIF
}

// Print writes the problems in the format.
func (printer Printer) Print(w io.Writer, format Format, problems []Problem) error {
	switch format {
	case Text:
		return printer.printText(w, problems)
	case JSON:
		return printJSON(w, problems)
	case GitHub:
		return printGitHub(w, problems)
	case GitLab:
		return printGitLab(w, problems)
	case SARIF:
		return printer.printSARIF(w, problems)
	default:
		return fmt.Errorf("unknown format %q: use one of %v", format, Formats())
	}
}

// printText writes the problems as text, each with the line that it is about.
func (printer Printer) printText(w io.Writer, problems []Problem) error {
	var lines []string
	for i, p := range problems {
		if printer.Lines != nil && (i == 0 || p.File != problems[i-1].File) {
			lines = printer.Lines(p.File)
		}
		text := Printable(p.String()) + "\n" + excerpt(p, lines)
		if p.Hint != "" {
			text += "    " + Printable(p.Hint) + "\n"
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
	}
	return nil
}

func printJSON(w io.Writer, problems []Problem) error {
	if problems == nil {
		problems = []Problem{}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(problems)
}

// printGitHub writes workflow commands; the escapes are those of
// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
func printGitHub(w io.Writer, problems []Problem) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, p := range problems {
		level := map[Severity]string{Error: "error", Warning: "warning", Advice: "notice"}[p.Severity]
		at := "file=" + property.Replace(Printable(p.File))
		if p.Line > 0 {
			at += fmt.Sprintf(",line=%d", p.Line)
		}
		if p.Column > 0 {
			at += fmt.Sprintf(",col=%d", p.Column)
		}
		message := Printable(p.Message)
		if p.Hint != "" {
			message += "\n" + Printable(p.Hint)
		}
		if _, err := fmt.Fprintf(w, "::%s %s,title=%s::%s\n", level, at, property.Replace(p.Code), data.Replace(message)); err != nil {
			return err
		}
	}
	return nil
}

// Printable shows control characters as escapes, so that untrusted text cannot
// move the cursor or change the colours of a terminal.
func Printable(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < 0x20 || r == 0x7f || (r >= 0x80 && r < 0xa0) || isDirectional(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isDirectional reports the marks that change the order of text on screen, which
// can make one line look like another.
func isDirectional(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
