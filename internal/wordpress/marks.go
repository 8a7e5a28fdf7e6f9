// Shortcodes, block comments and elements that WordPress or its plugins
// execute. They are found in the text of a post as it is stored, where their
// lines are known.

package wordpress

import (
	"cmp"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// tagMark matches a tag; bracketMark matches a shortcode or an escaped one.
// Neither match includes the start of another of its kind, so that a text is
// scanned in one pass.
var (
	tagMark     = regexp.MustCompile(`^</?[a-zA-Z](?:"[^"<]*"|'[^'<]*'|[^"'<>])*>`)
	bracketMark = regexp.MustCompile(`^(?:\[\[[a-zA-Z][^\[\]]*\]\]|\[/?[a-zA-Z][\w-]*(?:\s[^\[\]]*)?/?\])`)
)

// marks yields the offsets of the marks in a text: comments, tags, shortcodes
// and escaped shortcodes. For a comment without an end it yields "<!--" only.
func marks(text string) func(yield func(start, end int) bool) {
	return func(yield func(start, end int) bool) {
		commentsEnd := strings.LastIndex(text, "-->")
		for at := 0; at < len(text); {
			next := strings.IndexAny(text[at:], "<[")
			if next < 0 {
				return
			}
			at += next
			length := 0
			switch rest := text[at:]; {
			case strings.HasPrefix(rest, "<!--") && at < commentsEnd:
				length = len("<!--") + strings.Index(rest[len("<!--"):], "-->") + len("-->")
				if length < len("<!---->") {
					length = len("<!--")
				}
			case strings.HasPrefix(rest, "<!--"):
				length = len("<!--")
			case rest[0] == '<':
				length = len(tagMark.FindString(rest))
			default:
				length = len(bracketMark.FindString(rest))
			}
			if length == 0 {
				at++
				continue
			}
			if !yield(at, at+length) {
				return
			}
			at += length
		}
	}
}

var (
	blockComment = regexp.MustCompile(`(?s)^<!--\s*(/?)wp:([a-z][\w/-]*)\s*(.*?)(/?)-->$`)
	shortcode    = regexp.MustCompile(`(?s)^\[(/?)([a-zA-Z][\w-]*)\s*(.*?)(/?)\]$`)
	tagName      = regexp.MustCompile(`^</?([a-zA-Z][\w:-]*)`)
	attribute    = regexp.MustCompile(`([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]>]+))`)
)

// coreShortcodes are the shortcodes that are part of WordPress.
var coreShortcodes = []string{"audio", "caption", "embed", "gallery", "playlist", "video", "wp_caption"}

// executed are elements that run something, or whose content Markdown cannot
// express.
var executed = []string{"script", "form", "object", "embed", "applet", "canvas", "svg", "math", "input", "select", "textarea", "button", "frameset", "template"}

// scanner rewrites the marks in one text.
type scanner struct {
	known    map[string]bool   // names that are shortcodes in this export
	files    map[string]string // addresses of attachments, by id
	reusable map[string]string // texts of reusable blocks, by id
	within   []string          // ids of the reusable blocks whose text this is, the outermost first
	left     *int              // bytes of reusable blocks that the text may still show

	out  strings.Builder
	text *Text
	line int
	code int            // number of open elements of code
	ends map[string]int // position of the last end of a shortcode, in bytes from the end of the text
}

// shortcodesIn adds the names in a text that are certainly shortcodes: those
// with attributes or an end, or with a name that is not a word.
func shortcodesIn(text string, known map[string]bool) {
	for start, end := range marks(text) {
		m := text[start:end]
		if tagName.MatchString(m) {
			shortcodesIn(m[1:], known)
		}
		parts := shortcode.FindStringSubmatch(m)
		if parts == nil {
			continue
		}
		name := strings.ToLower(parts[2])
		if parts[1] == "/" || parts[4] == "/" || attribute.MatchString(parts[3]) || strings.ContainsAny(name, "_-0123456789") && parts[3] == "" ||
			strings.HasPrefix(parts[3], "http") || strings.HasPrefix(parts[3], `"`) {
			known[name] = true
		}
	}
}

// scan rewrites the marks of a text that HTML can express, and reports all
// others. The numbers of lines stay the same.
func (s *scanner) scan(text string) string {
	s.line = 1
	at := 0
	for start, end := range marks(text) {
		if start < at {
			continue // inside a part that was rewritten
		}
		s.out.WriteString(text[at:start])
		s.line += strings.Count(text[at:start], "\n")
		end = s.mark(text, start, end)
		s.line += strings.Count(text[start:end], "\n")
		at = end
	}
	s.out.WriteString(text[at:])
	return s.out.String()
}

// mark rewrites the mark between two offsets, and returns the offset after the
// text that it used.
func (s *scanner) mark(text string, start, end int) int {
	m := text[start:end]
	switch {
	case m == "<!--":
		s.foreign("a comment has no end: write --> after it, or delete it")
		s.out.WriteString("&lt;!--")
	case strings.HasPrefix(m, "<!--"):
		s.comment(m)
	case strings.HasPrefix(m, "<"):
		s.tag(m)
	case strings.HasPrefix(m, "[["):
		s.out.WriteString(m[1 : len(m)-1])
	default:
		return s.shortcode(text, start, end)
	}
	return end
}

// comment removes a comment, and reports a block whose content WordPress
// generates when it shows the page.
func (s *scanner) comment(m string) {
	parts := blockComment.FindStringSubmatch(m)
	if parts == nil {
		what := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(m, "<!--"), "-->"))
		if strings.HasPrefix(what, "more") || what == "nextpage" {
			s.text.Count["page break or more mark"]++
		} else {
			s.text.Count["comment"]++
		}
		return
	}
	name := parts[2]
	s.text.hasBlocks = true
	switch isEnd := parts[1] == "/"; {
	case isEnd:
	case name == "block":
		s.reuse(parts[3])
	case name == FootnotesKey: // its place; Markdown has them at the end
		s.text.Count["block"]++
	case parts[4] == "/" && name != "spacer" && name != "separator":
		s.foreign(fmt.Sprintf("the block %s is made when WordPress shows the page: write what it shows", name))
	case strings.Contains(name, "/"):
		s.text.Kept["block "+name]++
	default:
		s.text.Count["block"]++
	}
}

