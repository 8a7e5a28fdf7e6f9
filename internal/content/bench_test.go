package content_test

import (
	"fmt"
	"strings"
	"testing"

	"casebook/internal/content"
)

// generated returns a case study of about 5 KB.
func generated(n int) (name string, text []byte) {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: Case study number %d\nsummary: What happened in place %d.\n", n, n)
	fmt.Fprintf(&b, "hallmarks: [hallmark-%d, sign-%d]\ncountries: [Uganda, GB-WLS]\ndisciplines: [midwifery, nursing]\n", n%20, n%7)
	fmt.Fprintf(&b, "partners:\n  - Hospital %d\n  - organisation: Trust %d\n    role: lead\nstart: 2011\nend: 2014-06\n", n, n%100)
	fmt.Fprintf(&b, "benefits:\n  Uganda: [trained %d midwives]\n  United Kingdom: not reported\n", n)
	fmt.Fprintf(&b, "indicators:\n  - name: Midwives trained\n    value: %d\n    as_of: 2016\n    source: thet-2016\n", n)
	b.WriteString("sources: [thet-2016]\nauthors:\n  - name: Jane Smith\n    orcid: 0000-0002-1825-0097\npublished: 2020-01-01\n---\n")
	for section := 0; b.Len() < 5000; section++ {
		fmt.Fprintf(&b, "## Section %d\n\n", section)
		b.WriteString(strings.Repeat("The partners met *each month* and wrote down what they had learned from one another, in both places. ", 6))
		fmt.Fprintf(&b, "\n\n- see [another](case-%d.md)\n- and a second point\n\n", n+1)
	}
	return fmt.Sprintf("cases/case-%d.md", n), []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	for _, count := range []int{1000, 10_000} {
		b.Run(fmt.Sprintf("files=%d", count), func(b *testing.B) {
			names, texts := make([]string, count), make([][]byte, count)
			size := 0
			for i := range count {
				names[i], texts[i] = generated(i)
				size += len(texts[i])
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for i := range count {
					if p := content.Parse(names[i], texts[i]); len(p.Problems) > 0 {
						b.Fatal(p.Problems)
					}
				}
			}
		})
	}
}
