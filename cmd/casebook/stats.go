// The command stats: counts what the case studies cover.

package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"casebook/internal/content"
	"casebook/internal/survey"

	"github.com/spf13/cobra"
)

// newStats returns the command "casebook stats".
func newStats(s streams) *cobra.Command {
	var p project
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Count what the case studies cover, and show what is missing",
		Long: `Stats counts the case studies by kind, state, principle, country and discipline,
drafts included. Then it lists hallmarks that no case study illustrates, case
studies that tell what one country gained and not what another did, and
organisations that look alike or that organisations.yaml lacks.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lib, today, err := p.readDrafts(cmd.Context(), s.err)
			if err != nil {
				return err
			}
			stats := survey.Count(lib, today)
			if asJSON {
				return printIndented(s.out, stats)
			}
			return printStats(s, lib.Site.Terms, stats)
		},
	}
	p.flags(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func printStats(s streams, terms content.Terms, stats survey.Stats) error {
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%d\t %s\n%d\t organisations\n", stats.Cases, terms.Rename("case studies"), stats.Organisations)
	for _, table := range []struct {
		title   string
		numbers []survey.Number
	}{
		{"Kinds", stats.Kinds},
		{"States", stats.States},
		{"Principles", stats.Principles},
		{"Countries", stats.Countries},
		{"Disciplines", stats.Disciplines},
		{"Hallmarks without a case study", stats.Without},
	} {
		if len(table.numbers) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", terms.Rename(table.title))
		for _, n := range table.numbers {
			fmt.Fprintf(w, "%d\t %s\n", n.Cases, n.Label)
		}
	}
	list := func(title string, lines []string) {
		if len(lines) > 0 {
			fmt.Fprintf(w, "\n%s\n  %s\n", title, strings.Join(lines, "\n  "))
		}
	}
	var oneSided, alike []string
	for _, c := range stats.OneSided {
		oneSided = append(oneSided, c.ID+": "+strings.Join(c.Countries, ", "))
	}
	for _, pair := range stats.LookAlike {
		alike = append(alike, pair[0]+" and "+pair[1])
	}
	list("Gains of one side are not told", oneSided)
	list("Organisations that look alike", alike)
	list("Organisations that organisations.yaml lacks", stats.Unlisted)
	return w.Flush()
}
