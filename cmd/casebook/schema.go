package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"casebook/internal/schema"

	"github.com/spf13/cobra"
)

// newSchema is "casebook schema".
func newSchema(s streams) *cobra.Command {
	var p project
	var output string
	cmd := &cobra.Command{
		Use:   "schema [kind]",
		Short: "Write the content model as JSON Schema, for editors",
		Long: `Schema prints the fields of one kind of content as JSON Schema (draft 2020-12),
with the values of this knowledge base's vocabularies and what each is called.
With --output it writes a file for each kind into a folder.`,
		Example: `  casebook schema case
  casebook schema --output .schemas`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, kinds []string) error {
			lib, _, err := p.readDrafts(cmd.Context(), s.err)
			if err != nil {
				return err
			}
			files, err := schema.Files(lib)
			if err != nil {
				return err
			}
			if len(kinds) == 0 && output != "" {
				return writeSchemas(s, output, files)
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
	return cmd
}

func writeSchemas(s streams, folder string, files []schema.File) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		file := filepath.Join(folder, f.Name)
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s for content/%s\n", file, strings.Join(f.For, ", content/"))
	}
	return nil
}
