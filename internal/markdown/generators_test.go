package markdown

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// generator makes a hostile text of about n bytes.
type generator struct {
	name string
	make func(n int) string
}

// repeat repeats a unit.
func repeat(unit string) func(int) string {
	return func(n int) string { return strings.Repeat(unit, n/len(unit)+1) }
}

// around returns n bytes of repeated openers, the middle, and as many closers.
func around(open, middle, end string) func(int) string {
	return func(n int) string {
		k := n/(len(open)+len(end)) + 1
		return strings.Repeat(open, k) + middle + strings.Repeat(end, k)
	}
}

// after repeats a unit after a prefix.
func after(prefix, unit string) func(int) string {
	return func(n int) string { return prefix + strings.Repeat(unit, n/len(unit)+1) }
}

// numbered repeats a format with increasing numbers.
func numbered(format string) func(int) string {
	return func(n int) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
}

// hostile returns all generators: first the pathological cases of cmark
// (test/pathological_tests.py), then others.
func hostile() []generator {
	return []generator{
		{"cmark/nested-strong-emph", around("*a **a ", "b", " a** a*")},
		{"cmark/emph-closers-without-openers", repeat("a_ ")},
		{"cmark/emph-openers-without-closers", repeat("_a ")},
		{"cmark/link-closers-without-openers", repeat("a]")},
		{"cmark/link-openers-without-closers", repeat("[a")},
		{"cmark/mismatched-openers-closers", repeat("*a_ ")},
		{"cmark/issue-389", func(n int) string { return strings.Repeat("*a ", n/6) + strings.Repeat("_a*_ ", n/10) }},
		{"cmark/openers-closers-multiple-of-3", func(n int) string { return "a**b" + strings.Repeat("c* ", n/3) }},
		{"cmark/link-openers-and-emph-closers", repeat("[ a_")},
		{"cmark/pattern-bracket-paren", repeat("[ (](")},
		{"cmark/pattern-image-reverse", repeat("![[]()")},
		{"cmark/hard-link-emph", func(n int) string { return "**x [a*b**c*](d)" + strings.Repeat("**x [a*b**c*](d)", n/16) }},
		{"cmark/nested-brackets", around("[", "a", "]")},
		{"cmark/nested-quotes", after("", "> ")},
		{"cmark/deeply-nested-lists", func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				b.WriteString(strings.Repeat("  ", i) + "* a\n")
			}
			return b.String()
		}},
		{"cmark/nul", repeat("abc\x00de\x00")},
		{"cmark/backticks", func(n int) string {
			var b strings.Builder
			for i := 1; b.Len() < n; i++ {
				b.WriteString("e" + strings.Repeat("`", i))
			}
			return b.String()
		}},
		{"cmark/unclosed-links-a", repeat("[a](<b")},
		{"cmark/unclosed-links-b", repeat("[a](b")},
		{"cmark/unclosed-comment", after("</", "<!--")},
		{"cmark/empty-lines-in-deep-lists", func(n int) string {
			d := min(n/4, 100)
			return strings.Repeat("- ", d) + "x" + strings.Repeat("\n", n)
		}},
		{"cmark/references-collisions", numbered("[x%d]: /u\n")},
		{"cmark/unclosed-declaration", after("a ", "<!A ")},
		{"cmark/unclosed-cdata", after("a ", "<![CDATA[")},
		{"cmark/unclosed-instruction", after("a ", "<?")},
		{"cmark/emph-in-link-text", repeat("[*a](b)")},

		{"blocks/dashes", repeat("- ")},
		{"blocks/stars-and-pluses", repeat("* + - ")},
		{"blocks/ordered", repeat("1. ")},
		{"blocks/quote-list", repeat("> - ")},
		{"blocks/quotes-no-space", repeat(">")},
		{"blocks/quote-ladder", func(n int) string {
			var b strings.Builder
			for i := 1; b.Len() < n; i++ {
				b.WriteString(strings.Repeat(">", i%200) + "a\n")
			}
			return b.String()
		}},
		{"blocks/short-items", repeat("-\n")},
		{"blocks/items", repeat("- a\n")},
		{"blocks/loose-items", repeat("- a\n\n")},
		{"blocks/alternating-items", repeat("- a\n+ a\n")},
		{"blocks/headings", repeat("# a\n")},
		{"blocks/empty-headings", repeat("#\n")},
		{"blocks/setext", repeat("a\n-\n")},
		{"blocks/setext-long", func(n int) string { return strings.Repeat("a\n", n/2) + "===\n" }},
		{"blocks/breaks", repeat("---\n")},
		{"blocks/fences", repeat("```\n")},
		{"blocks/tildes-in-text", after("a ", "~")},
		{"blocks/indented-in-list", func(n int) string {
			return strings.Repeat("- ", 90) + "a\n" + strings.Repeat("\t", n/2) + strings.Repeat("x", n/2)
		}},
		{"blocks/tabs-in-list", func(n int) string {
			return strings.Repeat("-\t", 90) + "a\n" + strings.Repeat(strings.Repeat("\t", 190)+"x\n", n/192)
		}},
		{"blocks/lazy", func(n int) string { return strings.Repeat("> ", 99) + "a\n" + strings.Repeat("b\n", n/2) }},
		{"blocks/deep-then-blank", func(n int) string { return strings.Repeat("1. ", 99) + "x\n" + strings.Repeat(" \n", n/2) }},
		{"blocks/html", repeat("<div>\n\n")},
		{"blocks/html-starts", repeat("<script <pre <style ")},
		{"blocks/comments", repeat("<!-- a -->\n")},
		{"blocks/blank", repeat("\n")},
		{"blocks/long-line", repeat("abcdefghi ")},
		{"blocks/crlf", repeat("a\r\n\r\n")},

		{"tables/wide", func(n int) string {
			k := n / 5
			return strings.Repeat("|", k) + "a|\n" + strings.Repeat("|-", k) + "|-|\n" + strings.Repeat("a\n", k)
		}},
		{"tables/square", func(n int) string {
			k := n / 8
			return strings.Repeat("|a", k) + "|\n" + strings.Repeat("|-", k) + "|\n" + strings.Repeat("|\n", k)
		}},
		{"tables/many", repeat("|a|\n|-|\n|b|\n\n")},
		{"tables/code-pipes", func(n int) string {
			return "a|b\n-|-\n" + strings.Repeat("`\\|`|`\\|`\n", min(n/10, MaxTableCells/2-1))
		}},
		{"tables/delimiters", after("a|b|c\n", "-|-\n")},
		{"tables/pipes", after("a\n", "|||||||||||||||||||\n")},
		{"tables/one-cell", func(n int) string { return "a|b\n-|-\n" + strings.Repeat("*a_ ", n/4) + "|x" }},

		{"inline/strong-openers", repeat("**a ")},
		{"inline/long-runs", repeat("a*******b_______")},
		{"inline/strike", repeat("~~a ~b~~ ")},
		{"inline/strike-nested", around("~~a ~a ", "b", " a~ a~~")},
		{"inline/one-run-of-stars", repeat("*")},
		{"inline/one-run-of-tildes", after("a", "~")},
		{"inline/one-run-of-quotes", repeat("\"")},
		{"inline/one-run-of-apostrophes", repeat("'")},
		{"inline/quotes", repeat("\"a 'b ")},
		{"inline/dashes-and-dots", repeat("a--b...c---")},
		{"inline/angle-quotes", repeat("<<a>>")},
		{"inline/brackets-by-line", repeat("[a]\n")},
		{"inline/brackets-at-start", func(n int) string {
			return strings.Repeat("[", 490) + strings.Repeat("a\n", n/2) + strings.Repeat("]", 490)
		}},
		{"inline/brackets-then-lines", func(n int) string {
			return strings.Repeat("[", 490) + strings.Repeat("]a\n", n/3)
		}},
		{"inline/images", repeat("![a](b)")},
		{"inline/nested-images", around("![a", "x", "](b)")},
		{"inline/links", repeat("[a](b) ")},
		{"inline/link-titles", repeat("[a](b \"c")},
		{"inline/link-parens", repeat("[a]((((((((")},
		{"inline/emphasis-and-links", after("*x ", "[*a](b) ")},
		{"inline/autolinks", repeat("<a:b>")},
		{"inline/unclosed-autolinks", repeat("<a:b")},
		{"inline/www", repeat("_www.")},
		{"inline/bare-urls", repeat("http://a.b/_")},
		{"inline/bare-urls-parens", after("http://a.b/", "(")},
		{"inline/bare-urls-trailing", repeat("http://a.b/?!.,:*_~)))) ")},
		{"inline/emails", repeat("_a_a_a_a_a_a_a_a_a_a_a_a_a_a_a@a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a")},
		{"inline/tags", repeat("<a b='c' ")},
		{"inline/tags-quoted", repeat("<a b=\" c='")},
		{"inline/tag-attributes", after("x <a", " b")},
		{"inline/entities", repeat("&amp;&#1;&x")},
		{"inline/ampersands", repeat("&")},
		{"inline/entity-names", repeat("&aaaaaaaaaaaaaaaaaaaaaaaa")},
		{"inline/backslashes", repeat("\\")},
		{"inline/hard-breaks", repeat("a\\\n")},
		{"inline/code", repeat("`a` ")},
		{"inline/backticks-by-line", func(n int) string {
			var b strings.Builder
			for i := 1; b.Len() < n; i++ {
				b.WriteString(strings.Repeat("a\n", i) + strings.Repeat("`", i) + "\n")
			}
			return b.String()
		}},
		{"inline/exclamations", repeat("!")},
		{"inline/nul-bytes", repeat("\x00")},
		{"inline/not-utf8", repeat("\xff")},

		{"references/definitions", repeat("[a]: b\n")},
		{"references/definitions-apart", repeat("[a]: b\n\n")},
		{"references/titles", repeat("[a]: b \"\n")},
		{"references/expansion", func(n int) string {
			return "[a]: /" + strings.Repeat("x", n/2) + "\n\n" + strings.Repeat("[a] ", n/8)
		}},
		{"references/uses", func(n int) string { return "[a]: b\n\n" + strings.Repeat("[a]\n\n", n/5) }},

		{"footnotes/definitions", numbered("[^%d]: a\n")},
		{"footnotes/marks", func(n int) string { return strings.Repeat("[^a] ", n/5) + "\n\n[^a]: b\n" }},
		{"footnotes/marks-and-definitions", func(n int) string {
			return numbered("[^%d] ")(n/2) + "\n\n" + numbered("[^%d]: a\n\n")(n/2)
		}},
		{"footnotes/nested", repeat("[^a]: ")},
		{"footnotes/undefined", repeat("[^a")},

		{"quotes/alternating", repeat("\"'")},
		{"quotes/alternating-words", repeat("\"a'b ")},
		{"quotes/open", repeat("'a ")},
		{"scripts/open", repeat("a~b")},
		{"scripts/closed", repeat("a~b~^c^")},
		{"notes/many", repeat("> [!NOTE]\n\n")},
		{"notes/nested", repeat("> [!TIP]\n> > ")},
		{"headings/same-id", repeat("# a {#a}\n")},
		{"headings/ids", numbered("# a {#a%d}\n")},
		{"figures/many", repeat("![a](b.png \"c. Credit: d\")\n\n")},
		{"figures/long-caption", func(n int) string { return "![a](b.png \"" + strings.Repeat("Photo by . ", n/11) + "\")" }},
		{"direction/both", repeat("a\n\nب\n\n")},
		{"east-asian/emphasis", repeat("**「あ」**")},
		{"east-asian/lines", repeat("あ\n")},
		{"cells/breaks", func(n int) string { return "a|b\n-|-\n" + strings.Repeat("<br>", n/4) + "|x" }},
		{"leftovers/templates", repeat("{{ a }} {% b %} ")},
		{"leftovers/open-templates", repeat("{{ a {% b ")},
		{"leftovers/links-and-templates", repeat("[a]({{ b ")},
		{"leftovers/attributes", repeat("{.a b=c} {: #d} ")},
		{"leftovers/open-attributes", repeat("{.a \"")},
		{"leftovers/wiki", repeat("[[a]] [[b ")},
		{"leftovers/codes", repeat("[a b=c][d][/d]")},
		{"leftovers/links", repeat("[a] (b.md) (c)[d.md] [e](f g.md) [h][i] [j](k ")},
		{"leftovers/open-links", repeat("[a](b (c ")},
		{"leftovers/emphasis", repeat("**a ** b __c __ *d *e")},
		{"leftovers/marks", repeat("==a== ++b++ :c: d^2 ")},
		{"leftovers/bullets", repeat("• a\n")},
		{"leftovers/letters", repeat("a) b\n")},
		{"leftovers/definitions", repeat("a\n: b\n")},
		{"leftovers/rows", repeat("a | b\n")},
		{"leftovers/rows-apart", repeat("a | b\nc\n")},
		{"leftovers/delimiters", repeat("a | b\n---\n")},
		{"leftovers/tabs", repeat("a\tb\n")},
		{"leftovers/tabs-in-line", repeat("a\t")},
		{"leftovers/symbols", repeat("\uf0b7\ufffd")},
		{"leftovers/code", repeat("a\n\n\tb\n\n")},
		{"leftovers/tags", repeat("<br><sub>a</sub>")},
		{"leftovers/cells", func(n int) string { return "a|b\n-|-\n" + strings.Repeat("a|b|c\n", min(n/6, MaxTableCells/2-1)) }},
		{"addresses/bare", repeat("https://example.org/a ")},
		{"addresses/percent", repeat("[a](%zz) ")},

		{"mixed/random-punctuation", func(n int) string {
			const alphabet = "*_[]()!<>`~&#|-:\\\n\n a\"'^=+1.\t"
			r := rand.New(rand.NewPCG(1, 2))
			b := make([]byte, n)
			for i := range b {
				b[i] = alphabet[r.IntN(len(alphabet))]
			}
			return string(b)
		}},
		{"mixed/random-lines", func(n int) string {
			units := []string{"- ", "> ", "1. ", "a|b\n", "-|-\n", "*a ", "[x](y)", "`", "\n", "\n\n", "  ", "[^1]", "[^1]: ", "<b>", "==\n", "# "}
			r := rand.New(rand.NewPCG(3, 4))
			var b strings.Builder
			for b.Len() < n {
				b.WriteString(units[r.IntN(len(units))])
			}
			return b.String()
		}},
	}
}
