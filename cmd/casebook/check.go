package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"casebook/internal/library"
	"casebook/internal/problem"

	"github.com/spf13/cobra"
)

// newCheck is "casebook check".
func newCheck(s streams) *cobra.Command {
	var p project
	var format string
	cmd := &cobra.Command{
		Use:   "check [path…]",
		Short: "Say what is wrong with the content, and what is not published",
		Long: `Check reads all content and prints every problem, at file, line and column,
with the way to mend it; and every draft, withdrawn or overdue case. With paths,
files or folders, it prints only what concerns them. It exits with status 1 if
there is an error.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, paths []string) error {
			if !slices.Contains(problem.Formats(), problem.Format(format)) {
				return usageError{fmt.Errorf("--format is %q: use one of %v", format, problem.Formats())}
			}
			result, err := p.buildOnce(cmd.Context(), nil)
			if err != nil {
				return err
			}
			all := result.Problems
			if result.Library != nil {
				all = append(all, leftOut(result.Library)...)
			}
			shown := p.located(problem.Sort(all))
			if len(paths) > 0 {
				shown = slices.DeleteFunc(shown, func(one problem.Problem) bool { return !concerns(one.File, paths) })
			}
			if err := problem.Print(s.out, problem.Format(format), shown); err != nil {
				return err
			}
			if problem.Count(shown, problem.Error) > 0 {
				fmt.Fprintf(s.err, "casebook: %s\n", countProblems(shown))
				return errProblems
			}
			if problem.Format(format) == problem.Text {
				fmt.Fprintf(s.err, "casebook: no errors%s\n", andWarnings(shown))
			}
			return nil
		},
	}
	p.flags(cmd)
	cmd.Flags().StringVar(&format, "format", string(problem.Text), "how to print: text, json, or github for annotations in continuous integration")
	_ = cmd.RegisterFlagCompletionFunc("format", func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var names []string
		for _, f := range problem.Formats() {
			names = append(names, string(f))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	})
	return cmd
}

func andWarnings(problems []problem.Problem) string {
	if n := problem.Count(problems, problem.Warning); n > 0 {
		return ", " + count(n, "warning")
	}
	return ""
}

// leftOut tells, as advice, what is not published as usual and why.
func leftOut(lib *library.Library) []problem.Problem {
	var all []problem.Problem
	for _, l := range lib.LeftOut {
		p := problem.Problem{File: "content/" + l.File, Severity: problem.Advice, Code: string(l.Why)}
		switch l.Why {
		case library.Draft:
			p.Message, p.Hint = "not published: it is a draft", "take the line \"draft: true\" away when it is ready"
		case library.Withdrawn:
			p.Message = "withdrawn: " + l.Note
		case library.Overdue:
			p.Message, p.Hint = "its review was due by "+l.Note, "read it again, then set reviewed and review_by"
		case library.OtherSet:
			p.Message, p.Hint = "not published: it belongs to the set "+l.Note, "site.yaml says which principle_set is shown"
		}
		all = append(all, p)
	}
	return all
}

// concerns reports whether a file is one of the paths or below one.
func concerns(file string, paths []string) bool {
	return slices.ContainsFunc(paths, func(path string) bool {
		path = filepath.ToSlash(filepath.Clean(path))
		return path == "." || file == path || strings.HasPrefix(file, path+"/")
	})
}
