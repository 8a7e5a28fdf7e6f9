package publish_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"casebook/internal/publish"
)

func TestDangerousTargetsAreRefused(t *testing.T) {
	base, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	in := func(path string) string { return filepath.Join(base, filepath.FromSlash(path)) }
	write(t, in("home/user/notes.txt"), "mine")
	write(t, in("site/content/cases/a.md"), "source")
	write(t, in("foreign/precious.txt"), "mine")
	write(t, in("foreign-hidden/.env"), "mine")
	write(t, in("foreign-and-keeper/.gitignore"), "*")
	write(t, in("foreign-and-keeper/x"), "mine")
	write(t, in("false-marker/.casebook"), "title: my settings")
	write(t, in("file"), "mine")
	write(t, in("marker-is-folder/.casebook/x"), "mine")
	write(t, in("working/here/x"), "mine")
	write(t, in("left/.public.casebook-tmp/thesis.doc"), "mine")
	write(t, in("left-file/.public.casebook-tmp"), "mine")
	mustPublish(t, in("ours"), generation(1, 1))
	for _, empty := range []string{"site/content/empty", "empty-source", "empty-home", "empty-cwd", "target", "left-link", "project"} {
		if err := os.Mkdir(in(empty), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name, dir, source, project, home, cwd string
		say                                   string
		needsLink                             bool
	}{
		{name: "none", dir: "", say: "no output folder"},
		{name: "root", dir: filepath.VolumeName(base) + string(filepath.Separator), say: "root of the file system"},
		{name: "root by dots", dir: in("x") + strings.Repeat("/..", 40), say: "root of the file system"},
		{name: "home", dir: in("home/user"), home: in("home/user"), say: "home folder"},
		{name: "empty home", dir: in("empty-home"), home: in("empty-home"), say: "home folder"},
		{name: "parent of home", dir: in("home"), home: in("home/user"), say: "home folder"},
		{name: "source", dir: in("site"), source: in("site"), say: "the site is built from"},
		{name: "empty source", dir: in("empty-source"), source: in("empty-source"), say: "the site is built from"},
		{name: "source, spelled differently", dir: in("site/content/../../site/"), source: in("site"), say: "the site is built from"},
		{name: "source through a link", dir: in("site-link/content"), source: in("site/content"), say: "the site is built from", needsLink: true},
		{name: "parent of source", dir: in("site"), source: in("site/content"), say: "the content"},
		{name: "in the content", dir: in("site/content/public"), source: in("site/content"), say: "which the site is built from"},
		{name: "deep in the content", dir: in("site/content/a/b/public"), source: in("site/content"), say: "which the site is built from"},
		{name: "in the content, and there", dir: in("site/content/empty"), source: in("site/content"), say: "which the site is built from"},
		{name: "in the content through a link", dir: in("site-link/content/public"), source: in("site/content"), say: "which the site is built from", needsLink: true},
		{name: "in content that is a link", dir: in("site/content/public"), source: in("site-link/content"), say: "which the site is built from", needsLink: true},
		{name: "in a source that is missing", dir: in("site/themes/out"), source: in("site/themes"), say: "which the site is built from"},
		{name: "working folder", dir: in("empty-cwd"), cwd: in("empty-cwd"), say: "folder you are in"},
		{name: "working folder by dot", dir: ".", cwd: in("empty-cwd"), say: "folder you are in"},
		{name: "parent of working folder", dir: "..", cwd: in("working/here"), say: "folder you are in"},
		{name: "foreign", dir: in("foreign"), say: `holds "precious.txt"`},
		{name: "foreign, hidden file", dir: in("foreign-hidden"), say: `holds ".env"`},
		{name: "foreign beside a keeper", dir: in("foreign-and-keeper"), say: `holds "x"`},
		{name: "another's .casebook", dir: in("false-marker"), say: `holds ".casebook"`},
		{name: ".casebook is a folder", dir: in("marker-is-folder"), say: `holds ".casebook"`},
		{name: "a folder that holds something", dir: in("site/content"), say: `holds "cases"`},
		{name: "file", dir: in("file"), say: "not a folder"},
		{name: "below a file", dir: in("file/public"), say: "cannot be used"},
		{name: "link to a folder", dir: in("link"), say: "symbolic link", needsLink: true},
		{name: "dangling link", dir: in("dangling"), say: "symbolic link", needsLink: true},
		{name: "inside another output", dir: in("ours/nested/public"), say: "inside the output folder"},
		{name: "foreign file in the work folder", dir: in("left/public"), say: "thesis.doc"},
		{name: "link in the place of the work folder", dir: in("left-link/public"), say: "is not a folder, and the build needs its name", needsLink: true},
		{name: "through a link in the project", dir: in("project/dist/public"), project: in("project"), say: "a symbolic link inside the project", needsLink: true},
		{name: "deep through a link in the project", dir: in("project/dist/a/b/public"), project: in("project"), say: "a symbolic link inside the project", needsLink: true},
		{name: "file in the place of the work folder", dir: in("left-file/public"), say: "is not a folder, and the build needs its name"},
	}
	links := os.Symlink(in("target"), in("link")) == nil &&
		os.Symlink(in("nowhere"), in("dangling")) == nil &&
		os.Symlink(in("site"), in("site-link")) == nil &&
		os.Symlink(in("foreign"), in("left-link/.public.casebook-tmp")) == nil &&
		os.Symlink(in("target"), in("project/dist")) == nil
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.needsLink && !links {
				t.Skip("no symbolic links on this system")
			}
			if test.home != "" {
				t.Setenv("HOME", test.home)
				t.Setenv("USERPROFILE", test.home)
			}
			if test.cwd != "" {
				t.Chdir(test.cwd)
			}
			var sources []string
			if test.source != "" {
				sources = []string{test.source}
			}
			before := shape(t, base)
			_, err := publish.Publish(context.Background(), textSite(generation(2, 1)), publish.Options{Dir: test.dir, Sources: sources, Project: test.project})
			if err == nil {
				t.Fatal("accepted")
			}
			if !strings.Contains(err.Error(), test.say) {
				t.Errorf("message %q does not contain %q", err, test.say)
			}
			if after := shape(t, base); strings.Join(before, "\n") != strings.Join(after, "\n") {
				t.Errorf("something was written:\nbefore %q\nafter  %q", before, after)
			}
		})
	}
}

