package theme_test

import (
	"io/fs"
	"reflect"
	"strings"
	"sync"
	"testing"

	"casebook/internal/content"
	"casebook/internal/problem"
	"casebook/internal/site"
	"casebook/internal/theme"
	"casebook/themes"
)

// defaultLayer returns the default theme as a layer.
func defaultLayer(t testing.TB) theme.Layer {
	t.Helper()
	files, err := fs.Sub(themes.FS, "default")
	if err != nil {
		t.Fatal(err)
	}
	return theme.Layer{Name: "themes/default", FS: files}
}

// loadDefault loads the default theme, and fails if that has problems.
func loadDefault(t testing.TB) *theme.Theme {
	t.Helper()
	loaded, problems := theme.Load([]theme.Layer{defaultLayer(t)}, theme.Words{Language: "en-GB"})
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
		site.Of(page).Site = &site.Chrome{Slugs: content.Terms{}.Slugs()}
		if _, _, err := loaded.Render(nil, page); err != nil {
			t.Error(err)
		}
	}
}

// TestUnknownTypeIsShown checks that a type for which the theme has no string is shown as
// words.
func TestUnknownTypeIsShown(t *testing.T) {
	page := &site.OrganisationPage{Organisation: &content.OrganisationFields{Type: "primary-school"}}
	page.Site = &site.Chrome{Slugs: content.Terms{}.Slugs()}
	if got := render(t, loadDefault(t), page); !strings.Contains(got, ">Primary school<") {
		t.Errorf("the type is not shown as words in\n%s", got)
	}
}

// TestRenderEqualsHTMLTemplate compares the output of Render with that of
// html/template, with harmless and with hostile texts.
func TestRenderEqualsHTMLTemplate(t *testing.T) {
	loaded := loadDefault(t)
	for _, text := range append([]string{""}, payloads()...) {
		for _, page := range samples(t) {
			if text != "" {
				fill(reflect.ValueOf(page), text)
			}
			want, err := loaded.RenderByHTMLTemplate(page)
			if err != nil {
				t.Fatal(err)
			}
			if got := render(t, loaded, page); got != string(want) {
				t.Errorf("%T with %q:\n got %s\nwant %s", page, text, got, want)
			}
		}
	}
}

// TestSlowLayoutRenders checks that a layout that only html/template can execute is rendered.
func TestSlowLayoutRenders(t *testing.T) {
	loaded, problems := over(t, map[string]string{"layouts/year.html": "<title>{{t \"year.title\" .Year}}</title>\n{{index .Breadcrumbs 0}}"})
	if loaded == nil || len(problems) != 1 || problems[0].Code != "theme-slow" || problems[0].Position() != "themes/ours/layouts/year.html:2:3" {
		t.Fatal(problems)
	}
	page := &site.YearPage{Year: "2016"}
	page.Breadcrumbs = []site.Link{{Label: "<Home>"}}
	if got, want := render(t, loaded, page), "<title>2016: work that took place, or was described</title>\n{&lt;Home&gt;  }"; got != want {
		t.Errorf("got %s, want %s", got, want)
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
				if got, _, err := loaded.Render(nil, page); err != nil || string(got) != want[i] {
					t.Errorf("%T differs when pages are rendered at the same time: %v", page, err)
				}
			}
		})
	}
	group.Wait()
}
