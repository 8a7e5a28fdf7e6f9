// The flag --from of the command init: a new knowledge base that begins with an
// import.

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"casebook/internal/importing"
	"casebook/internal/problem"

	"github.com/spf13/cobra"
)

// beginning is the document that a new knowledge base begins with, and its
// import.
type beginning struct {
	source string // name of the document; "" for none
	result *importing.Import
}

// readBeginning reads the document that a knowledge base begins with, before
// anything is written. A page of the document replaces the starter's page with
// the same name. If there is no map yet, it writes one, and reports that the
// knowledge base must wait for it.
func readBeginning(s streams, source, mapFile string) (b beginning, waits bool, err error) {
	switch {
	case source == "" && mapFile != "":
		return b, false, usageError{errors.New("--map is for --from: name the document that the map is for")}
	case source == "":
		return b, false, nil
	}
	request := importing.Request{Name: filepath.Base(source), Existing: starterList}
	closeSource, err := readSource(source, &request)
	if err != nil {
		return b, false, err
	}
	defer closeSource()
	result, err := readWithMap(s, source, mapFile, request)
	if err != nil || result == nil {
		return b, true, err
	}
	if problem.Count(result.Problems, problem.Error) > 0 {
		printReport(s, result.Report)
		for i := range result.Problems {
			result.Problems[i].File = source
		}
		if err := problem.Print(s.err, problem.Text, result.Problems); err != nil {
			return b, false, err
		}
		fmt.Fprintln(s.err, "casebook: nothing was written")
		return b, false, errProblems
	}
	return beginning{source, result}, false, nil
}

// starterList returns a list of the starter, to which an import adds entries.
// For other files of the starter it returns nil.
func starterList(name string) []byte {
	if path.Ext(name) != ".yaml" {
		return nil
	}
	data, err := fs.ReadFile(starter, "starter/content/"+name)
	if err != nil {
		return nil
	}
	return data
}

// replaces reports whether the document replaces a file of the starter.
func (b beginning) replaces(name string) bool {
	if b.result == nil {
		return false
	}
	name, isPage := strings.CutSuffix(filepath.ToSlash(name), ".md")
	return isPage && slices.ContainsFunc(b.result.Files, func(f importing.File) bool {
		return name == "content/"+strings.TrimSuffix(strings.TrimSuffix(f.Path, ".md"), "/index")
	})
}

// write checks the import and writes its files below dir.
func (b beginning) write(cmd *cobra.Command, s streams, dir string) error {
	if b.result == nil {
		return nil
	}
	a := addition{project: project{source: dir}}
	err := a.finish(cmd, s, b.source, b.result)
	if errors.Is(err, errProblems) {
		fmt.Fprintf(s.err, "casebook: the knowledge base is there without it: correct it, then: casebook import --source %s %s\n", quoted(dir), quoted(b.source))
	}
	return err
}
