package library

// Vocabularies: the entries that authors name, and finding them by name.

import (
	"fmt"
	"slices"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// kind is what a vocabulary holds, as messages speak of it.
type kind struct {
	noun   string        // "country"
	known  string        // what a value must be, "a country of ISO 3166"
	class  content.Class // of the files that define its entries
	file   string        // where authors add an entry to an open vocabulary: "disciplines.yaml"
	lookUp string        // what to write, for a vocabulary with too many entries to list
}

// The kinds of vocabularies, besides those of termRows.
var (
	countryKind = &kind{
		noun: "country", known: "a country of ISO 3166",
		lookUp: "write its English name, such as Uganda",
	}
	hallmarkKind = &kind{
		noun: "hallmark", known: "a hallmark of this knowledge base", class: content.PrincipleClass,
		lookUp: "hallmarks are in the files of principles/; write the id or title of one",
	}
	organisationKind = &kind{
		noun: "organisation", known: "an organisation of this knowledge base", class: content.OrganisationsClass, file: "organisations.yaml",
		lookUp: "write a name of organisations.yaml, or of a partner",
	}
	principleKind = &kind{
		noun: "principle", known: "a principle of this knowledge base", class: content.PrincipleClass,
		lookUp: "principles are the files of principles/; write the name of one without .md, or its title",
	}
	referenceKind = &kind{
		noun: "reference", known: "a reference of this knowledge base", class: content.ReferencesClass,
		lookUp: "see references.yaml for its id, or write {title: …, url: …}",
	}
	resourceKind = &kind{
		noun: "resource", known: "a resource of this knowledge base", class: content.ResourceClass,
		lookUp: "resources are the files of resources/; write the name of one without .md, or its title",
	}
	setKind = &kind{
		noun: "set", known: "a set of principles of this knowledge base",
		lookUp: "write the set of one of the files of principles/",
	}
	studyKind = &kind{
		noun: "case study", known: "a case study of this knowledge base", class: content.CaseClass,
		lookUp: "write the name of a file or folder of cases/, without .md",
	}
	headingKind = &kind{noun: "heading"}
	fileKind    = &kind{noun: "file"}
)

// definedBy are the kinds of vocabularies that files of the class define.
func definedBy(class content.Class) []*kind {
	all := []*kind{hallmarkKind, organisationKind, principleKind, referenceKind, resourceKind, studyKind}
	for _, row := range termRows {
		all = append(all, row.kind)
	}
	return slices.DeleteFunc(all, func(k *kind) bool { return k.class != class })
}

// vocabulary finds entries by what authors write: an id, a label or another
// label, in any case, accents, punctuation and spacing.
type vocabulary[T comparable] struct {
	*kind
	entries []T               // in the order in which they were added
	byName  map[string]T      // by folded name
	ids     map[string]string // main name by id, which is part of the address of the entry's page
	exact   map[string]T      // by name as written, before byName

	labels []string // the main names
	likely []string // names that a slip may have been meant for
	folded []string // of likely, as far as they have been needed
}

func newVocabulary[T comparable](k *kind) *vocabulary[T] {
	return &vocabulary[T]{kind: k, byName: map[string]T{}, ids: map[string]string{}, exact: map[string]T{}}
}

// add makes the entry findable by its main name and suggests the name. It
// reports false when another entry has the name.
func (v *vocabulary[T]) add(label string, entry T) bool {
	if !v.addOther(label, entry) {
		return false
	}
	v.labels = append(v.labels, label)
	return true
}

// addOther makes the entry findable by another name, which is suggested but not
// listed.
func (v *vocabulary[T]) addOther(label string, entry T) bool {
	if !v.addQuietly(label, entry) {
		return false
	}
	v.likely = append(v.likely, label)
	return true
}

// addQuietly makes the entry findable by the name, without suggesting it.
func (v *vocabulary[T]) addQuietly(label string, entry T) bool {
	key := fold(label)
	if known, ok := v.byName[key]; ok {
		return known == entry
	}
	v.byName[key] = entry
	return true
}

// find returns the entry that the text names.
func (v *vocabulary[T]) find(text string) (T, bool) {
	if entry, ok := v.exact[text]; ok {
		return entry, true
	}
	entry, ok := v.byName[fold(text)]
	return entry, ok
}

// define adds an entry of a file, and reports names that another entry has.
func define[T comparable](b *builder, v *vocabulary[T], s content.Source, entry T, label string, others []string) {
	v.entries = append(v.entries, entry)
	v.ids[s.ID] = label
	if label != "" && !v.add(label, entry) {
		b.report(s, s.At, "duplicate-name", fmt.Sprintf("%q is already the name of another %s", label, v.noun), "names must tell entries apart: change one of the two, or make them one entry")
	}
	for _, name := range others {
		if name != "" && !v.addOther(name, entry) {
			b.report(s, s.At, "duplicate-name", fmt.Sprintf("%q already names another %s", name, v.noun), "ids and other names must tell entries apart: change one of the two")
		}
	}
}

// resolve finds the entry that a reference names, in a vocabulary that authors
// cannot add to by writing a new name. It returns the zero value when there is
// none, which it reports unless the entry is known to be absent.
func resolve[T comparable](b *builder, v *vocabulary[T], s content.Source, ref content.Ref) T {
	var none T
	if ref.Text == "" {
		return none
	}
	if entry, ok := v.find(ref.Text); ok {
		return entry
	}
	if !b.absent.has(v.kind, ref.Text) {
		b.report(s, ref.Position, "unknown-"+v.noun, fmt.Sprintf("%q is not %s", ref.Text, v.known), v.hint(ref.Text))
	}
	return none
}

// resolveOpen finds the entry that a reference names, or adds the one that
// newEntry makes of the name. It adds none, and reports an error, when the name
// is close to that of another entry, or would have its address.
func resolveOpen[T comparable](b *builder, v *vocabulary[T], s content.Source, ref content.Ref, newEntry func(id string) T) T {
	var none T
	if ref.Text == "" {
		return none
	}
	if entry, ok := v.find(ref.Text); ok {
		return entry
	}
	if near := v.near(ref.Text); near != "" {
		b.report(s, ref.Position, "unknown-"+v.noun, fmt.Sprintf("%q is not known, but is nearly %q", ref.Text, near),
			fmt.Sprintf("did you mean %q? if it really is another %s, add it to %s", near, v.noun, v.file))
		return none
	}
	id := slug(ref.Text)
	if other, taken := v.ids[id]; taken {
		b.report(s, ref.Position, "same-address", fmt.Sprintf("%q would have the address of %q", ref.Text, other),
			"if they are the same, write it the same way; if not, add this one to "+v.file+" with an id of its own")
		return none
	}
	if !b.absent.partial[v.kind] {
		b.add(problem.Warning, s, ref.Position, "new-term", fmt.Sprintf("%q is a new %s", ref.Text, v.noun),
			"add it to "+v.file+" so that others spell it the same way")
	}
	entry := newEntry(id)
	v.entries = append(v.entries, entry)
	v.ids[id] = ref.Text
	v.addQuietly(ref.Text, entry)
	return entry
}
