package content

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// cslVariables are the variables of CSL 1.0.2 that Reference does not model
// (https://docs.citationstyles.org/en/stable/specification.html, appendix IV),
// and those that reference managers add.
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

// cslNameParts are the parts of a CSL name that Name does not model.
var cslNameParts = set(`comma-prefix comma-suffix static-ordering parse-names`)

func set(words string) map[string]bool {
	members := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		members[word] = true
	}
	return members
}

func (*Reference) accepts(variable string) bool { return cslVariables[variable] }

func (*Name) accepts(part string) bool { return cslNameParts[part] }

// finish reports a name of no one.
func (n *Name) finish(d *decoder, m *mapping) {
	if len(m.keys) > 0 && m.given["family"] == nil && m.given["given"] == nil && m.given["literal"] == nil {
		d.report(m.at, problem.Error, "missing-field", "a name has a family name, or is a literal one", "add family: …, or literal: … for a body")
	}
}

// decodeYAML reads a date as ParseDate does, or in the forms of CSL:
// {date-parts: [[2021, 6]]}, of a range its beginning, {year: 2021, month: 6}
// and {raw: 2021-06}.
func (date *Date) decodeYAML(d *decoder, n *yaml.Node, key string) bool {
	if n.Kind == yaml.SequenceNode && len(n.Content) == 1 {
		n = n.Content[0] // pandoc once wrote a list of one date
	}
	var err error
	hint := dateForms
	switch n.Kind {
	case yaml.MappingNode:
		*date, err = cslDate(n)
	default:
		text, ok := d.words(n, key)
		if !ok {
			return false
		}
		*date, err = parseDate(text)
		hint = dateHint(text, key)
	}
	if err != nil {
		d.fail(n, "bad-date", fmt.Sprintf("%s: %v", key, err), hint)
		return false
	}
	// A book may be older than health partnerships are.
	if key != "issued" && (date.Year < minYear || date.Year > maxYear) {
		d.fail(n, "bad-date", fmt.Sprintf("%s: %04d is no year from %d to %d", key, date.Year, minYear, maxYear), "write all four digits of the year that is meant")
		*date = Date{}
		return false
	}
	d.dates = append(d.dates, WrittenDate{Key: key, Date: *date, At: d.at(n)})
	return true
}

// Years beyond these are slips, of all but publications.
const minYear, maxYear = 1900, 2100

// cslDate reads a date written as a mapping.
func cslDate(n *yaml.Node) (Date, error) {
	values := map[string]*yaml.Node{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		values[n.Content[i].Value] = n.Content[i+1]
	}
	if raw := values["raw"]; raw != nil {
		return parseDate(strings.TrimSpace(raw.Value))
	}
	parts := []*yaml.Node{}
	switch list := values["date-parts"]; {
	case list != nil && len(list.Content) > 0 && list.Content[0].Kind == yaml.SequenceNode:
		parts = list.Content[0].Content
	case list != nil:
		parts = list.Content
	default:
		for _, key := range []string{"year", "month", "day"} {
			if values[key] == nil {
				break
			}
			parts = append(parts, values[key])
		}
	}
	var numbers []int
	for _, part := range parts {
		number, err := strconv.ParseUint(part.Value, 10, 16)
		if err != nil {
			return Date{}, fmt.Errorf("%q is no number", shorten(part.Value))
		}
		numbers = append(numbers, int(number))
	}
	if len(numbers) == 0 || len(numbers) > 3 {
		return Date{}, errors.New("this is no CSL date: write {date-parts: [[2021, 6]]}")
	}
	return newDate(numbers)
}
