package source

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"casebook/internal/filename"
)

// Problem is something in the folder that cannot be part of the listing.
type Problem struct {
	Path    string // slash-separated, relative to the root, as on disk: it may hold any byte
	Code    string // symlink, special-file, unreadable, too-large or bad-name
	Message string
	Hint    string // what to do about it
}

func (w *walk) skip(name string) bool {
	return temporary(path.Base(name)) && !w.options.Show(name) || w.options.Skip(name)
}

// problem says why something cannot be part of the tree, or returns nil.
func (w *walk) problem(name string, info fs.FileInfo) *Problem {
	if p := w.nameProblem(name); p != nil {
		return p
	}
	mode := info.Mode()
	switch {
	case mode.IsDir() && strings.Count(name, "/")+1 > maxDepth:
		return &Problem{name, "bad-name", fmt.Sprintf("the folder is nested deeper than %d folders", maxDepth), "move it nearer to the top"}
	case mode.IsDir():
		return nil
	case mode&fs.ModeSymlink != 0:
		return &Problem{name, "symlink", "symbolic links are not followed", "put a copy of the file in its place"}
	case !mode.IsRegular():
		return &Problem{name, "special-file", "it is neither a file nor a folder", "remove it"}
	case strings.HasPrefix(name, themes) && isHeld(name) && info.Size() > w.options.MaxText:
		return &Problem{name, "too-large", fmt.Sprintf("the file has %s; the limit in a theme is %s", size(info.Size()), size(int64(w.options.MaxText))), "use a smaller version of it"}
	case isHeld(name) && info.Size() > w.options.MaxText:
		return &Problem{name, "too-large", fmt.Sprintf("the file has %s; the limit for text is %s", size(info.Size()), size(int64(w.options.MaxText))), "split it, or shorten it"}
	case info.Size() > w.options.MaxAsset:
		return &Problem{name, "too-large", fmt.Sprintf("the file is %d bytes; the limit is %d", info.Size(), w.options.MaxAsset), "use a smaller version of it, or link to it where it is published"}
	}
	return nil
}

func (w *walk) nameProblem(name string) *Problem {
	if message, hint := filename.Problem(path.Base(name)); message != "" {
		return &Problem{name, "bad-name", message, hint}
	}
	if len(name) > maxPath {
		return &Problem{name, "bad-name", fmt.Sprintf("the path is %d bytes long; the limit is %d", len(name), maxPath), "move it nearer to the top, or give its folders shorter names"}
	}
	return nil
}

func unreadable(name string, err error) *Problem {
	// The operating system's own words, without the name that Problem has already.
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	hint := "check the disk or the network folder"
	if errors.Is(err, fs.ErrPermission) {
		hint = "allow yourself to read it"
	}
	return &Problem{name, "unreadable", "it cannot be read: " + err.Error(), hint}
}

// size writes a number of bytes as people read it.
func size(bytes int64) string {
	if bytes < 100_000 {
		return fmt.Sprintf("%d bytes", bytes)
	}
	return strings.TrimSuffix(fmt.Sprintf("%.1f", float64(bytes)/1e6), ".0") + " MB"
}
