package schema_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/schema"
)

// cmsConfig returns the configuration for a small library, and its collections by name.
func cmsConfig(t *testing.T, options schema.CMSOptions) (config map[string]any, collections map[string]map[string]any) {
	t.Helper()
	options.Content = fstest.MapFS{
		"organisations.yaml": {Data: []byte("# Who takes part.\n- {id: trust, name: A Trust}\n")},
		"references.yaml":    {Data: []byte("references:\n  - {id: report, type: report, title: R}\n")},
	}
	lib, problems := library.New([]*content.Parsed{content.Parse("site.yaml", []byte("title: T\n"))}, library.Options{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	files, err := schema.CMS(lib, options)
	if err != nil || len(files) != 2 || files[0].Name != "config.yml" || files[1].Name != "index.html" {
		t.Fatalf("got %v, %v", files, err)
	}
	if err := yaml.Unmarshal(files[0].Data, &config); err != nil {
		t.Fatal(err)
	}
	collections = map[string]map[string]any{}
	for _, c := range config["collections"].([]any) {
		collections[c.(map[string]any)["name"].(string)] = c.(map[string]any)
	}
	return config, collections
}

// fieldsOf returns the fields of a collection or a file, by name.
func fieldsOf(of map[string]any) map[string]map[string]any {
	fields := map[string]map[string]any{}
	for _, f := range of["fields"].([]any) {
		fields[f.(map[string]any)["name"].(string)] = f.(map[string]any)
	}
	return fields
}

func TestCMS(t *testing.T) {
	config, collections := cmsConfig(t, schema.CMSOptions{Backend: "github", Repo: "our/kb", Branch: "main"})
	backend := config["backend"].(map[string]any)
	if backend["repo"] != "our/kb" || backend["open_authoring"] != true || config["publish_mode"] != "editorial_workflow" {
		t.Errorf("got %v", config)
	}
	cases := fieldsOf(collections["cases"])
	for name, want := range map[string]map[string]any{
		"title":       {"widget": "string", "required": true, "maxlength": 200},
		"kind":        {"widget": "select", "required": false},
		"hallmarks":   {"widget": "relation", "collection": "principles", "value_field": "hallmarks.*.id", "multiple": true},
		"disciplines": {"widget": "relation", "collection": "lists", "file": "disciplines", "value_field": "items.*.id"},
		"partners":    {"widget": "relation", "file": "organisations", "value_field": "items.*.id", "multiple": true},
		"sources":     {"widget": "relation", "file": "references", "value_field": "references.*.id"},
		"countries":   {"widget": "select", "multiple": true},
		"draft":       {"widget": "boolean", "default": false},
		"body":        {"widget": "markdown"},
	} {
		for key, value := range want {
			if cases[name][key] != value {
				t.Errorf("%s: %s is %v, want %v", name, key, cases[name][key], value)
			}
		}
	}
	roots := map[string]any{}
	for _, f := range collections["lists"]["files"].([]any) {
		for name, field := range fieldsOf(f.(map[string]any)) {
			roots[f.(map[string]any)["name"].(string)+" "+name] = field["root"]
		}
	}
	if roots["organisations items"] != true || roots["references references"] != nil {
		t.Errorf("got %v", roots)
	}
	if config, _ := cmsConfig(t, schema.CMSOptions{Backend: "gitlab", Repo: "our/kb", Branch: "main"}); config["backend"].(map[string]any)["open_authoring"] != nil {
		t.Error("GitLab has open authoring, which only GitHub supports")
	}
}

// TestCMSLimits checks that each field is in the form, or is listed as a limit in the
// documentation.
func TestCMSLimits(t *testing.T) {
	page, err := os.ReadFile("../docs/starting.md")
	if err != nil {
		t.Fatal(err)
	}
	_, limits, _ := strings.Cut(string(page), "## An editor in the browser")
	limits, _, _ = strings.Cut(limits, "\n## ")
	_, collections := cmsConfig(t, schema.CMSOptions{Backend: "github", Repo: "our/kb", Branch: "main"})
	for _, kind := range content.Model() {
		folder, _, isFolder := strings.Cut(kind.Files[0], "/")
		if !isFolder {
			continue
		}
		fields := fieldsOf(collections[folder])
		for _, f := range kind.Fields {
			if (fields[f.Key] == nil) != strings.Contains(limits, "`"+f.Key+"`") {
				t.Errorf("%s of %s: in the form: %v; the limits in the documentation say the opposite", f.Key, kind.What, fields[f.Key] != nil)
			}
		}
	}
	if !strings.Contains(limits, "`synonyms.yaml`") {
		t.Error("the limits lack synonyms.yaml")
	}
}

// TestCMSVersion checks that the page loads the version that this repository tests, and
// that it has a hash, so that a browser refuses any other script.
func TestCMSVersion(t *testing.T) {
	lib, _ := library.New([]*content.Parsed{content.Parse("site.yaml", []byte("title: T\n"))}, library.Options{})
	files, err := schema.CMS(lib, schema.CMSOptions{Backend: "github", Repo: "our/kb", Branch: "main", Content: fstest.MapFS{}})
	if err != nil {
		t.Fatal(err)
	}
	var tried struct{ DevDependencies map[string]string }
	text, err := os.ReadFile("../../.ci/package.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &tried); err != nil {
		t.Fatal(err)
	}
	want := "@sveltia/cms@" + tried.DevDependencies["@sveltia/cms"] + "/dist/sveltia-cms.js\" integrity=\"sha384-"
	if page := string(files[1].Data); !strings.Contains(page, want) {
		t.Errorf("got %s, want %s", page, want)
	}
}
