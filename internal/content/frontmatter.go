package content

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/adrg/frontmatter"

	"casebook/internal/problem"
)

// frontMatter is the YAML at the head of a Markdown file.
type frontMatter struct {
	text []byte
	line int // lines of the file before text
	end  int // offset of the body
}

var errFrontMatterTooLarge = errors.New("front matter too large")

// splitFrontMatter finds the front matter. Without one it reports why, and the
// body is all of the file.
func (f *file) splitFrontMatter() (frontMatter, bool) {
	start := len(f.src) - len(bytes.TrimLeft(f.src, " \t\n"))
	first, _, _ := bytes.Cut(f.src[start:], []byte("\n"))
	at := f.position(start)
	switch opening := string(bytes.TrimSpace(first)); {
	case opening == "---":
	case strings.HasPrefix(opening, "+++"), strings.HasPrefix(opening, "{"), strings.HasPrefix(opening, ";;;"),
		strings.HasPrefix(opening, "---") && strings.Trim(opening, "-") != "":
		f.report(at, problem.Error, "front-matter-format", "front matter is YAML between two lines of ---; TOML, JSON and other marks are not read",
			"write the first line as --- and each field as key: value")
		return frontMatter{}, false
	case notHyphens(opening) != "":
		f.report(at, problem.Error, "front-matter-missing", "the first line is "+notHyphens(opening), "write three hyphens: ---")
		return frontMatter{}, false
	default:
		message := "the file does not begin with front matter"
		if opening == "" {
			message = "the file is empty"
		}
		f.report(Position{Line: 1, Column: 1}, problem.Error, "front-matter-missing", message,
			"begin it with a line of ---, then title: and the other fields, then a line of ---")
		return frontMatter{}, false
	}

	var text []byte
	yaml := frontmatter.NewFormat("---", "---", func(data []byte, into any) error {
		if len(data) > MaxFrontMatter {
			return errFrontMatterTooLarge
		}
		*into.(*[]byte) = data
		return nil
	})
	body, err := frontmatter.MustParse(bytes.NewReader(f.src), &text, yaml)
	switch {
	case errors.Is(err, frontmatter.ErrNotFound):
		message, hint := "the front matter that begins here has no end", "write a line of --- below its last field"
		for i, row := range f.starts {
			line, _, _ := bytes.Cut(f.src[row:], []byte("\n"))
			if what := notHyphens(string(bytes.TrimSpace(line))); what != "" && row > start {
				at = Position{Line: i + 1, Column: 1}
				message, hint = "the front matter has no end, but this line is "+what, "write three hyphens: ---"
				break
			}
		}
		f.report(at, problem.Error, "front-matter-unclosed", message, hint)
		return frontMatter{end: len(f.src)}, false
	case errors.Is(err, errFrontMatterTooLarge):
		f.report(at, problem.Error, "front-matter-too-large", fmt.Sprintf("the front matter is larger than %d bytes", MaxFrontMatter), "move long text below it")
		return frontMatter{end: len(f.src)}, false
	case err != nil:
		f.report(at, problem.Error, "front-matter-format", err.Error(), "")
		return frontMatter{end: len(f.src)}, false
	}

	front := frontMatter{text: text, line: at.Line, end: len(f.src) - len(body)}
	// A line of --- inside an indented text ends the front matter all the same.
	closing := start + len(first) + 1 + len(text)
	line := f.src[closing:front.end]
	if indent := len(line) - len(bytes.TrimLeft(line, " \t")); indent > 0 {
		f.report(f.position(closing+indent), problem.Error, "front-matter-unclosed", "this line of --- ends the front matter, although it is indented",
			"begin the line with --- if the end is meant, else write *** for a rule")
	}
	return front, true
}

// notHyphens says what a line is that was meant for three hyphens; "" for any
// other line.
func notHyphens(line string) string {
	switch {
	case line == "", line == "-", line == "---", strings.Trim(line, "-–—―−") != "":
		return ""
	case strings.Trim(line, "-") != "":
		return "a long dash"
	default:
		return fmt.Sprintf("%d hyphens", len(line))
	}
}
