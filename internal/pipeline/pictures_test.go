package pipeline_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/media"
	"casebook/internal/pipeline"
	"casebook/internal/problem"

	"github.com/andybalholm/cascadia"
)

// photo returns a JPEG of a size.
func photo(t *testing.T, width, height int) string {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	m := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.SetGray(x, y, color.Gray{uint8(x/4 + random.IntN(64))})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPicturesCanBeStopped stops a build after the first of three pictures, and checks that
// the next build reports progress for the other two, and the one after it for none.
func TestPicturesCanBeStopped(t *testing.T) {
	files := readFolder(t, goldenInput)
	for name := range files { // removes all pictures, so that only the three remain
		if strings.HasPrefix(name, "content/") && !slices.Contains([]string{".md", ".yaml"}, path.Ext(name)) {
			delete(files, name)
		}
	}
	for _, name := range []string{"a", "b", "c"} {
		files["content/cases/"+name+".jpg"] = photo(t, 500, 50)
	}
	dir := t.TempDir()
	files.write(t, dir)
	tree := scan(t, dir)

	var said []string
	stop := func() {}
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t), Progress: func(stage pipeline.Stage, done, total int) {
		if stage == pipeline.Pictures {
			said = append(said, fmt.Sprintf("%d of %d", done, total))
			if done == 1 {
				stop()
			}
		}
	}})
	for _, test := range []struct {
		stopped bool
		want    []string
	}{
		{true, []string{"0 of 3", "1 of 3"}},
		{false, []string{"0 of 2", "1 of 2", "2 of 2"}},
		{false, nil},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		said, stop = nil, func() {}
		if test.stopped {
			stop = cancel
		}
		if _, err := builder.Build(ctx, pipeline.Input{Tree: tree, Today: today}); errors.Is(err, context.Canceled) != test.stopped {
			t.Errorf("stopped %v: got error %v", test.stopped, err)
		}
		if !slices.Equal(said, test.want) {
			t.Errorf("stopped %v: progress %q, want %q", test.stopped, said, test.want)
		}
		cancel()
	}
}

// TestOutdatedPicturesAreRemoved changes one of two pictures again and again. It checks that
// outdated copies are removed, that the copies of the other picture remain, and that an
// earlier snapshot can still be read.
func TestOutdatedPicturesAreRemoved(t *testing.T) {
	const one, other = "content/cases/shared-ward/one.jpg", "content/cases/shared-ward/other.jpg"
	files := readFolder(t, goldenInput)
	files["content/cases/shared-ward/index.md"] += "\n![One](one.jpg) ![Other](other.jpg)\n"
	files[other] = photo(t, 700, 100)
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	builder.SetSlack(0)
	var first *pipeline.Snapshot
	for i := range 8 {
		files[one] = photo(t, 800+i, 400)
		dir := t.TempDir()
		files.write(t, dir)
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil || result.Failed() {
			t.Fatal(err, result.Problems)
		}
		if first == nil {
			first = result.Snapshot
		}
		used := int64(0)
		for _, s := range []*pipeline.Snapshot{first, result.Snapshot} {
			used = 0
			for f := range s.Files() {
				data, err := f.Bytes()
				if err != nil || sha256.Sum256(data) != f.Hash {
					t.Fatalf("build %d: %s cannot be read: %v", i, f.Path, err)
				}
				if ext := path.Ext(f.Path); ext != ".html" && ext != ".css" && ext != ".js" {
					used += f.Size
				}
			}
		}
		if stored := builder.StoredAttachments(); used == 0 || stored > 2*used {
			t.Errorf("build %d: %d bytes are stored for attachments of %d bytes", i, stored, used)
		}
	}
}

