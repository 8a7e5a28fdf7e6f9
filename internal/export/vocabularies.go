// The controlled vocabularies as SKOS.

package export

import (
	"cmp"
)

// skosContext maps the short names of vocabularies.json to SKOS and Dublin Core.
// Labels and definitions are in the language of the site; the titles of the
// vocabularies are ours, in English.
func skosContext(language string) map[string]any {
	in := func(id, language string) map[string]string {
		return map[string]string{"@id": id, "@language": language}
	}
	link := func(id string) map[string]string { return map[string]string{"@id": id, "@type": "@id"} }
	return map[string]any{
		"skos":       "http://www.w3.org/2004/02/skos/core#",
		"dcterms":    "http://purl.org/dc/terms/",
		"id":         "@id",
		"type":       "@type",
		"title":      in("dcterms:title", "en"),
		"prefLabel":  in("skos:prefLabel", language),
		"altLabel":   in("skos:altLabel", language),
		"definition": in("skos:definition", language),
		"notation":   "skos:notation",
		"inScheme":   link("skos:inScheme"),
		"broader":    link("skos:broader"),
		"topOf":      link("skos:topConceptOf"),
	}
}

// concept is a node of vocabularies.json.
type concept struct {
	ID         string   `json:"id"`
	Type       string   `json:"type"`
	Title      string   `json:"title,omitempty"`
	PrefLabel  string   `json:"prefLabel,omitempty"`
	AltLabel   []string `json:"altLabel,omitempty"`
	Definition string   `json:"definition,omitempty"`
	Notation   string   `json:"notation,omitempty"`
	InScheme   string   `json:"inScheme,omitempty"`
	TopOf      string   `json:"topOf,omitempty"`
	Broader    string   `json:"broader,omitempty"`
}

// vocabularies writes the controlled lists as SKOS concept schemes in JSON-LD
// (https://www.w3.org/TR/skos-reference/). Ids are below the site's address or,
// without one, relative to the file.
func (e *exporter) vocabularies() error {
	v := skos{base: e.absolute("/data/vocabularies.json") + "#"}
	lib := e.in.Library
	words := lib.Site.Terms.Slugs()
	principles := v.scheme(words.Principle.Other, e.said("Principles and hallmarks"))
	for _, p := range lib.Principles {
		top := v.top(principles, words.Principle.One+"-"+p.ID, concept{PrefLabel: p.Title, Definition: p.Summary, Notation: p.ID})
		for _, h := range p.Hallmarks {
			v.add(words.Hallmark.One+"-"+p.ID+"-"+h.ID, concept{PrefLabel: h.Title, Definition: h.Summary, Notation: h.ID, InScheme: principles, Broader: top})
		}
	}
	countries := v.scheme("countries", "Countries")
	for _, c := range lib.Countries {
		node := concept{PrefLabel: c.Name, AltLabel: c.Other, Notation: c.Code}
		if c.Parent != nil {
			node.InScheme, node.Broader = countries, v.id("country-"+c.Parent.Code)
			// The parent may have no case studies of its own.
			v.top(countries, "country-"+c.Parent.Code, concept{PrefLabel: c.Parent.Name, AltLabel: c.Parent.Other, Notation: c.Parent.Code})
			v.add("country-"+c.Code, node)
		} else {
			v.top(countries, "country-"+c.Code, node)
		}
	}
	disciplines := v.scheme(words.Discipline.Other, e.said("Disciplines"))
	for _, d := range lib.Disciplines {
		v.top(disciplines, words.Discipline.One+"-"+d.ID, concept{PrefLabel: d.Label, AltLabel: d.Alternative, Notation: d.ID})
	}
	organisations := v.scheme("organisations", "Organisations")
	for _, o := range lib.Organisations {
		v.top(organisations, "organisation-"+o.ID, concept{PrefLabel: o.Name, AltLabel: o.Names, Notation: o.ID})
	}
	return e.addJSON("data/vocabularies.json", map[string]any{"@context": skosContext(cmp.Or(lib.Site.Language, "en")), "@graph": v.graph})
}

// skos builds a graph of concepts.
type skos struct {
	base  string
	graph []concept
	known map[string]bool
}

func (v *skos) id(name string) string { return v.base + name }

func (v *skos) add(name string, c concept) string {
	if v.known == nil {
		v.known = map[string]bool{}
	}
	id := v.id(name)
	if !v.known[id] {
		v.known[id] = true
		c.ID = id
		c.Type = cmp.Or(c.Type, "skos:Concept")
		v.graph = append(v.graph, c)
	}
	return id
}

func (v *skos) scheme(name, title string) string {
	return v.add(name, concept{Type: "skos:ConceptScheme", Title: title})
}

func (v *skos) top(scheme, name string, c concept) string {
	c.InScheme, c.TopOf = scheme, scheme
	return v.add(name, c)
}
