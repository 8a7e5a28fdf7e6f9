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
var shared = sync.OnceValue(func() *engine { return newEngine(prose) })

// flavour is the syntax that an engine accepts.
type flavour int

const (
	prose flavour = iota // everything in the package comment
	plain                // without typographic punctuation and bare links, to test against the CommonMark specification
)

// Bare addresses: a host name, then any characters of a URL. goldmark's own
// patterns allow "_" in the host, which starts the link parser again: it would
// read "_www._www._www." once for each underscore.
var (
	bareURL = regexp.MustCompile(`^https?://[-a-zA-Z0-9]+(?:\.[-a-zA-Z0-9]+)+(?::\d+)?` + bareRest)
	bareWWW = regexp.MustCompile(`^www\.[-a-zA-Z0-9]+(?:\.[-a-zA-Z0-9]+)+` + bareRest)
)

const bareRest = "(?:[/#?][-a-zA-Z0-9@:%_+.~#$!?&/=();,'*^{}\\[\\]`]*)?"

// newEngine registers the parsers of goldmark and its extensions. Those that can
// take more than linear time are wrapped in a guard of limits.go or inline.go.
func newEngine(f flavour) *engine {
	inline := []util.PrioritizedValue{
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(codeSpans{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(footnoteMarks{metered{extension.NewFootnoteParser()}}, 101),
		util.Prioritized(metered{parser.NewLinkParser()}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(metered{parser.NewRawHTMLParser()}, 400),
		util.Prioritized(metered{parser.NewEmphasisParser()}, 500),
		util.Prioritized(shortRuns{metered{extension.NewStrikethroughParser()}, 2}, 500),
	}
	if f == prose {
		inline = append(inline,
			util.Prioritized(extension.NewLinkifyParser(
				extension.WithLinkifyAllowedProtocols([]string{"http:", "https:"}),
				extension.WithLinkifyURLRegexp(bareURL),
				extension.WithLinkifyWWWRegexp(bareWWW),
			), 999),
			util.Prioritized(shortRuns{extension.NewTypographerParser(
				extension.WithTypographicSubstitutions(map[extension.TypographicPunctuation]string{
					extension.LeftSingleQuote:  "‘",
					extension.RightSingleQuote: "’",
					extension.LeftDoubleQuote:  "“",
					extension.RightDoubleQuote: "”",
					extension.EnDash:           "–",
					extension.EmDash:           "—",
					extension.Ellipsis:         "…",
					extension.LeftAngleQuote:   "«",
					extension.RightAngleQuote:  "»",
					extension.Apostrophe:       "’",
				}),
			), 8}, 9999),
		)
	}
	p := parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(counted{parser.NewSetextHeadingParser()}, 100),
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(container{parser.NewListParser()}, 300),
			util.Prioritized(items{parser.NewListItemParser()}, 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(counted{parser.NewATXHeadingParser()}, 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(container{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(parser.NewHTMLBlockParser(), 900),
			util.Prioritized(footnotes{container{extension.NewFootnoteBlockParser()}}, 999),
			util.Prioritized(parser.NewParagraphParser(), 1000),
		),
		parser.WithInlineParsers(inline...),
		parser.WithParagraphTransformers(
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
