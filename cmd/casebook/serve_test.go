package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// serving is a running "casebook serve" process.
type serving struct {
	t   testing.TB
	cmd *exec.Cmd
	url string

	mu  sync.Mutex
	log bytes.Buffer
}

// startServe starts the test binary as casebook and waits for its address.
func startServe(t testing.TB, args ...string) *serving {
	t.Helper()
	s := &serving{t: t, cmd: casebook(t, append([]string{"serve", "--port", "0"}, args...)...)}
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.cmd.Stderr = s
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.cmd.Process.Kill() })
	address := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			if m := regexp.MustCompile(`serving (http://\S+)`).FindStringSubmatch(lines.Text()); m != nil {
				address <- m[1]
			}
			_, _ = s.Write(append(lines.Bytes(), '\n'))
		}
	}()
	select {
	case s.url = <-address:
	case <-time.After(5 * time.Minute):
		t.Fatalf("serve printed no address: %s", s.text())
	}
	return s
}

// Write records the output of the process.
func (s *serving) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(p)
}

func (s *serving) text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// stop sends a signal, and checks that the server ends without an error.
func (s *serving) stop(signal os.Signal) {
	s.t.Helper()
	if err := s.cmd.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
	tooLong := time.AfterFunc(time.Minute, func() { _ = s.cmd.Process.Kill() })
	defer tooLong.Stop()
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("%v: %v\n%s", signal, err, s.text())
	}
}

// get returns the page at a path, or "" if there is none.
func (s *serving) get(path string) string {
	response, err := http.Get(s.url + path)
	if err != nil {
		return ""
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		return ""
	}
	return string(data)
}

// until waits until a condition is true.
func (s *serving) until(what string, condition func() bool) {
	s.t.Helper()
	s.untilWithin(5*time.Minute, what, condition)
}

func (s *serving) untilWithin(limit time.Duration, what string, condition func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(limit); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if condition() {
			return
		}
	}
	s.t.Fatalf("never %s\n%s", what, s.text())
}

func TestServeFollowsChanges(t *testing.T) {
	dir := t.TempDir()
	if out, err := casebook(t, "init", filepath.Join(dir, "kb")).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	kb := filepath.Join(dir, "kb")
	file := filepath.Join(kb, "content", "cases", "a-plan-drawn-up-together.md")
	original, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(old, new string) {
		t.Helper()
		if err := os.WriteFile(file, bytes.Replace(original, []byte(old), []byte(new), 1), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := startServe(t, "--source", kb)
	s.until("serves the case", func() bool {
		return strings.Contains(s.get("cases/a-plan-drawn-up-together/"), "A plan drawn up together")
	})

	edit("title: A plan drawn up together", "title: A plan made by two wards")
	s.until("shows the new title in a list", func() bool { return strings.Contains(s.get("cases/"), "A plan made by two wards") })

	edit("title:", "titel:")
	s.until("says what is wrong", func() bool { return strings.Contains(s.text(), `"titel" is not a field of a case study`) })
	if !strings.Contains(s.get("cases/"), "A plan made by two wards") {
		t.Error("the last site without errors is gone")
	}

	edit("", "")
	s.until("shows the fixed case", func() bool { return strings.Contains(s.get("cases/"), "A plan drawn up together") })
	s.until("serves the search index", func() bool { return s.get("search/root.bin") != "" })
	for i := range 10 {
		title := fmt.Sprintf("Plan %d of both wards", i)
		edit("title: A plan drawn up together", "title: "+title)
		s.until("shows "+title, func() bool { return strings.Contains(s.get("cases/"), title) })
		if s.get("search/root.bin") == "" {
			t.Error("there is no search while the index is updated")
		}
	}
	edit("", "")

	clean := filepath.Join(dir, "clean")
	if out, err := casebook(t, "build", "--source", kb, "--output", clean).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	s.until("keeps the output folder equal to a clean build", func() bool {
		return sameTree(t, clean, filepath.Join(kb, "public"))
	})

	s.stop(syscall.SIGINT)
	entries, err := os.ReadDir(kb)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.Contains(e.Name(), "tmp") {
			t.Errorf("%s remains", e.Name())
		}
	}
}

// TestServeDoesNotPublishDrafts checks that serve --drafts does not write to public/, because
// that folder is published.
func TestServeDoesNotPublishDrafts(t *testing.T) {
	kb, out := filepath.Join(t.TempDir(), "kb"), filepath.Join(t.TempDir(), "out")
	if out, err := casebook(t, "init", kb).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	const draft = "---\ntitle: Not ready\ndraft: true\nprinciples: [listen-first]\nauthors: [A]\n---\nText.\n"
	if err := os.WriteFile(filepath.Join(kb, "content", "cases", "draft.md"), []byte(draft), 0o644); err != nil {
		t.Fatal(err)
	}
	s := startServe(t, "--source", kb, "--drafts")
	s.until("serves the draft and the index", func() bool { return s.get("cases/draft/") != "" && s.get("search/root.bin") != "" })
	if !strings.Contains(s.text(), "drafts are shown here and not written to "+filepath.Join(kb, "public")+"\n") {
		t.Errorf("serve does not print that it writes nothing: %s", s.text())
	}
	s.stop(syscall.SIGHUP)
	if exists(filepath.Join(kb, "public")) {
		t.Error("public/ exists")
	}

	s = startServe(t, "--source", kb, "--drafts", "--output", out)
	s.until("writes where it was told to", func() bool { return exists(filepath.Join(out, "cases", "draft", "index.html")) })
	if strings.Contains(s.text(), "not written") {
		t.Errorf("serve writes files and prints that it does not: %s", s.text())
	}
}

// TestServeStartsOnBrokenContent checks that serve starts when the content has errors, and
// shows the site after they are corrected.
func TestServeStartsOnBrokenContent(t *testing.T) {
	kb := filepath.Join(t.TempDir(), "kb")
	if out, err := casebook(t, "init", kb).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	broken := filepath.Join(kb, "content", "cases", "broken.md")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(broken, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const good = "---\ntitle: Broken\nprinciples: [listen-first]\nauthors: [A]\n---\n"
	write(strings.Replace(good, "title", "titel", 1))
	s := startServe(t, "--source", kb)
	s.until("says that nothing is shown", func() bool { return strings.Contains(s.text(), ": there is no site to show until this is fixed\n") })
	write(good)
	s.until("shows the fixed site", func() bool { return s.get("cases/broken/") != "" })
	write(strings.Replace(good, "title", "titel", 1))
	s.until("says that the site stays", func() bool { return strings.Contains(s.text(), ": the last site without errors is still shown\n") })
}

// sameTree reports whether two folders have the same files.
func sameTree(t testing.TB, a, b string) bool {
	t.Helper()
	read := func(dir string) map[string]string {
		files := map[string]string{}
		_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return nil // being replaced at this moment: compare again later
			}
			data, err := os.ReadFile(path)
			if rel, relErr := filepath.Rel(dir, path); err == nil && relErr == nil {
				files[rel] = string(data)
			}
			return nil
		})
		return files
	}
	x, y := read(a), read(b)
	if len(x) != len(y) {
		return false
	}
	for name, data := range x {
		if y[name] != data {
			return false
		}
	}
	return true
}