func TestHarmlessTargetsAreAccepted(t *testing.T) {
	tests := map[string]func(t *testing.T, dir string){
		"missing": func(*testing.T, string) {},
		"empty": func(t *testing.T, dir string) {
			if err := os.Mkdir(dir, 0o755); err != nil {
				t.Fatal(err)
			}
		},
		"only .gitignore": func(t *testing.T, dir string) { write(t, filepath.Join(dir, ".gitignore"), "*\n") },
		"all keepers":     func(t *testing.T, dir string) { repository(t, dir) },
	}
	for name, prepare := range tests {
		t.Run(name, func(t *testing.T) {
			source := t.TempDir()
			dir := filepath.Join(source, "public")
			prepare(t, dir)
			_, err := publish.Publish(context.Background(), textSite(generation(1, 2)), publish.Options{Dir: dir, Sources: []string{filepath.Join(source, "content")}})
			if err != nil {
				t.Fatal(err)
			}
			checkSite(t, dir, generation(1, 2))
		})
	}
}

func TestKeepersAreKept(t *testing.T) {
	gits := map[string]func(t *testing.T, dir string){
		"folder": func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, ".git/HEAD"), "ref: refs/heads/pages\n")
			write(t, filepath.Join(dir, ".git/objects/00/11"), "object")
		},
		"file": func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, ".git"), "gitdir: ../.git/worktrees/public\n")
		},
		"link": func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, ".git"), "")
			replaceByLink(t, filepath.Join(dir, ".git"), filepath.Join("..", "elsewhere"))
		},
	}
	for name, prepare := range gits {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			write(t, filepath.Join(dir, ".gitignore"), "*\n!.gitignore\n")
			write(t, filepath.Join(dir, "CNAME"), "example.org\n")
			prepare(t, dir)
			kept := func() (all []string) {
				for _, name := range publish.Keepers() {
					for path, state := range everything(t, filepath.Join(dir, name)) {
						all = append(all, path+" "+state)
					}
				}
				return all
			}
			before := len(kept())
			first := shape(t, filepath.Join(dir, ".git"))
			for gen := range 4 {
				mustPublish(t, dir, generation(gen, 2))
				checkSite(t, dir, generation(gen, 2))
				if after := len(kept()); after != before {
					t.Fatalf("generation %d: %d files of the keepers, want %d", gen, after, before)
				}
				if after := shape(t, filepath.Join(dir, ".git")); strings.Join(first, "\n") != strings.Join(after, "\n") {
					t.Fatalf("generation %d: .git is %q, want %q", gen, after, first)
				}
			}
		})
	}
}

func TestTwoGitFolders(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "public")
	mustPublish(t, dir, generation(1, 1))
	write(t, filepath.Join(dir, ".git/HEAD"), "new")
	write(t, filepath.Join(parent, ".public.casebook-tmp/next/.git/HEAD"), "old")
	_, err := publish.Publish(context.Background(), textSite(generation(2, 1)), publish.Options{Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "there are two") {
		t.Errorf("error %v", err)
	}
	for path, want := range map[string]string{"public/.git/HEAD": "new", ".public.casebook-tmp/next/.git/HEAD": "old"} {
		if got, err := os.ReadFile(filepath.Join(parent, path)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", path, got, err)
		}
	}
}
