package content

import (
	"path"
	"strings"
)

// isText reports extensions that are meant as content or as code, and so are
// never a download.
func isText(extension string) bool {
	switch extension {
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rst", ".adoc", ".yaml", ".yml", ".toml", ".json", ".html", ".htm", ".xhtml":
		return true
	}
	return false
}

// isJunk reports files that nobody wrote as content. A part of the path that
// begins with a dot hides all below it.
func isJunk(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") {
			return true
		}
	}
	base := path.Base(name)
	return strings.HasSuffix(base, "~") ||
		strings.HasPrefix(base, "#") && strings.HasSuffix(base, "#") ||
		strings.EqualFold(base, "Thumbs.db") || strings.EqualFold(base, "desktop.ini")
}

// whereItGoes tells the author of a file that content cannot hold what to do
// with it.
func whereItGoes(name string) string {
	base := path.Base(name)
	stem := Slug(strings.TrimSuffix(base, path.Ext(base)))
	folder, _, below := strings.Cut(name, "/")
	k := kindWhere(func(k *kind) bool { return below && k.folder == folder })
	if k == nil {
		k = kindWhere(func(k *kind) bool { return k.class == CaseClass })
	}
	files, stems, folders := places()
	switch strings.ToLower(path.Ext(base)) {
	case ".yml":
		return "name it " + strings.TrimSuffix(name, path.Ext(name)) + ".yaml if it is one of " + enumerate(stems) + ", and keep it at the top of content/"
	case ".yaml":
		return "the YAML files of content/ are " + enumerate(files) + "; each case study is a Markdown file in cases/"
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx":
		if strings.EqualFold(stem, "readme") {
			return "keep notes for contributors outside content/, or make this a page: pages/<name>.md"
		}
		if k.layout == withFolders && strings.Count(name, "/") == 2 {
			return "move it to " + k.folder + "/" + stem + ".md; only index.md may stand in a folder of its own"
		}
		return "move it to " + k.folder + "/" + stem + ".md, or to another of " + enumerate(folders)
	case ".html", ".htm", ".xhtml":
		return "HTML is not published; write the text as Markdown: " + k.folder + "/" + stem + ".md"
	}
	if k.layout == filesOnly {
		return k.folder + " have no attachments; put it beside a page in pages/, or a resource in resources/, and link to it"
	}
	return "put images and downloads beside the Markdown file that uses them: " + k.folder + "/<id>/" + base
}

// places are the YAML files that content holds, the same without their
// extensions, and its folders.
func places() (files, stems, folders []string) {
	for _, k := range kinds {
		if k.folder != "" {
			folders = append(folders, k.folder+"/")
			continue
		}
		files = append(files, k.file)
		stems = append(stems, strings.TrimSuffix(k.file, ".yaml"))
	}
	return files, stems, folders
}

// enumerate writes a list as a sentence does: "a, b and c".
func enumerate(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
