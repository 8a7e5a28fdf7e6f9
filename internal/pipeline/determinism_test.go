package pipeline_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/content"
	"casebook/internal/pipeline"
	"casebook/internal/publish"
)

// hashes returns the hashes of the files of a snapshot, by path.
func hashes(snapshot *pipeline.Snapshot) map[string][32]byte {
	all := map[string][32]byte{}
	for f := range snapshot.Files() {
		all[f.Path] = f.Hash
	}
	return all
}

// changed returns the paths at which two sites differ.
func changed(a, b map[string][32]byte) []string {
	var paths []string
	for path := range a {
		if b[path] != a[path] {
			paths = append(paths, path)
		}
	}
	for path := range b {
		if _, ok := a[path]; !ok {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// diskHashes returns the hashes of the files in an output folder, and of their modes, by path.
func diskHashes(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	all := map[string][32]byte{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		all[filepath.ToSlash(rel)] = sha256.Sum256(append(data, info.Mode().String()...))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestSameBytesAnywhere builds and publishes the same content with different environments,
// and compares the bytes. Tests of the command also vary TZ and LANG, which a process reads
// when it starts.
func TestSameBytesAnywhere(t *testing.T) {
	input := readFolder(t, goldenInput)
	random := rand.New(rand.NewPCG(1, 1))
	var first, firstOnDisk map[string][32]byte
	for i := range 4 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS([]int{1, 2, 4}[i%3]))
			t.Setenv("TZ", []string{"UTC", "Asia/Kathmandu", "America/Los_Angeles"}[i%3])
			t.Setenv("LANG", []string{"C", "tr_TR.UTF-8", "de_DE.UTF-8"}[i%3])
			dir := filepath.Join(t.TempDir(), strings.Repeat("deep/", i%4)+"source")
			names := slices.Collect(maps.Keys(input))
			random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
			for _, name := range names {
				folder{name: input[name]}.write(t, dir)
				then := time.Date(2000+random.IntN(40), 1, 1, 0, 0, 0, random.IntN(1e9), time.UTC)
				if err := os.Chtimes(filepath.Join(dir, name), then, then); err != nil {
					t.Fatal(err)
				}
			}
			source := dir
			if i%2 == 1 {
				t.Chdir(dir)
				source = "."
			}
			snapshot := buildDir(t, source, pipeline.Options{}).Snapshot
			out := filepath.Join(t.TempDir(), "public")
			for range 2 {
				if _, err := snapshot.Publish(t.Context(), publish.Options{Dir: out}); err != nil {
					t.Fatal(err)
				}
			}
			if first == nil {
				first, firstOnDisk = hashes(snapshot), diskHashes(t, out)
			}
			if diff := changed(first, hashes(snapshot)); len(diff) > 0 {
				t.Errorf("these differ: %q", diff)
			}
			if diff := changed(firstOnDisk, diskHashes(t, out)); len(diff) > 0 {
				t.Errorf("these differ on disk: %q", diff)
			}
		})
	}
}

// TestSnapshotHashes checks that each file of a snapshot has the hash and the size
// of its bytes.
func TestSnapshotHashes(t *testing.T) {
	for f := range buildDir(t, goldenInput, pipeline.Options{}).Snapshot.Files() {
		data, err := f.Bytes()
		if err != nil || sha256.Sum256(data) != f.Hash || int64(len(data)) != f.Size {
			t.Errorf("%s: the hash or the size is wrong (%d bytes, Size %d): %v", f.Path, len(data), f.Size, err)
		}
	}
}

// TestDateOfBuild checks that another build date changes only the pages of case studies
// that become overdue.
func TestDateOfBuild(t *testing.T) {
	dir := t.TempDir()
	readFolder(t, goldenInput).write(t, dir)
	tree := scan(t, dir)
	on := func(date content.Date) (map[string][32]byte, int) {
		builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
		if _, err := builder.Build(t.Context(), pipeline.Input{Tree: tree, Today: content.Date{Year: 2026, Month: 6, Day: 1}}); err != nil {
			t.Fatal(err)
		}
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: tree, Today: date})
		if err != nil || result.Failed() {
			t.Fatal(err, result.Problems)
		}
		return hashes(result.Snapshot), result.Rendered()
	}
	june, rendered := on(content.Date{Year: 2026, Month: 6, Day: 30})
	if rendered != 0 {
		t.Errorf("on another day, with nothing overdue, %d pages are rendered", rendered)
	}
	july, rendered := on(content.Date{Year: 2026, Month: 7, Day: 1})
	if diff := changed(june, july); !slices.Equal(diff, []string{"cases/rota-imposed/index.html", "cases/rota-imposed/index.md"}) || rendered != 1 {
		t.Errorf("on the day after a review was due, these files differ: %q; %d pages are rendered", diff, rendered)
	}
}

