// The command explain: explains the codes of problems.

package main

import (
	"fmt"
	"io"
	"strings"

	"casebook/internal/docs"

	"github.com/spf13/cobra"
)

// newExplain returns the command "casebook explain".
func newExplain(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Say what a problem means and what to do about it",
		Long: `Explain prints what a code of "casebook check" means, what to do, and an example
where a line with - has the problem and a line with + has it no longer. Without a
code it lists all of them.`,
		Example: `  casebook check --format json
  casebook explain unknown-key`,
		Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, code := range docs.Codes() {
				names = append(names, code.Name+"\t"+code.Meaning)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return listCodes(s.out)
			}
			code, found := docs.CodeOf(strings.ToLower(args[0]))
			if !found {
				return usageError{fmt.Errorf("there is no code %q; \"casebook explain\" lists all", args[0])}
			}
			_, err := io.WriteString(s.out, code.Text)
			return err
		},
	}
}

// listCodes prints a line for each code.
func listCodes(w io.Writer) error {
	for _, code := range docs.Codes() {
		first, _, _ := strings.Cut(code.Meaning, ". ")
		if _, err := fmt.Fprintf(w, "%-22s %s\n", code.Name, strings.TrimSuffix(first, ".")); err != nil {
			return err
		}
	}
	return nil
}
