package importing

import "casebook/internal/library"

// VocabulariesOf are the names that a library knows, as forms offer them: what
// readers know an entry by, but of case studies and references, whose titles are
// long, the id.
func VocabulariesOf(lib *library.Library) Vocabularies {
	all := Vocabularies{}
	for vocabulary, names := range lib.Names() {
		for _, name := range names {
			if vocabulary == "cases" || vocabulary == "references" {
				name.Label = name.ID
			}
			all[vocabulary] = append(all[vocabulary], name.Label)
		}
	}
	return all
}
