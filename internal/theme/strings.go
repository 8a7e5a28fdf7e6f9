// Strings: the words of a theme in one language, with their plural forms.

package theme

import (
	"cmp"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"casebook/internal/content"
	"casebook/internal/problem"
	"casebook/internal/site"
)

// stringTable holds the words of a theme in one language.
type stringTable struct {
	tag     language.Tag
	texts   map[string]text
	printer *message.Printer // writes numbers in the format of the language
	own     content.Terms    // the site's own terms
}

// text is one string: its forms by plural category. Most strings have only Other.
// In a form, {1} is replaced by the first argument, {2} by the second.
type text struct {
	forms [plural.Many + 1]string
	lang  language.Tag // the language whose rules choose the form
	file  string
	line  int
}

// pluralForms are the plural categories of CLDR.
var pluralForms = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}

// LanguageCode is the code of problems with the language itself. They have no file,
// because only the caller of Load knows where the language is written.
const LanguageCode = "theme-language"

// loadStrings reads the strings of a language, such as en-GB, from all layers:
// those of strings/en-GB.yaml, then those that are only in strings/en.yaml. So
// a file for a variety of a language holds only what differs. Strings that the
// language lacks are shown in English, with one problem for the whole language.
// The table is nil if the language is not a valid tag.
func loadStrings(files layers, words Words) (*stringTable, []problem.Problem) {
	tag, err := language.Parse(cmp.Or(words.Language, "en"))
	if err != nil {
		return nil, []problem.Problem{{
			Code:    LanguageCode,
			Message: fmt.Sprintf("language %q is not a BCP 47 tag", words.Language), Hint: `write a tag such as "en" or "pt-BR"`,
		}}
	}
	table := &stringTable{tag: tag, texts: map[string]text{}, printer: message.NewPrinter(tag), own: words.Terms}
	var problems []problem.Problem
	isEnglish := false
	for tag := tag; tag != language.Und; tag = tag.Parent() {
		problems = append(problems, table.read(files, tag)...)
		isEnglish = isEnglish || tag == language.English
	}
	if !isEnglish {
		translated := maps.Clone(table.texts)
		hasFaults := len(problems) > 0 // strings may be missing because a file does not parse
		problems = append(problems, table.read(files, language.English)...)
		if !hasFaults {
			problems = append(problems, untranslated(files, table, translated)...)
		}
	}
	return table, append(problems, newTerms(table, words.Terms).apply(table)...)
}

// read adds the strings that the layers have in one language and the table does
// not have yet.
func (s *stringTable) read(files layers, tag language.Tag) []problem.Problem {
	var problems []problem.Problem
	for _, layer := range files {
		file, err := layer.source("strings", tag.String(), ".yaml")
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			problems = append(problems, unreadable(file.path, err))
		default:
			problems = append(problems, s.add(file, tag)...)
		}
	}
	return problems
}

// untranslated reports how many strings are shown in English.
func untranslated(files layers, table *stringTable, translated map[string]text) []problem.Problem {
	if len(translated) == 0 {
		return []problem.Problem{{
			Severity: problem.Warning, Code: LanguageCode, Hint: howToTranslate(files, table.tag),
			Message: fmt.Sprintf("the theme has no words in the language %q, so they are shown in English", table.tag),
		}}
	}
	var missing []string
	for _, key := range slices.Sorted(maps.Keys(table.texts)) {
		if _, ok := translated[key]; !ok {
			missing = append(missing, key)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	const named = 5
	names := strings.Join(missing[:min(named, len(missing))], ", ")
	if n := len(missing) - named; n > 0 {
		names += fmt.Sprintf(" and %d more", n)
	}
	return []problem.Problem{{
		File: files.stringsOf(table.tag), Severity: problem.Advice, Code: "theme-untranslated",
		Message: fmt.Sprintf("%d of %d strings are not translated, so they are shown in English: %s", len(missing), len(table.texts), names),
		Hint:    "translate them from strings/en.yaml of the default theme",
	}}
}

// stringsOf returns, for a message, the path of the file with the strings of a
// language, or of the language that it is a variety of.
func (l layers) stringsOf(tag language.Tag) string {
	for ; tag != language.Und; tag = tag.Parent() {
		name := path.Join("strings", tag.String()+".yaml")
		if file := l.locate(name); file != name {
			return file
		}
	}
	return "strings"
}

func howToTranslate(files layers, tag language.Tag) string {
	if len(files) > 1 {
		return fmt.Sprintf("copy strings/en.yaml of the default theme to %s/strings/%s.yaml, and translate it", files[0].Name, tag)
	}
	return fmt.Sprintf("copy strings/en.yaml of the default theme to themes/<name>/strings/%s.yaml, translate it, and write theme: <name> in site.yaml", tag)
}

// add adds the strings of a file that the table does not have yet.
func (s *stringTable) add(file source, tag language.Tag) []problem.Problem {
	var problems []problem.Problem
	report := func(line int, format string, args ...any) {
		problems = append(problems, problem.Problem{
			File: file.path, Line: line, Code: "theme-strings", Message: fmt.Sprintf(format, args...),
			Hint: "write one key: text on a line, or key: {one: …, other: …}",
		})
	}
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(file.text), &document); err != nil {
		line, message := yamlError(err)
		report(line, "%s", message)
		return problems
	}
	if len(document.Content) == 0 {
		return nil
	}
	root := document.Content[0]
	if root.Kind != yaml.MappingNode {
		report(root.Line, "strings are not keys with texts")
		return problems
	}
	lines := map[string]int{}
	for i := 0; i < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		if line, ok := lines[key.Value]; ok {
			report(key.Line, "key %q is already on line %d", key.Value, line)
			continue
		}
		lines[key.Value] = key.Line
		t := text{lang: tag, file: file.path, line: key.Line}
		if err := t.read(value); err != nil {
			report(value.Line, "string %q: %v", key.Value, err)
			continue
		}
		if _, ok := s.texts[key.Value]; !ok {
			s.texts[key.Value] = t
		}
	}
	return problems
}

