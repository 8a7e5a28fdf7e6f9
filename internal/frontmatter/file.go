package frontmatter

// Files: their text, and the problems found in them.

import (
	"bytes"
	"fmt"
	"sort"
	"unicode/utf8"

	"casebook/internal/problem"
)

// File is the text of one file, and the problems found in it so far.
type File struct {
	Name string // as problems name it
	Text []byte // in plain LF, without a byte order mark

	// Custom, if set, is called with each value that reads itself; see [Custom].
	Custom func(key string, at problem.Position, value any)

	// Foreign, if set, is called with those keys of a section that are not its
	// fields, if there are several. A hint that it returns is reported instead
	// of each of them: the section is something else.
	Foreign func(keys []string) (hint string)

	// Elsewhere, if set, says where the content of a field belongs that there is
	// none for, and what other programs have: "weight", "layout". It returns ""
	// for other names.
	Elsewhere func(key string) (hint string)

	unreadable bool
	starts     []int // offset of each line
	problems   []problem.Problem
	errors     int // among the problems
	others     int // the other problems

	lastOffset, lastColumn int // of the last Position
}

// NewFile returns the file with the text src. Line ends may be LF, CRLF or CR
// and a byte order mark may come first. A file that is not text of a size worth
// parsing is not [File.Readable], which is reported.
func NewFile(name string, src []byte) *File {
	text := bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(text, '\r') >= 0 {
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	f := &File{Name: name, Text: text, starts: lineStarts(text)}
	f.checkText(src)
	return f
}

// checkText reports a file that cannot be read; src is the file as it came.
func (f *File) checkText(src []byte) {
	refuse := func(at problem.Position, code, message, hint string) {
		f.unreadable = true
		f.Report(at, problem.Error, code, message, hint)
	}
	const save = `save the file again with the encoding "UTF-8"`
	if len(src) > MaxFile {
		refuse(problem.Position{}, "file-too-large", fmt.Sprintf("the file has %.1f MB; at most 1 MB is allowed", float64(len(src))/MaxFile), "split it, or offer it as a download")
		return
	}
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		refuse(problem.Position{Line: 1, Column: 1}, "not-utf8", "the file is UTF-16, not UTF-8", save)
		return
	}
	if offset := invalidUTF8(f.Text); offset >= 0 {
		refuse(f.Position(offset), "not-utf8", fmt.Sprintf("the byte 0x%02x is not UTF-8", f.Text[offset]), save)
	}
	if offset := bytes.IndexByte(f.Text, 0); offset >= 0 {
		refuse(f.Position(offset), "nul", "the file holds a NUL byte, so it is not plain text", "delete it, or write the text into a new file")
	}
}

// Readable reports whether the file is text. If it is not, that has been
// reported, and nothing else should be.
func (f *File) Readable() bool { return !f.unreadable }

// Position returns the line and column of the byte at the offset. Calls for
// increasing offsets of one line take linear time together.
func (f *File) Position(offset int) problem.Position {
	offset = max(0, min(offset, len(f.Text)))
	line := sort.SearchInts(f.starts, offset+1) - 1
	from, column := f.starts[line], 1
	if f.lastOffset > from && f.lastOffset <= offset {
		from, column = f.lastOffset, f.lastColumn
	}
	column += utf8.RuneCount(f.Text[from:offset])
	f.lastOffset, f.lastColumn = offset, column
	return problem.Position{Line: line + 1, Column: column}
}

// Report adds a problem, up to MaxProblems.
func (f *File) Report(at problem.Position, severity problem.Severity, code, message, hint string) {
	f.Add(problem.Problem{Severity: severity, Code: code, Message: message, Hint: hint}, at)
}

// Add adds a problem of this file at the position, up to MaxProblems errors and as
// many others.
func (f *File) Add(p problem.Problem, at problem.Position) {
	count := &f.others
	if p.Severity == problem.Error {
		count = &f.errors
	}
	if f.Full() || *count == MaxProblems {
		return
	}
	*count++
	p.File, p.Line, p.Column = f.Name, at.Line, at.Column
	f.problems = append(f.problems, p)
	if *count == MaxProblems {
		f.problems = append(f.problems, problem.Problem{
			File: f.Name, Severity: p.Severity, Code: "too-many-problems",
			Message: "the file has more problems than are shown here", Hint: "correct these first, then check again",
		})
	}
}

// Full reports whether further errors would not be shown, so that the rest of the
// file need not be read.
func (f *File) Full() bool { return f.errors == MaxProblems }

// Problems returns the problems found so far, sorted.
func (f *File) Problems() []problem.Problem { return problem.Sort(f.problems) }

// hasErrorSince reports whether an error was found after the first n problems.
func (f *File) hasErrorSince(n int) bool { return problem.Count(f.problems[n:], problem.Error) > 0 }

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
