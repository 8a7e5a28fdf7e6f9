package content

import (
	"crypto/sha256"
	"fmt"
	"strings"

	"casebook/internal/markdown"
	"casebook/internal/problem"
)

// Limits on one file, since contributions are untrusted.
const (
	MaxFile        = 1 << 20  // bytes of a Markdown or YAML file
	MaxFrontMatter = 64 << 10 // bytes between the two "---" lines
	MaxDepth       = 100      // lists and mappings within one another in YAML
	MaxItems       = 200      // of one list in front matter or a vocabulary entry
	MaxProblems    = 100      // problems of one file; more only bury the first
)

// MaxSummary is the longest summary in characters, written or made.
const MaxSummary = 300

// Parse reads one file; name is its slash-separated path below content/. The
// result is a function of the two arguments alone. Attachments and junk give
// an empty Parsed: their bytes are not content.
//
// Line ends may be LF, CRLF or CR and a byte order mark may come first; the
// result is that of the same file in plain LF.
func Parse(name string, src []byte) *Parsed {
	parsed := &Parsed{Path: name}
	class, k, id := classify(name)
	f := newFile(name, src)
	switch {
	case class == UnknownClass:
		f.report(Position{}, problem.Error, "unknown-file", "nothing in content/ is read from here", whereItGoes(name))
	case k == nil: // an attachment, or junk
		return parsed
	default:
		f.checkText(src)
		f.parse(parsed, k, id)
	}
	parsed.Problems = problem.Sort(f.problems)
	parsed.Dates = f.dates
	return parsed
}

// parse reads the entries of a file of the kind.
func (f *file) parse(parsed *Parsed, k *kind, id string) {
	switch {
	case k.folder != "":
		f.parseMarkdown(parsed, k, id)
	case k.list != "":
		f.parseVocabulary(parsed, k)
	default:
		f.parseSettings(parsed, k)
	}
}

// parseMarkdown reads a file of front matter and body. Whatever is wrong with
// it, there is an entry with its id, so that references to it are not reported
// as well.
func (f *file) parseMarkdown(parsed *Parsed, k *kind, id string) {
	entry := k.newEntry(id, f.name, Position{Line: 1, Column: 1})
	parsed.Entries = []Entry{entry}
	if why := badID(id); why != "" {
		hint := "name the file after its title in small letters, such as stable-governance.md"
		if slug := Slug(id); slug != "" {
			hint = "rename it to " + slug
		}
		f.report(Position{}, problem.Error, "bad-id", fmt.Sprintf("%q cannot be the id of a page: %s", shorten(id), why), hint)
	}
	if f.unreadable {
		parsed.Body = f.parseBody(nil, 0)
		return
	}
	front, ok := f.splitFrontMatter()
	parsed.Body = f.parseBody(f.src[front.end:], front.end)
	if ok {
		k.entry.decode(newDecoder(f, front.text, front.line), entry)
	}
	summary := k.entry.text(entry, "summary")
	*summary = orElse(*summary, excerpt(parsed.Body.FirstParagraph, MaxSummary))
	entry.Origin().Key = f.key(front.end, *summary)
}

// parseBody reads Markdown that begins at the byte offset of the file, and
// reports its problems at their place in the file.
func (f *file) parseBody(src []byte, offset int) *Body {
	document, problems := markdown.Parse(src)
	for _, p := range problems {
		severity := problem.Error
		if p.Code == markdown.LinkUndefined {
			severity = problem.Warning
		}
		f.report(f.position(offset+p.Offset), severity, p.Code, p.Message, p.Hint)
	}
	body := &Body{Document: document, Hash: document.Fingerprint()}
	for _, link := range document.Links {
		body.Links = append(body.Links, f.position(offset+link.Offset))
	}
	return body
}

// parseSettings reads a YAML file that is one entry.
func (f *file) parseSettings(parsed *Parsed, k *kind) {
	entry := k.newEntry(string(k.class), f.name, Position{Line: 1, Column: 1})
	parsed.Entries = []Entry{entry}
	if !f.unreadable {
		k.entry.decode(newDecoder(f, f.src, 0), entry)
	}
	entry.Origin().Key = f.key(len(f.src), "")
}

// key is the hash of everything that an entry of this file says: its path and
// its front matter as written, which ends at the byte offset, and the summary,
// which may come from the body.
func (f *file) key(end int, summary string) [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %d\n", f.name, summary, end)
	h.Write(f.src[:end])
	return [32]byte(h.Sum(nil))
}

// excerpt cuts text to at most limit characters, at a word's end where there
// is one, and marks the cut with "…".
func excerpt(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return text
	}
	cut := limit - 1
	for i := cut; i > limit/2; i-- {
		if runes[i] == ' ' {
			cut = i
			break
		}
	}
	return strings.TrimRight(string(runes[:cut]), " ,;:–—-") + "…"
}

func orElse(text, other string) string {
	if text != "" {
		return text
	}
	return other
}
