package watch_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// text returns a case study that is different for each n.
func text(n int) string { return fmt.Sprintf("---\ntitle: Case %d\n---\nBody %d.\n", n, n) }

// styles are the ways in which editors save files, and in which programs touch files
// without changing them.
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
			time.Sleep(5 * time.Millisecond) // a slow writer
		}
		return nil
	}},
	{"new file renamed over", true, func(path, content string) error {
		return errors.Join(
			os.WriteFile(path+".tmp", []byte(content), 0o644),
			os.Rename(path+".tmp", path))
	}},
	{"old file renamed away", true, func(path, content string) error { // vim
		return errors.Join(
			os.WriteFile(filepath.Join(filepath.Dir(path), "4913"), nil, 0o644),
			os.Remove(filepath.Join(filepath.Dir(path), "4913")),
			os.Rename(path, path+"~"),
			os.WriteFile(path, []byte(content), 0o644),
			os.Remove(path+"~"))
	}},
	{"deleted and made again", true, func(path, content string) error {
		return errors.Join(os.Remove(path), os.WriteFile(path, []byte(content), 0o644))
	}},
	{"hard link as backup", true, func(path, content string) error {
		return errors.Join(
			os.Link(path, path+"~"),
			os.WriteFile(path+".swp", []byte(content), 0o644),
			os.Rename(path+".swp", path),
			os.Remove(path+"~"))
	}},
	{"mode only", false, func(path, _ string) error {
		return errors.Join(os.Chmod(path, 0o600), os.Chmod(path, 0o644))
	}},
	{"time only", false, func(path, _ string) error { return os.Chtimes(path, time.Now(), time.Now()) }},
}

func TestEditors(t *testing.T) {
	const saves = 5
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
					t.Fatal("Look was not called after the save")
				}
				s.converge()
			}
			s.settled()
			switch builds := s.count(&s.builds) - before; {
			case !style.changes && builds > 0:
				t.Errorf("%d builds, although nothing changed", builds)
			case style.changes && builds < saves:
				t.Errorf("%d builds for %d saves, want one for each", builds, saves)
			}
		})
	}
}
