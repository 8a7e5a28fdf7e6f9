// Markup that prints as text: it is from other programs, pasted from a word
// processor, or mistyped. What Markdown did not parse is searched for what
// looks like markup.

package markdown

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// blockKind is what kind of block text is in.
type blockKind uint8

const (
	paragraph blockKind = iota
	headingLine
	tableCell
)

// leftover is one kind of markup that prints as text.
type leftover struct {
	code     string
	severity Severity
	trigger  string         // one of these bytes is in every match
	once     bool           // one problem of this kind per block, since its hint is for all lines of the block
	at       int            // the group of the pattern at which the problem is reported
	pattern  *regexp.Regexp // matches in one line; its classes contain \x00 where the match may include parsed markup
	// explain returns what is wrong and what to type instead. An empty message
	// means that the match is text after all.
	explain func(match []string) (message, hint string)
}

// always returns a function that explains all matches in the same way.
func always(message, hint string) func([]string) (string, string) {
	return func([]string) (string, string) { return message, hint }
}

// inText are the leftovers that may be anywhere in a line. Those that come first
// keep the later ones from reporting the same text again.
var inText = []leftover{
	{"foreign-markup", Warning, "{<%", false, 0, regexp.MustCompile(`(?:!?\[[^\]]*\]\([^)]*?)?(\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|<%.*?(?:%>|$))(?:[^()\s]*\))?`), explainTemplate},
	{"foreign-markup", Warning, "{", false, 0, regexp.MustCompile(`\{:?\s*([^{}]*?)\s*\}`), explainAttributes},
	{"foreign-markup", Warning, "[", false, 0, regexp.MustCompile(`!?\[\[([^\[\]\x00]+)\]\]`), explainWikiLink},
	{"foreign-markup", Warning, "[", false, 0, regexp.MustCompile(`\[(?:[a-z][\w-]*(?: \w+=[^\[\]]*)?\][^\[\]]*\[/[a-zA-Z][\w-]*|/[a-zA-Z][\w-]*|[a-z][\w-]* \w+=[^\[\]]*)\]`), func(m []string) (string, string) {
		return fmt.Sprintf("%q is a code of another program, which prints as text", shorten(m[0])), `write Markdown, or delete it; for the brackets themselves type \[ and \]`
	}},
	{"link-text", Advice, "[", false, 0, regexp.MustCompile(`(!?)\[([^\[\]]+)\][\s\x{a0}\x{200b}\x{202f}\x{2060}\x{feff}]+\(([^()]*)\)`), explainLinkSpace},
	{"link-text", Advice, "[", false, 0, regexp.MustCompile(`\(([^()]+)\)\[([^\[\]]+)\]`), explainLinkReversed},
	{"link-text", Advice, "(", false, 0, regexp.MustCompile(`\(\x01+(?:[^\[\]\x01]*\])?`), explainLinkSwallowed},
	{"link-text", Advice, "[", false, 1, regexp.MustCompile(`(!?\[([^\[\]()]+)\(([^()\s]+)\))[^\[\]]*(?:$|\[)`), explainLinkNoBracket},
	{"link-text", Advice, "]", false, 1, regexp.MustCompile(`^[^(\[]*(\[([^\[\]]+)\](\x01+|https?://[^\s()]+)\))`), func(m []string) (string, string) {
		return "the link prints as text, because ( is missing", fmt.Sprintf("write [%s](%s)", shorten(m[2]), shorten(m[3]))
	}},
	{"link-text", Advice, "!", false, 0, regexp.MustCompile(`!\(([^()\s]+\.(?i:jpe?g|png|gif|webp|svg))\)`), func(m []string) (string, string) {
		return "the picture prints as text, because what it shows is missing", fmt.Sprintf("write ![what it shows](%s)", shorten(m[1]))
	}},
	{"link-text", Advice, "]", false, 0, regexp.MustCompile(`\[([^\[\]\x00]+)\]([\w./-]+\.(?:md|pdf|docx|xlsx|html?))\b`), func(m []string) (string, string) {
		return "the link prints as text, because the brackets round its address are missing", fmt.Sprintf("write [%s](%s)", shorten(m[1]), shorten(m[2]))
	}},
	{"foreign-markup", Advice, "[", false, 1, regexp.MustCompile(`(?:^|[\s(])(\[(\x01+|https?://\S+)\s+([^\[\]]+)\])`), func(m []string) (string, string) {
		if accessed.MatchString(m[3]) {
			return "", ""
		}
		return "the link prints as text", fmt.Sprintf("write [%s](%s)", shorten(m[3]), shorten(m[2]))
	}},
	{"link-text", Advice, "\xef", false, 0, regexp.MustCompile(`！\[|[［\[]([^［］\[\]\x00]+)[］\]](?:（([^（）()]+)[）)]|［([^（）()]+)）)|［([^［］\x00]+)］\(([^()]+)\)`), func(m []string) (string, string) {
		hint := fmt.Sprintf("write [%s](%s)", shorten(m[1]+m[4]), shorten(m[2]+m[3]+m[5]))
		if m[1]+m[4] == "" {
			hint = "write ![ with the usual signs"
		}
		return "the link prints as text, because its signs are full-width ones", hint
	}},
	{"link-text", Advice, "<", false, 0, regexp.MustCompile(`<(https?://[^\s<>\x00\x01]+|(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s<>\x00\x01]*)?)(>?)`), func(m []string) (string, string) {
		if schemeOf(m[1]) == "" && m[2] == "" && !strings.HasPrefix(m[1], "www.") {
			return "", ""
		}
		return "the < prints as text: an address between < and > has https:// before it and > after it", fmt.Sprintf("write <https://%s>", shorten(strings.TrimPrefix(strings.TrimPrefix(m[1], "https://"), "http://")))
	}},
	{"link-text", Warning, ":", false, 1, regexp.MustCompile(`(?i)(?:^|[^\pL])((?:h{0,2}t{1,3}h?p{1,2}s?|s?ftp|file|smb)://?[\pL\d/][^\s<>\x00\x01]*)`), explainBareAddress},
	{"foreign-markup", Advice, "^", false, 0, regexp.MustCompile(`\^\[([^\[\]]+)\]`), always("the note prints as text", `write [^1] here, and "[^1]: " with the words of the note on a line of its own`)},
	{"foreign-markup", Advice, "[", false, 0, regexp.MustCompile(`\[-?@[\pL\d][\w:.-]*[^\[\]]*\]`), always("the citation prints as text", `write [^1] here, and "[^1]: " with the source on a line of its own`)},
	{"foreign-markup", Advice, "\\", false, 0, regexp.MustCompile(`\\([a-zA-Z]+)\*?(?:\[[^\[\]]*\])?\{[^{}]*\}?`), explainCommand},
	{"foreign-markup", Advice, "$", false, 1, regexp.MustCompile(`(?:^|[^\w$])(\$[^$\s][^$]*\$)(?:$|[^\w$])`), func(m []string) (string, string) {
		if !strings.ContainsAny(m[1], `\^_=`) || unicode.IsDigit(rune(m[1][1])) {
			return "", ""
		}
		return "the formula prints as text", "write it in words and characters, such as H~2~O and m^2^"
	}},
	{"foreign-markup", Advice, "{", false, 0, regexp.MustCompile(`\{(?:quote|code|panel|color|noformat|info|note|tip|warning)(?::[^{}]*)?\}`), always("this is a mark of another program, which prints as text", noteHint+"; else delete the mark")},
	{"foreign-markup", Advice, "{", false, 0, regexp.MustCompile(`\{(?:\+\+|--|~~|>>|==).*?(?:\}|$)`), always("the mark of a change or a comment prints as text", "write the text as it should be, and delete the marks")},
	{"foreign-markup", Advice, "%", false, 0, regexp.MustCompile(`%%[^%]+%%`), always("the comment prints as text", "delete it, or write <!-- and --> round it")},
	{"foreign-markup", Advice, "'", false, 1, regexp.MustCompile(`(?:^|[\s(])('{2,5}\pL[^'\x00]*'{2,5})`), func(m []string) (string, string) {
		mark := "*"
		if strings.HasPrefix(m[1], "'''") {
			mark = "**"
		}
		words := shorten(strings.Trim(m[1], "'"))
		return "the ' marks print as quotation marks", fmt.Sprintf(`for stressed words write %s%s%s, for a quotation "%s"`, mark, words, mark, words)
	}},
	{"foreign-markup", Advice, ":", false, 1, regexp.MustCompile(`(?:^|[\s(])((?:image|link|xref|include|video)::?[^\s\[\]]+\[[^\[\]]*\])`), always("this is a mark of another program, which prints as text", "write [text](address), or for a picture ![what it shows](picture.jpg)")},
	{"raw-html", Warning, "<", false, 0, regexp.MustCompile(`(?i)</?(?:` + htmlTags + `)(?:\s+[\w-]+\s*=[^<>]*>?|\s*/?>)`), func(m []string) (string, string) {
		return fmt.Sprintf("%q is HTML, which is shown as text", shorten(m[0])), insteadOf(m[0])
	}},
	{"raw-html", Advice, "&", true, 0, regexp.MustCompile(`(?i)&lt;/?(?:` + htmlTags + `)(?:\s[^&<>]*)?/?&gt;`), func(m []string) (string, string) {
		tag := html.UnescapeString(m[0])
		return fmt.Sprintf("%q is HTML, which is shown as text", shorten(tag)), insteadOf(tag)
	}},
	{"entity-text", Advice, "&", false, 0, regexp.MustCompile(`(&(?:amp;)?(?:#x?[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]+);)|(&[A-Za-z][A-Za-z0-9]+)(?:$|[^=\w;])|(&#(?:\d+|x[0-9a-fA-F]+))(?:$|[^\d;])`), explainEntity},
	{"entity-text", Advice, "\\", false, 0, regexp.MustCompile(`\\(?:u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2})`), always("the code of a character prints as text", "type the character itself")},
	{"entity-text", Advice, "=", true, 0, regexp.MustCompile(`(?:=[C-F][0-9A-F]=[89AB][0-9A-F](?:=[89AB][0-9A-F])*)+`), always("the codes of an e-mail print as text", "type the characters themselves, or copy the text from a program that shows them")},
	{"link-text", Advice, "[", false, 0, regexp.MustCompile(`(!?\[[^\[\]]*\])\(([^()]*)$`), explainLinkOpen},
	{"link-space", Error, "[", false, 2, regexp.MustCompile(`(!?\[[^\[\]]*\])\(([^()\x00]*(?:\([^()\x00]*\)[^()\x00]*)*)\)`), explainSpacedAddress},
	{"link-undefined", Warning, "[", false, 2, regexp.MustCompile(`(\[[^\[\]^\x00]*\pL[^\[\]]*\])(\[[^\[\]^]*\pL[^\[\]]*\])`), func(m []string) (string, string) {
		return fmt.Sprintf("nothing says where %q leads, so this is shown as text", shorten(strings.Trim(m[2], "[]"))),
			fmt.Sprintf("write the address after the text, %s(address), or \\[ if the brackets are meant", shorten(m[1]))
	}},
	{"link-text", Advice, "]", false, 0, regexp.MustCompile(`(\[[^\[\]\x00]*)?\]\([^\s\x00]`), always("this prints as text; a link is [text](address), without spaces in the address",
		`write the address without spaces, or \[ if the brackets are meant`)},
	{"emphasis-text", Advice, "*", false, 1, regexp.MustCompile(`(?:^|[^*])(\*\*)(\s*)([^*\x00]+?)(\s*)\*\*(?:[^*]|$)`), explainEmphasis},
	{"emphasis-text", Advice, "_", false, 1, regexp.MustCompile(`(?:^|[^_])(__)(\s*)([^_\x00]+?)(\s*)__(?:[^_]|$)`), explainEmphasis},
	{"emphasis-text", Advice, "*", false, 1, regexp.MustCompile(`(?:^|\s)(\*)()(\pL[^*\x00]*)(\s+)\*(?:\pL|$)`), explainEmphasis},
	{"foreign-markup", Advice, "=", false, 1, regexp.MustCompile(`(?:^|[\s(])(==)[^\s=\x00][^=\x00]*==`), always("== prints as text", "write ** on both sides to stress the text, or delete the marks")},
	{"foreign-markup", Advice, "~", false, 1, regexp.MustCompile(`(?:^|[\s(])(~)[^\s~](?:[^~]*[^\s~])?~(?:$|[\s).,;:!?])`), always("the ~ prints as text", `for struck text write ~~ on both sides; for the character itself type \~`)},
	{"foreign-markup", Advice, "+", false, 1, regexp.MustCompile(`(?:^|[\s(])(\+\+)[^\s+\x00][^+\x00]*\+\+`), always("++ prints as text", "delete the marks")},
	{"foreign-markup", Advice, ":", false, 1, regexp.MustCompile(`(?:^|[\s(])(:[a-z][a-z0-9_+-]*:)(?:$|[\s).,;!?])`), func(m []string) (string, string) {
		return fmt.Sprintf("%q prints as text", m[1]), "insert the character itself, or delete it"
	}},
	{"script-text", Advice, "^", false, 1, regexp.MustCompile(`[\pL\d)](\^)(-?\d+)`), func(m []string) (string, string) {
		return "the ^ prints as text", fmt.Sprintf(`for a raised %s write ^%s^; for the character itself type \^`, m[2], m[2])
	}},
	{"symbol-text", Advice, "\xe2\xef", true, 0, regexp.MustCompile(`[\x{200b}\x{2028}-\x{202e}\x{2060}\x{feff}]`), func(m []string) (string, string) {
		r, _ := utf8.DecodeRuneInString(m[0])
		return fmt.Sprintf("an invisible character, U+%04X, is here", r), "delete it with the characters beside it, and type these again"
	}},
	// Four rows rather than one: what begins with a rare byte or with fixed letters is found quickly.
	{"placeholder", Advice, "[", false, 0, regexp.MustCompile(`\[(?i:insert|add|enter|your|to be )[^\[\]\x00]*\]`), explainPlaceholder},
	{"placeholder", Advice, "L", false, 0, regexp.MustCompile(`Lorem ipsum\b.*`), explainPlaceholder},
	{"placeholder", Advice, "O", false, 0, regexp.MustCompile(`\bTODO\b.*`), explainPlaceholder},
	{"placeholder", Advice, "X", false, 0, regexp.MustCompile(`\bX{3,}\b`), explainPlaceholder},
	{"placeholder", Advice, "C", false, 0, regexp.MustCompile(`Click (?:or tap )?here to enter [\w ]+\.?`), explainPlaceholder},
	{"placeholder", Advice, "C", false, 0, regexp.MustCompile(`Choose an item\.`), explainPlaceholder},
	{"placeholder", Advice, "<", false, 0, regexp.MustCompile(`<<\s?\pL[^<>\x00]*>>`), explainPlaceholder},
	{"placeholder", Advice, "E", false, 0, regexp.MustCompile(`Error! (?:Reference source|Bookmark|Hyperlink|No text|Not a valid)[^.\x00]*\.?`), always("Word prints this where it has lost a number or a link", "write what was there, or delete it")},
	{"foreign-markup", Advice, "C", false, 0, regexp.MustCompile(`Comment(?:ed)? \[[^\[\]\s]+\]`), always("the mark of a comment in Word prints as text", "delete it, and the comment")},
	{"foreign-markup", Advice, "H", false, 0, regexp.MustCompile(`HYPERLINK (?:\\l )?["“]?\S+`), always("the code of a link in Word prints as text", "write [text](address)")},
	{"foreign-markup", Advice, ".", true, 0, regexp.MustCompile(`\.\.\.\.+ ?\d{1,3}$`), always("a table of contents prints as text; the page makes its own", "delete its lines")},
	{"foreign-markup", Advice, "^", false, 0, regexp.MustCompile(`\s\^[0-9a-z]{6}$`), always("the mark of a block prints as text", "delete it")},
	{"raw-html", Warning, "<", true, 0, regexp.MustCompile(`</?[a-z][a-z0-9]?:[a-zA-Z]+[^<>]*>`), func(m []string) (string, string) {
		return fmt.Sprintf("%q is a mark of a word processor, which is shown as text", shorten(m[0])), "delete it, and its end mark"
	}},
	{"symbol-text", Advice, "\xee\xef", false, 0, regexp.MustCompile(`[\x{E000}-\x{F8FF}]`), func(m []string) (string, string) {
		r, _ := utf8.DecodeRuneInString(m[0])
		return fmt.Sprintf("U+%04X is a symbol of a word processor's font, which readers see as an empty box", r), "type the character that is meant, or delete it"
	}},
}

