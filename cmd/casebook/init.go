package main

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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
		Args:  cobra.ExactArgs(1),
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
			fmt.Fprintf(s.err, "casebook: look at it with: casebook serve --source %s\n", dir)
			return nil
		},
	}
}

func mustBeEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case len(entries) > 0:
		return fmt.Errorf("%s is not empty: name a new folder", dir)
	}
	return nil
}

// writeStarter copies the starter into the folder and lists what it wrote.
func writeStarter(dir string) ([]string, error) {
	source, err := fs.Sub(starter, "starter")
	if err != nil {
		return nil, err
	}
	if err := os.CopyFS(dir, source); err != nil {
		return nil, fmt.Errorf("write %q: %w", dir, err)
	}
	var files []string
	err = fs.WalkDir(source, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, filepath.FromSlash(path))
		}
		return err
	})
	return files, err
}
