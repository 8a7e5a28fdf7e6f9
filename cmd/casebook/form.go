// The command form: writes a form to fill in with Word or a spreadsheet.

package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"casebook/internal/importing"

	"github.com/spf13/cobra"
)

// newForm returns the command "casebook form".
func newForm(s streams) *cobra.Command {
	var a addition
	var kind string
	cmd := &cobra.Command{
		Use:   "form FILE",
		Short: "Write a form to fill in with Word or a spreadsheet",
		Long: `Form writes an empty form with all fields of a case study, their explanations
and the names that this knowledge base knows. The extension of FILE says what
kind of form it is: ` + strings.Join(importing.FormExtensions(), ", ") + `. "casebook import FILE" reads it
back.`,
		Args: orSay(cobra.ExactArgs(1), "name the file to write, such as form"+importing.FormExtensions()[0]),
		RunE: func(cmd *cobra.Command, args []string) error {
			lib, _, err := a.readDrafts(cmd.Context(), s.err)
			if err != nil {
				return err
			}
			data, err := importing.Form(filepath.Ext(args[0]), kind, importing.WordsOf(lib))
			if err != nil {
				return usageError{fmt.Errorf("%s: %w", args[0], err)}
			}
			if err := writeFresh(args[0], data); err != nil {
				return err
			}
			fmt.Fprintln(s.out, args[0])
			fmt.Fprintf(s.err, "casebook: fill it in, then: casebook import %s\n", quoted(args[0]))
			return nil
		},
	}
	cmd.Flags().StringVar(&a.source, "source", ".", "folder that holds content/")
	cmd.Flags().StringVar(&kind, "as", "", "what the form is for: "+strings.Join(importing.Kinds(), ", ")+" (default case)")
	return cmd
}
