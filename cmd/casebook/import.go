// The command import: turns a document of another program into content files.

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"casebook/internal/importing"
	"casebook/internal/problem"

	"github.com/spf13/cobra"
)

// maxImport is the largest size of a document to import, in bytes.
const maxImport = 64 << 20

// newImport returns the command "casebook import".
func newImport(s streams) *cobra.Command {
	var a addition
	var kind string
	var startCase bool
	var mapFile, mediaFolder string
	cmd := &cobra.Command{
		Use:   "import FILE|FOLDER",
		Short: "Make content files from documents of other programs",
		Long: `Import reads a document and writes what it holds below content/:

` + formatList() + `
It prints what became of each part of the document: mapped to a field, kept as
text, or left out and why. The new files are checked like all others. A file that
exists is never overwritten, and after an error nothing is written.

For ` + mapFormats + `, --map names a file that says what its fields and tags
become. If there is none, the first import writes one to edit and nothing else;
the second uses it. See "casebook help importing".`,
		Example: `  casebook import "Burns care.docx" --set hallmarks=stable-governance
  casebook import cases.xlsx --dry-run
  casebook import old-site/content --map map.yaml
  casebook import export.xml --map map.yaml --media wp-content/uploads`,
		Args: orSay(cobra.ExactArgs(1), "name one file or folder, such as ward.docx"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.hasContent(); err != nil {
				return err
			}
			sets, err := a.assignments()
			if err != nil {
				return err
			}
			request := importing.Request{
				Name: filepath.Base(args[0]), Kind: kind, ID: a.id, Set: sets, StartCase: startCase, Existing: a.existing,
			}
			closeSource, err := readSource(args[0], &request)
			if err != nil {
				return err
			}
			defer closeSource()
			if mediaFolder != "" {
				root, err := os.OpenRoot(mediaFolder)
				if err != nil {
					return fmt.Errorf("--media: %w", err)
				}
				defer root.Close()
				request.Media = root.FS()
			}
			result, err := readWithMap(s, args[0], mapFile, request)
			if err != nil || result == nil {
				return err
			}
			return a.finish(cmd, s, args[0], result)
		},
	}
	a.flags(cmd)
	cmd.Flags().StringVar(&kind, "as", "", "what the document becomes: "+strings.Join(importing.Kinds(), ", ")+" (default case)")
	cmd.Flags().StringVar(&mapFile, "map", "", "`file` that says what fields and values of "+mapFormats+" become; one that does not exist is written, to be edited")
	cmd.Flags().StringVar(&mediaFolder, "media", "", "`folder` with a copy of wp-content/uploads, for the pictures and documents of an export of WordPress")
	cmd.Flags().BoolVar(&startCase, "case", false, "start a case study from the one reference of a .bib, .ris or .nbib file")
	return cmd
}

// readWithMap reads a document with the map in a file; "" means without one. If
// the file does not exist, readWithMap writes a map to be edited into it, and
// returns nil.
func readWithMap(s streams, source, mapFile string, request importing.Request) (result *importing.Import, err error) {
	writesMap := false
	if mapFile != "" {
		request.Map, err = os.ReadFile(mapFile)
		if writesMap = errors.Is(err, fs.ErrNotExist); err != nil && !writesMap {
			return nil, err
		}
	}
	switch result, err = importing.Read(request); {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", source, err)
	case mapFile != "" && result.Map == nil:
		return nil, usageError{fmt.Errorf("--map is for %s, and %s is none of them", mapFormats, source)}
	case !writesMap:
		return result, nil
	}
	printReport(s, result.Report)
	if err := writeFresh(mapFile, result.Map); err != nil {
		return nil, err
	}
	fmt.Fprintf(s.err, "casebook: nothing was imported yet: %s is a new map; write in it what each field becomes, then import again\n", mapFile)
	return nil, nil
}

// finish reports an import, checks it and writes it.
func (a *addition) finish(cmd *cobra.Command, s streams, source string, result *importing.Import) error {
	printReport(s, result.Report)
	problems, err := a.check(cmd.Context(), result.Files)
	if err != nil {
		return err
	}
	var shown []problem.Problem
	for _, p := range result.Problems {
		p.File = source
		shown = append(shown, p)
	}
	if len(result.Files) > 1 { // "casebook check" gives the advice about all of them
		problems = slices.DeleteFunc(problems, func(p problem.Problem) bool { return p.Severity == problem.Advice })
	}
	if result.Fixes == importing.InSource {
		shown = append(shown, inDocument(problems, source, result)...)
	} else {
		shown = append(shown, a.located(problems)...)
	}
	if err := problem.Print(s.err, problem.Text, shown); err != nil {
		return err
	}
	failed := problem.Count(result.Problems, problem.Error) > 0
	if result.Fixes == importing.InSource {
		failed = problem.Count(shown, problem.Error) > 0
	}
	switch {
	case failed:
		fmt.Fprintf(s.err, "casebook: %s in %s: nothing was written\n", countProblems(shown), source)
		return errProblems
	case len(result.Files) == 0:
		fmt.Fprintln(s.err, "casebook: there is nothing new to write")
		return nil
	}
	if !a.dryRun {
		if err := a.write(result.Files); err != nil {
			return err
		}
	}
	a.printWritten(s, result.Files)
	if n := problem.Count(shown, problem.Error); n > 0 {
		fmt.Fprintf(s.err, "casebook: correct %s before the site can be built; casebook check lists them again\n", count(n, "error"))
	}
	return nil
}

// inDocument returns the problems of the files of an import, with the positions
// of the values in the document that the files were made from.
func inDocument(problems []problem.Problem, source string, result *importing.Import) []problem.Problem {
	var all []problem.Problem
	for _, f := range result.Files {
		for _, p := range problems {
			if "content/"+f.Path != p.File {
				continue
			}
			place := f.Places[p.Line]
			for line := p.Line; place == "" && line >= 0; line-- {
				place = f.Places[line]
			}
			p.File, p.Line, p.Column = source, 0, 0
			if place != "" {
				p.Message = place + ": " + p.Message
			}
			if result.Hint != nil {
				p.Hint = result.Hint(p.Hint)
			}
			all = append(all, p)
		}
	}
	return all
}

// mapFormats are the formats whose fields a map may name.
const mapFormats = "a table, a folder of Markdown or an export of WordPress"

// readSource reads a document that is not too large, or opens a folder. The
// function that it returns closes the folder.
func readSource(name string, request *importing.Request) (closeSource func(), err error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w", name, errors.Unwrap(err))
	case info.IsDir():
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, err
		}
		request.Folder = root.FS()
		return func() { _ = root.Close() }, nil
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is neither a file nor a folder", name)
	case info.Size() > maxImport:
		return nil, fmt.Errorf("%s has more than %d MB: divide it, or make its pictures smaller", name, maxImport>>20)
	}
	request.Data, err = os.ReadFile(name)
	return func() {}, err
}

// printReport prints what became of each part of a document.
func printReport(s streams, report []importing.Line) {
	w := tabwriter.NewWriter(s.err, 0, 0, 2, ' ', 0)
	for _, line := range report {
		fmt.Fprintf(w, "%s\t%s\t%s\n", line.Outcome, problem.Printable(line.What), problem.Printable(line.Detail))
	}
	_ = w.Flush()
}

// formatList returns the names of the formats, one on each line.
func formatList() string {
	text := ""
	for _, f := range importing.Formats() {
		extension := f.Extension
		if extension == importing.FolderExtension {
			extension = "folder"
		}
		text += fmt.Sprintf("  %-8s%s\n", extension, f.What)
	}
	return text
}
