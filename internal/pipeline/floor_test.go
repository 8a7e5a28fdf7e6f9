package pipeline_test

import (
	"bytes"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"go.yaml.in/yaml/v3"
)

// BenchmarkFloor measures the least that any generator must do with the same case
// studies: read them, parse front matter and Markdown, execute one small template, and
// write. Because machines differ, compare BenchmarkProcess with it in the same run.
func BenchmarkFloor(b *testing.B) {
	for _, n := range sizes {
		dir := b.TempDir()
		writeCorpus(b, n, dir)
		files, err := filepath.Glob(filepath.Join(dir, "content", "cases", "*.md"))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			markdown := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.Typographer))
			page := template.Must(template.New("").Parse(`<!doctype html><title>{{.Title}}</title><h1>{{.Title}}</h1>{{.Body}}`))
			for b.Loop() {
				out := b.TempDir()
				var next atomic.Int64
				var wg sync.WaitGroup
				for range runtime.GOMAXPROCS(0) {
					wg.Go(func() {
						for i := int(next.Add(1)) - 1; i < len(files); i = int(next.Add(1)) - 1 {
							if err := floor(markdown, page, files[i], out); err != nil {
								b.Error(err)
							}
						}
					})
				}
				wg.Wait()
			}
			perCase(b, n)
		})
	}
}

func floor(markdown goldmark.Markdown, page *template.Template, file, out string) error {
	source, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	front, body, _ := strings.Cut(strings.TrimPrefix(string(source), "---\n"), "\n---\n")
	var fields map[string]any
	if err := yaml.Unmarshal([]byte(front), &fields); err != nil {
		return err
	}
	var html, whole bytes.Buffer
	if err := markdown.Convert([]byte(body), &html); err != nil {
		return err
	}
	title, _ := fields["title"].(string)
	data := struct {
		Title string
		Body  template.HTML
	}{title, template.HTML(html.String())}
	if err := page.Execute(&whole, data); err != nil {
		return err
	}
	dir := filepath.Join(out, strings.TrimSuffix(filepath.Base(file), ".md"))
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "index.html"), whole.Bytes(), 0o644)
}
