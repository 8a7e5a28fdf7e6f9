// The command new: starts a new entry.

package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"casebook/internal/draft"
	"casebook/internal/importing"
	"casebook/internal/interview"
	"casebook/internal/problem"

	"github.com/spf13/cobra"
)

// newNew returns the command "casebook new".
func newNew(s streams) *cobra.Command {
	var a addition
	var title string
	var plain bool
	cmd := &cobra.Command{
		Use:   "new [KIND]",
		Short: "Start a case study or another page, or add to a list",
		Long: `New writes a file with the values of --title and --set, and explains all other
fields in it. KIND is ` + strings.Join(importing.Kinds(), ", ") + `.
An organisation or a discipline is added to its list. The items of a list stand
between semicolons: --set "countries=Malawi; Wales". What is written has passed
the checks; "casebook help fields" lists the fields.

At a terminal, New asks for what is missing, and offers to open the file in the
editor that $VISUAL or $EDITOR names. Elsewhere it says what is missing and ends.`,
		Example: `  casebook new case --title "Burns care in Lilongwe" --set hallmarks=stable-governance --set "authors=Grace Banda"
  casebook new organisation --title "Mirembe Hospital" --set country=Tanzania`,
		ValidArgs: importing.Kinds(),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 0 && !canAsk(s) {
				return errors.New("name what to start: " + strings.Join(importing.Kinds(), ", "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.hasContent(); err != nil {
				return err
			}
			author := interview.Interview{In: s.in, Out: s.err, Plain: plain}
			kind := strings.Join(args, "")
			if kind == "" {
				var err error
				if kind, err = author.Kind(); err != nil {
					return err
				}
			}
			d, err := importing.NewDraft(kind)
			if err != nil {
				return usageError{err}
			}
			if err := a.fill(d, title); err != nil {
				return usageError{err}
			}
			isAsked := canAsk(s) && isIncomplete(d)
			if isAsked {
				lib, _, err := a.readDrafts(cmd.Context(), s.err)
				if err != nil {
					return err
				}
				author.Names = importing.WordsOf(lib).Names
				if err := author.Fill(d); err != nil {
					return err
				}
			}
			name, err := a.start(cmd, s, d)
			if err != nil || name == "" || !isAsked {
				return err
			}
			return offerEditor(cmd, s, author, name)
		},
	}
	a.flags(cmd)
	cmd.Flags().BoolVar(&plain, "plain", os.Getenv("ACCESSIBLE") != "", "ask line by line, as screen readers need it (default if $ACCESSIBLE is set)")
	cmd.Flags().StringVar(&title, "title", "", "title of the page, or name of the entry")
	return cmd
}

// canAsk reports whether a person can answer questions at the terminal.
func canAsk(s streams) bool {
	in, ok := s.in.(*os.File)
	return ok && isTerminal(in) && isTerminal(s.err)
}

// isIncomplete reports whether the checks would refuse a draft.
func isIncomplete(d *draft.Draft) bool {
	return slices.ContainsFunc(d.Missing(), func(key string) bool { return key != "id" })
}

// offerEditor opens a new file in the author's editor, if an editor is
// configured and the author agrees.
func offerEditor(cmd *cobra.Command, s streams, author interview.Interview, name string) error {
	editor := strings.Fields(cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR")))
	if len(editor) == 0 {
		return nil
	}
	yes, err := author.Confirm("Open it in " + filepath.Base(editor[0]) + " now?")
	if err != nil || !yes {
		return nil //nolint:nilerr // the file is written already, and can be opened later
	}
	program := exec.CommandContext(cmd.Context(), editor[0], append(editor[1:], name)...)
	program.Stdin, program.Stdout, program.Stderr = s.in, s.err, s.err
	if err := program.Run(); err != nil {
		return fmt.Errorf("%s: %w", editor[0], err)
	}
	return nil
}

// fill sets the values of the flags in a draft.
func (a *addition) fill(d *draft.Draft, title string) error {
	sets, err := a.assignments()
	if err != nil {
		return err
	}
	if title != "" {
		sets = append([]importing.Assignment{{Path: importing.TitleOf(d), Text: title}}, sets...)
	}
	for _, set := range sets {
		if err := d.Set(set.Path, set.Text); err != nil {
			return fmt.Errorf("--set %w", err)
		}
	}
	return nil
}

// start checks a draft and writes its file. It returns the name of the file if
// the author has to write a text in it, and "" for an entry of a list or if
// nothing was written.
func (a *addition) start(cmd *cobra.Command, s streams, d *draft.Draft) (name string, err error) {
	if field := importing.TitleOf(d); d.Get(field) == "" {
		return "", usageError{fmt.Errorf("the %s is missing: give it with --title", field)}
	}
	d.Body = importing.Questions(d)
	file, err := importing.FileOf(d, a.id, draft.All, a.existing)
	if err != nil {
		return "", err
	}
	files := []importing.File{file}
	problems, err := a.check(cmd.Context(), files)
	if err != nil {
		return "", err
	}
	if err := problem.Print(s.err, problem.Text, inFlags(problems, file, d)); err != nil {
		return "", err
	}
	if n := problem.Count(problems, problem.Error); n > 0 {
		fmt.Fprintf(s.err, "casebook: %s: nothing was written; give values with --set field=value\n", count(n, "error"))
		return "", errProblems
	}
	if !a.dryRun {
		if err := a.write(files); err != nil {
			return "", err
		}
	}
	a.printWritten(s, files)
	if a.dryRun || file.Adds > 0 {
		return "", nil
	}
	fmt.Fprintln(s.err, "casebook: write the text in it, then look at it with: casebook serve")
	return a.target(file.Path), nil
}
