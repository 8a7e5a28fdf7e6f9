package theme_test

import (
	"encoding/json"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"

	"casebook/internal/search"
	"casebook/internal/site"
)

// TestScripts checks that each page loads one small script, an interactive page also its own, and the search page only its own.
func TestScripts(t *testing.T) {
	loaded := loadDefault(t)
	address := map[string]string{} // addresses of scripts, by the first part of their file names
	for _, asset := range loaded.Assets() {
		if path.Ext(asset.Path) != ".js" {
			continue
		}
		name, _, _ := strings.Cut(path.Base(asset.Path), ".")
		address[name] = asset.Path
		most, known := map[string]int{"site": 2 << 10, "search": 16_850, "coverage": 2 << 10, "compare": 14_050, "health-check": 2 << 10, "saved": 2 << 10, "form": 6 << 10, "suggest": 4 << 10}[name]
		if n := compressed(t, asset.Data); !known || n > most {
			t.Errorf("%s has %d bytes, want at most %d", asset.Path, n, most)
		}
	}
	for _, page := range samples(t) {
		want := []string{address["site"]}
		switch page.(type) {
		case *site.SearchPage:
			want = []string{address["search"]} // which has what the page needs of the first
		case *site.SavedPage:
			want = append(want, address["saved"])
		case *site.ComparePage:
			want = append(want, address["compare"])
		case *site.CoveragePage:
			want = append(want, address["coverage"])
		case *site.HealthCheckPage:
			want = append(want, address["health-check"])
		case *site.FormPage:
			want = append(want, address["form"])
		}
		root := dom(t, render(t, loaded, page))
		var got []string
		for _, script := range cascadia.QueryAll(root, cascadia.MustCompile("script[type=module][src]")) {
			got = append(got, strings.TrimPrefix(attribute(script, "src"), site.Of(page).Root))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%T loads %q, want %q", page, got, want)
		}
		form := cascadia.Query(root, cascadia.MustCompile("form.search"))
		suggestions := address["suggest"]
		if _, isSearch := page.(*site.SearchPage); isSearch {
			suggestions = "" // the page itself shows results while the reader types
		}
		if got := attribute(form, "data-suggest"); got != suggestions {
			t.Errorf("%T: the search box loads %q, want %q", page, got, suggestions)
		}
	}
}

func TestEveryPageHasOneSearchBox(t *testing.T) {
	loaded := loadDefault(t)
	for _, page := range samples(t) {
		root := dom(t, render(t, loaded, page))
		forms := cascadia.QueryAll(root, cascadia.MustCompile("form[action]"))
		if len(forms) != 1 || attribute(forms[0], "role") != "search" || attribute(forms[0], "action") != site.Of(page).Root+"search/" {
			t.Errorf("%T: want exactly one search form", page)
		}
		if cascadia.Query(root, cascadia.MustCompile("form label > input[type=search][name=q]")) == nil {
			t.Errorf("%T: there is no labelled box for the query", page)
		}
	}
}

// TestSearchStrings checks that the page has exactly the strings that the script uses.
func TestSearchStrings(t *testing.T) {
	asked := map[string]bool{}
	for _, group := range search.Groups() {
		asked[group.String()] = true
	}
	sources, err := fs.Glob(defaultLayer(t).FS, "assets/search/*.ts")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sources {
		source, err := fs.ReadFile(defaultLayer(t).FS, name)
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range regexp.MustCompile(`\.say\(([^,)]+)`).FindAllStringSubmatch(string(source), -1) {
			for _, key := range regexp.MustCompile(`"(\w+)"`).FindAllStringSubmatch(call[1], -1) {
				asked[key[1]] = true
			}
		}
	}

	page := dom(t, render(t, loadDefault(t), sampleSearch()))
	var words map[string]map[string]string
	if err := json.Unmarshal([]byte(attribute(cascadia.Query(page, cascadia.MustCompile("#found")), "data-words")), &words); err != nil {
		t.Fatal(err)
	}
	for key := range asked {
		if words[key]["other"] == "" {
			t.Errorf("the script uses the string %q, which the theme lacks", "found."+key)
		}
	}
	for key := range words {
		if !asked[key] {
			t.Errorf("the script does not use the string %q", "found."+key)
		}
	}
	if got, want := words["total"], map[string]string{"one": "{1} result", "other": "{1} results"}; got["one"] != want["one"] || got["other"] != want["other"] {
		t.Errorf("plural forms: got %q, want %q", got, want)
	}
}

// TestScriptsInsertNoHTML checks that scripts do not insert HTML, because the texts of results
// and queries are untrusted. Only the comparison and the excerpts of the search parse HTML:
// that of the site's pages, in a separate document, of which they use the text.
func TestScriptsInsertNoHTML(t *testing.T) {
	forbidden := []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "createContextualFragment", "eval(", "Function("}
	for _, asset := range loadDefault(t).Assets() {
		if path.Ext(asset.Path) != ".js" {
			continue
		}
		if i := slices.IndexFunc(forbidden, func(name string) bool {
			return strings.Contains(string(asset.Data), name) && !(name == "DOMParser" && (strings.HasPrefix(path.Base(asset.Path), "compare.") || strings.HasPrefix(path.Base(asset.Path), "search.")))
		}); i >= 0 {
			t.Errorf("%s uses %s", asset.Path, forbidden[i])
		}
	}
}
