// Package assets bundles and minifies a theme's stylesheets and scripts.
//
// It takes entry points (CSS, TypeScript or JavaScript) from an fs.FS and gives back, for each, one file named by its
// content, so that a page may be cached for ever. It touches no disk and depends on nothing but its input: the same
// files give the same bytes. The pictures and fonts that a stylesheet names with a relative url() become files beside it,
// named by their content too. It checks no types, and knows nothing of pictures that pages name.
package assets

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// Options says what to bundle.
type Options struct {
	FS      fs.FS            // required: the files that entries and relative imports are read from
	Entries []string         // paths in FS, such as "assets/site.css" and "assets/search.ts"
	Modules map[string]fs.FS // bare imports: "casebook/search" reads index.ts of its files, "casebook/search/plan" plan.ts
}

// Output is one bundled file.
type Output struct {
	Path  string // base name with the content's hash: "site.3f2a9c01d4e5b6a7.css"
	Data  []byte
	Files []Output // the pictures and fonts that it names by their Path
}

// Problem is one thing wrong with the sources. Line and Column count from 1, columns in bytes; both are 0 when the
// problem belongs to a whole file.
type Problem struct {
	File         string
	Line, Column int
	Message      string
}

// Build bundles every entry. Its result is keyed by entry. With any problem there are no outputs; err is for what is
// not the author's to mend.
func Build(opts Options) (map[string]Output, []Problem, error) {
	outputs := make(map[string]Output, len(opts.Entries))
	var problems []Problem
	for _, entry := range opts.Entries {
		// One run per entry: in one run with several, a source shared by two would be named after both.
		result := api.Build(settings(opts, entry))
		for _, m := range slices.Concat(result.Errors, result.Warnings) {
			problems = append(problems, toProblem(entry, m))
		}
		if len(result.Errors) > 0 {
			continue
		}
		var out Output
		for _, f := range result.OutputFiles {
			switch path.Ext(f.Path) {
			case ".css", ".js":
				out.Path, out.Data = hashedName(entry, f.Contents), f.Contents
			default:
				out.Files = append(out.Files, Output{Path: path.Base(filepath.ToSlash(f.Path)), Data: f.Contents})
			}
		}
		if out.Path == "" {
			return nil, nil, fmt.Errorf("bundle %q: nothing comes of it", entry)
		}
		outputs[entry] = out
	}
	if len(problems) > 0 {
		slices.SortFunc(problems, compareProblems)
		return nil, slices.Compact(problems), nil
	}
	return outputs, nil, nil
}

func settings(opts Options, entry string) api.BuildOptions {
	return api.BuildOptions{
		EntryPoints: []string{entry},
		Bundle:      true,
		Write:       false,
		LogLevel:    api.LogLevelSilent,
		// An absolute root that need not exist: nothing is ever read from or written to disk.
		AbsWorkingDir: "/",
		Outdir:        "/",
		AssetNames:    "[name].[hash]",
		Format:        api.FormatESModule,
		Target:        api.ES2022,
		// The oldest browsers of the same year, for CSS, which has no yearly editions.
		Engines: []api.Engine{
			{Name: api.EngineChrome, Version: "103"},
			{Name: api.EngineFirefox, Version: "102"},
			{Name: api.EngineSafari, Version: "15.6"},
		},
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		TsconfigRaw:       `{"compilerOptions": {"strict": true, "verbatimModuleSyntax": true}}`,
		Plugins:           []api.Plugin{virtualFiles(opts)},
	}
}

func hashedName(entry string, data []byte) string {
	base, ext := path.Base(entry), path.Ext(entry)
	name := strings.TrimSuffix(base, ext)
	if ext != ".css" {
		ext = ".js"
	}
	sum := sha256.Sum256(data)
	return name + "." + hex.EncodeToString(sum[:8]) + ext
}

func toProblem(entry string, m api.Message) Problem {
	if m.Location == nil {
		return Problem{File: entry, Message: m.Text}
	}
	file := strings.TrimPrefix(m.Location.File, namespace+":")
	return Problem{File: file, Line: m.Location.Line, Column: m.Location.Column + 1, Message: m.Text}
}

func compareProblems(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message),
	)
}
