package content_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/pipeline"
	"casebook/internal/problem"
	"casebook/internal/search"
	"casebook/internal/source"
	"casebook/themes"
)

var update = flag.Bool("update", false, "write testdata/search_golden.txt again")

// What a search of the knowledge base must reach.
const (
	recallWanted = 0.95
	mrrWanted    = 0.90
)

// TestReadersFind asks the knowledge base what its readers ask, and compares what comes with what was judged to answer.
// The title of every page must find that page first. A change of the content or of the engine that moves a result shows
// in the golden file; after one that is meant: go test ./content -run TestReadersFind -update, and read the diff.
func TestReadersFind(t *testing.T) {
	index := searcher(t)
	queries := readJudged(t, "testdata/queries.tsv")
	if len(queries) < 150 {
		t.Fatalf("%d judged queries: at least 150 are needed for the figures to mean anything", len(queries))
	}
	titles := pageTitles(t, index)

	var report bytes.Buffer
	var recall, mrr float64
	report.WriteString("# Rank of the first right answer (- for none among ten), query, what came first.\n\n")
	for _, q := range queries {
		found := ask(t, index, q.text, q.answers...)
		for _, id := range q.answers {
			if _, ok := titles[id]; !ok {
				t.Errorf("%q is judged to be answered by %s, and there is no such page", q.text, id)
			}
		}
		recall += q.recall(found)
		rank, shown := q.rank(found), "-"
		if rank > 0 {
			mrr += 1 / float64(rank)
			shown = fmt.Sprint(rank)
		}
		fmt.Fprintf(&report, "%s\t%s\t%s\n", shown, q.text, first(found))
	}
	recall /= float64(len(queries))
	mrr /= float64(len(queries))

	exact := 0
	for _, id := range slices.Sorted(maps.Keys(titles)) {
		if got := first(ask(t, index, titles[id], id)); got == id {
			exact++
		} else {
			t.Errorf("the title %q finds %s first, not %s", titles[id], got, id)
		}
	}
	fmt.Fprintf(&report, "\nqueries: %d\nrecall@5: %.2f\nmrr: %.2f\nexact titles first: %d of %d\n", len(queries), recall, mrr, exact, len(titles))

	if recall < recallWanted {
		t.Errorf("recall@5 is %.3f, wanted %.2f", recall, recallWanted)
	}
	if mrr < mrrWanted {
		t.Errorf("mrr is %.3f, wanted %.2f", mrr, mrrWanted)
	}
	compareGolden(t, "testdata/search_golden.txt", report.Bytes())
}

// judged is a query and the pages that answer it, best first.
type judged struct {
	text    string
	answers []string
}

// readJudged reads lines of a query, a tab, and the paths of its answers; a line that starts with # is a remark.
func readJudged(t *testing.T, name string) []judged {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var queries []judged
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		text, answers, _ := strings.Cut(strings.TrimSuffix(line, "\r"), "\t")
		q := judged{text, strings.Fields(answers)}
		if len(q.answers) == 0 {
			t.Fatalf("%s:%d: no answers: write the query, a tab, and page paths", name, i+1)
		}
		queries = append(queries, q)
	}
	return queries
}

// rank is the place of the first right answer, counted from 1, or 0 where none was found.
func (q judged) rank(found []string) int {
	return 1 + slices.IndexFunc(found, func(id string) bool { return slices.Contains(q.answers, id) })
}

// recall is how many of the first five are right answers, as a share of how many could be.
func (q judged) recall(found []string) float64 {
	right := 0
	for _, id := range found[:min(5, len(found))] {
		if slices.Contains(q.answers, id) {
			right++
		}
	}
	return float64(right) / float64(min(5, len(q.answers)))
}

// searcher is the index of all that the site shows.
func searcher(t *testing.T) *search.Index {
	t.Helper()
	scanner, err := source.New("..", source.Options{Skip: notRead})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := scanner.Scan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	theme, err := fs.Sub(themes.FS, "default")
	if err != nil {
		t.Fatal(err)
	}
	built, err := pipeline.New(pipeline.Options{Theme: theme}).Build(t.Context(), pipeline.Input{Tree: tree, Today: newest(t)})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range built.Problems {
		if p.Severity == problem.Error {
			t.Fatalf("the content has an error: %v", p)
		}
	}
	index, err := new(pipeline.Indexer).Searcher(t.Context(), built)
	if err != nil {
		t.Fatal(err)
	}
	return index
}

// newest is the latest date on which a case study was published, changed or reviewed. As of that day, all are published.
func newest(t *testing.T) content.Date {
	t.Helper()
	var latest content.Date
	for _, c := range cases(t) {
		for _, date := range []content.Date{c.Published, c.Updated, c.Reviewed} {
			if date.String() > latest.String() {
				latest = date
			}
		}
	}
	return latest
}

// notRead reports what the program does not read: all but content/, and there these tests.
func notRead(name string) bool {
	return name != "content" && !strings.HasPrefix(name, "content/") ||
		strings.HasPrefix(name, "content/testdata") || strings.HasSuffix(name, "_test.go")
}

// pageTitles are the titles of all pages that can be found, by path.
func pageTitles(t *testing.T, index *search.Index) map[string]string {
	t.Helper()
	found, err := index.Query(t.Context(), search.Request{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	titles := map[string]string{}
	for _, hit := range found.Hits {
		titles[hit.Document.ID] = hit.Document.Title
	}
	if len(titles) == 0 || len(titles) != found.Total {
		t.Fatalf("%d titles of %d pages", len(titles), found.Total)
	}
	return titles
}

// ask returns the paths of the first ten results, and before them those of the pages that the query is a name of and
// that are among the answers: a reader who looks for a page sees it on top, one who looks for case studies of it sees
// those first among the results.
func ask(t *testing.T, index *search.Index, text string, answers ...string) []string {
	t.Helper()
	found, err := index.Query(t.Context(), search.Request{Text: text, Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, doc := range found.Pins {
		if slices.Contains(answers, doc.ID) {
			ids = append(ids, doc.ID)
		}
	}
	for _, hit := range found.Hits {
		ids = append(ids, hit.Document.ID)
	}
	return ids
}

// first is what came first, or - where nothing was found.
func first(found []string) string {
	if len(found) == 0 {
		return "-"
	}
	return found[0]
}

// compareGolden compares a file with what was got, or writes it if the test runs with -update.
func compareGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))
	if bytes.Equal(got, want) {
		return
	}
	wanted, lines := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range max(len(wanted), len(lines)) {
		w, g := lineAt(wanted, i), lineAt(lines, i)
		if w != g {
			t.Errorf("%s:%d: was %q, is %q", name, i+1, w, g)
		}
	}
	t.Errorf("results have moved: look at each, and if they are as good, write the file again with -update")
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
