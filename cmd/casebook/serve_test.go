package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
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
	kb, clean := newKB(t), filepath.Join(t.TempDir(), "clean")
	file := filepath.Join(kb, "content", "cases", "a-plan-drawn-up-together.md")
	original := read(t, file)
	edit := func(old, new string) { write(t, file, strings.Replace(original, old, new, 1)) }
	entries, err := os.ReadDir(kb)
	written := len(entries)
	if err != nil {
		t.Fatal(err)
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

	mustBuild(t, kb, clean)
	s.until("keeps the output folder equal to a clean build", func() bool {
		return sameTree(clean, filepath.Join(kb, "public"))
	})

	request, _ := http.NewRequest(http.MethodGet, s.url, nil)
	request.Host = "evil.example"
	if response, err := http.DefaultClient.Do(request); err != nil || response.StatusCode != http.StatusForbidden {
		t.Errorf("a request for another host: %v %v", response, err)
	}
	for range 50 { // open pages, whose streams would never end
		response, err := http.Get(s.url + "__casebook/events")
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
	}
	s.stop(syscall.SIGTERM)
	if entries, err := os.ReadDir(kb); err != nil || len(entries) != written+1 { // with public
		t.Errorf("temporary files remain: %v %v", entries, err)
	}
}

// TestServeDoesNotPublishDrafts checks that serve --drafts does not write to public/, because
// that folder is published.
func TestServeDoesNotPublishDrafts(t *testing.T) {
	kb, out := newKB(t), filepath.Join(t.TempDir(), "out")
	const draft = "---\ntitle: Not ready\ndraft: true\nprinciples: [listen-first]\nauthors: [A]\n---\nText.\n"
	write(t, filepath.Join(kb, "content", "cases", "draft.md"), draft)
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
	kb := newKB(t)
	write := func(text string) { write(t, filepath.Join(kb, "content", "cases", "broken.md"), text) }
	const good = "---\ntitle: Broken\nprinciples: [listen-first]\nauthors: [A]\n---\n"
	write(strings.Replace(good, "title", "titel", 1))
	s := startServe(t, "--source", kb)
	s.until("says that nothing is shown", func() bool { return strings.Contains(s.text(), ": there is no site to show until this is fixed\n") })
	write(good)
	s.until("shows the fixed site", func() bool { return s.get("cases/broken/") != "" })
	write(strings.Replace(good, "title", "titel", 1))
	s.until("says that the site stays", func() bool { return strings.Contains(s.text(), ": the last site without errors is still shown\n") })
}

// sameTree reports whether two folders have the same files. One of them may be replaced at
// this moment.
func sameTree(a, b string) bool {
	x, errA := treeOf(a)
	y, errB := treeOf(b)
	return errA == nil && errB == nil && maps.Equal(x, y)
}
