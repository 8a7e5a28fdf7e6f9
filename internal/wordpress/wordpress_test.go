package wordpress_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"casebook/internal/cost"
	"casebook/internal/wordpress"
)

// export returns an export with these items.
func export(items string) []byte {
	return []byte(`<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
	xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
	<title>Our &amp;amp; your partnership</title>
	<wp:base_blog_url>https://old.example.org</wp:base_blog_url>
	<wp:author><wp:author_login><![CDATA[grace]]></wp:author_login><wp:author_display_name><![CDATA[Grace Banda]]></wp:author_display_name></wp:author>
	<wp:category><wp:cat_name><![CDATA[Burns]]></wp:cat_name></wp:category>
` + items + `
</channel>
</rss>`)
}

const item = `<item>
	<title><![CDATA[Burns &#8211; a <em>visit</em>]]></title>
	<link>https://old.example.org/2018/01/visit/</link>
	<dc:creator><![CDATA[grace]]></dc:creator>
	<content:encoded><![CDATA[We met.

[gallery ids="7"]]]]><![CDATA[>]]></content:encoded>
	<excerpt:encoded><![CDATA[]]></excerpt:encoded>
	<wp:post_id>5</wp:post_id>
	<wp:post_date><![CDATA[2018-01-02 10:00:00]]></wp:post_date>
	<wp:post_modified><![CDATA[0000-00-00 00:00:00]]></wp:post_modified>
	<wp:status><![CDATA[publish]]></wp:status>
	<wp:post_type><![CDATA[post]]></wp:post_type>
	<category domain="category" nicename="burns"><![CDATA[Burns &amp; scalds]]></category>
	<wp:postmeta><wp:meta_key><![CDATA[country]]></wp:meta_key><wp:meta_value><![CDATA[Malawi]]></wp:meta_value></wp:postmeta>
	<wp:comment><wp:comment_content>Well done.</wp:comment_content></wp:comment>
</item>`

func TestRead(t *testing.T) {
	e, err := wordpress.Read(export(item))
	if err != nil {
		t.Fatal(err)
	}
	want := wordpress.Export{
		Address: "https://old.example.org", Others: map[string]int{"category": 1},
		Posts: []wordpress.Post{{
			ID: "5", Type: "post", Status: "publish", Title: "Burns – a visit", Address: "https://old.example.org/2018/01/visit/", Author: "Grace Banda",
			Date: "2018-01-02 10:00:00", Terms: []wordpress.Term{{Taxonomy: "category", Name: "Burns & scalds"}}, Fields: []wordpress.Field{{Key: "country", Value: "Malawi"}},
			Comments: 1, Line: 9, Text: "We met.\n\n[gallery ids=\"7\"]]>", TextLine: 13,
		}},
	}
	if got := fmt.Sprintf("%+v", *e); got != fmt.Sprintf("%+v", want) {
		t.Errorf("got\n%s\nwant\n%+v", got, want)
	}
}

// reusable is an export of reusable blocks: 8 shows 9, 10 shows itself through 11, and 12
// has a shortcode.
const reusable = `
<item><wp:post_id>8</wp:post_id><wp:post_type>wp_block</wp:post_type><content:encoded>&lt;p>&lt;b>Write&lt;/b> to us.&lt;/p>&lt;!-- wp:block {"ref":9} /--></content:encoded></item>
<item><wp:post_id>9</wp:post_id><wp:post_type>wp_block</wp:post_type><content:encoded>&lt;p>London&lt;/p></content:encoded></item>
<item><wp:post_id>10</wp:post_id><wp:post_type>wp_block</wp:post_type><content:encoded>&lt;!-- wp:block {"ref":11} /--></content:encoded></item>
<item><wp:post_id>11</wp:post_id><wp:post_type>wp_block</wp:post_type><content:encoded>&lt;!-- wp:block {"ref":10} /--></content:encoded></item>
<item><wp:post_id>12</wp:post_id><wp:post_type>wp_block</wp:post_type><content:encoded>A

[form id="1"]</content:encoded></item>`

