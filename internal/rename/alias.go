package rename

// Aliases: how an old address is written into a file.

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// idColumn is the column of an id in a line that gives it as a field; negative if
// it does not.
func idColumn(line, id string) int {
	found := regexp.MustCompile(`(?:^|[\s{,-])id:\s+["']?(` + regexp.QuoteMeta(id) + `)["']?\s*(?:[,}#]|$)`).FindStringSubmatchIndex(line)
	if found == nil {
		return -1
	}
	return utf8.RuneCountInString(line[:found[2]]) + 1
}

// withAlias returns the text of a file with an old address among the aliases of
// its page or hallmark, and the line where it stands. The present address is no
// longer an alias.
func withAlias(text []byte, a alias) ([]byte, int, error) {
	lines := strings.SplitAfter(string(text), "\n")
	if !strings.Contains(string(text), "\n") {
		return nil, 0, fmt.Errorf("%s: its lines end in a way that cannot be rewritten: save it with usual line ends first", a.file)
	}
	first, last, indent, ok := region(lines, a)
	if !ok {
		return nil, 0, fmt.Errorf("%s: its front matter is written in a way that cannot be rewritten: write aliases: [%s] there yourself", a.file, a.address)
	}
	end := lines[first][len(strings.TrimRight(lines[first], "\r\n")):]
	at := slices.IndexFunc(lines[first:last], func(line string) bool {
		return strings.HasPrefix(strings.Replace(line, "- ", "  ", 1), indent+"aliases:")
	})
	if at < 0 {
		at = last
		if a.id != "" {
			at = first + 1
		}
		lines = slices.Insert(lines, at, indent+"aliases: ["+a.address+"]"+end)
		return []byte(strings.Join(lines, "")), at + 1, nil
	}
	at += first
	key, value, _ := strings.Cut(strings.TrimRight(lines[at], "\r\n"), "aliases:")
	key, value = key+"aliases:", strings.TrimSpace(value)
	switch {
	case strings.HasPrefix(value, "[") && strings.HasSuffix(value, "]"):
		lines[at] = key + " [" + strings.Join(append([]string{a.address}, others(value[1:len(value)-1], a.present)...), ", ") + "]" + end
	case value == "" && at+1 < len(lines) && strings.HasPrefix(strings.TrimSpace(lines[at+1]), "- "):
		item, _, _ := strings.Cut(lines[at+1], "- ")
		for i := at + 1; i < last; i++ {
			if strings.Trim(strings.TrimPrefix(strings.TrimSpace(lines[i]), "- "), `"'`) == a.present {
				lines = slices.Delete(lines, i, i+1)
				break
			}
		}
		lines = slices.Insert(lines, at+1, item+"- "+a.address+end)
	case value != "" && !strings.ContainsAny(value, "#[]{}&*|>"):
		lines[at] = key + " [" + strings.Join(append([]string{a.address}, others(value, a.present)...), ", ") + "]" + end
	default:
		return nil, 0, fmt.Errorf("%s:%d: these aliases are written in a way that cannot be rewritten: write aliases: [%s] first", a.file, at+1, "/old-address/")
	}
	return []byte(strings.Join(lines, "")), at + 1, nil
}

// others are the items of a list but one.
func others(list, without string) []string {
	var all []string
	for item := range strings.SplitSeq(list, ",") {
		if item = strings.TrimSpace(item); item != "" && strings.Trim(item, `"'`) != without {
			all = append(all, item)
		}
	}
	return all
}

// region is the lines that hold the fields of a page, or of one of its
// hallmarks, and how the fields are indented.
func region(lines []string, a alias) (first, last int, indent string, ok bool) {
	isFence := func(line string) bool {
		return strings.TrimRight(strings.TrimPrefix(line, "\ufeff"), " \t\r\n") == "---"
	}
	if !isFence(lines[0]) {
		return 0, 0, "", false
	}
	last = slices.IndexFunc(lines[1:], isFence) + 1
	if last < 1 {
		return 0, 0, "", false
	}
	if a.id == "" {
		return 1, last, "", last > 1
	}
	for i := 1; i < last; i++ {
		if at := idColumn(strings.TrimRight(lines[i], "\r\n"), a.id); at > 0 {
			before, _, _ := strings.Cut(lines[i], "id:")
			if strings.Trim(before, " -") != "" { // between braces
				return 0, 0, "", false
			}
			indent = strings.Repeat(" ", len(before))
			end := i + 1
			for end < last && (strings.HasPrefix(lines[end], indent) || strings.TrimSpace(lines[end]) == "") {
				end++
			}
			return i, end, indent, true
		}
	}
	return 0, 0, "", false
}