// read reads a scalar, or a mapping from plural categories.
func (t *text) read(value *yaml.Node) error {
	switch value.Kind {
	case yaml.ScalarNode:
		if value.Tag == "!!null" { // unlike "", which is empty on purpose
			return errors.New("it has no text")
		}
		t.forms[plural.Other] = value.Value
		return nil
	case yaml.MappingNode:
		for i := 0; i < len(value.Content); i += 2 {
			form, ok := pluralForms[value.Content[i].Value]
			if !ok {
				return fmt.Errorf("%q is not a plural category: use zero, one, two, few, many, other", value.Content[i].Value)
			}
			if value.Content[i+1].Kind != yaml.ScalarNode {
				return fmt.Errorf("the form %q is not text", value.Content[i].Value)
			}
			t.forms[form] = value.Content[i+1].Value
		}
		if t.forms[plural.Other] == "" {
			return errors.New(`the form "other" is missing`)
		}
		return nil
	default:
		return errors.New("it is neither text nor plural forms")
	}
}

var (
	yamlLine    = regexp.MustCompile(`line (\d+): `)
	placeholder = regexp.MustCompile(`\{(\d+)\}`)
)

// yamlError splits an error of the YAML parser into its line and its message.
func yamlError(err error) (int, string) {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	m := yamlLine.FindStringSubmatchIndex(message)
	if m == nil {
		return 0, message
	}
	line, _ := strconv.Atoi(message[m[2]:m[3]])
	return line, message[m[1]:]
}

// arguments returns how many arguments the text needs.
func (t text) arguments() int {
	n := 0
	for _, form := range t.forms {
		for _, m := range placeholder.FindAllStringSubmatch(form, -1) {
			i, _ := strconv.Atoi(m[1])
			n = max(n, i)
		}
	}
	return n
}

// say returns the string with its arguments filled in: texts unchanged, whole
// numbers in the format of the language. The first number chooses the plural
// form.
func (s *stringTable) say(key string, args ...any) (string, error) {
	t, ok := s.texts[key]
	if !ok {
		return "", fmt.Errorf("the theme has no string %q", key)
	}
	if len(args) == 0 {
		return t.forms[plural.Other], nil
	}
	form, counted := plural.Other, false
	shown := make([]string, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case int:
			if !counted {
				counted = true
				form = plural.Cardinal.MatchPlural(t.lang, arg, 0, 0, 0, 0)
			}
			shown[i] = s.number(arg)
		case string:
			shown[i] = arg
		default:
			shown[i] = fmt.Sprint(arg)
		}
	}
	return fill(cmp.Or(t.forms[form], t.forms[plural.Other]), shown), nil
}

// fill replaces the placeholders of a form. A placeholder without an argument
// stays.
func fill(form string, texts []string) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(form, "{")
		b.WriteString(before)
		if !open {
			return b.String()
		}
		place, after, closed := strings.Cut(rest, "}")
		if n, err := strconv.Atoi(place); closed && err == nil && 0 < n && n <= len(texts) {
			b.WriteString(texts[n-1])
			form = after
		} else {
			b.WriteByte('{')
			form = rest
		}
	}
}

// number returns a whole number in the format of the language: "10,000".
func (s *stringTable) number(n int) string {
	if n >= 0 && n < 1000 {
		return strconv.Itoa(n)
	}
	return s.printer.Sprintf("%d", n)
}

// label returns the text of a link.
func (s *stringTable) label(link site.Link) (string, error) {
	if link.Key == "" || link.Label != "" {
		return link.Label, nil
	}
	return s.say(link.Key)
}

// hashLabel adds to the hash the string that a link's label comes from.
func (s *stringTable) hashLabel(h hash.Hash, link site.Link) {
	if link.Key != "" && link.Label == "" {
		s.hash(h, link.Key)
	}
}

// hash adds the string to the hash.
func (s *stringTable) hash(h hash.Hash, key string) {
	t := s.texts[key]
	fmt.Fprintf(h, "%q %q\n", key, t.forms)
}

// family returns the keys that start with the prefix, in order.
func (s *stringTable) family(prefix string) []string {
	var keys []string
	for key := range s.texts {
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