// TestPicturesHaveCopies adds a photo to a page, and removes it again.
func TestPicturesHaveCopies(t *testing.T) {
	const (
		ward = "content/cases/shared-ward/index.md"
		jpg  = "content/cases/shared-ward/the ward, 2014.jpg"
	)
	files := readFolder(t, goldenInput)
	plain := files[ward]
	files[jpg] = photo(t, 2000, 500)
	files[ward] += "\n![The ward](<the ward, 2014.jpg>)\n"
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	follow := func() *pipeline.Result {
		dir := t.TempDir()
		files.write(t, dir)
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil || result.Failed() {
			t.Fatal(err, result.Problems)
		}
		return result
	}
	first := follow()
	page, err := first.Snapshot.ReadFile("cases/shared-ward/index.html")
	if err != nil {
		t.Fatal(err)
	}
	root := parsePage(t, "shared-ward", page)
	img := cascadia.Query(root, cascadia.MustCompile(`.prose img[alt="The ward"][width="2000"][height="500"][loading=lazy][sizes]`))
	if img == nil {
		t.Fatalf("there is no such image in\n%s", page)
	}
	want := regexp.MustCompile(`^(\.\./\.\./cases/shared-ward/the%20ward%2C%202014\.(480|800|1200|1600)\.[0-9a-f]{16}\.jpg (480|800|1200|1600)w(, |$)){4}$`)
	if got := attribute(img, "srcset"); !want.MatchString(got) {
		t.Errorf("srcset is %q", got)
	}
	var copies []*pipeline.File
	for f := range first.Snapshot.Files() {
		if strings.HasPrefix(f.Path, "cases/shared-ward/the ward, 2014.") {
			data, err := f.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := media.Check(path.Base(f.Path), data); err != nil {
				t.Errorf("%s: %v", f.Path, err)
			}
			copies = append(copies, f)
		}
	}
	if len(copies) != 5 {
		t.Errorf("%d files of the picture are published, want 5", len(copies))
	}

	// The next build reuses them. Another builder makes the same files.
	files["content/pages/about.md"] += "\nMore.\n"
	second := follow()
	dir := t.TempDir()
	files.write(t, dir)
	cold := buildDir(t, dir, pipeline.Options{})
	for _, f := range copies {
		if f != second.Snapshot.File(f.Path) {
			t.Errorf("%s is not reused", f.Path)
		}
		if other := cold.Snapshot.File(f.Path); other == nil || other.Hash != f.Hash {
			t.Errorf("%s differs in a clean build", f.Path)
		}
	}
	if second.Snapshot.Hash() != cold.Snapshot.Hash() {
		t.Error("a clean build makes another site")
	}

	// For a link, only the picture itself is published.
	files[ward] = plain + "\n[The ward](<the ward, 2014.jpg>)\n"
	if s := follow().Snapshot; s.File(copies[0].Path) != nil || s.File("cases/shared-ward/the ward, 2014.jpg") == nil {
		t.Error("for a link, copies are published, or the picture is not")
	}

	// A picture that cannot be made smaller is published with a warning.
	files[jpg] = files[jpg][:len(files[jpg])/2] + "\xff\xd9"
	files[ward] = plain + "\n![The ward](<the ward, 2014.jpg>)\n"
	torn := follow()
	if i := slices.IndexFunc(torn.Problems, func(p problem.Problem) bool { return p.Code == "asset-copies" && p.File == jpg }); i < 0 || torn.Snapshot.File("cases/shared-ward/the ward, 2014.jpg") == nil {
		t.Errorf("got %v", torn.Problems)
	}
}

// TestPicturesOfEarlierSite deletes and replaces pictures, and checks that a site that
// was built with them can still be read unchanged.
func TestPicturesOfEarlierSite(t *testing.T) {
	const gone, other = "content/cases/shared-ward/gone.jpg", "content/cases/shared-ward/other.jpg"
	files := readFolder(t, goldenInput)
	files[gone], files[other] = photo(t, 20, 20), photo(t, 900, 20)
	files["content/cases/shared-ward/index.md"] += "\n![Gone](gone.jpg) ![Other](other.jpg)\n"
	dir := t.TempDir()
	files.write(t, dir)
	result := buildDir(t, dir, pipeline.Options{})
	for name, text := range map[string]string{gone: "", other: photo(t, 30, 30)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(dir, gone)); err != nil {
		t.Fatal(err)
	}
	for f := range result.Snapshot.Files() {
		if data, err := f.Bytes(); err != nil || sha256.Sum256(data) != f.Hash {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
}

// TestMissingPictureIsReadAgain checks that a picture that was missing during a
// build is read again when it is back unchanged.
func TestMissingPictureIsReadAgain(t *testing.T) {
	const jpg = "content/cases/shared-ward/ward.jpg"
	files := readFolder(t, goldenInput)
	files[jpg] = photo(t, 20, 20)
	files["content/cases/shared-ward/index.md"] += "\n![The ward](ward.jpg)\n"
	dir := t.TempDir()
	files.write(t, dir)
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	there, away := filepath.Join(dir, jpg), filepath.Join(dir, "away")
	tree := scan(t, dir)
	if err := os.Rename(there, away); err != nil {
		t.Fatal(err)
	}
	result, err := builder.Build(t.Context(), pipeline.Input{Tree: tree, Today: today})
	if err != nil || !result.Failed() {
		t.Fatal("a missing picture is not reported", err)
	}
	if err := os.Rename(away, there); err != nil {
		t.Fatal(err)
	}
	result, err = builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
	if err != nil || result.Failed() {
		t.Fatal(err, result.Problems)
	}
}
