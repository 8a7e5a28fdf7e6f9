// The command rename: gives an entry another id.

package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"casebook/internal/content"
	"casebook/internal/rename"

	"github.com/spf13/cobra"
)

// newRename returns the command "casebook rename".
func newRename(s streams) *cobra.Command {
	var p project
	var dryRun bool
	cmd := &cobra.Command{
		Use:   "rename " + strings.Join(rename.Kinds(), "|") + " OLD NEW",
		Short: "Give a case study or another entry another id",
		Long: `Rename moves the file of an entry, rewrites every field and link that names it,
and adds its old address to its aliases, so that links from elsewhere still work.
The titles and names of entries stay as they are.

All of this happens, or nothing. Nothing happens if the content would have a
problem afterwards that it does not have now.`,
		Example: `  casebook rename case burns-care burns-care-lilongwe
  casebook rename organisation ridge ridge-hospital --dry-run`,
		Args: orSay(cobra.ExactArgs(3), "name the kind of entry, its id and the new id, such as case burns-care burns-care-lilongwe"),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return rename.Kinds(), cobra.ShellCompDirectiveNoFileComp
			}
			return nil, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := p.readContent(cmd.Context())
			if err != nil {
				return err
			}
			plan, err := rename.Make(all, args[0], args[1], args[2])
			if err != nil {
				return err
			}
			printPlan(s.out, plan)
			if dryRun {
				fmt.Fprintln(s.err, "casebook: nothing is changed, because of --dry-run")
				return nil
			}
			if err := plan.Write(filepath.Join(p.source, "content")); err != nil {
				return err
			}
			if plan.Note != "" {
				fmt.Fprintf(s.err, "casebook: %s\n", plan.Note)
			}
			return nil
		},
	}
	p.flags(cmd)
	cmd.Flags().BoolVar(&dryRun, "dry-run", false, "only print what would change")
	return cmd
}

// readContent reads the files of content/.
func (p *project) readContent(ctx context.Context) (rename.Content, error) {
	all := rename.Content{Texts: map[string][]byte{}, Attachments: map[string]bool{}}
	var err error
	if all.Today, err = p.today(time.Now()); err != nil {
		return all, err
	}
	tree, err := p.scan(ctx)
	if err != nil {
		return all, err
	}
	folder := tree.Sub("content")
	return all, fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		switch class, _ := content.Classify(name); class {
		case content.AttachmentClass:
			all.Attachments[name] = true
		case content.JunkClass, content.UnknownClass:
		default:
			all.Texts[name], err = fs.ReadFile(folder, name)
		}
		return err
	})
}

func printPlan(w io.Writer, plan *rename.Plan) {
	for _, m := range plan.Moves {
		fmt.Fprintf(w, "move content/%s to content/%s\n", m.From, m.To)
	}
	for _, c := range plan.Changes {
		if c.Was == "" {
			fmt.Fprintf(w, "content/%s:%d: add %s\n", c.File, c.Line, c.Now)
		} else {
			fmt.Fprintf(w, "content/%s:%d: write %s instead of %s\n", c.File, c.Line, c.Now, c.Was)
		}
	}
}
