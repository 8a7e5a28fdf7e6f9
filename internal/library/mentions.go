package library

// The names through which the problems of one file depend on other files, so that
// one file can be checked without linking all others.

import (
	"hash/fnv"
	"reflect"
	"slices"
	"strings"

	"casebook/internal/content"
)

// Mentions are the names of a file by which the checks of other files may meet it.
type Mentions struct {
	Made   []Mention // that may decide what is reported in other files
	Sought []uint64  // hashes of the names on which the problems of this file depend
}

// Mention is a name that a case study has or writes.
type Mention struct {
	Name uint64 // hash of the name, without its spelling
	// Hash of the spelling. Of the case studies that write a name in one spelling, only
	// the first by id counts, since it may add an entry to an open vocabulary. It is
	// zero for ids and titles, of which each counts.
	Spelling uint32
}

// MentionsOf returns the mentions of a parsed file. Every reference counts, also one to
// a vocabulary whose entries all have files: a name too many costs a little time, and
// one too few would be a wrong message.
func MentionsOf(f *content.Parsed) Mentions {
	m := &mentions{}
	class, id := content.Classify(f.Path)
	if class == content.CaseClass {
		m.entry(id)
	}
	for _, e := range f.Entries {
		if c, ok := e.(*content.CaseStudy); ok {
			m.entry(c.Title)
		}
		m.walk(reflect.ValueOf(e))
	}
	if f.Body != nil {
		m.seekCapitals(f.Body.Text)
	}
	slices.Sort(m.Sought)
	m.Sought = slices.Compact(m.Sought)
	return m.Mentions
}

// mentions collects the mentions of a file.
type mentions struct{ Mentions }

// entry adds an id or a title.
func (m *mentions) entry(text string) {
	if text != "" {
		m.Made = append(m.Made, Mention{Name: hashOf("entry", folded(text))})
		m.seek(text)
	}
}

// reference adds the text of a reference.
func (m *mentions) reference(text string) {
	if text == "" {
		return
	}
	for _, name := range namesOf(text) {
		m.Made = append(m.Made, Mention{name, uint32(hashOf(folded(text)))})
	}
	for _, word := range capitals(text) {
		m.Made = append(m.Made, Mention{hashOf("capitals", word), 1})
	}
	m.seek(text)
	m.seek(strings.TrimPrefix(text, "The "))
	if parts := strings.Split(betweenNames.Replace(text), "\n"); len(parts) > 1 {
		for _, part := range parts {
			m.seek(strings.TrimSpace(part))
		}
	}
	if words := strings.Fields(text); len(words) > 1 && !strings.Contains(text, ",") {
		for _, word := range words { // ids that only spaces separate
			m.seek(word)
		}
	}
}

// list adds the names that consecutive items of a list may be the parts of.
func (m *mentions) list(texts []string) {
	for i := range texts {
		for n := 2; n <= maxCommas+1 && i+n <= len(texts); n++ {
			m.seek(strings.Join(texts[i:i+n], ", "))
		}
	}
}

func (m *mentions) seek(text string) {
	m.Sought = append(append(m.Sought, hashOf("entry", folded(text))), namesOf(text)...)
}

// seekCapitals adds the words in capitals, which need no explanation if they are in
// the name of an organisation.
func (m *mentions) seekCapitals(text string) {
	for _, word := range capitals(text) {
		m.Sought = append(m.Sought, hashOf("capitals", word))
	}
}

// capitals returns the sequences of at least three capital letters.
func capitals(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' })
	return slices.DeleteFunc(words, func(word string) bool { return len(word) < 3 })
}

// namesOf returns the hashes of the names of a text: it may be that of an entry with the
// same folded name, or with the same address.
func namesOf(text string) []uint64 {
	name, address := strings.ReplaceAll(folded(text), " ", "-"), slug(text)
	if name == address {
		return []uint64{hashOf("reference", name)}
	}
	return []uint64{hashOf("reference", name), hashOf("reference", address)}
}

// folded returns the text by which a vocabulary finds an entry.
func folded(text string) string {
	if key := fold(text); key != "" {
		return key
	}
	return text
}

func hashOf(parts ...string) uint64 {
	h := fnv.New64a()
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return h.Sum64()
}

var refType = reflect.TypeFor[content.Ref]()

// walk adds all references of a value, and returns their texts.
func (m *mentions) walk(v reflect.Value) (texts []string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			return m.walk(v.Elem())
		}
	case reflect.Struct:
		if v.Type() == refType {
			text := v.Field(0).String()
			m.reference(text)
			return []string{text}
		}
		for i := range v.NumField() {
			texts = append(texts, m.walk(v.Field(i))...)
		}
	case reflect.String:
		m.seekCapitals(v.String())
	case reflect.Slice:
		for i := range v.Len() {
			texts = append(texts, m.walk(v.Index(i))...)
		}
		if len(texts) > 1 {
			m.list(texts)
		}
	}
	return texts
}

// LinkedFiles returns the paths below content/ of the files that a file links to or
// names, whether they exist or not.
func LinkedFiles(f *content.Parsed) []string {
	var all []string
	add := func(relative string) {
		if target, ok := resolvePath(f.Path, relative); ok && relative != "" {
			all = append(all, target)
		}
	}
	for _, e := range f.Entries {
		switch e := e.(type) {
		case *content.CaseStudy:
			add(e.Picture.File.Text)
		case *content.Resource:
			add(e.Attachment.Text)
		}
	}
	if f.Body == nil {
		return all
	}
	for _, link := range f.Body.Document.Links {
		if u, err := parseDestination(link.Destination); err == nil && u.Scheme == "" && u.Host == "" {
			add(u.Path)
		}
	}
	return all
}
