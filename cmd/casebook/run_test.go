package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// succeeds runs casebook in this process, and ends the test if it fails.
func succeeds(t testing.TB, args ...string) {
	t.Helper()
	var messages strings.Builder
	if code := run(args, strings.NewReader(""), &messages, &messages); code != exitOK {
		t.Fatalf("casebook %s: exit status %d\n%s", strings.Join(args, " "), code, messages.String())
	}
}

// newKB returns a new folder with the knowledge base that init writes, without the files
// for hosts and editors.
func newKB(t testing.TB) string {
	t.Helper()
	kb := filepath.Join(t.TempDir(), "kb")
	if _, err := writeStarter(kb, nil); err != nil {
		t.Fatal(err)
	}
	return kb
}

func read(t testing.TB, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// write writes a file, and creates its folder.
func write(t testing.TB, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// skipWithout skips a test that needs something that this machine does not have. In CI,
// where everything is installed, the test fails.
func skipWithout(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("there is no %s", what)
	}
	t.Skipf("there is no %s", what)
}

// outsideFile returns the path in an environment variable, or skips the test.
func outsideFile(t *testing.T, variable, what string) string {
	t.Helper()
	name := os.Getenv(variable)
	if name == "" {
		skipWithout(t, what+" that "+variable+" names")
	}
	return name
}
