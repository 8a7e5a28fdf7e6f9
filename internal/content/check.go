package content

// Checks of single values: addresses, ids, languages, licences.

import (
	"cmp"
	"fmt"
	"net/mail"
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/github/go-spdx/v2/spdxexp"
	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"casebook/internal/filename"
	"casebook/internal/frontmatter"
	"casebook/internal/media"
)

// checks holds the checks that field tags may name. Each returns the text in its
// normal form.
var checks = map[string]frontmatter.Check{
	"id":       checkID,
	"cite-key": checkCiteKey,
	"url":      unwrapped(checkURL),
	"base-url": unwrapped(checkBaseURL),
	"edit-url": unwrapped(checkEditURL),
	"doi":      unwrapped(checkDOI),
	"isbn":     checkISBN,
	"issn":     checkISSN,
	"contact":  unwrapped(checkContact),
	"orcid":    unwrapped(checkORCID),
	"lang":     unwrapped(checkLang),
	"licence":  unwrapped(checkLicence),
	"currency": unwrapped(checkCurrency),
	"path":     unwrapped(checkPath),
}

// unwrapped returns a check whose hint gives the text that passes, if only marks
// around it are wrong: <https://example.org>, a Markdown link, a comma at the end.
func unwrapped(check frontmatter.Check) frontmatter.Check {
	return func(text string) (string, *frontmatter.Mistake) {
		clean, mistake := check(text)
		if mistake == nil || mistake.Instead != "" {
			return clean, mistake
		}
		inner := strings.TrimPrefix(strings.Trim(text, " \t\"'<>,;.()[]"), "mailto:")
		if _, address, isLink := strings.Cut(inner, "]("); isLink {
			inner = address
		}
		if inner == text {
			return clean, mistake
		}
		instead, still := check(inner)
		if still != nil {
			instead = still.Instead
		}
		if instead != "" {
			mistake.Hint, mistake.Instead = "write "+instead, instead
		}
		return clean, mistake
	}
}

// mistake returns the result of a check for a text that is wrong. instead is the
// text that the hint says to write, or "" if the author has to choose.
func mistake(code, message, hint, instead string) (string, *frontmatter.Mistake) {
	return "", &frontmatter.Mistake{Code: code, Message: message, Hint: hint, Instead: instead}
}

func checkID(text string) (string, *frontmatter.Mistake) {
	why := badID(text)
	if why == "" {
		return text, nil
	}
	hint := "write small letters, digits and single hyphens"
	slug := Slug(text)
	if slug != "" {
		hint = "write " + slug
	}
	return mistake("bad-id", fmt.Sprintf("%q cannot be used: %s", frontmatter.Shorten(text), why), hint, slug)
}

// checkCiteKey accepts the ids that reference managers make: "Smith2016",
// "thet_2016:a".
func checkCiteKey(text string) (string, *frontmatter.Mistake) {
	if len(text) <= MaxIDLength && !strings.ContainsAny(text, " ,;@{}[]()<>\"'`\\") {
		return text, nil
	}
	slug := Slug(text)
	return mistake("bad-id", fmt.Sprintf("%q cannot be used: the id of a reference has at most %d letters, and no spaces, quotes or brackets", frontmatter.Shorten(text), MaxIDLength),
		"write "+cmp.Or(slug, "an id such as smith-2016"), slug)
}

func checkURL(text string) (string, *frontmatter.Mistake) {
	if formats["url"].matches(text) {
		if ownComputer.MatchString(text) {
			return mistake("bad-url", fmt.Sprintf("%q leads to your own computer, which nobody else can open", frontmatter.Shorten(text)), "write the address where it is published, or delete this line", "")
		}
		return text, nil
	}
	u, err := url.Parse(text)
	message := fmt.Sprintf("%q is not the address of a web page", frontmatter.Shorten(text))
	if err == nil && u.User != nil {
		u.User = nil
		if formats["url"].matches(u.String()) {
			return mistake("bad-url", message+": it holds a user name", "write "+u.String(), u.String())
		}
	}
	rest := scheme.ReplaceAllString(text, "")
	for _, instead := range []string{strings.ReplaceAll(text, " ", "%20"), "https://" + strings.TrimLeft(rest, "/")} {
		u, err := url.Parse(instead)
		if err == nil && rest == text && !strings.Contains(rest, "/") && media.IsDocument(rest) {
			return mistake("bad-url", message, "put the file beside this one and write file: "+rest+" in place of this line", "")
		}
		if err == nil && formats["url"].matches(instead) && strings.Contains(u.Hostname(), ".") && !strings.Contains(instead, "@") {
			return mistake("bad-url", message, "write "+instead, instead)
		}
	}
	if _, err := mail.ParseAddress(strings.TrimPrefix(text, "mailto:")); err == nil {
		return mistake("bad-url", message, "it is an e-mail address: write the address of a web page, or delete this line", "")
	}
	return mistake("bad-url", message, "write all of it, from https:// on, with %20 for a space", "")
}

