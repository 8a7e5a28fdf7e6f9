package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// openTerminal returns the two ends of a terminal: that of the test, and that of a process.
func openTerminal(t *testing.T) (ours, theirs *os.File) {
	t.Helper()
	ours, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no terminals on this system: %v", err)
	}
	t.Cleanup(func() { _ = ours.Close() })
	if err := unix.IoctlSetPointerInt(int(ours.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(int(ours.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(int(ours.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 30, Col: 100}); err != nil {
		t.Fatal(err)
	}
	return ours, theirs
}

// TestNewAsksAtATerminal checks that new, at a terminal, asks for missing values, line by
// line or on the screen, writes the file and opens the editor. It must ask nothing if flags
// give all required values.
func TestNewAsksAtATerminal(t *testing.T) {
	if testing.Short() {
		t.Skip("the scripts start entries without a terminal")
	}
	dir := newKB(t)
	for _, test := range []struct {
		name   string
		args   []string
		keys   string
		editor string
		prompt string
		file   string
		shown  []string
	}{
		{"lines", []string{"--plain"}, "1\nBurns care\nGrace Banda\n1\n0\nMalawi\n0\n\ny\n", "cat", `(: |\[y/N\] )$`, "cases/burns-care.md", []string{
			"Hallmarks. The hallmarks that", "casebook: write the text in it", "Open it in cat now?", "## What was done",
		}},
		{"screen", []string{"page"}, "Contact us\r", "", "Title", "pages/contact-us.md", []string{"Title: Contact us"}},
		{"nothing to ask", []string{"page", "--title", "Thanks"}, "", "cat", "", "pages/thanks.md", nil},
	} {
		ours, theirs := openTerminal(t)
		cmd := casebook(t, append([]string{"new", "--source", dir}, test.args...)...)
		cmd.Env = append(cmd.Env, "TERM=xterm", "VISUAL=", "ACCESSIBLE=", "EDITOR="+test.editor)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs, theirs, theirs
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		_ = theirs.Close()
		tooLong := time.AfterFunc(5*time.Minute, func() { _ = cmd.Process.Kill() })
		var shown bytes.Buffer
		keys := test.keys // the keys that are not typed yet; one line is typed at each prompt
		for buffer := make([]byte, 4096); ; {
			n, err := ours.Read(buffer)
			shown.Write(buffer[:n])
			if keys != "" && regexp.MustCompile(test.prompt).Match(shown.Bytes()) {
				line, rest, isLine := strings.Cut(keys, "\n")
				if isLine {
					line += "\n"
				}
				_, _ = ours.WriteString(line)
				keys = rest
			}
			if err != nil { // the process has ended
				break
			}
		}
		tooLong.Stop()
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s: %v\n%s", test.name, err, shown.String())
		}
		for _, want := range test.shown {
			if !strings.Contains(shown.String(), want) {
				t.Errorf("%s: no %q in\n%s", test.name, want, shown.String())
			}
		}
		if _, err := os.Stat(filepath.Join(dir, "content", filepath.FromSlash(test.file))); err != nil {
			t.Errorf("%s: %v\n%s", test.name, err, shown.String())
		}
	}
	succeeds(t, "check", "--source", dir)
}
