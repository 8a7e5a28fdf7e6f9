// Package places lists the countries and territories of ISO 3166-1 and their
// subdivisions of ISO 3166-2, with the names that people use for them.
//
// Short names in every language come from CLDR in golang.org/x/text. Other names
// are in two generated files. Each line is a record with columns separated by
// tabs:
//
//	countries.tsv  code   names in English and the languages of the country,   demonyms in English,
//	               "MM"   separated by |, "Burma|Myanma"                       separated by |, "Burmese"
//	regions.tsv    code   name in English
//	               "US-CA" "California"
//
// countries.tsv is made from world-countries (Open Database License 1.0),
// regions.tsv from CLDR (Unicode License V3); each file names its source.
package places

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Country is a country or territory of ISO 3166-1.
type Country struct {
	Code     string   // two letters, "MM"
	Code3    string   // three letters, "MMR"
	Name     string   // the short name in English, "Myanmar (Burma)"
	Also     []string // other names in everyday use: "Burma", "UK"
	Names    []string // all other names: formal ones, and those in its own languages
	Demonyms []string // in English: "Burmese"
	Former   []string // former names, and names of parts: "Siam", "Zanzibar"

	region language.Region
}

// In returns the short name in a language, or "" if it is not known.
func (c Country) In(tag language.Tag) string {
	if namer := display.Regions(tag); namer != nil {
		return namer.Name(c.region)
	}
	return ""
}

// Region is a subdivision of a country: a state, a province, a nation of the
// United Kingdom.
type Region struct {
	Code    string // "US-CA"
	Country string // "US"
	Name    string // in English, "California"
}

// Countries returns all countries and territories, sorted by code.
func Countries() []Country { return countries() }

// Regions returns all subdivisions, sorted by code.
func Regions() []Region { return regions() }

// Namesakes returns the codes of the countries that share a name, such as "congo".
// The name is in lower-case letters and without an article. For a name of one
// country, and for any other text, Namesakes returns nil.
func Namesakes(name string) []string { return namesakes[name] }

var namesakes = map[string][]string{
	"congo":           {"CD", "CG"},
	"korea":           {"KR", "KP"},
	"channel islands": {"GG", "JE"},
	"kashmir":         {"IN", "PK"},
	"samoan islands":  {"WS", "AS"},
	"sudans":          {"SD", "SS"},
	"virgin islands":  {"VG", "VI"},
}

// CodeOfFlag returns the code of a country or region, in lower case with a space for
// the hyphen, or "" if the text is not its flag. A flag is two regional indicators,
// or a black flag with a tag for each letter
// (https://www.unicode.org/reports/tr51/#Flags).
func CodeOfFlag(text string) string {
	tags, isRegion := strings.CutPrefix(strings.TrimRight(text, "\U000e007f\ufe0f"), "🏴")
	first := '🇦'
	if isRegion {
		first = '\U000e0061' // the tag for a
	}
	code := ""
	for _, r := range tags {
		if r < first || r > first+25 {
			return ""
		}
		code += string('a' + r - first)
	}
	switch {
	case isRegion && len(code) > 2:
		return code[:2] + " " + code[2:]
	case !isRegion && len(code) == 2:
		return code
	}
	return ""
}

// Areas returns names of parts of the world that include several countries: those
// of the United Nations' M.49, from CLDR, and names in everyday use.
func Areas() []string {
	all := slices.Clone(everydayAreas)
	for code := 1; code < 1000; code++ {
		region, err := language.ParseRegion(fmt.Sprintf("%03d", code))
		if err == nil && region.IsGroup() {
			all = append(all, display.English.Regions().Name(region))
		}
	}
	return all
}

