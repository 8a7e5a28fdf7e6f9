// Reading the source folder after a change.

package live

import (
	"bytes"
	"context"
	"path"

	"casebook/internal/watch"
)

// look reads the current state of the source folder.
func (f *follower) look(ctx context.Context, paths []string) (watch.State, error) {
	below := []string{"."}
	if paths != nil {
		below = below[:0]
		for _, name := range paths {
			if rel, ok := f.options.Source.Rel(name); ok {
				below = append(below, rel)
			}
		}
	}
	tree, err := f.options.Source.Look(ctx, below)
	if err != nil {
		return watch.State{}, err
	}
	f.tree = tree
	return watch.State{Version: tree.Hash(), Unsettled: f.unsettled()}, nil
}

// unsettled reports whether a Markdown file that changed since the last build
// looks half written.
func (f *follower) unsettled() bool {
	if f.built == nil {
		return false
	}
	for _, name := range f.tree.Diff(f.built) {
		file := f.tree.File(name)
		if file == nil || path.Ext(name) != ".md" {
			continue
		}
		text, err := file.Data()
		if err != nil {
			return true
		}
		var before []byte
		if earlier := f.built.File(name); earlier != nil {
			before, _ = earlier.Data() // text is held in memory
		}
		if halfWritten(text, before) {
			return true
		}
	}
	return false
}

// halfWritten reports whether a program may still be writing a Markdown file.
// before is its text at the last build, nil if there was none. It reports true
// if the file is empty, if its front matter has no end, if its last line no
// longer ends in a newline, or if the file is shorter and has a different last
// line.
func halfWritten(text, before []byte) bool {
	text, before = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), bytes.ReplaceAll(before, []byte("\r\n"), []byte("\n"))
	if len(text) == 0 {
		return true
	}
	if rest, ok := bytes.CutPrefix(text, []byte("---\n")); ok && !bytes.Contains(append([]byte("\n"), append(rest, '\n')...), []byte("\n---\n")) {
		return true
	}
	ended := func(b []byte) bool { return bytes.HasSuffix(b, []byte("\n")) }
	if ended(before) && !ended(text) {
		return true
	}
	return len(text) < len(before) && !bytes.Equal(lastLine(text), lastLine(before))
}

// lastLine returns the last line that is not empty.
func lastLine(text []byte) []byte {
	text = bytes.TrimRight(text, "\n")
	return text[bytes.LastIndexByte(text, '\n')+1:]
}
