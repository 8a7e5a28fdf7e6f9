package word_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"
	"testing"
	"time"
	"unicode"

	"casebook/internal/cost"
	"casebook/internal/markdown"
	"casebook/internal/word"

	"pgregory.net/rapid"
)

const png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"

// docx returns a Word document with a body, and with others as pairs of a part's name and
// its content.
func docx(body string, others ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	add := func(name, text string) {
		f, _ := w.Create(name)
		_, _ = f.Write([]byte(text))
	}
	add("_rels/.rels", `<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>`)
	add("word/document.xml", `<w:document xmlns:w="w" xmlns:r="r" xmlns:wp="wp" xmlns:a="a"><w:body>`+body+`</w:body></w:document>`)
	add("word/styles.xml", `<w:styles xmlns:w="w">
		<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
		<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
		<w:style w:type="paragraph" w:styleId="Eigene"><w:name w:val="My own"/><w:basedOn w:val="berschrift2"/></w:style>
		<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
		<w:style w:type="paragraph" w:styleId="Beschriftung"><w:name w:val="caption"/></w:style>
		<w:style w:type="paragraph" w:styleId="Zitat"><w:name w:val="Quote"/></w:style>
		<w:style w:type="paragraph" w:styleId="Block"><w:name w:val="Block Text"/></w:style>
		<w:style w:type="character" w:styleId="Fett"><w:name w:val="My strong"/><w:basedOn w:val="Stark"/></w:style>
		<w:style w:type="character" w:styleId="Stark"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style></w:styles>`)
	add("word/numbering.xml", `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
		<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
		<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
		<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/></w:lvl></w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num></w:numbering>`)
	add("word/_rels/document.xml.rels", `<Relationships><Relationship Id="web" Type="http://x/hyperlink" Target="https://example.org/a_b?c=1&amp;d=2" TargetMode="External"/>
		<Relationship Id="bad" Type="http://x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>
		<Relationship Id="pic" Type="http://x/image" Target="media/image1.png"/>
		<Relationship Id="emf" Type="http://x/image" Target="media/image2.emf"/>
		<Relationship Id="far" Type="http://x/image" Target="http://tracker.example/x.png" TargetMode="External"/></Relationships>`)
	add("word/media/image1.png", png)
	add("word/media/image2.emf", "\x01\x00\x00\x00emf")
	for i := 0; i+1 < len(others); i += 2 {
		add(others[i], others[i+1])
	}
	_ = w.Close()
	return b.Bytes()
}

func p(text string, properties ...string) string {
	return `<w:p><w:pPr>` + strings.Join(properties, "") + `</w:pPr>` + text + `</w:p>`
}

func r(text string, properties ...string) string {
	return `<w:r><w:rPr>` + strings.Join(properties, "") + `</w:rPr><w:t xml:space="preserve">` + html.EscapeString(text) + `</w:t></w:r>`
}

func style(id string) string { return `<w:pStyle w:val="` + id + `"/>` }

func item(list, level int) string {
	return fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, list)
}

func drawing(id, alternative string) string {
	return `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="` + alternative + `"/><a:blip r:embed="` + id + `"/></wp:inline></w:drawing></w:r>`
}

func cell(text string, properties ...string) string {
	return `<w:tc><w:tcPr>` + strings.Join(properties, "") + `</w:tcPr>` + p(r(text)) + `</w:tc>`
}

