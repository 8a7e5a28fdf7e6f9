package content

import (
	"fmt"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/github/go-spdx/v2/spdxexp"
	"github.com/github/go-spdx/v2/spdxexp/spdxlicenses"
	"golang.org/x/text/language"
)

// checkFunc tests a text and returns it in its usual form, or what is wrong.
type checkFunc func(text string) (string, *trouble)

// trouble is what is wrong with a text; message goes on from the field's key.
type trouble struct{ code, message, hint string }

// parseChecks reads a `check` tag: "required,max=300".
func parseChecks(tag string) (required bool, checks []checkFunc) {
	for name := range strings.SplitSeq(tag, ",") {
		limit, isMax := strings.CutPrefix(name, "max=")
		switch {
		case name == "":
		case name == "required":
			required = true
		case isMax:
			n, err := strconv.Atoi(limit)
			if err != nil {
				panic(fmt.Sprintf("content: field tag %q: %v", tag, err))
			}
			checks = append(checks, checkMax(n))
		default:
			check := map[string]checkFunc{
				"id": checkID, "url": checkURL, "contact": checkContact, "orcid": checkORCID,
				"lang": checkLang, "licence": checkLicence, "path": checkPath,
			}[name]
			if check == nil {
				panic(fmt.Sprintf("content: field tag %q: there is no check %q", tag, name))
			}
			checks = append(checks, check)
		}
	}
	return required, checks
}

func checkMax(limit int) checkFunc {
	return func(text string) (string, *trouble) {
		if n := utf8.RuneCountInString(text); n > limit {
			return "", &trouble{"too-long", fmt.Sprintf("has %d characters; %d are allowed", n, limit), "shorten it; the body has room for the rest"}
		}
		return text, nil
	}
}

func checkID(text string) (string, *trouble) {
	why := badID(text)
	if why == "" {
		return text, nil
	}
	hint := "write small letters, digits and single hyphens"
	if slug := Slug(text); slug != "" {
		hint = "write " + slug
	}
	return "", &trouble{"bad-id", fmt.Sprintf("%q cannot be used: %s", shorten(text), why), hint}
}

// checkCiteKey accepts what reference managers make: "Smith2016",
// "thet_2016:a".
func checkCiteKey(text string) (string, *trouble) {
	if len(text) > MaxIDLength || strings.ContainsAny(text, " ,;@{}[]()<>\"'`\\") {
		return "", &trouble{"bad-id", fmt.Sprintf("%q cannot be used: the id of a reference has at most %d letters, and no spaces, quotes or brackets", shorten(text), MaxIDLength), "write " + orElse(Slug(text), "smith-2016")}
	}
	return text, nil
}

func checkURL(text string) (string, *trouble) {
	u, err := url.Parse(text)
	switch {
	case err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && u.User == nil && !strings.ContainsAny(text, " <>\"\\`"):
		return text, nil
	case err == nil && u.Scheme == "" && strings.Contains(text, ".") && !strings.ContainsAny(text, " @"):
		return "", &trouble{"bad-url", fmt.Sprintf("%q is no full address", shorten(text)), "write https://" + strings.TrimLeft(text, "/")}
	}
	return "", &trouble{"bad-url", fmt.Sprintf("%q is not the address of a web page", shorten(text)), "write all of it, from https:// on, with %20 for a space"}
}

func checkContact(text string) (string, *trouble) {
	if strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://") {
		return checkURL(text)
	}
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text {
		return "", &trouble{"bad-contact", fmt.Sprintf("%q is neither an e-mail address nor a web page", shorten(text)), "write name@example.org or https://example.org/contact"}
	}
	return text, nil
}

// checkORCID accepts 0000-0002-1825-0097, alone or as an address, and returns
// it alone. The last character is a checksum (ISO 7064 mod 11-2, see
// https://support.orcid.org/hc/en-us/articles/360006897674).
func checkORCID(text string) (string, *trouble) {
	const hint = "copy it from the person's own page on orcid.org; it has the form 0000-0000-0000-0000"
	id := strings.ToUpper(text)
	for _, prefix := range []string{"HTTPS://ORCID.ORG/", "HTTP://ORCID.ORG/", "ORCID.ORG/"} {
		id = strings.TrimPrefix(id, prefix)
	}
	if len(id) != 19 || id[4] != '-' || id[9] != '-' || id[14] != '-' {
		return "", &trouble{"bad-orcid", fmt.Sprintf("%q is no ORCID iD", shorten(text)), hint}
	}
	digits := strings.ReplaceAll(id, "-", "")
	total := 0
	for _, r := range digits[:len(digits)-1] {
		if r < '0' || r > '9' {
			return "", &trouble{"bad-orcid", fmt.Sprintf("%q is no ORCID iD", shorten(text)), hint}
		}
		total = (total + int(r-'0')) * 2
	}
	if want := "0123456789X"[(12-total%11)%11]; len(digits) != 16 || digits[15] != want {
		return "", &trouble{"bad-orcid", fmt.Sprintf("%q has a slip in it: its last character does not fit the others", shorten(text)), hint}
	}
	return id, nil
}

func checkLang(text string) (string, *trouble) {
	tag, err := language.Parse(text)
	if err != nil {
		return "", &trouble{"bad-lang", fmt.Sprintf("%q is not a language tag (BCP 47)", shorten(text)), "write a code such as en, en-GB, cy, fr or sw"}
	}
	return tag.String(), nil
}

// checkLicence accepts the identifiers and expressions of the SPDX licence
// list (https://spdx.org/licenses/) and returns them in its spelling.
func checkLicence(text string) (string, *trouble) {
	// Longer expressions than this have no use here and cost the parser time.
	if len(text) <= 200 {
		normal, invalid := spdxexp.ValidateAndNormalizeLicensesWithOptions([]string{text}, spdxexp.ValidateLicensesOptions{})
		if len(invalid) == 0 && len(normal) == 1 {
			return normal[0], nil
		}
	}
	hint := "write an identifier of spdx.org/licenses, such as CC-BY-4.0"
	if near := Nearest(text, spdxlicenses.GetLicenses()); near != "" {
		hint = "did you mean " + near + "?"
	}
	return "", &trouble{"bad-licence", fmt.Sprintf("%q is not in the SPDX licence list", shorten(text)), hint}
}

// checkPath accepts the path of a page of this site, as far as it can be a
// file on every system.
func checkPath(text string) (string, *trouble) {
	bad := func(why string) (string, *trouble) {
		return "", &trouble{"bad-alias-path", fmt.Sprintf("%q is no path of this site: %s", shorten(text), why), "write the path alone, such as /cases/old-name/"}
	}
	if !strings.HasPrefix(text, "/") {
		return bad("it does not begin with /")
	}
	if len(text) > 200 {
		return bad("it is longer than 200 letters")
	}
	path := strings.TrimSuffix(text[1:], "/")
	if path == "" {
		return bad("it is the home page")
	}
	for part := range strings.SplitSeq(path, "/") {
		stem, _, _ := strings.Cut(strings.ToLower(part), ".")
		switch {
		case part == "":
			return bad("it has two slashes in a row")
		case strings.HasPrefix(part, "."), strings.HasSuffix(part, "."):
			return bad("a part of it begins or ends with a dot")
		case strings.ContainsFunc(part, notPath):
			return bad("it has characters other than letters, digits, . _ ~ and -")
		case isDevice(stem):
			return bad("Windows cannot hold a file of this name")
		}
	}
	return text, nil
}

func notPath(r rune) bool {
	return notSlug(r) && !(r >= 'A' && r <= 'Z') && r != '.' && r != '_' && r != '~'
}
