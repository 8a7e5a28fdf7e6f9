package markdown

import (
	"os"
	"strings"
	"testing"
)

// mistake is a text with one mistake, what is reported, and the text after its
// author followed the hint.
type mistake struct{ src, code, at, hint, fixed string }

// mistakes are common mistakes in Markdown. Each gives one problem, and none after
// it is fixed as the hint says.
var mistakes = []mistake{
	// Pasted from a word processor.
	{"• one\n• two\n• three", "list-text", "•", `"- "`, "- one\n- two\n- three"},
	{"\uf0b7\tone\n\uf0b7\ttwo", "list-text", "\uf0b7", `"- "`, "- one\n- two"},
	{"Text:\n–\tone\n–\ttwo", "list-text", "–\tone", `"- "`, "Text:\n- one\n- two"},
	{"-Dash\n-Dash", "list-text", "-Dash", `"- "`, "- Dash\n- Dash"},
	{"- one\n  • two\n", "list-text", "•", `"- "`, "- one\n  - two\n"},
	{"-\u00a0one\n-\u00a0two", "list-text", "-\u00a0one", `"- "`, "- one\n- two"},
	{"a) one\nb) two", "list-text", "a)", `"1. "`, "1. one\n2. two"},
	{"1.one\n2.two", "list-text", "1.one", `"1. "`, "1. one\n2. two"},
	{"(1) one\n(2) two", "list-text", "(1)", `"1. "`, "1. one\n2. two"},
	{"– one\n– two", "list-text", "– one", `"- "`, "- one\n- two"},
	{"a\n\n\tA paragraph with a tab.", "code-indented", "A paragraph", "delete the spaces", "a\n\nA paragraph with a tab."},
	{"a\n\n    Four spaces.\n    More.", "code-indented", "Four spaces", "delete the spaces", "a\n\nFour spaces.\nMore."},
	{"#Heading", "heading-text", "#Heading", `"# Heading"`, "# Heading"},
	{"Text\n###Heading", "heading-text", "###Heading", `"### Heading"`, "Text\n### Heading"},
	{"##\u00a0Heading", "heading-text", "##", `"## Heading"`, "## Heading"},
	{"#hashtag", "heading-text", "#", `\#`, `\#hashtag`},
	{"See [x] (https://example.org/a).", "link-text", "[x]", "[x](https://example.org/a)", "See [x](https://example.org/a)."},
	{"See [x] (my plan.docx).", "link-text", "[x]", "[x](<my plan.docx>)", "See [x](<my plan.docx>)."},
	{"See (x)[https://example.org/a].", "link-text", "(x)", "[x](https://example.org/a)", "See [x](https://example.org/a)."},
	{"See (Plan)[plan.pdf].", "link-text", "(Plan)", "[Plan](plan.pdf)", "See [Plan](plan.pdf)."},
	{"See [x](https://example.org/a", "link-text", "[x]", "[x](https://example.org/a)", "See [x](https://example.org/a)"},
	{"![Ward] (ward.jpg)", "link-text", "![Ward]", "![Ward](ward.jpg)", "![Ward](ward.jpg)"},
	{"[a](b.md “A title”)", "link-space", "b.md", `[a](b.md "A title")`, `[a](b.md "A title")`},
	{"[a](tel:+44 20 7946)", "link-space", "tel:", "(tel:+44207946)", "[a](tel:+44207946)"},
	{"[a](https://example.org/a b)", "link-space", "https:", "(https://example.org/a%20b)", "[a](https://example.org/a%20b)"},
	{"[a](see below)", "link-text", "[a]", `\[`, `\[a\](see below)`},
	{"| A | B |\n| 1 | 2 |", "table-text", "| A", "|---|---|", "| A | B |\n|---|---|\n| 1 | 2 |"},
	{"A | B\n1 | 2", "table-text", "A |", "|---|---|", "A | B\n---|---\n1 | 2"},
	{"A\tB\n1\t2", "table-text", "A\t", "|", "A | B\n---|---\n1 | 2"},
	{"| a | b |\n| --- |\n| 1 | 2 |", "table-text", "| ---", "|---|---|", "| a | b |\n|---|---|\n| 1 | 2 |"},
	{"| a | b |\n|---|---|\n| 1 | 2 | 3 | |\n| 4 |", "table-cells", "3", "heading", "| a | b | c |\n|---|---|---|\n| 1 | 2 | 3 | |\n| 4 |"},
	{"| a | b |\n|---|---|\n| 1 | 2 |\nThe end.", "table-cells", "The end", "blank line", "| a | b |\n|---|---|\n| 1 | 2 |\n\nThe end."},
	{"| a | b |\n|---|---|\n\n| 1 | 2 |", "table-text", "| 1", "delete the blank line", "| a | b |\n|---|---|\n| 1 | 2 |"},
	{"| a | b |\n|---|---|\n| 1 | 2 |\n\n| 3 | 4 |\n| 5 | 6 |", "table-text", "| 3", "delete the blank line", "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |"},
	{"This is ~gone now~, sadly.", "foreign-markup", "~gone", "write ~~", "This is ~~gone now~~, sadly."},
	{"2019. A year of floods.", "list-text", "2019.", `2019\.`, `2019\. A year of floods.`},
	{"See !(pot.jpg).", "link-text", "!(pot", "![what it shows](pot.jpg)", "See ![A pot](pot.jpg)."},
	{"See “https://example.org/q”.", "link-text", "https:", "<https://example.org/q>", "See “<https://example.org/q>”."},
	{"x[^a]\n\n[^a]:", "footnote-undefined", "[^a]:", "[^a]: text", "x[^a]\n\n[^a]: b"},
	{"The **bold **after", "emphasis-text", "**bold", "**bold**", "The **bold** after"},
	{"The ** bold** after", "emphasis-text", "** bold", "**bold**", "The **bold** after"},
	{"The __bold __after", "emphasis-text", "__bold", "__bold__", "The __bold__ after"},
	{"*one\n*two\n*three", "list-text", "*one", `"- "`, "- one\n- two\n- three"},
	{"*One thing.\n\n*Another.", "list-text", "*One", `"- "`, "- One thing.\n- Another."},
	{"See <https://example.org/a and b", "link-text", "<https", "write <https://example.org/a>", "See <https://example.org/a> and b"},
	{"See <https://example.org/a", "link-text", "<https", "write <https://example.org/a>", "See <https://example.org/a>"},
	{"See <www.example.org>.", "link-text", "<www", "write <https://www.example.org>", "See <https://www.example.org>."},
	{"See <example.org/report>.", "link-text", "<example", "write <https://example.org/report>", "See <https://example.org/report>."},
	{"Text\n\n[ref]: a.md", "link-unused", "[ref]", "write [ref]", "Text [ref]\n\n[ref]: a.md"},
	{"a,b,c\n1,2,3", "table-text", "a,b", "|", "a | b | c\n---|---|---\n1 | 2 | 3"},
	{"✅ one\n✅ two", "list-text", "✅", `"- "`, "- one\n- two"},
	{"-> one\n-> two", "list-text", "->", `"- "`, "- one\n- two"},
	{"[1] one\n[2] two", "list-text", "[1]", `"1. "`, "1. one\n2. two"},
	{"+one\n+two", "list-text", "+one", `"- "`, "- one\n- two"},
	{"1️⃣ one\n2️⃣ two", "list-text", "1", `"1. "`, "1. one\n2. two"},
	{"＃ Heading", "heading-text", "＃", `"## Heading"`, "## Heading"},
	{"####### Heading", "heading-text", "#######", `"###### Heading"`, "###### Heading"},
	{"&gt; one", "foreign-markup", "&gt;", `"> "`, "> one"},
	{"tags:: one, two", "foreign-markup", "tags::", "delete it", ""},
	{"A paragraph. ^abc123", "foreign-markup", " ^abc", "delete it", "A paragraph."},
	{"<o:p></o:p>Text", "raw-html", "<o:p>", "delete it", "Text"},
	{"One\u200bword", "symbol-text", "\u200b", "type these again", "Oneword"},
	{"One \u202edrow backwards", "symbol-text", "\u202e", "type these again", "One word backwards"},
	{"[insert quote here]", "placeholder", "[insert", "write the text", "A quote."},
	{"Click or tap here to enter text.", "placeholder", "Click", "write the text", "A quote."},
	{"See <<Name of ward>>.", "placeholder", "<<", "write the text", "See the ward."},
	{"See Error! Reference source not found.", "placeholder", "Error!", "write what was there", "See below."},
	{"Comment [GB1]: Is this so?", "foreign-markup", "Comment", "delete it", "It is so."},
	{"HYPERLINK \"https://example.org/a\" here", "foreign-markup", "HYPERLINK", "[text](address)", "[here](https://example.org/a)"},
	{"Introduction ........ 3\nMethods ........ 5", "foreign-markup", "....", "delete its lines", "Introduction"},
	{"See htp://example.org/a.", "link-text", "htp", "https://example.org/a", "See https://example.org/a."},
	{"| a | b |\n|:-:|\n| 1 | 2 |", "table-text", "|:-:|", "|---|---|", "| a | b |\n|---|---|\n| 1 | 2 |"},
	{"XXX pupils came", "placeholder", "XXX", "write the text", "Ten pupils came"},
	{"See [x]\u200b(https://example.org/a).", "link-text", "[x]", "[x](https://example.org/a)", "See [x](https://example.org/a)."},
	{"See [x]（https://example.org/a）.", "link-text", "[x]", "[x](https://example.org/a)", "See [x](https://example.org/a)."},
	{"See ［x］(https://example.org/a).", "link-text", "［x", "[x](https://example.org/a)", "See [x](https://example.org/a)."},
	{"[x](“https://example.org/a”)", "link-scheme", "“https", "https://example.org/a", "[x](https://example.org/a)"},
	{"[x](hhttps://example.org/a)", "link-scheme", "hhttps", "https://example.org/a", "[x](https://example.org/a)"},
	{"[x](doi:10.1000/182)", "link-scheme", "doi:", "https://doi.org/10.1000/182", "[x](https://doi.org/10.1000/182)"},
	{"[x](mailto: a@example.org)", "link-space", "mailto:", "(mailto:a@example.org)", "[x](mailto:a@example.org)"},
	{"[x](mailto://a@example.org)", "link-address", "mailto:", "mailto:a@example.org", "[x](mailto:a@example.org)"},
	{"[x](https://www.google.com/url?q=https://example.org/a&sa=D)", "link-address", "https:", "write https://example.org/a", "[x](https://example.org/a)"},
	{"Text[^1].\n\n[^1] A note.", "footnote-undefined", "[^1] A", "write [^1]: A note.", "Text[^1].\n\n[^1]: A note."},
	{"Text[^1].\n\n[^1] : A note.", "footnote-undefined", "[^1] :", "write [^1]: A note.", "Text[^1].\n\n[^1]: A note."},
	{"An *italic *word", "emphasis-text", "*italic", "*italic*", "An *italic* word"},
	{"**Important: do this", "emphasis-text", "**Imp", "**", "**Important:** do this"},
	{"A lost \ufffd character", "lost-character", "\ufffd", "type", "A lost é character"},
	{"A \uf04a symbol", "symbol-text", "\uf04a", "delete it", "A symbol"},
	{"![a](b.jpg){width=\"6.2in\"}", "foreign-markup", "{width", "fitted", "![a](b.jpg)"},
	{"![a](b.jpg){width=50%}", "foreign-markup", "{width", "fitted", "![a](b.jpg)"},

	// From other site generators.
	{"a {{ site.title }} b", "foreign-markup", "{{", "write the text", "a Title b"},
	{"a {{ page.date | date: \"%Y\" }} b", "foreign-markup", "{{", "write the text", "a 2019 b"},
	{"{% include a.html %}", "foreign-markup", "{%", "write the text", "a"},
	{"[a]({{ site.url }}/b)", "foreign-markup", "[a]", "write the path", "[a](b.md)"},
	{"[a]({{site.url}}/b)", "link-scheme", "{{site", "write the path", "[a](b.md)"},
	{"[a]({% link b.md %})", "foreign-markup", "[a]", "write the path", "[a](b.md)"},
	{"{{< figure src=\"a.jpg\" caption=\"b\" >}}", "foreign-markup", "{{<", "![", "![b](a.jpg \"b\")"},
	{"{{<figure src=\"a.jpg\">}}", "foreign-markup", "{{<", "![", "![b](a.jpg)"},
	{"{{% notice tip %}}", "foreign-markup", "{{%", "[!NOTE]", "> [!TIP]\n> a"},
	{"{{< youtube abc >}}", "foreign-markup", "{{<", "link to it", "[A film](https://example.org/film)"},
	{"<%= title %>", "foreign-markup", "<%", "write the text", "Title"},
	{"A paragraph.\n{: .lead }", "foreign-markup", "{:", "delete it", "A paragraph."},
	{"A paragraph. {.lead #x}", "foreign-markup", "{.lead", "heading", "A paragraph."},
	{"[a](b.md){target=\"_blank\"}", "foreign-markup", "{target", "same window", "[a](b.md)"},
	{"[a](b.md){:target=\"_blank\" rel=\"noopener\"}", "foreign-markup", "{:target", "same window", "[a](b.md)"},
	{"Text {#aims}", "foreign-markup", "{#aims}", "## Heading {#id}", "## Text {#aims}"},
	{"## A {#b .c}", "foreign-markup", "{#b", "alone", "## A {#b}"},
	{"{:toc}", "foreign-markup", "{:toc}", "delete it", "a"},
	{"[TOC]", "foreign-markup", "[TOC]", "delete", "a"},
	{"[[toc]]", "foreign-markup", "[[toc]]", "delete", "a"},
	{"!!! note\n    Text", "foreign-markup", "!!!", "[!NOTE]", "> [!NOTE]\n> Text"},
	{"!!! note \"Title\"\n\n    Text", "foreign-markup", "!!!", "[!NOTE]", "> [!NOTE]\n> Text"},
	{"=== \"Tab\"\n\n    Text", "foreign-markup", "===", "[!NOTE]", "## Tab\n\nText"},
	{"::: {.warning}\nText\n", "foreign-markup", ":::", "[!NOTE]", "> [!NOTE]\n> Text"},
	{"[!NOTE]\nText", "note-text", "[!NOTE]", `"> [!NOTE]"`, "> [!NOTE]\n> Text"},
	{"> [!NOTE] Text", "note-text", "[!NOTE]", "line of its own", "> [!NOTE]\n> Text"},
	{"> [!INFO]\n> Text", "note-text", "[!INFO]", "[!TIP]", "> [!TIP]\n> Text"},
	{"Well done :tada:!", "foreign-markup", ":tada:", "character itself", "Well done 🎉!"},
	{"See [[A page]].", "foreign-markup", "[[A page", "[A page](file.md)", "See [A page](file.md)."},
	{"![[ward.jpg]]", "foreign-markup", "![[", "![", "![Ward](ward.jpg)"},
	{"[caption id=\"x\"]A[/caption]", "foreign-markup", "[caption", "delete it", "A"},
	{"[b]A[/b]", "foreign-markup", "[b]", "delete it", "**A**"},
	{"A ==marked== word", "foreign-markup", "==marked", "**", "A **marked** word"},
	{"== Heading ==", "foreign-markup", "==", "## Heading", "## Heading"},
	{"Word\n: Definition", "foreign-markup", ": Def", "**word**", "**Word**: Definition"},
	{"*[WHO]: World Health Organization", "foreign-markup", "*[WHO]", "in full", "World Health Organization"},
	{"$$\nx = 1\n$$", "foreign-markup", "$$", "picture", "x = 1"},
	{"```mermaid\na\n```", "foreign-markup", "mermaid", "picture", "![a](b.png)"},
	{"A cost of 10^3 pounds", "script-text", "^3", "^3^", "A cost of 10^3^ pounds"},
	{"#", "heading-empty", "#", "delete the line", "a"},
	{"## \n\na", "heading-empty", "##", "words", "## b\n\na"},
	{"## A {#x}\n\n## B {#x}", "heading-id", "x}\n\n## B"[:0], "own", "## A {#x}\n\n## B {#y}"},

	// Addresses.
	{"![chart](growth-50%.png)", "link-scheme", "growth", "growth-50%25.png", "![chart](growth-50%25.png)"},
	{"[a](:foo)", "link-scheme", ":foo", "./", "[a](./:foo)"},
	{"[b](%zz)", "link-scheme", "%zz", "%25zz", "[b](%25zz)"},
	{"[c](a%zz.md)", "link-scheme", "a%zz", "a%25zz.md", "[c](a%25zz.md)"},
	{"[c](a.md#%zz)", "link-scheme", "a.md#%zz", "%25zz", "[c](a.md#%25zz)"},
	{"[a](https://gov.uk@evil.example/)", "link-scheme", "https:", "@", "[a](https://evil.example/)"},
	{"[a](https://user:pw@example.org/)", "link-scheme", "https:", "@", "[a](https://example.org/)"},
	{`[a](C:\docs\plan.docx)`, "link-scheme", "C:", "write its name alone: plan.docx", "[a](plan.docx)"},
	{"[a](file:///C:/plan.pdf)", "link-scheme", "file:", "write its name alone: plan.pdf", "[a](plan.pdf)"},
	{`[a](\\\\server\plan.pdf)`, "link-scheme", `\\`, "write its name alone: plan.pdf", "[a](plan.pdf)"},
	{"[a](htps://example.org)", "link-scheme", "htps", "write https://example.org", "[a](https://example.org)"},
	{"[a](https//example.org)", "link-scheme", "https", "write https://example.org", "[a](https://example.org)"},
	{"[a](https:/example.org)", "link-scheme", "https", "write https://example.org", "[a](https://example.org)"},
	{"[a](https://https://example.org)", "link-address", "https", "write https://example.org", "[a](https://example.org)"},
	{"[a](?p=1)", "link-scheme", "?p", "the page that is meant", "[a](b.md)"},
	{"See [the plan]plan.md for it", "link-text", "[the", "write [the plan](plan.md)", "See [the plan](plan.md) for it"},
	{"o one\no two", "list-text", "o one", `"- "`, "- one\n- two"},
	{"→ one\n→ two", "list-text", "→", `"- "`, "- one\n- two"},
	{"<https://user@example.org/>", "link-scheme", "https:", "@", "<https://example.org/>"},

	// Blocks.
	{"Text\n\n```\ncode\nmore", "code-open", "```", "```", "Text\n\n```\ncode\nmore\n```"},
	{"~~~\ncode", "code-open", "~~~", "~~~", "~~~\ncode\n~~~"},
	{"Heading\n~~~~~~~\n\nText", "code-open", "~~~", "delete this line", "Heading\n\nText"},
	{"Some text\n---\n\nmore", "heading-line", "Some", "blank line", "Some text\n\n---\n\nmore"},
	{"Aims\n---", "heading-line", "Aims", `"## Aims"`, "## Aims"},
	{"A paragraph of two\nlines.\n-----------", "heading-line", "A paragraph", "blank line", "A paragraph of two\nlines.\n\n-----------"},
	{"One sentence.\n=====", "heading-line", "One", "blank line", "One sentence.\n\nMore"},
	{"====\nTitle", "heading-text", "====", `"## "`, "## Title"},
	{"# # Heading", "heading-text", "# H", "once", "# Heading"},
	{"———", "line-text", "—", "---", "---"},
	{"'''\ncode", "code-text", "'''", "`", "```\ncode\n```"},
	{"<<<<<<< HEAD\nOne\n=======\nTwo\n>>>>>>> branch", "merge-mark", "<<<<", "keep one", "One"},

	// The wrong encoding.
	{"A cafÃ© and a â€œquotedâ€\u009d word, donâ€™t", "garbled", "Ã©", "type é", "A café and a “quoted” word, don’t"},
	{"donâ€™t", "garbled", "â€™", "type ’", "don’t"},
	{"Â£5 a day", "garbled", "Â£", "type £", "£5 a day"},
	{"Åukasz and Ä…", "garbled", "Ä…", "type ą", "Łukasz and ą"},
	{"ÐŸÑ€Ð¸Ð²ÐµÑ‚", "garbled", "ÐŸ", "type Привет", "Привет"},
	{"Ã\u0083Â©", "garbled", "Ã", "type", "é"},
	{"ðŸ˜€", "garbled", "ðŸ", "type 😀", "😀"},
	{"caf\\u00e9", "entity-text", "\\u00e9", "itself", "café"},
	{"caf=C3=A9", "entity-text", "=C3", "themselves", "café"},
	{"caf&eacute s", "entity-text", "&eacute", "&eacute;", "caf&eacute; s"},
	{"caf&amp;eacute;", "entity-text", "&amp;", "&eacute;", "caf&eacute;"},
	{"a &bogus; b", "entity-text", "&bogus;", "itself", "a b"},
	{"don&#8217t", "entity-text", "&#8217", "itself", "don’t"},

	// Marks that are opened and not closed, or closed and not opened.
	{"A *Star b", "emphasis-text", "*Star", "end", "A *Star* b"},
	{"*Star", "emphasis-text", "*Star", `\*`, `\*Star`},
	{"bold** here", "emphasis-text", "**", "beginning", "**bold** here"},
	{"bold**, here", "emphasis-text", "**", "beginning", "**bold**, here"},
	{"x ***a** y", "emphasis-text", "*", "as many", "x **a** y"},
	{"x *a** y", "emphasis-text", "*", "as many", "x *a* y"},
	{"x ~~y", "emphasis-text", "~~", "end", "x ~~y~~"},
	{"y~~ x", "emphasis-text", "~~", "delete", "y x"},
	{"x __y", "emphasis-text", "__", "end", "x __y__"},
	{"x _y z", "emphasis-text", "_y", "end", "x _y_ z"},
	{"x y_ z", "emphasis-text", "_", "beginning", "x _y_ z"},
	{"a `b c", "emphasis-text", "`", "other end", "a `b` c"},
	{"Côte d`Ivoire", "emphasis-text", "`", "apostrophe", "Côte d'Ivoire"},
	{"``a` b", "emphasis-text", "``", "same marks", "`a` b"},
	{"**One\n\ntwo** three", "emphasis-text", "**One", "same paragraph", "**One**\n\n**two** three"},
	{"* Aim\n** Method", "emphasis-text", "** M", "##", "* Aim\n\n## Method"},
	{"| a |\n|---|\n| **b |", "emphasis-text", "**b", "end", "| a |\n|---|\n| **b** |"},
	{"| a | b |\n|---|---|\n| `a|b` |", "emphasis-text", "`a", "same marks", "| a | b |\n|---|---|\n| `a\\|b` |"},

	// From other programs.
	{"+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+", "table-text", "+---", "|---|", "| a | b |\n|---|---|\n| 1 | 2 |"},
	{"a   b\n=== ===\n1   2", "table-text", "=== ===", "|---|", "| a | b |\n|---|---|\n| 1 | 2 |"},
	{"┌──┬──┐\n│ a │ b │\n└──┴──┘", "table-text", "┌", "|---|", "| a | b |\n|---|---|\n| 1 | 2 |"},
	{"Text^[a note] more", "foreign-markup", "^[", "[^1]", "Text[^1] more\n\n[^1]: a note"},
	{"Text [@smith2019, p. 3].", "foreign-markup", "[@", "[^1]", "Text[^1].\n\n[^1]: Smith 2019, p. 3"},
	{"::: warning\nText\n:::", "foreign-markup", ":::", "[!NOTE]", "> [!WARNING]\n> Text"},
	{"::: warning\n\nText\n\n:::", "foreign-markup", ":::", "[!NOTE]", "> [!WARNING]\n> Text"},
	{":::note[Title]\n\nText\n\n:::", "foreign-markup", ":::", "[!NOTE]", "> [!NOTE]\n> Text"},
	{"{% raw %}\n\na\n\n{% endraw %}", "foreign-markup", "{%", "write the text", "a"},
	{"{{< box >}}\n\na\n\n{{< /box >}}", "foreign-markup", "{{<", "write the text", "a"},
	{"\\begin{itemize}\n\\end{itemize}", "foreign-markup", "\\begin", "Markdown", "- one"},
	{"#+BEGIN_QUOTE\na\n#+END_QUOTE", "foreign-markup", "#+", "delete", "> a"},
	{"#+TITLE: a", "foreign-markup", "#+", "delete", "a"},
	{"{quote}a{quote}", "foreign-markup", "{quote}", "[!NOTE]", "> a"},
	{"$$\n\nx = 1\n\n$$", "foreign-markup", "$$", "picture", "x = 1"},
	{"a \\textbf{b} c", "foreign-markup", "\\textbf", "**text**", "a **b** c"},
	{"a \\cite{b2019}", "foreign-markup", "\\cite", "[^1]", "a[^1]\n\n[^1]: b"},
	{"A cost of $x^2$ each", "foreign-markup", "$x", "m^2^", "A cost of x^2^ each"},
	{"'''bold''' words", "foreign-markup", "'''", "**bold**", "**bold** words"},
	{"''stressed'' words", "foreign-markup", "''", "*stressed*", "*stressed* words"},
	{"See [https://example.org a page].", "foreign-markup", "[https", "[a page](https://example.org)", "See [a page](https://example.org)."},
	{"h1. Heading", "foreign-markup", "h1.", `"## "`, "## Heading"},
	{"bq. A quotation", "foreign-markup", "bq.", `"> "`, "> A quotation"},
	{"image::ward.png[Ward]", "foreign-markup", "image", "![", "![Ward](ward.png)"},
	{"A {++new++} word", "foreign-markup", "{++", "delete the marks", "A new word"},
	{"A %%comment%% word", "foreign-markup", "%%", "<!--", "A <!-- comment --> word"},
	{".. _label:", "foreign-markup", "..", "delete", "a"},
	{":Author: Grace", "foreign-markup", ":Author", "**word**", "**Author**: Grace"},
	{"import Chart from './chart'", "foreign-markup", "import", "delete", "a"},
	{"- [] task", "list-text", "[]", `"- [ ] "`, "- [ ] task"},
	{"-[ ] task", "list-text", "-[", `"- "`, "- [ ] task"},
	{"<img src=“a.jpg”>", "raw-html", "<img", "![", "![A](a.jpg)"},
	{"&lt;b&gt;bold&lt;/b&gt;", "raw-html", "&lt;b", "**text**", "**bold**"},

	// Links.
	{"(https://example.org/a)[x]", "link-text", "(https", "[x](https://example.org/a)", "[x](https://example.org/a)"},
	{"See (https://example.org/a)[my page].", "link-text", "(https", "[my page](https://example.org/a)", "See [my page](https://example.org/a)."},
	{"[x(https://example.org/a)", "link-text", "[x", "[x](https://example.org/a)", "[x](https://example.org/a)"},
	{"See [the plan(plan.pdf).", "link-text", "[the", "[the plan](plan.pdf)", "See [the plan](plan.pdf)."},
	{"[x]https://example.org/a)", "link-text", "[x]", "[x](https://example.org/a)", "[x](https://example.org/a)"},
	{"[a](mailto:)", "link-empty", "mailto:", "after mailto:", "[a](mailto:a@example.org)"},
	{"[a](tel:)", "link-empty", "tel:", "after tel:", "[a](tel:+442079460000)"},
	{"[a](mailto:grace)", "link-address", "mailto:", "name@example.org", "[a](mailto:grace@example.org)"},
	{"<mailto:grace>", "link-address", "mailto:", "name@example.org", "<mailto:grace@example.org>"},
	{"[a](tel:ward)", "link-address", "tel:", "tel:+", "[a](tel:+442079460000)"},
	{"[a](https://nodot)", "link-address", "https:", "whole address", "[a](https://nodot.example)"},
	{"See http://nodot/a now", "link-address", "http:", "whole address", "See http://nodot.example/a now"},
	{"See https://gov.uk@evil.example/ now", "link-scheme", "https:", "@", "See https://evil.example/ now"},
	{"See https://user:pw@example.org/ now", "link-scheme", "https:", "@", "See https://example.org/ now"},
	{"See ftp://example.org/a.pdf now", "link-text", "ftp:", "https", "See https://example.org/a.pdf now"},

	// HTML.
	{"<figure><img src=\"a.jpg\"></figure>", "raw-html", "<figure>", "![what", "![what](a.jpg)"},
	{"x <img src=\"a.jpg\" alt=\"b\"> y", "raw-html", "<img", "(a.jpg ", "![b](a.jpg \"c\")"},
	{"a<br>b", "raw-html", "<br>", `backslash (\)`, "a\\\nb"},
	{"H<sub>2</sub>O", "raw-html", "<sub>", "H~2~O", "H~2~O"},
	{"m<sup>2</sup>", "raw-html", "<sup>", "m^2^", "m^2^"},
	{"<iframe src=\"https://example.org/v\"></iframe>", "raw-html", "<iframe", "[title](https://example.org/v)", "[title](https://example.org/v)"},
	{"<details>\n<summary>a</summary>\nb\n</details>", "raw-html", "<details>", "## ", "## a\n\nb"},
	{"See <a href=\"https://example.org\">x</a>", "raw-html", "<a", "[text](https://example.org)", "See [x](https://example.org)"},
	{"<a name=\"x\"></a>\n\n## B", "raw-html", "<a", "{#x}", "## B {#x}"},
	{"<table>\n<tr><td>a</td></tr>\n</table>", "raw-html", "<table>", "|---|", "| a |\n|---|\n| b |"},
	{"<div class=\"x\">\n\na\n\n</div>", "raw-html", "<div", "delete the tag", "a"},
	{"<blockquote>a</blockquote>", "raw-html", "<blockquote>", `"> "`, "> a"},
	{"<p align=\"center\">a</p>", "raw-html", "<p", "blank line", "a"},
	{"a <b>c</b>", "raw-html", "<b>", "**text**", "a **c**"},
	{"the <name of hospital> ward", "raw-html", "<name", `\<`, `the \<name of hospital> ward`},
}

