// The command cms: writes the configuration of an editor for the browser.

package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"

	"casebook/internal/schema"

	"github.com/spf13/cobra"
)

// repository matches "owner/name", or the path of a project of GitLab.
var repository = regexp.MustCompile(`^[\w.-]+(/[\w.-]+)+$`)

// newCMS returns the command "casebook cms".
func newCMS(s streams) *cobra.Command {
	var p project
	var opts schema.CMSOptions
	var output string
	cmd := &cobra.Command{
		Use:   "cms",
		Short: "Write the configuration of an editor for the browser",
		Long: `Cms writes a folder admin/ for Sveltia CMS (https://sveltiacms.app), an editor
that runs in the browser and saves to the repository; Decap CMS reads the same
configuration. It has a form for each kind of content, with help and lists to choose
from. "casebook help starting" says how to publish it, and what it cannot do.

Run it again when a field or a list has changed.`,
		Example: `  casebook cms --repo our-organisation/our-casebook
  casebook cms --backend gitlab --repo our-group/our-casebook`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if opts.Backend != "github" && opts.Backend != "gitlab" {
				return usageError{fmt.Errorf("--backend is %q: write github or gitlab", opts.Backend)}
			}
			if !repository.MatchString(opts.Repo) {
				return usageError{fmt.Errorf("--repo is %q: write the owner and the name of the repository, such as our-organisation/our-casebook", opts.Repo)}
			}
			lib, _, err := p.readDrafts(cmd.Context(), s.err)
			if err != nil {
				return err
			}
			opts.Content = os.DirFS(filepath.Join(p.source, "content"))
			files, err := schema.CMS(lib, opts)
			if err != nil {
				return err
			}
			return writeFiles(s, cmp.Or(output, filepath.Join(p.source, "admin")), files)
		},
	}
	p.flags(cmd)
	cmd.Flags().StringVar(&opts.Backend, "backend", "github", "where the repository is: github or gitlab")
	cmd.Flags().StringVar(&opts.Repo, "repo", "", "owner and name of the repository")
	cmd.Flags().StringVar(&opts.Branch, "branch", "main", "the branch that is published")
	cmd.Flags().StringVar(&output, "output", "", "folder to write to (default admin in the source folder)")
	return cmd
}
