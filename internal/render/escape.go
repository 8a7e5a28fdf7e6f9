package render

import (
	"bytes"
	"fmt"
	"html/template"
	"io"
	"reflect"
	"strconv"
	"strings"
	"sync"
)

// escaper makes a value safe for one kind of place. It knows no rule of its
// own: what html/template prints for single bytes in such a place tells which
// text needs no change, and everything else is printed by html/template.
type escaper struct {
	place    place
	template *template.Template // of one value in such a place
	bytewise bool               // each byte is escaped by itself
	plain    [256]bool          // a byte that stays as it is
	escaped  [256]string        // what a byte becomes, if bytewise
	nothing  string             // what stands for no text at all
	schemes  []string           // those of schemes that stay as they are, and any colon after them
	percent  bool               // a byte in percent-encoding stays as it is
}

// place is a kind of place in HTML.
type place struct {
	escapers      string // that html/template puts after a value there
	before, after string // an example of it
	alone         string // bytes whose escaping depends on those around them
	raw           reflect.Type
}

var places = []place{
	{"_html_template_htmlescaper", "", "", "", reflect.TypeFor[template.HTML]()},
	{"_html_template_rcdataescaper", "<title>", "</title>", "", nil},
	{"_html_template_attrescaper", `<a title="`, `">`, "", nil},
	{"_html_template_urlfilter _html_template_urlnormalizer _html_template_attrescaper", `<a href="`, `">`, ":%", nil},
	{"_html_template_urlnormalizer _html_template_attrescaper", `<a href="/`, `">`, "%", nil},
	{"_html_template_urlescaper _html_template_attrescaper", `<a href="/?`, `">`, "%", nil},
	{"_html_template_urlfilter _html_template_attrescaper", `<meta http-equiv="refresh" content="0; url=`, `">`, ":", nil},
	{"_html_template_htmlnamefilter", "<a ", ">", everyByte(), reflect.TypeFor[template.HTMLAttr]()},
	{"_html_template_srcsetescaper _html_template_attrescaper", `<img srcset="`, `">`, everyByte(), nil},
}

// schemes are how most addresses outside the site begin. The colon decides which
// places print an address, and does not depend on what follows.
var schemes = []string{"https://", "mailto:"}

func everyByte() string {
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	return string(all)
}

// learnEscapers asks html/template, once, how it escapes in each place.
var learnEscapers = sync.OnceValues(func() (map[string]*escaper, error) {
	known := map[string]*escaper{}
	for _, p := range places {
		e, err := learn(p)
		if err != nil {
			return nil, err
		}
		known[p.escapers] = e
	}
	return known, nil
})

func learn(p place) (*escaper, error) {
	t, err := template.New("").Parse(p.before + "{{.}}" + p.after)
	if err != nil {
		return nil, err
	}
	e := &escaper{place: p, template: t, bytewise: p.alone == ""}
	if err := t.Execute(io.Discard, ""); err != nil {
		return nil, err
	}
	if !strings.Contains(t.Tree.Root.String(), strings.ReplaceAll("{{. "+p.escapers, " ", " | ")+"}}") {
		return nil, fmt.Errorf("html/template escapes in %s{{.}}%s with %s, not with %s", p.before, p.after, t.Tree.Root, p.escapers)
	}
	e.nothing = e.slow("")
	for b := range 256 {
		one := string([]byte{byte(b)})
		e.escaped[b] = e.slow(one)
		e.plain[b] = e.escaped[b] == one && !strings.Contains(p.alone, one)
	}
	e.percent = !e.plain['%'] && e.slow("%41") == "%41"
	for _, scheme := range schemes {
		if !e.plain[':'] && e.slow(scheme) == scheme {
			e.schemes = append(e.schemes, scheme)
		}
	}
	return e, nil
}

// slow is what html/template prints for a value.
func (e *escaper) slow(v any) string {
	var b bytes.Buffer
	if err := e.template.Execute(&b, v); err != nil {
		panic(failure{err})
	}
	text := b.String()
	return text[len(e.place.before) : len(text)-len(e.place.after)]
}

// step prints a value of a known type.
func (e *escaper) step(v value) step {
	eval, text := v.eval, v.text
	switch {
	case v.typ == e.place.raw:
		return func(f *frame, dot reflect.Value) { f.out = append(f.out, eval(f, dot).String()...) }
	case reflect.Int <= v.typ.Kind() && v.typ.Kind() <= reflect.Int64 && !printsItself(v.typ):
		return func(f *frame, dot reflect.Value) { e.append(f, strconv.FormatInt(eval(f, dot).Int(), 10)) }
	case v.typ.Kind() != reflect.String || printsItself(v.typ):
		return func(f *frame, dot reflect.Value) { f.out = append(f.out, e.slow(eval(f, dot).Interface())...) }
	case text != nil:
		return func(f *frame, dot reflect.Value) { e.append(f, text(f, dot)) }
	default:
		return func(f *frame, dot reflect.Value) { e.append(f, eval(f, dot).String()) }
	}
}

// printsItself reports whether html/template has a special way to print the type.
func printsItself(t reflect.Type) bool {
	return t.PkgPath() == "html/template" || t.Implements(reflect.TypeFor[fmt.Stringer]()) ||
		t.Implements(errorType) || t.Implements(reflect.TypeFor[fmt.Formatter]())
}

func (e *escaper) append(f *frame, s string) {
	if s == "" {
		f.out = append(f.out, e.nothing...)
		return
	}
	from, start := 0, 0
	for _, scheme := range e.schemes {
		if strings.HasPrefix(s, scheme) {
			start = len(scheme)
		}
	}
	for i := start; i < len(s); i++ {
		if e.plain[s[i]] || s[i] == ':' && start > 0 || e.percent && isEncoded(s[i:]) {
			continue
		}
		if !e.bytewise {
			f.out = append(f.out, e.slow(s)...)
			return
		}
		f.out = append(append(f.out, s[from:i]...), e.escaped[s[i]]...)
		from = i + 1
	}
	f.out = append(f.out, s[from:]...)
}

// isEncoded reports whether s begins with a byte in percent-encoding: "%41".
func isEncoded(s string) bool {
	return len(s) > 2 && s[0] == '%' && isHex(s[1]) && isHex(s[2])
}

func isHex(b byte) bool { return '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'f' }
