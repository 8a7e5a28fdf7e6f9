package citation

// Reading the format of PubMed.

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/problem"
)

// pubMedLine matches "TI  - value".
var pubMedLine = regexp.MustCompile(`^([A-Z]{2,4}) {0,2}-(?: (.*))?$`)

// ReadPubMed reads the records of a file of PubMed (.nbib, the MEDLINE format): lines
// "TI  - value", each record from PMID to an empty line. An indented line goes on with
// the one above. Short names of authors and
// journals are left out where the full ones are given.
func ReadPubMed(src string) ([]Record, []problem.Problem) {
	var records []Record
	src = strings.TrimPrefix(strings.ToValidUTF8(src, "\ufffd"), "\ufeff")
	line, isOpen := 0, false
	for text := range strings.SplitSeq(src, "\n") {
		line++
		text = strings.TrimRight(text, " \r\t")
		found := pubMedLine.FindStringSubmatch(text)
		if text == "" {
			isOpen = false
			continue
		}
		if !isOpen || found != nil && found[1] == "PMID" {
			if len(records) == maxRecords {
				return records, []problem.Problem{{Line: line, Column: 1, Code: "ris-syntax", Message: fmt.Sprintf("there are more than %d records", maxRecords), Hint: "import the file in parts"}}
			}
			records = append(records, Record{Type: "jour", Line: line})
			isOpen = true
		}
		open := &records[len(records)-1]
		switch last := len(open.Fields) - 1; {
		case found != nil:
			value := strings.TrimSpace(found[2])
			open.Fields = append(open.Fields, Field{Name: found[1], Value: value, Raw: value, Line: line})
		case last >= 0 && len(open.Fields[last].Value) < maxValue:
			open.Fields[last].Value += " " + strings.TrimSpace(text)
			open.Fields[last].Raw = open.Fields[last].Value
		default:
			return records, []problem.Problem{{Line: line, Column: 1, Code: "ris-syntax", Message: "this line has no tag", Hint: "save the file again in PubMed: Send to, Citation manager"}}
		}
	}
	for i := range records {
		has := func(name string) bool {
			return slices.ContainsFunc(records[i].Fields, func(f Field) bool { return f.Name == name })
		}
		if has("BTI") {
			records[i].Type = "book"
		}
		records[i].Fields = slices.DeleteFunc(records[i].Fields, func(f Field) bool {
			return f.Name == "AU" && has("FAU") || f.Name == "ED" && has("FED") || f.Name == "TA" && has("JT")
		})
	}
	return records, nil
}
