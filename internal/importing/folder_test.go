package importing_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"casebook/internal/content"
	"casebook/internal/cost"
	"casebook/internal/importing"
	"casebook/internal/markdown"
)

// importFolder imports files as pages.
func importFolder(t *testing.T, files map[string]string, fields string) *importing.Import {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	result, err := importing.Read(importing.Request{Name: "old", Folder: folder, Kind: "page", Map: []byte(fields), Existing: nothing})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// fileOf returns the text of a file of an import.
func fileOf(t *testing.T, result *importing.Import, name string) string {
	t.Helper()
	for _, f := range result.Files {
		if f.Path == name {
			return string(f.Data)
		}
	}
	t.Fatalf("no %s in %v", name, result.Files)
	return ""
}

// TestMarkupOfGenerators checks that markup of other generators becomes Markdown where
// Markdown has it, and that the page is then not a draft.
func TestMarkupOfGenerators(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"figure", `{{< figure src="ward.png" alt="The ward" caption="In 2018" >}}`, `![The ward](ward.png "In 2018")`},
		{"HTML picture", `<img src="ward.png" alt="The ward">`, `![The ward](ward.png)`},
		{"reference", `[other]({{< relref "other.md" >}})`, `[other](../other.md)`},
		{"post", `[other]({% link other.md %})`, `[other](../other.md)`},
		{"address", `[other]({{ site.baseurl }}/other/)`, `[other](../other.md)`},
		{"filter", `[other]({{ "/other/" | relative_url }})`, `[other](../other.md)`},
		{"video", `{{< youtube abc_1 >}}`, `[Video](https://www.youtube.com/watch?v=abc_1)`},
		{"highlight", "{{< highlight go >}}\nx := 1\n{{< /highlight >}}", "```go\nx := 1\n```"},
		{"liquid highlight", "{% highlight sh %}\nls\n{% endhighlight %}", "```sh\nls\n```"},
		{"raw", "`{% raw %}{{ x }}{% endraw %}`", "`{{ x }}`"},
		{"shown shortcode", "`{{</* note */>}}`", "`{{< note >}}`"},
		{"contents", "* TOC\n{:toc}\n\nWords.", "Words."},
		{"heading id", "## Aims\n{: #goals}\n\nWords.", "## Aims {#goals}\n\n\nWords."},
		{"attributes", `[site](https://example.org){:target="_blank"}`, "[site](https://example.org)"},
		{"inline HTML", `<b>Bold</b>, <em>stressed</em>, H<sub>2</sub>O, <a href="https://example.org">there</a>`, "**Bold**, *stressed*, H~2~O, [there](https://example.org)"},
		{"title again", "# T\n\nWords.", "Words."},
	} {
		result := importFolder(t, map[string]string{
			"x.md": "---\ntitle: T\n---\n" + test.text + "\n\n![The ward](ward.png)\n", "other.md": "---\ntitle: Other\n---\nWords.\n", "static/ward.png": "x",
		}, "")
		got := fileOf(t, result, "pages/x/index.md")
		if !strings.HasSuffix(got, "\n"+test.want+"\n\n![The ward](ward.png)\n") || strings.Contains(got, "draft") {
			t.Errorf("%s: got\n%s\nwant\n%s\n%v", test.name, got, test.want, result.Report)
		}
	}
}

// TestTitleOfFile checks where the title and the id of a page come from that has no title.
func TestTitleOfFile(t *testing.T) {
	for _, test := range []struct{ name, text, file, title string }{
		{"Case B.md", "Words.\n\n## Part\n", "pages/case-b.md", "Case B"},
		{"case-b.mdx", "Words.\n\n## Part\n", "pages/case-b.md", "Case b"},
		{"b.md", "Words.\n\n# Burns\n", "pages/b.md", "Burns"},
		{"b.md", "Burns\n===\n\nWords.\n", "pages/b.md", "Burns"},
		{"b.md", "## Burns\n\nWords.\n", "pages/b.md", "Burns"},
		{"Case B 09876543210fedcba0987654321fedcb.md", "# Burns\n", "pages/case-b.md", "Burns"},
	} {
		if got := fileOf(t, importFolder(t, map[string]string{test.name: test.text}, ""), test.file); !strings.Contains(got, "\ntitle: "+test.title+"\n") {
			t.Errorf("%s: no title %s in\n%s", test.name, test.title, got)
		}
	}
}

