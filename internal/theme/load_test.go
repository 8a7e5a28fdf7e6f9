package theme_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/internal/content"
	"casebook/internal/problem"
	"casebook/internal/site"
	"casebook/internal/theme"
)

// over loads the default theme, with some files replaced or added.
func over(t testing.TB, files map[string]string) (*theme.Theme, []problem.Problem) {
	t.Helper()
	layer := fstest.MapFS{}
	for name, text := range files {
		layer[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return theme.Load([]theme.Layer{{Name: "themes/ours", FS: layer}, defaultLayer(t)}, theme.Words{Language: "en-GB"})
}

func TestLoadReports(t *testing.T) {
	if testing.Short() {
		t.Skip("loads many themes")
	}
	const start = "{{template \"head\" .}}\n<title>x</title>\n{{template \"top\" .}}\n"
	for _, test := range []struct {
		name, file, text string
		want             string // position, code and a part of the message
	}{
		{"unclosed action", "layouts/year.html", "<p>\n{{.Year", "themes/ours/layouts/year.html:2 theme-template unclosed action compare it with the default theme; the fields of pages are in internal/site"},
		{"unknown function", "layouts/year.html", "<p>\n\n{{shout .Year}}", `themes/ours/layouts/year.html:3 theme-template function "shout" not defined`},
		{"wrong field", "layouts/year.html", start + "{{.Yaer}}", "themes/ours/layouts/year.html:4:3 theme-template can't use field Yaer in type site.YearPage"},
		{"wrong field in a partial", "partials/card.html", "<b>\n{{.Labell}}</b>", "themes/ours/partials/card.html:2:3 theme-template can't use field Labell"},
		{"field of no value", "partials/not-stated.html", "<em>\né{{.Label}}</em>", "themes/ours/partials/not-stated.html:2:4 theme-template can't use field Label"},
		{"unknown partial", "layouts/year.html", start + `{{template "cord" .}}`, `themes/ours/layouts/year.html:4:12 theme-template there is no partial "cord"`},
		{"unknown string", "layouts/year.html", start + `  {{t "year.titel" .Year}}`, `themes/ours/layouts/year.html:4:5 theme-string there is no string "year.titel"`},
		{"unknown family", "layouts/year.html", start + `{{tf "yeer." .Year}}`, `themes/ours/layouts/year.html:4:3 theme-string there is no string that starts with "yeer."`},
		{"too few arguments", "layouts/year.html", start + `{{t "year.title"}}`, `themes/ours/layouts/year.html:4:3 theme-string string "year.title" wants 1 arguments and gets 0`},
		{"variable key", "layouts/year.html", start + `{{t .Year}}`, "themes/ours/layouts/year.html:4:3 theme-argument must be a constant"},
		{"unknown asset", "layouts/year.html", start + `{{asset "sight.css"}}`, `themes/ours/layouts/year.html:4:3 theme-asset there is no asset "sight.css"`},
		{"broken stylesheet", "assets/site.css", "a {\n  color: red;\n", "themes/ours/assets/site.css:3:1 theme-asset"},
		{"import of nothing", "assets/site.css", "@import \"print.css\";\n", "themes/ours/assets/site.css:1:9 theme-asset"},
		{"unsafe place", "layouts/year.html", start + "<p {{if .Year}}title='{{end}}>", "themes/ours/layouts/year.html:4:9 theme-template branches end in different contexts"},
		{"not YAML", "strings/en.yaml", "a: b\nc: [", "themes/ours/strings/en.yaml:2 theme-strings"},
		{"key twice", "strings/en.yaml", "year.title: In {1}\nyear.title: Of {1}", `themes/ours/strings/en.yaml:2 theme-strings key "year.title" is already on line 1`},
		{"nested string", "strings/en.yaml", "year.title: [a]", `themes/ours/strings/en.yaml:1 theme-strings string "year.title"`},
		{"unknown plural", "strings/en.yaml", "year.title: {one: a, lots: b}", `themes/ours/strings/en.yaml:1 theme-strings string "year.title": "lots" is not a plural category`},
		{"no other", "strings/en.yaml", "year.title: {one: a}", `themes/ours/strings/en.yaml:1 theme-strings string "year.title": the form "other" is missing`},
		{"no text", "strings/en.yaml", "# ours\nhome.recent:\n", `themes/ours/strings/en.yaml:2 theme-strings string "home.recent": it has no text`},
		{"unknown term", "strings/en.yaml", "# ours\nhome.recent: New {halmarks}", `themes/ours/strings/en.yaml:2 theme-strings string "home.recent" names {halmarks}, which is no term write {principle}`},
		{"unused partial", "partials/botom.html", "x", `themes/ours/partials/botom.html theme-unused nothing invokes this partial did you mean "bottom.html"?`},
		{"new partial", "partials/map-of-us.html", "x", `themes/ours/partials/map-of-us.html theme-unused nothing invokes this partial invoke it with {{template "map-of-us" .}}`},
		{"unused layout", "layouts/cases-.html", "x", `themes/ours/layouts/cases-.html theme-unused no kind of page has this layout did you mean "cases.html"?`},
		{"unknown layout", "layouts/foo.html", "x", `themes/ours/layouts/foo.html theme-unused no kind of page has this layout name it like one of`},
		{"not HTML", "partials/bottom.htm", "x", `themes/ours/partials/bottom.htm theme-unused nothing invokes this partial did you mean "bottom.html"?`},
		{"wrong folder", "partial/bottom.html", "x", `themes/ours/partial theme-unused a theme has no such folder did you mean "partials"?`},
		{"inline script", "partials/bottom.html", "<p>\n<script>alert(1)</script>", "themes/ours/partials/bottom.html:2:1 theme-blocked the page's security policy blocks inline scripts put it into assets/"},
		{"inline style", "partials/bottom.html", `<p>é<b {{if .Root}}style="color:{{.Root}}"{{end}}>`, "themes/ours/partials/bottom.html:1:20 theme-blocked the page's security policy blocks inline styles"},
		{"style element", "partials/bottom.html", "<style>b{}</style>", "themes/ours/partials/bottom.html:1:1 theme-blocked the page's security policy blocks inline styles"},
		{"event", "partials/bottom.html", "<button\n  type=button onclick='f()'>", "themes/ours/partials/bottom.html:2:15 theme-blocked the page's security policy blocks inline scripts"},
		{"picture of another site", "partials/bottom.html", `<img alt="" src="https://example.org/x.png">`, "themes/ours/partials/bottom.html:1:13 theme-blocked the page's security policy blocks what comes from other sites"},
		{"stylesheet of another site", "partials/bottom.html", `<link rel=stylesheet href=//example.org/x.css>`, "themes/ours/partials/bottom.html:1:22 theme-blocked the page's security policy blocks what comes from other sites"},
		{"blocked url", "assets/site.css", "b {}\ni { background: url(https://example.org/x.png) }", "themes/ours/assets/site.css:2:17 theme-blocked is not a file of the theme, which the page's security policy blocks put a copy"},
		{"unused asset", "assets/sight.css", "b {}", `themes/ours/assets/sight.css theme-unused no page uses this asset did you mean "site.css"?`},
		{"new asset", "assets/pictures/banner.webp", "x", `themes/ours/assets/pictures/banner.webp theme-unused no page uses this asset name it with {{asset "pictures/banner.webp"}}`},
		{"unused string", "strings/en.yaml", "# ours\nyear.subtitle: In {1}", `themes/ours/strings/en.yaml:2 theme-string-unused no template uses the string "year.subtitle"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			loaded, problems := over(t, map[string]string{test.file: test.text})
			if (loaded == nil) != (problem.Count(problems, problem.Error) > 0) {
				t.Error("want either a theme or an error")
			}
			var got []string
			for _, p := range problems {
				line := p.Position() + " " + p.Code + " " + p.Message
				position, rest, _ := strings.Cut(test.want, " ")
				if code, message, _ := strings.Cut(rest, " "); p.Position() == position && p.Code == code && strings.Contains(p.Message+" "+p.Hint, message) {
					return
				}
				got = append(got, line)
			}
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), test.want)
		})
	}
}

func TestLoadReportsEverythingAtOnce(t *testing.T) {
	_, problems := over(t, map[string]string{
		"layouts/year.html":  `{{.Yaer}}{{t "nothing.here"}}`,
		"layouts/years.html": `{{.Nothing}}`,
		"assets/site.css":    "a {",
		"strings/en.yaml":    "a: {b: c}",
	})
	files := map[string]bool{}
	for _, p := range problems {
		if p.Severity == problem.Error {
			files[p.File] = true
		}
	}
	if len(files) != 4 {
		t.Errorf("problems are in %v, want them in all four files", files)
	}
}

// TestOneMistakeIsOneProblem checks that a mistake in a partial of all pages is reported once.
func TestOneMistakeIsOneProblem(t *testing.T) {
	for text, want := range map[string]string{
		"<p>\n{{ if }}":         "themes/ours/partials/bottom.html:2: missing value for if",
		"{{.Nope}}":             `themes/ours/partials/bottom.html:1:3: checking "bottom" at <.Nope>: can't use field Nope in type site.CasePage, site.CasesPage and 33 more kinds of page`,
		`{{template "cord" .}}`: `themes/ours/partials/bottom.html:1:12: there is no partial "cord"`,
	} {
		_, problems := over(t, map[string]string{"partials/bottom.html": text})
		problems = slices.DeleteFunc(problems, func(p problem.Problem) bool { return p.Severity != problem.Error })
		if len(problems) != 1 || problems[0].String() != want {
			t.Errorf("%s: got\n%swant\n%s", text, joined(problems), want)
		}
	}
}

func TestAllowedByPolicy(t *testing.T) {
	_, problems := over(t, map[string]string{"partials/bottom.html": `<!-- <b style="x"> {{/* <script> */}} --><p title="no style=x or onclick=y" class="style">
		<a href="https://example.org/" data-style=x>src="http://example.org"</a> a < b style=
		<script type="application/ld+json">{}</script><script type="module" src="{{.Root}}{{asset "site.ts"}}"></script>
		<img alt="" src="{{.Root}}x.png">{{t "footer.contact"}}`})
	for _, p := range problems {
		if p.Code == "theme-blocked" {
			t.Error(p)
		}
	}
}

func TestPositionsInNamesWithSpace(t *testing.T) {
	layer := theme.Layer{Name: "our theme", FS: fstest.MapFS{"layouts/year.html": {Data: []byte("<p>\n{{shout .Year}}")}}}
	_, problems := theme.Load([]theme.Layer{layer, defaultLayer(t)}, theme.Words{Language: "en"})
	if len(problems) == 0 || problems[0].Position() != "our theme/layouts/year.html:2" {
		t.Errorf("got %v", problems)
	}
}

// TestTranslations checks that strings that a language lacks are shown in English, and that
// one problem names them.
func TestTranslations(t *testing.T) {
	ours := func(files map[string]string) []theme.Layer {
		layer := fstest.MapFS{}
		for name, text := range files {
			layer["strings/"+name] = &fstest.MapFile{Data: []byte(text)}
		}
		return []theme.Layer{{Name: "themes/ours", FS: layer}, defaultLayer(t)}
	}
	for _, test := range []struct {
		name   string
		layers []theme.Layer
		lang   string
		want   string // severity, position, code and message
		hint   string
		shows  string // the text of the button on the home page
	}{
		{"default theme", []theme.Layer{defaultLayer(t)}, "sw", `warning  theme-language the theme has no words in the language "sw", so they are shown in English`, "themes/<name>/strings/sw.yaml", "Search"},
		{"own theme", ours(nil), "sw", `warning  theme-language the theme has no words in the language "sw"`, "themes/ours/strings/sw.yaml", "Search"},
		{"empty file", ours(map[string]string{"sw.yaml": "# nothing yet\n"}), "sw", `warning  theme-language the theme has no words`, "themes/ours/strings/sw.yaml", "Search"},
		{"under construction", ours(map[string]string{"fr.yaml": "search.button: Chercher\n"}), "fr", `advice themes/ours/strings/fr.yaml theme-untranslated`, "translate them", "Chercher"},
		{"variety", ours(map[string]string{"pt.yaml": "search.button: Pesquisar\n"}), "pt-BR", `advice themes/ours/strings/pt.yaml theme-untranslated`, "translate them", "Pesquisar"},
		{"what differs", ours(map[string]string{"en-US.yaml": "search.button: Look\n"}), "en-US", "", "", "Look"},
		{"broken file", ours(map[string]string{"sw.yaml": "a: b\nc: ["}), "sw", "error themes/ours/strings/sw.yaml:2 theme-strings", "write one key", ""},
		{"no language", []theme.Layer{defaultLayer(t)}, "not a tag!", `error  theme-language language "not a tag!" is not a BCP 47 tag`, "write a tag", ""},
	} {
		loaded, problems := theme.Load(test.layers, theme.Words{Language: test.lang})
		got, hint := "", ""
		for _, p := range problems {
			got += p.Severity.String() + " " + p.Position() + " " + p.Code + " " + p.Message
			hint += p.Hint
		}
		if !strings.HasPrefix(got, test.want) || (test.want == "") != (got == "") || len(problems) > 1 || !strings.Contains(hint, test.hint) {
			t.Errorf("%s: got %.500s, want %s (%s)", test.name, got, test.want, test.hint)
		}
		if missing, all := 0, 0; strings.Contains(got, "theme-untranslated") {
			if _, err := fmt.Sscanf(problems[0].Message, "%d of %d strings", &missing, &all); err != nil || missing != all-1 || !strings.HasSuffix(problems[0].Message, fmt.Sprintf(" and %d more", missing-5)) {
				t.Errorf("%s: %s", test.name, problems[0].Message)
			}
		}
		if (loaded != nil) != (test.shows != "") {
			t.Errorf("%s: loaded: %v, want %v", test.name, loaded != nil, test.shows != "")
		}
		if loaded == nil {
			continue
		}
		home := sampleHome()
		if html := render(t, loaded, home); !strings.Contains(html, ">"+test.shows+"</button>") {
			t.Errorf("%s: the text of the button is not %q", test.name, test.shows)
		}
	}
}

// TestTerms checks that the theme uses the site's own words for the main terms everywhere.
func TestTerms(t *testing.T) {
	loaded, problems := theme.Load([]theme.Layer{defaultLayer(t)}, theme.Words{Terms: content.Terms{
		Principle: content.Noun{One: "value", Other: "values"}, Hallmark: content.Noun{One: "indicator", Other: "indicators"},
		CaseStudy: content.Noun{One: "story", Other: "stories"}, Discipline: content.Noun{One: "field", Other: "fields"},
	}})
	if loaded == nil || len(problems) > 0 {
		t.Fatal(problems)
	}
	theirs := regexp.MustCompile(`(?i)\b(principle|hallmark|case stud|specialt|profession\b)`)
	for key, text := range loaded.Strings() {
		if !strings.HasPrefix(key, "term.") && theirs.MatchString(text) {
			t.Errorf("string %q has a word of the theme: %q", key, text)
		}
	}
	if got := loaded.Word("kind.", "hallmark"); got != "Indicator" {
		t.Errorf("a hallmark is called %q", got)
	}
	data := string(render(t, loaded, &site.DataPage{Base: sampleBase("/data/", "../", ""), Fields: []site.DataField{{Name: "hallmarks", Help: "The hallmarks of a case study."}}}))
	if !strings.Contains(data, "The indicators of a story.") || !strings.Contains(data, "<code>hallmarks</code>") {
		t.Errorf("the help of a field does not have the site's words, or its name has them: %s", data)
	}
}

func joined(problems []problem.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}

func TestSiteReplacesFilesAndStrings(t *testing.T) {
	loaded, problems := over(t, map[string]string{
		"partials/not-stated.html": `<em>{{t "case.not-stated"}}, we are sorry</em>`,
		"strings/en.yaml":          "case.not-stated: nobody said",
		"assets/site.css":          "a{color:red}",
	})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	html, _, err := loaded.Render(nil, &site.CasePage{Base: sampleBase("/cases/x/", "../../", "x")})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(html), "<em>nobody said, we are sorry</em>") {
		t.Error("the site's own partial and string are not used")
	}
	if !slices.ContainsFunc(loaded.Assets(), func(f theme.File) bool {
		return strings.HasPrefix(f.Path, "assets/site.") && strings.TrimSpace(string(f.Data)) == "a{color:red}"
	}) {
		t.Error("the site's own stylesheet is not used")
	}
}

func TestPlaceholdersAndPlurals(t *testing.T) {
	loaded, problems := over(t, map[string]string{
		"strings/en.yaml":   "year.title: '{1} and {1}, not {2'\nlist.count: {one: '{1} case', other: '{1} cases'}",
		"layouts/year.html": `<p>{{t "year.title" .Year}}</p><i>{{t "list.count" 1}}</i><b>{{t "list.count" 10000}}</b><u>{{t "list.count" 2 1}}</u>`,
	})
	if len(problems) > 0 {
		t.Log(problems)
	}
	html, _, err := loaded.Render(nil, &site.YearPage{Year: "{1}<"})
	if err != nil {
		t.Fatal(err)
	}
	if want := "<p>{1}&lt; and {1}&lt;, not {2</p><i>1 case</i><b>10,000 cases</b><u>2 cases</u>"; string(html) != want {
		t.Errorf("got %s, want %s", html, want)
	}
}

func BenchmarkLoad(b *testing.B) {
	layers := []theme.Layer{defaultLayer(b)}
	for b.Loop() {
		theme.Load(layers, theme.Words{Language: "en-GB"})
	}
}