// TestConvert checks that the texts of WordPress become Markdown, and that each part that
// does not is reported with its line.
func TestConvert(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"older editor", "One\ntwo.\n\nThree <em>four</em>.", "One  \ntwo.\n\nThree *four*."},
		{"blocks", "<!-- wp:heading {\"level\":2} -->\n<h2>Aims</h2>\n<!-- /wp:heading -->\n\n<!-- wp:paragraph -->\n<p>A\nB</p>\n<!-- /wp:paragraph -->", "## Aims\n\nA B"},
		{"list", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n  \n  1. c"},
		{"table", "<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>", "| a | 1 |\n|---|---|\n| b | 2 |"},
		{"picture", `<figure class="wp-block-image"><a href="/uploads/ward.jpg"><img src="/uploads/ward-300x200.jpg" alt="The ward"/></a><figcaption>In 2018</figcaption></figure>`, `![The ward](/uploads/ward-300x200.jpg "In 2018")`},
		{"caption", `[caption id="a" width="300"]<img src="w.jpg" alt="The ward" /> In 2018[/caption]`, `![The ward](w.jpg "In 2018")`},
		{"gallery", `[gallery ids="7"]`, `![](https://old.example.org/a.jpg)`},
		{"embed", "[embed]https://youtu.be/x[/embed]", "[Video](https://youtu.be/x)"},
		{"frame", `<iframe src="//player.vimeo.com/video/1"></iframe>`, "[Video](https://player.vimeo.com/video/1)"},
		{"audio", `[audio mp3="https://old.example.org/a.mp3"][/audio]`, "[Recording](https://old.example.org/a.mp3)"},
		{"scripts", "H<sub>2</sub>O, 40 m<sup>2</sup>, a^b", `H~2~O, 40 m^2^, a\^b`},
		{"definitions", "<dl><dt>Ward</dt><dd>A room.</dd></dl>", "**Ward**\n\nA room."},
		{"abbreviation", `<abbr title="National Health Service">NHS</abbr>`, "NHS (National Health Service)"},
		{"heading with an id", `<h2 id="aims">Aims</h2>`, "## Aims {#aims}"},
		{"words in brackets", "“[we] went”, he said [in 2018], see [1] and [[gallery]].", `“\[we] went”, he said \[in 2018], see \[1] and \[gallery].`},
		{"Markdown in text", "* 2 *x* # _y_", `\* 2 \*x* # \_y_`},
		{"more", "A<!--more-->\n\nB", "A\n\nB"},
		{"reusable block", `<!-- wp:block {"ref":8} /--><!-- wp:paragraph --><p>B</p><!-- /wp:paragraph -->`, "**Write** to us.\n\nLondon\n\nB"},
		{"emoji", `Good <img draggable="false" class="emoji" alt="😀" src="https://s.w.org/1f600.svg"/>.`, "Good 😀."},
		{"empty link", `<a name="x"></a><a>here</a>`, "here"},
	} {
		e, err := wordpress.Read(export(strings.Replace(item, "We met.", "", 1) + `<item><wp:post_id>7</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example.org/a.jpg</wp:attachment_url></item>` + reusable))
		if err != nil {
			t.Fatal(err)
		}
		got := wordpress.NewConverter(e).Convert(wordpress.Post{Text: test.text})
		if strings.TrimSpace(got.Markdown) != test.want || len(got.Foreign) > 0 {
			t.Errorf("%s: got\n%s\n%v\nwant\n%s", test.name, got.Markdown, got.Foreign, test.want)
		}
	}
}