// bullet matches the start of a line that a word processor shows as an item of
// a list: a bullet, a letter or a symbol of its fonts, or a hyphen without a
// space after it.
var bullet = regexp.MustCompile(`^([•‣▪▫◦●○■□·⁃∙➢➤✓✔]|\x{F0B7}|\x{F0A7}|\x{F0D8}|\x{F076}|\x{F02D}|[–—-]\t|o\t|[-*+][\x{a0}\x{2002}-\x{200a}\x{202f}]|-\pL|-\[[ xX]?\])`)

// atLineStart are the leftovers at the start of a line of a paragraph.
var atLineStart = []leftover{
	{"heading-text", Advice, "#", false, 0, regexp.MustCompile(`^(#{1,6})([\x{a0}\x{2002}-\x{200a}\x{202f}]?\pL[\pL\pM\pN]*)`), func(m []string) (string, string) {
		words := strings.TrimLeftFunc(m[2], unicode.IsSpace)
		hint := fmt.Sprintf(`for a heading write a space after the marks: "%s %s"`, m[1], words)
		if m[1] == "#" {
			hint += `; for the character itself type \#`
		}
		return fmt.Sprintf("%q prints as text", shorten(m[0])), hint
	}},
	{"list-text", Advice, "\xc2\xe2\xef\xe3-*+o0", true, 0, bullet, func(m []string) (string, string) {
		sign := strings.TrimFunc(m[1], func(r rune) bool { return unicode.IsLetter(r) && r != 'o' || unicode.IsSpace(r) })
		if unicode.Is(unicode.Co, []rune(sign)[0]) {
			sign = fmt.Sprintf("U+%04X", []rune(sign)[0])
		}
		return fmt.Sprintf("%q prints as text, and the lines run together", sign), `for a list begin each line with a hyphen and a space: "- "`
	}},
	{"note-text", Warning, "[", false, 0, regexp.MustCompile(`^\[!(\w+)\]\s*(.*)$`), func(m []string) (string, string) {
		if noteKind([]byte("[!"+m[1]+"]")) >= 0 {
			return fmt.Sprintf("[!%s] prints as text", m[1]), fmt.Sprintf(`write "> [!%s]" on a line of its own, and "> " before each line of the note`, strings.ToUpper(m[1]))
		}
		return fmt.Sprintf("[!%s] is not a kind of note, so it prints as text", m[1]), "write [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION]"
	}},
	{"foreign-markup", Warning, "!?:=", false, 0, regexp.MustCompile(`^(!!!|\?\?\?\+?|:::+|===)(?:\s*["a-z{[].*)?$`), func(m []string) (string, string) {
		return fmt.Sprintf("%q is a mark of another program, which prints as text", m[1]), `for a note write "> [!NOTE]" on a line of its own, and "> " before each line of its text; else delete the mark`
	}},
	{"foreign-markup", Advice, "=", false, 0, regexp.MustCompile(`^(={2,6}) (.+?) ={2,6}$`), func(m []string) (string, string) {
		return fmt.Sprintf("%q prints as text", m[1]), fmt.Sprintf(`for a heading write "%s %s"`, strings.Repeat("#", len(m[1])), shorten(m[2]))
	}},
	{"heading-text", Advice, "\xef", false, 0, regexp.MustCompile(`^＃+\s*(\S.*)`), func(m []string) (string, string) {
		return "the full-width ＃ prints as text", fmt.Sprintf(`for a heading write "## %s"`, shorten(m[1]))
	}},
	{"heading-text", Advice, "#", false, 0, regexp.MustCompile(`^#{7,}\s+(\S.*)`), func(m []string) (string, string) {
		return "the marks print as text: a heading has at most six", fmt.Sprintf(`write "###### %s"`, shorten(m[1]))
	}},
	{"foreign-markup", Advice, "\xef&", true, 0, regexp.MustCompile(`^(?:＞|&gt;)\s*\S`), always("the mark of a quotation prints as text", `write "> " before each line of the quotation`)},
	{"foreign-markup", Advice, ":", true, 0, regexp.MustCompile(`^[a-z][a-z-]*:: \S`), always("the property of another program prints as text", "delete it, or write it as a field of the front matter")},
	{"foreign-markup", Advice, "[{", false, 0, regexp.MustCompile(`(?i)^\[_{0,2}toc_{0,2}\]$`), always("this prints as text; the page makes its own list of contents", "delete the line")},
	{"foreign-markup", Advice, ".", false, 0, regexp.MustCompile(`^\.\. (?:[\w-]+::|_[^:]+:|\[).*`), always("this is a mark of another program, which prints as text", "write Markdown, or delete it")},
	{"foreign-markup", Advice, "*", false, 0, regexp.MustCompile(`^\*\[[^\]]+\]:`), always("the explanation of an abbreviation prints as text", "write the words in full where the abbreviation is used first")},
	{"foreign-markup", Advice, "\\", false, 0, regexp.MustCompile(`^\\(?:newpage|pagebreak|clearpage|item|maketitle|tableofcontents|centering|noindent|hline|(?:begin|end)\{\w+\}|section|subsection|vspace|includegraphics)(?:\b|$).*`), always("this is a command of another program, which prints as text", "write Markdown, or delete it")},
	{"foreign-markup", Advice, "#", false, 0, regexp.MustCompile(`^#\+\w+:?.*`), always("this is a command of another program, which prints as text", "delete the line")},
	{"foreign-markup", Advice, ":", true, 0, regexp.MustCompile(`^:[A-Z][\w -]*:\s`), always("the field prints as text", "write **word**: text")},
	{"foreign-markup", Advice, "hb", false, 0, regexp.MustCompile(`^(?:h([1-6])|bq)\. \S`), func(m []string) (string, string) {
		if m[1] == "" {
			return `"bq." prints as text`, `write "> " before each line of the quotation`
		}
		return fmt.Sprintf("%q prints as text", "h"+m[1]+"."), `for a heading write "## " and its words`
	}},
	{"foreign-markup", Advice, "ie", false, 0, regexp.MustCompile(`^(?:import .+ from ['"]|export (?:const|default) ).*`), always("this is a command of another program, which prints as text", "delete the line")},
	{"heading-text", Advice, "=^+\"#", false, 0, regexp.MustCompile(`^(?:={4,}|\^{4,}|\+{4,}|"{4,}|#{7,})$`), always("the line prints as text", `for a heading write "## " before its words, and delete the line`)},
	{"line-text", Advice, "\xe2", false, 0, regexp.MustCompile(`^(?:[—–―─⸻]\s?){2,}$`), always("the line prints as text", "write three hyphens, ---, between two blank lines")},
	{"code-text", Advice, "'\"\xe2\xc2", true, 0, regexp.MustCompile(`^(?:'{3}|‘{3}|’{3}|´{3}|"{3}|“{3}|”{3})[a-z]*$`), always("the line prints as text", "for code write three of the character ` on a line of their own before and after it")},
	{"list-text", Advice, "[", true, 0, regexp.MustCompile(`^\[\](\s+\S)`), always(`"[]" prints as text`, `for a task write a space between the brackets: "- [ ] "`)},
	{"foreign-markup", Advice, "$", false, 0, regexp.MustCompile(`^\$\$`), always("the formula prints as text", "write it in words and characters, or put in a picture of it")},
}

