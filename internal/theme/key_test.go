package theme_test

import (
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"

	"casebook/internal/site"
	"casebook/internal/theme"
)

// TestKeyChangesWithTheme edits one part of the theme at a time, and checks that
// the key changes for the kinds of pages that change.
func TestKeyChangesWithTheme(t *testing.T) {
	if testing.Short() {
		t.Skip("loads many themes")
	}
	before := loadDefault(t)
	read := func(name string) string {
		data, err := fs.ReadFile(defaultLayer(t).FS, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for _, test := range []struct {
		name, file, text string
		want             []string // kinds of pages; nil means all
	}{
		{"layout", "layouts/year.html", read("layouts/year.html") + "<i></i>", []string{"YearPage"}},
		{"partial", "partials/case-gains.html", read("partials/case-gains.html") + "<i></i>", []string{"CasePage"}},
		{"partial of a partial", "partials/reference.html", read("partials/reference.html") + "<i></i>", []string{"CasePage", "PrinciplePage", "ResourcePage"}},
		{"string", "strings/en.yaml", "year.title: The year {1}", []string{"YearPage"}},
		{"string of a family", "strings/en.yaml", "role.funder: paid", []string{"CasePage", "FormPage"}},
		{"string of breadcrumbs", "strings/en.yaml", "disciplines.title: Fields", []string{"DisciplinePage", "DisciplinePrinciplesPage", "DisciplinesPage", "SearchPage"}},
		{"month", "strings/en.yaml", "month.11: Nov", []string{"CasePage", "DataPage", "OrganisationPage", "PrinciplePage", "ResourcePage", "WithdrawnPage"}},
		{"asset", "assets/base.css", "a{color:red}", nil},
		{"partial of all", "partials/bottom.html", read("partials/bottom.html") + "<i></i>", nil},
		{"comment", "layouts/year.html", strings.TrimSpace(read("layouts/year.html")) + "{{/* nothing new */}}", []string{}},
		{"same text again", "strings/en.yaml", "year.title: \"{1}: work that took place, or was described\"", []string{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			after, problems := over(t, map[string]string{test.file: test.text})
			if after == nil {
				t.Fatal(problems)
			}
			var keys, pages []string
			for _, page := range samples(t) {
				kind := reflect.TypeOf(page).Elem().Name()
				if keyChanges(t, page, before, after) {
					keys = append(keys, kind)
				}
				if render(t, before, page) != render(t, after, page) {
					pages = append(pages, kind)
				}
			}
			if test.want == nil {
				if len(keys) != len(site.Kinds()) {
					t.Errorf("keys changed for %v, want all", keys)
				}
				return
			}
			slices.Sort(keys)
			if !slices.Equal(keys, test.want) {
				t.Errorf("keys changed for %v, want %v", keys, test.want)
			}
			for _, kind := range pages {
				if !slices.Contains(keys, kind) {
					t.Errorf("%s changed, and its key did not", kind)
				}
			}
		})
	}
}

// keyChanges reports whether the key of a page is different with another theme.
func keyChanges(t *testing.T, page site.Page, before, after *theme.Theme) bool {
	t.Helper()
	_, used, err := before.Render(nil, page)
	if err != nil {
		t.Fatal(err)
	}
	return before.Key(page, used) != after.Key(page, used)
}

// TestKeyOfConditionalPartials checks that a partial inside a condition belongs
// only to the keys of pages that meet the condition.
func TestKeyOfConditionalPartials(t *testing.T) {
	before := loadDefault(t)
	after, problems := over(t, map[string]string{"partials/contribute.html": "<p>Write to us</p>"})
	if after == nil {
		t.Fatal(problems)
	}
	changes := map[bool]int{}
	for _, page := range samples(t) {
		differs := render(t, before, page) != render(t, after, page)
		changes[differs]++
		if keyChanges(t, page, before, after) != differs {
			t.Errorf("%s: the page changed: %v, its key changed: %v", site.Of(page).Path, differs, !differs)
		}
	}
	if changes[true] == 0 || changes[false] == 0 {
		t.Errorf("%d pages use the partial, %d do not: want some of both", changes[true], changes[false])
	}
}

func TestKeyCoversBreadcrumbs(t *testing.T) {
	before := loadDefault(t)
	after, _ := over(t, map[string]string{"strings/en.yaml": "disciplines.title: Fields"})
	for _, page := range samples(t) {
		crumb := slices.ContainsFunc(site.Of(page).Breadcrumbs, func(l site.Link) bool { return l.Key == "disciplines.title" })
		switch page.(type) {
		case *site.DisciplinesPage, *site.SearchPage:
			crumb = true // these pages show the string in their text
		}
		if changed := keyChanges(t, page, before, after); changed != crumb {
			t.Errorf("%T: key changed: %v", page, changed)
		}
	}
}

func TestRenderingIsTheSameEveryTime(t *testing.T) {
	one, two := loadDefault(t), loadDefault(t)
	for _, page := range samples(t) {
		if keyChanges(t, page, one, two) || render(t, one, page) != render(t, two, page) {
			t.Errorf("%T differs when the theme is loaded again", page)
		}
	}
	if !reflect.DeepEqual(one.Assets(), two.Assets()) || len(one.Assets()) == 0 {
		t.Error("the assets differ when the theme is loaded again")
	}
}

// TestLinksWithThemeStrings checks that links whose label is a string of the
// theme are only in the breadcrumbs and the navigation, because Key finds them only there.
func TestLinksWithThemeStrings(t *testing.T) {
	link := reflect.TypeFor[site.Link]()
	found := 0
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem(), path)
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i), path)
			}
		case reflect.Struct:
			if v.Type() == link && v.FieldByName("Key").String() != "" {
				found++
				if !strings.HasSuffix(path, ".Breadcrumbs") && !strings.HasSuffix(path, ".Site.Navigation") {
					t.Errorf("%s: the label of the link is the string %q", path, v.FieldByName("Key"))
				}
				return
			}
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					walk(v.Field(i), path+"."+f.Name)
				}
			}
		}
	}
	for _, page := range samples(t) {
		walk(reflect.ValueOf(page), reflect.TypeOf(page).Elem().Name())
	}
	if found == 0 {
		t.Error("no label of a link is a string of the theme")
	}
}