// reuse puts the text of a reusable block in place of the reference to it. Every
// mark in that text is on the line of the reference.
func (s *scanner) reuse(reference string) {
	var block struct {
		Ref     json.Number    `json:"ref"`
		Content map[string]any `json:"content"` // words that this page has in place of the block's
	}
	err := json.Unmarshal([]byte(reference), &block)
	id := block.Ref.String()
	text, known := s.reusable[id]
	switch *s.left -= len(text); {
	case err != nil || !known:
		s.foreign(fmt.Sprintf("the reusable block %s is not in the export: export all content, or write what it shows", cmp.Or(id, "without a number")))
		return
	case slices.Contains(s.within, id), len(s.within) == maxDepth:
		s.foreign(fmt.Sprintf("the reusable block %s shows itself: write what it shows", id))
		return
	case *s.left < 0:
		s.foreign(fmt.Sprintf("the reusable blocks of this text have more than %d MB: write what it shows", maxText>>20))
		return
	}
	if len(block.Content) > 0 {
		s.foreign(fmt.Sprintf("the reusable block %s has other words here (%s): write them in place of its own", id, strings.Join(slices.Sorted(maps.Keys(block.Content)), ", ")))
	}
	s.text.Reused[id]++
	inner := scanner{
		known: s.known, files: s.files, reusable: s.reusable, within: append(slices.Clone(s.within), id), left: s.left, text: s.text, ends: map[string]int{},
	}
	before := len(s.text.Foreign)
	s.out.WriteString(inner.scan(text))
	for i := range s.text.Foreign[before:] {
		s.text.Foreign[before+i].Line = s.line
	}
}

// tag copies a tag, and reports an element that is executed.
func (s *scanner) tag(m string) {
	name := strings.ToLower(tagName.FindStringSubmatch(m)[1])
	isEnd := strings.HasPrefix(m, "</")
	switch {
	case name == "pre" || name == "code":
		if isEnd {
			s.code = max(s.code-1, 0)
		} else {
			s.code++
		}
	case isEnd:
	case slices.Contains(executed, name), name == "iframe" && attributes(m)["src"] == "":
		s.foreign(fmt.Sprintf("<%s> has no form in Markdown: write what readers need of it", name))
	case name == "style":
		s.text.Kept["<style>"]++
	}
	for start, end := range marks(m[1:]) {
		if inner := m[1+start : 1+end]; s.isShortcode(inner, false) {
			s.foreign(fmt.Sprintf("%s is a shortcode: write what it shows", inner))
		}
	}
	s.out.WriteString(m)
}

// foreign reports that something on the current line cannot be expressed in
// Markdown.
func (s *scanner) foreign(message string) {
	s.text.Foreign = append(s.text.Foreign, Foreign{s.line, message})
}

// isShortcode reports whether WordPress executes a mark in brackets. A single
// word in a sentence, as in "[we] went", is text.
func (s *scanner) isShortcode(m string, isAlone bool) bool {
	parts := shortcode.FindStringSubmatch(m)
	if parts == nil {
		return false
	}
	name := strings.ToLower(parts[2])
	return s.known[name] || slices.Contains(coreShortcodes, name) || isAlone && parts[3] == "" && parts[2] == name
}

