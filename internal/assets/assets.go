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
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

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
	Files   []Output          // the pictures and fonts that stylesheets name by their Path, sorted
	Read    map[string]bool   // the paths in FS of all files that were read
}

// Output is one file of the built site.
type Output struct {
	Path string // base name with the content's hash: "site.3f2a9c01d4e5b6a7.css"
	Data []byte
}

// Problem is one thing wrong with the sources. Line and Column count from 1; both are 0 when the problem belongs to a
// whole file.
type Problem struct {
	File         string
	Line, Column int
	Message      string
	Blocked      bool // a warning: the pages' security policy blocks what the stylesheet names
}

// Build makes the output of every entry. The error is not the theme author's to fix.
func Build(opts Options) (Result, []Problem, error) {
	result := Result{Outputs: make(map[string]Output, len(opts.Entries)), Read: map[string]bool{}}
	var bundled []string
	for _, entry := range opts.Entries {
		if isBundled(entry) {
			bundled = append(bundled, entry)
			continue
		}
		data, err := fs.ReadFile(opts.FS, entry)
		if err != nil {
			return Result{}, nil, fmt.Errorf("read %q: %w", entry, err)
		}
		result.Read[entry] = true
		result.Outputs[entry] = Output{Path: hashedName(entry, path.Ext(entry), data), Data: data}
	}
	problems, err := result.bundle(opts, bundled)
	if err != nil {
		return Result{}, nil, err
	}
	if isFaulty(problems) {
		// esbuild links nothing while one file does not parse. To report everything at once, each entry has a run
		// of its own.
		for _, entry := range bundled {
			found, err := result.bundle(opts, []string{entry})
			if err != nil {
				return Result{}, nil, err
			}
			problems = append(problems, found...)
		}
		result.Outputs = nil
	}
	slices.SortFunc(problems, compareProblems)
	return result, slices.Compact(problems), nil
}

func isFaulty(problems []Problem) bool {
	return slices.ContainsFunc(problems, func(p Problem) bool { return !p.Blocked })
}

// bundle adds the outputs of stylesheets and scripts. One run of esbuild makes them all, so that it parses a source that
// several import only once.
func (r *Result) bundle(opts Options, entries []string) ([]Problem, error) {
	if len(entries) == 0 {
		return nil, nil
	}
	made := api.Build(settings(opts, entries, r.Read))
	var problems []Problem
	for _, m := range made.Errors {
		problems = append(problems, toProblem(m))
	}
	for _, m := range made.Warnings {
		p := toProblem(m)
		p.Blocked = m.PluginName == namespace
		problems = append(problems, p)
	}
	if isFaulty(problems) {
		return problems, nil
	}
	outputs := map[string][]byte{}
	for _, f := range made.OutputFiles {
		outputs[path.Base(filepath.ToSlash(f.Path))] = f.Contents
	}
	for i, entry := range entries {
		ext := strings.Replace(path.Ext(entry), ".ts", ".js", 1)
		name := outputName(i) + ext
		data, ok := outputs[name]
		if !ok {
			return nil, fmt.Errorf("bundle %q: esbuild returned no file", entry)
		}
		delete(outputs, name)
		r.Outputs[entry] = Output{Path: hashedName(entry, ext, data), Data: data}
	}
	for _, name := range slices.Sorted(maps.Keys(outputs)) {
		r.Files = append(r.Files, Output{Path: name, Data: outputs[name]})
	}
	return problems, nil
}

// outputName is the name, without its extension, that esbuild gives the output of an entry. It differs from those of
// the files that stylesheets name, which have a hash in it.
func outputName(entry int) string { return strconv.Itoa(entry) }

// isBundled reports whether a file is a stylesheet or a script.
func isBundled(name string) bool {
	switch path.Ext(name) {
	case ".css", ".ts", ".js":
		return true
	default:
		return false
	}
}

func settings(opts Options, entries []string, read map[string]bool) api.BuildOptions {
	var points []api.EntryPoint
	for i, entry := range entries {
		points = append(points, api.EntryPoint{InputPath: entry, OutputPath: outputName(i)})
	}
	return api.BuildOptions{
		EntryPointsAdvanced: points,

		Bundle:   true,
		Write:    false,
		LogLevel: api.LogLevelSilent,
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

func toProblem(m api.Message) Problem {
	if m.Location == nil {
		return Problem{Message: m.Text}
	}
	p := Problem{File: strings.TrimPrefix(m.Location.File, namespace+":"), Line: m.Location.Line, Message: m.Text}
	if p.Line > 0 {
		before := m.Location.LineText[:min(m.Location.Column, len(m.Location.LineText))]
		p.Column = utf8.RuneCountInString(before) + 1
	}
	return p
}

func compareProblems(a, b Problem) int {
	return cmp.Or(
		cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Message, b.Message),
	)
}
