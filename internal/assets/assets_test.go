package assets_test

import (
	"bytes"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/internal/assets"
)

func files(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

func build(t *testing.T, opts assets.Options) map[string]assets.Output {
	t.Helper()
	result, problems, err := assets.Build(opts)
	if err != nil || len(problems) > 0 {
		t.Fatalf("Build: %v, %v", problems, err)
	}
	return result.Outputs
}

func TestBundlesAndMinifies(t *testing.T) {
	fsys := files(
		"assets/site.css", "@import './base.css';\nmain { color : #ff0000; }\n",
		"assets/base.css", "body { margin : 0px }",
		"assets/search.ts", "import { greet } from './greet';\nimport { plan } from 'casebook/search';\ndocument.title = greet(plan('x' as string));",
		"assets/greet.ts", "export const greet = (name: string): string => 'hello ' + name;\nexport const unused = 'left out';",
	)
	module := files("index.ts", "export { plan } from './plan';", "plan.ts", "export function plan(q: string): string { return `plan of ${q}`; }")
	out := build(t, assets.Options{
		FS: fsys, Entries: []string{"assets/site.css", "assets/search.ts"},
		Modules: map[string]fs.FS{"casebook/search": module},
	})

	if got, want := string(out["assets/site.css"].Data), "body{margin:0}main{color:red}\n"; got != want {
		t.Errorf("css = %q, want %q", got, want)
	}
	js := string(out["assets/search.ts"].Data)
	for _, want := range []string{"hello ", "plan of "} {
		if !strings.Contains(js, want) {
			t.Errorf("js %q lacks %q", js, want)
		}
	}
	if strings.Contains(js, "left out") || strings.Contains(js, "string") {
		t.Errorf("js %q contains unused code or types", js)
	}
	for entry, pattern := range map[string]string{
		"assets/site.css": `^site\.[0-9a-f]{16}\.css$`, "assets/search.ts": `^search\.[0-9a-f]{16}\.js$`,
	} {
		if got := out[entry].Path; !regexp.MustCompile(pattern).MatchString(got) {
			t.Errorf("path %q does not match %s", got, pattern)
		}
	}
}

func TestModules(t *testing.T) {
	opts := assets.Options{
		FS:      files("a.ts", "import { x } from 'lib/deep/x';\nimport { z } from 'lib/other';\nconsole.log(x, z)"),
		Entries: []string{"a.ts"},
		Modules: map[string]fs.FS{
			"lib":       files("deep/x.ts", "export { x } from '../y'", "y.ts", "export const x = 'from lib'", "other/index.ts", "export const z = 'wrong'"),
			"lib/other": files("index.ts", "export const z = 'from other'"),
		},
	}
	js := string(build(t, opts)["a.ts"].Data)
	if !strings.Contains(js, "from lib") || !strings.Contains(js, "from other") || strings.Contains(js, "wrong") {
		t.Errorf("js = %q", js)
	}
}

func TestSameInputSameBytes(t *testing.T) {
	opts := assets.Options{
		FS:      files("a.ts", "import {b} from './b';\nconsole.log(b)", "b.ts", "export const b = 1", "c.css", "a{color:blue}"),
		Entries: []string{"a.ts", "c.css"},
	}
	first := build(t, opts)
	for range 5 {
		if again := build(t, opts); !reflect.DeepEqual(again, first) {
			t.Fatalf("second build differs: %v, %v", again, first)
		}
	}
	opts.FS.(fstest.MapFS)["b.ts"].Data = []byte("export const b = 2")
	changed := build(t, opts)
	if changed["a.ts"].Path == first["a.ts"].Path {
		t.Error("the entry's name did not change with its import")
	}
	if changed["c.css"].Path != first["c.css"].Path || !bytes.Equal(changed["c.css"].Data, first["c.css"].Data) {
		t.Error("an unrelated entry changed")
	}
}

// TestEntriesThatShareSources checks that an output does not depend on the other entries.
func TestEntriesThatShareSources(t *testing.T) {
	opts := assets.Options{
		FS: files(
			"a.ts", "import {common, other} from './common'\nconst mine = common(1)\nconsole.log(mine, other)",
			"b.ts", "import {common} from './common'\nconst common2 = 3\nconsole.log(common(common2))",
			"common.ts", "export function common(value: number) { let mine = value; return () => mine++ }\nexport const other = location.href",
			"a.css", "@import 'common.css';a{color:red}", "common.css", "i{color:red}",
		),
		Entries: []string{"a.ts", "b.ts", "common.ts", "a.css", "common.css"},
	}
	together := build(t, opts)
	for _, entry := range opts.Entries {
		alone := opts
		alone.Entries = []string{entry}
		if out := build(t, alone)[entry]; !reflect.DeepEqual(out, together[entry]) {
			t.Errorf("%s alone is %s: %s\nwith others %s: %s", entry, out.Path, out.Data, together[entry].Path, together[entry].Data)
		}
	}
}

func TestFilesOfAStylesheet(t *testing.T) {
	result, _, err := assets.Build(assets.Options{
		FS: files(
			"a/site.css", "a{background:url(./i.svg)}i{background:url(j.svg)}b{background:url(/static/x.png)}", "a/i.svg", "<svg/>", "a/j.svg", "<svg id='j'/>",
			"a/other.css", "a{background:url(i.svg)}",
		),
		Entries: []string{"a/site.css", "a/other.css"},
	})
	if err != nil {
		t.Fatal(err)
	}
	css, files := string(result.Outputs["a/site.css"].Data), result.Files
	if len(files) != 2 || !strings.Contains(css, "/static/x.png") {
		t.Fatalf("css = %q with %v", css, files)
	}
	for i, want := range []string{"<svg/>", "<svg id='j'/>"} {
		if string(files[i].Data) != want || !strings.Contains(css, "./"+files[i].Path) || !regexp.MustCompile(`^[ij]\.[A-Z0-9]{8}\.svg$`).MatchString(files[i].Path) {
			t.Errorf("css = %q with %s: %s", css, files[i].Path, files[i].Data)
		}
	}
}

// TestOtherFiles checks that a file that is neither a stylesheet nor a script is copied
// unchanged.
func TestOtherFiles(t *testing.T) {
	entries := []string{"a/logo.svg", "a/icon.ico", "a/photo.JPG", "a/plan.pdf", "a/data.json", "a/LICENSE"}
	fsys := files()
	for _, entry := range entries {
		fsys[entry] = &fstest.MapFile{Data: []byte("bytes of " + entry)}
	}
	out := build(t, assets.Options{FS: fsys, Entries: entries})
	for _, entry := range entries {
		base, ext := path.Base(entry), path.Ext(entry)
		want := regexp.MustCompile("^" + strings.TrimSuffix(base, ext) + `\.[0-9a-f]{16}` + regexp.QuoteMeta(ext) + "$")
		if got := out[entry]; !want.MatchString(got.Path) || string(got.Data) != "bytes of "+entry {
			t.Errorf("%s is %s: %s", entry, got.Path, got.Data)
		}
	}
}

func TestBlockedFilesAreWarnings(t *testing.T) {
	for _, address := range []string{"https://example.org/x.png", "//example.org/x.woff2", "data:image/png;base64,AAAA"} {
		result, problems, err := assets.Build(assets.Options{FS: files("a.css", "b{}\ni { background: url("+address+") }"), Entries: []string{"a.css"}})
		if err != nil || len(problems) != 1 || !problems[0].Blocked || problems[0].Line != 2 || problems[0].Column == 0 || result.Outputs["a.css"].Path == "" {
			t.Errorf("%s: %+v, %v", address, problems, err)
		}
	}
}

func TestProblems(t *testing.T) {
	tests := []struct {
		name  string
		files fstest.MapFS
		entry string
		want  assets.Problem // Message may be a part of the message
	}{
		{"syntax", files("assets/a.ts", "const a = 1;\nconst b = ;\n"), "assets/a.ts", assets.Problem{"assets/a.ts", 2, 11, "Unexpected", false}},
		{"css syntax", files("a.css", "a {\n  color red;\n}\n"), "a.css", assets.Problem{"a.css", 2, 8, "Expected", false}},
		{"letters beyond ASCII", files("a.ts", "'é';const b = ;\n"), "a.ts", assets.Problem{"a.ts", 1, 15, "Unexpected", false}},
		{"missing import", files("a.ts", "\n  import './gone';\n"), "a.ts", assets.Problem{"a.ts", 2, 10, `no file "gone"`, false}},
		{"missing name", files("a.ts", "import {x} from './b';\nx()", "b.ts", "export const y = 1"), "a.ts", assets.Problem{"a.ts", 1, 9, `"x"`, false}},
		{"in an import", files("a.ts", "import './d/b'", "d/b.ts", "let let = 1"), "a.ts", assets.Problem{"d/b.ts", 1, 5, "let", false}},
		{"package", files("a.ts", "import 'react'"), "a.ts", assets.Problem{"a.ts", 1, 8, "nor a known module", false}},
		{"outside", files("a.ts", "import '../../etc/passwd'"), "a.ts", assets.Problem{"a.ts", 1, 8, "no file", false}},
		{"type not known", files("a.ts", "import './b.wasm'", "b.wasm", "x"), "a.ts", assets.Problem{"a.ts", 1, 8, "type is not known", false}},
		{"no entry", files(), "assets/a.ts", assets.Problem{"assets/a.ts", 0, 0, `no file "assets/a.ts"`, false}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			result, problems, err := assets.Build(assets.Options{FS: tt.files, Entries: []string{tt.entry}})
			out := result.Outputs
			if err != nil || out != nil || len(problems) == 0 {
				t.Fatalf("Build = %v, %v, %v, want only a problem", out, problems, err)
			}
			got := problems[0]
			if got.File != tt.want.File || got.Line != tt.want.Line || got.Column != tt.want.Column || !strings.Contains(got.Message, tt.want.Message) {
				t.Errorf("problem = %+v, want %+v", got, tt.want)
			}
		})
	}
}

func TestProblemsAreSortedAndComplete(t *testing.T) {
	_, problems, err := assets.Build(assets.Options{
		FS:      files("b.ts", "let a = ;\n", "a.ts", "import './gone'\nimport './lost'", "c.ts", "import {x} from './d'\nx()", "d.ts", ""),
		Entries: []string{"b.ts", "a.ts", "c.ts"},
	})
	if err != nil || len(problems) != 4 || problems[0].File != "a.ts" || problems[1].Line != 2 || problems[2].File != "b.ts" || problems[3].File != "c.ts" {
		t.Errorf("problems = %+v, %v", problems, err)
	}
}