// shortcode rewrites a shortcode as HTML, or reports it.
func (s *scanner) shortcode(text string, start, end int) int {
	m := text[start:end]
	before, after := text[:start], text[end:]
	isAlone := (start == 0 || strings.HasSuffix(strings.TrimRight(before, " \t"), "\n") || strings.HasSuffix(before, ">")) &&
		(after == "" || strings.HasPrefix(strings.TrimLeft(after, " \t\r"), "\n") || strings.HasPrefix(after, "<"))
	if !s.isShortcode(m, isAlone) {
		s.out.WriteString(m)
		return end
	}
	parts := shortcode.FindStringSubmatch(m)
	name, inside := strings.ToLower(parts[2]), parts[3]
	if s.code == 0 {
		if rewritten, length := s.rewrite(name, parts[1] == "/", attributes(inside), inside, after); rewritten != "" {
			s.out.WriteString(rewritten)
			if parts[1] == "" {
				s.text.Count["shortcode"]++
			}
			return end + length
		}
	}
	if parts[1] == "" {
		s.foreign(fmt.Sprintf("[%s] is a shortcode: write what it shows", name))
	}
	s.out.WriteString(m)
	return end
}

// hasEnd reports whether the shortcode has an end in the text after it.
func (s *scanner) hasEnd(name, after string) bool {
	if _, seen := s.ends[name]; !seen {
		s.ends[name] = len(after) - strings.LastIndex(after, "[/"+name+"]") // from the end of the text
		if !strings.Contains(after, "[/"+name+"]") {
			s.ends[name] = 0
		}
	}
	return s.ends[name] > 0 && s.ends[name] <= len(after)
}

// enclosed matches the address inside a shortcode, and the end of the
// shortcode.
var enclosed = regexp.MustCompile(`^\s*(https?://[^\s\[\]<>"]+)\s*\[/\w+\]`)

// rewrite returns a shortcode as HTML, and the length of the text after it that
// belongs to it; "" if HTML cannot express it.
func (s *scanner) rewrite(name string, isEnd bool, a map[string]string, inside, after string) (text string, length int) {
	switch name {
	case "caption", "wp_caption":
		switch {
		case isEnd:
			return "</figure>", 0
		case s.hasEnd(name, after):
			return `<figure class="caption" title="` + html.EscapeString(a["caption"]) + `">`, 0
		}
	case "embed", "youtube", "vimeo", "audio", "video":
		address := firstOf(a, "src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "url")
		if m := enclosed.FindStringSubmatch(after); m != nil && address == "" {
			address, length = m[1], len(m[0])
		} else if address == "" {
			address = strings.Trim(strings.TrimSpace(inside), `"'= `)
		}
		if end := "[/" + name + "]"; length == 0 && strings.HasPrefix(strings.TrimLeft(after, " \t\r\n"), end) {
			length = strings.Index(after, end) + len(end)
		}
		if isEnd || !strings.HasPrefix(address, "http") {
			return "", 0
		}
		return link(address), length
	case "gallery":
		for id := range strings.SplitSeq(firstOf(a, "ids", "include"), ",") {
			address := s.files[strings.TrimSpace(id)]
			if address == "" {
				return "", 0
			}
			text += `<p><img src="` + html.EscapeString(address) + `"></p>`
		}
		return text, 0
	}
	return "", 0
}

// link returns a paragraph with a link to a recording or a page elsewhere.
func link(address string) string {
	return `<p><a href="` + html.EscapeString(html.UnescapeString(address)) + `">` + nameOf(address) + `</a></p>`
}

// nameOf returns a name for what is at an address.
func nameOf(address string) string {
	lower, _, _ := strings.Cut(strings.ToLower(address), "?")
	for _, kind := range []struct{ what, in string }{
		{"Video", "youtube.com/ youtu.be/ youtube-nocookie.com/ vimeo.com/ .mp4 .m4v .webm .ogv"}, {"Recording", "soundcloud.com/ spotify.com/ .mp3 .m4a .ogg .wav"}, {"Map", "google.com/maps openstreetmap.org"},
	} {
		for part := range strings.FieldsSeq(kind.in) {
			if strings.Contains(lower, part) {
				return kind.what
			}
		}
	}
	return html.EscapeString(html.UnescapeString(address))
}

func attributes(text string) map[string]string {
	all := map[string]string{}
	for _, m := range attribute.FindAllStringSubmatch(text, 50) {
		all[strings.ToLower(m[1])] = html.UnescapeString(m[2] + m[3] + m[4])
	}
	return all
}

func firstOf(a map[string]string, keys ...string) string {
	for _, key := range keys {
		if a[key] != "" {
			return a[key]
		}
	}
	return ""
}
