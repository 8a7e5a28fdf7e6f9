package content_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// slip is a file with one mistake.
type slip struct {
	name, file, text string
	code, at         string // of the only problem; at is ":line:column", or "" for the whole file
}

// check checks that the mistake gives one problem, and returns it.
func (s slip) check(t *testing.T) (p problem.Problem) {
	t.Helper()
	problems := content.Parse(s.file, []byte(s.text)).Problems
	if len(problems) != 1 {
		t.Errorf("%s: want one problem, %s, got %v", s.name, s.code, problems)
		return p
	}
	p = problems[0]
	position := strings.TrimPrefix(p.Position(), s.file)
	if isWhole := s.at == "" && position == ":1:1"; p.Code != s.code || position != s.at && !isWhole || p.Severity != severities[s.code] && s.code != "markup" {
		t.Errorf("%s: got %s at %q (%s): %s\nwant %s at %q", s.name, p.Code, position, p.Severity, p.Message, s.code, s.at)
	}
	if p.Message == "" || fullStop.MatchString(p.Message) || strings.ContainsAny(p.Message+p.Hint, "\n") {
		t.Errorf("%s: the message is empty, ends with a full stop or has several lines: %q, %q", s.name, p.Message, p.Hint)
	}
	return p
}

// fullStop matches a message that ends as a sentence does.
var fullStop = regexp.MustCompile(`\w\w\.$`)

// severities are the severities of the codes that are not errors. Markup is an error where
// YAML cannot read it.
var severities = map[string]problem.Severity{
	"author-name":         problem.Warning,
	"missing-countries":   problem.Advice,
	"missing-disciplines": problem.Advice,
	"missing-partners":    problem.Advice,
	"repeated-item":       problem.Warning,
	"front-matter-below":  problem.Warning,
	"title-twice":         problem.Advice,
}

// fieldLine is a line of a base that holds a key and its value.
type fieldLine struct {
	number             int // from 0
	before, key, value string
	field              frontmatter.Field
	top                bool // not inside the value of another field
}

var keyAndValue = regexp.MustCompile(`^( *(?:- )*)([A-Za-z_-]+): (.+)$`)

// fieldLines returns the fields of a base that have a key and a value in one line,
// each with its description in the model.
func fieldLines(file, text string) []fieldLine {
	class, _ := content.Classify(file)
	var schema content.Schema
	for _, s := range content.Model() {
		if s.Class == class {
			schema = s
		}
	}
	type level struct {
		indent int
		fields []frontmatter.Field
	}
	levels := []level{{0, schema.Fields}}
	if schema.List {
		levels[0].indent = indentOf(strings.Split(text, "\n")[1]) // of the first entry's fields
	}
	var found []fieldLine
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if i > 0 && line == "---" {
			break
		}
		m := regexp.MustCompile(`^( *(?:- )*)([A-Za-z_-]+):( .+)?$`).FindStringSubmatch(line)
		if m == nil {
			continue
		}
		indent := len(m[1])
		for len(levels) > 1 && indent <= levels[len(levels)-2].indent {
			levels = levels[:len(levels)-1]
		}
		top := levels[len(levels)-1]
		n := slices.IndexFunc(top.fields, func(f frontmatter.Field) bool { return f.Key == m[2] })
		if n < 0 {
			continue
		}
		f := top.fields[n]
		if m[3] == "" && f.Fields != nil {
			levels = append(levels, level{indent + 2, f.Fields})
			levels[len(levels)-2].indent = indent
			continue
		}
		if m := keyAndValue.FindStringSubmatch(line); m != nil {
			found = append(found, fieldLine{i, m[1], m[2], m[3], f, len(levels) == 1 && !schema.List})
		}
	}
	return found
}

func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " -")) }