var everydayAreas = []string{
	"East Africa", "West Africa", "North Africa", "Central Africa", "Sub-Saharan Africa", "Horn of Africa", "Sahel", "Maghreb", "MENA",
	"Middle East", "Near East", "Gulf States", "Latin America", "West Indies", "East Asia", "South East Asia", "Southeast Asia", "Asia-Pacific", "Pacific", "Pacific Islands",
	"European", "European Union", "EU", "EEA", "Scandinavia", "Nordic countries", "Baltic States", "Balkans", "Western Balkans", "Benelux", "British Isles",
	"Global", "Worldwide", "World", "International", "Internationally", "Overseas", "Abroad", "All countries", "Many countries", "Several countries", "Multiple", "Multi-country", "Various",
	"Global South", "Global North", "Commonwealth", "Developing countries", "Developing world", "LIC", "LICs", "LMIC", "LMICs", "Low-income countries", "Low- and middle-income countries",
	"Soviet Union", "USSR", "Yugoslavia", "Czechoslovakia", "Netherlands Antilles", "Indochina", "Great Lakes Region", "Mashreq", "Levant", "Central America and the Caribbean", "Lusophone Africa", "Francophone Africa",
	"ASEAN", "African Union", "ECOWAS", "EAC", "SADC", "G7", "G20", "OECD", "BRICS",
}

// presentNames holds the names of countries that have changed their name since
// 2017, the year of the CLDR data in golang.org/x/text.
var presentNames = map[string]string{
	"MK": "North Macedonia",
	"SZ": "Eswatini",
	"TR": "Türkiye",
}

// everyday holds names in wide use that CLDR lacks. CLDR has one name for each
// country, which often differs both from that of ISO and the United Nations
// ("Viet Nam") and from everyday names ("Ivory Coast", "DRC").
var everyday = map[string][]string{
	"AE": {"UAE"},
	"BA": {"Bosnia"},
	"BN": {"Brunei Darussalam"},
	"CD": {"Democratic Republic of the Congo", "DR Congo", "DRC", "Democratic Republic of Congo"},
	"CG": {"Republic of the Congo", "Republic of Congo", "Congo Republic"},
	"CI": {"Ivory Coast"},
	"CV": {"Cabo Verde"},
	"CZ": {"Czech Republic"},
	"GB": {"UK", "Great Britain", "Britain"},
	"HK": {"Hong Kong"},
	"KG": {"Kyrgyz Republic"},
	"KN": {"Saint Kitts and Nevis"},
	"KP": {"Democratic People’s Republic of Korea", "DPRK"},
	"KR": {"Republic of Korea"},
	"LA": {"Lao PDR", "Lao People’s Democratic Republic"},
	"LC": {"Saint Lucia"},
	"MO": {"Macau", "Macao"},
	"PS": {"Palestine", "State of Palestine", "Palestinian Territory", "Occupied Palestinian Territory", "Occupied Palestinian Territories"},
	"RU": {"Russian Federation"},
	"SH": {"Saint Helena"},
	"SK": {"Slovak Republic"},
	"SY": {"Syrian Arab Republic"},
	"TL": {"East Timor"},
	"US": {"USA"},
	"VA": {"Vatican", "Holy See"},
	"VC": {"Saint Vincent and the Grenadines", "St Vincent and the Grenadines"},
	"VN": {"Viet Nam"},
}

// former holds names of countries in older texts, and names of parts that are
// neither countries nor regions in ISO 3166.
var former = map[string][]string{
	"AZ": {"Nagorno-Karabakh"},
	"BD": {"East Pakistan"},
	"BW": {"Bechuanaland"},
	"BZ": {"British Honduras"},
	"CD": {"Zaire", "Belgian Congo"},
	"CY": {"Northern Cyprus"},
	"DE": {"East Germany", "West Germany", "GDR"},
	"ET": {"Abyssinia"},
	"GE": {"Abkhazia", "South Ossetia"},
	"GH": {"Gold Coast"},
	"GW": {"Portuguese Guinea"},
	"GY": {"British Guiana"},
	"KI": {"Gilbert Islands"},
	"LK": {"Ceylon"},
	"LS": {"Basutoland"},
	"MW": {"Nyasaland"},
	"MD": {"Transnistria"},
	"MY": {"Malaya"},
	"NA": {"South West Africa"},
	"NC": {"Kanaky"},
	"PS": {"West Bank", "Gaza Strip"},
	"SO": {"Somaliland", "Puntland"},
	"SR": {"Dutch Guiana"},
	"TH": {"Siam"},
	"TL": {"Portuguese Timor"},
	"TV": {"Ellice Islands"},
	"TZ": {"Tanganyika", "Zanzibar"},
	"VU": {"New Hebrides"},
	"ZM": {"Northern Rhodesia"},
	"ZW": {"Southern Rhodesia"},
}

