package library

// Vocabularies: finding the entries that authors name.

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/content"
)

// kind describes the entries of a vocabulary, in the words of messages.
type kind struct {
	noun   string        // "country"
	plural string        // "case studies", where entries may share a name
	valid  string        // what a value must be: "a country of ISO 3166"
	field  string        // the field of a case study that names entries: "countries"
	class  content.Class // class of the files that define its entries
	file   string        // file in which authors add an entry to an open vocabulary: "disciplines.yaml"
	lookUp string        // hint for a vocabulary with too many entries to list
}

// The kinds of vocabularies, apart from those of termRows.
var (
	countryKind = &kind{
		noun: "country", valid: "a country or region of ISO 3166", field: "countries",
		lookUp: "write its English name or its code, such as Uganda, UG or US-CA",
	}
	hallmarkKind = &kind{
		noun: "hallmark", valid: "a hallmark of this knowledge base", field: "hallmarks", class: content.PrincipleClass,
		lookUp: "hallmarks are in the files of principles/; write the id or title of one",
	}
	organisationKind = &kind{
		noun: "organisation", valid: "an organisation of this knowledge base", field: "partners", class: content.OrganisationsClass, file: "organisations.yaml",
		lookUp: "write a name of organisations.yaml, or of a partner",
	}
	principleKind = &kind{
		noun: "principle", valid: "a principle of this knowledge base", field: "principles", class: content.PrincipleClass,
		lookUp: "principles are the files of principles/; write the name of one without .md, or its title",
	}
	programmeKind = &kind{
		noun: "programme", lookUp: "delete this line, or write the programme as a case study of its own, with kind: programme",
	}
	referenceKind = &kind{
		noun: "reference", valid: "a reference of this knowledge base", field: "sources", class: content.ReferencesClass,
		lookUp: "see references.yaml for its id; for another source write {title: …, url: …}",
	}
	resourceKind = &kind{
		noun: "resource", valid: "a resource of this knowledge base", field: "resources", class: content.ResourceClass,
		lookUp: "resources are the files of resources/; write the name of one without .md, or its title",
	}
	setKind = &kind{
		noun: "set", valid: "a set of principles of this knowledge base",
		lookUp: "write the set of one of the files of principles/",
	}
	studyKind = &kind{
		noun: "case study", plural: "case studies", valid: "a case study of this knowledge base", field: "related", class: content.CaseClass,
		lookUp: "write the name of a file or folder of cases/, without .md, or its title",
	}
)

// definedBy returns the kinds of vocabularies whose entries are in files of the
// class.
func definedBy(class content.Class) []*kind {
	all := []*kind{hallmarkKind, organisationKind, principleKind, referenceKind, resourceKind, studyKind}
	for _, row := range termRows {
		all = append(all, row.kind)
	}
	return slices.DeleteFunc(all, func(k *kind) bool { return k.class != class })
}

// vocabulary finds entries by what authors write: an id, a label or another label,
// in any case, accents, punctuation and spacing.
type vocabulary[T comparable] struct {
	*kind
	fold    func(string) string // texts with the same result name the same entry
	entries []T                 // in the order in which they were added
	byName  map[string]T        // by folded name
	exact   map[string]T        // by name as written, before byName
	ids     map[string]string   // main name by id; the id is part of the address of the entry's page
	listed  []string            // names of the entries for lists in messages
	shared  map[string]int      // number of entries that share a folded name, which therefore names none of them

	// more finds entries that are added only when a text names them. It may be nil.
	more func(text string) (T, bool)

	suggestions
}

func newVocabulary[T comparable](k *kind) *vocabulary[T] {
	return &vocabulary[T]{kind: k, fold: fold, byName: map[string]T{}, exact: map[string]T{}, ids: map[string]string{}}
}

// add makes the entry findable by a name, and suggests it for similar texts. write
// is what authors should write. It returns false if another entry has the name.
func (v *vocabulary[T]) add(name, write string, entry T) bool {
	return v.addFolded(name, v.fold(name), write, entry)
}

// addFolded is like add, for a name that is folded already.
func (v *vocabulary[T]) addFolded(name, folded, write string, entry T) bool {
	if !v.enter(name, folded, entry) {
		return false
	}
	v.suggest(folded, write, entry)
	return true
}

// addQuietly is like add, without the suggestion.
func (v *vocabulary[T]) addQuietly(name string, entry T) bool {
	return v.enter(name, v.fold(name), entry)
}

// enter makes the entry findable by a name: folded, and as it is written here, because
// most authors write it so and folding takes time.
func (v *vocabulary[T]) enter(name, folded string, entry T) bool {
	names, key := v.byName, folded
	if key == "" {
		names, key = v.exact, name
	}
	if known, ok := names[key]; ok {
		return known == entry
	}
	names[key] = entry
	if _, ok := v.exact[name]; !ok {
		v.exact[name] = entry
	}
	return true
}

// find returns the entry that the text names.
func (v *vocabulary[T]) find(text string) (T, bool) {
	if entry, ok := v.known(text); ok || v.more == nil {
		return entry, ok
	}
	return v.more(text)
}

// known is like find, for entries that have already been added.
func (v *vocabulary[T]) known(text string) (T, bool) {
	if entry, ok := v.exact[text]; ok {
		return entry, true
	}
	entry, ok := v.byName[v.fold(text)] // "" is not in byName
	return entry, ok
}

func (v *vocabulary[T]) has(text string) bool {
	_, ok := v.known(text)
	return ok
}

func (v *vocabulary[T]) about() *kind { return v.kind }

// define adds an entry of a file, and reports names that another entry already has.
func define[T comparable](b *builder, v *vocabulary[T], s content.Source, entry T, label string, others []string) {
	v.entries = append(v.entries, entry)
	v.ids[s.ID] = label
	v.listed = append(v.listed, s.ID)
	taken := label != "" && !v.add(label, writable(label, s.ID), entry)
	if taken {
		b.report(s, s.At, "duplicate-name", fmt.Sprintf("%q is already the name of another %s", label, v.noun), "names must tell entries apart: change one of the two, or make them one entry")
	}
	for _, name := range others {
		if name != "" && !v.add(name, writable(name, s.ID), entry) && !taken {
			taken = true // one message for an entry that is there twice
			b.report(s, s.At, "duplicate-name", fmt.Sprintf("%q already names another %s", name, v.noun), "ids and other names must tell entries apart: change one of the two")
		}
	}
}

// writable returns what to write for an entry in a YAML list: its name, or its id
// if the name has characters with a meaning in YAML.
func writable(name, id string) string {
	if name == "" || strings.ContainsAny(name, ",[]{}#&*!|>'\"%@`") || strings.Contains(name, ": ") {
		return id
	}
	return name
}
