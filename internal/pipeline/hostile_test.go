package pipeline_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"casebook/internal/frontmatter"
	"casebook/internal/pipeline"
	"casebook/internal/problem"

	"golang.org/x/net/html"
)

// payloads returns the texts of package markdown's tests that try to run scripts, and
// those for templates.
func payloads(t testing.TB) []string {
	t.Helper()
	var all []string
	for _, name := range []string{"../markdown/testdata/payloads.txt", "testdata/templates.txt"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Split(strings.TrimSpace(string(text)), "\n")...)
	}
	if len(all) < 300 {
		t.Fatalf("%d payloads", len(all))
	}
	return all
}

// block is some lines of a file: the text with a payload, and the text that replaces it
// after the payload was refused.
type block struct {
	position string // "" if the block has no payload
	text     string
	instead  string
}

// hostileFile is a file in which some blocks contain a payload.
type hostileFile []block

func (f hostileFile) text() string {
	var b strings.Builder
	for _, one := range f {
		b.WriteString(one.text)
	}
	return b.String()
}

// at returns the index of the block that contains a line. Line 0 means the whole file.
func (f hostileFile) at(line int) int {
	end := 0
	for i, one := range f {
		end += strings.Count(one.text, "\n")
		if line <= end {
			return i
		}
	}
	return len(f) - 1
}

// quoted returns a text with quotes, as in YAML and JSON.
func quoted(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // impossible for a string
	}
	return string(b)
}

// format makes a block with a payload: %s is the payload, %q the payload in quotes, and %u
// the payload in quotes, made unique by the number of the payload and the layout.
func format(position, layout, payload string, number int, instead string) block {
	text := strings.NewReplacer("%s", payload, "%q", quoted(payload), "%u", quoted(fmt.Sprintf("%s p%d-%d", payload, number, len(layout))), "%i", fmt.Sprint(number)).Replace(layout)
	return block{position, text, strings.ReplaceAll(instead, "%i", fmt.Sprint(number))}
}

// frontPositions are the fields of a case study: position, layout, and the text that
// replaces a refused payload. Lines without a position contain no payload.
var frontPositions = [][3]string{
	{"title", "title: %q\n", "title: Plain\n"},
	{"summary", "summary: %q\n"},
	{"partner name", "partners: [%u]\n"},
	{"discipline", "disciplines: [%u]\n"},
	{"quote text and speaker", "quotes: [{text: %q, speaker: %q, consent: given}]\n"},
	{"benefit", "benefits: {Uganda: [%q]}\n"},
	{"", "indicators:\n  - {name: a, value: 5, as_of: 2020, source: {title: A}}\n"},
	{"indicator", "  - {name: %q, value: 5, unit: %q, as_of: 2020, source: {title: %q}}\n"},
	{"indicator value", "  - {name: b, value: %q, as_of: 2020, source: {title: b}}\n"},
	{"", "sources:\n  - {title: A}\n"},
	{"source title", "  - {title: %q}\n"},
	{"source address", "  - {title: a, url: %q}\n"},
	{"", "authors:\n  - A\n"},
	{"author name", "  - %q\n"},
	{"orcid", "  - {name: a, orcid: %q}\n"},
	{"led by", "led_by: {planning: %q}\n"},
	{"agreed by", "agreed_by: [%q]\n"},
	{"alias", "aliases: [%q]\n"},
	{"licence", "licence: %q\n"},
	{"language", "lang: %q\n"},
	{"end", "end: %q\n"},
	{"unknown key", "%q: x\n"},
}

// bodyPositions are positions in Markdown.
var bodyPositions = [][2]string{
	{"heading", "\n## %s\n"},
	{"paragraph", "\na %s b\n"},
	{"raw block", "\n%s\n"},
	{"link text", "\n[%s](https://example.org/)\n"},
	{"link destination", "\n[a](%s)\n"},
	{"bracketed destination", "\n[a](<%s>)\n"},
	{"link title", "\n[a](https://example.org/ \"%s\")\n"},
	{"autolink", "\n<%s>\n"},
	{"image alternative", "\n![%s](picture.png)\n"},
	{"image destination", "\n![a](%s)\n"},
	{"table cell", "\n| a | %s |\n|---|---|\n| %s | b |\n"},
	{"list item", "\n- %s\n"},
	{"footnote", "\na[^1]\n\n[^1]: %s\n"},
	{"code span", "\n`%s`\n"},
	{"fence", "\n~~~ %s\n%s\n~~~\n"},
}

// ownPositions are fields that need a separate file for each payload.
var ownPositions = [][2]string{
	{"withdrawn reason", "withdrawn: {date: 2020-01-01, reason: %q}\n"},
	{"unquoted", "summary: %s\n"},
}

