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

func TestSearchIsSmallAndLoadsWhereItIsNeeded(t *testing.T) {
	const maxClient = 10 * 1024
	loaded := loadDefault(t)
	var scripts []string
	for _, asset := range loaded.Assets() {
		if path.Ext(asset.Path) == ".js" {
			scripts = append(scripts, asset.Path)
			if n := compressed(t, asset.Data); n > maxClient {
				t.Errorf("%s weighs %d bytes, more than %d", asset.Path, n, maxClient)
			}
		}
	}
	if len(scripts) != 1 {
		t.Fatalf("the scripts are %q, want the search alone", scripts)
	}
	for _, page := range samples(t) {
		_, own := page.(*site.SearchPage)
		if has := strings.Contains(render(t, loaded, page), scripts[0]); has != own {
			t.Errorf("%T loads the search: %v", page, has)
		}
	}
}

func TestEveryPageHasOneSearchBox(t *testing.T) {
	loaded := loadDefault(t)
	for _, page := range samples(t) {
		root := dom(t, render(t, loaded, page))
		forms := cascadia.QueryAll(root, cascadia.MustCompile("form"))
		if len(forms) != 1 || attribute(forms[0], "role") != "search" || attribute(forms[0], "action") != site.Of(page).Root+"search/" {
			t.Errorf("%T: the forms are not one search", page)
		}
		if cascadia.Query(root, cascadia.MustCompile("form label > input[type=search][name=q]")) == nil {
			t.Errorf("%T: there is no labelled box for the query", page)
		}
	}
}

// TestSearchSaysWhatTheThemeHas compares the strings that the script asks for with those that the page hands it.
func TestSearchSaysWhatTheThemeHas(t *testing.T) {
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
			t.Errorf("the script says %q, which the theme has no string for", "found."+key)
		}
	}
	for key := range words {
		if !asked[key] {
			t.Errorf("the script never says %q", "found."+key)
		}
	}
	if got, want := words["total"], map[string]string{"one": "{1} result", "other": "{1} results"}; got["one"] != want["one"] || got["other"] != want["other"] {
		t.Errorf("plural forms: got %q, want %q", got, want)
	}
}

// TestSearchMakesNoHTML: texts of results and queries are anyone's.
func TestSearchMakesNoHTML(t *testing.T) {
	forbidden := []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "createContextualFragment", "eval(", "Function("}
	for _, asset := range loadDefault(t).Assets() {
		if path.Ext(asset.Path) != ".js" {
			continue
		}
		if i := slices.IndexFunc(forbidden, func(name string) bool { return strings.Contains(string(asset.Data), name) }); i >= 0 {
			t.Errorf("%s uses %s", asset.Path, forbidden[i])
		}
	}
}
