package content

// Ids: the parts of addresses that are made from titles.

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"casebook/internal/filename"
	"casebook/internal/letters"
)

// MaxIDLength is the maximum length of an id in bytes. Ids become names of folders,
// whose length some programs limit.
const MaxIDLength = 100

// Slug returns an id made from a text: "Aligning plans: a story" becomes
// "aligning-plans-a-story", and "Łódź" becomes "lodz". It returns "" if no letter
// or digit of the text can be written in ASCII.
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
			// Accents and apostrophes do not separate words: "Coup d’œil".
		default:
			hyphen = true
		}
		if b.Len() >= MaxIDLength {
			break
		}
	}
	slug := strings.TrimRight(b.String()[:min(b.Len(), MaxIDLength)], "-")
	if isReserved(slug) {
		slug += "-1"
	}
	return slug
}

// badID returns what is wrong with an id, or "" if nothing is.
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

// isReserved reports whether an id is a word that the site uses in its own
// addresses, a name that hosts use at the top of a site, or a name that Windows
// reserves for devices.
func isReserved(id string) bool {
	return id == "page" || id == "in" || id == "index" || isHosts(id) || filename.IsDevice(id)
}

// isHosts reports whether a name is that of the file in which hosts of static sites
// keep the domain of a site. Builds keep this file, so no page can have its name.
func isHosts(name string) bool { return strings.EqualFold(name, "CNAME") }