// hostileSite is a knowledge base with payloads in all positions.
type hostileSite struct {
	plain   folder
	files   map[string]hostileFile
	refused map[string]int // by position
}

// newHostileSite puts each payload in each position of a case study, and every thin-th
// payload in each position of the other files.
func newHostileSite(t testing.TB, payloads []string, thin int) *hostileSite {
	s := &hostileSite{readFolder(t, goldenInput), map[string]hostileFile{}, map[string]int{}}
	picture := s.plain["content/cases/shared-ward/rota.png"]
	s.plain["content/cases/picture.png"] = picture
	s.plain["content/site.yaml"] = strings.Replace(s.plain["content/site.yaml"], "page_size: 2", "page_size: 200", 1)
	organisations := hostileFile{{text: s.plain["content/organisations.yaml"]}}
	disciplines := hostileFile{{text: s.plain["content/disciplines.yaml"]}}
	references, texts := hostileFile{{text: s.plain["content/references.yaml"]}}, hostileFile{}
	for i, payload := range payloads {
		put := func(position, layout, instead string) block { return format(position, layout, payload, i, instead) }
		file := func(layout string) string { return fmt.Sprintf("content/"+layout, i) }
		whole := hostileFile{{text: "---\nprinciples: [listen-first]\n"}}
		for _, p := range frontPositions {
			whole = append(whole, put(p[0], p[1], p[2]))
		}
		whole = append(whole, block{text: "---\n"})
		for _, p := range bodyPositions {
			whole = append(whole, put(p[0], p[1], ""))
		}
		s.files[file("cases/p%04d.md")] = whole
		principle := fmt.Sprintf("content/principles/third-%d.md", i/50)
		if i%50 == 0 {
			s.files[principle] = hostileFile{
				{text: fmt.Sprintf("---\nnumber: %d\ntitle: Third %d\n", 3+i, i)},
				format("principle question", "question: %q\n", together(payloads[i:min(len(payloads), i+50)]), i, ""),
				{text: fmt.Sprintf("hallmarks:\n  - {id: third-%d, title: Third %d}\n", i, i)},
			}
		}
		if i%thin == 0 {
			s.files[principle] = append(s.files[principle], put("hallmark", "  - {id: h%i, title: %u, summary: %q, question: %q}\n", ""))
			// They are the last of the file, because their many warnings hide what follows, and have nothing that is refused.
			texts = append(texts, format("reference", "  - {id: r%i, type: report, title: %q, author: [{literal: %q}], container-title: %q, publisher: %q, note: %q}\n", together([]string{payload}), i, ""))
		}
		if i%50 == 49 || i == len(payloads)-1 {
			s.files[principle] = append(s.files[principle], block{text: "---\n"})
		}
		if i%thin == 1%thin {
			organisations = append(organisations, put("organisation", "- {id: p%i, name: %u, aliases: [%u], country: Uganda, type: %q}\n", ""))
			disciplines = append(disciplines, put("discipline label", "- {id: p%i, label: %u, alternative: [%u]}\n", ""))
		}
		if i%thin == 2%thin {
			s.files[file("resources/p%04d.md")] = hostileFile{
				{text: "---\ntype: tool\n"},
				put("resource title", "title: %u\n", "title: Plain %i\n"),
				put("resource why", "hallmarks: [{id: third-0, why: %q}]\n", ""),
				put("resource address", "url: %q\n", ""),
				put("resource file", "file: %q\n", ""),
				put("resource format", "format: %q\n", ""),
				{text: "---\n"},
			}
			s.files[file("pages/p%04d.md")] = hostileFile{
				{text: "---\n"}, put("page title", "title: %u\n", "title: Plain\n"), put("page summary", "summary: %q\n", ""), {text: "---\n"},
			}
			for k, p := range ownPositions {
				s.files[file(fmt.Sprintf("cases/own%d-%%04d.md", k))] = hostileFile{
					{text: "---\ntitle: Own\nprinciples: [listen-first]\nauthors: [A]\n"}, put(p[0], p[1], ""), {text: "---\n"},
				}
			}
		}
		if i%7 == 0 { // so few that one report has all their problems
			organisations = append(organisations, put("organisation address", "- {id: u%i, name: U%i, url: %q}\n", ""))
			references = append(references, put("reference address", "  - {id: a%i, type: report, title: A, URL: %q, DOI: %q}\n", ""))
		}
	}
	s.files["content/organisations.yaml"] = organisations
	s.files["content/disciplines.yaml"] = disciplines
	s.files["content/references.yaml"] = append(references, texts...)
	return s
}

