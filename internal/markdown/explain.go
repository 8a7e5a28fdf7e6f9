// What to type instead of markup that prints as text.

package markdown

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isAddress matches text that is meant as the address of a link.
var isAddress = regexp.MustCompile(`(?i)^\s*<?(?:\x01|https?:|www\.|mailto:|tel:|\.{0,2}/|#\S+$|\S+@\S+\.\S+)|[^ .]\.[a-z][a-z0-9]{1,4}(?:#\S*)?>?\s*$`)

// explainTemplate explains a tag of a site generator's templates.
func explainTemplate(m []string) (message, hint string) {
	tag := m[1]
	hint = "write the text that it stands for, or delete it; to show the tag itself, put it between backticks"
	switch inside := strings.TrimLeft(tag, "{<% "); {
	case strings.HasPrefix(inside, "figure"), strings.HasPrefix(inside, "img"), strings.HasPrefix(inside, "image"), strings.HasPrefix(inside, "picture"):
		hint = pictureHint
	case strings.HasPrefix(inside, "youtube"), strings.HasPrefix(inside, "vimeo"), strings.HasPrefix(inside, "tweet"), strings.HasPrefix(inside, "video"), strings.HasPrefix(inside, "gist"):
		hint = "link to it: [title](https://…)"
	case strings.HasPrefix(inside, "ref"), strings.HasPrefix(inside, "relref"), strings.HasPrefix(inside, "link"), strings.HasPrefix(inside, "post_url"), strings.HasPrefix(inside, "site.url"), strings.HasPrefix(inside, "site.base"), strings.Contains(m[0], "]("):
		hint = "write the path of the Markdown file or the picture from here, such as [text](../cases/name.md)"
	case strings.HasPrefix(inside, "note"), strings.HasPrefix(inside, "callout"), strings.HasPrefix(inside, "alert"), strings.HasPrefix(inside, "admonition"), strings.HasPrefix(inside, "notice"), strings.HasPrefix(inside, "hint"):
		hint = noteHint
	}
	return fmt.Sprintf("%q is a template tag of another program, which prints as text", shorten(tag)), hint
}

// attribute matches one attribute between braces.
var attribute = regexp.MustCompile(`^(?:[#.][\w:-]+|(?i:width|height|target|rel|class|id|style|align|loading|alt|title|lang|dir|data-\w+)=(?:"[^"]*"|'[^']*'|[^\s"']*)|[a-z]\w*="[^"]*")$`)

// explainAttributes explains attributes in braces, as Pandoc and kramdown have.
func explainAttributes(m []string) (message, hint string) {
	kramdown := strings.HasPrefix(m[0], "{:")
	if m[1] == "" && !kramdown {
		return "", ""
	}
	quoted := false
	words := strings.FieldsFunc(m[1], func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && unicode.IsSpace(r)
	})
	for _, word := range words {
		if !attribute.MatchString(word) && !kramdown {
			return "", ""
		}
	}
	hint = "delete it"
	switch {
	case strings.Contains(m[1], "width") || strings.Contains(m[1], "height"):
		hint = "delete it: pictures are fitted to the page"
	case strings.Contains(m[1], "target"):
		hint = "delete it: links open in the same window"
	case strings.Contains(m[1], "#") || strings.Contains(m[1], "id="):
		hint = "an id is written at the end of a heading, alone in its braces: ## Heading {#id}"
	}
	return fmt.Sprintf("%q prints as text", shorten(m[0])), hint
}

func explainWikiLink(m []string) (message, hint string) {
	if strings.HasPrefix(m[0], "!") {
		return fmt.Sprintf("%q prints as text", shorten(m[0])), pictureHint
	}
	if strings.EqualFold(strings.Trim(m[1], "_"), "toc") {
		return fmt.Sprintf("%q prints as text; the page makes its own list of contents", shorten(m[0])), "delete it"
	}
	name, label, ok := strings.Cut(m[1], "|")
	if !ok {
		label = name
	}
	return fmt.Sprintf("%q prints as text", shorten(m[0])), fmt.Sprintf("write [%s](file.md), with the path of the Markdown file", shorten(strings.TrimSpace(label)))
}

