package content

import (
	"path"
	"strings"
)

// Class is what a file of the content folder is, told by its path alone.
type Class string

const (
	SiteClass          Class = "site"
	PrincipleClass     Class = "principle"
	CaseClass          Class = "case"
	ResourceClass      Class = "resource"
	PageClass          Class = "page"
	OrganisationsClass Class = "organisations"
	DisciplinesClass   Class = "disciplines"
	ReferencesClass    Class = "references"
	AttachmentClass    Class = "attachment" // an image or download beside Markdown; package media says whether it may be published
	JunkClass          Class = "junk"       // what editors and desktops leave behind: ".DS_Store", "x.md~"
	UnknownClass       Class = "unknown"    // nothing that content may hold; Parse says where it should go
)

// Classify returns what the file at the slash-separated path below content/
// is and, for Markdown files, the id that its name gives it. It does not say
// whether the id is a good one; Parse does.
func Classify(name string) (class Class, id string) {
	folder, base := path.Split(name)
	if isJunk(name) {
		return JunkClass, ""
	}
	if folder == "" {
		switch base {
		case "site.yaml":
			return SiteClass, ""
		case "organisations.yaml":
			return OrganisationsClass, ""
		case "disciplines.yaml":
			return DisciplinesClass, ""
		case "references.yaml":
			return ReferencesClass, ""
		}
		return UnknownClass, ""
	}

	parts := strings.Split(name, "/")
	class, known := map[string]Class{
		"principles": PrincipleClass,
		"cases":      CaseClass,
		"resources":  ResourceClass,
		"pages":      PageClass,
	}[parts[0]]
	if !known {
		return UnknownClass, ""
	}
	switch extension := strings.ToLower(path.Ext(base)); {
	case path.Ext(base) == ".md" && len(parts) == 2 && base != "index.md":
		return class, strings.TrimSuffix(base, ".md")
	case base == "index.md" && len(parts) == 3 && class != PrincipleClass:
		return class, parts[1]
	case isText(extension) || class == PrincipleClass || len(parts) > 3:
		return UnknownClass, ""
	default:
		return AttachmentClass, ""
	}
}

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
	top, _, below := strings.Cut(name, "/")
	section := "cases"
	if below {
		switch top {
		case "principles", "resources", "pages":
			section = top
		}
	}
	switch strings.ToLower(path.Ext(base)) {
	case ".yml":
		return "name it " + strings.TrimSuffix(name, path.Ext(name)) + ".yaml if it is one of site, organisations, disciplines and references, and keep it at the top of content/"
	case ".yaml":
		return "the YAML files of content/ are site.yaml, organisations.yaml, disciplines.yaml and references.yaml; each case study is a Markdown file in cases/"
	case ".md", ".markdown", ".mdown", ".mkd", ".mdx":
		if strings.EqualFold(stem, "readme") {
			return "keep notes for contributors outside content/, or make this a page: pages/<name>.md"
		}
		if section != "principles" && strings.Count(name, "/") == 2 {
			return "move it to " + section + "/" + stem + ".md; only index.md may stand in a folder of its own"
		}
		return "move it to " + section + "/" + stem + ".md, or to another of principles/, cases/, resources/ and pages/"
	case ".html", ".htm", ".xhtml":
		return "HTML is not published; write the text as Markdown: " + section + "/" + stem + ".md"
	}
	if below && top == "principles" {
		return "principles have no attachments; put it beside a page in pages/, or a resource in resources/, and link to it"
	}
	return "put images and downloads beside the Markdown file that uses them: " + section + "/<id>/" + base
}
