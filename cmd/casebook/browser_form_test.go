package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"casebook/internal/assets"
	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
	"casebook/themes"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const formPage = "kb/contribute/form/"

// formJourney fills in the form for a case study, downloads the file, and checks it in a
// copy of the knowledge base.
func formJourney(v *visitor) {
	t := v.t
	v.open(formPage)
	v.eval(`localStorage.clear()`)
	v.open(formPage)
	v.do(chromedp.Focus(chromedp.CSS("#form .buttons button")))
	v.press(kb.Enter)
	v.until("what is missing is listed, and has the focus", `document.activeElement.id === "problems" && document.querySelectorAll("#problems li").length === 3`)
	v.follow(`#problems li a`)
	v.until("a link leads to its field, which names the problem", `document.activeElement.id === "title" && document.activeElement.ariaInvalid === "true" && document.querySelector("#problem-1").textContent === "“Title” is needed."`)
	v.do(chromedp.KeyEvent(`Burns: "care" in #Lilongwe \ it's [open]`))
	v.eval(`document.querySelector("input[name=hallmarks]").click()`)
	enter := func(id, text string) {
		v.t.Helper()
		v.eval(fmt.Sprintf(`(() => { const field = document.getElementById(%q); field.value = %s; field.dispatchEvent(new Event("input", {bubbles: true})); })()`, id, quotedForScript(text)))
	}
	enter("authors.1.name", "Dr Grace Banda, Lilongwe")
	enter("text-example-1", "We met *every* week.\n- <b>Nurses</b>\n- Doctors\nSee https://example.org/report.")
	v.eval(`document.querySelectorAll("#form details").forEach((d) => { d.open = true; })`)
	enter("countries.1", "Malawi")
	v.eval(`document.querySelector("[data-many=countries] .add").click()`)
	v.until("the new item has the focus", `document.activeElement.id === "countries.2"`)
	enter("countries.2", "Atlantis")
	enter("partners.1.organisation", "A hospital that is new here")
	enter("benefits.1.who", "A hospital that is new here")
	enter("benefits.1.gained", "Trained nurses\nA second theatre: open")
	enter("start", "2016-13")
	v.open(formPage)
	v.until("the draft is still there", `document.getElementById("countries.2")?.value === "Atlantis" && document.getElementById("title").value.startsWith("Burns") && document.querySelector("input[name=hallmarks]").checked`)
	v.eval(`document.querySelector("#form .buttons button").click()`)
	v.until("two mistakes are left", `[...document.querySelectorAll("#problems li")].map((li) => li.textContent).join("|") === "“Began” is a date: write 2016, 2016-11 or 2016-11-24.|“Countries”: “Atlantis” is not a name of the list. Choose one that is offered while you type."`)
	enter("start", "2016-11")
	enter("countries.2", "Wales")
	enter("summary", "We <b>met</b>.")
	v.eval(`document.querySelector("#form .buttons button").click()`)
	v.until("the file is offered", `!document.querySelector("#done").hidden && document.activeElement.id === "done" && document.querySelector(".download").download === "burns-care-in-lilongwe-its-open.md"`)
	v.until("markup is a warning", `document.querySelector("#problems").textContent.startsWith("1 thing to look at") && document.querySelector("#problem-1").textContent.includes("“<b>met</b>”") && !document.getElementById("summary").ariaInvalid`)
	enter("summary", "We met.")
	v.eval(`document.querySelector("#form .buttons button").click()`)
	v.until("the warning is gone", `document.querySelectorAll("#problems li").length === 0 && !document.querySelector("#done").hidden`)
	v.until("a short one fits into an e-mail", `document.querySelector("#done .mail").href.startsWith("mailto:editors@casebook.example?subject=Burns") && document.querySelector("#done .mail").href.includes("Trained%20nurses")`)
	file := v.download(`#done .download`, "burns-care-in-lilongwe-its-open.md")
	if code, said := checkWith(t, file); code != exitOK || strings.Contains(said, "markup") {
		t.Errorf("check ends with %d:\n%s\n%s", code, said, file)
	}
	v.eval(`globalThis.confirm = () => true`)
	v.eval(`document.querySelector("#form .clear").click()`)
	v.until("nothing is kept after clearing", `localStorage.length === 0 && document.getElementById("title").value === "" && !document.getElementById("countries.2") && document.querySelector("#done").hidden`)
}

// download clicks a link, and returns the file that the browser downloads.
func (l *visitor) download(selector, name string) string {
	l.t.Helper()
	folder := l.t.TempDir()
	l.do(call(browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: folder}))
	l.eval(fmt.Sprintf(`document.querySelector(%q).click()`, selector))
	for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(10 * time.Millisecond) {
		if data, err := os.ReadFile(filepath.Join(folder, name)); err == nil && len(data) > 0 {
			return string(data)
		}
	}
	l.t.Fatalf("%s is not downloaded", name)
	return ""
}

