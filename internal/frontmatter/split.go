package frontmatter

// Finding the front matter of a Markdown file.

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/adrg/frontmatter"

	"casebook/internal/problem"
)

// Section is the part of a file that contains YAML.
type Section struct {
	End int // offset in the file after the section

	text []byte
	line int // number of lines of the file before text
}

// All returns the whole file as a section.
func (f *File) All() Section { return Section{End: len(f.Text), text: f.Text} }

var errTooLarge = errors.New("front matter too large")

// FrontMatter returns the front matter of a Markdown file. If there is none, it
// reports why and returns false; End is then the offset from which the file can be
// read as a body.
func (f *File) FrontMatter() (Section, bool) {
	start := len(f.Text) - len(bytes.TrimLeft(f.Text, " \t\n"))
	first, _, _ := bytes.Cut(f.Text[start:], []byte("\n"))
	at := f.Position(start)
	switch opening := string(bytes.TrimSpace(first)); {
	case opening == "---":
	case strings.HasPrefix(opening, "+++"), strings.HasPrefix(opening, "{"), strings.HasPrefix(opening, ";;;"),
		strings.HasPrefix(opening, "---") && strings.Trim(opening, "-") != "":
		f.Report(at, problem.Error, "front-matter-format", "front matter is YAML between two lines of ---; TOML, JSON and other marks are not read",
			"write the first line as --- and each field as key: value")
		return Section{}, false
	case notHyphens(opening) != "":
		f.Report(at, problem.Error, "front-matter-missing", "the first line is "+notHyphens(opening), "write three hyphens: ---")
		return Section{}, false
	default:
		message := "the file does not begin with front matter"
		if opening == "" {
			message = "the file is empty"
		}
		f.Report(problem.Position{Line: 1, Column: 1}, problem.Error, "front-matter-missing", message,
			"begin it with a line of ---, then title: and the other fields, then a line of ---")
		return Section{}, false
	}

	var text []byte
	end := 0
	lines := &lineReader{f.Text}
	yaml := frontmatter.NewFormat("---", "---", func(data []byte, into any) error {
		if len(data) > MaxSize {
			return errTooLarge
		}
		*into.(*[]byte) = data
		end = len(f.Text) - len(lines.rest)
		lines.rest = nil // otherwise the library copies the whole body
		return nil
	})
	_, err := frontmatter.MustParse(lines, &text, yaml)
	switch {
	case errors.Is(err, frontmatter.ErrNotFound):
		message, hint := "the front matter that begins here has no end", "write a line of --- below its last field"
		for i, row := range f.starts {
			line, _, _ := bytes.Cut(f.Text[row:], []byte("\n"))
			if what := notHyphens(string(bytes.TrimSpace(line))); what != "" && row > start {
				at = problem.Position{Line: i + 1, Column: 1}
				message, hint = "the front matter has no end, but this line is "+what, "write three hyphens: ---"
				break
			}
		}
		f.Report(at, problem.Error, "front-matter-unclosed", message, hint)
		return Section{End: len(f.Text)}, false
	case errors.Is(err, errTooLarge):
		f.Report(at, problem.Error, "front-matter-too-large", "the front matter is larger than 64 KB", "move long text below it")
		return Section{End: len(f.Text)}, false
	case err != nil:
		f.Report(at, problem.Error, "front-matter-format", err.Error(), "")
		return Section{End: len(f.Text)}, false
	}

	front := Section{text: text, line: at.Line, End: end}
	// A line of --- ends the front matter even if it is indented, as in a text on
	// several lines.
	closing := start + len(first) + 1 + len(text)
	line := f.Text[closing:front.End]
	if indent := len(line) - len(bytes.TrimLeft(line, " \t")); indent > 0 {
		f.Report(f.Position(closing+indent), problem.Error, "front-matter-unclosed", "this line of --- ends the front matter, although it is indented",
			"begin the line with --- if the end is meant, else write *** for a rule")
	}
	return front, true
}

// lineReader reads a text line by line.
type lineReader struct{ rest []byte }

func (r *lineReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	line := r.rest
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i+1]
	}
	n := copy(p, line)
	r.rest = r.rest[n:]
	return n, nil
}

// rule matches a line that is a rule in Markdown or in other programs.
var rule = regexp.MustCompile(`^(?:_{3,}|\*{3,}|={3,}|~{3,})$`)

// notHyphens describes a line that was meant as three hyphens but is not, such as
// "a long dash". For other lines it returns "".
func notHyphens(line string) string {
	visible := strings.Join(strings.FieldsFunc(line, IsZeroWidth), "")
	switch {
	case line == "", line == "-", line == "---":
		return ""
	case visible == "---":
		return "three hyphens with an invisible character"
	case rule.MatchString(line):
		return "a line of " + line[:1]
	case strings.Trim(line, "-–—―−") != "":
		return ""
	case strings.Trim(line, "-") != "":
		return "a long dash"
	default:
		return fmt.Sprintf("%d hyphens", len(line))
	}
}
