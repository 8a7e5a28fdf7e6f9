package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"casebook/internal/source"
)

func TestBadNames(t *testing.T) {
	bad := []string{
		"con.md", "Aux.md", "nul", "com1.yaml", "LPT9.tar.gz", "COM².md", "conout$", "aux .md",
		"a:b.md", "what?.md", "a*.md", `a\b.md`, `"a".md`, "a<b>.md", "a|b.md", "dot.", "space ", " space.md",
		"line\nbreak.md", "tab\t.md", "bell\a.md", "del\x7f.md", "c1\u0085.md", "rtl\u202egpj.md", "not-utf8-\xff.md",
		strings.Repeat("a", 201),
	}
	good := []string{
		"console.md", "com.md", "com10.md", "auxiliary.md", "c#.md", "a & b.md", "a'b.md", "(1).md", "ኢትዮጵያ.md", "क्\u200dष.md", "e\u0301.md", "50%.md",
		strings.Repeat("a", 200),
	}
	for i, name := range append(bad, good...) {
		root := t.TempDir()
		if err := os.WriteFile(filepath.Join(root, name), []byte("x"), 0o644); err != nil {
			t.Logf("this system cannot create it: %v", err)
			continue
		}
		tree := mustScan(t, newScanner(t, root))
		if i >= len(bad) {
			if tree.File(name) == nil {
				t.Errorf("%q: %v", name, tree.Problems())
			}
			continue
		}
		if len(tree.Files()) > 0 || len(tree.Problems()) != 1 {
			t.Errorf("%q is accepted", name)
			continue
		}
		p := tree.Problems()[0]
		if p.Code != "bad-name" || p.Path != name || p.Message == "" || p.Hint == "" {
			t.Errorf("%q: %+v", name, p)
		}
		if text := p.Message + p.Hint; strings.ContainsAny(text, "\n\t\a\x7f\u0085\u202e") || !utf8.ValidString(text) {
			t.Errorf("%q: the message contains the unescaped character: %q", name, p.Message)
		}
	}
}

func TestBadFolderNamesAndDepth(t *testing.T) {
	root := t.TempDir()
	write(t, root, "aux/a.md", "x")
	deep := strings.Repeat("d/", 32)
	write(t, root, deep+"ok.md", "x")
	write(t, root, deep+"e/too-deep.md", "x")
	s := newScanner(t, root)
	for range 2 {
		tree := look(t, s, ".", "aux/a.md")
		if got := paths(tree); len(got) != 1 || got[0] != deep+"ok.md" {
			t.Errorf("files: %q", got)
		}
		problems := tree.Problems()
		if len(problems) != 2 || problems[0].Path != "aux" || problems[1].Path != deep+"e" {
			t.Errorf("problems: %v", problems)
		}
	}
	if tree := look(t, s, "aux/a.md", deep+"e/too-deep.md"); len(tree.Files()) != 1 || len(tree.Problems()) != 2 {
		t.Errorf("Look below refused folders: %q %v", paths(tree), tree.Problems())
	}
}

func TestTooLarge(t *testing.T) {
	root := t.TempDir()
	s, err := source.New(root, source.Options{MaxText: 10, MaxAsset: 20})
	if err != nil {
		t.Fatal(err)
	}
	for name, size := range map[string]int{"a10.md": 10, "b11.md": 11, "c20.png": 20, "d21.png": 21, "themes/x/e10.woff2": 10, "themes/x/f11.png": 11} {
		write(t, root, name, strings.Repeat("x", size))
	}
	tree := mustScan(t, s)
	if got := fmt.Sprint(paths(tree)); got != "[a10.md c20.png themes/x/e10.woff2]" {
		t.Errorf("files: %s", got)
	}
	problems := tree.Problems()
	if len(problems) != 3 || problems[0].Code != "too-large" || !strings.Contains(problems[0].Message, "11 bytes; the limit for text is 10 bytes") ||
		!strings.Contains(problems[2].Message, "11 bytes; the limit in a theme is 10 bytes") {
		t.Errorf("problems: %v", problems)
	}
	write(t, root, "b11.md", "short")
	remove(t, root, "d21.png")
	remove(t, root, "themes/x/f11.png")
	if tree := mustScan(t, s); len(tree.Files()) != 4 || len(tree.Problems()) > 0 {
		t.Errorf("after the fix: %q %v", paths(tree), tree.Problems())
	}
}

func TestIgnored(t *testing.T) {
	for name, want := range map[string]bool{
		"a.md": false, ".": false, "./a.md": false, "cases/4913.md": false, "c#/a.md": false, "#1 ward.md": false,
		".git": true, "cases/.x/a.md": true, "cases/4913": true, "a~": true, "x/#a#": true, "a.swp": true,
	} {
		if got := source.Ignored(name); got != want {
			t.Errorf("Ignored(%q) = %v", name, got)
		}
	}
}
