// The command schema: writes JSON Schemas of the content for editors.

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casebook/internal/schema"

	"github.com/spf13/cobra"
)

// newSchema returns the command "casebook schema".
func newSchema(s streams) *cobra.Command {
	var p project
	var output string
	var vscode bool
	cmd := &cobra.Command{
		Use:   "schema [kind]",
		Short: "Write the content model as JSON Schema, for editors",
		Long: `Schema prints the fields of one kind of content as JSON Schema (draft 2020-12),
with the values of this knowledge base's vocabularies and what each is called.
With --output it writes a file for each kind into a folder.

With --vscode it writes what Visual Studio Code needs into .vscode/: the schemas
of the lists and of site.yaml, the fields of a case study as snippets, and settings,
which are kept if they are there. Run it again when the lists have changed.`,
		Example: `  casebook schema case
  casebook schema --output .schemas
  casebook schema --vscode`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, kinds []string) error {
			if vscode {
				written, err := p.writeEditor(cmd.Context(), s)
				for _, name := range written {
					fmt.Fprintln(s.out, filepath.Join(p.source, name))
				}
				return err
			}
			lib, _, err := p.readDrafts(cmd.Context(), s.err)
			if err != nil {
				return err
			}
			files, err := schema.Files(lib)
			if err != nil {
				return err
			}
			if len(kinds) == 0 && output != "" {
				return writeFiles(s, output, files)
			}
			var names []string
			for _, f := range files {
				names = append(names, strings.TrimSuffix(f.Name, ".schema.json"))
			}
			if len(kinds) == 0 || output != "" || !slices.Contains(names, kinds[0]) {
				return usageError{fmt.Errorf("name one kind, %s; or a folder for all of them with --output", strings.Join(names, ", "))}
			}
			_, err = s.out.Write(files[slices.Index(names, kinds[0])].Data)
			return err
		},
	}
	p.flags(cmd)
	cmd.Flags().StringVar(&output, "output", "", "folder to write all schemas to")
	cmd.Flags().BoolVar(&vscode, "vscode", false, "write the settings of Visual Studio Code into .vscode/")
	return cmd
}

// writeEditor writes the files for Visual Studio Code into the source folder
// and returns the files that it wrote. It does not change existing settings.
func (p *project) writeEditor(ctx context.Context, s streams) ([]string, error) {
	lib, _, err := p.readDrafts(ctx, s.err)
	if err != nil {
		return nil, err
	}
	files, err := schema.Editor(lib)
	if err != nil {
		return nil, err
	}
	var written []string
	for _, f := range files {
		name := filepath.FromSlash(f.Name)
		target := filepath.Join(p.source, name)
		err := writeBelow(target, f.Data)
		if errors.Is(err, fs.ErrExist) {
			if f.Name == schema.EditorSettings || f.Name == schema.EditorExtensions {
				continue
			}
			err = os.WriteFile(target, f.Data, 0o644)
		}
		if err != nil {
			return nil, err
		}
		written = append(written, name)
	}
	return written, nil
}

// writeFiles writes files into a folder, and prints for which content each is.
func writeFiles(s streams, folder string, files []schema.File) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		file := filepath.Join(folder, f.Name)
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			return err
		}
		if f.For != nil {
			file += " for content/" + strings.Join(f.For, ", content/")
		}
		fmt.Fprintln(s.out, file)
	}
	return nil
}