// ownComputer matches the address of a preview.
var ownComputer = regexp.MustCompile(`(?i)^https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?:[:/]|$)`)

// scheme matches a miswritten http: or https: before an address.
var scheme = regexp.MustCompile(`(?i)^h?tt?ps?[:;]?/{0,3}`)

// checkBaseURL accepts the address of a folder.
func checkBaseURL(text string) (string, *frontmatter.Mistake) {
	clean, wrong := checkURL(text)
	if wrong != nil {
		return clean, wrong
	}
	folder, _, _ := strings.Cut(text, "?")
	folder, _, _ = strings.Cut(folder, "#")
	if page := path.Base(folder); strings.HasSuffix(page, ".html") || strings.HasSuffix(page, ".htm") || strings.HasSuffix(page, ".php") {
		folder = strings.TrimSuffix(folder, page)
	}
	if folder != text {
		return mistake("bad-url", fmt.Sprintf("%q is not the address of a folder, which the addresses of all pages begin with", frontmatter.Shorten(text)), "write "+folder, folder)
	}
	return clean, nil
}

// editAddress matches the address of a project, or of a file or folder in it, at a
// well-known host. The groups are the project, the host, and what is shown of the
// project, with the branch and the path.
var editAddress = regexp.MustCompile(`^(https?://(?:www\.)?(github\.com|gitlab\.com|codeberg\.org)/[^/?#]+/[^/?#]+?)(?:\.git)?(?:/?|/(?:-/)?(?:tree|blob|src/branch|raw)/(.+?)/?)$`)

// editFolders are the paths before the branch in addresses for editing, by host.
var editFolders = map[string]string{"github.com": "/edit/", "gitlab.com": "/-/edit/", "codeberg.org": "/_edit/"}

// checkEditURL accepts the address of a folder where files are edited. For a
// project, or a folder that is only shown, it gives that address.
func checkEditURL(text string) (string, *frontmatter.Mistake) {
	m := editAddress.FindStringSubmatch(text)
	if m == nil {
		return checkURL(text)
	}
	instead := m[1] + editFolders[m[2]] + cmp.Or(m[3], "main/content") + "/"
	hint := "write " + instead
	if m[3] == "" {
		hint += ", with the name of the branch if that is not main"
	}
	return mistake("bad-url", fmt.Sprintf("%q is not where a file is edited", frontmatter.Shorten(text)), hint, instead)
}

func checkContact(text string) (string, *frontmatter.Mistake) {
	if strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://") {
		return checkURL(text)
	}
	address, err := mail.ParseAddress(text)
	if _, host, _ := strings.Cut(text, "@"); err != nil || address.Address != text || !strings.Contains(host, ".") {
		if _, page := checkURL(text); page != nil && page.Instead != "" {
			return mistake("bad-contact", fmt.Sprintf("%q is neither an e-mail address nor a web page", frontmatter.Shorten(text)), page.Hint, page.Instead)
		}
		if address != nil && strings.Contains(address.Address, ".") {
			return mistake("bad-contact", fmt.Sprintf("%q is more than an e-mail address", frontmatter.Shorten(text)), "write "+address.Address, address.Address)
		}
		return mistake("bad-contact", fmt.Sprintf("%q is neither an e-mail address nor a web page", frontmatter.Shorten(text)), "write name@example.org or https://example.org/contact", "")
	}
	return text, nil
}

func checkLang(text string) (string, *frontmatter.Mistake) {
	tag, err := language.Parse(text)
	if err != nil {
		hint, code := "write a code such as en, en-GB, cy, fr or sw", languageNamed(text)
		if code != "" {
			hint = "write " + code
		}
		return mistake("bad-lang", fmt.Sprintf("%q is not a language tag (BCP 47)", frontmatter.Shorten(text)), hint, code)
	}
	return tag.String(), nil
}

