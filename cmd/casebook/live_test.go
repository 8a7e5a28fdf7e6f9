package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// liveSite is a knowledge base with a running "casebook serve".
type liveSite struct {
	*serving
	kb, clean string
}

// startLive creates a small knowledge base and serves it.
func startLive(t *testing.T, args ...string) *liveSite {
	t.Helper()
	if testing.Short() {
		t.Skip("TestServeFollowsChanges shows the most of it")
	}
	kb := newKB(t)
	l := &liveSite{startServe(t, append([]string{"--source", kb}, args...)...), kb, filepath.Join(t.TempDir(), "clean")}
	l.until("published", func() bool { return exists(filepath.Join(kb, "public", "search", "root.bin")) })
	return l
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func (l *liveSite) path(name string) string {
	return filepath.Join(l.kb, "content", filepath.FromSlash(name))
}

func (l *liveSite) write(name, text string) { write(l.t, l.path(name), text) }

// converges waits until the output folder is the same as that of a clean build.
func (l *liveSite) converges() {
	l.t.Helper()
	mustBuild(l.t, l.kb, l.clean)
	l.until("equal to a clean build", func() bool { return sameTree(l.clean, filepath.Join(l.kb, "public")) })
}

// liveCase returns a small case study that is different for each n.
func liveCase(n int) string {
	countries := []string{"Kenya", "Uganda", "Zambia"}
	return fmt.Sprintf("---\ntitle: Live case %d\nprinciples: [listen-first]\ncountries: [%s]\nauthors: [A]\npublished: 2025-%02d-01\n---\n\nBody %d.\n", n, countries[n%3], 1+n%12, n)
}

func TestServeFollowsEdits(t *testing.T) { serveScripts(t, 2, 30) }

// serveScripts makes a series of edits without waiting, and checks at the end of each
// series that the site is up to date.
func serveScripts(t *testing.T, scripts, edits int) {
	l := startLive(t)
	random := rand.New(rand.NewPCG(4, 4))
	names := func() []string {
		entries, err := os.ReadDir(l.path("cases"))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), "live-") {
				names = append(names, "cases/"+e.Name())
			}
		}
		return names
	}
	for script := range scripts {
		for edit := range edits {
			n := 1000*script + edit
			some := names()
			fresh := fmt.Sprintf("cases/live-%d", n)
			one := ""
			if len(some) > 0 {
				one = some[random.IntN(len(some))]
			}
			var err error
			switch kind := random.IntN(10); {
			case one == "" || kind < 2:
				l.write(fresh+".md", liveCase(n))
			case kind == 2:
				l.write(fresh+"/index.md", liveCase(n)+"\nSee [the plan](plan.txt).\n")
				l.write(fresh+"/plan.txt", "A plan\n")
			case kind == 3:
				err = os.RemoveAll(l.path(one))
			case kind == 4:
				err = os.Rename(l.path(one), l.path(fresh+filepath.Ext(one)))
			case kind == 5 && strings.HasSuffix(one, ".md"): // moves a file to its own folder
				text, readErr := os.ReadFile(l.path(one))
				l.write(strings.TrimSuffix(one, ".md")+"/index.md", string(text))
				err = errors.Join(readErr, os.Remove(l.path(one)))
			case kind == 6:
				l.write("pages/about.md", fmt.Sprintf("---\ntitle: About %d\n---\n\nText %d.\n", n, n))
			case kind == 7: // writes a mistake, and corrects it in the next line
				l.write("disciplines.yaml", "- {id: nursing, label: [\n")
				l.write("disciplines.yaml", fmt.Sprintf("- {id: nursing, label: Nursing %d}\n", n))
			case strings.HasSuffix(one, ".md"):
				l.write(one, liveCase(n))
			default:
				l.write(one+"/index.md", liveCase(n))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		l.converges()
		for _, name := range names()[:len(names())/2] {
			if err := os.RemoveAll(l.path(name)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestServeUsesCache starts serve a second time with the same cache. It checks that no page
// is rendered again, that the pages are the same, and that edits appear.
func TestServeUsesCache(t *testing.T) {
	kept := filepath.Join(t.TempDir(), "cache")
	first := startLive(t, "--cache", kept)
	about := func(l *liveSite) string { // without the server's script, which has a version
		page, _, _ := strings.Cut(l.get("about/"), `<script src="/__casebook/`)
		return page
	}
	page := about(first)
	first.stop(os.Interrupt)
	again := &liveSite{startServe(t, "--source", first.kb, "--cache", kept), first.kb, ""}
	again.until("built", func() bool { return strings.Contains(again.text(), " pages, 0 rendered, in ") })
	if got := about(again); got == "" || got != page {
		t.Errorf("about/ is\n%s\nwant\n%s", got, page)
	}
	again.write("cases/live.md", liveCase(1))
	again.until("shown", func() bool { return strings.Contains(again.get("cases/live/"), "Body 1.") })
}

// TestServePrintsReasons checks that serve --verbose prints why pages are rendered.
func TestServePrintsReasons(t *testing.T) {
	l := startLive(t, "--verbose")
	l.write("cases/live.md", liveCase(1))
	l.until("new", func() bool { return strings.Contains(l.text(), "casebook: rendered for new: cases/live\n") })
	l.write("cases/live.md", strings.Replace(liveCase(1), "title: Live", "title: A live", 1))
	l.until("listed", func() bool {
		return regexp.MustCompile(`casebook: rendered for .*Title.*: cases/live\n`).MatchString(l.text())
	})
}

// TestServeOpensABrowser checks that serve --open runs the browser, with a script in its
// place.
func TestServeOpensABrowser(t *testing.T) {
	dir := t.TempDir()
	said := filepath.Join(dir, "said")
	browser := filepath.Join(dir, "browser")
	if err := os.WriteFile(browser, []byte("#!/bin/sh\nprintf %s \"$1\" >"+said+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("BROWSER", browser)
	l := startLive(t, "--open")
	l.until("opened", func() bool {
		data, err := os.ReadFile(said)
		return err == nil && string(data) == l.url
	})
}
