package content_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// sourcesVariable is the environment variable that names the folder with the texts of the sources.
const sourcesVariable = "CASEBOOK_SOURCES"

// A seed is the text of one source: its words separated by single spaces, and the
// line of the file on which each byte is.
type seed struct {
	file  string
	text  string
	lines []int
}

// sources reads the texts of the available sources, by their id in references.yaml.
// It skips the test if there are none.
func sources(t *testing.T) map[string]*seed {
	t.Helper()
	folder := os.Getenv(sourcesVariable)
	if folder == "" {
		t.Skipf("not compared with the sources, because %s does not name their folder", sourcesVariable)
	}
	all := map[string]*seed{}
	for _, r := range table(t, "sources.tsv", 2) {
		id, file := r.cells[0], r.cells[1]
		data, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			t.Fatalf("%s: %v", sourcesVariable, err)
		}
		all[id] = newSeed(file, string(data))
	}
	return all
}

// atHand returns the ids of the sources whose text is available.
func atHand(t *testing.T) map[string]bool {
	ids := map[string]bool{}
	for _, r := range table(t, "sources.tsv", 2) {
		ids[r.cells[0]] = true
	}
	return ids
}

func newSeed(file, data string) *seed {
	s := &seed{file: file}
	var text strings.Builder
	line, space := 1, true
	for _, r := range data {
		if unicode.IsSpace(r) {
			if !space {
				text.WriteByte(' ')
				s.lines = append(s.lines, line)
			}
			space = true
			if r == '\n' {
				line++
			}
			continue
		}
		space = false
		r = straight(r)
		text.WriteRune(r)
		for range len(string(r)) {
			s.lines = append(s.lines, line)
		}
	}
	s.text = text.String()
	return s
}

// straight replaces quotation marks and dashes by one form of each, because sources
// and pages use different ones.
func straight(r rune) rune {
	switch r {
	case '‘', '’', '‛', '`':
		return '\''
	case '“', '”', '‟':
		return '"'
	case '–', '‑':
		return '-'
	}
	return r
}

// find returns the line, at or after from, on which the passage starts, or 0 if there
// is none. An ellipsis in the passage matches any words of the source.
func (s *seed) find(passage string, from int) int {
	start := 0
	for start < len(s.lines) && s.lines[start] < from {
		start++
	}
	line, at := 0, start
	for part := range strings.SplitSeq(strings.Map(straight, passage), "…") {
		part = strings.Join(strings.Fields(part), " ")
		if part == "" {
			continue
		}
		i := strings.Index(s.text[at:], part)
		if i < 0 {
			return 0
		}
		if line == 0 {
			line = s.lines[at+i]
		}
		at += i + len(part)
	}
	return line
}
