package content

// Dates and names in the formats of reference managers (CSL).

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// cslVariables holds the variables of CSL 1.0.2 that Reference does not model
// (https://docs.citationstyles.org/en/stable/specification.html, appendix IV), and
// variables that reference managers add.
var cslVariables = set(`
	abstract annote archive archive-place archive_collection archive_location authority available-date call-number
	chair chapter-number citation-key citation-label citation-number collection-editor collection-number
	collection-title compiler composer container-author container-title-short contributor curator dimensions director
	division editor-translator editorial-director edition event-date event-place event-title event executive-producer
	first-reference-note-number guest host illustrator interviewer jurisdiction keyword locator medium narrator
	number-of-pages number-of-volumes organizer original-author original-date original-publisher
	original-publisher-place original-title page-first part-number part-title performer PMCID PMID printing-number
	producer recipient references reviewed-author reviewed-genre reviewed-title scale script-writer section
	series-creator source status submitted supplement-number title-short translator version volume-title year-suffix
	categories custom journalAbbreviation shortTitle`)

// ReferenceType is a type of CSL 1.0.2 (appendix III of its specification).
type ReferenceType string

func (ReferenceType) Choices() []string {
	return strings.Fields(`article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
		dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
		manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical personal_communication
		post post-weblog regulation report review review-book software song speech standard thesis treaty webpage`)
}

// Synonyms implements [frontmatter.Synonyms]. Most are types of BibTeX, RIS and
// Zotero.
func (ReferenceType) Synonyms() map[string]string {
	return map[string]string{
		"journal": "article-journal", "journalarticle": "article-journal", "jour": "article-journal", "paper": "article-journal", "preprint": "article",
		"magazine": "article-magazine", "magazinearticle": "article-magazine", "newspaper": "article-newspaper", "newspaperarticle": "article-newspaper", "news": "article-newspaper",
		"website": "webpage", "web": "webpage", "online": "webpage", "electronic": "webpage", "internet": "webpage", "url": "webpage", "blog": "post-weblog", "blogpost": "post-weblog",
		"techreport": "report", "technicalreport": "report", "evaluation": "report", "guideline": "report", "whitepaper": "report", "workingpaper": "report", "rprt": "report",
		"bookchapter": "chapter", "booksection": "chapter", "inbook": "chapter", "incollection": "chapter", "chap": "chapter", "monograph": "book", "booklet": "pamphlet", "brochure": "pamphlet", "leaflet": "pamphlet",
		"inproceedings": "paper-conference", "conference": "paper-conference", "conferencepaper": "paper-conference", "proceedings": "book",
		"phdthesis": "thesis", "mastersthesis": "thesis", "dissertation": "thesis", "misc": "document", "other": "document", "unpublished": "manuscript", "pdf": "document",
		"law": "legislation", "statute": "legislation", "act": "legislation", "case": "legal_case", "data": "dataset", "presentation": "speech", "lecture": "speech", "video": "motion_picture", "film": "motion_picture",
		"podcast": "broadcast", "radio": "broadcast", "tv": "broadcast", "email": "personal_communication", "letter": "personal_communication", "computerprogram": "software",
	}
}

// cslNameParts holds the parts of a CSL name that Name does not model.
var cslNameParts = set(`comma-prefix comma-suffix static-ordering parse-names`)

func set(words string) map[string]bool {
	members := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		members[word] = true
	}
	return members
}

// IgnoresYAML implements [frontmatter.Tolerant].
func (*Reference) IgnoresYAML(variable string) bool { return cslVariables[variable] }

// IgnoresYAML implements [frontmatter.Tolerant].
func (*Name) IgnoresYAML(part string) bool { return cslNameParts[part] }

// CheckYAML reports a name that has neither a family name, a given name nor a
// literal.
func (*Name) CheckYAML(m *frontmatter.Mapping) {
	if !m.IsShort() && !m.Given("family") && !m.Given("given") && !m.Given("literal") {
		m.Report(m.Position(), problem.Error, "missing-field", "a name has a family name, or is a literal one", "add family: …, or literal: … for a body")
	}
}

// YAMLType implements [frontmatter.Custom].
func (*Date) YAMLType() frontmatter.Type { return "date" }

// DecodeYAML reads a date as ParseDate does, or in the forms of CSL: {date-parts:
// [[2021, 6]]}, {year: 2021, month: 6} and {raw: 2021-06}. For a range of dates, it
// reads the beginning.
func (date *Date) DecodeYAML(n frontmatter.Node) bool {
	key := n.Key()
	if items := n.Items(); len(items) == 1 {
		n = items[0] // old versions of pandoc write a list of one date
	}
	var err error
	hint, instead := dateForms, ""
	if n.IsMapping() {
		*date, err = cslDate(n)
	} else {
		text, ok := n.Text()
		if !ok {
			return false
		}
		if *date, err = parseDate(text); err != nil {
			hint, instead = dateHint(text, key)
		}
		if instead != "" && !allowedYear(key, instead) {
			hint, instead = allDigits, ""
		}
	}
	if err != nil {
		n.FailWith(frontmatter.Mistake{Code: "bad-date", Message: fmt.Sprintf("%s: %v", key, err), Hint: hint, Instead: instead})
		return false
	}
	if !allowedYear(key, date.String()) {
		n.Fail("bad-date", fmt.Sprintf("%s: %04d is not a year from 1900 to 2100", key, date.Year), allDigits)
		*date = Date{}
		return false
	}
	return true
}

const allDigits = "write all four digits of the year that is meant"

// allowedYear reports whether a date may be the value of the field. Only publications
// may be older than health partnerships.
func allowedYear(key, date string) bool { return key == "issued" || formats["date"].matches(date) }

// cslDate reads a date written as a mapping.
func cslDate(n frontmatter.Node) (Date, error) {
	if raw, ok := n.Field("raw"); ok {
		return parseDate(strings.TrimSpace(raw.Raw()))
	}
	var numbers []int
	for _, part := range cslParts(n) {
		number, err := strconv.ParseUint(part.Raw(), 10, 16)
		if err != nil {
			return Date{}, fmt.Errorf("%q is not a number", frontmatter.Shorten(part.Raw()))
		}
		numbers = append(numbers, int(number))
	}
	if len(numbers) == 0 || len(numbers) > 3 {
		return Date{}, errors.New("this is not a CSL date: write {date-parts: [[2021, 6]]}")
	}
	return newDate(numbers)
}

// cslParts returns the year, month and day of a date, as far as they are given.
func cslParts(n frontmatter.Node) []frontmatter.Node {
	if list, ok := n.Field("date-parts"); ok {
		if items := list.Items(); len(items) > 0 && items[0].Items() != nil {
			return items[0].Items()
		}
		return list.Items()
	}
	var parts []frontmatter.Node
	for _, key := range []string{"year", "month", "day"} {
		part, ok := n.Field(key)
		if !ok {
			break
		}
		parts = append(parts, part)
	}
	return parts
}
