package content

// What people write instead of the code of a language, a currency or a licence.

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/github/go-spdx/v2/spdxexp/spdxlicenses"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"casebook/internal/frontmatter"
)

// languageNames maps the names of languages, in English and in themselves, to their
// codes.
var languageNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{}
	for _, code := range languages() {
		tag := language.Make(code)
		for _, name := range []string{display.Self.Name(tag), display.English.Languages().Name(tag)} {
			if name != "" {
				names[strings.ToLower(name)] = code
			}
		}
	}
	return names
})

// languageNamed returns the code of a language by its name or, since people mix them
// up, by the code of its country, such as jp. It returns "" if there is none.
func languageNamed(text string) string {
	if code := languageNames()[strings.ToLower(text)]; code != "" {
		return code
	}
	region, err := language.ParseRegion(text)
	if err != nil || len(text) != 2 {
		return ""
	}
	if base, sure := language.Make("und-" + region.String()).Base(); sure != language.No && base.String() != "und" {
		return base.String()
	}
	return ""
}

// currencyNames maps signs and names of currencies, in the singular, to their codes.
var currencyNames = map[string][]string{
	"£": {"GBP"}, "pound": {"GBP"}, "sterling": {"GBP"}, "pound sterling": {"GBP"}, "british pound": {"GBP"}, "€": {"EUR"}, "euro": {"EUR"},
	"$": {"USD", "AUD", "CAD"}, "dollar": {"USD", "AUD", "CAD"}, "us$": {"USD"}, "us dollar": {"USD"}, "a$": {"AUD"}, "c$": {"CAD"},
	"¥": {"JPY", "CNY"}, "yen": {"JPY"}, "yuan": {"CNY"}, "₹": {"INR"}, "rs": {"INR", "PKR", "NPR"}, "rupee": {"INR", "PKR", "NPR"}, "taka": {"BDT"}, "kyat": {"MMK"},
	"rand": {"ZAR"}, "kwacha": {"MWK", "ZMW"}, "naira": {"NGN"}, "birr": {"ETB"}, "cedi": {"GHS"}, "leone": {"SLE"}, "metical": {"MZN"}, "loti": {"LSL"},
	"shilling": {"KES", "TZS", "UGX"}, "ksh": {"KES"}, "tsh": {"TZS"}, "ush": {"UGX"}, "cfa": {"XOF", "XAF"}, "fcfa": {"XOF", "XAF"}, "cfa franc": {"XOF", "XAF"},
	"franc": {"XOF", "XAF", "CHF", "RWF"}, "real": {"BRL"}, "peso": {"MXN", "PHP", "COP"}, "krona": {"SEK"}, "krone": {"NOK", "DKK"}, "zloty": {"PLN"},
}

// currenciesNamed returns the codes of the currencies that a text may mean.
func currenciesNamed(text string) []string {
	name := strings.ToLower(strings.TrimRight(text, ". "))
	if codes := currencyNames[name]; codes != nil {
		return codes
	}
	return currencyNames[strings.TrimSuffix(name, "s")]
}

var (
	ccAddress   = regexp.MustCompile(`(?i)creativecommons\.org/licenses/(by[a-z-]*)/([0-9.]+)`)
	onlyVersion = regexp.MustCompile(`^[0-9.]+$`)

	// licenceWords are the parts of the names of the licences of Creative Commons,
	// in the order of the identifier.
	licenceWords = []struct{ word, part string }{{"attribution", "BY"}, {"noncommercial", "NC"}, {"sharealike", "SA"}, {"noderiv", "ND"}}

	otherLicences = map[string]string{"publicdomain": "CC0-1.0", "cczero": "CC0-1.0", "ogl": "OGL-UK-3.0", "opengovernmentlicence": "OGL-UK-3.0", "opengovernmentlicencev30": "OGL-UK-3.0", "opengovernmentlicencev3": "OGL-UK-3.0"}
)

// licenceNamed returns the identifier of the licence that a text means: by its name
// or address, without its version, or misspelt. It returns "" if there is none.
func licenceNamed(text string) string {
	plain := strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.,/()", r) {
			return -1
		}
		return r
	}, text))
	id := ""
	if m := ccAddress.FindStringSubmatch(text); m != nil {
		id = "CC-" + strings.ToUpper(m[1]) + "-" + m[2]
	} else if strings.Contains(plain, "publicdomain/zero") || strings.Contains(plain, "publicdomainzero") {
		id = "CC0-1.0"
	} else if strings.Contains(plain, "attribution") {
		id = "CC"
		for _, w := range licenceWords {
			if strings.Contains(plain, w.word) {
				id += "-" + w.part
			}
		}
		id += "-4.0"
	} else {
		id = otherLicences[plain]
	}
	all := spdxlicenses.GetLicenses()
	if slices.Contains(all, id) {
		return id
	}
	for _, known := range all { // the list is sorted, so the last one is the latest version
		if rest, found := strings.CutPrefix(strings.ToLower(known), strings.ToLower(strings.ReplaceAll(text, " ", "-"))+"-"); found && onlyVersion.MatchString(rest) {
			id = known
		}
	}
	if id == "" && len(text) > 4 {
		id = frontmatter.Nearest(text, all)
	}
	return id
}
