package publish_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"casebook/internal/publish"
)

// TestSpareIsNeverSeen publishes random sites, keeping the old one as a spare, sometimes
// damages the spare, and compares the output with a clean build.
func TestSpareIsNeverSeen(t *testing.T) {
	const seed = 20261124
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	spare := filepath.Join(parent, ".public.casebook-tmp", "next")
	opts := publish.Options{Dir: dir, Spare: new(publish.Spare)}
	clean := filepath.Join(t.TempDir(), "public")
	for _, d := range []string{dir, clean} {
		repository(t, d)
	}
	for step := range 36 {
		site := generation(random.IntN(4), 1+random.IntN(6))
		if random.IntN(3) == 0 {
			delete(site, "style.css")
			site["style.css/now/a/folder"] = "x"
		}
		result, err := publish.Publish(context.Background(), textSite(site), opts)
		if err != nil {
			t.Fatal(err)
		}
		if result.Written+result.Unchanged != len(site) {
			t.Errorf("step %d: %+v for %d files", step, result, len(site))
		}
		checkSiteOnly(t, dir, site)
		checkRepository(t, dir)
		remove(t, clean)
		repository(t, clean)
		mustPublish(t, clean, site)
		if got, want := shape(t, dir), shape(t, clean); !slices.Equal(got, want) {
			t.Fatalf("step %d: differs from a clean build:\ngot  %q\nwant %q", step, got, want)
		}
		switch step % 6 {
		case 1:
			write(t, filepath.Join(spare, "cases/c000/index.html"), "damaged")
		case 2:
			remove(t, filepath.Join(spare, "cases"))
		case 3:
			write(t, filepath.Join(spare, "stray/x"), "stray")
		case 4:
			remove(t, filepath.Dir(spare))
		case 5:
			// Publish as another process does, without a spare.
			mustPublish(t, dir, generation(9, 2))
			checkNothingBeside(t, dir)
		}
		if got := readSite(t, dir); step%6 < 5 && len(got) != len(site) {
			t.Fatalf("step %d: the spare shares folders with the output", step)
		}
	}
	if err := publish.RemoveSpare(context.Background(), opts); err != nil {
		t.Fatal(err)
	}
	checkNothingBeside(t, dir)
	checkRepository(t, dir)
}

func TestSpareIsReused(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	opts := publish.Options{Dir: dir, Spare: new(publish.Spare)}
	for gen := range 3 {
		site := map[string]string{"unchanged/index.html": "same", "changed/index.html": generation(gen, 1)["cases/c000/index.html"]}
		if _, err := publish.Publish(context.Background(), textSite(site), opts); err != nil {
			t.Fatal(err)
		}
	}
	before := lstat(t, filepath.Join(parent, ".public.casebook-tmp", "next", "unchanged"))
	site := map[string]string{"unchanged/index.html": "same", "changed/index.html": "last"}
	if _, err := publish.Publish(context.Background(), textSite(site), opts); err != nil {
		t.Fatal(err)
	}
	checkSiteOnly(t, dir, site)
	if after := lstat(t, filepath.Join(dir, "unchanged")); !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("an unchanged folder of the spare was not reused")
	}
	ignore, err := os.ReadFile(filepath.Join(parent, ".public.casebook-tmp", ".gitignore"))
	if err != nil || string(ignore) != "*\n" {
		t.Errorf("git does not ignore the spare: %q, %v", ignore, err)
	}
}

