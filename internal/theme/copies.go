// Files that a site copied from the default theme, and whether the originals
// have changed since.

package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"

	"casebook/internal/problem"
)

// Copy is a file of a site's own theme that replaces one of the default theme.
type Copy struct {
	Name    string // "partials/card.html"
	Own     []byte // without the line that Stamped adds
	Default []byte
	From    string // the version of the default file that it was copied from; empty if no line says so
	Now     string // the current version of the default file
}

// IsOutdated reports whether the default file has changed since it was copied.
func (c Copy) IsOutdated() bool { return c.From != "" && c.From != c.Now }

// Stamped returns a file of the default theme as a site copies it: with a first
// line, a comment, that records its version. A file that can hold no comment
// stays unchanged.
func Stamped(name string, data []byte) []byte {
	note := "copied from the default theme, version " + version(data)
	switch path.Ext(name) {
	case ".html":
		note = "{{- /* " + note + " */ -}}"
	case ".css":
		note = "/* " + note + " */"
	case ".ts", ".js":
		note = "// " + note
	case ".yaml":
		note = "# " + note
	case ".svg":
		note = "<!-- " + note + " -->"
	default:
		return data
	}
	return append([]byte(note+"\n"), data...)
}

// version returns a short hash of a file of the default theme.
func version(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:6])
}

var stamp = regexp.MustCompile(`^.*copied from the default theme, version ([0-9a-f]+).*\n`)

// Copies returns the files of a site's own theme that replace files of the
// default theme, sorted by name. It leaves out the files of strings: a site's
// own file holds only the strings that it changes.
func Copies(own, defaults fs.FS) ([]Copy, error) {
	var copies []Copy
	for _, dir := range []string{assetsDir, "layouts", "partials"} {
		err := fs.WalkDir(own, dir, func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return skipMissing(dir, name, err)
			}
			theirs, err := fs.ReadFile(defaults, name)
			if err != nil {
				return nil // a file that only the site has
			}
			ours, err := fs.ReadFile(own, name)
			if err != nil {
				return err
			}
			c := Copy{Name: name, Own: ours, Default: theirs, Now: version(theirs)}
			if m := stamp.FindSubmatch(ours); m != nil {
				c.Own, c.From = ours[len(m[0]):], string(m[1])
			}
			copies = append(copies, c)
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("read the theme: %w", err)
		}
	}
	return copies, nil
}

// skipMissing returns the error of a walk, unless it is that of a folder that
// need not exist.
func skipMissing(dir, name string, err error) error {
	if name == dir && err != nil {
		return fs.SkipDir
	}
	return err
}

// outdated returns advice about copies whose original has changed since. The
// default theme is the last layer.
func outdated(files layers) []problem.Problem {
	var problems []problem.Problem
	for _, layer := range files[:len(files)-1] {
		copies, err := Copies(layer.FS, files[len(files)-1].FS)
		if err != nil {
			continue // reported where the file is read
		}
		for _, c := range copies {
			if c.IsOutdated() {
				problems = append(problems, problem.Problem{
					File: path.Join(layer.Name, c.Name), Line: 1, Severity: problem.Advice, Code: "theme-outdated",
					Message: "the default theme's file has changed since this copy was made",
					Hint:    fmt.Sprintf("run casebook theme diff %s, take over what you want, and write version %s in line 1", c.Name, c.Now),
				})
			}
		}
	}
	return problems
}
