package deploy

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/publish"

	"gocloud.dev/blob/memblob"
	"gocloud.dev/gcerrors"
)

// file returns a file of a site.
func file(path, text string) publish.File {
	return publish.File{
		Path: path, Hash: sha256.Sum256([]byte(text)), Size: int64(len(text)),
		Bytes: func() ([]byte, error) { return []byte(text), nil },
	}
}

// hashed returns a file whose name contains the hash of its content.
func hashed(format, text string) publish.File {
	return file(fmt.Sprintf(format, fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:16]), text)
}

// build returns a version of a small site. The assets, and therefore all pages, differ
// between versions. Each version has a page that the next two do not have.
func build(version int) []publish.File {
	v := fmt.Sprint("version ", version)
	css, js, shard := hashed("assets/site.%s.css", v+" style"), hashed("assets/site.%s.js", v+" script"), hashed("search/%s.bin", v+" words")
	files := []publish.File{css, js, shard, file("search/root.bin", shard.Path), file("cases/1/rota.png", v+" picture"), file("data/cases.json", v), file("robots.txt", "the same")}
	for _, page := range []string{"index.html", "404.html", "cases/1/index.html", "cases/2/index.html", fmt.Sprintf("cases/of-%d/index.html", version%3)} {
		up := strings.Repeat("../", strings.Count(page, "/"))
		files = append(files, file(page, fmt.Sprintf(`<link href="%s"><script src="%s"></script><img src="%s">%s`, up+css.Path, up+js.Path, up+"cases/1/rota.png", v)))
	}
	return files
}

// start is the time at which the deployments begin.
var start = time.Date(2026, 11, 29, 10, 0, 0, 0, time.UTC)

func at(after time.Duration) Options {
	return Options{Keep: 24 * time.Hour, Now: func() time.Time { return start.Add(after) }, retryAfter: time.Millisecond}
}