// atHeadingStart are the leftovers at the start of a heading.
var atHeadingStart = []leftover{
	{"heading-text", Advice, "#", false, 1, regexp.MustCompile(`^(#{1,6})\s+\S`), func(m []string) (string, string) {
		return fmt.Sprintf("%q prints as text", m[1]), "write the marks of a heading once, without spaces between them; for the character itself type \\#"
	}},
}

// leftovers reports the markup of the current block that prints as text. It
// removes the problems after the first reported ones that concern a part of
// that text: one mistake gives one message.
func (c *collector) leftovers(kind blockKind, reported int) {
	p := &c.printed
	if len(p.bytes) == 0 {
		return
	}
	c.claimed = c.claimed[:0]
	clear(c.once)
	before := len(c.state.problems)
	if kind == paragraph {
		c.printedLists()
	}
	for i := range p.lines.Len() {
		line := p.line(i)
		present := bytesOf(line)
		if kind == paragraph {
			c.match(atLineStart, line, present, p.lines.At(i).Start)
		}
		if kind == headingLine {
			c.match(atHeadingStart, line, present, p.lines.At(i).Start)
		}
		c.match(inText, line, present, p.lines.At(i).Start)
	}
	if kind == paragraph {
		c.printedTables() // after the templates, which may hold |
	}
	c.unpaired()
	if len(c.claimed) == 0 || before == reported {
		return
	}
	part := c.state.problems[reported:before]
	kept := slices.DeleteFunc(slices.Clone(part), func(problem Problem) bool {
		return slices.ContainsFunc(c.claimed, func(r [2]int) bool { return r[0] <= problem.Offset && problem.Offset < r[1] })
	})
	if len(kept) < len(part) {
		c.state.problems = slices.Concat(c.state.problems[:reported], kept, c.state.problems[before:])
	}
}

