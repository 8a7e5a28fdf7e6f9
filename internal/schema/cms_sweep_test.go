//go:build sweep

package schema_test

import (
	"bytes"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/schema"
)

// TestCMSProgramSweep checks that the configuration is valid for the schema that Sveltia
// CMS publishes, and that the page has the hash of its script.
func TestCMSProgramSweep(t *testing.T) {
	program := os.Getenv("CASEBOOK_CMS") // the folder of the npm package @sveltia/cms
	if program == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("CASEBOOK_CMS does not name the folder of @sveltia/cms")
		}
		t.Skip("CASEBOOK_CMS does not name the folder of @sveltia/cms")
	}
	published, err := os.Open(filepath.Join(program, "schema", "sveltia-cms.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer published.Close()
	document, err := jsonschema.UnmarshalJSON(published)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("cms.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("cms.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, backend := range []string{"github", "gitlab"} {
		config, _ := cmsConfig(t, schema.CMSOptions{Backend: backend, Repo: "our/kb", Branch: "main"})
		encoded, err := json.Marshal(config)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(encoded))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(value); err != nil {
			t.Errorf("%s: %v", backend, err)
		}
	}

	script, err := os.ReadFile(filepath.Join(program, "dist", "sveltia-cms.js"))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha512.Sum384(script)
	lib, _ := library.New([]*content.Parsed{content.Parse("site.yaml", []byte("title: T\n"))}, library.Options{})
	files, err := schema.CMS(lib, schema.CMSOptions{Backend: "github", Repo: "our/kb", Branch: "main", Content: fstest.MapFS{}})
	if err != nil {
		t.Fatal(err)
	}
	if want := "sha384-" + base64.StdEncoding.EncodeToString(sum[:]); !strings.Contains(string(files[1].Data), want) {
		t.Errorf("the page does not contain %s", want)
	}
}
