package citation

// Reading RIS and the format of PubMed, in which each line has a tag and a value.

import (
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/problem"
)

// risLine matches "TG  - value" of RIS, and pubMedLine that of PubMed.
var (
	risLine    = regexp.MustCompile(`^([A-Z][A-Z0-9]) {1,3}-(?: (.*))?$`)
	pubMedLine = regexp.MustCompile(`^([A-Z]{2,4}) {0,2}-(?: (.*))?$`)
)

// ReadRIS reads the records of a file of RIS: lines "TG  - value", from TY to ER.
// A line without a tag goes on with the one above. Each problem is of a record
// that was left out.
func ReadRIS(src string) ([]Record, []problem.Problem) {
	var r tagReader
	unended := func() {
		if r.open != nil {
			r.fail(r.open.Line, "this record has no end", "write a line \"ER  - \" below its last line")
		}
	}
	for tag, value := range r.lines(src, risLine) {
		switch {
		case tag == "TY":
			unended()
			r.open, r.isBad = &Record{Type: strings.ToLower(value), Line: r.line}, false
		case tag == "":
			r.goOn(value)
		case tag == "ER":
			r.end()
		case r.open == nil:
			r.fail(r.line, "this line is in no record", "write a line \"TY  - JOUR\" above its first line")
		case tag == "ID":
			r.open.Key = value
		default:
			r.add(tag, value)
		}
	}
	unended()
	return r.records, r.problems
}

// ReadPubMed reads the records of a file of PubMed (.nbib, the MEDLINE format): lines
// "TI  - value", each record from PMID to an empty line. A line without a tag goes on with
// the one above. Short names of authors and journals are left out where the full ones are
// given.
func ReadPubMed(src string) ([]Record, []problem.Problem) {
	var r tagReader
	for tag, value := range r.lines(src, pubMedLine) {
		switch {
		case tag == "" && value == "":
			r.end()
		case tag == "" && r.open == nil:
			r.fail(r.line, "this line has no tag", "save the file again in PubMed: Send to, Citation manager")
			return r.records, r.problems
		case tag == "":
			r.goOn(value)
		default:
			if tag == "PMID" {
				r.end()
			}
			if r.open == nil {
				r.open = &Record{Type: "jour", Line: r.line}
			}
			r.add(tag, value)
		}
	}
	r.end()
	for i := range r.records {
		has := func(name string) bool {
			return slices.ContainsFunc(r.records[i].Fields, func(f Field) bool { return f.Name == name })
		}
		if has("BTI") {
			r.records[i].Type = "book"
		}
		r.records[i].Fields = slices.DeleteFunc(r.records[i].Fields, func(f Field) bool {
			return f.Name == "AU" && has("FAU") || f.Name == "ED" && has("FED") || f.Name == "TA" && has("JT")
		})
	}
	return r.records, r.problems
}

// maxValue is the most bytes of a field that has several lines.
const maxValue = 100_000

// tagReader is the state of reading a file.
type tagReader struct {
	records  []Record
	problems []problem.Problem

	line   int     // from 1
	open   *Record // the record of this line, or nil
	isBad  bool    // the open record is left out
	isFull bool    // there are too many records
}

// lines yields the tag and the value of each line. The tag of a line without one is "".
func (r *tagReader) lines(src string, form *regexp.Regexp) iter.Seq2[string, string] {
	return func(yield func(tag, value string) bool) {
		for text := range strings.SplitSeq(strings.TrimPrefix(strings.ToValidUTF8(src, "\ufffd"), "\ufeff"), "\n") {
			if r.line++; len(r.problems) >= maxProblems || r.isFull {
				return
			}
			tag, value := "", strings.TrimRight(text, " \r\t")
			if found := form.FindStringSubmatch(value); found != nil {
				tag, value = found[1], found[2]
			}
			if !yield(tag, strings.TrimSpace(value)) {
				return
			}
		}
	}
}

// add adds a field to the open record.
func (r *tagReader) add(tag, value string) {
	r.open.Fields = append(r.open.Fields, Field{Name: tag, Value: value, Raw: value})
}

// goOn adds text to the last field of the open record.
func (r *tagReader) goOn(text string) {
	if r.open == nil || len(r.open.Fields) == 0 || text == "" || r.isBad {
		return
	}
	last := &r.open.Fields[len(r.open.Fields)-1]
	if r.isBad = len(last.Value) > maxValue; r.isBad {
		r.fail(r.line, fmt.Sprintf("the field %s goes on for more than %d letters", last.Name, maxValue), "shorten it")
		return
	}
	last.Value += " " + text
	last.Raw = last.Value
}

// end ends the open record, if there is one.
func (r *tagReader) end() {
	switch {
	case r.open == nil || r.isBad || r.isFull:
	case len(r.records) == maxRecords:
		r.isFull = true
		r.fail(r.line, fmt.Sprintf("there are more than %d records", maxRecords), "import the file in parts")
	default:
		r.records = append(r.records, *r.open)
	}
	r.open, r.isBad = nil, false
}

func (r *tagReader) fail(line int, message, hint string) {
	r.problems = append(r.problems, problem.Problem{Line: line, Column: 1, Code: "ris-syntax", Message: message, Hint: hint})
}
