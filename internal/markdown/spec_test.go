package markdown_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/markdown"
)

// example is an example of a specification.
type example struct {
	Markdown, HTML string
	Example        int
	Section        string
}

func examples(t *testing.T, file string, n int) []example {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != n {
		t.Fatalf("%d examples, want %d", len(all), n)
	}
	return all
}

// Differences from the specifications that affect all examples are removed before
// the comparison: HTML 5 instead of XHTML, ids and levels of headings, attributes
// of images, the element around tables, characters for check boxes, and other
// character references for the same quotes.
var (
	selfClosing = regexp.MustCompile(` />`)
	headingTag  = regexp.MustCompile(`<(/?)h([1-6])>`)
	headingID   = regexp.MustCompile(`(<h[1-6]) id="[^"]*"`)
	figure      = regexp.MustCompile(`<figure>(<img [^>]*)><figcaption>(.*?)</figcaption></figure>`)
	tableStart  = regexp.MustCompile(`<div class="table"[^>]*>\n`)
	alignment   = regexp.MustCompile(` class="align-(\w+)"`)
	ours        = strings.NewReplacer(` loading="lazy" decoding="async"`, "", "&#34;", "&quot;", "&#39;", "'", "</table>\n</div>", "</table>", ` scope="col"`, "")
	boxes       = strings.NewReplacer(`<input checked="" disabled="" type="checkbox"> `, "☑ ", `<input disabled="" type="checkbox"> `, "☐ ")
)

// expected returns the specification's HTML in Casebook's syntax, and with
// Casebook's heading levels, which it computes independently of the package.
func expected(html string) string {
	var above []byte
	html = headingTag.ReplaceAllStringFunc(html, func(tag string) string {
		m := headingTag.FindStringSubmatch(tag)
		if m[1] == "" {
			for len(above) > 0 && above[len(above)-1] >= m[2][0] {
				above = above[:len(above)-1]
			}
			above = append(above, m[2][0])
		}
		return "<" + m[1] + "h" + string("123456"[min(len(above), 5)]) + ">"
	})
	return boxes.Replace(strings.ReplaceAll(selfClosing.ReplaceAllString(html, ">"), "&#39;", "'"))
}

func normal(html string) string {
	html = headingID.ReplaceAllString(ours.Replace(html), "$1")
	html = figure.ReplaceAllString(html, `<p>$1 title="$2"></p>`)
	return alignment.ReplaceAllString(tableStart.ReplaceAllString(html, ""), ` align="$1"`)
}

// deviations maps a reason to the numbers of the examples that differ for it.
type deviations map[string][]int

// TestCommonMark runs the examples of the CommonMark specification.
func TestCommonMark(t *testing.T) {
	checkExamples(t, examples(t, "testdata/commonmark.json", 652), deviations{
		"punctuation is typographic":               {14, 46, 55, 87, 91, 106, 197, 209, 210, 352, 359, 363, 380, 385, 395, 508, 590, 619, 620, 622, 624, 650},
		"raw HTML is shown as text":                {21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 191, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623, 625, 626, 627, 628, 629, 630, 631, 642, 643},
		"a link without an address is text":        {200, 485, 486, 487, 567},
		"the address cannot be read":               {202, 346, 502, 603},
		"the scheme of the address is not allowed": {500, 596, 598, 599, 601},
		"bare addresses are links":                 {608, 611, 612},
	})
}

// TestGitHub runs the examples of GitHub's specification that are not in
// CommonMark's: its extensions, and examples of an earlier CommonMark.
func TestGitHub(t *testing.T) {
	checkExamples(t, examples(t, "testdata/gfm.json", 44), deviations{
		"punctuation is typographic":                      {203, 630},
		"raw HTML is shown as text, comments are dropped": {644, 653},
		"comments are those of CommonMark 0.31":           {645, 646},
		"the address cannot be read":                      {356, 611},
		"bare addresses are links":                        {616, 619},
		"the scheme of the address is not allowed":        {628},
	})
}

// checkExamples publishes each example as the body of a page. Examples with
// different results are listed by reason, and each listed example must differ.
func checkExamples(t *testing.T, all []example, differ deviations) {
	t.Helper()
	reasons := map[int]string{}
	for reason, numbers := range differ {
		for _, n := range numbers {
			if reasons[n] != "" {
				t.Errorf("example %d is listed twice", n)
			}
			reasons[n] = reason
		}
	}
	slots := markdown.Slots{
		Link:  func(l markdown.Link) markdown.Target { return markdown.Target{Href: l.Destination} },
		Image: func(l markdown.Link) markdown.Picture { return markdown.Picture{Src: l.Destination} },
	}
	for _, ex := range all {
		page := content.Parse("pages/example.md", []byte("---\ntitle: Example\n---\n"+ex.Markdown))
		got, want := normal(page.Body.HTML(slots)), expected(ex.HTML)
		reason, listed := reasons[ex.Example]
		if got != want && !listed {
			t.Errorf("example %d, %s: %q\ngot  %q\nwant %q", ex.Example, ex.Section, ex.Markdown, got, want)
		}
		if got == want && listed {
			t.Errorf("example %d is as specified, but listed: %s", ex.Example, reason)
		}
	}
}