// TestForeignMarkupIsADraft checks that a page with markup that is not Markdown becomes
// a draft, and that the report has the line and column in the source.
func TestForeignMarkupIsADraft(t *testing.T) {
	for text, place := range map[string]string{
		"Words.\n\n{{< tabs >}}x{{< /tabs >}}": "6:1: ",
		"A {% include x.html %}.":              "4:3: ",
		"{{ page.title }}":                     "4:1: ",
		"\n\n<div class=\"x\">\nA\n</div>":     "6:1: ",
		"```\n{{< param x >}}\n```":            "5:1: ",
		"`{% assign x = 1 %}`":                 "4:2: ",
		"    {{< indented >}}":                 "4:5: ",
		"Long <b>word</b> {{< x >}}":           "4:18: ",
		"![x](https://example.org/a.png)":      "4:6: ",
		"<figure>\n<img src=\"{{ x }}\">\n":    "4:1: ",
		"- [ ] x <span>y</span>":               "4:9: ",
		"::: note\nx\n:::":                     "4:1: ",
		"{% for x in y %}\n{{ x }}\n{% end %}": "4:1: ",
		"[a]({{< unknown \"x\" >}})":           "4:",
	} {
		result := importFolder(t, map[string]string{"posts/x.md": "---\ntitle: T\n---\n" + text + "\n"}, "")
		if got := fileOf(t, result, "pages/x.md"); !strings.Contains(got, "\ndraft: true\n") {
			t.Errorf("%q is not a draft:\n%s", text, got)
		}
		if !slices.ContainsFunc(result.Report, func(l importing.Line) bool {
			return l.What == "posts/x.md" && strings.HasPrefix(l.Detail, place) && strings.HasSuffix(l.Detail, "so it is a draft")
		}) {
			t.Errorf("%q: no %s in %v", text, place, result.Report)
		}
	}
}

// TestFrontMatterOfGenerators checks that YAML, TOML and JSON give the same case study,
// and that each field is in the report.
func TestFrontMatterOfGenerators(t *testing.T) {
	for name, text := range map[string]string{
		"yaml": "---\ntitle: A title\ndate: 2018-01-02 10:00:00 +0000\ntags: [burns, trauma]\naliases: [/old/]\nhero: x.png\n---\nWords.\n",
		"toml": "+++\ntitle = 'A title'\ndate = 2018-01-02T10:00:00Z\ntags = ['burns', 'trauma']\naliases = ['/old/']\nhero = 'x.png'\n+++\nWords.\n",
		"json": "{\n\"title\": \"A title\", \"date\": \"2018-01-02\", \"tags\": [\"burns\", \"trauma\"],\n\"aliases\": [\"/old/\"], \"hero\": \"x.png\"\n}\n\nWords.\n",
	} {
		folder := fstest.MapFS{"a.md": &fstest.MapFile{Data: []byte(text)}}
		result, err := importing.Read(importing.Request{Name: "old", Folder: folder, Existing: nothing, Map: []byte("fields:\n  tags: hallmarks\nvalues:\n  tags:\n    burns: plans\n    trauma:\n")})
		if err != nil || len(result.Files) != 1 {
			t.Fatalf("%s: %v %v", name, err, result)
		}
		c := content.Parse("cases/a.md", result.Files[0].Data).Entries[0].(*content.CaseStudy)
		if c.Title != "A title" || c.Published.String() != "2018-01-02" || len(c.Hallmarks) != 1 || c.Hallmarks[0].Text != "plans" || len(c.Aliases) != 1 || c.Aliases[0].Text != "/old/" {
			t.Errorf("%s: %s", name, result.Files[0].Data)
		}
		for _, field := range []string{"title", "date", "tags", "aliases", "hero"} {
			if !slices.ContainsFunc(result.Report, func(l importing.Line) bool { return strings.HasPrefix(l.What, "field "+field+",") }) {
				t.Errorf("%s: %s is not in %v", name, field, result.Report)
			}
		}
		if !strings.Contains(string(result.Map), "    burns:\n") {
			t.Errorf("%s: the map is\n%s", name, result.Map)
		}
	}
}

