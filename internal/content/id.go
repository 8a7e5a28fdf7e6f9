package content

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxIDLength is the most bytes an id may have: ids become folder names in
// addresses, and tools below us have limits.
const MaxIDLength = 100

// Slug makes an id of any text: "Aligning plans: a story" becomes
// "aligning-plans-a-story". It is empty when the text has no letter or digit
// that can be written in ASCII.
func Slug(text string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
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
	case isDevice(id):
		return "Windows cannot hold a file of this name"
	case isReserved(id):
		return "the site uses this word in its own addresses"
	}
	return ""
}

func notSlug(r rune) bool {
	return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-')
}

// isReserved reports words that the site's own addresses use, and isDevice's.
func isReserved(id string) bool {
	return id == "page" || id == "in" || id == "index" || isDevice(id)
}

// isDevice reports names that Windows keeps for devices, whatever extension
// follows (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
func isDevice(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(name) == 4 && (name[:3] == "com" || name[:3] == "lpt") && name[3] >= '0' && name[3] <= '9'
}
