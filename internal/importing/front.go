package importing

// The front matter of Hugo, Jekyll and Eleventy: YAML, TOML, JSON or a JavaScript object.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	front "github.com/adrg/frontmatter"
)

// frontMark matches the line before front matter, with the name of its language.
var frontMark = regexp.MustCompile(`^(?:---|\+\+\+|;;;)(\w*)[ \t]*\n`)

// dotsMark matches front matter whose end Jekyll lets an author write as three dots.
var dotsMark = regexp.MustCompile(`\A---[ \t]*\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*\n`)

// frontMatter returns the fields of a page and the text below them.
func frontMatter(text []byte) (fields map[string]any, body []byte, err error) {
	mark := bytes.TrimLeft(text, " \t\n")
	if frontMark.Match(mark) && bytes.Index(mark, append([]byte("\n"), mark[:3]...)) > maxFront {
		return nil, nil, fmt.Errorf("its front matter has more than %d KB", maxFront>>10)
	}
	if jsonMark.Match(mark) {
		return frontJSON(mark)
	}
	if dots := dotsMark.Find(mark); bytes.HasSuffix(bytes.TrimSpace(dots), []byte("\n...")) {
		end := bytes.LastIndex(dots, []byte("..."))
		text = bytes.Join([][]byte{mark[:end], mark[end+3:]}, []byte("---"))
	}
	var formats []*front.Format // none: those that the library knows
	if named := frontMark.FindSubmatch(mark); named != nil {
		switch language := string(named[1]); language {
		case "", "yaml", "yml", "toml", "json":
		case "js", "javascript":
			formats = []*front.Format{front.NewFormat("---"+language, "---", unmarshalObject)}
		default:
			return nil, nil, fmt.Errorf("it is written in %s, which is not read: write it as YAML, between two lines of ---", language)
		}
	}
	fields = map[string]any{}
	body, err = front.Parse(bytes.NewReader(text), &fields, formats...)
	return fields, body, err
}

// jsonMark matches the beginning of front matter in JSON that no line precedes.
var jsonMark = regexp.MustCompile(`^\{\s*"`)

// frontJSON reads an object and the text below its last line.
func frontJSON(text []byte) (fields map[string]any, body []byte, err error) {
	d := json.NewDecoder(bytes.NewReader(text[:min(len(text), maxFront)]))
	if err := d.Decode(&fields); err != nil {
		return nil, nil, err
	}
	rest, body, _ := bytes.Cut(text[d.InputOffset():], []byte("\n"))
	if len(bytes.TrimSpace(rest)) > 0 {
		return nil, nil, errors.New("write an empty line after the } that ends it")
	}
	return fields, body, nil
}

var errProgram = errors.New("it is a program in JavaScript, which is not run: write its values as YAML, between two lines of ---")

// token matches what an object of JavaScript is written with as long as it only holds
// values: comments, strings, signs, numbers and names.
var token = regexp.MustCompile(`^(?:(\s+|//[^\n]*|/\*(?s:.*?)\*/)|"((?:[^"\\\n]|\\[^\n])*)"|'((?:[^'\\\n]|\\[^\n])*)'|([{}\[\],:])|(-?\d+(?:\.\d+)?)|([A-Za-z_$][\w$]*))`)

// object matches the object of front matter, and what may stand around it.
var object = regexp.MustCompile(`(?s)^(?:\s|//[^\n]*\n|/\*.*?\*/)*(?:module\.exports\s*=|export\s+default)?\s*(.*?)\s*;?\s*$`)

// unmarshalObject decodes an object of JavaScript that only holds values, by writing it as
// JSON. Nothing is run.
func unmarshalObject(data []byte, v any) error {
	rest := object.FindSubmatch(data)[1]
	var out strings.Builder
	comma := false // a comma that is written only if a value follows
	for len(rest) > 0 {
		part := token.FindSubmatch(rest)
		if part == nil {
			return errProgram
		}
		rest = rest[len(part[0]):]
		if part[1] != nil {
			continue
		}
		sign := string(part[4])
		if comma && sign != "}" && sign != "]" {
			out.WriteByte(',')
		}
		if comma = sign == ","; comma {
			continue
		}
		name, isKey := string(part[6]), bytes.HasPrefix(bytes.TrimSpace(rest), []byte(":"))
		switch {
		case part[2] != nil:
			out.WriteString(quoted(part[2]))
		case part[3] != nil:
			out.WriteString(quoted(part[3]))
		case isKey && name != "":
			out.WriteString(quoted(part[6]))
		case name == "undefined":
			out.WriteString("null")
		case name != "" && name != "true" && name != "false" && name != "null":
			return errProgram
		default:
			out.Write(part[0])
		}
	}
	if json.Unmarshal([]byte(out.String()), v) != nil {
		return errProgram
	}
	return nil
}

// quoted returns the text between the quotes of a string of JavaScript as one of JSON.
func quoted(text []byte) string {
	return `"` + escapes.ReplaceAllStringFunc(string(text), func(found string) string {
		switch found[len(found)-1] {
		case '"':
			return `\"`
		case '\t':
			return `\t`
		case '\\', '/', 'b', 'f', 'n', 'r', 't', 'u':
			return found
		}
		return found[1:] // such as \', which JSON does not escape
	}) + `"`
}

var escapes = regexp.MustCompile(`\\.|"|\t`)
