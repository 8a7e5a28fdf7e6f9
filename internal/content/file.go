package content

import (
	"bytes"
	"fmt"
	"sort"
	"unicode/utf8"

	"casebook/internal/problem"
)

// file is a file being parsed: its text in plain LF, and its problems so far.
type file struct {
	name     string
	src      []byte
	starts   []int // offset of each line
	problems []problem.Problem
	dates    []WrittenDate

	unreadable bool // not text, or too large: nothing more is said of it
}

func newFile(name string, src []byte) *file {
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	return &file{name: name, src: src, starts: lineStarts(src)}
}

// checkText reports a file that is not text of a size worth parsing; src is as
// it came.
func (f *file) checkText(src []byte) {
	refuse := func(at Position, code, message, hint string) {
		f.unreadable = true
		f.report(at, problem.Error, code, message, hint)
	}
	const save = `save the file again with the encoding "UTF-8"`
	if len(src) > MaxFile {
		refuse(Position{}, "file-too-large", fmt.Sprintf("the file has %d bytes; %d are allowed", len(src), MaxFile), "split it, or offer it as a download")
		return
	}
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		refuse(Position{Line: 1, Column: 1}, "not-utf8", "the file is UTF-16, not UTF-8", save)
		return
	}
	if offset := invalidUTF8(f.src); offset >= 0 {
		refuse(f.position(offset), "not-utf8", fmt.Sprintf("the byte 0x%02x is not UTF-8", f.src[offset]), save)
	}
	if offset := bytes.IndexByte(f.src, 0); offset >= 0 {
		refuse(f.position(offset), "nul", "the file holds a NUL byte, so it is not plain text", "delete it, or write the text into a new file")
	}
}

// position is where the byte at the offset stands.
func (f *file) position(offset int) Position {
	offset = max(0, min(offset, len(f.src)))
	line := sort.SearchInts(f.starts, offset+1) - 1
	return Position{Line: line + 1, Column: utf8.RuneCount(f.src[f.starts[line]:offset]) + 1}
}

// report adds a problem, up to MaxProblems.
func (f *file) report(at Position, severity problem.Severity, code, message, hint string) {
	if f.full() {
		return
	}
	f.problems = append(f.problems, problem.Problem{
		File: f.name, Line: at.Line, Column: at.Column,
		Severity: severity, Code: code, Message: message, Hint: hint,
	})
	if f.full() {
		f.problems = append(f.problems, problem.Problem{
			File: f.name, Severity: problem.Error, Code: "too-many-problems",
			Message: "the file has more problems than are shown here", Hint: "mend these first, then check again",
		})
	}
}

// full reports whether further problems would not be shown.
func (f *file) full() bool { return len(f.problems) >= MaxProblems }

func lineStarts(src []byte) []int {
	starts := make([]int, 1, 1+bytes.Count(src, []byte("\n")))
	for offset, b := range src {
		if b == '\n' {
			starts = append(starts, offset+1)
		}
	}
	return starts
}

// invalidUTF8 is the offset of the first byte that is not UTF-8, or -1.
func invalidUTF8(src []byte) int {
	if utf8.Valid(src) {
		return -1
	}
	for offset := 0; offset < len(src); {
		r, size := utf8.DecodeRune(src[offset:])
		if r == utf8.RuneError && size == 1 {
			return offset
		}
		offset += size
	}
	return -1
}
