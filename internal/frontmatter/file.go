package frontmatter

// Files: their text, and the problems found in them.

import (
	"bytes"
	"fmt"
	"math"
	"sort"
	"unicode/utf8"

	"casebook/internal/problem"
)

// File holds the text of one file and the problems found in it so far.
type File struct {
	Name string // name of the file in problems
	Text []byte // with LF line ends, without a byte order mark

	// Custom, if set, is called with each value that decodes itself; see [Custom].
	Custom func(key string, at problem.Position, value any)

	// Foreign, if set, is called with the keys of a section that are not its
	// fields, if there are at least two. If it returns a hint, the hint is reported
	// once instead of a problem for each key: the section belongs to something
	// else.
	Foreign func(keys []string) (hint string)

	// Elsewhere, if set, returns a hint where the content of a field belongs that
	// other programs have and Casebook does not, such as "weight" or "layout". It
	// returns "" for other names.
	Elsewhere func(key string) (hint string)

	unreadable bool
	starts     []int // offsets of the lines
	problems   []problem.Problem
	errors     int // number of errors in problems
	others     int // number of other problems

	lastOffset, lastColumn int // arguments and result of the last call of Position
}

// NewFile returns the file with the text src. Line ends may be LF, CRLF or CR, and
// a byte order mark may come first. If src is not text, or is too large, NewFile
// reports it, and the file is not [File.Readable].
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

// checkText reports a file that cannot be read. src is its original content.
func (f *File) checkText(src []byte) {
	refuse := func(at problem.Position, code, message, hint string) {
		f.unreadable = true
		f.Report(at, problem.Error, code, message, hint)
	}
	const save = `save the file again with the encoding "UTF-8"`
	if len(src) > MaxFile {
		refuse(problem.Position{}, "file-too-large", fmt.Sprintf("the file has %.1f MB; at most 1 MB is allowed", math.Ceil(10*float64(len(src))/MaxFile)/10), "split it, or offer it as a download")
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

// Readable reports whether the file can be read. If not, that has been reported,
// and nothing else should be reported.
func (f *File) Readable() bool { return !f.unreadable }

// Position returns the line and column of the byte at the offset. A series of calls
// with increasing offsets in one line takes linear time in total.
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

// Report adds a problem, like Add.
func (f *File) Report(at problem.Position, severity problem.Severity, code, message, hint string) {
	f.Add(problem.Problem{Severity: severity, Code: code, Message: message, Hint: hint}, at)
}

// Add adds a problem of this file at a position. It keeps at most MaxProblems
// errors and as many other problems.
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

// Full reports whether further errors would not be kept, so that the rest of the
// file need not be read.
func (f *File) Full() bool { return f.errors == MaxProblems }

// Problems returns the problems found so far, sorted.
func (f *File) Problems() []problem.Problem { return problem.Sort(f.problems) }

// hasErrorSince reports whether there is an error after the first n problems.
func (f *File) hasErrorSince(n int) bool { return problem.Count(f.problems[n:], problem.Error) > 0 }

func lineStarts(src []byte) []int {
	starts := make([]int, 1, 1+bytes.Count(src, []byte("\n")))
	for offset := 0; ; {
		end := bytes.IndexByte(src[offset:], '\n')
		if end < 0 {
			return starts
		}
		offset += end + 1
		starts = append(starts, offset)
	}
}

// invalidUTF8 returns the offset of the first byte that is not valid UTF-8, or -1.
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
