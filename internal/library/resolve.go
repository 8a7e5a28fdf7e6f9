package library

// Resolving: from the text of a reference to the entry that it names.

import (
	"fmt"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// resolve finds the entry that a reference names, in a vocabulary that authors
// cannot add to by writing a new name. It returns the zero value when there is
// none, which it reports unless the entry is known to be absent.
func resolve[T comparable](b *builder, v *vocabulary[T], s content.Source, ref content.Ref) T {
	entry, ok := v.find(ref.Text)
	if !ok && ref.Text != "" && !b.absent.has(v.kind, ref.Text) {
		reportUnknown(b, v, s, ref, func() string { return v.hint(ref.Text) })
	}
	return entry
}

// resolveList finds the entries that a list names, each once.
func resolveList[T comparable](b *builder, v *vocabulary[T], s content.Source, refs []content.Ref) []T {
	var none T
	var all []T
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

// orSibling is the hint for a text that names none of the kind: where it is like
// nothing of the kind, the principle or hallmark that it is like, else the hint
// given.
func (b *builder) orSibling(k *kind, text string, isUnlike bool, hint string) string {
	switch {
	case !isUnlike:
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

// eachName calls one for each reference of a list, but for those that are parts
// of one name: YAML divides a title with commas in [Clear, stable governance].
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

// maxCommas bounds the commas in a name that divided puts together.
const maxCommas = 4

// divided puts together the name that the first references are parts of. It
// returns 0 parts when there is no such name, or each part is known as a name of
// its own.
func divided[T comparable](v *vocabulary[T], refs []content.Ref, known []bool) (name string, parts int) {
	for parts = min(len(refs), maxCommas+1); parts > 1; parts-- {
		if !slices.Contains(known[:parts], false) {
			continue
		}
		texts := make([]string, parts)
		for i := range texts {
			texts[i] = refs[i].Text
		}
		name = strings.Join(texts, ", ")
		if _, ok := v.find(name); ok {
			return name, parts
		}
	}
	return "", 0
}

// resolveOpen finds the entry that a reference names, or adds the one that
// newEntry makes of the name. It adds none, and reports an error, when the name
// is that of something else or close to that of another entry, or would have its
// address.
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
	if near := v.closest(v.fold(ref.Text), slipsOfName); near != "" && slices.Equal(digits(near), digits(ref.Text)) {
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
		if len(parts) > 1 && (strings.ContainsAny(ref.Text, ",;") || slices.ContainsFunc(parts, func(part string) bool { return v.has(strings.TrimSpace(part)) })) {
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

// reportUnknown reports a text that names nothing, or an entry of another
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

// elsewhere is the kind of another vocabulary that has an entry of the name, or
// nil.
func (b *builder) elsewhere(than *kind, text string) *kind {
	for _, v := range b.vocabularies() {
		if k := v.about(); k != than && v.has(text) && (than.file == "" || canBeTag(k)) {
			return k
		}
	}
	return nil
}

// canBeTag reports kinds that a new organisation or discipline would hardly
// share a name with. A programme may well be called as the body that runs it.
func canBeTag(k *kind) bool { return k != studyKind && k != resourceKind && k != referenceKind }

func withArticle(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
