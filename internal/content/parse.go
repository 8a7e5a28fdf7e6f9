package content

// Parsing: turning the bytes of a file into entries.

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"

	"casebook/internal/frontmatter"
	"casebook/internal/markdown"
	"casebook/internal/problem"
)

// MaxSummary is the maximum length of a summary in characters, whether written or
// taken from the text.
const MaxSummary = 300

// Parse parses one file. name is its slash-separated path below content/. The
// result depends only on the two arguments. It is empty for attachments and junk,
// whose bytes are not content.
//
// Line ends may be LF, CRLF or CR, and a byte order mark may come first. The result
// is the same as for LF without a byte order mark.
func Parse(name string, src []byte) *Parsed {
	class, k, id := classify(name)
	r := &reader{Parsed: &Parsed{Path: name}}
	switch {
	case class == UnknownClass:
		r.Problems = []problem.Problem{{File: name, Code: "unknown-file", Message: "this file is not read, and no page comes from it", Hint: whereItGoes(name)}}
	case k != nil:
		r.file = frontmatter.NewFile(name, src)
		r.file.Custom, r.file.Elsewhere = r.keepDate, k.elsewhere
		r.read(k, id)
		r.Problems = r.file.Problems()
		if r.end > 0 && problem.Count(r.Problems, problem.Error) > 0 {
			r.Unread = r.file.Text[:r.end]
		}
	}
	return r.Parsed
}

// reader parses a file.
type reader struct {
	*Parsed
	file *frontmatter.File
	end  int // end of the text that defines named things: principles, hallmarks, terms
}

// keepDate records a value if it is a date.
func (r *reader) keepDate(key string, at Position, value any) {
	if date, ok := value.(*Date); ok {
		r.Dates = append(r.Dates, WrittenDate{Key: key, Date: *date, At: at})
	}
}

// read reads the entries of a file of the kind.
func (r *reader) read(k *kind, id string) {
	switch {
	case k.folder != "", id != "":
		r.readMarkdown(k, id)
	case k.list != "":
		r.readVocabulary(k)
	default:
		r.readSettings(k)
	}
}

// readMarkdown reads a file of front matter and body. Whatever is wrong with the
// file, it adds an entry with its id, so that references to it are not reported
// too.
func (r *reader) readMarkdown(k *kind, id string) {
	entry := k.newEntry(id, r.Path, Position{Line: 1, Column: 1})
	r.Entries = []Entry{entry}
	if why := badID(id); why != "" {
		hint := "name the file after its title in small letters, such as stable-governance.md"
		if slug := Slug(id); slug != "" {
			hint = "rename it to " + slug
		}
		r.file.Report(Position{}, problem.Error, "bad-id", fmt.Sprintf("%q cannot be the id of a page: %s", frontmatter.Shorten(id), why), hint)
	}
	if !r.file.Readable() {
		r.readBody(nil, 0, 0, 0)
		return
	}
	front, ok := r.file.FrontMatter()
	if k.class == PrincipleClass {
		r.end = front.End
	}
	pasted := r.pastedAtEnd(k, front.End)
	prose := front.End + len(firstParagraph(r.file.Text[front.End:]))
	if ok {
		prose = r.checkBelow(k, front.End)
	}
	r.readBody(r.file.Text[front.End:], front.End, prose, pasted)
	if ok {
		r.file.Foreign = k.isOf
		k.plan.Decode(r.file, front, entry)
		r.checkEnd(pasted)
		r.checkTitle(*k.text(entry, "title"), front.End)
	}
	summary := k.text(entry, "summary")
	if *summary == "" {
		*summary = excerpt(r.Body.FirstParagraph(), MaxSummary)
		entry.Origin().Excerpted = *summary != ""
	}
	entry.Origin().Key = r.key(front.End, *summary)
}

// firstParagraph returns the text up to the first empty line. If front matter
// cannot be read, this text is probably meant as its fields.
func firstParagraph(text []byte) []byte {
	first, _, _ := bytes.Cut(text, []byte("\n\n"))
	return first
}

// readBody reads Markdown that begins at the byte offset of the file, and reports
// its problems at their positions in the file. Text before prose or after pasted is
// front matter in the wrong place, in which problems of Markdown are not reported.
func (r *reader) readBody(src []byte, offset, prose, pasted int) {
	document, problems := markdown.Parse(src)
	for _, p := range problems {
		if offset+p.Offset >= pasted && pasted < len(r.file.Text) {
			break // the problems are sorted by offset
		}
		if offset+p.Offset < prose {
			continue
		}
		r.file.Report(r.file.Position(offset+p.Offset), problem.Severity(p.Severity), p.Code, p.Message, p.Hint)
	}
	r.Body = &Body{Document: document, Hash: document.Fingerprint()}
	for _, link := range document.Links {
		r.Body.Links = append(r.Body.Links, r.file.Position(offset+link.Offset))
	}
}

// readVocabulary reads a YAML file that is a list of entries, or a mapping whose
// only field is that list.
func (r *reader) readVocabulary(k *kind) {
	if !r.file.Readable() {
		return
	}
	first := map[string]Position{}
	r.end = len(r.file.Text)
	for _, item := range k.plan.Items(r.file, r.file.All(), k.list) {
		if r.file.Full() {
			return
		}
		entry := k.newEntry("", r.Path, item.Position())
		source := entry.Origin()
		synonyms, isList := entry.(*Synonyms)
		if isList && !item.IsMapping() {
			synonyms.read(item)
		} else if k.plan.DecodeNode(item, entry); !isList && !checkUnique(r.file.Report, first, source.ID, source.At) {
			continue
		}
		hash := item.Hash()
		source.Key = sha256.Sum256(fmt.Appendf(hash[:], "%q", r.Path))
		r.Entries = append(r.Entries, entry)
	}
}

// read reads a list of phrases.
func (s *Synonyms) read(item frontmatter.Node) {
	phrases := item.Items()
	if len(phrases) < 2 {
		item.Fail("bad-synonyms", "synonyms are a list of two phrases or more",
			"write the phrases between brackets, such as - [brain drain, migration of health workers]")
		return
	}
	for _, p := range phrases {
		if text, ok := p.Text(); ok {
			s.Phrases = append(s.Phrases, Ref{Text: text, Position: p.Position()})
		}
	}
}

// readSettings reads a YAML file that is a single entry.
func (r *reader) readSettings(k *kind) {
	entry := k.newEntry(string(k.class), r.Path, Position{Line: 1, Column: 1})
	r.Entries = []Entry{entry}
	if r.file.Readable() {
		k.plan.Decode(r.file, r.file.All(), entry)
	}
	entry.Origin().Key = r.key(len(r.file.Text), "")
}

// key returns the hash of everything that an entry of this file says: its path, its
// front matter as written, which ends at the byte offset, and its summary, which
// may come from the body.
func (r *reader) key(end int, summary string) [32]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %d\n", r.Path, summary, end)
	h.Write(r.file.Text[:end])
	return [32]byte(h.Sum(nil))
}

// excerpt shortens text to at most limit characters, at the end of a word if
// possible, and marks the cut with "…".
func excerpt(text string, limit int) string {
	runes := []rune(text)
	if len(runes) <= limit {
		return strings.Clone(text) // not a part of the whole text, which need not stay in memory
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
