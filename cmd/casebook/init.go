package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"
)

// starter is the knowledge base that init writes.
//
//go:embed all:starter
var starter embed.FS

// newInit is "casebook init".
func newInit(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Start a knowledge base in a new or empty folder",
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) == 0 || args[0] == "":
				return errors.New("name a folder: a new one, such as our-casebook, or . for this one")
			case len(args) > 1:
				return errors.New("name one folder")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			dir := args[0]
			if err := mustBeEmpty(dir); err != nil {
				return err
			}
			files, err := writeStarter(dir)
			if err != nil {
				return err
			}
			for _, f := range files {
				fmt.Fprintln(s.out, filepath.Join(dir, f))
			}
			if !slices.Contains(files, ".gitignore") {
				fmt.Fprintln(s.err, "casebook: your .gitignore was kept: add the line /public/ to it")
			}
			source := ""
			if filepath.Clean(dir) != "." {
				source = " --source " + quoted(dir)
			}
			fmt.Fprintf(s.err, "casebook: look at it with: casebook serve%s\n", source)
			fmt.Fprintln(s.err, "casebook: what to change first: casebook help starting")
			return nil
		},
	}
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
// wrote. It keeps a file that exists.
func writeStarter(dir string) ([]string, error) {
	source, err := fs.Sub(starter, "starter")
	if err != nil {
		return nil, err
	}
	var files []string
	err = fs.WalkDir(source, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(dir, filepath.FromSlash(path))
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		data, err := fs.ReadFile(source, path)
		if err != nil {
			return err
		}
		f, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		if err != nil {
			return err
		}
		files = append(files, filepath.FromSlash(path))
		_, err = f.Write(data)
		return errors.Join(err, f.Close())
	})
	if err != nil {
		return nil, fmt.Errorf("write %q: %w", dir, err)
	}
	return files, nil
}

// quoted returns the name quoted for the user's shell where it needs quoting.
func quoted(name string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("_-+.,:/", r) || r == filepath.Separator
	}
	switch {
	case !strings.ContainsFunc(name, func(r rune) bool { return !plain(r) }):
		return name
	case runtime.GOOS == "windows":
		return `"` + name + `"` // Windows allows no " in names
	default:
		return "'" + strings.ReplaceAll(name, "'", `'\''`) + "'"
	}
}