// claim reports source that prints as text, and hides it from later searches.
func (c *collector) claim(severity Severity, code string, start, end int, message, hint string) {
	c.state.reportAs(severity, start, code, message, hint)
	c.claimed = append(c.claimed, [2]int{start, end})
	clear(c.printed.at(start, end-start))
}

// match reports the leftovers of one list in a line that has the given bytes.
func (c *collector) match(list []leftover, line []byte, present *byteSet, start int) {
	for _, l := range list {
		if !present.any(l.trigger) {
			continue
		}
		if c.state.search -= len(line); c.state.search < 0 {
			c.state.exceededAs(Advice, start, "markdown-search", "from here the text is not searched for markup that prints as text, because there is too much of it", "split the page")
			return
		}
		for _, at := range l.pattern.FindAllSubmatchIndex(line, problemsPerCode) {
			match := make([]string, len(at)/2)
			for g := range match {
				if at[2*g] >= 0 {
					match[g] = string(c.src[start+at[2*g] : start+at[2*g+1]])
				}
			}
			message, hint := l.explain(match)
			if message == "" {
				continue
			}
			c.claimed = append(c.claimed, [2]int{start + at[0], start + at[1]})
			clear(line[at[0]:at[1]])
			if l.once && c.once[l.pattern] || l.code == "foreign-markup" && c.closes(match[0]) {
				continue
			}
			c.once[l.pattern] = l.once
			c.state.reportAs(l.severity, start+at[2*l.at], l.code, message, hint)
		}
	}
}

