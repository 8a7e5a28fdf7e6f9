// The command list: lists the case studies.

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"casebook/internal/content"
	"casebook/internal/export"
	"casebook/internal/survey"

	"github.com/spf13/cobra"
)

// newList returns the command "casebook list".
func newList(s streams) *cobra.Command {
	var p project
	var asJSON, asCSV bool
	facets := map[survey.Facet]*[]string{}
	states := map[survey.State]*bool{}
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the case studies, by what they are about or by state",
		Long: `List prints every case study with its states: draft, scheduled (its published
date is yet to come), withdrawn, overdue (its review_by date has passed) and
not-agreed (an organisation that takes part is not among agreed_by).

Values of one facet are alternatives; a case study must match every facet that
you name. It need only be in one of the states that you name.`,
		Example: `  casebook list --country malawi --not-agreed
  casebook list --overdue --date 2027-06-30 --csv`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if asJSON && asCSV {
				return usageError{errors.New("--json and --csv are two forms of the same list: use one of them")}
			}
			lib, today, err := p.readDrafts(cmd.Context(), s.err)
			if err != nil {
				return err
			}
			var filter survey.Filter
			for _, facet := range survey.Facets() {
				for _, text := range *facets[facet] {
					if err := filter.Add(lib, facet, text); err != nil {
						return usageError{err}
					}
				}
			}
			for _, state := range survey.States() {
				if *states[state] {
					filter.States = append(filter.States, state)
				}
			}
			return printRecords(s, lib.Site.Terms, survey.List(lib, today, filter), asJSON, asCSV)
		},
	}
	p.flags(cmd)
	f := cmd.Flags()
	for _, facet := range survey.Facets() {
		facets[facet] = f.StringSlice(string(facet), nil, "only those with this "+string(facet)+", by id or name; may be repeated")
	}
	for state, help := range map[survey.State]string{
		survey.Draft:     "only drafts",
		survey.Scheduled: "only those whose published date is yet to come",
		survey.Withdrawn: "only those that are withdrawn",
		survey.Overdue:   "only those that are due for a review",
		survey.NotAgreed: "only those to which an organisation that takes part has not agreed",
	} {
		states[state] = f.Bool(string(state), false, help)
	}
	f.BoolVar(&asJSON, "json", false, "print JSON")
	f.BoolVar(&asCSV, "csv", false, "print CSV for a spreadsheet")
	return cmd
}

func printRecords(s streams, terms content.Terms, records []survey.Record, asJSON, asCSV bool) error {
	switch {
	case asJSON:
		return printIndented(s.out, records)
	case asCSV:
		rows := [][]string{survey.Columns()}
		for _, r := range records {
			rows = append(rows, r.Cells())
		}
		table, err := export.CSV(rows...)
		if err != nil {
			return err
		}
		_, err = s.out.Write(table)
		return err
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, r := range records {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.ID, r.StateText(", "), r.Title)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	counted := fmt.Sprintf("casebook: %d case studies", len(records))
	if len(records) == 1 {
		counted = "casebook: 1 case study"
	}
	fmt.Fprintln(s.err, terms.Rename(counted))
	return nil
}

// printIndented prints a value as indented JSON.
func printIndented(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
