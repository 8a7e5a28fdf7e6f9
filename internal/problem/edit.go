package problem

// Edits: the bytes of a file with some of its text replaced.

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"sort"
	"unicode/utf8"
)

// Apply returns the text of a file with the edits made. The positions are those
// of the text as it was; line ends may be LF, CRLF or CR, and a byte order mark
// may come first. Edits that overlap, or that are outside of the text, are an
// error.
func Apply(text []byte, edits []Edit) ([]byte, error) {
	sorted := slices.Clone(edits)
	slices.SortFunc(sorted, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.From.Line, b.From.Line), cmp.Compare(a.From.Column, b.From.Column))
	})
	starts := lineStarts(text)
	var out []byte
	done := 0
	for _, e := range slices.Compact(sorted) {
		from, err := offset(text, starts, e.From)
		if err != nil {
			return nil, err
		}
		to, err := offset(text, starts, e.To)
		if err != nil {
			return nil, err
		}
		if from < done || to < from {
			return nil, fmt.Errorf("the edits at line %d overlap", e.From.Line)
		}
		out = append(append(out, text[done:from]...), e.Text...)
		done = to
	}
	return append(out, text[done:]...), nil
}

// lineStarts are the byte offsets at which the lines of a text begin.
func lineStarts(text []byte) []int {
	starts := []int{0}
	if bytes.HasPrefix(text, []byte("\ufeff")) {
		starts[0] = len("\ufeff")
	}
	for i, c := range text {
		if c == '\n' || c == '\r' && (i+1 == len(text) || text[i+1] != '\n') {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// offset is the byte at a position of a text.
func offset(text []byte, starts []int, at Position) (int, error) {
	if at.Line < 1 || at.Line > len(starts) || at.Column < 1 {
		return 0, fmt.Errorf("there is no line %d, column %d", at.Line, at.Column)
	}
	i := starts[at.Line-1]
	for range at.Column - 1 {
		if i >= len(text) || text[i] == '\n' || text[i] == '\r' {
			return 0, fmt.Errorf("line %d has no column %d", at.Line, at.Column)
		}
		_, size := utf8.DecodeRune(text[i:])
		i += size
	}
	return i, nil
}

// At returns the position of the byte at an offset of a text.
func At(text string, offset int) Position {
	starts := lineStarts([]byte(text))
	line := sort.SearchInts(starts, offset+1)
	return Position{Line: line, Column: utf8.RuneCountInString(text[starts[line-1]:offset]) + 1}
}

// Lines returns the lines of a text without their ends.
func Lines(text []byte) []string {
	starts := lineStarts(text)
	lines := make([]string, len(starts))
	for i, start := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		lines[i] = string(bytes.TrimRight(text[start:end], "\r\n"))
	}
	return lines
}