// checkLicence accepts identifiers of the SPDX licence list
// (https://spdx.org/licenses/) and expressions of them, and returns them in the
// list's spelling.
func checkLicence(text string) (string, *frontmatter.Mistake) {
	// Longer expressions have no use here, and take long to parse.
	if len(text) <= 200 {
		normal, invalid := spdxexp.ValidateAndNormalizeLicensesWithOptions([]string{text}, spdxexp.ValidateLicensesOptions{})
		if len(invalid) == 0 && len(normal) == 1 {
			return normal[0], nil
		}
	}
	hint, near := "write an identifier of spdx.org/licenses, such as CC-BY-4.0", licenceNamed(text)
	if near != "" {
		hint = "did you mean " + near + "?"
	}
	return mistake("bad-licence", fmt.Sprintf("%q is not in the SPDX licence list", frontmatter.Shorten(text)), hint, near)
}

// checkPath accepts the path of a page of this site that can be a file name on
// every system.
func checkPath(text string) (string, *frontmatter.Mistake) {
	bad := func(why string) (string, *frontmatter.Mistake) {
		hint, instead := "write the path alone, such as /cases/old-name/", aliasFor(text)
		if instead != "" {
			hint = "write " + instead
		}
		return mistake("bad-alias-path", fmt.Sprintf("%q is not a path of this site: %s", frontmatter.Shorten(text), why), hint, instead)
	}
	if !strings.HasPrefix(text, "/") {
		return bad("it does not begin with /")
	}
	if len(text) > 200 {
		return bad("it is longer than 200 letters")
	}
	below := strings.TrimSuffix(text[1:], "/")
	if below == "" {
		return bad("it is the home page")
	}
	if first, _, _ := strings.Cut(below, "/"); isHosts(first) {
		return bad("hosts of static sites use the name " + first + " for a file of their own")
	}
	for part := range strings.SplitSeq(below, "/") {
		switch {
		case part == "":
			return bad("it has two slashes in a row")
		case strings.HasPrefix(part, "."), strings.HasSuffix(part, "."):
			return bad("a part of it begins or ends with a dot")
		case strings.ContainsFunc(part, notPath):
			return bad("it has characters other than letters, digits, . _ ~ and -")
		case filename.IsDevice(part):
			return bad("Windows cannot hold a file of this name")
		}
	}
	return text, nil
}

// aliasFor returns the path that an address with characters which no path may have
// was probably meant as, or "".
func aliasFor(text string) string {
	u, err := url.Parse(strings.ReplaceAll(text, " ", "-"))
	if err != nil || u.RawQuery != "" || strings.Contains(u.Path, "..") || !strings.Contains(u.Path, "/") {
		return ""
	}
	var parts []string
	for part := range strings.SplitSeq(strings.Trim(u.Path, "/"), "/") {
		if part = strings.TrimSuffix(part, ".md"); strings.ContainsFunc(part, notPath) {
			part = Slug(part)
		}
		if part == "" || strings.HasPrefix(part, ".") || strings.HasSuffix(part, ".") || filename.IsDevice(part) {
			return ""
		}
		parts = append(parts, part)
	}
	alias := "/" + strings.Join(parts, "/") + "/"
	if len(alias) > 200 || isHosts(parts[0]) {
		return ""
	}
	return alias
}

func notPath(r rune) bool {
	return notSlug(r) && !(r >= 'A' && r <= 'Z') && r != '.' && r != '_' && r != '~'
}

func checkCurrency(text string) (string, *frontmatter.Mistake) {
	unit, err := currency.ParseISO(text)
	if err != nil {
		hint, code := "write its three letters, such as GBP, USD or KES", ""
		switch codes := currenciesNamed(text); len(codes) {
		case 0:
		case 1:
			hint, code = "write "+codes[0], codes[0]
		default:
			hint = "write the one that is meant: " + strings.Join(codes, " or ")
		}
		return mistake("bad-currency", fmt.Sprintf("%q is not a currency of ISO 4217", frontmatter.Shorten(text)), hint, code)
	}
	return unit.String(), nil
}
