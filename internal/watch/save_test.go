package watch_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// text is a case study that differs by n.
func text(n int) string { return fmt.Sprintf("---\ntitle: Case %d\n---\nBody %d.\n", n, n) }

// styles are the ways in which editors save, and in which files are touched
// without a change.
var styles = []struct {
	name    string
	changes bool
	save    func(path, content string) error
}{
	{"in place", true, func(path, content string) error { return os.WriteFile(path, []byte(content), 0o644) }},
	{"in three parts", true, func(path, content string) error {
		f, err := os.Create(path)
		if err != nil {
			return err
		}
		defer f.Close()
		for i, third := 0, len(content)/3; i < 3; i++ {
			part := content[i*third : (i+1)*third]
			if i == 2 {
				part = content[i*third:]
			}
			if _, err := f.WriteString(part); err != nil {
				return err
			}
			time.Sleep(5 * time.Millisecond) // the writer is slow
		}
		return nil
	}},
	{"new file renamed over", true, func(path, content string) error {
		return inOrder(
			os.WriteFile(path+".tmp", []byte(content), 0o644),
			os.Rename(path+".tmp", path))
	}},
	{"old file renamed away", true, func(path, content string) error { // vim
		return inOrder(
			os.WriteFile(filepath.Join(filepath.Dir(path), "4913"), nil, 0o644),
			os.Remove(filepath.Join(filepath.Dir(path), "4913")),
			os.Rename(path, path+"~"),
			os.WriteFile(path, []byte(content), 0o644),
			os.Remove(path+"~"))
	}},
	{"deleted and made again", true, func(path, content string) error {
		return inOrder(os.Remove(path), os.WriteFile(path, []byte(content), 0o644))
	}},
	{"hard link as backup", true, func(path, content string) error {
		return inOrder(
			os.Link(path, path+"~"),
			os.WriteFile(path+".swp", []byte(content), 0o644),
			os.Rename(path+".swp", path),
			os.Remove(path+"~"))
	}},
	{"mode only", false, func(path, _ string) error {
		return inOrder(os.Chmod(path, 0o600), os.Chmod(path, 0o644))
	}},
	{"time only", false, func(path, _ string) error { return os.Chtimes(path, time.Now(), time.Now()) }},
}

// inOrder returns the first error of steps that were taken in order.
func inOrder(steps ...error) error {
	for _, err := range steps {
		if err != nil {
			return err
		}
	}
	return nil
}

func TestEditors(t *testing.T) { editors(t, 5) }

func editors(t *testing.T, saves int) {
	for _, style := range styles {
		t.Run(style.name, func(t *testing.T) {
			t.Parallel()
			const name = "cases/a.md"
			s := newSite(t, map[string]string{name: text(0), "cases/b.md": text(1)}, func(s *site) {
				s.options.Idle = 200 * time.Millisecond
			})
			before := s.count(&s.builds)
			for i := range saves {
				looks := s.count(&s.looks)
				s.must(style.save(s.path(name), text(100+i)))
				if !s.happens(func() bool { return s.count(&s.looks) > looks }) {
					t.Fatal("the save was not looked at")
				}
				s.converge()
			}
			s.settled()
			builds := s.count(&s.builds) - before
			switch {
			case !style.changes && builds > 0:
				t.Errorf("%d builds though nothing changed", builds)
			case style.changes && 5*builds > 6*saves:
				t.Errorf("%d builds for %d saves", builds, saves)
			case style.changes && builds < saves:
				t.Errorf("%d builds for %d saves, each waited for", builds, saves)
			}
		})
	}
}

func TestHalfWrittenIsNotBuilt(t *testing.T) { halfWrittenFiles(t, 12) }

func halfWrittenFiles(t *testing.T, saves int) {
	const sites = 6
	for i := range sites {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			const name = "cases/a.md"
			s := newSite(t, map[string]string{name: text(0)}, nil)
			judged := 0
			for n := range saves / sites {
				whole := text(100 + n)
				part := whole[:(n%2)*12] // nothing, or an open front matter
				builds, partial := s.count(&s.builds), s.count(&s.partial)
				start := time.Now()
				s.write(name, part)
				time.Sleep(300 * time.Millisecond) // the writer is slow
				s.write(name, whole)
				took := time.Since(start)
				s.converge()
				if took > 450*time.Millisecond {
					continue // slower than is waited for: the machine is busy
				}
				if n := s.count(&s.builds) - builds; n != 1 {
					t.Errorf("%d builds", n)
				}
				if s.count(&s.partial) > partial {
					t.Error("a half-written file was built")
				}
				judged++
			}
			if judged == 0 {
				t.Error("the machine is too busy to show anything")
			}
		})
	}
}

// TestUnsettledIsBuiltInTheEnd leaves a file without its closing line, so that
// the build can show what is wrong.
func TestUnsettledIsBuiltInTheEnd(t *testing.T) {
	s := newSite(t, map[string]string{"a.md": text(0)}, nil)
	start := time.Now()
	s.write("a.md", "---\ntitle: Open\n")
	s.converge()
	if took := time.Since(start); took < 400*time.Millisecond {
		t.Errorf("built after %v", took)
	}
}

// TestChangesWhileBuilding edits to and fro during a build.
func TestChangesWhileBuilding(t *testing.T) {
	for _, end := range []int{0, 1, 2} { // as built before, as being built, as neither
		t.Run(fmt.Sprint(end), func(t *testing.T) {
			enter, leave := make(chan struct{}), make(chan struct{})
			s := newSite(t, map[string]string{"a.md": text(0)}, func(s *site) {
				s.options.Idle = 200 * time.Millisecond
				s.building = func() { enter <- struct{}{}; <-leave }
				go func() { <-enter; leave <- struct{}{} }() // the first build
			})
			s.write("a.md", text(1))
			<-enter
			for _, n := range []int{2, 1, 0, 1, 0, end} {
				s.write("a.md", text(n))
			}
			s.building = func() {}
			leave <- struct{}{}
			want := 3
			if end == 1 {
				want = 2
			}
			s.settled()
			if builds := s.count(&s.builds); builds != want {
				t.Errorf("%d builds, want %d", builds, want)
			}
			s.converge()
		})
	}
}

func TestRebuildOnDemand(t *testing.T) {
	rebuild := make(chan struct{})
	s := newSite(t, map[string]string{"a.md": text(0)}, func(s *site) { s.options.Rebuild = rebuild })
	for n := 2; n < 5; n++ {
		rebuild <- struct{}{}
		if !s.happens(func() bool { return s.count(&s.builds) == n }) {
			t.Fatalf("%d builds, want %d", s.count(&s.builds), n)
		}
	}
	close(rebuild)
	s.write("a.md", text(1))
	s.converge()
	if n := s.count(&s.builds); n != 5 {
		t.Errorf("%d builds after the last demand, want 5", n)
	}
}

func TestBuiltAlready(t *testing.T) {
	s := newSite(t, map[string]string{"a.md": text(0)}, func(s *site) {
		s.tree = s.onDisk()
		built := s.tree.Hash()
		s.options.Built = &built
	})
	s.write("a.md", text(1))
	s.converge()
	if builds := s.count(&s.builds); builds != 1 {
		t.Errorf("%d builds, want only that of the edit", builds)
	}
}