func TestMistakes(t *testing.T) {
	for _, m := range mistakes {
		t.Run(m.src, func(t *testing.T) {
			_, problems := Parse([]byte(m.src))
			if len(problems) != 1 {
				t.Fatalf("%d problems, want one: %+v", len(problems), problems)
			}
			p := problems[0]
			if p.Code != m.code || !strings.HasPrefix(m.src[p.Offset:], m.at) || p.Message == "" {
				t.Errorf("got %+v at %q, want %s at %q", p, m.src[p.Offset:], m.code, m.at)
			}
			if !strings.Contains(p.Hint, m.hint) {
				t.Errorf("the hint %q does not contain %q", p.Hint, m.hint)
			}
			if _, problems := Parse([]byte(m.fixed)); len(problems) > 0 {
				t.Errorf("after the fix: %+v", problems)
			}
			// The mistake must be found inside other blocks too.
			if strings.Contains(m.src, "\t") || m.code == "lost-character" {
				return
			}
			quoted := "> " + strings.ReplaceAll(m.src, "\n", "\n> ")
			if _, problems := Parse([]byte(quoted)); m.code != "note-text" && m.code != "merge-mark" && (len(problems) != 1 || problems[0].Code != m.code) {
				t.Errorf("in a quote: %+v", problems)
			}
			after := "A paragraph before.\n\n" + m.src + "\n\nA paragraph after."
			if _, problems := Parse([]byte(after)); len(problems) != 1 || problems[0].Code != m.code {
				t.Errorf("between paragraphs: %+v", problems)
			}
		})
	}
}

