// Writing text and its format as Markdown that a parser reads as the same text.

package word

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdown returns the pieces of a paragraph as Markdown.
func (in *inlines) markdown() string {
	runs := merged(in.runs)
	var b strings.Builder
	for i := 0; i < len(runs); {
		// A link includes all following pieces with the same address.
		end := i + 1
		for link := runs[i].link; link != "" && end < len(runs) && runs[end].link == link; {
			end++
		}
		text := marked(runs[i:end], b.String(), following(runs[end:]))
		if link := runs[i].link; link != "" && strings.TrimSpace(text) != "" {
			inner := strings.TrimSpace(text)
			lead, _, _ := strings.Cut(text, inner)
			text = lead + "[" + inner + "](" + destination(link) + ")" + text[len(lead)+len(inner):]
		}
		b.WriteString(text)
		i = end
	}
	text := strings.Trim(b.String(), " \t")
	for strings.HasSuffix(text, "\\\n") {
		text = strings.TrimRight(strings.TrimSuffix(text, "\\\n"), " ")
	}
	for strings.HasPrefix(text, "\\\n") {
		text = strings.TrimLeft(strings.TrimPrefix(text, "\\\n"), " ")
	}
	lines := strings.Split(text, "\\\n")
	for i, line := range lines {
		lines[i] = escapeStart(strings.TrimSpace(line))
	}
	return strings.Join(lines, "\\\n")
}

// merged joins pieces of the same format, and reduces white space to single
// spaces.
func merged(runs []run) []run {
	var all []run
	for _, r := range runs {
		if r.raw == "" {
			r.text = oneSpace(r.text)
			if r.text == "" {
				continue
			}
			if strings.TrimSpace(r.text) == "" { // the format of a space is not visible
				r.format = format{link: r.link}
				if len(all) > 0 && all[len(all)-1].raw == "" {
					r.format = all[len(all)-1].format
				}
			}
		}
		if last := len(all) - 1; last >= 0 && r.raw == "" && all[last].raw == "" && all[last].format == r.format {
			all[last].text = oneSpace(all[last].text + r.text)
			continue
		}
		all = append(all, r)
	}
	return all
}

var spaces = regexp.MustCompile(`[\s\x{a0}]+`)

func oneSpace(text string) string {
	text = strings.Map(func(r rune) rune {
		if r != '\t' && r != '\n' && r != '\r' && unicode.Is(unicode.Cc, r) || r == '\u00ad' || r == '\ufeff' || r == '\u200b' {
			return -1
		}
		return r
	}, text)
	return spaces.ReplaceAllString(text, " ")
}

// following returns the first character of the next piece.
func following(runs []run) rune {
	if len(runs) == 0 {
		return ' '
	}
	c, _ := utf8.DecodeRuneInString(runs[0].raw + runs[0].text)
	return c
}

// marked returns pieces with the marks of their format. Marks are placed next
// to letters, never next to spaces, and are left out where Markdown would not
// recognise them.
func marked(runs []run, before string, after rune) string {
	var b strings.Builder
	for i, r := range runs {
		if r.raw != "" {
			b.WriteString(r.raw)
			continue
		}
		inner := strings.TrimSpace(r.text)
		if inner == "" {
			b.WriteString(" ")
			continue
		}
		lead, _, _ := strings.Cut(r.text, inner)
		trail := r.text[len(lead)+len(inner):]
		previous, _ := utf8.DecodeLastRuneInString(" " + before + b.String() + lead)
		next := after
		if i+1 < len(runs) {
			next = following(runs[i+1:])
		}
		if trail != "" {
			next = ' '
		}
		b.WriteString(lead + enclose(r.format, inner, previous, next) + trail)
	}
	return b.String()
}

// enclose puts the marks of a format around a text.
func enclose(f format, text string, previous, next rune) string {
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	out := escape(text)
	if (f.raised || f.lowered) && !strings.ContainsFunc(text, func(r rune) bool { return !isLetter(r) }) {
		mark := "^"
		if f.lowered {
			mark = "~"
		}
		out = mark + out + mark
		first, last = rune(mark[0]), rune(mark[0])
	}
	marks := ""
	if f.bold {
		marks += "**"
	}
	if f.italic {
		marks += "*"
	}
	// CommonMark 0.31, section 6.2: a mark beside punctuation needs a space or
	// punctuation on its other side.
	canOpen := isLetter(first) || !isLetter(previous)
	canClose := isLetter(last) || !isLetter(next)
	if !canOpen || !canClose || previous == '*' || next == '*' {
		marks = ""
	}
	if f.struck && isLetter(first) && isLetter(last) && !isLetter(previous) && !isLetter(next) {
		out = "~~" + out + "~~"
	}
	return marks + out + marks
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// plainAddress matches an address that becomes a link without marks.
var plainAddress = regexp.MustCompile(`https?://[A-Za-z0-9./?=&%#:+@_-]*[A-Za-z0-9/]`)

// escape returns a text with escapes, so that nothing in it is read as
// Markdown.
func escape(text string) string {
	var b strings.Builder
	at := 0
	for _, found := range plainAddress.FindAllStringIndex(text, -1) {
		if found[0] > 0 && !strings.ContainsAny(text[found[0]-1:found[0]], " (") || found[1] < len(text) && !strings.ContainsAny(text[found[1]:found[1]+1], " ).,;") {
			continue
		}
		b.WriteString(escapeMarks(text[at:found[0]]) + text[found[0]:found[1]])
		at = found[1]
	}
	return b.String() + escapeMarks(text[at:])
}

func escapeMarks(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch c {
		case '\\', '`', '*', '[', ']', '<', '~', '^', '{', '}', '|', '_':
			b.WriteByte('\\')
		case '>': // two of them are a quotation mark
			if i > 0 && text[i-1] == '>' {
				b.WriteByte('\\')
			}
		case '&':
			if i+1 < len(text) && (text[i+1] == '#' || isLetter(rune(text[i+1]))) {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// blockStart matches what would begin a heading, a list, a quote, a rule or a
// definition at the start of a line.
var blockStart = regexp.MustCompile(`^(#{1,6}( |$)|[-+]( |$)|>|-{2,}|={1,}|\+|:|!\\\[)`)

// numberStart matches the number of a list.
var numberStart = regexp.MustCompile(`^([0-9]{1,9})([.)])( |$)`)

// escapeStart escapes what is only special at the start of a line.
func escapeStart(line string) string {
	if blockStart.MatchString(line) {
		return `\` + line
	}
	return numberStart.ReplaceAllString(line, `$1\$2$3`)
}

// destination returns an address in the form that a link needs.
func destination(address string) string {
	if strings.ContainsAny(address, "()<>\\ ") {
		return "<" + strings.NewReplacer("<", "%3C", ">", "%3E", `\`, "%5C", " ", "%20").Replace(address) + ">"
	}
	return strings.ReplaceAll(address, "&", "&amp;")
}
