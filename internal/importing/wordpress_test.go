package importing_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"casebook/internal/importing"
)

// export returns an export of WordPress with the items.
func export(items ...string) []byte {
	return []byte(`<rss xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><wp:base_blog_url>https://old.example.org</wp:base_blog_url>
` + strings.Join(items, "\n") + `
</channel></rss>`)
}

// post returns an item of an export. It is one line, apart from the line breaks of text.
func post(kind, slug, text, more string) string {
	return `<item><title>The ` + slug + `</title><link>https://old.example.org/2018/` + slug + `/</link><dc:creator>grace</dc:creator><content:encoded><![CDATA[` + text + `]]></content:encoded>` +
		`<wp:post_date>2018-01-02 10:00:00</wp:post_date><wp:post_name>` + slug + `</wp:post_name><wp:post_type>` + kind + `</wp:post_type>` + more + `</item>`
}

const published = `<wp:status>publish</wp:status>`

func importWordPress(t *testing.T, request importing.Request) *importing.Import {
	t.Helper()
	request.Name, request.Existing = "export.xml", nothing
	result, err := importing.Read(request)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// hasLine reports whether the report has a line that begins with what and contains words.
func hasLine(result *importing.Import, what, words string) bool {
	return slices.ContainsFunc(result.Report, func(l importing.Line) bool {
		return strings.HasPrefix(l.What, what) && strings.Contains(string(l.Outcome)+" "+l.Detail, words)
	})
}

// TestWordPress checks that posts become cases and pages become pages, with their
// fields, links, pictures and old addresses, and that the report has each field.
func TestWordPress(t *testing.T) {
	data := export(
		post("post", "visit", `We met. See <a href="https://old.example.org/2018/contact/#us">us</a>. <img src="https://old.example.org/wp-content/uploads/2018/ward-300x200.png" alt="The ward">`, published+
			`<category domain="category">Burns</category><category domain="region">South</category><wp:postmeta><wp:meta_key>country</wp:meta_key><wp:meta_value>Malawi</wp:meta_value></wp:postmeta>`+
			`<wp:postmeta><wp:meta_key>_edit_last</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>acf</wp:meta_key><wp:meta_value>a:1:{i:0;s:1:"x";}</wp:meta_value></wp:postmeta><wp:comment/>`),
		post("page", "contact", `See <a href="/2018/visit/">the visit</a>. <!-- wp:block {"ref":8} /-->`, published),
		post("wp_block", "address", "Write to us.", published+`<wp:post_id>8</wp:post_id>`),
		post("wp_block", "footer", "Thanks.", published+`<wp:post_id>9</wp:post_id>`),
		post("project", "charter", "Words.", published),
		post("post", "secret", "Words.", published+`<wp:post_password>x</wp:post_password>`),
		post("post", "later", "Words.", `<wp:status>draft</wp:status>`),
		post("post", "gone", "Words.", `<wp:status>trash</wp:status>`),
		`<item><title>Ward</title><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example.org/wp-content/uploads/2018/ward.png</wp:attachment_url></item>`,
	)
	result := importWordPress(t, importing.Request{
		Data: data, Media: fstest.MapFS{"2018/ward.png": {Data: []byte("x")}},
		Map: []byte("types:\n  project: resource\nfields:\n  categories: hallmarks\n  country: countries\nvalues:\n  categories:\n    Burns: plans\n"),
	})
	want := "---\ntitle: The visit\nauthors:\n  - grace\npublished: 2018-01-02\nhallmarks:\n  - plans\ncountries:\n  - Malawi\naliases:\n  - \"/2018/visit/\"\n---\n" +
		"We met. See [us](../../pages/contact.md#us). ![The ward](ward.png)\n"
	if got := fileOf(t, result, "cases/visit/index.md"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := fileOf(t, result, "pages/contact.md"); !strings.Contains(got, "See [the visit](../cases/visit.md). Write to us.") {
		t.Errorf("the page is\n%s", got)
	}
	for _, name := range []string{"cases/secret.md", "cases/later.md"} {
		if got := fileOf(t, result, name); !strings.Contains(got, "\ndraft: true\n") {
			t.Errorf("%s is not a draft", name)
		}
	}
	fileOf(t, result, "cases/visit/ward.png")
	fileOf(t, result, "resources/charter.md")
	for what, words := range map[string]string{
		"field title, 4": "", "field title, 3 times in cases": "mapped title", "field author, once in pages": "left out", "field categories, once": "mapped hallmarks",
		"field region": "left out no field has this name: South", "field country": "mapped countries", "field acf": "left out", "line 3, The visit, acf": "", "fields of WordPress": "_edit_last",
		"comments of readers, 1": "left out", "posts of type project, 1": "mapped resource", "posts with status trash, 1": "left out", "file 2018/ward.png": "mapped",
		"line 8, The secret":         "it has a password",
		"reusable block The address": "mapped in the texts that show it, once", "reusable block The footer": "left out",
	} {
		if isAbsent := words == ""; hasLine(result, what, words) == isAbsent {
			t.Errorf("%s %q: %v", what, words, result.Report)
		}
	}
	for _, line := range []string{"types:\n", "  project: resource\n", "  categories: \n", "    South:\n"} {
		if strings.Contains(string(result.Map), strings.TrimRight(line, " \n")) == false {
			t.Errorf("no %q in the map\n%s", line, result.Map)
		}
	}
}

// TestForeignWordPressIsADraft checks that a page with elements that only WordPress can
// show becomes a draft, and that the report has their lines in the export.
func TestForeignWordPressIsADraft(t *testing.T) {
	for text, place := range map[string]string{
		"A\n\n[form id=1]":                            "line 5: [form] is a shortcode",
		"A\n<!-- wp:latest-posts /-->":                "line 4: the block latest-posts",
		"<img src=\"https://old.example.org/a.png\">": "line 3: ",
		"A\n\nB {{ x }}":                              "line 5: ",
		"A\n\n<a href=\"javascript:x()\">B</a>":       "line 5: ",
	} {
		result := importWordPress(t, importing.Request{Data: export(post("post", "x", text, published)), Kind: "page"})
		if got := fileOf(t, result, "pages/x.md"); !strings.Contains(got, "\ndraft: true\n") {
			t.Errorf("%q is not a draft:\n%s", text, got)
		}
		if !hasLine(result, "line 3, The x", place) {
			t.Errorf("%q: no %s in %v", text, place, result.Report)
		}
	}
}

// FuzzWordPress checks that a page with problems is always a draft.
func FuzzWordPress(f *testing.F) {
	f.Add("<p>A</p>[x y=z]<!-- wp:a /-->")
	f.Add("* a\n\n{{ x }} ~a~ ^b^ :::\n<table><td>|</table>[caption]<img src=a>[/caption]")
	f.Fuzz(func(t *testing.T, text string) {
		result, err := importing.Read(importing.Request{Name: "a.xml", Kind: "page", Data: export(post("post", "x", strings.ReplaceAll(text, "]]>", ""), published)), Existing: nothing})
		if err == nil {
			checkPages(t, result)
		}
	})
}
