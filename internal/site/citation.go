package site

import (
	"cmp"
	"strconv"
	"strings"

	"casebook/internal/library"
)

// Citation is how to cite a page, for people and for reference managers.
type Citation struct {
	Authors string // "Amina Nakato, Ruth Banda"; empty where nobody is named
	Year    string // in which the account was published or last changed, or empty
	BibTeX  string
}

// citation says how to cite the page of a case study. Where the account names
// no author it has none: the site is its publisher, not its author.
func (m *maker) citation(b Base, c *library.CaseStudy) Citation {
	var names, bibNames []string
	for _, a := range c.Authors {
		names = append(names, a.Name)
		name := bibText(a.Name)
		if strings.Contains(name, " and ") { // BibTeX would take it for two
			name = "{" + name + "}"
		}
		bibNames = append(bibNames, name)
	}
	cited := Citation{Authors: strings.Join(names, ", ")}
	if date := c.Changed(); !date.IsZero() {
		cited.Year = strconv.Itoa(date.Year)
	}
	var bib strings.Builder
	field := func(name, value string) {
		if value != "" {
			bib.WriteString(",\n  " + name + " = {" + value + "}")
		}
	}
	bib.WriteString("@misc{" + c.ID)
	field("author", strings.Join(bibNames, " and "))
	field("title", "{"+bibText(c.Title)+"}")
	field("year", cited.Year)
	field("howpublished", bibText(m.lib.Site.Title))
	field("note", bibText(cmp.Or(c.Licence, m.lib.Site.Licence)))
	field("url", b.Canonical)
	bib.WriteString("\n}")
	cited.BibTeX = bib.String()
	return cited
}

// bibText writes text as BibTeX reads it, whatever is in it.
func bibText(s string) string { return bibEscaper.Replace(s) }

var bibEscaper = strings.NewReplacer(
	`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "\n", " ",
)