// byteSet is a set of bytes.
type byteSet [256]bool

func bytesOf(line []byte) *byteSet {
	var set byteSet
	for _, b := range line {
		set[b] = true
	}
	return &set
}

// any reports whether one of the bytes is in the set.
func (s *byteSet) any(bytes string) bool {
	for i := range len(bytes) {
		if s[bytes[i]] {
			return true
		}
	}
	return false
}

var (
	// markedLine matches a line that begins as an item of a list does, but that
	// Markdown does not read as one.
	markedLine = regexp.MustCompile(`^(?:[–—→➔⇒»] |[✅❌✖✗✘☐☑☒⭐►▶👉🔹🔸❖] ?\pL|[-=]> |~ |\+\pL|\[[\dxX ]{1,2}\] |\d️?⃣ ?|[٠-٩۰-۹०-९]+[.)] |\(?(?:[a-z]|[ivx]{1,4})[.)]\s+\pL|\d{1,2}[.)]\s*\pL|\(\d{1,2}\)\s)`)
	// definitionLine matches the second line of a definition in other programs.
	definitionLine = regexp.MustCompile(`^:\s+\S`)
)

// printedLists reports lines that begin as items of a list do but run together.
func (c *collector) printedLists() {
	p, marked, circles, first := &c.printed, 0, 0, 0
	for i := range p.lines.Len() {
		line, at := p.line(i), p.lines.At(i).Start
		switch {
		case markedLine.Match(line):
			if marked++; marked == 1 {
				first = i
			}
		case bytes.HasPrefix(line, []byte("o ")): // a round bullet of a word processor, but also a word of some languages
			circles++
		case i > 0 && definitionLine.Match(line):
			c.claim(Advice, "foreign-markup", at, at+1, "the definition prints as text", `write "**word**: definition"`)
		}
	}
	if circles == p.lines.Len() {
		marked = circles
	}
	if marked < 2 {
		return
	}
	at := p.lines.At(first).Start
	mark := strings.Fields(string(p.line(first)))[0]
	c.claim(Advice, "list-text", at, at+len(mark), fmt.Sprintf("%q prints as text, and the lines run together", shorten(mark)),
		`for a list begin each line with "- " or, for a numbered one, with "1. "`)
}