// badValues are wrong values for the fields that of reports, each with the code of
// the problem that must be reported at ‸.
var badValues = []struct {
	name, value, code string
	of                func(f frontmatter.Field) bool
}{
	{"a second colon", "Aligning plans‸: a story", "yaml-syntax", isText},
	{"a comment", "Ward ‸#4", "yaml-comment", isText},
	{"a quotation without an end", `‸"Aligning plans`, "yaml-syntax", isText},
	{"an apostrophe in quotes", "'It'‸s plain'", "yaml-syntax", isText},
	{"text after a quotation", `"Joint" ‸planning`, "yaml-syntax", isText},
	{"curly quotes", "‸“Joint planning”", "curly-quotes", isText},
	{"an at sign", "‸@ward", "yaml-syntax", isText},
	{"a percent sign", "‸% of wards", "yaml-syntax", isText},
	{"a backtick", "‸`ward", "yaml-syntax", isText},
	{"code", "‸`ward`", "markup", isText},
	{"bold text", "Joint ‸**planning** days", "markup", isText},
	{"bold text first", "‸**Joint** planning", "markup", isText},
	{"bold text in quotes", `"‸**Joint:** planning"`, "markup", isText},
	{"italic text", "Joint ‸_planning_", "markup", isText},
	{"a tag", "Joint ‸<b>planning</b>", "markup", isText},
	{"a line break", "Joint‸<br>planning", "markup", isText},
	{"a link", "See ‸[the plan](https://example.org/)", "markup", isText},
	{"an entity", "Nurses ‸&amp; doctors", "markup", isText},
	{"an alias", "‸*ward", "yaml-alias", isText},
	{"an anchor", "‸&ward", "yaml-alias", isText},
	{"a tag", "‸!ward", "yaml-alias", isText},
	{"a list", "‸[a, b]", "wrong-type", isText},
	{"fields", "‸{a: b}", "wrong-type", isText},
	{"a backslash", `"a ‸\ward"`, "yaml-syntax", isText},
	{"an invisible character", "a‸\u2028ward", "control-character", isText},
	{"too long", "‸" + strings.Repeat("ä", 1001), "too-long", func(f frontmatter.Field) bool { return f.Max > 0 }},
	{"a wrong value", "‸zebra", "unknown-value", func(f frontmatter.Field) bool { return f.Values != nil }},
	{"no date", "‸soon", "bad-date", isDate},
	{"a British date", "‸13/04/YYYY", "bad-date", isDate},
	{"a month that is none", "‸2016-13", "bad-date", isDate},
	{"a day that is none", "‸2016-02-30", "bad-date", isDate},
	{"a time of day", "‸YYYY-03-21T11:14:49Z", "bad-date", isDate},
	{"a date in words", "‸24 March YYYY", "bad-date", isDate},
	{"yes", "‸yes", "wrong-type", func(f frontmatter.Field) bool { return f.Type == frontmatter.Boolean }},
	{"perhaps", "‸perhaps", "wrong-type", func(f frontmatter.Field) bool { return f.Type == frontmatter.Boolean }},
	{"a number in words", "‸two", "wrong-type", func(f frontmatter.Field) bool { return f.Type == frontmatter.Number }},
	{"a number below one", "‸0", "wrong-type", func(f frontmatter.Field) bool { return f.Type == frontmatter.Number }},
	{"no scheme", "‸www.example.org", "bad-url", hasFormat("url")},
	{"a script", "‸javascript:alert(1)", "bad-url", hasFormat("url")},
	{"a space in an address", "‸https://example.org/a b", "bad-url", hasFormat("url")},
	{"a password in an address", "‸https://u:p@example.org/", "bad-url", hasFormat("url")},
	{"no language", "‸british english", "bad-lang", hasFormat("lang")},
	{"no licence", "‸CC-BY", "bad-licence", hasFormat("licence")},
	{"no ORCID iD", "‸0000-0002", "bad-orcid", hasFormat("orcid")},
	{"an id with a space", "‸Joint planning", "bad-id", hasFormat("id")},
	{"an id in capitals", "‸Joint", "bad-id", hasFormat("id")},
	{"a contact that is none", "‸the editors", "bad-contact", hasFormat("contact")},
	{"an open bracket", "‸[a, b", "yaml-syntax", isList},
	{"a bracket of another kind", "[a, b‸}", "yaml-syntax", isList},
	{"a question between brackets", "[a, why‸?]", "yaml-syntax", isList},
	{"text after a list", "[a] ‸b", "yaml-syntax", isList},
	{"an empty item", "[a, ‸'']", "empty-value", isList},
	{"an item twice", "[a, ‸a]", "repeated-item", func(f frontmatter.Field) bool { return isList(f) && f.Fields == nil && f.Format == "" }},
}

func isText(f frontmatter.Field) bool {
	return f.Type == frontmatter.Text && !f.List && f.Values == nil && f.Format == ""
}

func isDate(f frontmatter.Field) bool { return f.Type == "date" && !f.List }

func isList(f frontmatter.Field) bool { return f.List && f.Format == "" }

func hasFormat(format string) func(frontmatter.Field) bool {
	return func(f frontmatter.Field) bool { return f.Format == format && !f.List }
}

var year = regexp.MustCompile("20[0-9][0-9]")

