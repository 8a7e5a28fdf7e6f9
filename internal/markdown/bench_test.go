package markdown

import (
	"strings"
	"testing"
)

// caseStudy returns a typical body of about 5 KB.
func caseStudy() []byte {
	return []byte("## Background\n\n" + strings.Repeat(`The partnership between Mirembe Hospital and its *United Kingdom* partner began in 2012, when
both sides agreed that "training" alone would not change the ward's routine. See [the plan](plan.md) and
<https://example.org/report>, and the figures below[^1].

### What was done

- A joint committee met **every month** and wrote minutes
- Nurses from both sides shared rotas, and `+"`DHIS2`"+` was introduced
  - first on two wards
  - then in the whole hospital
- Results were presented to the ministry, which adopted the [guideline](../resources/guideline.md "National guideline")

![Nurses at a training session](session.jpg)

| Year | Wards | Nurses trained |
|------|------:|---------------:|
| 2013 | 2     | 14             |
| 2014 | 6     | 51             |

> "We learned to disagree without leaving the room," said a ward sister.

`, 5) + "[^1]: Annual report, table 3.\n")
}

func BenchmarkParse(b *testing.B) {
	src := caseStudy()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(src)
	}
}

func BenchmarkHTML(b *testing.B) {
	doc, _ := Parse(caseStudy())
	target := func(l Link) Target { return Target{Href: l.Destination} }
	image := func(l Link) Picture { return Picture{Src: l.Destination} }
	b.ReportAllocs()
	for b.Loop() {
		doc.HTML(Slots{Link: target, Image: image})
	}
}
