// Equations as text on one line.

package word

import (
	"cmp"
	"strings"
	"unicode/utf8"
)

// equation returns an equation, or a part of one, on one line: "(a+b)/2",
// "x^2", "√(b-c)".
func equation(e *element) string {
	if e == nil || strings.HasSuffix(e.name, "Pr") {
		return ""
	}
	part := func(name string) string { return equation(e.child(name)) }
	script := func(mark, name string) string {
		if text := part(name); text != "" {
			return mark + grouped(text)
		}
		return ""
	}
	switch e.name {
	case "t":
		return e.text
	case "sSup", "sSub", "sSubSup":
		return part("e") + script("_", "sub") + script("^", "sup")
	case "f":
		return grouped(part("num")) + "/" + grouped(part("den"))
	case "rad":
		return part("deg") + "√" + grouped(part("e"))
	case "nary":
		sign := "∫"
		if chr := e.at("naryPr", "chr"); chr != nil {
			sign = chr.attr("val")
		}
		return sign + script("_", "sub") + script("^", "sup") + " " + part("e")
	case "d":
		properties := e.child("dPr")
		return cmp.Or(properties.val("begChr"), "(") + part("e") + cmp.Or(properties.val("endChr"), ")")
	}
	between := ""
	switch e.name {
	case "mr":
		between = " "
	case "m", "eqArr": // rows
		between = "; "
	}
	var parts []string
	for _, c := range e.children {
		if part := equation(c); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, between)
}

// grouped returns a text in parentheses, unless it is one character or number.
func grouped(text string) string {
	if utf8.RuneCountInString(text) < 2 || strings.Trim(text, "0123456789") == "" {
		return text
	}
	return "(" + text + ")"
}
