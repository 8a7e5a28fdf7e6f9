// Package internal_test checks the structure of the code, such as which package may import
// which.
package internal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// levels is the order of the packages: each may import only packages of a lower level.
// Packages below level 0 are for all: each package may report problems, check file names
// and work in parallel. A package of level 0 may import no others.
var levels = map[string]int{
	"changeset": -1,
	"filename":  -1,
	"letters":   -1,
	"parallel":  -1,
	"problem":   -1,
	"stamp":     -1,

	"atlas":       0,
	"markdown":    0,
	"media":       0,
	"assets":      0,
	"cache":       0,
	"corpus":      0, // only for tests
	"cost":        0, // only for tests
	"docs":        0,
	"drawing":     0,
	"frontmatter": 0,
	"places":      0,
	"search":      0,
	"render":      0,
	"source":      0,
	"publish":     0,
	"twin":        0,
	"watch":       0,
	"content":     1,
	"library":     2,
	"offline":     1,
	"book":        4,
	"outside":     2,
	"answers":     3,
	"citation":    2,
	"draft":       2,
	"word":        0,
	"wordpress":   0,
	"importing":   3,
	"interview":   4,
	"site":        3,
	"advice":      4,
	"schema":      3,
	"rename":      3,
	"survey":      3,
	"theme":       4,
	"export":      4,
	"pipeline":    5,
	"preview":     6,
	"live":        7,

	"atlas/generate":  0, // programs for developers
	"places/generate": 0,
}

// owners lists the packages that may import each third-party library.
var owners = map[string][]string{
	"charm.land/huh/v2":                            {"casebook/internal/interview"},
	"github.com/adrg/frontmatter":                  {"casebook/internal/frontmatter", "casebook/internal/importing"},
	"github.com/hbollon/go-edlib":                  {"casebook/internal/frontmatter", "casebook/internal/library"},
	"github.com/blevesearch/bleve/v2":              {"casebook/internal/search"},
	"github.com/blevesearch/bleve_index_api":       {"casebook/internal/search"},
	"github.com/blevesearch/scorch_segment_api":    {"casebook/internal/search"},
	"github.com/blevesearch/snowballstem":          {"casebook/internal/library", "casebook/internal/search"},
	"github.com/evanw/esbuild":                     {"casebook/internal/assets"},
	"github.com/fsnotify/fsnotify":                 {"casebook/internal/watch"},
	"github.com/github/go-spdx/v2":                 {"casebook/internal/content"},
	"github.com/klauspost/compress":                {"casebook/internal/offline", "casebook/internal/pipeline", "casebook/internal/search"},
	"github.com/gofrs/flock":                       {"casebook/internal/publish"},
	"github.com/jba/templatecheck":                 {"casebook/internal/theme"},
	"github.com/schollz/progressbar/v3":            {"casebook/cmd/casebook"},
	"github.com/spf13/cobra":                       {"casebook/cmd/casebook"},
	"github.com/aymanbagabas/go-udiff":             {"casebook/cmd/casebook"},
	"github.com/xuri/excelize/v2":                  {"casebook/internal/importing"},
	"github.com/yuin/goldmark":                     {"casebook/internal/markdown"},
	"go.yaml.in/yaml/v3":                           {"casebook/internal/frontmatter", "casebook/internal/importing", "casebook/internal/schema", "casebook/internal/theme"},
	"github.com/go-fonts/liberation":               {"casebook/internal/drawing"},
	"golang.org/x/image":                           {"casebook/internal/drawing", "casebook/internal/media"},
	"github.com/modelcontextprotocol":              {"casebook/internal/answers", "casebook/cmd/casebook"},
	"github.com/JohannesKaufmann/html-to-markdown": {"casebook/internal/twin", "casebook/internal/wordpress"},
	"github.com/JohannesKaufmann/dom":              {"casebook/internal/book", "casebook/internal/wordpress"},
	"golang.org/x/net":                             {"casebook/internal/book", "casebook/internal/offline", "casebook/internal/twin", "casebook/internal/wordpress"},
	"golang.org/x/sync":                            {"casebook/internal/parallel", "casebook/internal/search"},
	"golang.org/x/sys":                             {"casebook/internal/pipeline", "casebook/internal/publish", "casebook/internal/source", "casebook/internal/watch"},
	"golang.org/x/text":                            nil,
}

// listed is a package in the output of "go list -json".
type listed struct {
	ImportPath string
	Imports    []string
}

func list(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "casebook/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []listed
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

func TestImportsPointDown(t *testing.T) {
	for _, p := range list(t) {
		name, ok := strings.CutPrefix(p.ImportPath, "casebook/internal/")
		if !ok {
			continue
		}
		level, known := levels[name]
		if !known {
			t.Errorf("package %s has no level: add it to the table and to the design", name)
		}
		for _, imported := range p.Imports {
			if other, ok := strings.CutPrefix(imported, "casebook/internal/"); ok && levels[other] >= level {
				t.Errorf("%s (level %d) imports %s (level %d)", name, level, other, levels[other])
			}
			if strings.HasPrefix(imported, "casebook/cmd") || imported == "casebook/themes" {
				t.Errorf("%s imports %s", name, imported)
			}
		}
	}
}

func TestLibrariesHaveOneOwner(t *testing.T) {
	for _, p := range list(t) {
		for _, imported := range p.Imports {
			if !strings.Contains(strings.Split(imported, "/")[0], ".") {
				continue // the standard library, or our own
			}
			allowed, found := ownersOf(imported)
			if !found {
				t.Errorf("%s imports %s, which is not in owners: if it is needed, add it there, and its reason to the table in internal/README.md", p.ImportPath, imported)
			} else if allowed != nil && !slices.Contains(allowed, p.ImportPath) {
				t.Errorf("%s imports %s, which only %v may import", p.ImportPath, imported, allowed)
			}
		}
	}
}

func ownersOf(imported string) ([]string, bool) {
	for library, allowed := range owners {
		if imported == library || strings.HasPrefix(imported, library+"/") {
			return allowed, true
		}
	}
	return nil, false
}
