package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// casebook returns a command that runs casebook in a new process: the test binary under
// that name, as in the scripts.
func casebook(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Args[0] = "casebook"
	cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1795478400") // 2026-11-24
	return cmd
}

// mustBuild builds a source folder into an output folder.
func mustBuild(t testing.TB, source, output string) {
	t.Helper()
	if out, err := casebook(t, "build", "--source", source, "--output", output).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// writeSource writes a knowledge base of n cases, all of whose pages contain the mark.
func writeSource(t testing.TB, dir, mark string, n int) {
	t.Helper()
	files := map[string]string{
		"content/site.yaml":          "title: Site " + mark + "\n",
		"content/principles/only.md": "---\nnumber: 1\ntitle: Only\n---\n\nThe only one.\n",
		"content/pages/about.md":     "---\ntitle: About " + mark + "\n---\n\nAbout.\n",
	}
	for i := range n {
		files[fmt.Sprintf("content/cases/%s-%d.md", mark, i)] = fmt.Sprintf("---\ntitle: %s case %d\nprinciples: [only]\nauthors: [%s]\ncountries: [Uganda]\n---\n\n%s\n", mark, i, mark, strings.Repeat("text ", 400))
	}
	for name, text := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
}

// tree returns the hashes of the files of a folder, by path.
func tree(t testing.TB, dir string) map[string][32]byte {
	t.Helper()
	files, err := treeOf(dir)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func treeOf(dir string) (map[string][32]byte, error) {
	files := map[string][32]byte{}
	return files, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		files[filepath.ToSlash(rel)] = sha256.Sum256(data)
		return err
	})
}

// pair is two knowledge bases and their sites.
type pair struct {
	sources [2]string
	sites   [2]map[string][32]byte
	output  string // has the first site at the start
	took    time.Duration
}

func newPair(t testing.TB) *pair {
	p := &pair{output: filepath.Join(t.TempDir(), "public")}
	for i, mark := range []string{"alpha", "beta"} {
		p.sources[i] = filepath.Join(t.TempDir(), mark)
		writeSource(t, p.sources[i], mark, 20)
		clean := filepath.Join(t.TempDir(), "public")
		start := time.Now()
		mustBuild(t, p.sources[i], clean)
		p.took = time.Since(start)
		p.sites[i] = tree(t, clean)
	}
	if maps.Equal(p.sites[0], p.sites[1]) || len(p.sites[0]) < 30 {
		t.Fatal("the two sites are the same, or empty")
	}
	mustBuild(t, p.sources[0], p.output)
	return p
}

// which returns the index of the site in the output folder, and fails if it is neither.
func (p *pair) which(t testing.TB) int {
	t.Helper()
	got := tree(t, p.output)
	for i, site := range p.sites {
		if maps.Equal(got, site) {
			return i
		}
	}
	t.Fatalf("the output is neither of the two sites: %d files", len(got))
	return -1
}

// TestWholeSites builds two sites again and again, and checks that the output is always one
// of them, whole.
func TestWholeSites(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many sites")
	}
	p := newPair(t)
	t.Run("killed at any moment", func(t *testing.T) { p.killBuilds(t, 10) })
	t.Run("two builds at once", p.buildTwice)
	t.Run("the same bytes elsewhere", p.buildElsewhere)
}

// killBuilds kills a real build again and again, and checks that the next build succeeds.
func (p *pair) killBuilds(t *testing.T, kills int) {
	const seed = 20261124
	random := rand.New(rand.NewPCG(seed, 1))
	staging, killed, inside := filepath.Join(filepath.Dir(p.output), ".public.casebook-tmp"), 0, 0
	windows := [2]time.Duration{p.took, 15 * time.Millisecond} // of a whole build, and of its writing
	blind := func() bool { return killed < kills/2 || inside < kills/10 }
	// On a busy machine, more kills come too early or too late.
	for kill := 0; kill < kills || kill < 4*kills && blind(); kill++ {
		held := p.which(t)
		cmd := casebook(t, "build", "--quiet", "--source", p.sources[1-held], "--output", p.output)
		left, _ := os.Lstat(staging) // by a build that was killed; nil if there is none
		isWriting := func() bool {
			now, err := os.Lstat(staging)
			return err == nil && (left == nil || !os.SameFile(left, now) || !left.ModTime().Equal(now.ModTime()))
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		// Half of the kills are at any moment of the build. The others wait until it begins to
		// write, which is a small part of it.
		window := &windows[kill%2]
		for kill%2 == 1 && len(ended) == 0 && !isWriting() {
			time.Sleep(100 * time.Microsecond)
		}
		time.Sleep(time.Duration(random.Int64N(int64(*window))))
		_ = cmd.Process.Kill() // the process may have ended
		if err := <-ended; err != nil {
			killed++
		} else {
			*window -= *window / 10 // the build takes less time than this
		}
		if isWriting() {
			inside++
		}
		p.which(t)
		if kill%4 == 3 {
			next := kill / 4 % 2
			mustBuild(t, p.sources[next], p.output)
			if p.which(t) != next {
				t.Fatalf("kill %d: after the next build the output is the other site", kill)
			}
			if _, err := os.Lstat(staging); err == nil {
				t.Errorf("kill %d: the next build did not remove its staging folder", kill)
			}
		}
	}
	t.Logf("seed %d: %d of %d builds were killed, %d while they wrote; a build takes %v, writing %v", seed, killed, kills, inside, windows[0], windows[1])
	if blind() {
		t.Errorf("only %d of %d builds were killed, %d while they wrote: too few to show anything", killed, kills, inside)
	}
}

// buildTwice runs two builds with the same output folder, and sometimes kills one.
func (p *pair) buildTwice(t *testing.T) {
	random := rand.New(rand.NewPCG(20261124, 2))
	for round := range 3 {
		var both [2]*exec.Cmd
		var said [2]bytes.Buffer
		for i := range both {
			both[i] = casebook(t, "build", "--quiet", "--source", p.sources[i], "--output", p.output)
			both[i].Stderr = &said[i]
			if err := both[i].Start(); err != nil {
				t.Fatal(err)
			}
		}
		if round%2 == 1 {
			time.Sleep(time.Duration(random.Int64N(int64(p.took))))
			_ = both[round/2%2].Process.Kill()
		}
		for i, cmd := range both {
			if err := cmd.Wait(); err != nil && !(round%2 == 1 && i == round/2%2) {
				t.Errorf("round %d: %v: %s", round, err, said[i].String())
			}
		}
		p.which(t)
	}
}

// buildElsewhere builds with other values of TZ and LANG and in another working folder.
func (p *pair) buildElsewhere(t *testing.T) {
	for _, setting := range [][]string{{"TZ=Asia/Kathmandu", "LANG=tr_TR.UTF-8", "LC_ALL=tr_TR.UTF-8", "GOMAXPROCS=1"}, {"TZ=", "LANG=", "GOMAXPROCS=4", "HOME=/nonexistent"}} {
		output := filepath.Join(t.TempDir(), "public")
		cmd := casebook(t, "build", "--quiet", "--output", output)
		cmd.Dir = p.sources[0]
		cmd.Env = append(cmd.Env, setting...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", setting, err, out)
		}
		if !maps.Equal(tree(t, output), p.sites[0]) {
			t.Errorf("%v: the bytes differ", setting)
		}
	}
}
