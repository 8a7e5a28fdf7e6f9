package library

// Resolving references: finding the entry that a text names.

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// resolve returns the entry that a reference names, in a vocabulary that grows only
// by its own files. If there is none, it returns the zero value, and reports it
// unless the entry is known to be absent.
func resolve[T comparable](b *builder, v *vocabulary[T], s content.Source, ref content.Ref) T {
	entry, ok := v.find(ref.Text)
	if !ok && ref.Text != "" && !b.absent.has(v.kind, ref.Text) {
		reportUnknown(b, v, s, ref, func() string { return v.hint(ref.Text) })
	}
	return entry
}

// resolveList returns the entries that a list names, without duplicates.
func resolveList[T comparable](b *builder, v *vocabulary[T], s content.Source, refs []content.Ref) []T {
	var none T
	var all []T
	checkTwice(b, v, s, refs)
	eachName(b, v, s, refs, func(ref content.Ref) {
		entry, ok := v.find(ref.Text)
		if !ok && !b.absent.has(v.kind, ref.Text) {
			reportUnknown(b, v, s, ref, func() string {
				return b.orSibling(v.kind, ref.Text, v.likely(v.fold(ref.Text)) == nil, v.listHint(ref.Text))
			})
		}
		if entry != none && !slices.Contains(all, entry) {
			all = append(all, entry)
		}
	})
	return all
}

// orSibling returns the hint for a text that names no entry of the kind. If the
// text is like no principle but like a hallmark, or the other way round, the hint
// names that entry. Otherwise it is the given hint.
func (b *builder) orSibling(k *kind, text string, isUnlike bool, hint string) string {
	switch {
	case !isUnlike:
	case k == referenceKind && strings.Contains(text, " ") && !strings.Contains(text, ","):
		return "for a source that is not in references.yaml, write {title: " + frontmatter.Scalar(text) + "}"
	case k == principleKind:
		if likely := b.hallmarks.likely(fold(text)); likely != nil {
			return fmt.Sprintf("the hallmark %q is like it: take it out here, and write hallmarks: [%s]", likely[0], likely[0])
		}
	case k == hallmarkKind:
		if likely := b.principles.likely(fold(text)); likely != nil {
			return fmt.Sprintf("the principle %q is like it: take it out here, and write principles: [%s]", likely[0], likely[0])
		}
	}
	return hint
}

// checkTwice warns about a reference to an entry that the list names already by
// another name. The same name twice is a problem of the file.
func checkTwice[T comparable](b *builder, v *vocabulary[T], s content.Source, refs []content.Ref) {
	first := map[T]content.Ref{}
	for _, ref := range refs {
		entry, ok := v.known(ref.Text)
		if earlier, twice := first[entry]; ok && twice && earlier.Text != ref.Text {
			b.add(problem.Warning, s, ref.Position, "repeated-item", fmt.Sprintf("%q and %q in line %d are the same %s", ref.Text, earlier.Text, earlier.Line, v.noun), "delete one of the two")
		} else if ok {
			first[entry] = ref
		}
	}
}

// eachName calls one for each reference of a list. References that are the parts of
// one name are reported instead: in [Clear, stable governance], YAML divides a
// title at its comma.
func eachName[T comparable](b *builder, v *vocabulary[T], s content.Source, refs []content.Ref, one func(content.Ref)) {
	known := make([]bool, len(refs))
	for i, ref := range refs {
		_, known[i] = v.find(ref.Text)
	}
	for i := 0; i < len(refs); i++ {
		name, parts := divided(v, refs[i:], known[i:])
		if parts == 0 {
			one(refs[i])
			continue
		}
		b.report(s, refs[i].Position, "divided-name", fmt.Sprintf("%q is one %s, but the comma makes several values of it", name, v.noun),
			fmt.Sprintf("put quotes round the whole name: %q", name))
		i += parts - 1
	}
}

// maxCommas is the maximum number of commas in a name that divided joins.
const maxCommas = 4

// divided returns the name that the first references make when joined with commas,
// and their number. parts is 0 if there is no such name, or if each part is a known
// name itself.
func divided[T comparable](v *vocabulary[T], refs []content.Ref, known []bool) (name string, parts int) {
	for parts = min(len(refs), maxCommas+1); parts > 1; parts-- {
		if !slices.Contains(known[:parts], false) {
			continue
		}
		texts := make([]string, parts)
		for i := range texts {
			texts[i] = refs[i].Text
		}
		if slices.ContainsFunc(texts, func(text string) bool { return v.fold(text) == "" }) {
			continue // a text without letters is part of no name
		}
		name = strings.Join(texts, ", ")
		if _, ok := v.find(name); ok {
			return name, parts
		}
	}
	return "", 0
}