func TestDraftsStayDrafts(t *testing.T) {
	for name, text := range map[string]string{
		"a.md": "---\ntitle: A\ndraft: true\n---\n", "_drafts/a.md": "---\ntitle: A\n---\n", "b/a.md": "---\ntitle: A\npublished: false\n---\n",
	} {
		if got := fileOf(t, importFolder(t, map[string]string{name: text + "Words.\n"}, ""), "pages/a.md"); !strings.Contains(got, "draft: true") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestFilesOfOldPages checks that a file that cannot be read as it is, is read in
// another way or reported.
func TestFilesOfOldPages(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: Caf\xe9\n---\nna\xefve\n":       "mapped read as Windows-1252",
		"{\n \"title\": \"A\"\n}\n\nWords.\n":        "mapped title",
		"{\n \"title\": \"A\"\n}\nWords.\n":          "mapped title",
		"{\"title\": \"A\"} Words.\n":                "left out its front matter cannot be read: write an empty line",
		"---\ntitle: A\n...\nWords.\n":               "mapped title",
		"---coffee\ntitle: \"A\"\n---\nWords.\n":     "left out its front matter cannot be read: it is written in coffee",
		"---\ntitle: A\npublished: false\n---\nW.\n": "mapped draft",
		"a\x00b": "left out its letters cannot be read",
	} {
		if result := importFolder(t, map[string]string{"a.md": text, "b.md": "Words.\n"}, ""); !hasLine(result, "", want) {
			t.Errorf("%q: no %q in %v", text, want, result.Report)
		}
	}
}

// TestObjectsOfJavaScript checks that front matter of Eleventy in JavaScript is read if it
// only holds values, and that nothing else of it is.
func TestObjectsOfJavaScript(t *testing.T) {
	for object, want := range map[string]string{
		`{title: "A \"b\"", date: "2020-01-02",}`:                              `title: 'A "b"'`,
		"// ours\nmodule.exports = {'title': 'It\\'s', /* n */ n: [1, -2.5]};": "title: It's",
		"export default {\n\ttitle: 'A\\u00e9 \"x\"', draft: undefined\n}":     `title: 'Aé "x"'`,
		`{title: "A" + "B"}`:                       "",
		`{title: name}`:                            "",
		"{title: `A`}":                             "",
		`{title: "A", run() { return 1 }}`:         "",
		`{title: "A", date: new Date()}`:           "",
		`const title = "A"`:                        "",
		`{title: "A"`:                              "",
		`{title: "A"}; process.exit()`:             "",
		`{title: /A/}`:                             "",
		`{"__proto__": {}, title: 'no end}`:        "",
		`{title: 'A' /* no end }`:                  "",
		strings.Repeat("{a:", 20_000) + "1":        "",
		"{a: " + strings.Repeat("[", 20_000) + "}": "",
	} {
		result := importFolder(t, map[string]string{"a.md": "---js\n" + object + "\n---\nWords.\n", "b.md": "Words.\n"}, "")
		switch isLeftOut := hasLine(result, "a.md", "left out its front matter cannot be read: it is a program"); {
		case isLeftOut != (want == ""):
			t.Errorf("%.60s: %v", object, result.Report)
		case want != "" && !strings.Contains(fileOf(t, result, "pages/a.md"), want+"\n"):
			t.Errorf("%s: %s", object, fileOf(t, result, "pages/a.md"))
		}
	}
}

func FuzzFolder(f *testing.F) {
	f.Add("---\ntitle: T\ntags: [a]\n---\n{{< figure src=\"a\" >}} <b>x</b> {% raw %}`{{ x }}`\n")
	f.Add("---js\n{title: 'a\\'b', /* c */ d: [1, 2,],} // e\n---\nx\n")
	f.Add("{\"title\": \"a\"}\nx\n")
	f.Add("+++\nx = 1\n+++\n[a]({{< ref \"x\" >}})\n")
	f.Add("---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n")
	f.Add("---\ntitle: T\n---\n" + strings.Repeat("{{< figure ", 200) + strings.Repeat("<a ", 200) + strings.Repeat("`", 300))
	f.Fuzz(func(t *testing.T, text string) {
		var result *importing.Import
		var err error
		cost.Limit{Time: 2 * time.Second, TimePerByte: 50 * time.Microsecond, Memory: 64 << 20, MemoryPerByte: 40_000}.Check(t, len(text), func() {
			result, err = importing.Read(importing.Request{
				Name: "old", Kind: "page", Existing: nothing, Folder: fstest.MapFS{"x.md": &fstest.MapFile{Data: []byte(text)}},
			})
		})
		if err == nil {
			checkPages(t, result)
		}
	})
}

// checkPages checks that all files are pages, and that one with problems is a draft.
func checkPages(t *testing.T, result *importing.Import) {
	t.Helper()
	for _, file := range result.Files {
		if class, _ := content.Classify(file.Path); class != content.PageClass {
			t.Fatalf("the file %q is not of the imported kind", file.Path)
		}
		_, body, _ := strings.Cut(string(file.Data), "\n---\n")
		if _, problems := markdown.Parse([]byte(body)); len(problems) > 0 && !strings.Contains(string(file.Data), "\ndraft: true\n") {
			t.Fatalf("not a draft, with problems %v:\n%s", problems, file.Data)
		}
	}
}

// TestHostileFolders checks that hostile files take little time to import.
func TestHostileFolders(t *testing.T) {
	const size = 256 << 10
	for name, text := range map[string]string{
		"TOML in one another": "+++\nx = " + strings.Repeat("[", size) + "\n+++\n",
		"YAML in one another": "---\nx: " + strings.Repeat("[", size) + "\n---\n",
		"JSON in one another": "---json\n{\"x\": " + strings.Repeat("[", size) + "}\n---\n",
		"YAML that grows":     "---\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n---\n",
		"open figures":        "---\ntitle: T\n---\n" + strings.Repeat("{{< figure ", size/11),
		"open tags":           "---\ntitle: T\n---\n" + strings.Repeat("<a ", size/3),
		"backticks":           "---\ntitle: T\n---\n" + strings.Repeat("a`b``", size/5),
		"links":               "---\ntitle: T\n---\n" + strings.Repeat("[x](x.md) ", size/10),
	} {
		t.Run(name, func(t *testing.T) {
			cost.Limit{Time: 20 * time.Second}.Check(t, len(text), func() { importFolder(t, map[string]string{"x.md": text, "y.md": "Words."}, "") })
		})
	}
}
