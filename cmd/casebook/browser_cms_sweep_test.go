//go:build sweep

package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// TestCMSSweep loads the configuration that cms writes into Sveltia CMS in a browser, with
// a knowledge base in the browser's file system. It changes a case study there, writes a
// new one, and checks that nothing is lost and that check reports no problems.
func TestCMSSweep(t *testing.T) {
	program, dir := outsideFile(t, "CASEBOOK_CMS", "folder of the npm package @sveltia/cms"), newKB(t)
	succeeds(t, "cms", "--source", dir, "--repo", "our/kb")
	files := map[string]string{".git/HEAD": "ref: refs/heads/main\n"}
	err := filepath.WalkDir(filepath.Join(dir, "content"), func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = read(t, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const study = "content/cases/a-plan-drawn-up-together.md"
	files[study] = strings.Replace(files[study], "  - example-university\n", "  - {organisation: example-university, role: lead}\n"+
		"quotes:\n  - {text: We met., consent: published, source: {title: A report, url: \"https://example.org/\"}}\n", 1)
	html := strings.NewReplacer("https://unpkg.com/@sveltia/cms@", "/script/").Replace(read(t, filepath.Join(dir, "admin", "index.html")))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Write([]byte(html))
		case r.URL.Path == "/config.yml":
			http.ServeFile(w, r, filepath.Join(dir, "admin", "config.yml"))
		case strings.HasPrefix(r.URL.Path, "/script/"):
			_, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/script/"), "/")
			http.ServeFile(w, r, filepath.Join(program, filepath.FromSlash(name)))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)

	encoded, err := json.Marshal(files)
	if err != nil {
		t.Fatal(err)
	}
	const fill = `(async files => {
		const root = await navigator.storage.getDirectory();
		for (const [path, text] of Object.entries(files)) {
			const parts = path.split("/"), name = parts.pop();
			let folder = root;
			for (const p of parts) folder = await folder.getDirectoryHandle(p, { create: true });
			const w = await (await folder.getFileHandle(name, { create: true })).createWritable();
			await w.write(text);
			await w.close();
		}
		return Object.keys(files).length;
	})`
	ctx := startChrome(t)
	r := &reader{t, ctx}
	root := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	r.do(
		chromedp.EmulateViewport(1280, 900),
		chromedp.Navigate(root+"/nothing"),
		call(page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `window.showDirectoryPicker = () => navigator.storage.getDirectory()`}),
	)
	n, err := chromedp.Run(ctx, chromedp.Evaluate[int](fill+"("+string(encoded)+")", chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	// when waits until an expression is true, and then evaluates another.
	when := func(condition, then string) string {
		t.Helper()
		value, err := chromedp.Run(ctx, chromedp.Evaluate[string](`new Promise(done => {
			const look = () => { let is; try { is = `+condition+`; } catch {} if (is) done(String(`+then+`)); else setTimeout(look, 50); };
			look();
		})`, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatalf("waiting for %s: %v", condition, err)
		}
		return value
	}
	const title = `document.querySelector("input[role=textbox][aria-required=true]")`
	button := func(words string) string {
		return `[...document.querySelectorAll("button")].find(b => b.innerText.includes("` + words + `") && !b.disabled)`
	}
	if n == 0 {
		t.Fatal("the browser has no files")
	}
	r.do(chromedp.Navigate(root + "/"))
	when(button("Work with Local Repository"), button("Work with Local Repository")+".click()")
	when(`document.body.innerText.includes("Training that stopped")`, `location.hash = "#/collections/cases/entries/a-plan-drawn-up-together"`)
	when(title+`.value != ""`, title+".focus()")
	r.do(chromedp.KeyEvent(" again"))
	when(button("Save"), button("Save")+".click()")
	when(`document.body.innerText.includes("Entry saved")`, `1`)

	const newStudy = "content/cases/burns-care-together.md"
	r.do(chromedp.EmulateViewport(1280, 5000)) // so high because the page has only the visible fields
	when("!"+title, `location.hash = "#/collections/cases/new"`)
	when(title+`.value == ""`, title+".focus()")
	r.do(chromedp.KeyEvent("Burns: care, \"together\""))
	field := func(path string) string {
		return `document.querySelector("section.field[data-key-path='` + path + `']")`
	}
	when(field("authors")+`.querySelector("input")`, field("authors")+`.querySelector("input").focus()`)
	r.do(chromedp.KeyEvent("Dr Grace Banda"))
	within := func(path, selector string) string { return field(path) + `.querySelector("` + selector + `")` }
	for _, choice := range [][2]string{{"hallmarks", "[role=checkbox]"}, {"partners", "[value=example-university]"}, {"countries", "[role=combobox]"}} {
		when(within(choice[0], choice[1]), within(choice[0], choice[1])+".click()")
	}
	const malawi = `[...document.querySelectorAll("[role=option]")].find(o => o.innerText.trim() == "Malawi")`
	when(malawi, malawi+".click()")
	when(within("body", "[contenteditable=true]"), within("body", "[contenteditable=true]")+".focus()")
	r.do(chromedp.KeyEvent("We met."), chromedp.KeyEvent("\r"), chromedp.KeyEvent("- Each month"), chromedp.KeyEvent("\r"), chromedp.KeyEvent("In *Zomba*"))
	when(button("Save"), button("Save")+".click()")
	when(`document.body.innerText.includes("Entry saved") && !`+title, `1`)

	const dump = `(async () => {
		const all = {};
		const walk = async (folder, path) => {
			for await (const [name, handle] of folder.entries())
				if (handle.kind == "directory") await walk(handle, path + name + "/");
				else all[path + name] = await (await handle.getFile()).text();
		};
		await walk(await navigator.storage.getDirectory(), "");
		return JSON.stringify(all);
	})()`
	dumped, err := chromedp.Run(ctx, chromedp.Evaluate[string](dump, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	var saved map[string]string
	if err := json.Unmarshal([]byte(dumped), &saved); err != nil {
		t.Fatal(err)
	}
	for name, text := range saved {
		if name != study && name != newStudy && text != files[name] {
			t.Errorf("%s also changed:\n%s", name, text)
		}
	}
	write(t, filepath.Join(dir, study), saved[study])
	write(t, filepath.Join(dir, newStudy), saved[newStudy])
	if want := "---\ntitle: 'Burns: care, \"together\"'\nauthors:\n  - Dr Grace Banda\ndraft: false\nhallmarks:\n  - plans-from-both-sides\ncountries:\n  - Malawi\n" +
		"partners:\n  - example-university\n---\n\nWe met.\n\n- Each month\n\nIn _Zomba_\n"; saved[newStudy] != want {
		t.Errorf("the new case study is\n%s\nwant\n%s", saved[newStudy], want)
	}
	for _, kept := range []string{"title: A plan drawn up together again\n", "role: lead", "title: A report", "Three lecturers", "  - report-2025", "[Listen first](../principles/listen-first.md)"} {
		if !strings.Contains(saved[study], kept) {
			t.Errorf("%q is lost:\n%s", kept, saved[study])
		}
	}
	succeeds(t, "check", "--strict", "--source", dir)
}
