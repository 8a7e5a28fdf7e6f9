package watch_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestFoldersCreatedAndFilled(t *testing.T) { foldersMadeAndFilled(t, 300) }

func foldersMadeAndFilled(t *testing.T, folders int) {
	s := newSite(t, nil, nil)
	for i := range folders {
		s.write(fmt.Sprintf("%d/b/c/index.md", i), text(i))
	}
	s.converge()
	for i := 0; i < folders; i += 50 {
		s.write(fmt.Sprintf("%d/b/c/index.md", i), "edited "+text(i))
		s.converge()
	}
}

func TestFoldersRenamed(t *testing.T) { foldersRenamed(t, 16) }

// foldersRenamed renames folders, moves them out of the site and back, and edits files
// in them at their new paths.
func foldersRenamed(t *testing.T, renames int) {
	outside := t.TempDir()
	s := newSite(t, map[string]string{"0/sub/deep/a.md": text(0), "other/a.md": text(0)}, nil)
	for i := range renames {
		from, to := s.path(fmt.Sprint(i)), s.path(fmt.Sprint(i+1))
		s.must(os.Rename(from, to))
		if i%3 == 0 { // at once, a new folder at the old path
			s.write(fmt.Sprintf("%d/sub/deep/b.md", i), text(i))
		}
		s.converge()
		edited := fmt.Sprintf("%d/sub/deep/a.md", i+1)
		s.write(edited, text(i+1))
		s.converge()
		if i%4 == 0 { // out of the site and back
			s.must(os.Rename(to, filepath.Join(outside, "x")))
			s.converge()
			s.must(os.WriteFile(filepath.Join(outside, "x", "sub", "new.md"), []byte(text(i)), 0o644))
			s.must(os.Rename(filepath.Join(outside, "x"), to))
			s.converge()
			s.write(edited, "again "+text(i))
			s.converge()
		}
		if i%5 == 0 { // back and forth, faster than the watch can follow
			for range 5 {
				s.must(os.Rename(s.path("other"), s.path("another")))
				s.must(os.Rename(s.path("another"), s.path("other")))
			}
			s.write("other/a.md", fmt.Sprint("edited ", text(i)))
			s.converge()
		}
	}
}

func TestManyFilesAtOnce(t *testing.T) { manyFilesAtOnce(t, 1000) }

func manyFilesAtOnce(t *testing.T, files int) {
	s := newSite(t, nil, nil)
	for i := range files {
		s.write(fmt.Sprintf("cases/%d/%d.md", i%20, i), text(i))
	}
	s.converge()
	s.must(os.RemoveAll(s.path("cases")))
	s.converge()
}

func TestBranchSwitch(t *testing.T) { branchSwitch(t, 300, 150, 3) }

// branchSwitch checks out one branch after the other. Each third time, it checks out the
// previous branch while the first is still being built.
func branchSwitch(t *testing.T, files, differing, switches int) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip(err)
	}
	building := make(chan struct{}, 1)
	s := newSite(t, nil, func(s *site) {
		s.git("init", "-q", "-b", "main")
		for i := range files {
			s.write(fmt.Sprintf("cases/%d/%d.md", i%10, i), text(i))
		}
		s.git("add", "-A")
		s.git("commit", "-q", "-m", "one")
		s.git("checkout", "-q", "-b", "other")
		for i := range differing {
			name := fmt.Sprintf("cases/%d/%d.md", i%10, i)
			switch i % 3 {
			case 0:
				s.write(name, "other "+text(i))
			case 1:
				s.must(os.Remove(s.path(name)))
			case 2:
				s.must(os.Rename(s.path(name), s.path(name+".md")))
			}
		}
		s.git("add", "-A")
		s.git("commit", "-q", "-m", "two")
		s.building = func() {
			select {
			case building <- struct{}{}:
			default:
			}
		}
	})
	branches := []string{"main", "other"}
	for i := range switches {
		select {
		case <-building:
		default:
		}
		s.git("checkout", "-q", branches[i%2])
		if i%3 == 2 {
			<-building
			s.git("checkout", "-q", branches[(i+1)%2])
			s.git("checkout", "-q", branches[i%2])
		}
		s.converge()
	}
}

func (s *site) git(args ...string) {
	s.t.Helper()
	args = append([]string{"-C", s.root, "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "gc.auto=0"}, args...)
	if out, err := exec.Command("git", args...).CombinedOutput(); err != nil {
		s.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
}
