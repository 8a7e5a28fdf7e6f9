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

// functions are what templates may call besides html/template's own.
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
//	number 10000        a number as the language writes it
//	size 1234567        a size of a file
//	here .Root .Path x  whether the link x leads to the page itself
//	dir "ar"            the direction in which a language is written
//	jsonld .            a case study as schema.org describes it
//	help .Help          the help of a field, with the site's words for the main things
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
		"help":     table.help,
		"number":   table.number,
		"size":     table.size,
		"here":     here,
		"dir":      direction,
		"jsonld":   jsonLD,
		"anchor":   func(id string) string { return "#" + markdown.IDPrefix + id },
	}
}

// impliedFamilies are the strings that a function uses by itself.
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

// sayOf returns the string of one value of a vocabulary, or the value as words if
// the theme has no string for it, such as the type of an organisation in another
// field.
func (s *stringTable) sayOf(prefix string, value reflect.Value) string {
	if t, ok := s.texts[prefix+value.String()]; ok {
		return t.forms[0]
	}
	return sentence(value.String())
}

// sentence writes an identifier as words: "local-charity" is "Local charity".
func sentence(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

// date writes a date in words, as precisely as it is known.
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

// period writes years in words.
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

// size writes the size of a file in decimal units.
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

// direction is the direction of the script that the language is written in.
func direction(lang string) string {
	script, _ := language.Make(lang).Script()
	if slices.Contains([]string{"Arab", "Hebr", "Thaa", "Syrc", "Nkoo", "Adlm", "Rohg"}, script.String()) {
		return "rtl"
	}
	return "ltr"
}

// imageSizes says how wide an image is shown: as the text column of the default
// theme, which is the whole screen but its edges where that is narrow.
const imageSizes = "(min-width: 48rem) 44rem, 92vw"

// body fills in the links, images and titles of notes of a body. Only here does
// text become HTML without being escaped: package markdown renders no raw HTML.
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