// checkWith puts a file into cases/ of a copy of the knowledge base and checks it.
func checkWith(t *testing.T, file string) (code int, said string) {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("../../internal/pipeline/testdata/kb")); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(folder, "content", "cases", "from-the-form.md")
	write(t, name, file)
	var messages strings.Builder
	code = run([]string{"check", "--source", folder, name}, nil, &messages, &messages)
	return code, messages.String()
}

// formAgreement compares the script of the form with the program: texts are read back
// unchanged, files are those of package draft, and both refuse the same values.
func formAgreement(v *visitor) {
	v.open(formPage)
	v.eval(formScript(v.t))
	random := rand.New(rand.NewPCG(1, 2))
	var asked []formQuestion
	for range 300 {
		asked = append(asked, randomQuestion(random))
	}
	data, err := json.Marshal(asked)
	if err != nil {
		v.t.Fatal(err)
	}
	var answers []struct {
		File, Body, Slug string
		Mistakes         []string // paths, each with the key of the message
		Warnings         []string // paths
	}
	answer := v.text(fmt.Sprintf(`JSON.stringify(%s.map(answer))`, data))
	if err := json.Unmarshal([]byte(answer), &answers); err != nil {
		v.t.Fatal(err)
	}
	refused := 0
	for i, a := range answers {
		d := asked[i].draft()
		if want := string(d.Markdown(draft.None).Text); a.File != want {
			v.t.Fatalf("the form writes\n%s\nwant, as the program writes it\n%s", a.File, want)
		}
		parsed := content.Parse("cases/x.md", []byte(a.File))
		if got := problem.Count(parsed.Problems, problem.Error) > 0; got != (len(a.Mistakes) > 0) {
			v.t.Errorf("the form reports %q, and the program %v, for\n%s", a.Mistakes, parsed.Problems, a.File)
		}
		if len(a.Mistakes) > 0 {
			refused++
		}
		warned := 0
		for _, p := range parsed.Problems {
			if p.Code == "markup" && p.Severity == problem.Warning {
				warned++
			}
		}
		if warned != len(a.Warnings) {
			v.t.Errorf("the form warns of markup in %q, the program %v, of\n%s", a.Warnings, parsed.Problems, a.File)
		}
		body := content.Parse("cases/x.md", []byte("---\ntitle: T\nprinciples: [a]\nsources: [a]\n---\n"+a.Body))
		if n := problem.Count(body.Problems, problem.Error) + problem.Count(body.Problems, problem.Warning); n > 0 {
			v.t.Errorf("problems %v in the text\n%s\nmade from\n%q", body.Problems, a.Body, asked[i].Body)
		}
		if got := content.Parse("cases/"+a.Slug+".md", []byte("---\ntitle: T\nprinciples: [a]\nsources: [a]\n---\n")).Problems; problem.Count(got, problem.Error) > 0 {
			v.t.Errorf("the form gives a file the name %s: %v", a.Slug, got)
		}
	}
	if refused < 30 || refused > 270 {
		v.t.Errorf("%d of 300 are refused, want some refused and some accepted", refused)
	}
	for line := range strings.Lines(read(v.t, "../../internal/content/testdata/formats.txt")) {
		if parts := strings.SplitN(strings.TrimRight(line, "\n"), " ", 3); parts[0] != "#" {
			if got := v.text(fmt.Sprintf(`String(hasFormat(rules, %q, %s))`, parts[0], quotedForScript(parts[2]))); got != map[string]string{"yes": "true", "no": "false"}[parts[1]] {
				v.t.Errorf("%s %q: %s", parts[0], parts[2], got)
			}
		}
	}
}

func quotedForScript(text string) string {
	data, _ := json.Marshal(text) // never fails for a string
	return string(data)
}

// formScript returns the modules of the form as a script that defines functions.
func formScript(t *testing.T) string {
	t.Helper()
	theme, err := fs.Sub(themes.FS, "default/assets")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{"entry.ts": &fstest.MapFile{Data: []byte(`
import { check, hasFormat, isWarning } from "./form/check";
import { oneLine } from "./form/model";
import { slug } from "./form/send";
import { markdown } from "./form/text";
import { write } from "./form/write";
const rules = JSON.parse(document.querySelector("#form").dataset.rules);
const tidy = (value) => typeof value === "string" ? oneLine(value) : Array.isArray(value) ? value.map(tidy) : Object.fromEntries(Object.entries(value).map(([k, v]) => [k, tidy(v)]));
Object.assign(globalThis, { rules, hasFormat, answer: ({ Values, Body }) => {
	const values = tidy(Values);
	const found = check(rules, values, () => undefined);
	return { File: write(rules.fields, values, ""), Body: markdown(Body), Slug: slug(Body, rules.letters), Mistakes: found.filter((one) => !isWarning(one)).map(({ path, key }) => path + " " + key), Warnings: found.filter(isWarning).map(({ path }) => path) };
} });`)}}
	for _, name := range []string{"check", "model", "send", "text", "write"} {
		data, err := fs.ReadFile(theme, "form/"+name+".ts")
		if err != nil {
			t.Fatal(err)
		}
		files["form/"+name+".ts"] = &fstest.MapFile{Data: data}
	}
	out, problems, err := assets.Build(assets.Options{FS: files, Entries: []string{"entry.ts"}})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	return "(() => {" + string(out.Outputs["entry.ts"].Data) + "})()"
}

