package search_test

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"github.com/dop251/goja"

	"casebook/internal/assets"
	"casebook/internal/search"
)

// TestMain makes the garbage collector run less often. The JavaScript engine allocates much, and this saves a sixth of the
// time of these tests.
func TestMain(m *testing.M) {
	debug.SetGCPercent(800)
	os.Exit(m.Run())
}

// A client is the bundled core in a JavaScript engine, with the host functions that a page provides.
type client struct {
	vm      *goja.Runtime
	files   map[string][]byte
	fetched []string
	rounds  int // of requests at the same time
	offline bool
}

// entry makes the core available to the tests.
const entry = `
import { Search, excerpt, mark, stems } from "casebook/search";
import { analyse } from "casebook/search/analyse";
import { stem } from "casebook/search/stem";
const requests = [];
globalThis.answer = () => String(requests.splice(0).map((answer) => answer()).length);
const core = new Search({
	fetch: (path, fresh) => new Promise((resolve) => requests.push(() => resolve(ask(path, fresh)))),
	inflate: async (data) => hostInflate(data),
});
const ask = async (path, fresh) => hostFetch(path, fresh);
globalThis.analyse = (text) => JSON.stringify(analyse(text));
globalThis.stemAll = (words) => words.split("\n").map(stem).join("\n");
globalThis.query = async (request, signal) => {
	const results = await core.query(JSON.parse(request), signal);
	results.hits = await Promise.all(results.hits.map(async (hit) => ({ ...hit, ...(await core.card(hit)) })));
	return JSON.stringify(results);
};
globalThis.excerpts = (results, texts) => {
	const { plan, hits } = JSON.parse(results);
	return JSON.stringify(hits.map(({ id, title }) => ({ title: mark(title, stems(plan)), text: excerpt(JSON.parse(texts)[id], stems(plan)) })));
};
`

// unicodeProperties returns the regular expressions of client/letters.ts that the engine of these tests does not support,
// each with its replacement.
func unicodeProperties() [][2]string {
	return [][2]string{
		{`/[\p{L}\p{N}\p{M}%]/u.test(character)`, `(character === "%" || hostIsLetter(character))`},
		{`/[\p{N}]/u.test(character)`, `hostIsNumber(character)`},
	}
}

// core is the bundle without mutations. All tests share it, because bundling and compiling take longer than most tests.
var core = sync.OnceValues(func() (*goja.Program, error) { return compile() })

// bundle returns the core as one script, with the given mutations.
func bundle(tb testing.TB, mutations ...mutation) *goja.Program {
	tb.Helper()
	make := core
	if len(mutations) > 0 {
		make = func() (*goja.Program, error) { return compile(mutations...) }
	}
	program, err := make()
	if err != nil {
		tb.Fatal(err)
	}
	return program
}

// A mutation is a deliberate mistake in the client.
type mutation struct{ file, old, new string }

func compile(mutations ...mutation) (*goja.Program, error) {
	files := fstest.MapFS{}
	err := fs.WalkDir(search.ClientFS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(search.ClientFS(), path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, p := range unicodeProperties() {
		mutations = append(mutations, mutation{"letters.ts", p[0], p[1]})
	}
	for _, m := range mutations {
		source := string(files[m.file].Data)
		if strings.Count(source, m.old) != 1 {
			return nil, fmt.Errorf("%s does not contain %q exactly once", m.file, m.old)
		}
		files[m.file].Data = []byte(strings.Replace(source, m.old, m.new, 1))
	}
	out, problems, err := assets.Build(assets.Options{
		FS:      fstest.MapFS{"entry.ts": &fstest.MapFile{Data: []byte(entry)}},
		Entries: []string{"entry.ts"},
		Modules: map[string]fs.FS{search.ClientModule: files},
	})
	if err != nil || len(problems) > 0 {
		return nil, fmt.Errorf("bundle: %v, %w", problems, err)
	}
	script := "globalThis.TextDecoder = class { decode(data) { return hostDecode(data) } };\n" + string(out.Outputs["entry.ts"].Data)
	return goja.Compile("entry.js", script, true)
}

func newClient(tb testing.TB, script *goja.Program, files map[string][]byte) *client {
	tb.Helper()
	c := &client{vm: goja.New(), files: files}
	c.define(tb, "hostFetch", c.fetch)
	c.define(tb, "hostInflate", func(data []byte) (goja.Value, error) {
		raw, err := inflate(data)
		return c.bytes(raw), err
	})
	c.define(tb, "hostIsLetter", func(s string) bool {
		r, _ := utf8.DecodeRuneInString(s)
		return s != "" && (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r))
	})
	c.define(tb, "hostIsNumber", func(s string) bool {
		r, _ := utf8.DecodeRuneInString(s)
		return unicode.IsNumber(r)
	})
	c.define(tb, "hostDecode", func(data []byte) string { return string(data) })
	if _, err := c.vm.RunProgram(script); err != nil {
		tb.Fatal(err)
	}
	return c
}

func (c *client) define(tb testing.TB, name string, value any) {
	tb.Helper()
	if err := c.vm.Set(name, value); err != nil {
		tb.Fatal(err)
	}
}

func (c *client) fetch(path string, fresh bool) (goja.Value, error) {
	if c.offline {
		return nil, errors.New("network is down")
	}
	if fresh {
		path += "?fresh"
	}
	c.fetched = append(c.fetched, path)
	data, ok := c.files[search.Folder+"/"+strings.TrimSuffix(path, "?fresh")]
	if !ok {
		return goja.Null(), nil
	}
	return c.bytes(data), nil
}

func (c *client) bytes(data []byte) goja.Value {
	array, err := c.vm.New(c.vm.Get("Uint8Array"), c.vm.ToValue(c.vm.NewArrayBuffer(bytes.Clone(data))))
	if err != nil {
		panic(err) // the engine has typed arrays
	}
	return array
}

func inflate(data []byte) ([]byte, error) {
	return io.ReadAll(flate.NewReader(bytes.NewReader(data)))
}

// call runs a function of entry and returns its string, or that of its promise. Requests are answered when the function can
// only wait for them, so that those of one round are made at the same time.
func (c *client) call(name string, args ...any) (string, error) {
	f, ok := goja.AssertFunction(c.vm.Get(name))
	if !ok {
		return "", errors.New(name + " is not a function")
	}
	var values []goja.Value
	for _, arg := range args {
		values = append(values, c.vm.ToValue(arg))
	}
	value, err := f(goja.Undefined(), values...)
	if err != nil {
		return "", err
	}
	promise, ok := value.Export().(*goja.Promise)
	if !ok {
		return value.String(), nil
	}
	answer, _ := goja.AssertFunction(c.vm.Get("answer"))
	for promise.State() == goja.PromiseStatePending {
		if n, err := answer(goja.Undefined()); err != nil || n.String() == "0" {
			return "", errors.Join(err, errors.New(name+" never ends"))
		}
		c.rounds++
	}
	switch promise.State() {
	case goja.PromiseStateFulfilled:
		return promise.Result().String(), nil
	default:
		return "", errors.New(promise.Result().String())
	}
}
