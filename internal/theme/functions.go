// The functions that templates may call.

package theme

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"casebook/internal/content"
	"casebook/internal/markdown"
	"casebook/internal/site"
)

// functions returns what templates may call besides html/template's own functions:
//
//	t "key" args…       a string of the theme
//	tf "prefix." value  the string for one value of a vocabulary
//	words "prefix."     all strings of a family, as JSON for a script
//	label link          what a link says
//	asset "site.css"    the path of an asset from the root of the site
//	body .Body          the text of a page, as HTML
//	date .Published     a date in words
//	period .Period      years in words: "2012–2015", "since 2010", "described in 2016"
//	language "sw"       the name of a language, in itself
//	number 10000        a number in the format of the language
//	size 1234567        a size of a file
//	here .Root .Path x  whether the link x leads to the page itself
//	dir "ar"            the direction in which a language is written
//	jsonld .            a case study in the terms of schema.org
//	help .Help          the help of a field, with the site's own terms
//	anchor .ID          the link to a heading of the text
func functions(table *stringTable, assets *bundle) template.FuncMap {
	return template.FuncMap{
		"t":        table.say,
		"tf":       table.sayOf,
		"words":    table.wordsOf,
		"label":    table.label,
		"asset":    func(name string) string { return assets.paths[name] },
		"body":     table.body,
		"date":     table.date,
		"period":   table.period,
		"language": func(tag string) string { return display.Self.Name(language.Make(tag)) },
		"help":     table.own.Rename,
		"number":   table.number,
		"size":     table.size,
		"here":     here,
		"dir":      direction,
		"jsonld":   jsonLD,
		"anchor":   func(id string) string { return "#" + markdown.IDPrefix + id },
	}
}

// impliedFamilies returns the families of strings that a function uses without
// being told.
func impliedFamilies(function string) []string {
	switch function {
	case "date":
		return []string{"date.", "month."}
	case "help":
		return []string{"term."}
	case "period":
		return []string{"period."}
	case "size":
		return []string{"size."}
	case "body":
		return []string{"note."}
	default:
		return nil
	}
}

// sayOf returns the string for one value of a vocabulary. If the theme has
// none, such as for the type of an organisation in another field, it returns
// the value as words.
func (s *stringTable) sayOf(prefix string, value reflect.Value) string {
	if t, ok := s.texts[prefix+value.String()]; ok {
		return t.forms[0]
	}
	return sentence(value.String())
}

// sentence returns an identifier as words: "local-charity" becomes "Local
// charity".
func sentence(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

// date returns a date in words, as precise as the date is.
func (s *stringTable) date(d content.Date) (string, error) {
	year := strconv.Itoa(d.Year)
	if d.Month == 0 {
		return year, nil
	}
	month, err := s.say("month." + strconv.Itoa(d.Month))
	if err != nil {
		return "", err
	}
	if d.Day == 0 {
		return s.say("date.month", month, year)
	}
	return s.say("date.day", strconv.Itoa(d.Day), month, year)
}

// period returns years in words.
func (s *stringTable) period(p site.Period) (string, error) {
	from, to := strconv.Itoa(p.From), strconv.Itoa(p.To)
	switch {
	case p == site.Period{}:
		return "", nil
	case p.Described:
		return s.say("period.described", from)
	case p.To == 0:
		return s.say("period.since", from)
	case p.From == 0:
		return s.say("period.until", to)
	case p.From == p.To:
		return from, nil
	default:
		return s.say("period.between", from, to)
	}
}

// size returns the size of a file in decimal units.
func (s *stringTable) size(bytes int64) (string, error) {
	switch {
	case bytes < 1000:
		return s.say("size.bytes", int(bytes))
	case bytes < 1000*1000:
		return s.say("size.kilobytes", int((bytes+500)/1000))
	default:
		return s.say("size.megabytes", fmt.Sprintf("%.1f", float64(bytes)/1e6))
	}
}

// here reports whether a link on the page leads to the page itself.
func here(root, path, href string) bool { return path != "" && href == root+path[1:] }

// direction returns the direction in which the script of a language is written.
func direction(lang string) string {
	script, _ := language.Make(lang).Script()
	if slices.Contains([]string{"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"}, script.String()) {
		return "rtl"
	}
	return "ltr"
}

// imageSizes is the sizes attribute of images in the text. Their width is that
// of the default theme's text column or, on a narrow screen, that of the screen
// without its margins.
const imageSizes = "(min-width: 48rem) 44rem, 92vw"

// body fills in the links, images and titles of notes of a body. This is the
// only place where text becomes HTML without escaping: package markdown renders
// no raw HTML.
func (s *stringTable) body(body *site.Body) template.HTML {
	if body == nil || body.Body == nil {
		return ""
	}
	next := 0
	target := func() site.Target {
		next++
		return body.Targets[next-1]
	}
	return template.HTML(body.HTML(markdown.Slots{
		Link: func(markdown.Link) markdown.Target {
			t := target()
			return markdown.Target{Href: t.Href, External: t.External}
		},
		Image: func(markdown.Link) markdown.Picture {
			t := target()
			picture := markdown.Picture{Src: t.Href, Width: t.Width, Height: t.Height, SrcSet: t.SrcSet}
			if t.SrcSet != "" {
				picture.Sizes = imageSizes
			}
			return picture
		},
		Note: func(kind markdown.NoteKind) string { return s.sayOf("note.", reflect.ValueOf(kind)) },
	}))
}