func deploys(t *testing.T, target Target, site []publish.File, opts Options) Result {
	t.Helper()
	result, err := Deploy(t.Context(), target, site, opts)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// holds returns the paths at the target, without those of the deployment itself.
func holds(t *testing.T, target Target) []string {
	t.Helper()
	all, err := store{bucket: target}.list(t.Context())
	for gcerrors.Code(err) == gcerrors.NotFound { // a file was deleted while the folder was listed
		all, err = store{bucket: target}.list(t.Context())
	}
	if err != nil {
		t.Error(err)
	}
	delete(all, manifestPath)
	return slices.Sorted(maps.Keys(all))
}

func paths(site []publish.File, more ...string) []string {
	for _, f := range site {
		more = append(more, f.Path)
	}
	slices.Sort(more)
	return more
}

// reference matches the addresses of the assets of a page.
var reference = regexp.MustCompile(`(?:href|src)="([^"]+)"`)

// checkReader reads all pages at the target, and reports those whose assets are missing
// or belong to another build.
func checkReader(t *testing.T, target Target, when string) {
	t.Helper()
	s := store{bucket: target}
	for _, name := range holds(t, target) {
		data, err := s.read(t.Context(), name)
		if gcerrors.Code(err) == gcerrors.NotFound {
			continue // deleted since the target was listed
		}
		if err != nil {
			t.Errorf("%s: %v", when, err)
			continue
		}
		var needs []string
		if name == "search/root.bin" {
			needs = []string{string(data)}
		} else if path.Ext(name) == ".html" {
			for _, r := range reference.FindAllStringSubmatch(string(data), -1) {
				needs = append(needs, path.Join(path.Dir(name), r[1]))
			}
		}
		for _, need := range needs {
			asset, err := s.read(t.Context(), need)
			if err != nil {
				t.Errorf("%s: %s needs %s: %v", when, name, need, err)
			} else if stageOf(need) == Assets && !strings.Contains(need, fmt.Sprintf("%x", sha256.Sum256(asset))[:16]) {
				t.Errorf("%s: %s needs %s, which contains %q", when, name, need, asset)
			}
		}
	}
}

func TestDeploy(t *testing.T) {
	target := memblob.OpenBucket(nil)
	first, second := build(1), build(2)
	if got := deploys(t, target, first, at(0)); got.Uploaded != len(first) || got.Unchanged+got.Deleted+got.Kept != 0 {
		t.Errorf("the first deployment: %v", got)
	}
	if got, want := holds(t, target), paths(first); !slices.Equal(got, want) {
		t.Errorf("there are %q\nwant %q", got, want)
	}
	for name, want := range map[string][2]string{
		"index.html":      {"text/html; charset=utf-8", "public, max-age=0, must-revalidate"},
		first[0].Path:     {"text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		first[2].Path:     {"application/octet-stream", "public, max-age=0, must-revalidate"}, // its name has too short a hash
		"data/cases.json": {"application/json", "public, max-age=0, must-revalidate"},
	} {
		a, err := target.Attributes(t.Context(), name)
		if err != nil || a.ContentType != want[0] || a.CacheControl != want[1] {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}

	if got := deploys(t, target, first, at(time.Hour)); got.Uploaded+got.Deleted+got.Kept != 0 || got.Unchanged != len(first) {
		t.Errorf("the same site again: %v", got)
	}
	dry := at(2 * time.Hour)
	dry.Dry = true
	would := deploys(t, target, second, dry)
	if got, want := holds(t, target), paths(first); !slices.Equal(got, want) {
		t.Errorf("after a dry run there are %q", got)
	}
	got := deploys(t, target, second, at(2*time.Hour))
	if got.Uploaded != len(second)-1 || got.Unchanged != 1 || got.Deleted != 1 || got.Kept != 3 || got != would {
		t.Errorf("the second build: %v; the dry run reported %v", got, would)
	}
	kept := []string{first[0].Path, first[1].Path, first[2].Path}
	if got, want := holds(t, target), paths(second, kept...); !slices.Equal(got, want) {
		t.Errorf("there are %q\nwant %q", got, want)
	}
	checkReader(t, target, "after the second")

	// Assets that are needed again are no longer old; others are deleted after some time.
	deploys(t, target, first, at(20*time.Hour))
	if got := deploys(t, target, first, at(30*time.Hour)); got.Kept != 3 || got.Deleted != 0 {
		t.Errorf("before the assets are old enough: %v", got)
	}
	deploys(t, target, first, at(50*time.Hour))
	if got, want := holds(t, target), paths(first); !slices.Equal(got, want) {
		t.Errorf("at the end there are %q\nwant %q", got, want)
	}
}

// TestGzip stores texts compressed, and other files and small texts as they are.
func TestGzip(t *testing.T) {
	target := memblob.OpenBucket(nil)
	long := strings.Repeat("A case study. ", 100)
	site := []publish.File{file("index.html", long), file("data/cases.csv", long), file("search/root.bin", long), file("robots.txt", "short")}
	zipped := at(0)
	zipped.Encoding = Gzip
	deploys(t, target, site, zipped)
	for _, f := range site {
		a, err := target.Attributes(t.Context(), f.Path)
		if err != nil {
			t.Fatal(err)
		}
		data, err := target.ReadAll(t.Context(), f.Path)
		if err != nil {
			t.Fatal(err)
		}
		if a.ContentEncoding == "gzip" {
			r, err := gzip.NewReader(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if data, err = io.ReadAll(r); err != nil {
				t.Fatal(err)
			}
		}
		isText := f.Path == "index.html" || f.Path == "data/cases.csv"
		if want, _ := f.Bytes(); string(data) != string(want) || (a.ContentEncoding == "gzip") != isText {
			t.Errorf("%s has the encoding %q and reads %.40q", f.Path, a.ContentEncoding, data)
		}
	}
	if got := deploys(t, target, site, zipped); got.Unchanged != len(site) {
		t.Errorf("again: %v", got)
	}
	if got := deploys(t, target, site, at(0)); got.Uploaded != 2 {
		t.Errorf("without compression: %v", got)
	}
}

// TestForeignFilesAreKept checks that files that no deployment wrote are never deleted, and
// that files that others deleted or truncated are uploaded again.
func TestForeignFilesAreKept(t *testing.T) {
	target := memblob.OpenBucket(nil)
	write := func(name, text string) {
		if err := target.WriteAll(t.Context(), name, []byte(text), nil); err != nil {
			t.Fatal(err)
		}
	}
	write("report.pdf", "not ours")
	deploys(t, target, build(1), at(0))
	write("cases/1/index.html", "cut")
	if err := target.Delete(t.Context(), "cases/2/index.html"); err != nil {
		t.Fatal(err)
	}
	if got := deploys(t, target, build(1), at(0)); got.Uploaded != 2 {
		t.Errorf("after the damage: %v", got)
	}
	write(manifestPath, "{")
	if got := deploys(t, target, build(1), at(0)); got.Uploaded != len(build(1)) {
		t.Errorf("without a manifest: %v", got)
	}
	if got, want := holds(t, target), paths(build(1), "report.pdf"); !slices.Equal(got, want) {
		t.Errorf("there are %q\nwant %q", got, want)
	}
	write(manifestPath, `{"version":2,"files":{}}`)
	if _, err := Deploy(t.Context(), target, build(1), at(0)); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("with a newer manifest: %v", err)
	}
}

// TestUnfinishedFilesAreDeleted checks that what killed deployments left of a file that was
// never complete is deleted, also if the deployment that should delete it is killed too.
func TestUnfinishedFilesAreDeleted(t *testing.T) {
	target := memblob.OpenBucket(nil)
	const ours, other = "search/words.bin.0123456789abcdef.tmp", "notes.0123456789abcdef.tmp"
	for name, text := range map[string]string{ours: "wo", other: "not ours", manifestPath: `{"version":1,"files":{"search/words.bin":{}}}`} {
		if err := target.WriteAll(t.Context(), name, []byte(text), nil); err != nil {
			t.Fatal(err)
		}
	}
	ctx, kill := context.WithCancel(t.Context())
	opts := at(0)
	opts.Progress = func(Stage, int64, int64) { kill() }
	if _, err := Deploy(ctx, target, build(0), opts); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	deploys(t, target, build(1), at(time.Hour))
	if there := holds(t, target); slices.Contains(there, ours) || !slices.Contains(there, other) {
		t.Errorf("there are %q", there)
	}
}

func TestMostIsNotDeleted(t *testing.T) {
	target := memblob.OpenBucket(nil)
	deploys(t, target, build(1), at(0))
	half := build(1)[:7] // no page
	if _, err := Deploy(t.Context(), target, half, at(0)); err == nil || !strings.Contains(err.Error(), "5 of the 9 files there would be deleted") {
		t.Errorf("half a site: %v", err)
	}
	if got, want := holds(t, target), paths(build(1)); !slices.Equal(got, want) {
		t.Errorf("there are %q\nwant %q", got, want)
	}
	force := at(0)
	force.Force = true
	deploys(t, target, half, force)
	if got, want := holds(t, target), paths(half); !slices.Equal(got, want) {
		t.Errorf("with force: %q\nwant %q", got, want)
	}
}

func TestLock(t *testing.T) {
	target := memblob.OpenBucket(nil)
	other := &deployment{store: store{bucket: target}, opts: Options{Now: time.Now}}
	held, unlock, err := other.lock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	now := Options{Now: time.Now}
	if _, err := Deploy(t.Context(), target, build(1), now); err == nil || !strings.Contains(err.Error(), "another deployment is under way") {
		t.Errorf("a second deployment: %v", err)
	}
	if got := holds(t, target); !slices.Equal(got, []string{lockPath}) {
		t.Errorf("the second deployment wrote %q", got)
	}
	taking := now
	taking.Lock = TakeLock
	deploys(t, target, build(1), taking)
	if err := other.save(held); err != errLostLock {
		t.Errorf("the first deployment goes on: %v", err)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}

	// The lock of a deployment that died is taken over after some time.
	if _, _, err := other.lock(t.Context()); err != nil {
		t.Fatal(err)
	}
	later := Options{Now: func() time.Time { return time.Now().Add(lockLife) }}
	deploys(t, target, build(2), later)
	if exists, err := target.Exists(t.Context(), lockPath); exists || err != nil {
		t.Errorf("the lock remains: %v", err)
	}
}

// TestVerify checks that a file that another program writes during a deployment is
// reported, and uploaded by the next one.
func TestVerify(t *testing.T) {
	target := memblob.OpenBucket(nil)
	opts := at(0)
	opts.Progress = func(stage Stage, _, _ int64) {
		if stage == Home {
			if err := target.WriteAll(t.Context(), "cases/1/index.html", []byte("another"), nil); err != nil {
				t.Error(err)
			}
		}
	}
	if _, err := Deploy(t.Context(), target, build(1), opts); err == nil || !strings.Contains(err.Error(), "cases/1/index.html") {
		t.Errorf("a page of another program: %v", err)
	}
	if got := deploys(t, target, build(1), at(0)); got.Uploaded != 1 {
		t.Errorf("the next deployment: %v", got)
	}
}

func TestOpen(t *testing.T) {
	for _, address := range []string{"public", "/srv/www", "ftp://example.org", "s3:"} {
		if target, err := Open(t.Context(), address); err == nil {
			t.Errorf("Open(%q) reports no error", address)
			_ = target.Close()
		}
	}
}