// edit is a change of the small knowledge base.
type edit struct {
	name   string
	do     func(files folder)
	breaks bool // the content then has an error
}

func (e edit) broken() edit { e.breaks = true; return e }

func replace(name, old, new string) edit {
	return edit{name: fmt.Sprintf("%s: %q for %q", filepath.Base(name), new, old), do: func(files folder) {
		if !strings.Contains(files[name], old) {
			panic(fmt.Sprintf("%s does not contain %q", name, old))
		}
		files[name] = strings.Replace(files[name], old, new, 1)
	}}
}

func add(name, text string) edit {
	return edit{name: "add " + name, do: func(files folder) { files[name] = text }}
}

func remove(name string) edit {
	return edit{name: "remove " + name, do: func(files folder) { delete(files, name) }}
}

func rename(from, to string) edit {
	return edit{name: "rename " + from, do: func(files folder) {
		files[to] = files[from]
		delete(files, from)
	}}
}

// edits returns a sequence of edits of all kinds, which build on each other.
func edits() []edit {
	const ward, governance, imposed = "content/cases/shared-ward/index.md", "content/cases/governance.md", "content/cases/rota-imposed.md"
	const site, listen = "content/site.yaml", "content/principles/listen-first.md"
	fresh := "---\ntitle: A new case\nprinciples: [listen-first]\ncountries: [Kenya]\nauthors: [A]\npublished: 2026-11-01\n---\n\nNew.\n"
	return []edit{
		{name: "nothing", do: func(folder) {}},
		replace(governance, "The plan outlived", "The plan has outlived"),
		replace(ward, "Two teams [share", "The two teams [share"),
		add("content/cases/new.md", fresh),
		replace("content/cases/new.md", "A new case", "Another new case"),
		replace("content/cases/new.md", "Kenya", "Uganda"),
		replace("content/cases/new.md", "[listen-first]", "[share-credit]"),
		replace("content/cases/new.md", "authors:", "draft: true\nauthors:"),
		replace("content/cases/new.md", "draft: true\n", "withdrawn: {date: 2026-11-02, reason: A mistake}\n"),
		replace("content/cases/new.md", "withdrawn: {date: 2026-11-02, reason: A mistake}\n", "aliases: [/once/]\n"),
		replace("content/cases/new.md", "/once/", "/twice/"),
		rename("content/cases/new.md", "content/cases/newer.md"),
		remove("content/cases/newer.md"),
		replace(governance, "mental health", "nursing"),
		replace(governance, "[written-plan]", "[written-plan, named-lead]"),
		replace(governance, "  - Mirembe Hospital\n", "  - North Hospital\n"),
		replace(governance, "published: 2026-03-01", "published: 2026-03-02"),
		replace(imposed, "## What was hard", "## What was too hard").broken(), // a link to the heading is dead
		replace(imposed, "## What was too hard", "## What was hard"),
		replace(imposed, "title: A rota", "title: One rota"),
		replace(imposed, "authors: [The editors]", "authors: [The editors").broken(),
		replace(imposed, "authors: [The editors", "authors: [The editors]"),
		replace(listen, "title: Listen first", "title: Listen before all"),
		replace(listen, "title: A written plan", "title: A plan in writing"),
		replace(listen, "Ask *before*", "Ask *well before*"),
		replace("content/principles/share-credit.md", "number: 2", "number: 3"),
		replace(site, "tagline: Every feature, once", "tagline: Every feature"),
		replace(site, "title: Small casebook", "title: Smaller casebook"),
		replace(site, "label: About", "label: About us"),
		replace(site, "page_size: 2", "page_size: 3"),
		replace(site, "TZ: Tanzania", "TZ: United Republic of Tanzania"),
		replace("content/organisations.yaml", "name: North Hospital", "name: The North Hospital"),
		replace("content/organisations.yaml", "type: hospital", "type: clinic"),
		replace("content/disciplines.yaml", "label: Nursing", "label: Nursing care"),
		replace("content/references.yaml", "title: A report on partnership", "title: The report on partnership"),
		replace("content/references.yaml", "    publisher: The Trust\n", ""),
		replace("content/resources/guide.md", "We have read it", "We have not read it"),
		replace("content/resources/ward-checklist/index.md", "It has a line", "There is a line"),
		replace("content/resources/ward-checklist/checklist.txt", "____", "_______"),
		replace("content/cases/shared-ward/plan.txt", "three", "four"),
		replace("content/pages/about.md", "title: About", "title: About this"),
		remove("content/pages/contribute.md"), // changes two lists and the footer
		replace("themes/own/strings/en.yaml", "a mistake", "mistakes"),
		add("themes/own/partials/contribute.html", "<p class=\"contribute\">Write to us</p>\n"),
		add("themes/own/assets/site.css", "body { margin: 0 }\n"),
		remove("themes/own/partials/contribute.html"),
		replace(site, "theme: own\n", ""),
		replace(site, "page_size: 3", "page_size: 3\ntheme: own"),
		replace(site, "language: en", "language: en-GB"),
	}
}

