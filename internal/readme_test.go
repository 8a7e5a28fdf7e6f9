package internal_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// moduleRow is a row of the table of dependencies: a module, the packages that
// use it, and why it is used.
var moduleRow = regexp.MustCompile(`(?m)^\| \[([^]]+)\]\(https://[^)]+\) \| ([^|]+) \| [^|]+ \|$`)

// TestDependenciesAreDocumented compares the table of dependencies in README.md
// with the modules that the go.mod of casebook and of casebook-deploy require
// directly and with owners.
func TestDependenciesAreDocumented(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]string{}
	for _, row := range moduleRow.FindAllStringSubmatch(string(text), -1) {
		documented[row[1]] = row[2]
	}
	required := directRequirements(t, "..")
	ofDeploy := directRequirements(t, "../cmd/casebook-deploy")
	for _, module := range slices.Sorted(maps.Keys(required)) {
		if want := users(module, required[module]); documented[module] != want {
			t.Errorf("%s is used by %q, but the table of dependencies in internal/README.md says %q", module, want, documented[module])
		}
	}
	for module := range ofDeploy {
		if documented[module] == "" && module != "casebook" {
			t.Errorf("%s is used by cmd/casebook-deploy, but the table of dependencies in internal/README.md lacks it", module)
		}
	}
	for module := range documented {
		_, found := required[module]
		if _, too := ofDeploy[module]; !found && !too {
			t.Errorf("the table of dependencies in internal/README.md names %s, which no go.mod requires", module)
		}
	}
	for library := range owners {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(required)), func(module string) bool { return module == library || strings.HasPrefix(module, library+"/") }) {
			t.Errorf("owners names %s, which go.mod does not require", library)
		}
	}
}

// packageRow is a row of the table of packages: a level and a name.
var packageRow = regexp.MustCompile("(?m)^\\| (−?[0-9]) \\| `([a-z]+)` \\| [^|]+ \\|$")

// TestPackagesAreDocumented compares the table of packages in README.md with
// levels.
func TestPackagesAreDocumented(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	documented := map[string]string{}
	for _, row := range packageRow.FindAllStringSubmatch(string(text), -1) {
		documented[row[2]] = strings.ReplaceAll(row[1], "−", "-")
	}
	for name, level := range levels {
		if want := strconv.Itoa(level); documented[name] != want && !strings.Contains(name, "/") {
			t.Errorf("package %s has level %s, but the table of packages in internal/README.md says %q", name, want, documented[name])
		}
	}
	for name := range documented {
		if _, found := levels[name]; !found {
			t.Errorf("the table of packages in internal/README.md names %s, which does not exist", name)
		}
	}
}

// requirement says why go.mod requires a module: for code, or as a tool.
type requirement bool

const (
	forCode requirement = false
	forTool requirement = true
)

// directRequirements returns the modules that the go.mod in a folder requires directly.
func directRequirements(t *testing.T, dir string) map[string]requirement {
	t.Helper()
	out, err := exec.Command("go", "mod", "edit", "-json", filepath.Join(dir, "go.mod")).Output()
	if err != nil {
		t.Fatal(err)
	}
	var mod struct {
		Require []struct {
			Path     string
			Indirect bool
		}
		Tool []struct{ Path string }
	}
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&mod); err != nil {
		t.Fatal(err)
	}
	direct := map[string]requirement{}
	for _, r := range mod.Require {
		if !r.Indirect {
			direct[r.Path] = forCode
		}
		for _, tool := range mod.Tool {
			if tool.Path == r.Path || strings.HasPrefix(tool.Path, r.Path+"/") {
				direct[r.Path] = forTool
			}
		}
	}
	return direct
}

// users returns the packages that may import a module, as the table names them.
func users(module string, why requirement) string {
	if why == forTool {
		return "tool"
	}
	packages, found := ownersOf(module)
	switch {
	case !found:
		return "tests"
	case packages == nil:
		return "any"
	}
	var names []string
	for _, p := range packages {
		names = append(names, strings.TrimPrefix(strings.TrimPrefix(p, "casebook/internal/"), "casebook/"))
	}
	return strings.Join(names, ", ")
}
