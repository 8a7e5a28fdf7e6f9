package markdown

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
)

type example struct {
	Markdown, HTML string
	Example        int
	Section        string
}

func commonMark(t *testing.T) []example {
	t.Helper()
	b, err := os.ReadFile("testdata/commonmark.json")
	if err != nil {
		t.Fatal(err)
	}
	var examples []example
	if err := json.Unmarshal(b, &examples); err != nil {
		t.Fatal(err)
	}
	if len(examples) != 652 {
		t.Fatalf("%d examples, want 652", len(examples))
	}
	return examples
}

// Differences from CommonMark that affect all examples are removed before the
// comparison: HTML 5 instead of XHTML, ids and levels of headings, attributes of
// images, and other character references for the same quotes.
var (
	selfClosing = regexp.MustCompile(` />`)
	headingTag  = regexp.MustCompile(`<(/?)h([1-6])>`)
	headingID   = regexp.MustCompile(`(<h[1-6]) id="[^"]*"`)
	ourImage    = strings.NewReplacer(` loading="lazy" decoding="async"`, "", "&#34;", "&quot;", "&#39;", "'")
)

// expected returns the HTML of the specification with our syntax and our heading
// levels, which it computes independently.
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
	return strings.ReplaceAll(selfClosing.ReplaceAllString(html, ">"), "&#39;", "'")
}

func normal(html string) string {
	return headingID.ReplaceAllString(ourImage.Replace(html), "$1")
}

// TestCommonMark runs the examples of the specification. Examples with different
// results are listed by reason, and each listed example must differ.
func TestCommonMark(t *testing.T) {
	common := deviations{
		"raw HTML is shown as text, comments are dropped": {21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 191, 201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623, 625, 626, 627, 628, 629, 630, 631, 642, 643},
		"the scheme is not allowed":                       {500, 596, 598, 599, 601},
		"the address has a backslash or no host name":     {202, 346, 502, 603},
		"a link without an address is text":               {200, 485, 486, 487, 567},
	}
	only := deviations{
		"punctuation is typographic": {14, 46, 55, 87, 91, 106, 197, 209, 210, 352, 359, 363, 380, 385, 395, 508, 590, 619, 620, 622, 624, 650},
		"bare addresses are links":   {608, 611, 612},
		"goldmark keeps spaces before a hard break when it looks for bare addresses": {226, 635},
	}
	t.Run("plain", func(t *testing.T) { checkCommonMark(t, newEngine(plain), common) })
	t.Run("prose", func(t *testing.T) { checkCommonMark(t, shared(), common, only) })
}

// deviations are numbers of examples by reason.
type deviations map[string][]int

func checkCommonMark(t *testing.T, e *engine, lists ...deviations) {
	t.Helper()
	reasons := map[int]string{}
	for _, list := range lists {
		for reason, numbers := range list {
			for _, n := range numbers {
				reasons[n] = reason
			}
		}
	}
	for _, ex := range commonMark(t) {
		doc, _ := e.parse([]byte(ex.Markdown))
		got, want := normal(doc.HTML(asWritten, pictureAsWritten)), expected(ex.HTML)
		reason, listed := reasons[ex.Example]
		if got != want && !listed {
			t.Errorf("example %d, %s: %q\ngot  %q\nwant %q", ex.Example, ex.Section, ex.Markdown, got, want)
		}
		if got == want && listed {
			t.Errorf("example %d is as specified, though listed: %s", ex.Example, reason)
		}
	}
}