// together joins payloads to one text, without the control characters that a text may not
// contain.
func together(payloads []string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.Join(payloads, " "))
}

// newHostileSettings returns a knowledge base with each payload in site.yaml, so that all
// pages show it.
func newHostileSettings(t testing.TB, payloads []string) *hostileSite {
	s := &hostileSite{readFolder(t, goldenInput), map[string]hostileFile{}, map[string]int{}}
	site := hostileFile{
		{text: "title: Small casebook\nlanguage: en\n"},
		format("tagline", "tagline: %q\n", together(payloads), 0, ""),
		{text: "navigation:\n  - {label: A, path: /principles/}\n"},
	}
	for i, payload := range payloads {
		site = append(site, format("navigation label", "  - {label: %q, path: /principles/}\n", payload, i, ""))
		if i%7 == 0 {
			site = append(site, format("navigation path", "  - {label: A, path: %q}\n", payload, i, ""))
		}
	}
	s.files["content/site.yaml"] = site
	return s
}

// texts returns all files.
func (s *hostileSite) texts() folder {
	all := maps.Clone(s.plain)
	for name, file := range s.files {
		all[name] = file.text()
	}
	return all
}

// refuse replaces the blocks that the problems are about, and returns the changed files.
// It fails if a problem is not about a block with a payload.
func (s *hostileSite) refuse(t *testing.T, problems []problem.Problem) folder {
	t.Helper()
	type place struct {
		file  string
		block int
	}
	blamed := map[place]bool{}
	for _, p := range problems {
		if p.Severity != problem.Error || p.Code == "too-many-problems" { // those that are not shown come with the next build
			continue
		}
		file, ok := s.files[p.File]
		if !ok {
			t.Errorf("a problem in a file without a payload: %s:%d: %s", p.File, p.Line, p.Message)
			continue
		}
		at := file.at(p.Line)
		if p.Line == 0 || file[at].position == "" {
			at = slices.IndexFunc(file, func(b block) bool { return b.position != "" })
			if len(file) > 50 || at < 0 {
				t.Errorf("a problem in a line without a payload: %s:%d: %s", p.File, p.Line, p.Message)
				continue
			}
		}
		blamed[place{p.File, at}] = true
	}
	fixed := folder{}
	for one := range blamed {
		b := &s.files[one.file][one.block]
		s.refused[b.position]++
		*b = block{text: b.instead}
		fixed[one.file] = s.files[one.file].text()
	}
	return fixed
}

// fix builds the site, replaces refused blocks, and builds again until there are no
// errors.
func (s *hostileSite) fix(t *testing.T) *pipeline.Result {
	t.Helper()
	return s.fixIn(t, t.TempDir())
}

// fixIn is like fix, in the folder dir.
func (s *hostileSite) fixIn(t *testing.T, dir string) *pipeline.Result {
	t.Helper()
	builder := pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	var left []problem.Problem
	for changed := s.texts(); len(changed) > 0; changed = s.refuse(t, left) { // a build may not report all errors of a file
		changed.write(t, dir)
		result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
		if err != nil {
			t.Fatal(err)
		}
		if !result.Failed() {
			return result
		}
		left = result.Problems
	}
	t.Fatalf("errors remain: %v", left)
	return nil
}

// TestPayloadsInWholeFiles puts payloads in each position of the content, and checks that
// they are only text on all pages of the site.
func TestPayloadsInWholeFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("renders hundreds of hostile pages")
	}
	checkHostileSite(t, sample(payloads(t), 8), 6)
}

func checkHostileSite(t *testing.T, all []string, thin int) {
	s := newHostileSite(t, all, thin)
	tried := s.tried()
	result := s.fix(t)
	benign(t).checkSite(t, result.Snapshot)
	s.checkPower(t, tried)
	t.Logf("%d payloads, %d files, %d pages; tried: %v; refused: %v", len(all), len(s.files), result.Pages, tried, s.refused)
}

// tried counts the payloads by position.
func (s *hostileSite) tried() map[string]int {
	n := map[string]int{}
	for _, file := range s.files {
		for _, b := range file {
			n[b.position]++
		}
	}
	return n
}

func TestPayloadsInSettings(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many sites")
	}
	checkHostileSettings(t, sample(payloads(t), 4))
}

func checkHostileSettings(t *testing.T, payloads []string) {
	// As many at a time as a list may have, including the paths that newHostileSettings adds.
	for all := range slices.Chunk(payloads, frontmatter.MaxItems*4/5) {
		s := newHostileSettings(t, all)
		result := s.fix(t)
		benign(t).checkSite(t, result.Snapshot)
		if n := s.refused["navigation label"]; n > len(all)/5 {
			t.Errorf("%d navigation labels are refused", n)
		}
		if s.refused["tagline"] > 0 {
			t.Error("the tagline is refused")
		}
	}
}

