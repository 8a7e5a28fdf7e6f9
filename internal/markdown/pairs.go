// Marks of other programs that come in pairs, such as ::: and :::. The second
// of a pair is not reported, so that one mistake gives one message.

package markdown

import (
	"regexp"
	"strings"
)

// pairMark matches a mark that may be one of a pair. The groups hold the word
// that distinguishes an end from a beginning, and the name of the pair.
var pairMark = regexp.MustCompile(`(?i)^(?:(:::+|\$\$|~~~~)|\\(begin|end)\{(\w+)|#\+(begin|end)_(\w+)|\{[{%][<%]?-?\s*(/|end)?_?(\w+)|\[(/)?(\w+)|\{(quote|code|panel|color|noformat|info|note|tip|warning)\b)`)

// closes reports whether a mark of another program ends what an earlier mark
// began. It records a mark that begins something.
func (c *collector) closes(text string) bool {
	m := pairMark.FindStringSubmatch(text)
	if m == nil {
		return false
	}
	name := strings.ToLower(m[1] + m[3] + m[5] + m[7] + m[9] + m[10])
	ends := strings.EqualFold(m[2]+m[4], "end") || m[6]+m[8] != ""
	either := m[10] != "" || m[1] != "" && strings.Trim(text, ":$~ ") == "" // the same mark begins and ends the pair
	middle := m[7] != "" && (name == "else" || name == "elsif" || name == "elif" || name == "when")
	switch {
	case middle:
		return len(c.openMarks) > 0
	case c.openMarks[name] > 0 && (ends || either):
		if c.openMarks[name]--; c.openMarks[name] == 0 {
			delete(c.openMarks, name)
		}
		return true
	case !ends:
		if c.openMarks == nil {
			c.openMarks = map[string]int{}
		}
		c.openMarks[name]++
	}
	return false
}
