package library

// Entries that content may name but the library does not hold, for a known reason.

import (
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// Status is the reason why a file is left out of the library or needs attention.
type Status string

const (
	Draft     Status = "draft"
	Scheduled Status = "scheduled" // its published date is in the future
	Withdrawn Status = "withdrawn" // only the address of the case study and the reason are shown
	Overdue   Status = "overdue"   // past its review_by date, but still published
	OtherSet  Status = "other-set" // a principle of a set that the site does not show

	// faulty is a file that cannot be read or must not be published. Its own
	// problems say so, so it is not listed as left out.
	faulty Status = "faulty"
)

// LeftOut is a file that is left out or needs attention.
type LeftOut struct {
	File  string
	Title string
	Why   Status
	Note  string // a detail, such as the reason of a withdrawal
}

// absences records the files and entries that the library does not hold, each with
// the reason. A reference to one of them is not reported as unknown, because its
// author made no mistake.
type absences struct {
	files   map[string]Status // by path below content/
	names   map[name]Status
	unread  map[*kind]map[string]bool // folded words of files with errors, which may be of entries that could not be read
	partial map[*kind]bool            // vocabularies that may be incomplete because their file has errors
}

// name is a folded name of an entry of a vocabulary; the text "" stands for any
// name.
type name struct {
	kind *kind
	text string
}

// newAbsences records the faulty files, the entries that may be missing because of
// them, and the refused attachments.
func newAbsences(files []*content.Parsed, refused map[string]bool) *absences {
	a := &absences{files: map[string]Status{}, names: map[name]Status{}, unread: map[*kind]map[string]bool{}, partial: map[*kind]bool{}}
	for _, file := range files {
		class, _ := content.Classify(file.Path)
		words := strings.Fields(fold(string(file.Unread)))
		for _, k := range definedBy(class) {
			if len(words) > 0 && a.unread[k] == nil {
				a.unread[k] = map[string]bool{}
			}
			for _, word := range words {
				a.unread[k][word] = true
			}
		}
	}
	for file := range refused {
		a.files[file] = faulty
	}
	for _, file := range Faulty(files) {
		class, id := content.Classify(file.Path)
		for _, k := range definedBy(class) {
			a.partial[k] = true
			switch {
			case k == hallmarkKind, len(file.Entries) == 0 && id == "": // the entries of the file are unknown
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

// addNames records that the vocabulary lacks the entries with these names.
func (a *absences) addNames(k *kind, why Status, texts ...string) {
	for _, text := range texts {
		if key := fold(text); key != "" {
			a.names[name{k, key}] = why
		}
	}
}

// addAny records that the vocabulary may lack entries with any name.
func (a *absences) addAny(k *kind, why Status) { a.names[name{k, ""}] = why }

// has reports whether the text may name an entry that is absent.
func (a *absences) has(k *kind, text string) bool {
	key := fold(text)
	return a.names[name{k, ""}] != "" || a.names[name{k, key}] != "" || a.mayBeUnread(k, key)
}

// mayBeUnread reports whether all words of a folded name are in a file of the
// vocabulary that has errors.
func (a *absences) mayBeUnread(k *kind, key string) bool {
	words := a.unread[k]
	if len(words) == 0 {
		return false
	}
	for word := range strings.FieldsSeq(key) {
		if !words[word] {
			return false
		}
	}
	return true
}

// Faulty returns the files with errors that may cause entries to be missing: files
// without any entry, and files of open vocabularies.
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
