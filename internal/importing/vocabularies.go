package importing

import "casebook/internal/library"

// mostNames is the longest list in which somebody looks for a name.
const mostNames = 500

// VocabulariesOf are the names that a library knows, as forms offer them: what
// readers know an entry by, but of case studies and references, whose titles are
// long, the id. A vocabulary with more names than anybody reads is left out.
func VocabulariesOf(lib *library.Library) Vocabularies {
	all := Vocabularies{}
	for vocabulary, names := range lib.Names() {
		if len(names) > mostNames {
			continue
		}
		for _, name := range names {
			if vocabulary == "cases" || vocabulary == "references" {
				name.Label = name.ID
			}
			all[vocabulary] = append(all[vocabulary], name.Label)
		}
	}
	return all
}
