package source

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/filename"
)

// Limits of names: a file system's limit is 255 bytes for a name, and archives
// and checkouts add to it.
const (
	maxName  = 200  // bytes of one name
	maxPath  = 1024 // bytes of a path below the root
	maxDepth = 32   // folders within folders
)

// Ignored reports whether a slash-separated path is never part of a tree,
// because one of its names is hidden (it starts with a dot), or is known to be
// what an editor, an office program or a file manager writes beside the file
// that a person works on.
func Ignored(path string) bool {
	for name := range strings.SplitSeq(path, "/") {
		if name != "." && temporary(name) {
			return true
		}
	}
	return false
}

func temporary(name string) bool {
	switch {
	case strings.HasPrefix(name, "."), // also .#x, .x.swp, .goutputstream-x, .~lock.x#, .DS_Store
		strings.HasPrefix(name, "~$"),                                // Microsoft Office
		strings.HasSuffix(name, "~"),                                 // vim, Emacs, gedit, Kate
		strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"), // Emacs
		strings.HasSuffix(name, "___jb_tmp___"),                      // JetBrains
		strings.HasSuffix(name, "___jb_old___"),
		name == "4913", // vim tries whether it can write the folder
		name == "Thumbs.db", name == "desktop.ini":
		return true
	}
	switch path.Ext(name) {
	case ".swp", ".swo", ".swx", ".tmp", ".crdownload", ".part":
		return true
	}
	return false
}

// isHeld reports whether a file's content is held in memory, by its path: text,
// and the pictures and fonts that a theme's stylesheets are bundled with.
func isHeld(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".txt", ".yaml", ".yml", ".json", ".toml", ".csv", ".tsv", ".bib", ".xml",
		".html", ".htm", ".tmpl", ".gohtml", ".css", ".ts", ".js", ".mjs", ".webmanifest":
		return true
	case ".svg", ".png", ".jpg", ".webp", ".woff2":
		return strings.HasPrefix(name, themes)
	}
	return false
}

// themes is the folder whose pictures and fonts are held too.
const themes = "themes/"

// badName says why a name cannot be used on every system that the folder may be
// checked out on, and what to do; an empty message means that it can.
// The rules for Windows are those of
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file.
func badName(name string) (message, hint string) {
	const rename = "rename it, using letters, digits and hyphens"
	if !utf8.ValidString(name) {
		return fmt.Sprintf("the file name %q is not UTF-8", name), rename
	}
	if len(name) > maxName {
		return fmt.Sprintf("the file name is %d bytes long; the limit is %d", len(name), maxName), "give it a shorter name"
	}
	for _, r := range name {
		switch {
		case unicode.IsControl(r):
			return fmt.Sprintf("the file name %q holds the control character %U", name, r), rename
		case unicode.Is(unicode.Bidi_Control, r):
			return fmt.Sprintf("the file name %q holds %U, which reorders text on screen", name, r), rename
		case strings.ContainsRune(`<>:"|?*\`, r):
			return fmt.Sprintf("the file name %q holds %q, which Windows does not allow", name, r), rename
		}
	}
	if strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") {
		return fmt.Sprintf("the file name %q ends in a dot or a space, which Windows removes", name), rename
	}
	if strings.HasPrefix(name, " ") {
		return fmt.Sprintf("the file name %q starts with a space", name), rename
	}
	if filename.IsDevice(name) {
		return fmt.Sprintf("the file name %q is reserved by Windows", name), "rename it, for example to " + fmt.Sprintf("%q", "x-"+name)
	}
	return "", ""
}