// TestWorkFolderOfAContribution puts files into the work folder that a commit could
// contain, and publishes as a build and as a server do. It checks that nothing outside
// the project is written, moved or changed, and that the output is the site.
func TestWorkFolderOfAContribution(t *testing.T) {
	link := func(t *testing.T, parent, name, target string) {
		path := filepath.Join(parent, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		replaceByLink(t, path, filepath.FromSlash(target))
	}
	contributions := map[string]func(t *testing.T, parent string){
		"next is a link": func(t *testing.T, parent string) { link(t, parent, ".public.casebook-tmp/next", "../../victim") },
		"last is a link": func(t *testing.T, parent string) { link(t, parent, ".public.casebook-tmp/last", "../../victim") },
		"both are links": func(t *testing.T, parent string) {
			link(t, parent, ".public.casebook-tmp/last", "../../victim")
			link(t, parent, ".public.casebook-tmp/next", "../../victim")
		},
		"the .gitignore is a link": func(t *testing.T, parent string) {
			link(t, parent, ".public.casebook-tmp/.gitignore", "../../victim/index.html")
		},
		"a folder of next is a link": func(t *testing.T, parent string) {
			link(t, parent, ".public.casebook-tmp/next/cases", "../../../victim")
		},
		"a folder of last is a link": func(t *testing.T, parent string) {
			write(t, filepath.Join(parent, ".public.casebook-tmp/last/.casebook"), "This folder is written by casebook.\n")
			link(t, parent, ".public.casebook-tmp/last/cases", "../../../victim")
		},
		"a page of next is a link": func(t *testing.T, parent string) {
			link(t, parent, ".public.casebook-tmp/next/style.css", "../../../victim/index.html")
		},
		"a keeper of next is a link": func(t *testing.T, parent string) {
			link(t, parent, ".public.casebook-tmp/next/CNAME", "../../../victim")
		},
		"a folder of the output is a link": func(t *testing.T, parent string) {
			write(t, filepath.Join(parent, "public/.casebook"), "This folder is written by casebook.\n")
			link(t, parent, "public/cases", "../../victim")
		},
		// After the exchange, the folder is in the work folder.
		"a folder of the old site is a link": func(t *testing.T, parent string) {
			write(t, filepath.Join(parent, "public/.casebook"), "This folder is written by casebook.\n")
			link(t, parent, "public/cases", "../../../victim")
		},
		"a page of the output is a link": func(t *testing.T, parent string) {
			write(t, filepath.Join(parent, "public/.casebook"), "This folder is written by casebook.\n")
			link(t, parent, "public/style.css", "../../victim/index.html")
		},
	}
	for name, contribute := range contributions {
		for _, spare := range []*publish.Spare{nil, {}} {
			t.Run(fmt.Sprint(name, spare != nil), func(t *testing.T) {
				base := t.TempDir()
				parent, victim := filepath.Join(base, "project"), filepath.Join(base, "victim")
				write(t, filepath.Join(victim, "index.html"), "precious")
				write(t, filepath.Join(victim, ".git/HEAD"), "precious")
				write(t, filepath.Join(victim, "c000/index.html"), "precious")
				if err := errors.Join(os.Mkdir(filepath.Join(victim, "c001"), 0o755), os.Chmod(victim, 0o700)); err != nil {
					t.Fatal(err)
				}
				contribute(t, parent)
				before := everything(t, victim)
				dir := filepath.Join(parent, "public")
				opts := publish.Options{Dir: dir, Project: parent, Spare: spare}
				for gen := range 3 {
					if _, err := publish.Publish(t.Context(), textSite(generation(gen, 2)), opts); err != nil {
						t.Fatal(err)
					}
					checkSiteOnly(t, dir, generation(gen, 2))
					if after := everything(t, victim); !maps.Equal(before, after) {
						t.Fatalf("generation %d: the folder outside the project changed:\nbefore %v\nafter  %v", gen, before, after)
					}
					if info := lstat(t, dir); !info.IsDir() {
						t.Fatalf("generation %d: the output has mode %v", gen, info.Mode())
					}
					if spare != nil && gen > 0 { // a git pull restores the same files while a server runs
						contribute(t, parent)
					}
				}
				if err := publish.RemoveSpare(t.Context(), opts); err != nil {
					t.Fatal(err)
				}
				checkNothingBeside(t, dir)
				if after := everything(t, victim); !maps.Equal(before, after) {
					t.Errorf("the folder outside the project changed:\nbefore %v\nafter  %v", before, after)
				}
			})
		}
	}
}