// TestPayloadsAsSettings puts payloads into the other values of site.yaml, one at a time.
func TestPayloadsAsSettings(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many sites")
	}
	all := payloads(t)
	refused, tried := map[string]int{}, 0
	dir, builder := t.TempDir(), pipeline.New(pipeline.Options{Theme: defaultTheme(t)})
	readFolder(t, goldenInput).write(t, dir)
	v := benign(t)
	for _, key := range []string{"title", "contact", "edit_url", "base_url", "licence", "language", "theme", "principle_set"} {
		some := sample(all, 100)
		tried = len(some)
		for _, payload := range some {
			text := "title: Plain\n"
			if key == "title" {
				text = ""
			}
			folder{"content/site.yaml": text + key + ": " + quoted(payload) + "\n"}.write(t, dir)
			result, err := builder.Build(t.Context(), pipeline.Input{Tree: scan(t, dir), Today: today})
			if err != nil {
				t.Fatal(err)
			}
			if !result.Failed() {
				v.checkSite(t, result.Snapshot)
				continue
			}
			refused[key]++
			for _, p := range result.Problems {
				if p.Severity == problem.Error && p.File != "content/site.yaml" {
					t.Errorf("%s: %s: the problem is in %s: %s", key, payload, p.File, p.Message)
				}
			}
		}
	}
	t.Logf("refused: %v", refused)
	if refused["title"] > tried/10 || refused["edit_url"] < tried*9/10 || refused["theme"] < tried*9/10 {
		t.Errorf("refused: %v of %d", refused, tried)
	}
}

// checkPower fails if too many payloads were refused in a position of free text, so that
// the others show little, or too few in a position where most must be refused.
func (s *hostileSite) checkPower(t *testing.T, tried map[string]int) {
	t.Helper()
	check := func(positions string, fewest int, least, most float64) {
		for position := range strings.SplitSeq(positions, ", ") {
			n, refused := tried[position], float64(s.refused[position])
			if n < fewest || refused < least*float64(n) || refused > most*float64(n) {
				t.Errorf("%s: %v of %d payloads are refused", position, refused, n)
			}
		}
	}
	check("title, summary, author name, quote text and speaker, benefit, indicator, source title, "+
		"code span, fence, withdrawn reason, resource title, resource why, page title, organisation, discipline label, "+
		"reference, hallmark", 10, 0, 0.05)
	check("principle question", 2, 0, 0.05)                                                                            // each has 50 payloads
	check("partner name, discipline", 10, 0, 0.25)                                                                     // some are similar to a listed name
	check("heading, paragraph, link text, image alternative, table cell, list item, footnote, raw block", 10, 0, 0.67) // HTML is refused
	check("link destination, image destination, resource address, source address, resource file, unknown key, alias, orcid, licence, language", 10, 0.5, 1)
}

// TestTemplatesAreText puts template code into titles, quotes and Markdown, and checks that
// the page shows it unchanged.
func TestTemplatesAreText(t *testing.T) {
	raw, err := os.ReadFile("testdata/templates.txt")
	if err != nil {
		t.Fatal(err)
	}
	templates := strings.Split(strings.TrimSpace(string(raw)), "\n")
	if len(templates) < 40 {
		t.Fatalf("%d templates", len(templates))
	}
	files := readFolder(t, goldenInput)
	for i, template := range templates {
		files[fmt.Sprintf("content/cases/t%02d.md", i)] = "---\nprinciples: [listen-first]\nauthors: [A]\ntitle: " + quoted("a "+template+" b") +
			"\nquotes: [{consent: given, text: " + quoted(template) + "}]\n---\n\n`` " + template + " ``\n"
	}
	result := files.build(t, pipeline.Options{})
	if result.Failed() {
		t.Fatal(errorsOf(result))
	}
	for i, template := range templates {
		name := fmt.Sprintf("cases/t%02d/index.html", i)
		root := parsePage(t, name, htmlFiles(t, result.Snapshot)[name])
		for element, want := range map[string]string{"h1": "a " + template + " b", "code": template, "figure": template} {
			if text := textOf(root, element); !strings.Contains(text, want) {
				t.Errorf("%q in <%s> is %q", template, element, text)
			}
		}
	}
}

// textOf returns the text of the first element with a name.
func textOf(root *html.Node, element string) string {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == element {
			var b strings.Builder
			for d := range n.Descendants() {
				if d.Type == html.TextNode {
					b.WriteString(d.Data)
				}
			}
			return b.String()
		}
	}
	return ""
}
