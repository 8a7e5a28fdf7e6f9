// The command init: writes a new knowledge base.

package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
)

// starter is the knowledge base that init writes.
//
//go:embed all:starter
var starter embed.FS

// hosts holds the files for the hosts of repositories, in a folder for each
// host.
//
//go:embed all:hosts
var hosts embed.FS

// newInit returns the command "casebook init".
func newInit(s streams) *cobra.Command {
	var host, editor, from, mapFile string
	cmd := &cobra.Command{
		Use:   "init DIR",
		Short: "Start a knowledge base in a new or empty folder",
		Long: `Init writes a small knowledge base that passes every check. With it come, for
GitHub and GitLab, a workflow that checks each contribution, keeps a preview of the
site and publishes it, and templates for contributions and issues; and settings for
Visual Studio Code, which then completes the fields and checks the lists.

With --from it begins with the case studies and pages of a document, as "casebook
import" makes them: a table, a Word document, an export of WordPress, or another of
its formats. Fields with a name that Casebook knows and names of countries are kept,
and the report says what became of each; --map names a file that says more, as in
"casebook import".

No file is replaced that is there already.`,
		Example: `  casebook init our-casebook
  casebook init our-casebook --host github
  casebook init our-casebook --host none --editor none
  casebook init our-casebook --from cases.xlsx`,
		Args: orSay(func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] == "" {
				return errors.New("not one folder")
			}
			return nil
		}, "name one folder: a new one, such as our-casebook, or . for this one"),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := args[0]
			if err := mustBeEmpty(dir); err != nil {
				return err
			}
			chosen, err := chosenHosts(host)
			if err != nil {
				return err
			}
			if editor != "vscode" && editor != "none" {
				return usageError{fmt.Errorf("--editor is %q: write vscode or none", editor)}
			}
			first, waits, err := readBeginning(s, from, mapFile)
			if err != nil || waits {
				return err
			}
			files, err := writeStarter(dir, first.replaces)
			if err != nil {
				return err
			}
			for _, name := range chosen {
				more, err := writeHost(dir, name)
				if err != nil {
					return err
				}
				files = append(files, more...)
			}
			if editor == "vscode" {
				more, err := (&project{source: dir}).writeEditor(cmd.Context(), s)
				if err != nil {
					return err
				}
				files = append(files, more...)
			}
			for _, f := range files {
				fmt.Fprintln(s.out, filepath.Join(dir, f))
			}
			if !slices.Contains(files, ".gitignore") {
				fmt.Fprintln(s.err, "casebook: your .gitignore was kept: add the line /public/ to it")
			}
			if err := first.write(cmd, s, dir); err != nil {
				return err
			}
			printNext(s, dir)
			return nil
		},
	}
	cmd.Flags().StringVar(&host, "host", "all", "whose workflows and templates to write: github, gitlab, all or none")
	cmd.Flags().StringVar(&editor, "editor", "vscode", "whose settings to write: vscode or none")
	cmd.Flags().StringVar(&from, "from", "", "`file` or folder to begin with, as \"casebook import\" reads it")
	cmd.Flags().StringVar(&mapFile, "map", "", "`file` that says what fields and values of the document become; one that does not exist is written, to be edited")
	return cmd
}

// printNext says what to do with a new knowledge base.
func printNext(s streams, dir string) {
	source := ""
	if filepath.Clean(dir) != "." {
		source = " --source " + quoted(dir)
	}
	fmt.Fprintf(s.err, "casebook: look at it with: casebook serve%s\n", source)
	fmt.Fprintln(s.err, "casebook: what to change first: casebook help starting")
}

// chosenHosts returns the hosts that a value of --host names.
func chosenHosts(name string) ([]string, error) {
	switch name {
	case "all":
		return []string{"github", "gitlab"}, nil
	case "none":
		return nil, nil
	case "github", "gitlab":
		return []string{name}, nil
	}
	return nil, usageError{fmt.Errorf("--host is %q: write github, gitlab, all or none", name)}
}

// mustBeEmpty returns an error if the folder holds anything except the files of a
// new repository: .git, .gitignore, .gitattributes, a README and a LICENSE.
func mustBeEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range entries {
		switch name := strings.ToUpper(e.Name()); {
		case name == ".GIT", name == ".GITIGNORE", name == ".GITATTRIBUTES", strings.HasPrefix(name, "README"), strings.HasPrefix(name, "LICENSE"):
		default:
			return fmt.Errorf("%s is not empty, it holds %s: name a new folder", dir, e.Name())
		}
	}
	return nil
}

// writeStarter copies the starter into the folder and returns the files that it
// wrote. It leaves out the files for which skip, if not nil, returns true.
func writeStarter(dir string, skip func(name string) bool) ([]string, error) {
	return writeFolder(dir, starter, "starter", strings.NewReplacer(), skip)
}

// writeHost copies the files for a host into the folder and returns the files
// that it wrote. They download the version of casebook that is running, if it
// is a release.
func writeHost(dir, host string) ([]string, error) {
	version := "v1.0.0"
	if info, ok := debug.ReadBuildInfo(); ok && strings.Count(info.Main.Version, "-") == 0 && strings.HasPrefix(info.Main.Version, "v") {
		version = info.Main.Version
	}
	return writeFolder(dir, hosts, "hosts/"+host, strings.NewReplacer("VERSION #", version+" #"), nil)
}

// writeFolder copies the folder of a file system into dir, with some texts
// replaced, and returns the files that it wrote. It does not overwrite files,
// and leaves out those for which skip, if not nil, returns true.
func writeFolder(dir string, from fs.FS, folder string, replace *strings.Replacer, skip func(name string) bool) ([]string, error) {
	source, err := fs.Sub(from, folder)
	if err != nil {
		return nil, err
	}
	var files []string
	err = fs.WalkDir(source, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || skip != nil && skip(path) {
			return err
		}
		data, err := fs.ReadFile(source, path)
		if err != nil {
			return err
		}
		name := filepath.FromSlash(path)
		err = writeBelow(filepath.Join(dir, name), []byte(replace.Replace(string(data))))
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		files = append(files, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("write %q: %w", dir, err)
	}
	return files, nil
}

// writeBelow is writeNew, and creates the folder of the file.
func writeBelow(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return writeNew(name, data)
}

// quoted returns the name, with quotes for the user's shell if it needs them.
func quoted(name string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-+.,:/", r) || r == filepath.Separator
	}
	switch {
	case !strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }):
		return name
	case runtime.GOOS == "windows":
		return `"` + name + `"` // Windows does not allow " in names
	default:
		return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
}
