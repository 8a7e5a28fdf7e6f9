package pipeline_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/advice"
	"casebook/internal/cache"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/pipeline"
	"casebook/internal/problem"
	"casebook/internal/source"
)

// TestPart checks that reading the part of the content that one file depends on finds the
// same problems of the file as reading all, after random edits of case studies that share
// names with each other.
func TestPart(t *testing.T) { checkParts(t, 8) }

func checkParts(t *testing.T, rounds int) {
	random := rand.New(rand.NewPCG(3, 4))
	kept, err := cache.Open(t.TempDir(), cache.Use{Source: "/kb"})
	if err != nil {
		t.Fatal(err)
	}
	start := map[string][]byte{
		"content/site.yaml":           []byte("title: A casebook\nbase_url: https://example.org/kb/\nlanguage: en\n"),
		"content/principles/first.md": []byte("---\nnumber: 1\ntitle: First\nquestion: Is it?\nsummary: It is.\nhallmarks:\n  - {id: stable, title: Stable, question: Is it?, summary: It is.}\n---\n\nText.\n"),
		"content/organisations.yaml":  []byte("- {id: north, name: North Hospital, aliases: [The North], type: hospital}\n"),
		"content/disciplines.yaml":    []byte("- {id: nursing, label: Nursing}\n"),
		"content/references.yaml":     []byte("- {id: report, type: report, title: A report}\n"),
		"content/pages/about.md":      []byte("---\ntitle: About\n---\n\nText of [a case](../cases/a.md).\n"),
	}
	for i := range 20 {
		start[caseFile(i)] = randomCase(random)
	}
	scanner, err := source.New(filepath.Join(t.TempDir()), source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	empty, err := scanner.Scan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tree := empty.With(start)
	today := content.Date{Year: 2026, Month: 11, Day: 24}
	told, asked, reported := 0, 0, 0
	for range rounds {
		if random.IntN(3) > 0 {
			if err := pipeline.KeepOutlineOf(kept, pipeline.Input{Tree: tree, Today: today}); err != nil {
				t.Fatal(err)
			}
		}
		edits := map[string][]byte{}
		for range 1 + random.IntN(2) {
			edits[caseFile(random.IntN(24))] = randomCase(random)
		}
		tree = tree.With(edits)
		edits[caseFile(random.IntN(20))] = nil // one that has not changed
		all := map[bool]*pipeline.Result{}
		for _, drafts := range []bool{false, true} {
			all[drafts] = readAll(t, tree, today, drafts)
		}
		for _, file := range slices.Sorted(maps.Keys(edits)) {
			for _, drafts := range []bool{false, true} {
				builder := pipeline.New(pipeline.Options{Cache: kept, Drafts: drafts})
				defer builder.Close()
				part, ok, err := builder.CheckPart(t.Context(), pipeline.Input{Tree: tree, Today: today}, []string{strings.TrimPrefix(file, "content/")})
				if err != nil {
					t.Fatal(err)
				}
				asked++
				if !ok {
					continue
				}
				told++
				got, want := problemsOf(part, file), problemsOf(all[drafts], file)
				reported += len(want)
				if !slices.Equal(got, want) {
					data, _ := tree.File(file).Data()
					t.Fatalf("%s, drafts %v:\n%s\ngot  %v\nwant %v", file, drafts, data, got, want)
				}
			}
		}
	}
	t.Logf("%d of %d checks needed a part only; they reported %d problems", told, asked, reported)
	if told < asked/4 || reported < told/4 {
		t.Errorf("%d of %d checks needed a part only; they reported %d problems: too few", told, asked, reported)
	}
}

// readAll reads a whole tree without a cache.
func readAll(t *testing.T, tree *source.Tree, today content.Date, drafts bool) *pipeline.Result {
	t.Helper()
	builder := pipeline.New(pipeline.Options{Drafts: drafts})
	defer builder.Close()
	result, err := builder.ReadResult(t.Context(), pipeline.Input{Tree: tree, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// problemsOf returns the problems of a file and the advice on it.
func problemsOf(r *pipeline.Result, file string) []problem.Problem {
	path := strings.TrimPrefix(file, "content/")
	all := slices.DeleteFunc(slices.Clone(r.Problems), func(p problem.Problem) bool { return p.File != file })
	for _, l := range r.Library.LeftOut {
		if l.File == path {
			all = append(all, problem.Problem{File: file, Code: string(l.Why), Message: l.Note})
		}
	}
	i := slices.IndexFunc(r.Library.Cases, func(c *library.CaseStudy) bool { return c.File == path })
	if body, err := r.Body(path); i >= 0 && err == nil && body != nil {
		all = append(all, advice.Check(advice.New(r.Library, r.Library.Cases[i], body, nil, advice.Abbreviations(r.Library)))...)
	}
	return all
}

// caseFile returns the path of a case study. Case studies 3 and 23 have the same id.
func caseFile(n int) string {
	id := string(rune('a' + n%20))
	if n%20 >= 10 {
		id = "a-" + id
	}
	if n%20 == 3 && n > 20 {
		return "content/cases/" + id + "/index.md"
	}
	return "content/cases/" + id + ".md"
}

// randomCase returns a case study whose names are like those of others. One in six may have
// mistakes; if more had, few would depend on names of case studies without a mistake.
func randomCase(random *rand.Rand) []byte {
	faulty := random.IntN(6) == 0
	var b strings.Builder
	// one returns a value, of which those after the bar are mistakes.
	one := func(values string) string {
		good, bad, _ := strings.Cut(values, " | ")
		all := strings.Split(good, "; ")
		if faulty && bad != "" {
			all = append(all, strings.Split(bad, "; ")...)
		}
		return all[random.IntN(len(all))]
	}
	field := func(often int, name, values string) {
		if random.IntN(often) == 0 {
			fmt.Fprintf(&b, "%s: %s\n", name, one(values))
		}
	}
	const names = "North Hospital; The North; Kit Trust; kit trust; Kit Trust; Trust of ABCD; ABCD Trust; Trust of XYZ; New Kit | Kit & Trust; Kit+Trust; \"Kit Trust, South\"; The Kit Trust; Kit Trust and ABCD Trust; Notrh Hospital; First; Burns; a; Malawi"
	b.WriteString("---\n")
	field(1, "title", "Burns; burns; Wards; Eyes; Ears of the day; Teeth; Hands; ABCD and hands | Kit Trust; The wards of XYZ")
	field(3, "kind", "programme; programme; example | challenge")
	field(1, "hallmarks", "[stable]; [Stable] | [stabel]; [first]; [Kit Trust]; [Burns]")
	field(2, "countries", "[Malawi]; [Wales]; [Malawi, Kenya]; [US-CA] | [Kit Trust]; [Malawii]")
	field(2, "disciplines", "[nursing]; [Art of kit]; [Art of Kit]; [Nursing, Art of kit] | [Kit Trust]; [nursin]; [Art+of kit]")
	fmt.Fprintf(&b, "partners: [%s, {organisation: %s, role: lead}]\n", one(names), one(names))
	field(3, "partnership", names)
	field(3, "agreed_by", "[Kit Trust]; [New Kit]; [Trust of XYZ]; [North Hospital]")
	field(4, "benefits", "{Kit Trust: [It gained.]}; {Malawi: [It gained.]}; {New Kit: [It gained.]}")
	field(5, "programme", "a; c; Eyes; Teeth | nowhere")
	field(5, "related", "[c]; [e]; [Wards]; [Teeth] | [nowhere]")
	field(1, "sources", "[report]; [report] | [reprot]")
	field(4, "aliases", "[/old/]; [/older/]; [/cases/c/]; [/cases/old/]; [/about/]; [/countries/malawi/]")
	field(6, "draft", "true")
	field(12, "withdrawn", "{date: 2026-01-01, reason: A mistake}")
	field(6, "published", "2026-01-01; 2026-12-24")
	if faulty {
		field(4, "titel", "{")
	}
	b.WriteString("---\n\nWe met ABCD and XYZ.\n\n## A part\n")
	if random.IntN(3) == 0 {
		fmt.Fprintf(&b, "\nSee [another](%s).\n", one("c.md; a.md#a-part; ../pages/about.md; c/index.md | a.md#no-part; ../pages/none.md; https://example.org/kb/cases/a/; https://example.org/kb/nowhere/"))
	}
	return []byte(b.String())
}
