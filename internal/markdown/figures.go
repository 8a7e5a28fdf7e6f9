// Figures: pictures with a caption and a credit.

package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// isFigure reports whether a paragraph consists of pictures that all have a
// title. Each is shown as a figure with its title as the caption.
func isFigure(p ast.Node) bool {
	if !onlyImages(p) {
		return false
	}
	for n := p.FirstChild(); n != nil; n = n.NextSibling() {
		if i, ok := n.(*ast.Image); ok && len(i.Title) == 0 {
			return false
		}
	}
	return p.HasChildren()
}

// credit matches the end of a caption that names who made the picture.
var credit = regexp.MustCompile(`(?i)(?:^|[.,;:!?)…]\s*|\s[-–—|]\s*)((?:photo(?:graph)?s?|picture|image|illustration|drawing|map|credits?|source)(?: credits?)?(?::| by )|©|copyright).*$`)

// splitCaption divides the title of a picture into caption and credit: "The ward
// in 2019. Credit: Grace Banda".
func splitCaption(title string) (caption, by string) {
	at := credit.FindStringSubmatchIndex(title)
	if at == nil {
		return title, ""
	}
	return strings.TrimRight(title[:at[2]], " -–—|"), title[at[2]:]
}
