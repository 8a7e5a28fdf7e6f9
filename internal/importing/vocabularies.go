// The names that forms offer.

package importing

import "casebook/internal/library"

// mostNames is the length up to which people look for a name in a list.
const mostNames = 500

// WordsOf returns the words of a library.
func WordsOf(lib *library.Library) Words { return Words{vocabulariesOf(lib), lib.Site.Terms} }

// vocabulariesOf returns the names that a library has, for forms to offer. An
// entry has the name that readers know it by, except that case studies and
// references, whose titles are long, have their id. A vocabulary with more than
// mostNames names is left out.
func vocabulariesOf(lib *library.Library) Vocabularies {
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
