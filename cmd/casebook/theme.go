// The command theme: copies files of the default theme, and compares copies
// with it.

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/theme"

	"github.com/aymanbagabas/go-udiff"
	"github.com/spf13/cobra"
)

// newTheme returns the command "casebook theme".
func newTheme(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "theme",
		Short: "Copy files of the default theme, and compare the copies with it",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newThemeCopy(s), newThemeDiff(s))
	return cmd
}

// newThemeCopy returns the command "casebook theme copy".
func newThemeCopy(s streams) *cobra.Command {
	var source string
	cmd := &cobra.Command{
		Use:   "copy FILE…",
		Short: "Copy files of the default theme into the site's own, to change them there",
		Long: `Copy copies files of the default theme, such as partials/card.html or
assets/tokens.css, into the folder of the site's own theme, which site.yaml names.
The first line of a copy records the version that it was made from. A file that
the site has already stays.`,
		Args: orSay(cobra.MinimumNArgs(1), "name the files, such as partials/card.html"),
		RunE: func(_ *cobra.Command, names []string) error {
			dir, err := ownTheme(source)
			if err != nil {
				return err
			}
			for _, name := range names {
				data, err := defaultFile(name)
				if err != nil {
					return err
				}
				target := filepath.Join(dir, filepath.FromSlash(name))
				err = writeBelow(target, theme.Stamped(name, data))
				if errors.Is(err, fs.ErrExist) {
					return fmt.Errorf("%s is there already: see casebook theme diff", target)
				}
				if err != nil {
					return err
				}
				fmt.Fprintln(s.out, target)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&source, "source", ".", "folder that holds content/ and themes/")
	return cmd
}

// newThemeDiff returns the command "casebook theme diff".
func newThemeDiff(s streams) *cobra.Command {
	var source string
	cmd := &cobra.Command{
		Use:   "diff [FILE…]",
		Short: "Show how the site's own files differ from the default theme",
		Long: `Diff shows, for each file of the site's own theme that replaces one of the
default theme, how the two differ, and says whether the default theme's file has
changed since it was copied.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(_ *cobra.Command, names []string) error {
			dir, err := ownTheme(source)
			if err != nil {
				return err
			}
			copies, err := theme.Copies(os.DirFS(dir), defaultTheme())
			if err != nil {
				return err
			}
			for _, name := range names {
				if !slices.ContainsFunc(copies, func(c theme.Copy) bool { return c.Name == name }) {
					return fmt.Errorf("%s replaces no file of the default theme", filepath.Join(dir, filepath.FromSlash(name)))
				}
			}
			for _, c := range copies {
				if len(names) == 0 || slices.Contains(names, c.Name) {
					fmt.Fprintf(s.out, "%s: %s\n", filepath.Join(dir, filepath.FromSlash(c.Name)), stateOf(c))
					fmt.Fprint(s.out, udiff.Unified("default theme/"+c.Name, "your own", string(c.Default), string(c.Own)))
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&source, "source", ".", "folder that holds content/ and themes/")
	return cmd
}

// stateOf returns how a copy differs from the file that it replaces.
func stateOf(c theme.Copy) string {
	switch {
	case string(c.Own) == string(c.Default):
		return "the same as the default theme's file, so it can go"
	case c.IsOutdated():
		return "the default theme's file has changed since it was copied; it is at version " + c.Now
	case c.From == "":
		return "not known which version it was copied from; the default theme's file is at version " + c.Now
	default:
		return "the default theme's file has not changed since it was copied"
	}
}

// ownTheme returns the folder of the theme that site.yaml names.
func ownTheme(source string) (string, error) {
	file := filepath.Join(source, "content", "site.yaml")
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	for _, entry := range content.Parse("site.yaml", data).Entries {
		if site, ok := entry.(*content.Site); ok && site.Theme != "" && site.Theme != "default" {
			if !filepath.IsLocal(site.Theme) {
				return "", fmt.Errorf("%s: theme is %q: write the name of a folder of themes/", file, site.Theme)
			}
			return filepath.Join(source, "themes", filepath.FromSlash(site.Theme)), nil
		}
	}
	return "", fmt.Errorf("%s names no theme of your own: write theme: own there", file)
}

// defaultFile reads a file of the default theme.
func defaultFile(name string) ([]byte, error) {
	data, err := fs.ReadFile(defaultTheme(), name)
	if err == nil {
		return data, nil
	}
	var all []string
	_ = fs.WalkDir(defaultTheme(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			all = append(all, path)
		}
		return nil
	})
	if near := frontmatter.Nearest(name, all); near != "" {
		return nil, fmt.Errorf("the default theme has no file %q: did you mean %q?", name, near)
	}
	return nil, fmt.Errorf("the default theme has no file %q: name one such as partials/card.html", name)
}
