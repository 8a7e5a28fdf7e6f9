package content

// The content model, for what is generated from it.

import "casebook/internal/frontmatter"

// Schema describes one kind of content: where it is kept, and its fields.
type Schema struct {
	Class  Class
	What   string              // as messages call one: "a case study"
	Files  []string            // the paths that hold it, below content/: "cases/<id>.md"
	List   bool                // a file holds a list of entries, each with these fields
	Fields []frontmatter.Field // in the order in which they are documented
	Needs  []Need              // of which one field is given
	Orders []Order             // of its dates
}

// Model returns the content model, one Schema for each kind of content. It is
// read from the struct tags of the entry types, so that what is generated from
// it (the reference of fields, and whatever else describes the content) cannot
// differ from what is parsed.
func Model() []Schema {
	schemas := make([]Schema, len(kinds))
	for i, k := range kinds {
		schemas[i] = Schema{Class: k.class, What: k.What(), Files: k.files(), List: k.list != "", Fields: k.Fields(), Needs: needs[k.class], Orders: orders[k.class]}
	}
	return schemas
}

// files are the paths that hold entries of the kind, with <id> for an id.
func (k *kind) files() []string {
	switch {
	case k.file != "":
		return []string{k.file}
	case k.layout == withFolders:
		return []string{k.folder + "/<id>.md", k.folder + "/<id>/index.md"}
	default:
		return []string{k.folder + "/<id>.md"}
	}
}
