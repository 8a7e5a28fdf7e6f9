package markdown_test

import (
	"fmt"
	"strings"

	"casebook/internal/markdown"
)

func ExampleParse() {
	document, problems := markdown.Parse([]byte("## Aims\n\nSee [the plan](plan.md) and [the old site](ftp://example.org).\n"))
	for _, p := range problems {
		fmt.Println(p.Offset, p.Message)
	}
	fmt.Print(document.HTML(markdown.Slots{Link: func(link markdown.Link) markdown.Target {
		return markdown.Target{Href: strings.TrimSuffix(link.Destination, ".md") + "/"}
	}}))
	// Output:
	// 52 the address "ftp://example.org" begins with "ftp:", which is not allowed for links
	// <h2 id="s-aims">Aims</h2>
	// <p>See <a href="plan/">the plan</a> and the old site.</p>
}
