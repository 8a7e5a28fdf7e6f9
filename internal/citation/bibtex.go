package citation

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"

	"casebook/internal/content"
)

// bibTypes are the BibTeX types of CSL types; any other is "misc".
var bibTypes = map[string]string{
	"article-journal":   "article",
	"article-magazine":  "article",
	"article-newspaper": "article",
	"book":              "book",
	"chapter":           "incollection",
	"paper-conference":  "inproceedings",
	"report":            "techreport",
	"thesis":            "phdthesis",
}

// BibTeX returns a record in the format of BibTeX and biblatex.
func BibTeX(r *content.Reference) []byte {
	var b bytes.Buffer
	kind := cmp.Or(bibTypes[string(r.Type)], "misc")
	b.WriteString("@" + kind + "{" + r.ID)
	field := func(name, value string) {
		if value != "" {
			b.WriteString(",\n  " + name + " = {" + value + "}")
		}
	}
	text := func(name, value string) { field(name, bibText(value)) }
	field("author", bibNames(r.Authors))
	field("editor", bibNames(r.Editors))
	if r.Title != "" {
		field("title", "{"+bibText(r.Title)+"}") // the inner braces keep capital letters
	}
	switch kind {
	case "article":
		text("journal", r.ContainerTitle)
	case "techreport":
		text("institution", r.Publisher)
	case "phdthesis":
		text("school", r.Publisher)
	default:
		text("booktitle", r.ContainerTitle)
	}
	if kind != "techreport" && kind != "phdthesis" {
		text("publisher", r.Publisher)
	}
	text("address", r.PublisherPlace)
	text("volume", r.Volume)
	if kind == "techreport" {
		text("number", r.Number)
		text("type", r.Genre)
	} else {
		text("number", r.Issue)
	}
	text("pages", strings.ReplaceAll(r.Page, "–", "--"))
	if r.Issued.Year != 0 {
		field("year", strconv.Itoa(r.Issued.Year))
	}
	if r.Issued.Month != 0 {
		field("month", strconv.Itoa(r.Issued.Month))
	}
	text("doi", r.DOI)
	text("isbn", r.ISBN)
	text("issn", r.ISSN)
	field("url", bibURL(r.URL))
	if !r.Accessed.IsZero() {
		field("urldate", r.Accessed.String())
	}
	text("language", r.Language)
	text("abstract", r.Abstract)
	text("note", r.Note)
	b.WriteString("\n}\n")
	return b.Bytes()
}

// bibNames returns names as BibTeX divides them: "Family, Given", and what must
// stay whole in braces.
func bibNames(names []content.Name) string {
	var all []string
	for _, n := range names {
		switch {
		case n.Literal != "":
			all = append(all, "{"+bibText(n.Literal)+"}")
		case n.Given == "":
			all = append(all, "{"+bibText(familyName(n))+"}")
		case n.Suffix != "":
			all = append(all, bibName(familyName(n))+", "+bibName(n.Suffix)+", "+bibName(n.Given))
		default:
			all = append(all, bibName(familyName(n))+", "+bibName(n.Given))
		}
	}
	return strings.Join(all, " and ")
}

// bibName returns a part of a name, in braces where BibTeX would divide it.
func bibName(part string) string {
	if strings.Contains(part, ",") || strings.Contains(part, " and ") {
		return "{" + bibText(part) + "}"
	}
	return bibText(part)
}

// familyName is the family name with its particle: "van Beethoven".
func familyName(n content.Name) string {
	return strings.TrimSpace(n.Particle + " " + n.Family)
}

// bibText escapes the characters that have a meaning in TeX. Braces become
// commands, since BibTeX counts an escaped brace too and would end the field.
func bibText(s string) string { return bibEscaper.Replace(strings.Join(strings.Fields(s), " ")) }

var bibEscaper = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`,
)

// bibURL returns an address as it is, except for braces, which would end the
// field early.
func bibURL(url string) string { return bibURLEscaper.Replace(strings.Join(strings.Fields(url), "")) }

var bibURLEscaper = strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C")
