package citation

import (
	"bytes"
	"cmp"
	"fmt"
	"strings"

	"casebook/internal/content"
)

// risTypes are the RIS types of CSL types; any other is "GEN".
var risTypes = map[string]string{
	"article-journal":   "JOUR",
	"article-magazine":  "MGZN",
	"article-newspaper": "NEWS",
	"book":              "BOOK",
	"chapter":           "CHAP",
	"legislation":       "STAT",
	"paper-conference":  "CONF",
	"post-weblog":       "BLOG",
	"report":            "RPRT",
	"speech":            "HEAR",
	"thesis":            "THES",
	"webpage":           "ELEC",
}

// RIS returns a record in the format of RIS
// (https://en.wikipedia.org/wiki/RIS_(file_format)): lines "TG  - value", from
// TY to ER, that end in CR LF.
func RIS(r *content.Reference) []byte {
	var b bytes.Buffer
	line := func(tag, value string) {
		if value = strings.Join(strings.Fields(value), " "); value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	line("TY", cmp.Or(risTypes[string(r.Type)], "GEN"))
	line("ID", r.ID)
	for _, n := range r.Authors {
		line("AU", Inverted(n))
	}
	for _, n := range r.Editors {
		line("A2", Inverted(n))
	}
	line("TI", r.Title)
	line("T2", r.ContainerTitle)
	if r.Issued.Year != 0 {
		line("PY", fmt.Sprintf("%04d", r.Issued.Year))
		line("DA", risDate(r.Issued))
	}
	line("VL", r.Volume)
	line("IS", r.Issue)
	line("M1", r.Number)
	line("M3", r.Genre)
	first, last, _ := strings.Cut(strings.ReplaceAll(r.Page, "–", "-"), "-")
	line("SP", first)
	line("EP", last)
	line("PB", r.Publisher)
	line("CY", r.PublisherPlace)
	line("DO", r.DOI)
	line("SN", r.ISBN)
	line("SN", r.ISSN)
	line("UR", r.URL)
	if !r.Accessed.IsZero() {
		line("Y2", risDate(r.Accessed))
	}
	line("LA", r.Language)
	line("AB", r.Abstract)
	line("N1", r.Note)
	b.WriteString("ER  - \r\n")
	return b.Bytes()
}

// Inverted returns a name as "Family, Given, Suffix". A name that stays whole has a
// comma at its end: reference managers, Zotero among them, take what follows the
// first comma as the given name, and without a comma the last word as the family name.
func Inverted(n content.Name) string {
	if n.Literal != "" {
		return strings.Join(strings.Fields(strings.ReplaceAll(n.Literal, ",", " ")), " ") + ","
	}
	name := familyName(n) + ", " + n.Given
	if n.Suffix != "" {
		name += ", " + n.Suffix
	}
	return name
}

// risDate is "2016/11/24/", with nothing for what is not known.
func risDate(d content.Date) string {
	part := func(n int) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf("%02d", n)
	}
	return fmt.Sprintf("%04d/%s/%s/", d.Year, part(d.Month), part(d.Day))
}
