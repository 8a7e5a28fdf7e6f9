// The command search: searches the knowledge base.

package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"casebook/internal/pipeline"
	"casebook/internal/search"
	"casebook/internal/survey"

	"github.com/spf13/cobra"
)

// newSearch returns the command "casebook search".
func newSearch(s streams) *cobra.Command {
	var p project
	var limit int
	var asJSON bool
	filters := map[search.Group]*[]string{}
	cmd := &cobra.Command{
		Use:   "search [flags] words…",
		Short: "Search the content as readers of the site do",
		Long: `Search answers from the same index that the site's readers search: all words
required, "quoted phrases" exact, spelling mistakes allowed, pages with a -word
left out; -- before the words says that this is no flag. With filters and no words
it lists every page that matches the filters.`,
		Example: `  casebook search governance --country tanzania
  casebook search '"needs assessment"' --json
  casebook search -- midwives -malawi`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, words []string) error {
			request := search.Request{Text: strings.Join(words, " "), Limit: limit, Filters: map[search.Group][]string{}}
			for group, values := range filters {
				if len(*values) > 0 {
					request.Filters[group] = *values
				}
			}
			if limit < 1 {
				return usageError{fmt.Errorf("--limit is %d: ask for one result or more", limit)}
			}
			if !search.HasWords(request.Text) && len(request.Filters) == 0 {
				return usageError{errors.New("say what to search for: words, or a filter such as --country; see \"casebook search --help\"")}
			}
			result, err := p.planGood(cmd.Context(), s)
			if err != nil {
				return err
			}
			if err := nameFilters(request.Filters, result.Labels()); err != nil {
				return usageError{err}
			}
			limitMemory(indexMemory, len(result.Library.Cases))
			index, err := new(pipeline.Indexer).Searcher(cmd.Context(), result)
			if err != nil {
				return err
			}
			found, err := index.Query(cmd.Context(), request)
			if err != nil {
				return err
			}
			if asJSON {
				return printHitsJSON(s.out, found)
			}
			return printHits(s.out, found)
		},
	}
	p.flags(cmd)
	f := cmd.Flags()
	f.BoolVar(&p.drafts, "drafts", false, "search drafts too")
	f.IntVar(&limit, "limit", 10, "how many results to print")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	for _, group := range search.Groups() {
		filters[group] = f.StringSlice(group.String(), nil, "only results with this "+group.String()+", by id or label; may be repeated")
	}
	return cmd
}

// nameFilters replaces the values of filters, which may be labels, by their ids.
func nameFilters(filters map[search.Group][]string, labels search.Labels) (err error) {
	for _, group := range search.Groups() {
		var values []survey.Value
		for _, v := range labels[group] {
			values = append(values, survey.Value{ID: v.ID, Label: v.Label})
		}
		for i, text := range filters[group] {
			if filters[group][i], err = survey.Named(group.String(), text, values); err != nil {
				return err
			}
		}
	}
	return nil
}

// printHits prints a line with the number of results, then up to four lines for
// each result.
func printHits(w io.Writer, found *search.Results) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", count(found.Total, "result"))
	if found.Partial && found.Total > 0 {
		fmt.Fprintf(&b, ": few pages or none have all %d words", len(found.Plan.Words))
	}
	b.WriteString("\n")
	for _, word := range found.Plan.Words {
		switch word.Match {
		case search.Typo:
			fmt.Fprintf(&b, "no page has %q; searched for %q instead\n", word.Text, word.Terms[0].Word)
		case search.Unknown:
			fmt.Fprintf(&b, "no page has %q or a word like it\n", word.Text)
		}
	}
	for _, d := range found.Pins {
		fmt.Fprintf(&b, "go to: %s (%s)\n    /%s\n", d.Title, d.Pin, d.ID)
	}
	for i, hit := range found.Hits {
		d := hit.Document
		fmt.Fprintf(&b, "\n%2d. %s\n    /%s  %s\n", i+1, d.Title, d.ID, strings.Join(d.Details, ", "))
		if d.Summary != "" {
			fmt.Fprintf(&b, "    %s\n", d.Summary)
		}
		if len(hit.Missing) > 0 {
			fmt.Fprintf(&b, "    without: %s\n", strings.Join(hit.Missing, ", "))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// hit is one result in JSON.
type hit struct {
	Path    string   `json:"path"`
	Title   string   `json:"title"`
	Summary string   `json:"summary"`
	Details []string `json:"details"`
	Score   float64  `json:"score"`
	Missing []string `json:"missing,omitempty"` // words of the query that are not on the page
}

// pin is a page that has the query as one of its names, in JSON.
type pin struct {
	Path  string `json:"path"`
	Title string `json:"title"`
	What  string `json:"what"` // "country, 6 case studies"
}

// word is one word of the query in JSON, with the words of the index that it
// matches.
type word struct {
	Text  string       `json:"text"`
	Match search.Match `json:"match"`
	As    []string     `json:"as"`
}

func printHitsJSON(w io.Writer, found *search.Results) error {
	shown := struct {
		Total   int                       `json:"total"`
		Words   []word                    `json:"words"`
		Partial bool                      `json:"partial"` // few or no pages have all words
		Pins    []pin                     `json:"pins"`
		Hits    []hit                     `json:"hits"`
		Counts  map[string]map[string]int `json:"counts"`
	}{found.Total, []word{}, found.Partial, []pin{}, []hit{}, map[string]map[string]int{}}
	for _, w := range found.Plan.Words {
		taken := word{Text: w.Text, Match: w.Match}
		for _, t := range w.Terms {
			taken.As = append(taken.As, t.Word)
		}
		shown.Words = append(shown.Words, taken)
	}
	for _, d := range found.Pins {
		shown.Pins = append(shown.Pins, pin{"/" + d.ID, d.Title, d.Pin})
	}
	for _, h := range found.Hits {
		shown.Hits = append(shown.Hits, hit{"/" + h.Document.ID, h.Document.Title, h.Document.Summary, h.Document.Details, h.Score, h.Missing})
	}
	for group, values := range found.Counts {
		shown.Counts[group.String()] = values
	}
	return printIndented(w, shown)
}
