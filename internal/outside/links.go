// The web addresses in a content file.

package outside

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// Link is a web address and its position.
type Link struct {
	Address string
	File    string
	At      problem.Position
}

// webAddress matches a web address in the fields of a file.
var webAddress = regexp.MustCompile("https?://[^\\s\"'<>\\[\\]{}|\\\\^`]+")

// Links returns the links to other sites in a file below content/: those of its
// text, and the addresses in its fields.
func Links(file string, text []byte) []Link {
	var links []Link
	body := content.Parse(file, text).Body
	for i, line := range problem.Lines(text) {
		if body != nil && i > 0 && strings.TrimSpace(line) == "---" {
			break // the front matter ends here
		}
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		counted, column := 0, 1
		for _, at := range webAddress.FindAllStringIndex(line, -1) {
			address := strings.TrimRight(line[at[0]:at[1]], ".,;:)")
			column += utf8.RuneCountInString(line[counted:at[0]])
			counted = at[0]
			links = append(links, Link{address, file, problem.Position{Line: i + 1, Column: column}})
		}
	}
	if body == nil {
		return links
	}
	for i, l := range body.Document.Links {
		if strings.HasPrefix(l.Destination, "http://") || strings.HasPrefix(l.Destination, "https://") {
			links = append(links, Link{l.Destination, file, body.Links[i]})
		}
	}
	return links
}
