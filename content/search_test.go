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

// The lowest figures that the search of the knowledge base must reach.
const (
	recallWanted = 0.95
	mrrWanted    = 0.90
)

// TestReadersFind searches the knowledge base for typical queries, and compares the results with the pages that were judged
// to answer them. The title of each page must find that page first. When the content or the engine changes, the golden file
// shows which results change: if they are as good, run go test ./content -run TestReadersFind -update, and read the diff.
func TestReadersFind(t *testing.T) {
	index := searcher(t)
	queries := readJudged(t, "testdata/queries.tsv")
	if len(queries) < 150 {
		t.Fatalf("%d judged queries, want at least 150 for meaningful figures", len(queries))
	}
	titles := pageTitles(t, index)

	var report bytes.Buffer
	var recall, mrr float64
	report.WriteString("# Rank of the first right answer (- for none among ten), query, what came first.\n\n")
	for _, q := range queries {
		found := ask(t, index, q.text, q.answers...)
		for _, id := range q.answers {
			if _, ok := titles[id]; !ok {
				t.Errorf("testdata/queries.tsv: the answer %[2]s of %[1]q does not exist", q.text, id)
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
			t.Errorf("the title %q finds %s first, want %s", titles[id], got, id)
		}
	}
	fmt.Fprintf(&report, "\nqueries: %d\nrecall@5: %.2f\nmrr: %.2f\nexact titles first: %d of %d\n", len(queries), recall, mrr, exact, len(titles))

	if recall < recallWanted {
		t.Errorf("recall@5 is %.3f, want at least %.2f", recall, recallWanted)
	}
	if mrr < mrrWanted {
		t.Errorf("mrr is %.3f, want at least %.2f", mrr, mrrWanted)
	}
	compareGolden(t, "testdata/search_golden.txt", report.Bytes())
}

// judged is a query and the pages that answer it, best first.
type judged struct {
	text    string
	answers []string
}

// readJudged reads lines of a query, a tab, and the paths of its answers. Lines that start with # are comments.
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

// rank returns the position of the first correct answer, counted from 1, or 0 if there is none.
func (q judged) rank(found []string) int {
	return 1 + slices.IndexFunc(found, func(id string) bool { return slices.Contains(q.answers, id) })
}

// recall returns the number of correct answers among the first five results, divided by the highest possible number.
func (q judged) recall(found []string) float64 {
	right := 0
	for _, id := range found[:min(5, len(found))] {
		if slices.Contains(q.answers, id) {
			right++
		}
	}
	return float64(right) / float64(min(5, len(q.answers)))
}

// searcher returns an index of all pages of the site.
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

// newest returns the latest date on which a case study was published, updated or reviewed. On that day, all are published.
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

// notRead reports whether the program ignores a file: those outside content/, and these tests.
func notRead(name string) bool {
	return name != "content" && !strings.HasPrefix(name, "content/") ||
		strings.HasPrefix(name, "content/testdata") || strings.HasSuffix(name, "_test.go")
}

// pageTitles returns the titles of all pages in the index, by path.
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

// ask returns the paths of the pinned pages that are among the answers, and then those of the first ten results. A reader
// who searches for a page sees it pinned at the top; a reader who searches for case studies sees them first in the results.
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

// first returns the first result, or "-" if there is none.
func first(found []string) string {
	if len(found) == 0 {
		return "-"
	}
	return found[0]
}

// compareGolden compares got with a golden file, or writes the file with -update.
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
			t.Errorf("%s:%d: got %q, want %q", name, i+1, g, w)
		}
	}
	t.Errorf("the results changed: check each, and if they are as good, update the file with -update")
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}
