package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The limits of a build with one hostile file, on a machine that is busy with other work.
const (
	mostTime   = 8 * time.Second
	mostMemory = 512 << 20
)

func repeated(s string) string { return strings.Repeat(s, (1<<20-200)/len(s)) }

func numbered(n int, layout string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, layout, i)
	}
	return b.String()
}

// TestHostileFiles builds a knowledge base with one hostile file, and checks that
// the process ends soon, uses little memory, and either accepts the file or reports it.
func TestHostileFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many sites")
	}
	buildHostileFiles(t, 9)
}

// buildHostileFiles builds a site with each every-th of the hostile files.
func buildHostileFiles(t *testing.T, every int) {
	if raceDetector {
		t.Skip("the race detector costs more than any of these files")
	}
	const head = "title: A\nprinciples: [only]\nauthors: [A]\n"
	body := func(text string) string { return "---\n" + head + "---\n\n" + text }
	front := func(text string) string { return "---\n" + head + text + "\n---\n" }
	const file = "content/cases/hostile.md"
	shapes := []struct{ name, file, text string }{
		{"wide table", file, body(strings.Repeat("|a", 2_000) + "|\n" + strings.Repeat("|-", 2_000) + "|\n" + repeated("|b\n"))},
		{"table of pipes", file, body("a|b\n-|-\n" + repeated("|"))},
		{"square table", file, body(strings.Repeat("|a", 6_000) + "|\n" + strings.Repeat("|-", 6_000) + "|\n" + strings.Repeat("|\n", 100_000))},
		{"nested lists", file, body(repeated("- ") + "a")},
		{"nested quotes", file, body(repeated(">"))},
		{"nested numbers", file, body(repeated("1. "))},
		{"open brackets", file, body(repeated("["))},
		{"open images", file, body(repeated("!["))},
		{"open links", file, body(repeated("[a]("))},
		{"links", file, body(repeated("[a](b) "))},
		{"nested links", file, body(repeated("[") + repeated("](a)")[:1<<10])},
		{"emphasis", file, body(repeated("*a_ "))},
		{"stars", file, body(repeated("*"))},
		{"strikes", file, body(repeated("~~a "))},
		{"backticks", file, body(numbered(1_000, "`%[1]d`"+strings.Repeat("`", 900)))},
		{"angles", file, body(repeated("<a "))},
		{"entities", file, body(repeated("&amp"))},
		{"definitions", file, body(numbered(40_000, "[a%d]: /b\n"))},
		{"footnotes", file, body(numbered(30_000, "a[^%[1]d]\n\n[^%[1]d]: b\n\n"))},
		{"headings", file, body(repeated("# a\n"))},
		{"equal headings", file, body(repeated("## a\n\n"))},
		{"one line", file, body(repeated("a"))},
		{"blank lines", file, body(repeated("\n"))},
		{"spaces", file, body(repeated(" "))},
		{"comments", file, body(repeated("<!--"))},
		{"fences", file, body(repeated("```\n"))},
		{"keys", file, front(numbered(20_000, "k%d: x\n"))},
		{"keys that fit", file, front(numbered(8_000, "%x:\n"))},
		{"equal keys", file, front(strings.Repeat("a: b\n", 12_000))},
		{"disciplines", file, front("disciplines: [" + numbered(5_000, "d%d, ") + "x]")},
		{"near disciplines", file, front("disciplines: [" + numbered(2_500, "a discipline number %d, ") + "x]")},
		{"partners", file, front("partners: [" + numbered(5_000, "p%d, ") + "x]")},
		{"hallmarks", file, front("hallmarks: [" + numbered(5_000, "h%d, ") + "x]")},
		{"aliases", file, front("aliases: [" + numbered(4_000, "/a/%d/, ") + "/x/]")},
		{"years", file, front("start: 0001\nend: 9999")},
		{"flow nesting", file, front("disciplines: " + strings.Repeat("[", 30_000))},
		{"block nesting", file, front("disciplines:\n" + strings.Repeat("- ", 30_000))},
		{"YAML aliases", file, front("a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]")},
		{"no end", file, "---\n" + repeated("a: b\n")},
		{"too large", file, body(repeated("a ") + repeated("b "))},
		{"organisations", "content/organisations.yaml", numbered(10_000, "- {id: o%[1]d, name: Organisation %[1]d}\n")},
		{"broken organisations", "content/organisations.yaml", numbered(10_000, "- {id: O %[1]d, nam: %[1]d}\n")},
		{"chain of successors", "content/organisations.yaml", numbered(10_000, "- {id: o%[1]d, name: Organisation %[1]d, successor: o1, members: [o2, o3]}\n")},
		{"navigation", "content/site.yaml", "title: A\nnavigation:\n" + numbered(2_000, "  - {label: L%d, path: /cases/}\n")},
	}
	source := t.TempDir()
	writeSource(t, source, "a", 3)
	original, err := os.ReadFile(filepath.Join(source, "content/site.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for i, shape := range shapes {
		if i%every != 0 {
			continue
		}
		t.Run(shape.name, func(t *testing.T) {
			name := filepath.Join(source, filepath.FromSlash(shape.file))
			if err := os.WriteFile(name, []byte(shape.text), 0o644); err != nil {
				t.Fatal(err)
			}
			defer func() {
				_ = os.Remove(name)
				_ = os.WriteFile(filepath.Join(source, "content/site.yaml"), original, 0o644)
			}()
			cmd := casebook(t, "build", "--quiet", "--source", source, "--output", filepath.Join(t.TempDir(), "public"))
			stop := time.AfterFunc(10*mostTime, func() { _ = cmd.Process.Kill() })
			out, err := cmd.CombinedOutput()
			stop.Stop()
			// The processor time, which does not include waiting for disks, which differ by a
			// factor of ten, or for other processes.
			took := cmd.ProcessState.UserTime()
			memory := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
			t.Logf("%v, %d MB, %v, %d bytes of messages", took.Round(10*time.Millisecond), memory>>20, err, len(out))
			if took > mostTime || memory > mostMemory {
				t.Errorf("took %v and %d MB", took, memory>>20)
			}
			exit := (*exec.ExitError)(nil)
			switch {
			case err == nil:
			case !errors.As(err, &exit) || exit.ExitCode() != 1:
				t.Errorf("%v: %.2000s", err, out)
			case !regexp.MustCompile(regexp.QuoteMeta(shape.file) + `(:\d+:\d+)?: `).Match(out):
				t.Errorf("the messages do not name the file: %.500s", out)
			}
			if len(out) > 100<<10 {
				t.Errorf("%d bytes of messages", len(out))
			}
		})
	}
}