func TestRead(t *testing.T) {
	tests := []struct{ name, body, title, want, note string }{
		{"headings", p(r("Burns care"), style("Titel")) + p(r("Aims"), style("berschrift1")) + p(r("Text.")) + p(r("More"), style("Eigene")), "Burns care", "## Aims\n\nText.\n\n### More\n", ""},
		{"first heading is the title", p(r("Burns care"), style("berschrift1")) + p(r("Aims"), style("berschrift2")) + p(r("Text.")), "Burns care", "## Aims\n\nText.\n", ""},
		{"bold lines are headings", p(r("Burns care", "<w:b/>")) + p(r("Text.")) + p(r("Aims", "<w:b/>")) + p(r("Text.")), "Burns care", "Text.\n\n## Aims\n\nText.\n", "bold line"},
		{"format", p(r("Not ") + r("bold ", "<w:b/>") + r("and ", `<w:b w:val="0"/>`) + r("italic", "<w:i/>") + r(", H") + r("2", `<w:vertAlign w:val="subscript"/>`) + r("O")), "", "Not **bold** and *italic*, H~2~O\n", ""},
		{"character style", p(r("Not ") + r("bold", `<w:rStyle w:val="Fett"/>`) + r(" or ") + r("plain", `<w:rStyle w:val="Fett"/>`, `<w:b w:val="0"/>`)), "", "Not **bold** or plain\n", ""},
		{"raised text of LibreOffice", p(r("40 m") + r("2", `<w:position w:val="8"/>`, `<w:sz w:val="19"/>`)), "", "40 m^2^\n", ""},
		{"block text", p(r("We changed."), style("Block")), "", "> We changed.\n", ""},
		{"second paragraph of an item", p(r("one"), item(2, 0)) + p(r("more"), item(3, 0)) + p(r("two"), item(2, 0)), "", "1. one\n\nmore\n\n2. two\n", ""},
		{"equation", p(`<oMath>` + `<r><t>E=m</t></r><sSup><e><r><t>c</t></r></e><sup><r><t>2</t></r></sup></sSup><nary><naryPr><chr m:val="∑"/></naryPr><sub><r><t>i=1</t></r></sub><sup><r><t>n</t></r></sup><e><f><num><r><t>a</t></r></num><den><rad><e><r><t>bc</t></r></e></rad></den></f></e></nary></oMath>`), "", "E=mc\\^2∑\\_(i=1)\\^n a/(√(bc))\n", "equation"},
		{"both", p(r("a ") + r("b", "<w:b/><w:i/>") + r(" c")), "", "a ***b*** c\n", ""},
		{"lists", p(r("one"), item(1, 0)) + p(r("first"), item(1, 1)) + p(r("second"), item(1, 1)) + p(r("two"), item(1, 0)) + p(r("Text.")) + p(r("n"), item(2, 0)), "", "- one\n  1. first\n  2. second\n- two\n\nText.\n\n1. n\n", ""},
		{"typed bullets", p(r("•\tone")) + p(r("• two")), "", "- one\n- two\n", ""},
		{"link", p(r("See ") + `<w:hyperlink r:id="web">` + r("our ") + r("report", "<w:b/>") + `</w:hyperlink>` + r(".")), "", "See [our **report**](https://example.org/a_b?c=1&amp;d=2).\n", ""},
		{"unsafe link", p(`<w:hyperlink r:id="bad">` + r("click") + `</w:hyperlink>`), "", "click\n", "link to a file"},
		{"field", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("here") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), "", "[here](https://example.org/)\n", ""},
		{"table", `<w:tbl><w:tr>` + cell("What") + cell("How | many") + `</w:tr><w:tr>` + cell("both", `<w:gridSpan w:val="2"/>`) + `</w:tr></w:tbl>`, "", "| What | How \\| many |\n|---|---|\n| both |  |\n", "joined cells"},
		{"picture", p(drawing("pic", "The ward")) + p(r(`Figure 1: "The" ward`), style("Beschriftung")), "", "![The ward](picture-1.png \"Figure 1: \\\"The\\\" ward\")\n", ""},
		{"picture without words", p(r("x ") + drawing("pic", "")), "", "x ![](picture-1.png)\n", "without alternative text"},
		{"picture elsewhere", p(r("x") + strings.Replace(drawing("far", ""), "r:embed", "r:link", 1)), "", "x\n", "not in the document"},
		{"picture of Windows", p(r("x") + drawing("emf", "")), "", "x\n", "do not show"},
		{"changes", p(r("The ") + `<w:del>` + `<w:r><w:delText>old</w:delText></w:r>` + `</w:del><w:ins>` + r("new") + `</w:ins>` + r(" text.")), "", "The new text.\n", "insertion"},
		{"deleted end of a paragraph", p(r("One "), `<w:rPr><w:del/></w:rPr>`) + p(r("two.")), "", "One two.\n", ""},
		{"hidden", p(r("x") + r("secret", "<w:vanish/>")), "", "x\n", "hidden text"},
		{"quote", p(r("We changed."), style("Zitat")), "", "> We changed.\n", ""},
		{"footnote", p(r("Text") + `<w:r><w:footnoteReference w:id="7"/></w:r>`), "", "Text[^1]\n\n[^1]: See *this*.\n", ""},
		{"line break", p(r("one") + "<w:r><w:br/></w:r>" + r("2. two")), "", "one\\\n2\\. two\n", ""},
		{"marks", p(r("# not *a* [link](x) <b> 1_2 & &amp; `code`")), "", "\\# not \\*a\\* \\[link\\](x) \\<b> 1\\_2 & \\&amp; \\`code\\`\n", ""},
		{"matrix", p(`<oMath><m><mr><e><r><t>1</t></r></e><e><r><t>0</t></r></e></mr><mr><e><r><t>0</t></r></e><e><r><t>1</t></r></e></mr></m></oMath>`), "", "1 0; 0 1\n", "equation"},
		{"new page", p(r("one") + `<w:r><w:br w:type="page"/></w:r>` + r("two") + `<w:r><w:ptab/></w:r>` + r("three")), "", "one two three\n", ""},
		{"reading aid", p(`<w:r><w:ruby><w:rt>` + r("Tōkyō") + `</w:rt><w:rubyBase>` + r("東京") + `</w:rubyBase></w:ruby></w:r>`), "", "東京 (Tōkyō)\n", ""},
		{"large first letter", p(r("W"), `<w:framePr w:dropCap="drop"/>`) + p(r("e met."), style("Zitat")) + p(r("Then.")), "", "> We met.\n\nThen.\n", ""},
		{"three paragraphs, one end deleted", p(r("One "), `<w:rPr><w:del/></w:rPr>`) + p(r("two.")) + p(r("Three.")), "", "One two.\n\nThree.\n", ""},
		{"chosen in a form", p(`<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Kenya"/><w:listEntry w:val="Malawi"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`), "", "Malawi☒\n", ""},
		{"link to a part", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://example.org/a b" \l "part" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("here") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), "", "[here](https://example.org/a%20b#part)\n", ""},
		{"link within", p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK \l "_Toc1" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + r("here") + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), "", "here\n", "link within"},
		{"text of another kind", p(r("a") + `<w:r><w:unheard><w:t>of</w:t></w:unheard></w:r>`), "", "a\n", "not read of"},
		{"typed lists", p(r("We chose:")) + p(r("1. one")) + p(r("2) two")) + p(r("- a")) + p(r("– b")) + p(r("– Yes, she said.")), "", "We chose:\n\n1. one\n2. two\n- a\n- b\n- Yes, she said.\n", ""},
		{"no typed list", p(r("- one line")) + p(r("2. text")) + p(r("4. text")), "", "\\- one line\n\n2\\. text\n\n4\\. text\n", ""},
		{"footnote that is missing", p(r("x") + `<w:r><w:footnoteReference w:id="9"/></w:r>`), "", "x[^1]\n\n[^1]: …\n", "missing in"},
		{"table within a table", `<w:tbl><w:tr>` + cell("H") + cell("K") + `</w:tr><w:tr>` + cell("x") + `<w:tc><w:tbl><w:tr>` + cell("a") + cell("b") + `</w:tr></w:tbl>` + p(r("c")) + `</w:tc></w:tr></w:tbl>`, "", "| H | K |\n|---|---|\n| x | a, b<br>c |\n", "within a table"},
		{"text box", p(r("Text.") + `<w:r><w:AlternateContent><w:Choice><w:drawing><w:txbxContent>` + p(r("Box.")) + `</w:txbxContent></w:drawing></w:Choice><w:Fallback><w:pict><w:txbxContent>` + p(r("Box.")) + `</w:txbxContent></w:pict></w:Fallback></w:AlternateContent></w:r>`), "", "Text.\n\nBox.\n", "text box"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := word.Read(docx(test.body, "word/footnotes.xml", `<w:footnotes xmlns:w="w"><w:footnote w:id="7">`+p(r("See ")+r("this", "<w:i/>")+r("."))+`</w:footnote></w:footnotes>`))
			if err != nil {
				t.Fatal(err)
			}
			if doc.Markdown != test.want || doc.Title != test.title {
				t.Errorf("got title %q and\n%s\nwant %q and\n%s", doc.Title, doc.Markdown, test.title, test.want)
			}
			if noted := fmt.Sprint(doc.Notes); !strings.Contains(noted, test.note) || test.note == "" && len(doc.Notes) > 0 {
				t.Errorf("notes are %v, want %q", doc.Notes, test.note)
			}
			if _, problems := markdown.Parse([]byte(doc.Markdown)); len(problems) > 0 && test.name != "picture without words" {
				t.Errorf("problems: %v", problems)
			}
		})
	}
}

