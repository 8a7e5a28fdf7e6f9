package citation

import (
	"bytes"
	"encoding/json"

	"casebook/internal/content"
)

// CSL returns a record as an item of CSL-JSON, which Zotero, pandoc and citeproc
// read (https://github.com/citation-style-language/schema, csl-data.json),
// indented as an item of a list.
func CSL(r *content.Reference) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("  ", "  ")
	if err := encoder.Encode(cslOf(r)); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// cslItem is a record with the names that CSL gives its variables.
type cslItem struct {
	ID             string    `json:"id"`
	Type           string    `json:"type"`
	Title          string    `json:"title"`
	Author         []cslName `json:"author,omitempty"`
	Editor         []cslName `json:"editor,omitempty"`
	Issued         *cslDate  `json:"issued,omitempty"`
	Accessed       *cslDate  `json:"accessed,omitempty"`
	ContainerTitle string    `json:"container-title,omitempty"`
	Volume         string    `json:"volume,omitempty"`
	Issue          string    `json:"issue,omitempty"`
	Number         string    `json:"number,omitempty"`
	Page           string    `json:"page,omitempty"`
	Publisher      string    `json:"publisher,omitempty"`
	PublisherPlace string    `json:"publisher-place,omitempty"`
	Genre          string    `json:"genre,omitempty"`
	DOI            string    `json:"DOI,omitempty"`
	ISBN           string    `json:"ISBN,omitempty"`
	ISSN           string    `json:"ISSN,omitempty"`
	URL            string    `json:"URL,omitempty"`
	Language       string    `json:"language,omitempty"`
	Abstract       string    `json:"abstract,omitempty"`
	Note           string    `json:"note,omitempty"`
}

type cslName struct {
	Family   string `json:"family,omitempty"`
	Given    string `json:"given,omitempty"`
	Particle string `json:"non-dropping-particle,omitempty"`
	Dropping string `json:"dropping-particle,omitempty"`
	Suffix   string `json:"suffix,omitempty"`
	Literal  string `json:"literal,omitempty"`
}

// cslDate is a date as its parts: year, month, day, as many as are known.
type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

func cslOf(r *content.Reference) cslItem {
	return cslItem{
		ID: r.ID, Type: string(r.Type), Title: r.Title,
		Author: cslNames(r.Authors), Editor: cslNames(r.Editors),
		Issued: cslDateOf(r.Issued), Accessed: cslDateOf(r.Accessed),
		ContainerTitle: r.ContainerTitle, Volume: r.Volume, Issue: r.Issue, Number: r.Number, Page: r.Page,
		Publisher: r.Publisher, PublisherPlace: r.PublisherPlace, Genre: r.Genre,
		DOI: r.DOI, ISBN: r.ISBN, ISSN: r.ISSN, URL: r.URL,
		Language: r.Language, Abstract: r.Abstract, Note: r.Note,
	}
}

func cslNames(names []content.Name) []cslName {
	var all []cslName
	for _, n := range names {
		all = append(all, cslName(n))
	}
	return all
}

func cslDateOf(d content.Date) *cslDate {
	if d.IsZero() {
		return nil
	}
	parts := []int{d.Year}
	if d.Month != 0 {
		parts = append(parts, d.Month)
		if d.Day != 0 {
			parts = append(parts, d.Day)
		}
	}
	return &cslDate{[][]int{parts}}
}
