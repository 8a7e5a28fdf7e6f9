package content_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// TestFormats checks that the parser accepts and refuses the same texts as the script
// of the form. TestReadersJourneys reads the same table for the script.
func TestFormats(t *testing.T) {
	table, err := os.ReadFile("testdata/formats.txt")
	if err != nil {
		t.Fatal(err)
	}
	quote := func(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
	for line := range strings.Lines(string(table)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.SplitN(strings.TrimRight(line, "\n"), " ", 3)
		format, text := parts[0], quote(parts[2])
		field := map[string]string{
			"date": "start: " + text, "url": "sources: [{title: T, url: " + text + "}]",
			"orcid": "authors: [{name: A, orcid: " + text + "}]", "path": "aliases: [" + text + "]",
		}[format]
		parsed := content.Parse("cases/x.md", fmt.Appendf(nil, "---\ntitle: T\nprinciples: [a]\nsources: [a]\n%s\n---\n", field))
		if format == "url" {
			parsed = content.Parse("cases/x.md", fmt.Appendf(nil, "---\ntitle: T\nprinciples: [a]\n%s\n---\n", field))
		}
		if got := problem.Count(parsed.Problems, problem.Error) == 0; got != (parts[1] == "yes") {
			t.Errorf("%s %s: accepted %t, %v", format, text, got, parsed.Problems)
		}
	}
}

// TestChoicesOfFormats checks that each value that a form offers has the field's format.
func TestChoicesOfFormats(t *testing.T) {
	for name, field := range map[string]string{"currency": "cost: {band: 1k-10k, year: 2016, currency: %s}", "lang": "lang: %q", "licence": "licence: %s"} {
		values := content.FormatOf(name).Values
		if len(values) < 7 {
			t.Errorf("%s has only the values %q", name, values)
		}
		for _, value := range values {
			parsed := content.Parse("cases/x.md", fmt.Appendf(nil, "---\ntitle: T\nprinciples: [a]\nsources: [a]\n"+field+"\n---\n", value))
			if n := problem.Count(parsed.Problems, problem.Error); n > 0 {
				t.Errorf("%s %s: %v", name, value, parsed.Problems)
			}
		}
	}
}
