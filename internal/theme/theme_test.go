package theme_test

import (
	"io/fs"
	"sync"
	"testing"

	"casebook/internal/problem"
	"casebook/internal/site"
	"casebook/internal/theme"
	"casebook/themes"
)

// defaultLayer is the theme that casebook comes with.
func defaultLayer(t testing.TB) theme.Layer {
	t.Helper()
	files, err := fs.Sub(themes.FS, "default")
	if err != nil {
		t.Fatal(err)
	}
	return theme.Layer{Name: "themes/default", FS: files}
}

// loadDefault loads the default theme, which has to be without a flaw.
func loadDefault(t testing.TB) *theme.Theme {
	t.Helper()
	loaded, problems := theme.Load([]theme.Layer{defaultLayer(t)}, "en-GB")
	for _, p := range problems {
		t.Errorf("%v", p)
	}
	if problem.Count(problems, problem.Error) > 0 {
		t.FailNow()
	}
	return loaded
}

func TestDefaultThemeIsWithoutProblems(t *testing.T) { loadDefault(t) }

func TestEmptyPagesRender(t *testing.T) {
	loaded := loadDefault(t)
	for _, page := range site.Kinds() {
		site.Of(page).Site = &site.Chrome{}
		if _, err := loaded.Render(page); err != nil {
			t.Error(err)
		}
	}
}

func TestRenderIsSafeForConcurrentUse(t *testing.T) {
	loaded := loadDefault(t)
	pages := samples(t)
	want := make([]string, len(pages))
	for i, page := range pages {
		want[i] = render(t, loaded, page)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i, page := range pages {
				if got, err := loaded.Render(page); err != nil || string(got) != want[i] {
					t.Errorf("%T differs when it is rendered beside others: %v", page, err)
				}
			}
		})
	}
	group.Wait()
}
