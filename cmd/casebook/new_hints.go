// The problems of a file that the command new would write, in terms of its flags.

package main

import (
	"fmt"
	"regexp"
	"strings"

	"casebook/internal/draft"
	"casebook/internal/importing"
	"casebook/internal/problem"
)

// inFlags returns problems with the names of the flags that they are about,
// because the file does not exist yet, and their hints with flags to type instead of
// lines of front matter.
func inFlags(problems []problem.Problem, file importing.File, d *draft.Draft) []problem.Problem {
	var all []problem.Problem
	for _, p := range problems {
		path := file.Places[p.Line]
		p.File, p.Line, p.Column = "new", 0, 0
		if path != "" {
			p.File = "--set " + path
		}
		p.Hint = flagged(p.Hint, path, d)
		all = append(all, p)
	}
	return all
}

// Values as front matter has them, in a hint: after the name of their field, or a list or
// a mapping for the field that the hint is about.
var (
	writtenField = regexp.MustCompile(`(?:a line )?\b([a-z_]+): (\[[^\]]*\]|\{[^}]*\}|"[^"]*"|[^\s,;]+)`)
	writtenValue = regexp.MustCompile(`\bwrite (\[[^\]]*\]|\{[^}]*\})`)
)

// flagged returns a hint in which values are written as flags. path is that of the field
// that the hint is about, or "".
func flagged(hint, path string, d *draft.Draft) string {
	hint = writtenValue.ReplaceAllStringFunc(hint, func(found string) string {
		if path == "" {
			return found
		}
		return "write " + setFlags(path, writtenValue.FindStringSubmatch(found)[1], d)
	})
	return writtenField.ReplaceAllStringFunc(hint, func(found string) string {
		part := writtenField.FindStringSubmatch(found)
		above, _, _ := strings.Cut(path, ".")
		beside := path[:max(0, strings.LastIndexByte(path, '.'))]
		has := func(path string) bool { _, has := draft.FieldAt(d.Schema, path); return has }
		switch {
		case has(part[1]):
			return setFlags(part[1], part[2], d)
		case beside != "" && has(above+"."+part[1]):
			return setFlags(beside+"."+part[1], part[2], d)
		}
		return found
	})
}

// setFlags returns the flags that give a field the value that front matter has as one text.
func setFlags(path, value string, d *draft.Draft) string {
	key, _, isPart := strings.Cut(path, ".")
	switch {
	case strings.HasPrefix(value, "["):
		return setFlag(key, strings.Join(itemsOf(value), "; "), d)
	case strings.HasPrefix(value, "{"):
		if field, _ := draft.FieldAt(d.Schema, key); !isPart && field.List {
			path += ".1"
		}
		var all []string
		for _, item := range itemsOf(value) {
			name, text, _ := strings.Cut(item, ": ")
			all = append(all, setFlag(path+"."+name, strings.Trim(text, `"`), d))
		}
		return strings.Join(all, " ")
	}
	return setFlag(path, strings.Trim(value, `"`), d)
}

// item matches an item of a list or a mapping that YAML writes in one line.
var item = regexp.MustCompile(`(?:"[^"]*"|[^,"])+`)

// itemsOf returns the items of a list or a mapping in one line, without the quotes round
// a whole item.
func itemsOf(list string) []string {
	all := item.FindAllString(list[1:len(list)-1], -1)
	for i, one := range all {
		all[i] = strings.TrimSpace(one)
		if strings.Count(all[i], `"`) == 2 {
			all[i] = strings.Trim(all[i], `"`)
		}
	}
	return all
}

// setFlag returns the flag that gives a field its value, as one types it in a shell.
func setFlag(path, value string, d *draft.Draft) string {
	if path == importing.TitleOf(d) {
		return fmt.Sprintf("--title %q", value)
	}
	if set := path + "=" + value; strings.ContainsAny(set, " ;&()") {
		return fmt.Sprintf("--set %q", set)
	}
	return "--set " + path + "=" + value
}