// TestFootnotes checks that footnotes of the block editor, whose texts are in a field of the
// post, become those of Markdown, and that a mark or a text alone is reported.
func TestFootnotes(t *testing.T) {
	mark := func(id string) string {
		return `<sup data-fn="` + id + `" class="fn"><a href="#` + id + `" id="` + id + `-link">9</a></sup>`
	}
	const texts = `[{"content":"A [second] \u2014 \"note\".","id":"b"}, {"content":"See <em>the report</em>,<br><a href=\"https://example.org/\">page 3<\/a>.","id":"a"}, null]`
	post := wordpress.Post{
		Text:   "<p>We met" + mark("a") + " and again" + mark("b") + ", twice." + mark("a") + "</p>\n<!-- wp:footnotes /-->",
		Fields: []wordpress.Field{{Key: wordpress.FootnotesKey, Value: texts}},
	}
	convert := func(p wordpress.Post) wordpress.Text { return wordpress.NewConverter(&wordpress.Export{}).Convert(p) }
	const want = "We met[^1] and again[^2], twice.[^1]\n\n[^1]: See *the report*, [page 3](https://example.org/).\n\n[^2]: A \\[second] — \"note\".\n"
	if got := convert(post); got.Markdown != want || len(got.Foreign) > 0 || got.Count["footnote"] != 2 {
		t.Errorf("got\n%s%v %v\nwant\n%s", got.Markdown, got.Foreign, got.Count, want)
	}
	post.Text += mark("c")
	post.Text = strings.ReplaceAll(post.Text, mark("b"), "")
	if got := fmt.Sprint(convert(post).Foreign); !strings.Contains(got, "the footnote 9 has no text in the export") || !strings.Contains(got, "has no number in the text") {
		t.Errorf("got %s", got)
	}
	post.Fields[0].Value = "{"
	if got := convert(post).Foreign; len(got) != 3 {
		t.Errorf("texts that cannot be read: %v", got)
	}
}

// TestForeign checks that elements that only WordPress or a plugin can show are reported
// with their line.
func TestForeign(t *testing.T) {
	for text, want := range map[string]string{
		"A\n\n[contact-form-7 id=\"1\"]":                               "3: [contact-form-7] is a shortcode",
		"A\n[products]\nB":                                             "2: [products] is a shortcode",
		"A [price]12[/price]":                                          "1: [price] is a shortcode",
		"<p>A</p>\n<code>[gallery]</code>":                             "2: [gallery] is a shortcode",
		"\n<a href=\"[url id=1]\">x</a>":                               "2: [url id=1] is a shortcode",
		"<!-- wp:latest-posts {\"postsToShow\":3} /-->":                "1: the block latest-posts is made when",
		"A\n<!-- wp:acme/map {\"a\":1} /-->":                           "2: the block acme/map is made when",
		"A\n\n\n<script>alert(1)</script>":                             "4: <script> has no form",
		"<form><input></form>":                                         "1: <form> has no form",
		"A\nB <!-- x":                                                  "2: a comment has no end",
		"<svg><path/></svg>":                                           "1: <svg> has no form",
		strings.Repeat("<div>", 600):                                   "1: its HTML cannot be read",
		"<iframe></iframe>":                                            "1: <iframe> has no form",
		"[gallery]":                                                    "1: [gallery] is a shortcode",
		"[video src=\"javascript:alert(1)\"]":                          "1: [video] is a shortcode",
		"A\n<!-- wp:block {\"ref\":77} /-->":                           "2: the reusable block 77 is not in the export",
		"A\n<!-- wp:block /-->":                                        "2: the reusable block without a number is not in the export",
		"<!-- wp:block {\"ref\":10} /-->":                              "1: the reusable block 10 shows itself",
		"\n<!-- wp:block {\"ref\":12} /-->":                            "2: [form] is a shortcode",
		"<!-- wp:block {\"ref\":9,\"content\":{\"Town\":{}}} /-->":     "1: the reusable block 9 has other words here (Town)",
		"[vc_row][vc_column width=\"1/2\"]Words.[/vc_column][/vc_row]": "1: [vc_row] is a shortcode",
	} {
		e, err := wordpress.Read(export(strings.Replace(item, "We met.", text, 1) + reusable))
		if err != nil {
			t.Fatal(err)
		}
		got := wordpress.NewConverter(e).Convert(wordpress.Post{Text: text})
		if !slices.ContainsFunc(got.Foreign, func(f wordpress.Foreign) bool {
			return strings.HasPrefix(fmt.Sprintf("%d: %s", f.Line, f.Message), want)
		}) {
			t.Errorf("%q: no %q in %v:\n%s", text, want, got.Foreign, got.Markdown)
		}
	}
}