func TestComments(t *testing.T) {
	doc, err := word.Read(docx(p(r("Text.")), "word/comments.xml", `<w:comments xmlns:w="w"><w:comment w:author="Grace">`+p(r("Is this so?"))+`</w:comment></w:comments>`,
		"word/header1.xml", `<w:hdr xmlns:w="w">`+p(r("Draft 3"))+`</w:hdr>`))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(doc.Notes); !strings.Contains(got, "Grace: Is this so?") || !strings.Contains(got, "Draft 3") {
		t.Errorf("got %s", got)
	}
}

// TestTextRoundTrip checks that the Markdown of a paragraph shows the same words, whatever
// its characters and formats.
func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var body, want strings.Builder
		for range rapid.IntRange(1, 4).Draw(t, "runs") {
			text := rapid.StringMatching(`[-#*_~^>+=|\\!\[\](){}<&;.:a-c0-2 ]{1,12}`).Draw(t, "text")
			text = strings.ReplaceAll(text, "...", ".")
			var properties []string
			for _, one := range []string{"<w:b/>", "<w:i/>", "<w:strike/>", `<w:vertAlign w:val="superscript"/>`} {
				if rapid.Bool().Draw(t, one) {
					properties = append(properties, one)
				}
			}
			body.WriteString(r(text, properties...))
			want.WriteString(text)
		}
		doc, err := word.Read(docx(p(r("First.")) + p(body.String())))
		if err != nil {
			t.Fatal(err)
		}
		parsed, _ := markdown.Parse([]byte(doc.Markdown))
		if got, want := letters(parsed.Text), letters("First."+want.String()); got != want {
			t.Fatalf("%q reads back as %q from %q", want, got, doc.Markdown)
		}
	})
}

