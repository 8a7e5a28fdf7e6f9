package content

// The content model as data, for code that generates documentation and forms from
// it.

import "casebook/internal/frontmatter"

// Schema describes one kind of content: its files and its fields.
type Schema struct {
	Class  Class
	What   string              // as messages name one: "a case study"
	Files  []string            // paths of its files below content/: "cases/<id>.md"
	List   bool                // whether a file holds a list of entries, each with these fields
	Fields []frontmatter.Field // in the order in which they are documented
	Needs  []Need              // rules that one of several fields is given
	Orders []Order             // rules for the order of its dates
	Emails Emails              // where an e-mail address is a mistake
}

// Model returns the content model, with one Schema for each kind of content. It is
// read from the struct tags of the entry types, so everything generated from it,
// such as the reference of fields, agrees with the parser.
func Model() []Schema {
	schemas := make([]Schema, len(kinds))
	for i, k := range kinds {
		schemas[i] = k.schema()
	}
	return schemas
}

// SchemaOf returns the schema of a class of the content model.
func SchemaOf(class Class) Schema { return kindOf(class).schema() }

func (k *kind) schema() Schema {
	return Schema{Class: k.class, What: k.What(), Files: k.files(), List: k.list != "", Fields: k.Fields(), Needs: needs[k.class], Orders: orders[k.class], Emails: emails[k.class]}
}

// files returns the paths of files of the kind, with <id> for an id.
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
