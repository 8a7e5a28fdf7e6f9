package markdown

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

func asWritten(l Link) Target         { return Target{Href: l.Destination} }
func pictureAsWritten(l Link) Picture { return Picture{Src: l.Destination} }

func repeated(s string, n int) string { return strings.Repeat(s, n) }

// table returns a table with a header and rows.
func table(columns, rows int) string {
	return repeated("|aa", columns) + "|\n" + repeated("|-", columns) + "|\n" + repeated("|b\n", rows)
}

// numberedTo returns n footnotes and a reference to each.
func numberedTo(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "a[^%d]\n\n[^%d]: b\n\n", i, i)
	}
	return b.String()
}

func TestHTML(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"heading", "## Aims & *goals*", "<h2 id=\"s-aims--goals\">Aims &amp; <em>goals</em></h2>\n"},
		{"outline", "# a\n### b\n###### c\n## d\n# e", "<h2 id=\"s-a\">a</h2>\n<h3 id=\"s-b\">b</h3>\n<h4 id=\"s-c\">c</h4>\n<h3 id=\"s-d\">d</h3>\n<h2 id=\"s-e\">e</h2>\n"},
		{"typography", `"Don't" -- it's...`, "<p>“Don’t” – it’s…</p>\n"},
		{"long run of quotes stays", `"""""""""`, "<p>&quot;&quot;&quot;&quot;&quot;&quot;&quot;&quot;&quot;</p>\n"},
		{"strikethrough", "~~a~~ ~b~ ~~~c~~~", "<p><del>a</del> ~b~ ~~~c~~~</p>\n"},
		{"task list", "- [x] a\n- [ ] b", "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>\n"},
		{"bare links", "See http://a.org/x. and www.b.org, ftp://c.org, d@e.org", `<p>See <a href="http://a.org/x">http://a.org/x</a>. and <a href="http://www.b.org">www.b.org</a>, ftp://c.org, <a href="mailto:d@e.org">d@e.org</a></p>` + "\n"},
		{
			"table", "|A|B|\n|-|:-:|\n|1|`x\\|y`|", `<div class="table" role="region" aria-label="A B" tabindex="0">` +
				"\n<table>\n<thead>\n<tr>\n<th scope=\"col\">A</th>\n<th scope=\"col\" class=\"align-center\">B</th>\n</tr>\n</thead>\n" +
				"<tbody>\n<tr>\n<td>1</td>\n<td class=\"align-center\"><code>x|y</code></td>\n</tr>\n</tbody>\n</table>\n</div>\n",
		},
		{"table without names", "| | |\n|-|-|", "<div class=\"table\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\"></th>\n<th scope=\"col\"></th>\n</tr>\n</thead>\n</table>\n</div>\n"},
		{
			"footnote", "a[^x]\n\n[^x]: b", `<p>a<sup id="s-fnref:1"><a href="#s-fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>` + "\n" +
				`<div class="footnotes" role="doc-endnotes">` + "\n<hr>\n<ol>\n" + `<li id="s-fn:1">` + "\n" +
				`<p>b&#160;<a href="#s-fnref:1" class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a></p>` + "\n</li>\n</ol>\n</div>\n",
		},
		{"link", `[a *b*](c&amp;d/e%20f.md "t&quot;")`, `<p><a href="c&amp;d/e%20f.md" title="t&#34;">a <em>b</em></a></p>` + "\n"},
		{"image", `x ![a *b*](c.png "t")`, `<p>x <img src="c.png" alt="a b" title="t" loading="lazy" decoding="async"></p>` + "\n"},
		{
			"figure", `![a](c.png "The ward's <door>. Photo: \"K\" *B*")`, `<figure><img src="c.png" alt="a" loading="lazy" decoding="async">` +
				"<figcaption>The ward’s &lt;door&gt;. <span class=\"credit\">Photo: “K” *B*</span></figcaption></figure>\n",
		},
		{"figures", "![a](c.png 't')\n![b](d.png 'u')", `<figure><img src="c.png" alt="a" loading="lazy" decoding="async"><figcaption>t</figcaption></figure>` + "\n\n" + `<figure><img src="d.png" alt="b" loading="lazy" decoding="async"><figcaption>u</figcaption></figure>` + "\n"},
		{"note", "> [!WARNING]\n> a\n>\n> b", "<div class=\"callout callout-warning\" role=\"note\">\n<p><strong>Warning</strong></p>\n<p>a</p>\n<p>b</p>\n</div>\n"},
		{"note with its text apart", "> [!tip]\n>\n> - a", "<div class=\"callout callout-tip\" role=\"note\">\n<p><strong>Tip</strong></p>\n<ul>\n<li>a</li>\n</ul>\n</div>\n"},
		{"no note", "> a\n> [!NOTE]\n\n> [!INFO]\n> b", "<blockquote>\n<p>a\n[!NOTE]</p>\n</blockquote>\n<blockquote>\n<p>[!INFO]\nb</p>\n</blockquote>\n"},
		{"subscript", "H~2~O, CO~2~e, x~i+1~, log~10~(x)~2~", "<p>H<sub>2</sub>O, CO<sub>2</sub>e, x<sub>i+1</sub>, log<sub>10</sub>(x)<sub>2</sub></p>\n"},
		{"superscript", "m^2^ 10^−6^ 1^st^ ^99m^Tc **x^2^**", "<p>m<sup>2</sup> 10<sup>−6</sup> 1<sup>st</sup> <sup>99m</sup>Tc <strong>x<sup>2</sup></strong></p>\n"},
		{"neither", "Age (1~3), height (80~100), 1~3-4~6, ~5~, 1~3歳、4~6歳, ~mismatch~~, a~~b, x^ y^, a^b c^", "<p>Age (1~3), height (80~100), 1~3-4~6, ~5~, 1~3歳、4~6歳, ~mismatch~~, a~~b, x^ y^, a^b c^</p>\n"},
		{"line break in a cell", "|A|B|\n|-|-|\n|a<br>b|c<BR />d|", `<div class="table" role="region" aria-label="A B" tabindex="0">` + "\n<table>\n<thead>\n<tr>\n<th scope=\"col\">A</th>\n<th scope=\"col\">B</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>a<br>b</td>\n<td>c<br>d</td>\n</tr>\n</tbody>\n</table>\n</div>\n"},
		{"no line break elsewhere", "a<br>b", "<p>a&lt;br&gt;b</p>\n"},
		{"heading ids", "## Aims and *goals* {#aims}\n\nWhat\n---\n\n# {#x}", "<h2 id=\"s-aims\">Aims and <em>goals</em></h2>\n<h2 id=\"s-what\">What</h2>\n<h2 id=\"s-x\"></h2>\n"},
		{"direction", "Hello\n\nمرحبا\n\n## سلام\n\n- a\n\n> b\n\nc[^1]\n\n[^1]: d", "<p dir=\"auto\">Hello</p>\n<p dir=\"auto\">مرحبا</p>\n<h2 id=\"s-سلام\" dir=\"auto\">سلام</h2>\n<ul dir=\"auto\">\n<li>a</li>\n</ul>\n<blockquote dir=\"auto\">\n<p>b</p>\n</blockquote>\n" +
			`<p dir="auto">c<sup id="s-fnref:1"><a href="#s-fn:1" class="footnote-ref" role="doc-noteref">1</a></sup></p>` + "\n" + `<div class="footnotes" role="doc-endnotes">` + "\n<hr>\n<ol>\n" + `<li id="s-fn:1" dir="auto">` + "\n" +
			`<p>d&#160;<a href="#s-fnref:1" class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a></p>` + "\n</li>\n</ol>\n</div>\n"},
		{"East Asian emphasis", "これは**「強調」**です。**テスト。**テスト\n\n**“强调”**文字", "<p>これは<strong>「強調」</strong>です。<strong>テスト。</strong>テスト</p>\n<p><strong>“强调”</strong>文字</p>\n"},
		{"East Asian lines", "日本\n語 and\nEnglish", "<p>日本語 and\nEnglish</p>\n"},
		{"address with letters", "https://fr.wikipedia.org/wiki/Santé_publique und http://münchen.example/ü.", `<p><a href="https://fr.wikipedia.org/wiki/Sant%C3%A9_publique">https://fr.wikipedia.org/wiki/Santé_publique</a> und <a href="http://m%C3%BCnchen.example/%C3%BC">http://münchen.example/ü</a>.</p>` + "\n"},
		{"address of a number", "[a](http://[::1]:80/x y) <http://[::1]:80/x>", `<p>[a](http://[::1]:80/x y) <a href="http://[::1]:80/x">http://[::1]:80/x</a></p>` + "\n"},
		{"empty table headings", "| | |\n|-|-|\n\nKenya", "<div class=\"table\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\"></th>\n<th scope=\"col\"></th>\n</tr>\n</thead>\n</table>\n</div>\n<p>Kenya</p>\n"},
		{"image in link", `[![a](b.png)](c)`, `<p><a href="c"><img src="b.png" alt="a" loading="lazy" decoding="async"></a></p>` + "\n"},
		{"link in link", `[<https://a.org>](b)`, `<p><a href="b">https://a.org</a></p>` + "\n"},
		{"attributes stay", "# a {#b .c onclick=d}\n\ne{style=f}", "<h2 id=\"s-a-b-c-onclickd\">a {#b .c onclick=d}</h2>\n<p>e{style=f}</p>\n"},
		{"templates stay", "{{ .Site }} {% raw %} <%= 1 %> ${x}", "<p>{{ .Site }} {% raw %} &lt;%= 1 %&gt; ${x}</p>\n"},
		{"tags stay", "a <b>c</b>\n\n<div>\n*d*\n</div>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n<p>&lt;div&gt;\n*d*\n&lt;/div&gt;</p>\n"},
		{"comments go", "a <!-- b --> c\n\n<!-- d\n\ne -->\n\nf", "<p>a  c</p>\n<p>f</p>\n"},
		{"text after a comment stays", "<!-- a --> b", "<p>b</p>\n"},
		{"open comment stays", "<!-- a\n\nb", "<p>&lt;!-- a\n\nb</p>\n"},
		{"code language", "```go x\na\n```\n\n``` <script>\nb\n```\n\n```a\tb\n```", "<pre><code class=\"language-go\">a\n</code></pre>\n<pre><code>b\n</code></pre>\n<pre><code></code></pre>\n"},
		{"refused link", "[a](javascript:b)", "<p>a</p>\n"},
		{"refused image", "![*a*](https://b.org/c.png)", "<p><em>a</em></p>\n"},
		{"nothing", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, _ := Parse([]byte(tt.src))
			if got := doc.HTML(written); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestHTMLFillsSlots(t *testing.T) {
	doc, problems := Parse([]byte("[one](a.md) ![two](b.png) <https://three.org> x[^n]\n\n[^n]: [four](d)\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var order []string
	got := doc.HTML(Slots{Link: func(l Link) Target {
		order = append(order, l.Text)
		switch l.Text {
		case "one":
			return Target{Href: "../a/#s-x"}
		case "four":
			return Target{Href: "javascript:alert(1)"} // a mistake of the caller
		}
		return Target{Href: l.Destination, External: true}
	}, Image: func(l Link) Picture {
		order = append(order, l.Text)
		return Picture{Src: "b 1.png", Width: 4, Height: 3, SrcSet: `b.png 2x, "`, Sizes: "10vw"}
	}})
	if want := []string{"one", "two", "https://three.org", "four"}; !slices.Equal(order, want) {
		t.Errorf("order %q, want %q", order, want)
	}
	for _, want := range []string{
		`<a href="../a/#s-x">one</a>`,
		`<img src="b%201.png" srcset="b.png 2x, &#34;" sizes="10vw" alt="two" width="4" height="3" loading="lazy" decoding="async">`,
		`<a href="https://three.org" rel="external">https://three.org</a>`,
		`<p>four&#160;`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if got, want := doc.HTML(Slots{}), "<p>one two https://three.org x<sup"; !strings.HasPrefix(got, want) {
		t.Errorf("without functions: %s", got)
	}
}

func TestDocument(t *testing.T) {
	src := "![Logo](logo.png)\n\n> Quoted\n\nFirst *paragraph*,\nwith `code` &amp; \\*more\\*[^n].\n\n## Don't \"stop\"\n\n- one\n- two [three](4.md)\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n```\ncode\nblock\n```\n\n[^n]: The note.\n"
	doc, problems := Parse([]byte(src))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := "Logo\nQuoted\nFirst paragraph, with code & *more*.\nDon’t “stop”\none\ntwo three\nA B\n1 2\ncode\nblock\nThe note."
	if doc.Text != want {
		t.Errorf("text %q\nwant %q", doc.Text, want)
	}
	if want := "First paragraph, with code & *more*."; doc.FirstParagraph() != want {
		t.Errorf("first paragraph %q", doc.FirstParagraph())
	}
	if doc.Words != 21 {
		t.Errorf("%d words in %q", doc.Words, doc.Text)
	}
	if want := []Heading{{2, "dont-stop", "Don’t “stop”", strings.Index(src, "Don't")}}; !slices.Equal(doc.Headings, want) {
		t.Errorf("headings %+v", doc.Headings)
	}
	links := []Link{
		{Image, "logo.png", "", "Logo", strings.Index(src, "logo.png")},
		{Hyperlink, "4.md", "", "three", strings.Index(src, "4.md")},
	}
	if !slices.Equal(doc.Links, links) {
		t.Errorf("links %+v", doc.Links)
	}
}

func TestHeadingIDs(t *testing.T) {
	tests := []struct {
		src  string
		want []string
	}{
		{"# A\n# A\n# A", []string{"a", "a-1", "a-2"}},
		{"# A\n# A-1\n# A\n# a", []string{"a", "a-1", "a-2", "a-3"}},
		{"# Été à Kampala\n# 医療\n# e\u0301", []string{"été-à-kampala", "医療", "é"}},
		{"# !!!\n#\n# section", []string{"section", "section-1", "section-2"}},
		{"# snake_case `code` [link](x) &amp; 1.2", []string{"snake_case-code-link--12"}},
		{"Setext\ntwo lines\n===", []string{"setext-two-lines"}},
		{"# location\n# getElementById", []string{"location", "getelementbyid"}},
		{"# Aims\n# Goals {#aims}\n# Aims {#Plan-2.b}", []string{"aims-1", "aims", "Plan-2.b"}},
		{"# e\u0301\n# é {#e\u0301}", []string{"é-1", "é"}},
	}
	for _, tt := range tests {
		doc, _ := Parse([]byte(tt.src))
		var got []string
		for _, h := range doc.Headings {
			got = append(got, h.ID)
			if id := `id="` + IDPrefix + h.ID + `"`; strings.Count(doc.HTML(Slots{}), id) != 1 {
				t.Errorf("%q: %s is missing or repeated", tt.src, id)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.src, got, tt.want)
		}
	}
}

// TestProblems provokes each problem, and checks its code and the source at its offset.
func TestProblems(t *testing.T) {
	tests := []struct{ src, code, at string }{
		{"a <b>c</b> d", "raw-html", "<b>"},
		{"x\n\n<div>\ny\n</div>", "raw-html", "<div>"},
		{"a </b>", "raw-html", "</b>"},
		{"x <!-- y", "", ""},
		{"x\n\n<!-- y", "raw-html", "<!--"},
		{"<!-- y --> z", "raw-html", "<!--"},
		{"[a](javascript:b)", "link-scheme", "javascript"},
		{"[a][b]\n\n[b]: <data:x>", "link-scheme", "data:x"},
		{"<vbscript:x>", "link-scheme", "vbscript"},
		{"![a](https://b.org/c.png)", "remote-image", "https:"},
		{"![a](//b.org/c.png)", "link-scheme", "//b"},
		{"[a](images\\b.png)", "link-scheme", "images"},
		{"[a]()", "link-empty", "[a]"},
		{"[](a)", "link-text", "[](a)"},
		{"x ![](a.png)", "image-alt", "![]"},
		{"x[^a]", "footnote-undefined", "[^a]"},
		{"x[^a]\n\n[^a]: b\n\n[^c]: d", "footnote-unused", "[^c]"},
		{"a\xffb", "not-utf8", "\xff"},
		{"a\x01b", "control-character", "\x01"},
		{"[a](https://b.org/%zz)", "link-scheme", "https:"},
		{"![photo](WhatsApp Image 2026.png)", "link-space", "WhatsApp"},
		{"see [report](my report.docx \"A title\"), now", "link-space", "my report"},
		{"- [a](b.md) and [*our* report](files/our report (1).pdf).", "link-space", "files/our"},
		{"| a | b |\n|---|---|\n| [x](y z.pdf) | c |", "link-space", "y z"},
		{"[a](<my report.docx>) `[a](my report.docx)` [a] (see p. 3) \\[a\\](b c.pdf)", "", ""},
		{"```\n[a](b c.pdf)\n```", "", ""},
		{"[text][nope]", "link-undefined", "[nope]"},
		{"[1][2] [a][1] [a][b] [a] [c] [d][]\n\n[b]: c.md", "", ""},
		{"x [a](b.md) ![c](d.png) <https://e.org> <f@g.org> [h](tel:+256) [i](#j) [k](/l)", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.src, func(t *testing.T) {
			_, problems := Parse([]byte(tt.src))
			if tt.code == "" {
				if len(problems) > 0 {
					t.Errorf("%+v", problems)
				}
				return
			}
			if len(problems) != 1 || problems[0].Code != tt.code || !strings.HasPrefix(tt.src[problems[0].Offset:], tt.at) {
				t.Errorf("%+v, want %s at %q", problems, tt.code, tt.at)
			}
			if len(problems) > 0 && (problems[0].Message == "" || problems[0].Hint == "") {
				t.Errorf("%+v has no message or no hint", problems[0])
			}
		})
	}
}

func TestProblemsAreOrderedAndFew(t *testing.T) {
	_, problems := Parse([]byte("[b](x:y) " + repeated("<b>\n\n", 1000) + "[a](x:y)"))
	if len(problems) != problemsPerCode+2 {
		t.Errorf("%d problems", len(problems))
	}
	if !slices.IsSortedFunc(problems, func(a, b Problem) int { return a.Offset - b.Offset }) {
		t.Error("the problems are not sorted by offset")
	}
}

func TestDocumentIsSafeForConcurrentUse(t *testing.T) {
	src := caseStudy()
	doc, _ := Parse(src)
	want := doc.HTML(written)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				again, _ := Parse(src)
				if doc.HTML(written) != want || again.HTML(written) != want {
					t.Error("the HTML differs between goroutines")
				}
			}
		})
	}
	wg.Wait()
}

var written = Slots{Link: asWritten, Image: pictureAsWritten}