// letters removes the characters that typography changes: spaces, dashes and dots.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("-–—.…", r) {
			return -1
		}
		return r
	}, text)
}

func TestHostile(t *testing.T) {
	deep := strings.Repeat("<w:ins>", 300) + strings.Repeat("</w:ins>", 300)
	wide := strings.Repeat("<w:p/>", 500_000)
	for name, data := range map[string][]byte{
		"no zip":        []byte("hello"),
		"old format":    []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
		"deep":          docx(deep),
		"wide":          docx(wide),
		"large":         docx(p(r(strings.Repeat("a", 17<<20)))),
		"document type": docx("", "word/comments.xml", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:comments xmlns:w="w">&e;</w:comments>`),
		"entity":        docx(p("<w:r><w:t>&e;</w:t></w:r>")),
	} {
		if _, err := word.Read(data); err == nil {
			t.Errorf("%s: no error", name)
		} else if strings.Contains(err.Error(), "root:") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(p(r("a", "<w:b/>")), "<w:styles/>")
	f.Add(`<w:tbl><w:tr>`+cell("a", `<w:gridSpan w:val="99999999"/>`)+`</w:tr></w:tbl>`, "<w:numbering/>")
	f.Add(p(drawing("pic", "x"))+p(r("b"), item(1, 9)), `<w:footnotes><w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>`)
	f.Fuzz(func(t *testing.T, body, part string) {
		data := docx(body, "word/footnotes.xml", part)
		var doc *word.Document
		var err error
		cost.Limit{Time: time.Second, TimePerByte: 10 * time.Microsecond, Memory: 64 << 20, MemoryPerByte: 4_000}.Check(t, len(body)+len(part), func() { doc, err = word.Read(data) })
		if err == nil && len(doc.Markdown) > 100_000+100*(len(body)+len(part)) {
			t.Fatalf("%d bytes of Markdown", len(doc.Markdown))
		}
	})
}
