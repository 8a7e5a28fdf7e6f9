// The set-up of goldmark: which parsers and renderers run, in which order.

package markdown

import (
	"regexp"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// engine is a configured goldmark with a pool of output buffers.
type engine struct {
	markdown goldmark.Markdown
	outputs  sync.Pool // of *output
}

// shared is the engine that Parse uses. It is safe for concurrent use.
var shared = sync.OnceValue(newEngine)

// Bare addresses: a host name, then any characters of a URL. goldmark's own
// pattern for www allows "_" in the host, which starts the link parser again: it
// would read "_www._www._www." once for each underscore. Its patterns also end at
// the first letter that is not ASCII, though browsers copy addresses with such
// letters. After http:, a user name and a host without a dot are read too, so that
// they are checked and not printed as text.
var (
	bareURL = regexp.MustCompile(`^https?://(?:[-\pL\pN_.:%~]+@)?[-\pL\pN\pM_]+(?:\.[-\pL\pN\pM_]+)*(?::\d+)?` + bareRest)
	bareWWW = regexp.MustCompile(`^www\.[-\pL\pN\pM]+(?:\.[-\pL\pN\pM]+)+` + bareRest)
)

const bareRest = "(?:[/#?][-\\pL\\pN\\pM@:%_+.~#$!?&/=();,'*^{}\\[\\]`]*)?"

// newEngine registers the parsers of goldmark and its extensions. Those that can
// take more than linear time are wrapped in a guard of limits.go or inline.go.
func newEngine() *engine {
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(headings{counted{parser.NewSetextHeadingParser()}}, 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(container{parser.NewListParser()}, 300),
			util.Prioritized(items{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(headings{counted{parser.NewATXHeadingParser()}}, 600),
			util.Prioritized(fences{parser.NewFencedCodeBlockParser()}, 700),
			util.Prioritized(container{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(footnotes{container{extension.NewFootnoteBlockParser()}}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(codeSpans{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(footnoteMarks{metered{extension.NewFootnoteParser()}}, 101),
			util.Prioritized(metered{parser.NewLinkParser()}, 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(metered{parser.NewRawHTMLParser()}, 400),
			util.Prioritized(scripts{}, 450),
			util.Prioritized(emphasis{metered{parser.NewEmphasisParser()}}, 500),
			util.Prioritized(tildes{metered{extension.NewStrikethroughParser()}}, 500),
			util.Prioritized(extension.NewLinkifyParser(
				extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}),
				extension.WithLinkifyURLRegexp(bareURL),
				extension.WithLinkifyWWWRegexp(bareWWW),
			), 999),
			util.Prioritized(quotes{}, 9998),
			util.Prioritized(extension.NewTypographerParser(
				extension.WithTypographicSubstitutions(map[extension.TypographicPunctuation][]byte{
					extension.EnDash:           []byte("–"),
					extension.EmDash:           []byte("—"),
					extension.Ellipsis:         []byte("…"),
					extension.LeftAngleQuote:   []byte("«"),
					extension.RightAngleQuote:  []byte("»"),
					extension.LeftSingleQuote:  nil,
					extension.RightSingleQuote: nil,
					extension.LeftDoubleQuote:  nil,
					extension.RightDoubleQuote: nil,
					extension.Apostrophe:       nil,
				}),
			), 9999),
		),
		parser.WithParagraphTransformers(
			util.Prioritized(notes{}, 50),
			util.Prioritized(references{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tables{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(cellCode{}, 0),
			util.Prioritized(unusedFootnotes{}, 998),
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
	r := renderer.NewRenderer(renderer.WithNodeRenderers(
		util.Prioritized(html.NewRenderer(), 1000),
		util.Prioritized(extension.NewTableHTMLRenderer(), 500),
		util.Prioritized(extension.NewFootnoteHTMLRenderer(extension.WithFootnoteIDPrefix(IDPrefix)), 500),
		util.Prioritized(nodes{}, 100),
	))
	return &engine{
		markdown: goldmark.New(goldmark.WithParser(p), goldmark.WithRenderer(r)),
		outputs:  sync.Pool{New: func() any { return new(output) }},
	}
}
