// The command casebook, with its subcommands.

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// streams are the input and output of a command.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// newRoot returns the command with its subcommands.
func newRoot(s streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "casebook",
		Short: "Make a web site of partnership case studies",
		Long: strings.TrimSpace(`
Casebook turns a folder of Markdown case studies into a partnership knowledge
base: a static web site with principle-by-principle navigation.

Start one with "casebook init DIR", look at it with "casebook serve", see what
is wrong with "casebook check" and publish what "casebook build" writes.
"casebook help starting" and "casebook help writing" explain each step.`),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see %q", err, cmd.CommandPath()+" --help")}
	})
	root.AddCommand(
		newBuild(s),
		newBundle(s),
		newCheck(s),
		newExplain(s),
		newServe(s),
		newSearch(s),
		newList(s),
		newStats(s),
		newRename(s),
		newSchema(s),
		newCMS(s),
		newInit(s),
		newNew(s),
		newImport(s),
		newForm(s),
		newTheme(s),
		newMCP(s),
		newCache(s),
		newVersion(s),
	)
	root.AddCommand(newTopics()...)
	root.Version = versionLine()
	root.SetVersionTemplate(versionLine() + "\n")
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.RunE = help
		case "completion":
			cmd.RunE = root.RunE // by default cobra accepts any argument here
		}
		mistakesAreUsage(cmd)
	}
	root.Args = usageArgs(root.Args)
	return root
}

// mistakesAreUsage makes mistakes in the arguments of a command and its
// subcommands usage errors.
func mistakesAreUsage(cmd *cobra.Command) {
	if cmd.Args != nil {
		cmd.Args = usageArgs(cmd.Args)
	}
	for _, below := range cmd.Commands() {
		mistakesAreUsage(below)
	}
}

// orSay returns a check of arguments whose error says what to type.
func orSay(check cobra.PositionalArgs, message string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if check(cmd, args) != nil {
			return errors.New(message)
		}
		return nil
	}
}

// usageArgs makes a mistake in the arguments a usage error.
func usageArgs(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if err := check(cmd, args); err != nil {
			return usageError{fmt.Errorf("%w; see %q", err, cmd.CommandPath()+" --help")}
		}
		return nil
	}
}

// isTerminal reports whether the stream is a terminal that can redraw a line.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