func explainLinkSpace(m []string) (message, hint string) {
	if m[1] == "" && !isAddress.MatchString(m[3]) {
		return "", ""
	}
	address := shorten(m[3])
	if strings.Contains(strings.TrimSpace(linkTitle.ReplaceAllString(address, "")), " ") {
		address = "<" + address + ">"
	}
	return "the link prints as text, because there is a space before its address", fmt.Sprintf("delete the space: %s[%s](%s)", m[1], shorten(m[2]), address)
}

func explainLinkReversed(m []string) (message, hint string) {
	if !isAddress.MatchString(m[2]) {
		return "", ""
	}
	return "the link prints as text, because its brackets are the wrong way round", fmt.Sprintf("write [%s](%s)", shorten(m[1]), shorten(m[2]))
}

func explainLinkOpen(m []string) (message, hint string) {
	if !isAddress.MatchString(m[2]) {
		return "", ""
	}
	return "the link prints as text, because its address does not end", fmt.Sprintf("write ) at its end: %s(%s)", shorten(m[1]), shorten(strings.TrimSpace(m[2])))
}

// explainLinkSwallowed explains (address)[text], where the bare address
// includes the brackets after it.
func explainLinkSwallowed(m []string) (message, hint string) {
	parts := reversed.FindStringSubmatch(m[0])
	if parts == nil {
		return "", ""
	}
	return "the link prints as text, because its brackets are the wrong way round", fmt.Sprintf("write [%s](%s)", shorten(parts[2]), shorten(parts[1]))
}

// reversed matches the text and the address of a link in the wrong order.
var reversed = regexp.MustCompile(`^\((\S+?)\)\[([^\[\]]+)\]$`)

func explainLinkNoBracket(m []string) (message, hint string) {
	if !isAddress.MatchString(m[3]) {
		return "", ""
	}
	return "the link prints as text, because ] is missing after its words", fmt.Sprintf("write [%s](%s)", shorten(m[2]), shorten(m[3]))
}

// accessed matches the text after the address in a reference.
var accessed = regexp.MustCompile(`(?i)accessed|retrieved|viewed|visited|checked|archived`)

// explainBareAddress explains an address in the text that is not a link.
func explainBareAddress(m []string) (message, hint string) {
	address := strings.TrimRight(m[1], ".,;:!?)"+quoteMarks)
	if r := check(Hyperlink, address); r != nil {
		return r.message, r.hint
	}
	if bareURL.FindString(address) == address && strings.IndexAny(m[0], quoteMarks) != 0 {
		return "", "" // between brackets, where a bare address does not become a link
	}
	return fmt.Sprintf("the address %q prints as text", shorten(address)), fmt.Sprintf("put < > round it: <%s>", shorten(address))
}

// explainCommand explains a command of LaTeX.
func explainCommand(m []string) (message, hint string) {
	hint = "write Markdown, or delete it"
	switch m[1] {
	case "textbf", "underline":
		hint = "write **text**"
	case "textit", "emph":
		hint = "write *text*"
	case "texttt", "verb":
		hint = "write `text`"
	case "href", "url":
		hint = "write [text](address)"
	case "footnote", "cite", "citep", "citet", "parencite", "autocite":
		hint = `write [^1] here, and "[^1]: " with the words of the note on a line of its own`
	case "section", "subsection", "subsubsection", "chapter", "paragraph":
		hint = `for a heading write "## " and its words`
	}
	return fmt.Sprintf("%q is a command of another program, which prints as text", shorten(m[0])), hint
}

func explainPlaceholder(m []string) (message, hint string) {
	return fmt.Sprintf("%q is in the place of a text", shorten(m[0])), "write the text, or delete it"
}