var (
	delimiterRow = regexp.MustCompile(`^\s*\|?(?:\s*(?::-+:?|-+:|-{2,})\s*\|)+(?:\s*(?::-+:?|-+:|-{2,}))?\s*\|?\s*$|^\s*\|\s*(?::-+:?|-+:|-{2,})\s*\|\s*$`)
	// gridRow matches a line between the rows of a table in other programs.
	gridRow   = regexp.MustCompile(`^\s*(?:\+(?:[-=:]{2,}\+)+|={2,}(?:\s+={2,})+|[-]{2,}(?:\s+-{2,})+|[┌├└╔╠╚][─━═┬┼┴╦╬╩┤┐┘]+)\s*$`)
	tabbedRow = regexp.MustCompile(`^[^\t\x00]*[^\s\x00]\t+[^\s\x00]`)
)

// printedTables reports tables that print as text: without the row of hyphens,
// with another number of columns in it, with tabs between cells, or rows below a
// blank line.
func (c *collector) printedTables() {
	p := &c.printed
	rows := func(i int, is func(line []byte) bool) int {
		n := 0
		for i+n < p.lines.Len() && is(p.line(i+n)) {
			n++
		}
		return n
	}
	isRow := func(line []byte) bool { return cells(line) > 1 }
	isTabbed := func(line []byte) bool {
		return bytes.IndexByte(line, '\t') >= 0 && tabbedRow.Match(line) && !bullet.Match(line)
	}
	for i := 0; i < p.lines.Len(); i++ {
		start := p.lines.At(i).Start
		piped, tabbed := rows(i, isRow), rows(i, isTabbed)
		second := []byte(nil)
		if i+1 < p.lines.Len() {
			second = p.line(i + 1)
		}
		switch {
		case gridRow.Match(p.line(i)):
			end := p.lines.At(p.lines.Len() - 1).Stop
			c.claim(Warning, "table-text", start, end, "the table prints as text",
				"write its rows with | between the cells, |---|---| below the headings, and no other lines")
			return
		case cells(p.line(i)) > 0 && delimiterRow.Match(second):
			have, want := columns(second), cells(p.line(i))
			c.claim(Warning, "table-text", p.lines.At(i+1).Start, p.lines.At(i+1).Stop,
				fmt.Sprintf("the table prints as text: it has %s and %s", count(want, "heading"), count(have, "column")),
				"write as many as there are headings: |"+strings.Repeat("---|", min(want, 20)))
			i += max(piped, 1)
		case piped > 0 && i == 0 && c.belowTable:
			c.claim(Warning, "table-text", start, start+1, "the rows print as text, because a blank line is between them and their table", "delete the blank line")
			i += piped
		case piped > 1:
			c.claim(Advice, "table-text", start, start+1, "the table prints as text: the row between headings and cells is missing",
				"write below the headings: |"+strings.Repeat("---|", min(cells(p.line(i)), 20)))
			i += piped
		case rows(i, isCommaRow) > 1:
			c.claim(Advice, "table-text", start, start+1, "the table prints as text: its cells are separated by commas or semicolons",
				"write | between the cells, and below the headings |---|---|")
			return
		case tabbed > 1:
			c.claim(Advice, "table-text", start, start+1, "the table prints as text: its cells are separated by tabs",
				"write | between the cells, and below the headings |---|---|")
			i += tabbed
		}
	}
}

// isCommaRow reports whether a line is a row of a table with commas or semicolons
// between its cells: it has at least two, none with a space after it as in a sentence.
func isCommaRow(line []byte) bool {
	for _, separator := range []string{",", ";"} {
		if bytes.Count(line, []byte(separator)) > 1 && !bytes.Contains(line, []byte(separator+" ")) {
			return true
		}
	}
	return false
}

func count(n int, of string) string {
	if n == 1 {
		return "one " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}
