package pipeline_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"casebook/internal/pipeline"
	"casebook/internal/problem"
)

// noise returns a text that compresses badly.
func noise(words int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for range words {
		for range 1 + random.IntN(8) {
			b.WriteByte(byte('a' + random.IntN(26)))
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func rules(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, ".c%d { margin: %dpx %dpx %dpx }\n", i, random.IntN(1e6), random.IntN(1e6), random.IntN(1e6))
	}
	return b.String()
}

func script(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for range n {
		fmt.Fprintf(&b, "console.log(%d);\n", random.IntN(1e9))
	}
	return b.String()
}

// TestBudgets makes each part that has a budget too large, and small again, with the same
// builder.
func TestBudgets(t *testing.T) {
	files := readFolder(t, goldenInput)
	const (
		story = "content/cases/governance.md"
		style = "themes/own/assets/site.css"
		box   = "themes/own/partials/search-box.html"
	)
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	for _, step := range []struct {
		name string
		edit func(folder)
		want []string // "code file"
	}{
		{"as it is", func(folder) {}, nil},
		{"long text", func(f folder) { f[story] += noise(5_000) }, []string{"page-weight content/cases/governance.md"}},
		{"shorter text", func(f folder) { f[story] = f[story][:len(f[story])-len(noise(5_000))] }, nil},
		{"large style", func(f folder) { f[style] = rules(900) }, []string{"style-weight content/site.yaml"}},
		{"small style", func(f folder) { f[style] = "p { margin: 0 }\n" }, nil},
		{"script on all pages", func(f folder) {
			f[box] = `<form class="search" action="{{.Root}}search/" role="search"></form><script type="module" src="{{.Root}}{{asset "own.ts"}}"></script>`
			f["themes/own/assets/own.ts"] = script(400)
		}, []string{"script-weight content/site.yaml"}},
	} {
		dir := t.TempDir()
		step.edit(files)
		files.write(t, dir)
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil || result.Snapshot == nil {
			t.Fatal(step.name, err, result.Problems)
		}
		got := map[string]bool{}
		for _, p := range result.Problems {
			if strings.HasSuffix(p.Code, "-weight") {
				got[p.Code+" "+p.File] = true
				if p.Severity != problem.Warning || !strings.Contains(p.Message, "bytes compressed") {
					t.Errorf("%s: %v", step.name, p)
				}
			}
		}
		for _, want := range step.want {
			if !got[want] {
				t.Errorf("%s: %s is not among the problems %v", step.name, want, result.Problems)
			}
		}
		if len(got) > len(step.want) {
			t.Errorf("%s: %v", step.name, result.Problems)
		}
	}
}
