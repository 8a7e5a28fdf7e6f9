package publish_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestKilledAtAnyMoment(t *testing.T) {
	if testing.Short() {
		killAtRandom(t, 12, 8)
	} else {
		killAtRandom(t, 50, 8)
	}
}

// killAtRandom kills, again and again, a process that publishes one generation after the
// other. After each kill it checks the site that a reader sees, then publishes another
// generation and checks the site and its git repository.
func killAtRandom(t *testing.T, kills, pages int) {
	const seed = 20261124
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	dir := filepath.Join(t.TempDir(), "public")
	repository(t, dir)
	started := time.Now()
	mustPublish(t, dir, generation(0, pages))
	mustPublish(t, dir, generation(1, pages))
	once := min(time.Since(started)/2, 50*time.Millisecond) // a busy disk may have taken longer
	interrupted := 0
	// On a busy machine more of them miss.
	for kill := 0; kill < kills || interrupted < kills/4 && kill < 10*kills; kill++ {
		const endless = 1_000_000
		first := endless * kill
		cmd := child(t, dir, first, first+endless-1, pages)
		startChild(t, cmd)
		// Kill at a random moment of the first three publishes, whose duration varies.
		time.Sleep(time.Duration(random.Int64N(int64(3 * once))))
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()

		checkWholeGeneration(t, dir, pages)
		if _, err := os.Lstat(filepath.Join(filepath.Dir(dir), ".public.casebook-tmp")); err == nil {
			interrupted++
		}
		next := generation(first+50+kill%2, pages)
		mustPublish(t, dir, next)
		checkRepository(t, dir)
		checkSite(t, dir, next)
		if info := lstat(t, filepath.Join(dir, ".git")); !info.IsDir() {
			t.Fatalf("kill %d: .git is %v after the next build", kill, info.Mode())
		}
	}
	t.Logf("%d kills, of which %d during staging, swapping or tidying; one publish takes %v", kills, interrupted, once)
	if interrupted < kills/4 {
		t.Errorf("only %d of %d kills interrupted a publish: too few to show anything", interrupted, kills)
	}
}

// repository gives dir the files of someone who pushes the output with git.
func repository(t testing.TB, dir string) {
	t.Helper()
	write(t, filepath.Join(dir, ".git/HEAD"), "ref: refs/heads/pages\n")
	write(t, filepath.Join(dir, ".git/objects/ab/cdef"), "object")
	write(t, filepath.Join(dir, ".gitignore"), "*.tmp\n")
	write(t, filepath.Join(dir, "CNAME"), "example.org\n")
}

// checkRepository fails unless each keeper can be read at its path in dir.
func checkRepository(t testing.TB, dir string) {
	t.Helper()
	for path, want := range map[string]string{
		".git/HEAD":            "ref: refs/heads/pages\n",
		".git/objects/ab/cdef": "object",
		".gitignore":           "*.tmp\n",
		"CNAME":                "example.org\n",
	} {
		got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
		if err != nil || string(got) != want {
			t.Fatalf("%s: %q, %v", path, got, err)
		}
	}
}

// checkWholeGeneration fails unless dir holds exactly one generation.
func checkWholeGeneration(t testing.TB, dir string, pages int) {
	t.Helper()
	got := readSite(t, dir)
	var gen int
	if _, err := fmt.Sscanf(got["cases/c000/index.html"], "generation %d", &gen); err != nil {
		t.Fatalf("not a generation: %q", got)
	}
	if !maps.Equal(got, generation(gen, pages)) {
		t.Fatalf("not the complete generation %d: %q", gen, got)
	}
}
