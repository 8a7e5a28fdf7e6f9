// Package assets bundles and minifies a theme's stylesheets and scripts, and names all assets by their content.
//
// It takes entry points from an fs.FS and returns one file for each, named by its content, so that browsers may keep
// the file for ever. Stylesheets (CSS) and scripts (TypeScript or JavaScript) are bundled; every other file, such as a
// picture, is returned as it is. The pictures and fonts that a stylesheet names with a relative url() become files
// beside it. The package reads and writes no disk, and the same files give the same bytes. It checks no types.
package assets

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
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
	Entries []string         // paths in FS, such as "assets/site.css", "assets/search.ts" and "assets/logo.svg"
	Modules map[string]fs.FS // bare imports: "casebook/search" reads index.ts of its files, "casebook/search/plan" plan.ts
}

// Result is what Build made.
type Result struct {
	Outputs map[string]Output // by entry; none with a problem that is not a warning
	Read    map[string]bool   // the paths in FS of all files that were read
}

// Output is one file of the built site.
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
	Blocked      bool // a warning: the pages' security policy blocks what the stylesheet names
}

// Build makes the output of every entry. The error is not the theme author's to fix.
func Build(opts Options) (Result, []Problem, error) {
	result := Result{Outputs: make(map[string]Output, len(opts.Entries)), Read: map[string]bool{}}
	var problems []Problem
	for _, entry := range opts.Entries {
		out, found, err := build(opts, entry, result.Read)
		if err != nil {
			return Result{}, nil, fmt.Errorf("bundle %q: %w", entry, err)
		}
		problems = append(problems, found...)
		result.Outputs[entry] = out
	}
	slices.SortFunc(problems, compareProblems)
	problems = slices.Compact(problems)
	if slices.ContainsFunc(problems, func(p Problem) bool { return !p.Blocked }) {
		result.Outputs = nil
	}
	return result, problems, nil
}

// build makes the output of one entry. Each has a run of esbuild of its own: in one
// run with several, a source shared by two would be named after both.
func build(opts Options, entry string, read map[string]bool) (Output, []Problem, error) {
	if !isBundled(entry) {
		data, err := fs.ReadFile(opts.FS, entry)
		read[entry] = true
		return Output{Path: hashedName(entry, path.Ext(entry), data), Data: data}, nil, err
	}
	result := api.Build(settings(opts, entry, read))
	var problems []Problem
	for _, m := range result.Errors {
		problems = append(problems, toProblem(entry, m))
	}
	for _, m := range result.Warnings {
		p := toProblem(entry, m)
		p.Blocked = m.PluginName == namespace
		problems = append(problems, p)
	}
	var out Output
	for _, f := range result.OutputFiles {
		switch ext := path.Ext(f.Path); ext {
		case ".css", ".js":
			out.Path, out.Data = hashedName(entry, ext, f.Contents), f.Contents
		default:
			out.Files = append(out.Files, Output{Path: path.Base(filepath.ToSlash(f.Path)), Data: f.Contents})
		}
	}
	if out.Path == "" && len(result.Errors) == 0 {
		return out, nil, errors.New("esbuild returned no file")
	}
	return out, problems, nil
}

// isBundled reports whether a file is a stylesheet or a script.
func isBundled(name string) bool {
	switch path.Ext(name) {
	case ".css", ".ts", ".js":
		return true
	default:
		return false
	}
}

func settings(opts Options, entry string, read map[string]bool) api.BuildOptions {
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
		Plugins:           []api.Plugin{virtualFiles(opts, read)},
	}
}

func hashedName(entry, ext string, data []byte) string {
	sum := sha256.Sum256(data)
	return strings.TrimSuffix(path.Base(entry), path.Ext(entry)) + "." + hex.EncodeToString(sum[:8]) + ext
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