func TestBrokenExports(t *testing.T) {
	for text, want := range map[string]string{
		"":               "no export of WordPress",
		"<html>":         "incomplete or damaged",
		"<rss><channel>": "incomplete or damaged at line 1",
		"<rss><channel><title>A feed</title></channel></rss>":                                "no export of WordPress",
		`<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss>&x;</rss>`:             "document type",
		`<?xml version="1.0" encoding="latin1"?><rss/>`:                                      "save it as UTF-8",
		"<rss><channel>" + strings.Repeat("<a>", 100):                                        "more than 16 elements within one another",
		string(export("<item><content>" + strings.Repeat("x", 3<<20) + "</content></item>")): "more than 2 MB of text",
		string(export(strings.Repeat("<item/>", 50_001))):                                    "more than 50000 posts",
		"<rss><channel><item>&undefined;</item></channel></rss>":                             "incomplete or damaged at line 1",
	} {
		if _, err := wordpress.Read([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: %v, want %s", text, err, want)
		}
	}
	e, err := wordpress.Read([]byte("\n\n" + strings.Replace(string(export(item)), "We met.", "We\x0b met.", 1)))
	if err != nil || e.Replaced != 1 || e.Posts[0].Line != 11 || e.Posts[0].TextLine != 15 {
		t.Errorf("blank lines and a control character: %v %+v", err, e)
	}
}

// TestHostile checks that hostile texts take little time to convert.
func TestHostile(t *testing.T) {
	const size = 1 << 18
	for name, text := range map[string]string{
		"open comments": strings.Repeat("<!-- ", size/5), "open tags": strings.Repeat(`<a x="`, size/6), "open brackets": strings.Repeat("[a ", size/3),
		"captions": strings.Repeat("[caption]", size/9), "embeds": strings.Repeat("[embed]http://", size/14), "blank": strings.Repeat("\n \n", size/3),
		"nested": strings.Repeat("<figure><b>", 255) + strings.Repeat("x", size/8), "figures": strings.Repeat(`<figure><img src="x">y</figure>`, size/31),
		"formatting": strings.Repeat("<b><i>", size/60), "marks": strings.Repeat("* _ ` ![ ] ( - + # > ~ | ", size/50), "stars": strings.Repeat("*a_b`c!", size/14), "links": strings.Repeat("<a href=x>y</a> ", size/16),
	} {
		t.Run(name, func(t *testing.T) {
			cost.Limit{Time: 20 * time.Second}.Check(t, len(text), func() { wordpress.NewConverter(&wordpress.Export{}).Convert(wordpress.Post{Text: text}) })
		})
	}
}

func FuzzRead(f *testing.F) {
	f.Add(item)
	f.Add("<item><content:encoded>&lt;p&gt;[a b=c]&lt;!-- wp:x /--&gt;</content:encoded></item>")
	f.Add("<item><content:encoded><![CDATA[[caption x='y']<figure><img src=a></figure>[/caption]<dl><dt>]]></content:encoded></item>")
	f.Fuzz(func(t *testing.T, items string) {
		cost.Limit{Time: 2 * time.Second, TimePerByte: 100 * time.Microsecond, Memory: 64 << 20, MemoryPerByte: 40_000}.Check(t, len(items), func() {
			e, err := wordpress.Read(export(items))
			if err != nil {
				return
			}
			c := wordpress.NewConverter(e)
			for _, p := range e.Posts {
				text := c.Convert(p)
				if strings.Contains(text.Markdown, "<script") && len(text.Foreign) == 0 && !strings.Contains(p.Text, "&lt;") && !strings.Contains(p.Text, "`") {
					t.Fatalf("a script in %q", text.Markdown)
				}
			}
		})
	})
}
