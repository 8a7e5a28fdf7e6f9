package source

import (
	"path"
	"strings"
)

// Limits of paths, to which archives and checkouts add.
const (
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

// isHeld reports whether a file's content is held in memory when it is read, by its
// path: text, and the pictures and fonts that a theme's stylesheets are bundled with.
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
