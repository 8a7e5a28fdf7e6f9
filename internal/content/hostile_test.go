package content_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/cost"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// bombs are front matters that take much more time or memory to read than to write.
var bombs = map[string]string{
	"billion laughs":     "a: &a [x,x,x,x,x,x,x,x,x]\n" + laughs('b', 'z'),
	"quadratic aliases":  "a: &a " + strings.Repeat("x", 30_000) + "\nb: [" + strings.Repeat("*a,", 10_000) + "]",
	"merge keys":         "a: &a {x: 1}\n" + strings.Repeat("b: {<<: [*a, *a, *a]}\n", 2500),
	"self reference":     "a: &a [*a]\n",
	"deep flow lists":    "a: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000),
	"unclosed lists":     "a: " + strings.Repeat("[", 60_000),
	"deep flow mappings": "a: " + strings.Repeat("{a: ", 9000) + strings.Repeat("}", 9000),
	"deep indentation":   stairs(340),
	"compact lists":      strings.Repeat("- ", 30_000) + "x",
	"many keys":          keys(9000),
	"one key many times": strings.Repeat("a:\n", 20_000),
	"many comments":      strings.Repeat("#\n", 30_000),
	"many anchors":       strings.Repeat("- &a x\n", 9000),
	"long plain text":    "title: " + strings.Repeat("x\n ", 20_000),
	"question marks":     strings.Repeat("? ", 30_000),
	"quotes":             strings.Repeat("'", 60_001),
	"broken fields":      strings.Repeat("a: b: c\n", 8000),
	"one broken field":   "a:\n" + strings.Repeat("  - b\n", 9000) + "  - c: d: e\n",
	"bad licence":        "licence: " + strings.Repeat("(", 30_000),
	"numbers":            "start: " + strings.Repeat("9", 60_000),
	"tabs":               strings.Repeat("\t", 60_000),
	"many benefits":      "benefits:\n" + pairs(4000),
	"curly quotes":       "title: " + strings.Repeat("“a, ", 9000),
	"curly quotes apart": "partners: [" + strings.Repeat("“a”, ", 6000) + "]",
	"rests of texts":     "adapt: {needs: " + strings.Repeat("a,", 30_000) + "}",
	"questions":          "partners: [" + strings.Repeat("a?,", 20_000) + "]",
	"bold keys":          strings.Repeat("**title:** x\n", 4000),
}

func laughs(from, to rune) string {
	var b strings.Builder
	for r := from; r <= to; r++ {
		b.WriteString(string(r) + ": &" + string(r) + " [" + strings.Repeat("*"+string(r-1)+",", 9) + "]\n")
	}
	return b.String()
}

func stairs(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)) + ": \n")
	}
	return b.String()
}

// pairs returns a mapping with n keys that are not countries.
func pairs(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "  Utopia %d: x\n", i)
	}
	return b.String()
}

// isBlank names the bombs that are an empty file when they are read as a vocabulary.
var isBlank = map[string]bool{"many comments": true, "tabs": true}

// TestBombs checks that each bomb is refused quickly and with little memory. The
// promise is 50 ms. The limit is longer for a busy machine; without a defence, a
// bomb takes seconds.
func TestBombs(t *testing.T) {
	const limit, memory = slack * 150 * time.Millisecond, bombMemory
	for name, bomb := range bombs {
		for file, text := range map[string]string{"cases/x.md": "---\n" + bomb + "\n---\n", "organisations.yaml": bomb, "site.yaml": strings.Replace(bomb, "benefits:", "countries:", 1)} {
			var p *content.Parsed
			took, allocated := cost.Of(func() { p = content.Parse(file, []byte(text)) })
			if took > limit || allocated > memory {
				t.Errorf("%s in %s took %v and %d MiB", name, file, took, allocated>>20)
			}
			if count := problem.Count(p.Problems, problem.Error); count == 0 && !(file == "organisations.yaml" && isBlank[name]) {
				t.Errorf("%s in %s is accepted", name, file)
			}
		}
	}
}

// TestLongLine checks that the time to read a vocabulary in one line grows with its
// length, not with the square of that.
func TestLongLine(t *testing.T) {
	const limit = slack * 200 * time.Millisecond
	for _, entry := range []string{`{id: a%d, name: b}, `, `{"id": a%d, name: "*b*"}, `} {
		var text strings.Builder
		for i := 0; text.Len() < 1<<18; i++ {
			fmt.Fprintf(&text, entry, i)
		}
		took, _ := cost.Of(func() { content.Parse("organisations.yaml", []byte("["+text.String()+"] # end")) })
		if took > limit {
			t.Errorf("a line of entries such as %s took %v", entry, took)
		}
	}
}

// comparable returns the parts of a Parsed that two equal files have in common. The
// Document also holds rendered text.
func comparable(p *content.Parsed) any {
	type view struct {
		entries  []content.Entry
		problems []problem.Problem
		body     any
	}
	v := view{entries: p.Entries, problems: p.Problems}
	if p.Body != nil {
		v.body = []any{p.Body.Hash, p.Body.Links, p.Body.Text, p.Body.Words, p.Body.Document.Links, p.Body.Headings}
	}
	return v
}

