package library

// What content names although the library does not hold it, for a known reason.

import (
	"slices"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// Status is why a file is left out of the library, or needs attention.
type Status string

const (
	Draft     Status = "draft"
	Scheduled Status = "scheduled" // its published date is yet to come
	Withdrawn Status = "withdrawn" // a case study of which only the address and the reason are shown
	Overdue   Status = "overdue"   // past its review_by date; published all the same
	OtherSet  Status = "other-set" // a principle of a set that the site does not use

	// faulty is a file that cannot be read or may not be published. Its own
	// problems say so, therefore it is in no list of files left out.
	faulty Status = "faulty"
)

// LeftOut is a file that was not published as usual.
type LeftOut struct {
	File  string
	Title string
	Why   Status
	Note  string // such as the reason of a withdrawal
}

// absences are the files and entries that the library does not hold, each with
// the reason. A reference to one of them is not reported as unknown, since its
// author made no mistake.
type absences struct {
	files   map[string]Status // by path below content/
	names   map[name]Status
	partial map[*kind]bool // vocabularies that may lack entries because their file has errors
}

// name is what names an entry of a vocabulary, folded; "" is any name.
type name struct {
	kind *kind
	text string
}

// newAbsences records the files that are faulty, with the entries that may be
// missing because of that, and the attachments that are refused.
func newAbsences(files []*content.Parsed, refused map[string]bool) *absences {
	a := &absences{files: map[string]Status{}, names: map[name]Status{}, partial: map[*kind]bool{}}
	for file := range refused {
		a.files[file] = faulty
	}
	for _, file := range Faulty(files) {
		class, id := content.Classify(file.Path)
		for _, k := range definedBy(class) {
			a.partial[k] = true
			switch {
			case k == hallmarkKind, len(file.Entries) == 0 && id == "": // which entries the file has is not known
				a.addAny(k, faulty)
			case len(file.Entries) == 0:
				a.addNames(k, faulty, id)
			}
		}
		if len(file.Entries) == 0 {
			a.files[file.Path] = faulty
		}
	}
	return a
}

// addNames records that the vocabulary lacks entries of these names.
func (a *absences) addNames(k *kind, why Status, texts ...string) {
	for _, text := range texts {
		if key := fold(text); key != "" {
			a.names[name{k, key}] = why
		}
	}
}

// addAny records that the vocabulary may lack an entry of any name.
func (a *absences) addAny(k *kind, why Status) { a.names[name{k, ""}] = why }

// has reports whether the text may name an entry that the vocabulary lacks.
func (a *absences) has(k *kind, text string) bool {
	return a.names[name{k, ""}] != "" || a.names[name{k, fold(text)}] != ""
}

// Faulty are the files with errors because of which entries may be missing:
// files without any entry, and open vocabularies with an error.
func Faulty(files []*content.Parsed) []*content.Parsed {
	var all []*content.Parsed
	for _, file := range files {
		class, _ := content.Classify(file.Path)
		isOpen := func(k *kind) bool { return k.file != "" }
		if (slices.ContainsFunc(definedBy(class), isOpen) || len(file.Entries) == 0) && problem.Count(file.Problems, problem.Error) > 0 {
			all = append(all, file)
		}
	}
	return all
}
