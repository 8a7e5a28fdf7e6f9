package answers_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"casebook/internal/answers"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/search"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// canary is in all texts that readers must not see.
const canary = "CANARY"

var sources = map[string]string{
	"site.yaml":              "title: Field Notes\nbase_url: https://example.org/book/\nlicence: CC-BY-4.0\n",
	"principles/shared.md":   "---\nnumber: 1\ntitle: Shared\nsummary: Plan together.\n---\n\nText.\n",
	"references.yaml":        "references:\n  - {id: report-2016, type: report, title: A report, issued: '2016'}\n",
	"cases/wards.md":         "---\ntitle: Wards that last\nprinciples: [shared]\nsources: [report-2016]\nauthors: [Dr Grace Banda]\n---\n\nText.\n",
	"cases/hidden-draft.md":  "---\ntitle: " + canary + "\nprinciples: [shared]\nauthors: [A]\ndraft: true\n---\n\nText.\n",
	"cases/withdrawn-one.md": "---\ntitle: " + canary + "\nprinciples: [shared]\nauthors: [A]\nwithdrawn: {date: 2026-11-01, reason: Asked for}\npublished: 2026-10-01\n---\n\nText.\n",
}

// ask starts a server and returns a function that calls its tools.
func ask(t *testing.T) func(tool string, arguments map[string]any) (answer string, failed bool) {
	t.Helper()
	var files []*content.Parsed
	for _, path := range slices.Sorted(maps.Keys(sources)) {
		files = append(files, content.Parse(path, []byte(sources[path])))
	}
	lib, problems := library.New(files, library.Options{Today: content.Date{Year: 2026, Month: 11, Day: 29}})
	if problem.Count(problems, problem.Error) > 0 {
		t.Fatal(problems)
	}
	index, err := search.New(search.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = index.Close() })
	var documents []search.Document
	for _, c := range lib.Cases {
		documents = append(documents, search.Document{ID: "cases/" + c.ID + "/", Title: c.Title, Body: "Nurses chose the ward’s order.", Principles: []string{"shared"}})
	}
	if _, err := index.Sync(t.Context(), search.Content{Documents: documents}); err != nil {
		t.Fatal(err)
	}
	server := answers.NewServer(answers.Options{
		Library: lib, Index: index, Documents: documents, Labels: map[search.Group][]search.Value{search.Principle: {{ID: "shared", Label: "Shared"}}},
	})
	near, far := mcp.NewInMemoryTransports()
	if _, err := server.Connect(t.Context(), far, nil); err != nil {
		t.Fatal(err)
	}
	session, err := mcp.NewClient(&mcp.Implementation{Name: "test"}, nil).Connect(t.Context(), near, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return func(tool string, arguments map[string]any) (string, bool) {
		t.Helper()
		result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool, Arguments: arguments})
		if err != nil {
			return err.Error(), true
		}
		data, err := json.Marshal(result)
		if err != nil {
			t.Fatal(err)
		}
		return string(data), result.IsError
	}
}

func TestAnswers(t *testing.T) {
	call := ask(t)
	const address = "https://example.org/book/cases/wards/"
	for _, test := range []struct {
		tool      string
		arguments map[string]any
		want      []string
	}{
		{"search", map[string]any{"words": "nurse"}, []string{address, "Wards that last", `"total":1`}},
		{"search", map[string]any{"words": "nurse", "principle": "other"}, []string{`"total":0`}},
		{"list", map[string]any{"principle": "shared"}, []string{address}},
		{"list", map[string]any{}, []string{`"values":{"principle":["shared"]}`}},
		{"get", map[string]any{"id": "cases/wards/"}, []string{address, "Nurses chose", "report-2016", "CC-BY-4.0"}},
		{"get", map[string]any{"id": "wards"}, []string{address, "Nurses chose", "report-2016"}},
		{"cite", map[string]any{"id": "wards"}, []string{address, "@techreport"}},
		{"cite", map[string]any{"id": "cases/wards/"}, []string{address, "@techreport", "Banda, Grace"}},
		{"cite", map[string]any{"id": "cases/wards/", "format": "ris"}, []string{"TY  - RPRT"}},
		{"cite", map[string]any{"id": "cases/wards/", "format": "csl-json"}, []string{`\"type\":`}},
	} {
		got, failed := call(test.tool, test.arguments)
		if failed {
			t.Errorf("%s %v: %s", test.tool, test.arguments, got)
		}
		for _, want := range test.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s %v: the answer lacks %q: %s", test.tool, test.arguments, want, got)
			}
		}
	}
}

// TestAnswersToMistakes checks that the answer to a mistaken question says what is wrong.
func TestAnswersToMistakes(t *testing.T) {
	call := ask(t)
	for _, test := range []struct {
		tool      string
		arguments map[string]any
		want      string
	}{
		{"search", map[string]any{"words": " "}, "which words"},
		{"get", map[string]any{"id": "cases/../../etc/passwd"}, "there is no page"},
		{"cite", map[string]any{"id": "cases/wards/", "format": "word"}, "ask for bibtex, ris or csl-json"},
		{"cite", map[string]any{"id": "principles/shared/"}, "there is no page"},
		{"get", map[string]any{}, "id"},
	} {
		if got, failed := call(test.tool, test.arguments); !failed || !strings.Contains(got, test.want) {
			t.Errorf("%s %v: %s", test.tool, test.arguments, got)
		}
	}
}

// TestAnswersHideDrafts checks that no answer has any text of drafts or withdrawn case
// studies.
func TestAnswersHideDrafts(t *testing.T) {
	call := ask(t)
	for _, id := range []string{"cases/hidden-draft/", "hidden-draft", "cases/withdrawn-one/", "withdrawn-one"} {
		for _, tool := range []string{"get", "cite"} {
			if got, failed := call(tool, map[string]any{"id": id}); !failed || strings.Contains(got, canary) {
				t.Errorf("%s %s: %s", tool, id, got)
			}
		}
	}
	if got, _ := call("search", map[string]any{"words": canary}); !strings.Contains(got, `"total":0`) {
		t.Error(got)
	}
}