// generatedSlips returns copies of all bases with one mistake in one field each.
func generatedSlips() []slip {
	var all []slip
	for _, file := range slices.Sorted(maps.Keys(bases)) {
		text := bases[file]
		lines := strings.Split(text, "\n")
		add := func(l fieldLine, name, line, code string) {
			changed := slices.Clone(lines)
			changed[l.number] = line
			text, at := cutMark(strings.Join(changed, "\n"))
			all = append(all, slip{fmt.Sprintf("%s:%d: %s: %s", file, l.number+1, l.key, name), file, text, code, at})
		}
		for _, l := range fieldLines(file, text) {
			for _, bad := range badValues {
				if bad.of(l.field) && !(bad.code == "markup" && l.field.Type != frontmatter.Text) {
					value := strings.ReplaceAll(bad.value, "YYYY", year.FindString(l.value+" 2016"))
					add(l, bad.name, l.before+l.key+": "+value, bad.code)
				}
			}
			add(l, "misspelt", l.before+"‸"+swapped(l.key)+": "+l.value, "unknown-key")
			add(l, "in capitals", l.before+"‸"+strings.ToUpper(l.key)+"S: "+l.value, "unknown-key")
			add(l, "no space after the colon", l.before+l.key+"‸:"+l.value, "yaml-syntax")
			add(l, "a no-break space after the colon", l.before+l.key+":‸\u00a0"+l.value, "yaml-syntax")
			add(l, "a full-width colon", l.before+l.key+"‸："+l.value, "yaml-syntax")
			if l.top {
				add(l, "bold", "‸**"+l.key+":** "+l.value, "yaml-syntax")
				add(l, "an equals sign", "‸"+l.key+" = "+l.value, "yaml-syntax")
				add(l, "given twice", l.key+": "+l.value+"\n‸"+l.key+": "+l.value, "duplicate-key")
			}
			for _, name := range l.field.Also {
				add(l, "called "+name, l.before+"‸"+name+": "+l.value, "unknown-key")
			}
			if l.field.Required {
				add(l, "empty", l.before+"‸"+l.key+":", "missing-field")
			}
		}
	}
	return all
}

// swapped returns a key with two letters in the wrong order.
func swapped(key string) string {
	i := len(key) / 2
	for i > 0 && key[i] == key[i-1] {
		i--
	}
	if i == 0 {
		return key + "x"
	}
	return key[:i-1] + string(key[i]) + string(key[i-1]) + key[i+1:]
}

// TestGeneratedSlips checks that one mistake, of any kind and in any file, gives
// one message, at the line and column of the mistake.
func TestGeneratedSlips(t *testing.T) {
	slips := generatedSlips()
	if len(slips) < 400 {
		t.Errorf("%d mistakes", len(slips))
	}
	t.Logf("%d mistakes", len(slips))
	for _, s := range sampled(slips) {
		s.check(t)
	}
}

// TestFollowedHintsRemoveProblem applies the edit of each problem that has one, and
// checks that no problem remains. It also checks that each hint that leaves only one
// thing to type has an edit.
func TestFollowedHintsRemoveProblem(t *testing.T) {
	slips := sampled(generatedSlips())
	for _, m := range mistakes {
		text, _ := mutate(t, m.file, m.old, m.new)
		slips = append(slips, slip{name: m.name, file: m.file, text: text})
	}
	obeyed := 0
	for _, s := range slips {
		if !utf8.ValidString(s.text) {
			continue
		}
		for _, p := range content.Parse(s.file, []byte(s.text)).Problems {
			if p.Fix == (problem.Edit{}) {
				if leavesNoChoice(p.Hint) {
					t.Errorf("%s: the hint %q has no edit", s.name, p.Hint)
				}
				continue
			}
			obeyed++
			fixed, err := problem.Apply([]byte(s.text), []problem.Edit{p.Fix})
			if left := content.Parse(s.file, fixed).Problems; err != nil || len(left) > 0 {
				t.Errorf("%s: %s; %s: after the edit %+v (%v) these problems remain: %v", s.name, p.Message, p.Hint, p.Fix, err, left)
			}
		}
	}
	t.Logf("%d hints obeyed", obeyed)
	if obeyed < 100 {
		t.Errorf("only %d hints have an edit", obeyed)
	}
}

// sampled returns all mistakes, or every seventh with -short.
func sampled(slips []slip) []slip {
	if !testing.Short() {
		return slips
	}
	var some []slip
	for i := 0; i < len(slips); i += 7 {
		some = append(some, slips[i])
	}
	return some
}

// leavesNoChoice reports whether a hint leaves only one thing to type.
func leavesNoChoice(hint string) bool {
	if strings.Contains(hint, "already, so delete") || strings.Contains(hint, "…") {
		return false
	}
	return strings.HasPrefix(hint, "did you mean ") || strings.HasPrefix(hint, "put quotes round it: ") || strings.HasPrefix(hint, "type straight quotes: ")
}