func TestLineEndsAndByteOrderMark(t *testing.T) {
	texts := map[string]string{}
	for file, text := range bases {
		texts[file] = text
	}
	for _, m := range mistakes {
		if _, isBase := bases[m.file]; isBase && utf8.ValidString(m.new) {
			texts[m.file] = strings.Replace(bases[m.file], m.old, strings.Replace(m.new, "‸", "", 1), 1)
		}
		for file, text := range texts {
			want := comparable(content.Parse(file, []byte(text)))
			for name, other := range map[string]string{
				"BOM":          "\ufeff" + text,
				"CRLF":         strings.ReplaceAll(text, "\n", "\r\n"),
				"CR":           strings.ReplaceAll(text, "\n", "\r"),
				"BOM and CRLF": "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n"),
			} {
				if len(other) > frontmatter.MaxFile {
					continue
				}
				if got := comparable(content.Parse(file, []byte(other))); !reflect.DeepEqual(got, want) {
					t.Errorf("%s: %s with %q gives\n%+v\nwith LF\n%+v", file, name, m.name, got, want)
				}
			}
			delete(texts, file)
		}
	}
}

// naughty are texts that often break programs.
var naughty = []string{
	"undefined", "null", "~", "true", "NaN", "-1", "0x10", "1e309", "1,000.00", "<script>alert(1)</script>", "{{ .Title }}", "${HOME}", "$(id)",
	"'; DROP TABLE cases", "../../etc/passwd", "C:\\aux", "%s%n", "\u202ereversed", "e\u0301\u0301\u0301", "👩‍⚕️", "مرحبا", "日本語", "ﷺ", "﷽", "İ", "ǅ", "\u00a0", "\u200b",
	"\u2028", "\u0085", "\x1b[31m", "\x7f", "---", "...", "- a", "? a", "a: b", "#a", "a #b", "[", "]", "{", "}", ",", "&a", "*a", "!a", "|", ">", "'", "\"", "%", "@", "`", "\\", "\t", "\r", "\n", "",
}

// TestNaughtyTexts writes each text as a quoted title, which must be read unchanged
// or refused. It then inserts the text without quotes at many positions, and checks
// the invariants.
func TestNaughtyTexts(t *testing.T) {
	for _, text := range naughty {
		quoted := "'" + strings.ReplaceAll(text, "'", "''") + "'"
		p := content.Parse("cases/x.md", []byte(strings.Replace(smallestCase, "Governance that outlasts individuals", quoted, 1)))
		if problem.Count(p.Problems, problem.Error) == 0 {
			if got, want := p.Entries[0].(*content.CaseStudy).Title, strings.Join(strings.Fields(text), " "); got != want {
				t.Errorf("%q is read as %q, want %q", text, got, want)
			}
		}
		for file, base := range bases {
			for _, place := range []string{"title:", "\n", ": ", "- ", "["} {
				checkInvariants(t, file, []byte(strings.ReplaceAll(base, place, place+text)))
			}
		}
	}
}

// checkInvariants parses a file twice and checks what must be true for any file.
func checkInvariants(t *testing.T, name string, src []byte) {
	t.Helper()
	p := content.Parse(name, bytes.Clone(src))
	if again := content.Parse(name, src); !reflect.DeepEqual(comparable(p), comparable(again)) {
		t.Errorf("parsing %q twice gives different results", src)
	}
	if sorted := problem.Sort(append([]problem.Problem(nil), p.Problems...)); len(sorted) != len(p.Problems) || len(sorted) > 0 && !reflect.DeepEqual(sorted, p.Problems) {
		t.Errorf("the problems are not sorted: %v", p.Problems)
	}
	text := strings.TrimPrefix(string(src), "\ufeff")
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n")
	for _, q := range p.Problems {
		if q.File != name || q.Code == "" || q.Message == "" || q.Line < 0 || q.Line > len(lines) {
			t.Errorf("bad problem %+v of a file of %d lines: %q", q, len(lines), src)
			continue
		}
		// The position after the end of the line is allowed: something may be missing there.
		if q.Line > 0 && (q.Column < 1 || q.Column > utf8.RuneCountInString(lines[q.Line-1])+1) {
			t.Errorf("%+v is outside its line, %q", q, lines[q.Line-1])
		}
	}
	if class, _ := content.Classify(name); strings.HasSuffix(name, ".md") && class != content.UnknownClass && class != content.JunkClass && (p.Body == nil || len(p.Entries) != 1) {
		t.Errorf("%q has no entry or body", src)
	}
}

func FuzzParse(f *testing.F) {
	for file, text := range bases {
		f.Add(file, []byte(text))
	}
	for _, m := range mistakes {
		if text := strings.Replace(bases[m.file], m.old, strings.Replace(m.new, "‸", "", 1), 1); len(text) < 10_000 {
			f.Add(m.file, []byte(text))
		}
	}
	for _, text := range naughty {
		f.Add("cases/x.md", []byte("---\ntitle: "+text+"\n---\n"+text))
		f.Add(text, []byte(text))
	}
	f.Fuzz(func(t *testing.T, name string, src []byte) {
		const limit, memory = slack * time.Second, 256 << 20
		if took, allocated := cost.Of(func() { checkInvariants(t, name, src) }); took > 2*limit || allocated > 2*memory {
			t.Errorf("took %v and %d MiB", took, allocated>>20)
		}
	})
}
