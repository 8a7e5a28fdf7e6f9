package pipeline_test

import (
	"flag"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/pipeline"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// goldenPages are the pages of the small knowledge base that are compared completely:
// one of each kind with something special.
var goldenPages = []string{
	"404.html",
	"index.html",
	"about/index.html",
	"cases/index.html",
	"cases/gone/index.html",
	"cases/shared-ward/index.html",
	"cases/rota-imposed/index.html",
	"cases/rota-scheme/index.html",
	"countries/uganda/index.html",
	"coverage/index.html",
	"organisations/north-south-link/index.html",
	"plans/index.html",
	"principles/listen-first/index.html",
	"principles/listen-first/named-lead/index.html",
	"resources/ward-checklist/index.html",
}

// TestGolden compares the site of the small knowledge base, which has each feature once,
// with golden files. After an intended change, run go test ./internal/pipeline -run
// TestGolden -update, and read the diff.
func TestGolden(t *testing.T) {
	snapshot := buildDir(t, goldenInput, pipeline.Options{}).Snapshot
	var list []string
	for f := range snapshot.Files() {
		list = append(list, withoutHash(f.Path)+"\n")
	}
	slices.Sort(list)
	compareGolden(t, "files.txt", strings.Join(list, ""))
	for _, name := range goldenPages {
		f := snapshot.File(name)
		if f == nil {
			t.Errorf("there is no page %s", name)
			continue
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		compareGolden(t, strings.ReplaceAll(strings.TrimSuffix(name, "/index.html"), "/", "_")+".golden", withoutHashes(snapshot, string(data)))
	}
}

// withoutHash returns the path of an asset without the hash of its content, which would
// change with each style.
func withoutHash(name string) string {
	parts := strings.Split(path.Base(name), ".")
	if path.Dir(name) == "assets" && len(parts) == 3 {
		return "assets/" + parts[0] + ".HASH." + parts[2]
	}
	return name
}

func withoutHashes(snapshot *pipeline.Snapshot, page string) string {
	for f := range snapshot.Files() {
		if short := withoutHash(f.Path); short != f.Path {
			page = strings.ReplaceAll(page, f.Path, short)
		}
	}
	return page
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata/golden/output", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wanted, lines := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range max(len(wanted), len(lines)) {
		w, g := line(wanted, i), line(lines, i)
		if w != g {
			t.Errorf("%s:%d:\n- %s\n+ %s", file, i+1, w, g)
			return
		}
	}
}

func line(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}
