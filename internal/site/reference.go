// Sources in the form in which pages show them.

package site

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/content"
)

// Reference is a source, ready to be shown.
type Reference struct {
	ID        string // in references.yaml; empty for a page named in the case itself
	Authors   string // "Streeton, Kitsell and others"
	Year      string
	Title     string
	Container string // the journal or site that contains it
	Detail    string // "6 (Suppl 6), e004533"
	Publisher string
	DOI       string
	URL       string // of the DOI if there is one
	Accessed  content.Date
	Note      string // of the editors, on the copy that was read
}

func (m *maker) references(citations []content.Citation) []Reference {
	var all []Reference
	for _, c := range citations {
		all = append(all, m.reference(c))
	}
	return all
}

// reference returns a citation ready to be shown, in the Vancouver style that
// medical journals use (https://www.ncbi.nlm.nih.gov/books/NBK7256/).
func (m *maker) reference(c content.Citation) Reference {
	r := m.lib.Reference(c.Ref.Text)
	if c.Ref.Text == "" || r == nil {
		return Reference{Title: c.Title, URL: c.URL, Accessed: c.Accessed}
	}
	shown := Reference{
		ID:        r.ID,
		Authors:   authors(r.Authors),
		Title:     r.Title,
		Container: r.ContainerTitle,
		Detail:    detail(r),
		Publisher: r.Publisher,
		DOI:       r.DOI,
		URL:       r.URL,
		Accessed:  r.Accessed,
		Note:      r.Note,
	}
	if r.Issued.Year != 0 {
		shown.Year = strconv.Itoa(r.Issued.Year)
	}
	if r.DOI != "" {
		shown.URL = "https://doi.org/" + r.DOI
	}
	return shown
}

// maxAuthors is how many authors are named before "et al."
const maxAuthors = 3

func authors(names []content.Name) string {
	var shown []string
	for _, n := range first(maxAuthors, names) {
		if n.Literal != "" {
			shown = append(shown, n.Literal)
			continue
		}
		shown = append(shown, strings.TrimSpace(n.Family+" "+initials(n.Given)))
	}
	if len(names) > maxAuthors {
		shown = append(shown, "et al.")
	}
	return strings.Join(shown, ", ")
}

// initials returns the first letters of given names, without full stops: "AM".
func initials(given string) string {
	var b strings.Builder
	for _, name := range strings.FieldsFunc(given, func(r rune) bool { return unicode.IsSpace(r) || r == '-' || r == '.' }) {
		r, _ := utf8.DecodeRuneInString(name)
		b.WriteRune(r)
	}
	return b.String()
}

// detail returns where a work is in its container: "6(Suppl 6):e004533".
func detail(r *content.Reference) string {
	var b strings.Builder
	b.WriteString(r.Volume)
	if r.Issue != "" {
		b.WriteString("(" + r.Issue + ")")
	}
	page := r.Page
	if page == "" {
		page = r.Number
	}
	if page != "" && b.Len() > 0 {
		b.WriteString(":")
	}
	b.WriteString(page)
	return b.String()
}
