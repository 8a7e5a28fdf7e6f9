package content

// Hints for files that are not read.

import (
	"cmp"
	"path"
	"strings"

	"casebook/internal/frontmatter"
	"casebook/internal/media"
)

// isText reports whether an extension is that of content or code, which is never a
// download.
func isText(extension string) bool {
	switch extension {
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rst", ".adoc", ".yaml", ".yml", ".toml", ".json", ".html", ".htm", ".xhtml":
		return true
	}
	return false
}

// isJunk reports whether a file is not meant as content, such as a backup of an
// editor. A part of the path that begins with a dot hides everything below it.
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

// whereItGoes returns the hint for a file that content/ cannot hold: what its
// author should do with it.
func whereItGoes(name string) string {
	base := path.Base(name)
	extension := strings.ToLower(path.Ext(base))
	folder, below, isBelow := strings.Cut(name, "/")
	k := kindWhere(func(k *kind) bool { return isBelow && k.folder == folder })
	files, stems, folders := places()
	if k == nil {
		k = kindOf(CaseClass)
		if isMarkdown(base) && slugOf(base) != "readme" {
			return "move it to " + k.folder + "/" + slugOf(base) + ".md, or to another of " + enumerate(folders)
		}
	}
	near := ""
	if extension == ".yml" || extension == ".yaml" {
		near = frontmatter.Nearest(strings.TrimSuffix(strings.ToLower(base), extension), stems)
	}
	switch {
	case near != "":
		return "rename it to " + near + ".yaml, at the top of content/"
	case extension == ".yml":
		return "name it " + strings.TrimSuffix(name, path.Ext(name)) + ".yaml if it is one of " + enumerate(stems) + ", and keep it at the top of content/"
	case extension == ".yaml":
		return "the YAML files of content/ are " + enumerate(files) + "; each case study is a Markdown file in cases/"
	case isMarkdown(base) && slugOf(base) == "readme":
		return "keep notes for contributors outside content/, or make this a page: pages/<name>.md"
	case isMarkdown(base):
		return k.whereMarkdownGoes(below, folders)
	case isWebPage[extension]:
		return "HTML is not published; write the text as Markdown, in " + k.folder + "/" + slugOf(base) + ".md, and delete this file"
	case media.Instead(base) != "":
		return media.Instead(base)
	case k.layout == filesOnly:
		return k.folder + " have no attachments; put it beside a page in pages/, or a resource in resources/, and link to it"
	}
	return "put images and downloads beside the Markdown file that uses them: " + k.folder + "/<id>/" + base
}

// whereMarkdownGoes is whereItGoes for a Markdown file, or a text meant as one,
// that is not where entries of the kind are read from. below is its path below the
// folder of the kind.
func (k *kind) whereMarkdownGoes(below string, folders []string) string {
	dir, base := path.Split(below)
	parts := strings.Split(strings.TrimSuffix(dir, "/"), "/")
	stem := slugOf(base)
	if stem == "index" || stem == "index-1" || strings.TrimPrefix(base, "_") == "index.md" {
		stem = ""
	}
	at := func(name string) string { return k.folder + "/" + name }
	switch {
	case stem == "" && dir == "" && k.class == PageClass:
		return "the home page is made from site.yaml and the principles; for a page of text, name it after its title, such as " + at("about.md")
	case stem == "" && dir == "":
		return "name it after its title, such as " + at(k.example+".md") + "; lists of all " + k.folder + " are made by the site"
	case dir == "":
		return "rename it to " + stem + ".md"
	case k.layout == filesOnly:
		return "move it to " + at(cmp.Or(stem, Slug(parts[len(parts)-1]), k.example)+".md")
	case stem == "" && len(parts) == 1:
		return "rename it to index.md"
	case stem == "": // index of a folder that is too deep, or a file named _index.md
		return "move it, with the files beside it, to " + at(Slug(parts[len(parts)-1])+"/index.md")
	case dir != "" && len(parts) == 1 && Slug(parts[0]) == stem:
		return "rename it to index.md: it is the text of the folder " + at(parts[0]) + "/, and the files beside it belong to it"
	case dir != "" && len(parts) == 1:
		return "if the files beside it belong to it, rename it to index.md; else move it to " + at(stem+".md")
	}
	return "move it to " + at(stem+".md") + ", or to another of " + enumerate(folders)
}

// slugOf returns the id that the name of a file suggests, without any extensions.
func slugOf(base string) string {
	for name := base; ; {
		extension := path.Ext(name)
		if extension == "" || extension == name || !isMarkdown(name) && !isText(strings.ToLower(extension)) && !isWriting[strings.ToLower(extension)] {
			return Slug(name)
		}
		name = strings.TrimSuffix(name, extension)
	}
}

// isMarkdown reports whether the name of a file is meant as that of a Markdown
// file, including "a.markdown" and "a.md.txt", which some editors make.
func isMarkdown(base string) bool {
	name := strings.TrimSuffix(strings.ToLower(base), ".txt")
	switch path.Ext(name) {
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx", ".mdtxt":
		return true
	}
	return false
}

// isWebPage holds the extensions of web pages.
var isWebPage = map[string]bool{".html": true, ".htm": true, ".xhtml": true}

// isWriting holds the extensions of documents that people write case studies in.
var isWriting = map[string]bool{".txt": true, ".docx": true, ".doc": true, ".odt": true, ".rtf": true, ".pages": true, ".pdf": true}

// places returns the YAML files of content/, the same names without extensions, and
// its folders.
func places() (files, stems, folders []string) {
	for _, k := range kinds {
		if k.folder != "" {
			folders = append(folders, k.folder+"/")
			continue
		}
		if stem, isYAML := strings.CutSuffix(k.file, ".yaml"); isYAML {
			files, stems = append(files, k.file), append(stems, stem)
		}
	}
	return files, stems, folders
}

// enumerate formats a list for a sentence: "a, b and c".
func enumerate(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