// demonyms holds words for people in wide use that world-countries lacks.
var demonyms = map[string][]string{
	"AR": {"Argentinian"},
	"AZ": {"Azeri"},
	"BB": {"Bajan"},
	"BW": {"Botswanan", "Batswana"},
	"CV": {"Cabo Verdean", "Cape Verdean"},
	"DJ": {"Djiboutian"},
	"DK": {"Dane"},
	"EC": {"Ecuadorian"},
	"ES": {"Spaniard"},
	"FI": {"Finn"},
	"GB": {"Briton"},
	"GQ": {"Equatoguinean"},
	"GW": {"Bissau-Guinean"},
	"HR": {"Croat"},
	"IR": {"Persian"},
	"KG": {"Kyrgyz"},
	"KM": {"Comorian"},
	"KN": {"Kittitian", "Nevisian"},
	"KZ": {"Kazakh"},
	"LS": {"Basotho"},
	"LU": {"Luxembourgish"},
	"MG": {"Madagascan"},
	"MV": {"Maldivian"},
	"NP": {"Nepali"},
	"PH": {"Filipina"},
	"PL": {"Pole"},
	"RS": {"Serb"},
	"SE": {"Swede"},
	"SI": {"Slovenian"},
	"SK": {"Slovakian"},
	"SO": {"Somalian"},
	"ST": {"Santomean", "São Toméan"},
	"SV": {"Salvadorean"},
	"TJ": {"Tajik"},
	"TL": {"Timorese"},
	"TR": {"Turk"},
	"UZ": {"Uzbek"},
	"VC": {"Vincentian"},
}

//go:embed countries.tsv
var countriesFile string

//go:embed regions.tsv
var regionsFile string

var countries = sync.OnceValue(func() []Country {
	more := map[string][]string{}
	for code, columns := range records(countriesFile) {
		more[code] = columns
	}
	english := display.English.Regions()
	var all []Country
	for _, region := range isoRegions() {
		code, name := region.String(), english.Name(region)
		c := Country{
			Code: code, Code3: region.ISO3(), Name: cmp.Or(presentNames[code], name),
			Also: append(parts(name), everyday[code]...), Former: former[code], region: region,
		}
		if columns := more[code]; columns != nil {
			c.Names, c.Demonyms = list(columns[0]), list(columns[1])
		}
		c.Demonyms = append(c.Demonyms, demonyms[code]...)
		all = append(all, c)
	}
	return all
})

var regions = sync.OnceValue(func() []Region {
	var all []Region
	for code, columns := range records(regionsFile) {
		country, _, _ := strings.Cut(code, "-")
		all = append(all, Region{Code: code, Country: country, Name: columns[0]})
	}
	return all
})

// records yields the first column of each line of a data file, and the others.
func records(file string) func(yield func(string, []string) bool) {
	return func(yield func(string, []string) bool) {
		for line := range strings.Lines(file) {
			columns := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if !strings.HasPrefix(line, "#") && !yield(columns[0], columns[1:]) {
				return
			}
		}
	}
}

func list(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Split(column, "|")
}

// isoRegions returns the countries and territories of ISO 3166-1, sorted by code.
func isoRegions() []language.Region {
	var all []language.Region
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			region, err := language.ParseRegion(code)
			// A code that is only an alias, such as UK, is parsed as another.
			if err == nil && region.IsCountry() && region.String() == code && region.Canonicalize() == region && isNamed(region) {
				all = append(all, region)
			}
		}
	}
	return all
}

// isNamed reports whether a code has a name and a code of three letters. Codes that
// lack one are not present countries: YU has no name, and UN, the United Nations,
// has no code of three letters.
func isNamed(region language.Region) bool {
	return region.ISO3() != "ZZZ" && display.English.Regions().Name(region) != ""
}

// parts returns a CLDR name and the parts of it that people use as names: the text
// before brackets, and the text inside them.
func parts(name string) []string {
	before, inside, found := strings.Cut(name, " (")
	if !found {
		return []string{name}
	}
	return []string{name, before, strings.TrimSuffix(inside, ")")}
}
