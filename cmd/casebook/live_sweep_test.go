//go:build sweep

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestServeFollowsScriptsSweep(t *testing.T) { serveScripts(t, 100, 30) }
func TestServeFollowsEditorsSweep(t *testing.T) { serveEditors(t, 50) }

// TestServeFollowsFoldersSweep makes folders and writes into them at once, then
// renames them.
func TestServeFollowsFoldersSweep(t *testing.T) {
	l := startLive(t)
	for n := range 1000 {
		l.write(fmt.Sprintf("cases/live-%d/index.md", n), liveCase(n))
	}
	l.converges()
	for n := range 200 {
		if err := os.Rename(l.path(fmt.Sprintf("cases/live-%d", n)), l.path(fmt.Sprintf("cases/moved-%d", n))); err != nil {
			t.Fatal(err)
		}
	}
	l.converges()
}

// TestServeFollowsThousandsOfFilesSweep makes more files at once than the operating
// system's queue holds: 1,000 case studies and 19 attachments for each.
func TestServeFollowsThousandsOfFilesSweep(t *testing.T) {
	l := startLive(t)
	var writing sync.WaitGroup
	for part := range 4 {
		writing.Go(func() {
			for n := part; n < 1000; n += 4 {
				for i := range 19 {
					l.write(fmt.Sprintf("cases/live-%d/plan-%d.txt", n, i), "A plan\n")
				}
				l.write(fmt.Sprintf("cases/live-%d/index.md", n), liveCase(n)+"\nSee [the plan](plan-7.txt).\n")
			}
		})
	}
	writing.Wait()
	l.converges()
}

// TestServeFollowsGitSweep changes branches, between which 2,000 files differ, to and
// fro: at most three builds each time, and the last state wins.
func TestServeFollowsGitSweep(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("no git here")
	}
	l := startLive(t)
	git := func(args ...string) {
		t.Helper()
		cmd := exec.Command("git", append([]string{"-C", l.kb, "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=/dev/null"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	commit := func(branch string, from int) {
		git("checkout", "-q", "-b", branch)
		for n := range 2000 {
			l.write(fmt.Sprintf("cases/live-%d.md", n), liveCase(from+n))
		}
		git("add", "content")
		git("commit", "-q", "-m", branch)
	}
	git("init", "-q")
	commit("one", 0)
	commit("two", 10_000)
	l.converges()
	for round := range 6 {
		before := l.builds()
		git("checkout", "-q", []string{"one", "two"}[round%2])
		l.converges()
		if builds := l.builds() - before; builds > 3 {
			t.Errorf("%d builds for a checkout of 2,000 files", builds)
		}
	}
}

// TestServeNeverShowsHalfAFileSweep leaves a file half written for a while, again and
// again, and looks at its page all the time.
func TestServeNeverShowsHalfAFileSweep(t *testing.T) {
	l := startLive(t)
	name := l.path("cases/live.md")
	l.write("cases/live.md", liveCase(0))
	l.until("there", func() bool { return l.get("cases/live/") != "" })
	done := make(chan struct{})
	var looking sync.WaitGroup
	looking.Go(func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(5 * time.Millisecond):
				if l.get("cases/live/") == "" {
					t.Error("the page is gone")
				}
			}
		}
	})
	judged := 0
	for n := range 50 {
		whole := liveCase(n + 1)
		before := l.builds()
		start := time.Now()
		err := os.WriteFile(name, []byte(whole[:(n%2)*20]), 0o644)
		time.Sleep(300 * time.Millisecond) // the writer is slow
		err = errors.Join(err, os.WriteFile(name, []byte(whole), 0o644))
		if err != nil {
			t.Fatal(err)
		}
		slow := time.Since(start) > 450*time.Millisecond // than is waited for
		l.until("whole", func() bool { return l.builds() > before })
		if !slow {
			judged++
		}
	}
	close(done)
	looking.Wait()
	if judged == 0 {
		t.Error("the machine is too busy to show anything")
	}
	if strings.Contains(l.text(), "the last site without errors is still shown") && judged == 50 {
		t.Error("a half-written file was built")
	}
	l.converges()
}
