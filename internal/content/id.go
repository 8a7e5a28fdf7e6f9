package content

// Ids: parts of addresses, made from titles.

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"casebook/internal/filename"
	"casebook/internal/letters"
)

// MaxIDLength is the most bytes an id may have: ids become folder names in
// addresses, and tools below us have limits.
const MaxIDLength = 100

// Slug makes an id of any text: "Aligning plans: a story" becomes
// "aligning-plans-a-story", "Łódź" becomes "lodz". It is empty when the text has no
// letter or digit that can be written in ASCII.
func Slug(text string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		plain := letters.Plain(r)
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || plain != "" && plain[0] < utf8.RuneSelf:
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteString(cmp.Or(plain, string(r)))
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
			// "Coup d’œil": accents and apostrophes join, they do not separate.
		default:
			hyphen = true
		}
		if b.Len() >= MaxIDLength {
			break
		}
	}
	slug := strings.TrimRight(b.String(), "-")
	if isReserved(slug) {
		slug += "-1"
	}
	return slug
}

// badID says what is wrong with an id; "" means nothing.
func badID(id string) string {
	switch {
	case id == "":
		return "it is empty"
	case len(id) > MaxIDLength:
		return "it is longer than 100 letters"
	case strings.ContainsFunc(id, notSlug):
		return "an id has only the letters a to z, digits and hyphens"
	case strings.HasPrefix(id, "-") || strings.HasSuffix(id, "-") || strings.Contains(id, "--"):
		return "hyphens stand singly between letters or digits"
	case filename.IsDevice(id):
		return "Windows cannot hold a file of this name"
	case isReserved(id):
		return "the site or its host uses this word in its own addresses"
	}
	return ""
}

func notSlug(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-')
}

// isReserved reports words that the site's own addresses use, names that its
// host uses at the top of a site, and those that Windows keeps for devices.
func isReserved(id string) bool {
	return id == "page" || id == "in" || id == "index" || isHosts(id) || filename.IsDevice(id)
}

// isHosts reports the file in which a host of static sites keeps the site's own
// domain. Builds leave it as it is, so no page can have its name.
func isHosts(name string) bool { return strings.EqualFold(name, "CNAME") }
