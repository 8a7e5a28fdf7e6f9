package frontmatter

// Markup in plain text, which pages would show literally.

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/problem"
)

// markups matches the kinds of markup. The only group is the text inside.
var markups = []*regexp.Regexp{
	regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()\s]*\)`),                                                // [a link](address)
	regexp.MustCompile(`\[\[([^\[\]]*)\]\]`),                                                          // [[a link]]
	regexp.MustCompile("`+([^`]+)`+"),                                                                 // `code`
	regexp.MustCompile(`\*{2,3}([^*\s](?:[^*]*[^*\s])?)\*{2,3}`),                                      // **bold**
	regexp.MustCompile(`\b_{2}([^_\s](?:[^_]*[^_\s])?)_{2}\b`),                                        // __bold__
	regexp.MustCompile(`\B\*([^*\s](?:[^*]*[^*\s])?)\*\B`),                                            // *italic*
	regexp.MustCompile(`\b_([^_\s](?:[^_]*[^_\s])?)_\b`),                                              // _italic_
	regexp.MustCompile(`~~([^~\s](?:[^~]*[^~\s])?)~~`),                                                // ~~struck out~~
	regexp.MustCompile(`(?i)<(?:https?://|mailto:)([^<>\s]+)>`),                                       // <https://example.org>
	regexp.MustCompile(`(?i)<(?:` + elements + `)(?:[\s][^<>]*)?>([^<>]*)</(?:` + elements + `)>`),    // <b>bold</b>
	regexp.MustCompile(`(?i)</?(?:` + elements + `)(?:[\s][^<>]*)?/?>()`),                             // <br>
	regexp.MustCompile(`(?:[A-Z][A-Za-z]*|[0-9])(?:~[0-9A-Za-z+−-]{1,4}~|\^[0-9A-Za-z+−-]{1,4}\^)()`), // CO~2~
}

// elements are the names of the HTML elements that people write in texts.
const elements = "a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|pre|q|s|script|small|span|strike|strong|style|sub|sup|table|td|th|tr|tt|u|ul"

// entity matches an HTML character reference, such as &amp;.
var entity = regexp.MustCompile(`&(?:#[0-9]+|#[xX][0-9a-fA-F]+|` + entities + `);`)

// entities are the names of the character references that people and programs
// write in texts. All of them would be 20 KB more for the form.
const entities = "amp|lt|gt|quot|apos|nbsp|ensp|emsp|thinsp|shy|[nm]dash|[lr]squo|sbquo|[lrb]dquo|[lr]aquo|hellip|bull|middot|copy|reg|trade|deg|plusmn|times|divide|frac12|frac14|frac34|sup[123]|micro|" +
	"euro|pound|yen|cent|sect|para|dagger|iexcl|iquest|[AEIOUYaeiouy]acute|[AEIOUaeiou](?:grave|circ|uml)|yuml|[ANOano]tilde|[Cc]cedil|[Aa]ring|[Oo]slash|AElig|aelig|OElig|oelig|szlig|ETH|eth|THORN|thorn|" +
	"ord[fm]|[Ss]caron|alpha|beta|gamma|delta|mu|[lr]arr|le|ge|ne|asymp"

// MarkupPatterns returns patterns that match markup in a plain text, as regular
// expressions that Go and scripts read alike, apart from "(?i)" at the start.
func MarkupPatterns() []string {
	var all []string
	for _, markup := range append(slices.Clone(markups), entity) {
		all = append(all, strings.ReplaceAll(markup.String(), `\s`, `\t\n\f\r `)) // \s is within brackets only; in scripts it has more characters
	}
	return all
}

// newLine matches the tags that begin a new line.
var newLine = regexp.MustCompile(`(?i)^</?(?:br|div|h[1-6]|hr|li|ol|p|t[dhr]|ul)\b[^<>]*>$`)

// markupIn returns the first markup in a text, or "" if there is none, and the text
// without markup.
func markupIn(text string) (found, plain string) {
	at := len(text)
	note := func(m []int) {
		if m != nil && m[0] < at {
			at, found = m[0], text[m[0]:m[1]]
		}
	}
	plain = text
	for _, markup := range markups {
		note(markup.FindStringIndex(text))
		plain = markup.ReplaceAllStringFunc(plain, func(whole string) string {
			if newLine.MatchString(whole) {
				return " "
			}
			if strings.HasPrefix(whole, "<") || !strings.ContainsAny(whole[1:], "~^") || strings.HasPrefix(whole, "~~") {
				return markup.ReplaceAllString(whole, "$1")
			}
			return strings.NewReplacer("~", "", "^", "").Replace(whole)
		})
	}
	note(entity.FindStringIndex(text))
	if found == "" {
		return "", text
	}
	return found, strings.Join(strings.Fields(html.UnescapeString(plain)), " ")
}

func markupMessage(found string) string {
	return fmt.Sprintf("%q is markup, which this plain text shows as it is", Shorten(found))
}

// checkMarkup reports markup in a text that pages show literally.
func (d *decoder) checkMarkup(n *yaml.Node, text string) {
	if !strings.ContainsAny(text, "*_`<~^&[") {
		return
	}
	found, plain := markupIn(text)
	if found == "" {
		return
	}
	p := problem.Problem{Severity: problem.Warning, Code: "markup", Message: markupMessage(found), Hint: "write " + Shorten(plain)}
	at := d.at(n)
	if start, end, ok := d.span(n); ok {
		if i := strings.Index(string(d.text[start:end]), found); i >= 0 {
			at = d.position(start + i)
		}
		p.Fix = d.edit(start, end, Scalar(plain))
	}
	if plain == "" {
		p.Hint, p.Fix = "write it as plain text", problem.Edit{}
	}
	d.Add(p, at)
}