// TestTemplateTagsAreNotTables checks that lines with "|" only in template tags are
// not reported as a table.
func TestTemplateTagsAreNotTables(t *testing.T) {
	if found := only("table-text", "See {{ a | b }} and\nsee {{ c | d }}."); len(found) > 0 {
		t.Errorf("%+v", found)
	}
}

// TestMistakesInOneBlock checks that one mistake does not hide another.
func TestMistakesInOneBlock(t *testing.T) {
	_, problems := Parse([]byte("A {.lead} word\n• one\n• two\n#Heading and **bold **word\n$$\n"))
	var codes []string
	for _, p := range problems {
		codes = append(codes, p.Code)
	}
	if got, want := strings.Join(codes, " "), "foreign-markup list-text heading-text emphasis-text foreign-markup"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestNoFalseAlarms checks that correct texts that look like mistakes are not reported.
func TestNoFalseAlarms(t *testing.T) {
	for _, src := range []string{
		"We met at 10:30:45, in a 1:2:3 ratio; 5 * 3 * 2 and 2 ** 3.",
		"Significant at *p < 0.05, **p < 0.01 and ***p < 0.001.",
		"C++ and C++; a == b; x+y; $5 and $10; #1 priority",
		"Name: ____ and ____; file__name__here; snake_case_name",
		"The set {1, 2, 3}, {a} and {x = 1}; a [sic] and [see note] (2019) (p. 3)[1]",
		"Was it [1] or [2]? See [Smith 2019] (personal communication).",
		"-5 degrees\n\n- 5 degrees\n\n* stars\n\n+ plus",
		"1. one\n2. two\n\n2) two\n\n(a) alone",
		"Chisholm,\nA. and Green,\nE. wrote it",
		"in the years\n2018. Then",
		"– Yes, she said, at the start of a line.",
		"He said: \"no\": then left | and went",
		"a\tb",
		"`{{ code }}` and `[x] (y.md)` and `•`\n\n```\n{% raw %}\n• a\n#b\n```",
		`\{{ escaped }} \[x\] (https://example.org) \*\*bold \*\* \#tag`,
		"<!-- a note: {{ x }} -->\n\nText",
		"[comment]: <> (a note)\n\nText",
		"| a | b |\n|---|---|\n| 1 | 2 |\n| `a\\|b` |\n| a\\|b | c | |",
		"> a quote\n> — its author",
		"Dr. A. Banda\nM. Phiri",
		"[a]: b.md\n\n[a] and [a][] and [x][a]",
		"مرحبا (1) و [2]",
		"see https://example.org/a_b__c__d/{id}/?x=[1]&y=(2)",
	} {
		if _, problems := Parse([]byte(src)); len(problems) > 0 {
			t.Errorf("%q: %+v", src, problems)
		}
	}
}

// TestProse checks that the correct texts in testdata/prose.txt, separated by lines
// of "====", have no problem: footnotes below tables, arithmetic, ranges, names,
// many languages.
func TestProse(t *testing.T) {
	b, err := os.ReadFile("testdata/prose.txt")
	if err != nil {
		t.Fatal(err)
	}
	for src := range strings.SplitSeq(string(b), "\n====\n") {
		if _, problems := Parse([]byte(src)); len(problems) > 0 {
			t.Errorf("%q: %+v", src, problems)
		}
	}
}
