package citation

// Reading RIS.

import (
	"fmt"
	"regexp"
	"strings"

	"casebook/internal/problem"
)

// risLine matches "TG  - value".
var risLine = regexp.MustCompile(`^([A-Z][A-Z0-9]) {1,3}-(?: (.*))?$`)

// ReadRIS reads the records of a file of RIS: lines "TG  - value", from TY to ER.
// A line without a tag goes on with the one above. Each problem is of a record
// that was left out.
func ReadRIS(src string) ([]Record, []problem.Problem) {
	var records []Record
	var problems []problem.Problem
	var open *Record
	fail := func(line int, message, hint string) {
		problems = append(problems, problem.Problem{Line: line, Column: 1, Code: "ris-syntax", Message: message, Hint: hint})
	}
	src = strings.TrimPrefix(strings.ToValidUTF8(src, "\ufffd"), "\ufeff")
	line := 0
	for text := range strings.SplitSeq(src, "\n") {
		if line++; len(problems) >= maxProblems {
			break
		}
		text = strings.TrimRight(text, " \r\t")
		found := risLine.FindStringSubmatch(text)
		switch {
		case found == nil && open != nil && len(open.Fields) > 0 && text != "":
			last := &open.Fields[len(open.Fields)-1]
			if len(last.Value) > maxValue {
				fail(line, fmt.Sprintf("the field %s goes on for more than %d letters", last.Name, maxValue), "shorten it")
				open = nil
				continue
			}
			last.Value += " " + strings.TrimSpace(text)
			last.Raw = last.Value
		case found == nil:
		case found[1] == "TY":
			if open != nil {
				fail(open.Line, "this record has no end", "write a line \"ER  - \" below its last line")
			}
			open = &Record{Type: strings.ToLower(strings.TrimSpace(found[2])), Line: line}
		case open == nil && found[1] != "ER":
			fail(line, "this line is in no record", "write a line \"TY  - JOUR\" above its first line")
		case open == nil:
		case found[1] == "ER":
			if len(records) == maxRecords {
				fail(line, fmt.Sprintf("there are more than %d records", maxRecords), "import the file in parts")
				return records, problems
			}
			records = append(records, *open)
			open = nil
		case found[1] == "ID":
			open.Key = strings.TrimSpace(found[2])
		default:
			value := strings.TrimSpace(found[2])
			open.Fields = append(open.Fields, Field{Name: found[1], Value: value, Raw: value, Line: line})
		}
	}
	if open != nil {
		fail(open.Line, "this record has no end", "write a line \"ER  - \" below its last line")
	}
	return records, problems
}

// maxValue is the most bytes of a field that has several lines.
const maxValue = 100_000

// PlainTeX resolves the escapes, accents and braces that a value of BibTeX holds.
func PlainTeX(s string) string { return plainTeX(s) }