// explainEntity explains the name of a character that is not in HTML, or is not
// written correctly.
func explainEntity(m []string) (message, hint string) {
	text := m[1] + m[2] + m[3] // one of these
	if inner, ok := strings.CutPrefix(text, "&amp;"); ok {
		if is := html.UnescapeString("&" + inner); !strings.HasSuffix(inner, ";") || is == "&"+inner {
			return "", ""
		}
		text = "&" + inner
		return fmt.Sprintf("%q prints as text", text), fmt.Sprintf("type the character itself, or write %s", text)
	}
	is := html.UnescapeString(text)
	whole := utf8.RuneCountInString(is) <= 2 && !strings.HasPrefix(is, "&")
	switch {
	case whole && strings.HasSuffix(text, ";"):
		return "", ""
	case whole:
		return fmt.Sprintf("%q prints as text", text), fmt.Sprintf("type the character itself, or write %s;", text)
	case strings.HasSuffix(text, ";"):
		return fmt.Sprintf("%q is not the name of a character, so it prints as text", shorten(text)), "type the character itself"
	}
	return "", ""
}

var (
	// linkTitle matches the title after the address of a link.
	linkTitle = regexp.MustCompile(`\s+(?:"[^"]*"|'[^']*')$`)
	// curly matches the same in curly quotes.
	curly = regexp.MustCompile(`\s+[“”„‘’]([^“”„‘’]*)[“”‘’]$`)
	// fileEnd matches an address that ends in a file extension.
	fileEnd = regexp.MustCompile(`[^ .]\.[A-Za-z][A-Za-z0-9]{1,4}$`)
)

// explainSpacedAddress explains a link whose address has a space in it.
func explainSpacedAddress(m []string) (message, hint string) {
	address := strings.TrimSpace(m[2])
	if strings.ContainsAny(address, "<>") {
		return "", ""
	}
	if title := curly.FindStringSubmatch(address); title != nil {
		address = strings.TrimSuffix(address, title[0])
		return "the link prints as text, because its title is in curly quotes",
			fmt.Sprintf(`type straight quotes: %s(%s "%s")`, shorten(m[1]), shorten(address), shorten(title[1]))
	}
	title := linkTitle.FindString(address)
	address = strings.TrimSpace(strings.TrimSuffix(address, title))
	if !strings.ContainsAny(address, " \t") {
		return "", ""
	}
	message = fmt.Sprintf("the address %q has a space in it, so this is shown as text", shorten(address))
	switch scheme := schemeOf(address); {
	case scheme == "mailto":
		return message, fmt.Sprintf("write the address without spaces, (%s)", strings.Join(strings.Fields(address), ""))
	case scheme == "tel":
		return message, fmt.Sprintf("write the number without spaces, (%s)", strings.Join(strings.Fields(address), ""))
	case scheme != "":
		return message, fmt.Sprintf("write %%20 for each space, (%s%s)", strings.Join(strings.Fields(address), "%20"), title)
	case fileEnd.MatchString(address):
		return message, fmt.Sprintf("put < > round the address, (<%s>%s), or rename the file with hyphens", shorten(address), title)
	}
	return "", ""
}

func explainEmphasis(m []string) (message, hint string) {
	inside := strings.TrimSpace(m[3])
	if m[2] == "" && m[4] == "" && m[1] == "__" {
		return "", "" // part of a name
	}
	if m[2] == "" && m[4] == "" {
		return fmt.Sprintf("the %s prints as text", m[1]), fmt.Sprintf(`write a space before the first %s and after the last; for the characters themselves type %s`, m[1], escaped(m[1]))
	}
	return fmt.Sprintf("the %s prints as text, because there is a space between it and the words", m[1]),
		fmt.Sprintf(`write the space outside: %s%s%s; for the characters themselves type %s`, m[1], shorten(inside), m[1], escaped(m[1]))
}

// escaped returns marks with a backslash before each.
func escaped(marks string) string {
	return strings.ReplaceAll(marks, marks[:1], `\`+marks[:1])
}