// TestSequenceOfEdits builds with one builder after every few edits of a sequence. It checks
// that the site is that of a new builder, and that the number of rendered pages is not much
// larger than that of changed ones.
func TestSequenceOfEdits(t *testing.T) {
	if testing.Short() {
		t.Skip("builds each site twice")
	}
	checkSequenceOfEdits(t, 6)
}

// inGroups joins so many edits to one, which ends early at an edit that breaks the content.
func inGroups(edits []edit, group int) []edit {
	var joined []edit
	for len(edits) > 0 {
		n := min(group, len(edits))
		if i := slices.IndexFunc(edits[:n], func(e edit) bool { return e.breaks }); i >= 0 {
			n = i + 1
		}
		some := edits[:n]
		var names []string
		for _, e := range some {
			names = append(names, e.name)
		}
		joined = append(joined, edit{name: strings.Join(names, "; "), breaks: some[n-1].breaks, do: func(files folder) {
			for _, e := range some {
				e.do(files)
			}
		}})
		edits = edits[n:]
	}
	return joined
}

func checkSequenceOfEdits(t *testing.T, group int) {
	dir := t.TempDir()
	files := readFolder(t, goldenInput)
	files.write(t, dir)
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	follow := func() *pipeline.Result {
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	fresh := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	previous := follow().Snapshot
	last := hashes(previous)
	for _, e := range inGroups(edits(), group) {
		before := maps.Clone(files)
		e.do(files)
		for name := range before {
			if _, kept := files[name]; !kept {
				if err := os.Remove(filepath.Join(dir, name)); err != nil {
					t.Fatal(err)
				}
			}
		}
		for name, text := range files {
			if before[name] != text {
				folder{name: text}.write(t, dir)
			}
		}
		themed := before["content/site.yaml"] != files["content/site.yaml"]
		for name := range files {
			themed = themed || strings.HasPrefix(name, "themes/") && before[name] != files[name]
		}
		if themed || len(files) < len(before) {
			fresh = pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
		} else { // loading the same theme again takes most of a clean build
			earlier := fresh
			fresh = pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
			fresh.TakeTheme(earlier)
		}
		warm := follow()
		cold, err := fresh.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(warm.Problems) != fmt.Sprint(cold.Problems) {
			t.Errorf("%s: the problems differ from those of a clean build:\n%v\n%v", e.name, warm.Problems, cold.Problems)
		}
		if warm.Failed() {
			if !e.breaks {
				t.Fatalf("%s breaks the site: %v", e.name, errorsOf(warm))
			}
			continue
		}
		now := hashes(warm.Snapshot)
		if diff := changed(now, hashes(cold.Snapshot)); len(diff) > 0 {
			t.Errorf("%s: these files differ from a clean build: %q", e.name, diff)
		}
		diff := changed(last, now)
		pages := 0
		for _, path := range diff {
			if _, there := now[path]; there && strings.HasSuffix(path, ".html") {
				pages++
			}
		}
		if float64(warm.Rendered()) > 1.1*float64(pages) {
			t.Errorf("%s: %d pages are rendered, %d changed; unchanged but rendered: %q", e.name, warm.Rendered(), pages, needless(previous, warm.Snapshot))
		}
		previous, last = warm.Snapshot, now
	}
}

// needless returns the pages that were rendered again with the same result.
func needless(before, after *pipeline.Snapshot) []string {
	var paths []string
	for f := range after.Files() {
		if old := before.File(f.Path); old != nil && old != f && old.Hash == f.Hash && strings.HasSuffix(f.Path, ".html") {
			paths = append(paths, f.Path)
		}
	}
	return paths
}
