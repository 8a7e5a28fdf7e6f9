package live

import (
	"context"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"casebook/internal/content"
	"casebook/internal/pipeline"
	"casebook/internal/preview"
	"casebook/internal/source"
	"casebook/themes"
)

const golden = "../pipeline/testdata/golden/input"

func defaultTheme(t *testing.T) fs.FS {
	t.Helper()
	theme, err := fs.Sub(themes.FS, "default")
	if err != nil {
		t.Fatal(err)
	}
	return theme
}

func scanner(t *testing.T, dir string) *source.Scanner {
	t.Helper()
	s, err := source.New(dir, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestNextDayReloadsPages checks that open pages load again after midnight if a page
// changed, although no file did.
func TestNextDayReloadsPages(t *testing.T) {
	tree, err := scanner(t, golden).Scan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	on := func(day content.Date) *pipeline.Result {
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: tree, Today: day})
		if err != nil || result.Failed() {
			t.Fatal(err, result.Problems)
		}
		return result
	}
	// The day on which a review was due, and the next day.
	f := &follower{shown: on(content.Date{Year: 2026, Month: 6, Day: 30}), shownTree: tree}
	if got := f.change(on(content.Date{Year: 2026, Month: 7, Day: 1}), tree); got != (preview.Change{}) {
		t.Errorf("open pages get %+v, want a reload", got)
	}
}

func TestHalfWritten(t *testing.T) {
	const whole = "---\ntitle: A\n---\n\nOne.\n\nTwo.\n"
	for name, test := range map[string]struct {
		text, before string
		want         bool
	}{
		"new":                              {whole, "", false},
		"empty":                            {"", "", true},
		"front matter without an end":      {"---\ntitle: A\n", "", true},
		"no front matter":                  {"Text", "", false},
		"changed within":                   {strings.Replace(whole, "One", "Four words instead of", 1), whole, false},
		"shorter within":                   {strings.Replace(whole, "One.\n\n", "", 1), whole, false},
		"longer":                           {whole + "Three.\n", whole, false},
		"cut off in a line":                {whole[:len(whole)-3], whole, true},
		"cut off at the end of a line":     {whole[:len(whole)-6], whole, true},
		"cut off with other words before":  {"---\ntitle: Another\n---\n\nOn", whole, true},
		"the same with the ends of DOS":    {strings.ReplaceAll(whole, "\n", "\r\n"), whole, false},
		"never had an end of line":         {"---\ntitle: A\n---\nOnes", "---\ntitle: A\n---\nOne", false},
		"cut off without an end of line":   {"---\ntitle: A\n---\nO", "---\ntitle: A\n---\nOne", true},
		"DOS, front matter without an end": {"---\r\ntitle: A\r\n", "", true},
	} {
		if got := halfWritten([]byte(test.text), []byte(test.before)); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}

// TestLook reports that a changed file looks half written.
func TestLook(t *testing.T) {
	dir := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "a.md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f := &follower{options: Options{Source: scanner(t, dir)}}
	for _, step := range []struct {
		text string
		want bool
	}{{"---\ntitle: A\n", false}, {"---\ntitle: A\n---\n", false}, {"", true}, {"---\ntitle: B\n---\n", false}} {
		write(step.text)
		state, err := f.look(t.Context(), []string{filepath.Join(dir, "a.md")})
		if err != nil || state.Unsettled != step.want {
			t.Errorf("%q: unsettled %v, %v", step.text, state.Unsettled, err)
		}
		f.built = f.tree
	}
}

// faulty is a theme that panics while broken is true, as a fault of the program would.
type faulty struct {
	fs.FS
	broken *atomic.Bool
}

func (f faulty) Open(name string) (fs.File, error) {
	if f.broken.Load() {
		panic("a slice of length 0")
	}
	return f.FS.Open(name)
}

// TestServerSurvivesPanic makes a build panic, and checks that the preview keeps the last
// site without errors, that the panic is reported with its stack, and that the next change
// is built.
func TestServerSurvivesPanic(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(golden)); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(dir, "content", "site.yaml")
	text, err := os.ReadFile(settings)
	if err != nil {
		t.Fatal(err)
	}
	setLanguage := func(language string) {
		t.Helper()
		if err := os.WriteFile(settings, []byte(strings.Replace(string(text), "language: en", "language: "+language, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	listener, err := preview.Listen("127.0.0.1", 0, preview.GiveUp)
	if err != nil {
		t.Fatal(err)
	}
	server := preview.New(preview.Options{})
	var broken atomic.Bool
	builds, messages := make(chan Built, 10), make(chan string, 10)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- Run(ctx, Options{
			Source:   scanner(t, dir),
			Dirs:     []string{filepath.Join(dir, "content"), filepath.Join(dir, "themes")},
			Pipeline: pipeline.Options{Theme: faulty{defaultTheme(t), &broken}},
			Today:    func() (content.Date, error) { return content.Date{Year: 2026, Month: 11, Day: 24}, nil },
			Preview:  server,
			Listener: listener,
			Built:    func(b Built) { builds <- b },
			Notify:   func(message string) { messages <- message },
		})
	}()
	status := func() int {
		t.Helper()
		response, err := http.Get(server.URL(listener.Addr()))
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode
	}
	if b := await(t, builds); b.Result.Failed() || status() != http.StatusOK {
		t.Fatalf("at first: %v", b.Result.Problems)
	}
	broken.Store(true)
	setLanguage("en-GB") // which makes the build load the theme again
	if message := await(t, messages); !strings.Contains(message, "a slice of length 0") || !strings.Contains(message, "faulty.Open") {
		t.Errorf("reported: %s", message)
	}
	if got := status(); got != http.StatusOK {
		t.Errorf("the last site without errors answers with status %d", got)
	}
	broken.Store(false)
	setLanguage("en")
	if b := await(t, builds); b.Result.Failed() || !b.Shown {
		t.Errorf("after the fault: %+v", b)
	}
	stop()
	if err := await(t, ended); err != nil {
		t.Error(err)
	}
}

func await[T any](t *testing.T, from <-chan T) (value T) {
	t.Helper()
	select {
	case value = <-from:
	case <-time.After(5 * time.Minute):
		t.Fatal("no value in time")
	}
	return value
}
