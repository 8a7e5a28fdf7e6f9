// The problems of a failed build, as pages show them.

package preview

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/problem"
)

const (
	maxReported = 1000 // problems shown over a page; the terminal lists all
	frameRadius = 3    // lines shown before and after the one with the problem
	frameWidth  = 160  // characters shown of a line
)

// report holds the problems of a failed build as the overlay shows them. All
// strings are plain text.
type report struct {
	Problems []reported `json:"problems"`
	More     int        `json:"more"` // number of problems left out
}

type reported struct {
	Place    string           `json:"place"` // "content/cases/x.md:2:8"
	Severity problem.Severity `json:"severity"`
	Message  string           `json:"message"`
	Hint     string           `json:"hint,omitempty"`
	Frame    []frameLine      `json:"frame,omitempty"`
}

// frameLine is a line of the source near a problem.
type frameLine struct {
	Number int    `json:"number"`
	Text   string `json:"text"`
	Marked bool   `json:"marked,omitempty"` // the line with the problem
	Column int    `json:"column,omitempty"` // of the problem, in characters of Text, from 1; 0 for the whole line
}

// newReport returns a report of the problems: errors, then warnings, then advice.
func newReport(problems []problem.Problem, source func(path string) ([]byte, error)) report {
	problems = slices.Clone(problems)
	slices.SortStableFunc(problems, func(a, b problem.Problem) int { return cmp.Compare(a.Severity, b.Severity) })
	shown := problems[:min(len(problems), maxReported)]
	r := report{More: len(problems) - len(shown)}
	files := map[string][]string{}
	for _, p := range shown {
		lines, read := files[p.File]
		if !read && source != nil && p.Line > 0 {
			if text, err := source(p.File); err == nil { // without the text there is no frame
				if lines = problem.Lines(text); lines[len(lines)-1] == "" {
					lines = lines[:len(lines)-1]
				}
			}
			files[p.File] = lines
		}
		r.Problems = append(r.Problems, reported{
			Place:    visible(p.Position()),
			Severity: p.Severity,
			Message:  visible(p.Message),
			Hint:     visible(p.Hint),
			Frame:    frame(lines, p.Line, p.Column),
		})
	}
	return r
}

func frame(lines []string, line, column int) []frameLine {
	if line < 1 || line > len(lines) {
		return nil
	}
	var shown []frameLine
	for n := max(1, line-frameRadius); n <= min(len(lines), line+frameRadius); n++ {
		marked, at := n == line, 0
		if marked {
			at = column
		}
		text, at := window(lines[n-1], at)
		shown = append(shown, frameLine{Number: n, Text: text, Marked: marked, Column: at})
	}
	return shown
}

// window cuts a long line to the part around the column. It returns the part and
// the column within it.
func window(line string, column int) (string, int) {
	text := []rune(visible(line))
	column = min(column, len(text)+1)
	start, end := problem.Around(column-1, len(text), frameWidth)
	cut := string(text[start:end])
	if end < len(text) {
		cut += "…"
	}
	if start > 0 {
		cut, column = "…"+cut, column-start+1
	}
	return cut, column
}

// visible replaces each character that is invisible or reorders text with
// U+FFFD. The number of characters stays the same, so that columns stay
// correct.
func visible(s string) string {
	return strings.Map(func(c rune) rune {
		if c != '\t' && (unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c)) {
			return utf8.RuneError
		}
		return c
	}, s)
}

// json returns the state as a page requests it after an event with a version
// other than its own. A page with a version below reload reloads, one below
// restyle loads the stylesheets again, and one below follow goes to page.
func (s *state) json() []byte {
	data, err := json.Marshal(struct {
		Version int64  `json:"version"`
		Reload  int64  `json:"reload"`
		Restyle int64  `json:"restyle"`
		Follow  int64  `json:"follow"`
		Page    string `json:"page"`
		Failed  int64  `json:"failed"`
		report
	}{s.version, s.reload, s.restyle, s.follow, s.page, s.failed, s.report})
	if err != nil {
		panic(err) // unreachable: numbers and strings always marshal
	}
	return data
}