// formQuestion is values that somebody may enter.
type formQuestion struct {
	Values map[string]any
	Body   string

	paths [][2]string // the paths of the same values, with their texts
}

// randomQuestion returns values whose texts have characters with a meaning in YAML and
// Markdown. Sometimes a required value is missing.
func randomQuestion(random *rand.Rand) formQuestion {
	q := formQuestion{Values: map[string]any{}}
	for _, f := range content.SchemaOf(content.CaseClass).Fields {
		isUsual := slices.Contains([]string{"title", "hallmarks", "authors"}, f.Key)
		if isUsual && random.IntN(12) > 0 || !isUsual && random.IntN(4) == 0 {
			q.Values[f.Key] = q.value(random, f.Key, f)
		}
	}
	q.Body = randomText(random, "\n")
	return q
}

func (q *formQuestion) value(random *rand.Rand, path string, f frontmatter.Field) any {
	if f.Type == content.TextsByWho {
		who := "Malawi" + string(rune('A'+random.IntN(26)))
		gained := q.text(random, path+"."+who+".1", frontmatter.Field{})
		return []any{map[string]any{"who": who, "gained": []any{gained}}}
	}
	if f.List {
		f.List = false
		var all []any
		for i := range 1 + random.IntN(2) {
			all = append(all, q.value(random, fmt.Sprintf("%s.%d", path, i+1), f))
		}
		return all
	}
	if len(f.Fields) == 0 {
		return q.text(random, path, f)
	}
	record := map[string]any{}
	for _, inner := range f.Fields {
		if inner.Required && random.IntN(15) > 0 || random.IntN(3) == 0 {
			record[inner.Key] = q.value(random, path+"."+inner.Key, inner)
		}
	}
	return record
}

// text returns a value for a field, mostly a valid one.
func (q *formQuestion) text(random *rand.Rand, path string, f frontmatter.Field) string {
	good := map[string][]string{
		"date": {"2016", "2016-11", "2016-11-24"}, "url": {"https://example.org/a?b=c#d", `https://example.org/it's`}, "orcid": {"0000-0002-1825-0097"},
		"licence": content.FormatOf("licence").Values, "lang": content.FormatOf("lang").Values, "currency": content.FormatOf("currency").Values, "path": {"/cases/old/"},
		string(frontmatter.Boolean): {"true", "false"},
	}
	choices := slices.Concat(f.Values, good[f.Format], good[string(f.Type)])
	text := randomText(random, " ")
	switch {
	case len(choices) > 0 && (f.Type == frontmatter.Boolean || slices.Contains([]string{"lang", "licence", "currency"}, f.Format) || random.IntN(20) > 0):
		text = choices[random.IntN(len(choices))]
	case f.Max > 0 && random.IntN(10) > 0:
		text = string([]rune(text)[:min(len([]rune(text)), f.Max)])
	}
	if strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' }) == "" {
		text = "x"
	}
	q.paths = append(q.paths, [2]string{path, text})
	return text
}

// draft returns a draft with the same values.
func (q formQuestion) draft() *draft.Draft {
	d := draft.New(content.SchemaOf(content.CaseClass))
	for _, p := range q.paths {
		d.Replace(p[0], p[1])
	}
	return d
}

var formWords = []string{
	"Banda", "nurses", "A) first", "yes", "No", "null", "~", "2016", "-1", "1.5", "0x1F", "it's", `"said"`, "‘so’", "“curly”", "#", "# heading", "a # b", ": ", "key: value", "- item", "* star", "*bold*", "_em_", "`code`",
	"[link](x)", "![p](a.jpg)", "<b>bold</b>", "&amp;", "<!-- -->", "{a: b}", "[a, b]", "@cite", "|", "| a | b |", "|---|", ">", "> quote", "%", "!", "!!!", ":::", "---", "...", "===", "```", "~~~", "~~gone~~", "H~2~O", "m^2^", "$x$", "{{ x }}", "{% y %}",
	"https://example.org/a_b*c.", "http://localhost:8080/", "https://u:p@example.org/", "https://nodot", "www.example.org", "a@example.org", "mailto:", ":smile:", "[^1]", "[^1]: note", "[x]", "• point", "1. first", "1) one", "2016. was", "+ plus", "\\", `\"`, "title: x",
	"é", "Łódź", "中文", "שלום", "العربية", "👩‍⚕️", "\u0000", "\u0007", "\u0085", "\u2028", "\ufeff", "\u00ad", "\u00a0", "\t", ";", ",", "Doe, Jane", "Malawi; Wales", "&a", "*a", "!tag", "?", "? x", "''", `""`, "'", `"`, "]", "[",
}

func randomText(random *rand.Rand, between string) string {
	var words []string
	for range 1 + random.IntN(6) {
		words = append(words, formWords[random.IntN(len(formWords))])
		if random.IntN(3) == 0 {
			words = append(words, between)
		}
	}
	return strings.Join(words, " ")
}
