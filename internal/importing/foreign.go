// Markup of Hugo, Jekyll and Eleventy: what Markdown can express is rewritten.
// No line is added or removed, so that a line has the same number in both
// texts.

package importing

import (
	"cmp"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// rewriteRule replaces what a pattern matches in a line outside code. If rewrite
// returns false, the match stays.
type rewriteRule struct {
	what    string // for the report
	pattern *regexp.Regexp
	with    string                                      // with $1 for the first group; see regexp.Regexp.Expand
	rewrite func(match []string) (text string, ok bool) // instead of with, if it depends on the match
}

// rewriteRules replace the markup that Markdown can express, in the order in
// which they apply.
var rewriteRules = []rewriteRule{
	{"table of contents", regexp.MustCompile(`^\s*(?:[*-] TOC|\{:\s*toc\s*\}|\[\[?_?TOC_?\]?\]|\{\{[<%]\s*toc\s*/?[%>]\}\})\s*$`), "", nil},
	{"raw block", regexp.MustCompile(`\{%-?\s*(?:end)?raw\s*-?%\}`), "", nil},
	{"comment", regexp.MustCompile(`\{#-?.*?-?#\}(?:\s*$)|\{\{[<%]/?\s*/\*[^*]*\*/\s*[%>]\}\}|\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}`), "", func(m []string) (string, bool) {
		return "", !strings.HasPrefix(m[0], "{#") || strings.HasPrefix(m[0], "{# ")
	}},
	{"figure", regexp.MustCompile(`\{\{[<%]\s*figure\s((?:"[^"]*"|[^">%])*?)/?[%>]\}\}`), "", func(m []string) (string, bool) {
		return picture(attributes(m[1]))
	}},
	{"picture", regexp.MustCompile(`(?i)<img\s((?:"[^"]*"|'[^']*'|[^"'<>])*?)/?>`), "", func(m []string) (string, bool) {
		return picture(attributes(m[1]))
	}},
	{"video", regexp.MustCompile(`\{\{[<%]\s*youtube\s+(?:id=)?"?([\w-]+)"?\s*/?[%>]\}\}`), "[Video](https://www.youtube.com/watch?v=$1)", nil},
	{"video", regexp.MustCompile(`\{\{[<%]\s*vimeo\s+(?:id=)?"?([\w-]+)"?\s*/?[%>]\}\}`), "[Video](https://vimeo.com/$1)", nil},
	{"reference", regexp.MustCompile(`\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?"?([^\s"{}]+?)"?\s*/?[%>]\}\}`), "$1", nil},
	{"reference", regexp.MustCompile(`(?:\{\{\s*site\.baseurl\s*\}\}|\{\{\s*site\.url\s*\}\})*\{%-?\s*post_url\s+([^\s%}]+)\s*-?%\}`), "/_posts/$1.md", nil},
	{"reference", regexp.MustCompile(`(?:\{\{\s*site\.baseurl\s*\}\}|\{\{\s*site\.url\s*\}\})*\{%-?\s*link\s+/?([^\s%}]+)\s*-?%\}`), "/$1", nil},
	{"address", regexp.MustCompile(`\{\{-?\s*["']([^"'{}]*)["']\s*\|\s*(?:relative_url|absolute_url|url)\s*-?\}\}`), "$1", nil},
	{"address", regexp.MustCompile(`\{\{-?\s*site\.(?:baseurl|url)\s*-?\}\}`), "", nil},
	{"attributes", regexp.MustCompile(`\s*\{:?\s*(?:target|rel|\.)[^{}]*\}`), "", nil},
	{"link", regexp.MustCompile(`(?i)<a\s((?:"[^"]*"|'[^']*'|[^"'<>])*?)>([^<>\[\]]+)</a>`), "", func(m []string) (string, bool) {
		a := attributes(m[1])
		address, ok := destination(a["href"])
		return "[" + m[2] + "](" + address + ")", ok
	}},
	{"bold text", regexp.MustCompile(`(?i)<(?:b|strong)>([^<>*\s](?:[^<>*]*[^<>*\s])?)</(?:b|strong)>`), "**$1**", nil},
	{"italic text", regexp.MustCompile(`(?i)<(?:i|em)>([^<>*\s](?:[^<>*]*[^<>*\s])?)</(?:i|em)>`), "*$1*", nil},
	{"subscript", regexp.MustCompile(`(?i)<sub>([\pL\pN+-]+)</sub>`), "~$1~", nil},
	{"superscript", regexp.MustCompile(`(?i)<sup>([\pL\pN+-]+)</sup>`), "^$1^", nil},
	{"code", regexp.MustCompile("(?i)<(?:code|kbd)>([^<>`]+)</(?:code|kbd)>"), "`$1`", nil},
	{"line break", regexp.MustCompile(`(?i)([^|\s])[ \t]*<br\s*/?>[ \t]*$`), `$1\`, nil},
}

// attribute matches one attribute of a tag or a shortcode.
var attribute = regexp.MustCompile(`([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)

func attributes(text string) map[string]string {
	all := map[string]string{}
	for _, m := range attribute.FindAllStringSubmatch(text, 50) {
		all[strings.ToLower(m[1])] = html.UnescapeString(m[2] + m[3] + m[4])
	}
	return all
}

// picture returns a picture in Markdown.
func picture(a map[string]string) (string, bool) {
	address, ok := destination(a["src"])
	caption := cmp.Or(a["caption"], a["title"])
	text := "![" + strings.NewReplacer("[", `\[`, "]", `\]`).Replace(a["alt"]) + "](" + address
	if caption != "" {
		text += ` "` + strings.ReplaceAll(caption, `"`, "'") + `"`
	}
	return text + ")", ok && !strings.ContainsAny(a["alt"]+caption, "<>{}\n")
}

// destination returns an address in the form that Markdown needs, and false if
// it cannot be an address.
func destination(address string) (string, bool) {
	if _, err := url.Parse(address); err != nil || address == "" || strings.ContainsAny(address, "{}<>\n") {
		return "", false
	}
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29").Replace(address), true
}

// kramdownID matches a line with the id of the heading above it.
var kramdownID = regexp.MustCompile(`^\s*\{:\s*#([\w-]+)[^{}]*\}\s*$`)

// fence matches the line that opens or closes a block of code.
var fence = regexp.MustCompile("^\\s{0,3}(?:[-*+]\\s+|\\d+[.)]\\s+|>\\s*|\\s+)*(`{3,}|~{3,})(.*)$")

// highlight and endHighlight match the lines before and after a block of code.
var (
	highlight    = regexp.MustCompile(`^\s*(?:\{\{[<%]\s*highlight\s+"?([\w+#-]+)"?[^{}]*[%>]\}\}|\{%-?\s*highlight\s+([\w+#-]+)[^{}]*%\})\s*$`)
	endHighlight = regexp.MustCompile(`^\s*(?:\{\{[<%]\s*/\s*highlight\s*[%>]\}\}|\{%-?\s*endhighlight\s*-?%\})\s*$`)
)

// foreignTag matches a tag of a template. It is also searched for in code,
// because the program that it was written for executes it there too.
var foreignTag = regexp.MustCompile(`\{\{[<%][^{}]*|\{%.*?%\}|\{\{[^{}]*\}\}`)

// escapedTag matches a shortcode that Hugo shows instead of executing it.
var escapedTag = regexp.MustCompile(`(\{\{[<%])(/?)/\*(.*?)\*/([%>]\}\})`)

// rewritten is a text in which markup of other programs has been replaced with
// Markdown.
type rewritten struct {
	text  string
	count map[string]int // of the pieces of markup that were rewritten, by kind
	tags  []tagInCode
}

// tagInCode is a tag of a template in code.
type tagInCode struct {
	line, column int // from 1
	text         string
}

// highlighted marks a block of code that is not opened by a fence.
const highlighted = "highlight"

// rewriteForeign rewrites the markup of other programs in a text.
func rewriteForeign(text string) rewritten {
	r := rewritten{count: map[string]int{}}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	open, raw := "", false
	for i, line := range lines {
		wasRaw := raw
		if at := strings.LastIndex(line, "raw"); at >= 0 && strings.Contains(line, "{%") {
			raw = !strings.Contains(line, "endraw")
		}
		m := fence.FindStringSubmatch(line)
		language := highlight.FindStringSubmatch(line)
		switch {
		case open == highlighted && endHighlight.MatchString(line):
			lines[i], open = "```", ""
		case open != "" && open != highlighted && m != nil && m[1][0] == open[0] && len(m[1]) >= len(open) && strings.TrimSpace(m[2]) == "":
			open = ""
		case open != "":
			lines[i] = r.code(line, i+1, wasRaw || raw)
		case m != nil && (m[1][0] == '~' || !strings.Contains(m[2], "`")):
			open = m[1]
		case language != nil:
			lines[i], open = "```"+language[1]+language[2], highlighted
			r.count["code"]++
		default:
			if id := kramdownID.FindStringSubmatch(line); id != nil && i > 0 && strings.HasPrefix(lines[i-1], "#") {
				lines[i-1], lines[i] = strings.TrimRight(lines[i-1], " ")+" {#"+id[1]+"}", ""
				r.count["heading id"]++
				continue
			}
			lines[i] = r.line(line, i+1, wasRaw || raw)
		}
	}
	r.text = strings.Join(lines, "\n")
	return r
}

// code returns a line of code, in which tags that the other program would show
// as text are replaced with that text. raw means that the program executes no
// tags in the line.
func (r *rewritten) code(line string, number int, raw bool) string {
	if !strings.Contains(line, "{") {
		return line
	}
	blank := func(s string) string { return strings.Repeat(" ", len(s)) }
	hidden := rawTag.ReplaceAllStringFunc(rawPart.ReplaceAllStringFunc(escapedTag.ReplaceAllStringFunc(line, blank), blank), blank)
	if at := foreignTag.FindStringIndex(hidden); at != nil && !raw {
		r.tags = append(r.tags, tagInCode{number, at[0] + 1, hidden[at[0]:at[1]]})
	}
	return escapedTag.ReplaceAllString(rawTag.ReplaceAllString(line, ""), "$1$2$3$4")
}

// rawPart matches what Jekyll shows without executing it, and rawTag the tags
// around it.
var (
	rawPart = regexp.MustCompile(`\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}`)
	rawTag  = regexp.MustCompile(`\{%-?\s*(?:end)?raw\s*-?%\}`)
)

// line returns a rewritten line of text. Text between backticks is code.
func (r *rewritten) line(line string, number int, raw bool) string {
	if strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t") {
		line = r.code(line, number, raw) // it may be a block of code
	}
	if !strings.ContainsAny(line, "{<[*-") {
		return line
	}
	var b strings.Builder
	rest := line
	for {
		start := strings.IndexByte(rest, '`')
		if start < 0 {
			break
		}
		ticks := len(rest[start:]) - len(strings.TrimLeft(rest[start:], "`"))
		end := closingTicks(rest[start+ticks:], ticks)
		if end < 0 {
			break
		}
		end += start + ticks
		b.WriteString(r.apply(rest[:start]))
		b.WriteString(r.code(rest[start:end], number, raw))
		rest = rest[end:]
	}
	if b.Len() == 0 {
		return r.apply(line)
	}
	b.WriteString(r.apply(rest))
	return b.String()
}

// closingTicks returns the offset after a run of exactly as many backticks, or
// −1 if there is none.
func closingTicks(text string, ticks int) int {
	for at := 0; at < len(text); {
		if text[at] != '`' {
			at++
			continue
		}
		run := at
		for run < len(text) && text[run] == '`' {
			run++
		}
		if run-at == ticks {
			return run
		}
		at = run
	}
	return -1
}

// apply applies the rules to text without code.
func (r *rewritten) apply(text string) string {
	for _, rule := range rewriteRules {
		if !strings.ContainsAny(text, "{<[*-") {
			break
		}
		text = rule.pattern.ReplaceAllStringFunc(text, func(match string) string {
			text, ok := rule.pattern.ReplaceAllString(match, rule.with), true
			if rule.rewrite != nil {
				text, ok = rule.rewrite(rule.pattern.FindStringSubmatch(match))
			}
			if !ok {
				return match
			}
			r.count[rule.what]++
			return text
		})
	}
	return text
}