// resolveOpen returns the entry that a reference names, or adds a new entry, which
// newEntry makes. It adds none, and reports an error, if the text names an entry of
// another vocabulary, lists several known names, is nearly the name of another
// entry, or would have the address of another entry.
func resolveOpen[T comparable](b *builder, v *vocabulary[T], s content.Source, ref content.Ref, newEntry func(id string) T) T {
	var none T
	if ref.Text == "" {
		return none
	}
	if entry, ok := v.find(ref.Text); ok {
		return entry
	}
	if b.elsewhere(v.kind, ref.Text) != nil {
		reportUnknown(b, v, s, ref, nil)
		return none
	}
	parts := strings.Split(betweenNames.Replace(ref.Text), "\n")
	if several := v.several(ref.Text); several != nil {
		b.report(s, ref.Position, "unknown-"+v.noun, fmt.Sprintf("%q are several, each known by its own name", ref.Text), "write ["+strings.Join(several, ", ")+"]")
		return none
	}
	near := v.closest(v.fold(ref.Text), slipsOfName)
	name, inBrackets, _ := strings.Cut(strings.TrimPrefix(ref.Text, "The "), " (")
	if near == "" && v.has(name) {
		near = name
	}
	if strings.Contains(ref.Text, "://") {
		reportUnknown(b, v, s, ref, func() string {
			if likely := v.likely(v.fold(ref.Text)); likely != nil {
				return "did you mean " + anyOf(likely) + "?"
			}
			return "write the name; an address is url: in " + v.file
		})
		return none
	}
	if near != "" && slices.Equal(digits(near), digits(ref.Text)) {
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
		hint := "add it to " + v.file + " so that others spell it the same way"
		if inBrackets == "" && len(parts) > 1 && (strings.ContainsAny(ref.Text, ",;") || slices.ContainsFunc(parts, func(part string) bool { return v.has(strings.TrimSpace(part)) })) {
			for i, part := range parts {
				parts[i] = strings.TrimSpace(part)
			}
			hint = "if these are several, write [" + strings.Join(parts, ", ") + "]; if it is one, " + hint
		}
		b.add(problem.Warning, s, ref.Position, "new-term", fmt.Sprintf("%q is a new %s", ref.Text, v.noun), hint)
	}
	entry := newEntry(id)
	v.entries = append(v.entries, entry)
	v.ids[id] = ref.Text
	v.addQuietly(ref.Text, entry)
	return entry
}

// reportUnknown reports a text that names no entry, or an entry of another
// vocabulary.
func reportUnknown[T comparable](b *builder, v *vocabulary[T], s content.Source, ref content.Ref, hint func() string) {
	code := "unknown-" + strings.ReplaceAll(v.noun, " ", "-")
	if other := b.elsewhere(v.kind, ref.Text); other != nil {
		b.report(s, ref.Position, code, fmt.Sprintf("%q is %s, not %s", ref.Text, withArticle(other.noun), withArticle(v.noun)),
			fmt.Sprintf("take it out here, and write %s: [%s]", other.field, ref.Text))
		return
	}
	message := fmt.Sprintf("%q is not %s", ref.Text, v.valid)
	if n := v.shared[v.fold(ref.Text)]; n > 0 {
		message = fmt.Sprintf("%q is the title of %d %s", ref.Text, n, v.plural)
	}
	b.addLater(s, ref.Position, code, message, hint)
}

// elsewhere returns the kind of another vocabulary that has an entry with the name,
// or nil.
func (b *builder) elsewhere(than *kind, text string) *kind {
	for _, v := range b.vocabularies() {
		if k := v.about(); k != than && v.has(text) && (than.file == "" || canBeTag(k)) {
			return k
		}
	}
	return nil
}

// canBeTag reports whether an entry of the kind is unlikely to share a name with a
// new organisation or discipline. Case studies, resources and references may share
// one: a programme is often named after the organisation that runs it.
func canBeTag(k *kind) bool { return k != studyKind && k != resourceKind && k != referenceKind }

func withArticle(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
