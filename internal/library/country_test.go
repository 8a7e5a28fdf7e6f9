package library_test

import (
	"slices"
	"strings"
	"testing"

	"casebook/internal/library"
)

// where links a case study whose work took place in country. It returns the case
// study, and the problems as "code: message; hint".
func where(t *testing.T, country string) (*library.CaseStudy, []string) {
	t.Helper()
	lib, problems := link(t, withCase("hallmarks: [clear-plans]\ncountries: [\""+country+"\"]\n", ""), library.Options{})
	return study(t, lib, "c"), texts(problems)
}

func TestNamesOfCountries(t *testing.T) {
	for code, names := range map[string]string{
		"AE": "United Arab Emirates|UAE",
		"BN": "Brunei|Brunei Darussalam",
		"BO": "Bolivia|Bolivia (Plurinational State of)",
		"BS": "The Bahamas",
		"CD": "Democratic Republic of the Congo|Democratic Republic of Congo|DR Congo|DRC|the DRC|Congo (Kinshasa)|Congo, Democratic Republic of the|cod",
		"CG": "Republic of the Congo|Congo-Brazzaville|Congo, Republic of the",
		"CI": "Ivory Coast|Côte d'Ivoire|Côte d’Ivoire|Cote d'Ivoire",
		"CV": "Cabo Verde|Cape Verde",
		"CZ": "Czech Republic|The Czech Republic|Czechia",
		"FM": "Micronesia|Federated States of Micronesia",
		"GB": "Great Britain|Britain|UK|United Kingdom|The United Kingdom|GBR",
		"GM": "The Gambia|Gambia",
		"HK": "Hong Kong",
		"IR": "Iran|Iran, Islamic Republic of",
		"KP": "North Korea|DPRK",
		"KR": "South Korea|Republic of Korea",
		"LA": "Lao PDR|Laos|Lao People's Democratic Republic",
		"LC": "Saint Lucia|St Lucia|St. Lucia",
		"MD": "Moldova|Republic of Moldova",
		"MK": "North Macedonia|Macedonia",
		"MM": "Burma|Myanmar",
		"PS": "Palestine|State of Palestine|occupied Palestinian territory",
		"RU": "Russia|Russian Federation",
		"SY": "Syria|Syrian Arab Republic",
		"SZ": "Eswatini|Swaziland|SWZ",
		"TL": "East Timor|Timor-Leste",
		"TR": "Türkiye|Turkiye|Turkey",
		"TZ": "United Republic of Tanzania|Tanzania|TZA|tza",
		"US": "United States of America|USA|the United States",
		"VA": "Vatican|Vatican City|Holy See",
		"VE": "Venezuela|Venezuela (Bolivarian Republic of)",
		"VN": "Viet Nam|Vietnam",
	} {
		for name := range strings.SplitSeq(names, "|") {
			c, problems := where(t, name)
			if len(problems) > 0 || len(c.Countries) != 1 || c.Countries[0].Code != code {
				t.Errorf("%s: got %v, want %s; %q", name, c.Countries, code, problems)
			}
		}
	}
}

func TestNamesThatReadersSeeAndSearchFor(t *testing.T) {
	for code, want := range map[string]struct {
		name  string
		other []string
	}{
		"SZ": {"Eswatini", []string{"Swaziland", "SZ"}},
		"MK": {"North Macedonia", []string{"Macedonia", "MK"}},
		"TR": {"Türkiye", []string{"Turkey", "TR"}},
		// No name that contains the displayed name: a search would find nothing more with it.
		"TZ": {"Tanzania", []string{"TZ"}},
		"GB": {"United Kingdom", []string{"UK", "Great Britain", "Britain", "GB"}},
		"VN": {"Vietnam", []string{"Viet Nam", "VN"}},
	} {
		c, problems := where(t, code)
		if len(problems) > 0 || c.Countries[0].Name != want.name || !slices.Equal(c.Countries[0].Other, want.other) {
			t.Errorf("%s: got %q, %q; want %q, %q; %v", code, c.Countries[0].Name, c.Countries[0].Other, want.name, want.other, problems)
		}
	}
}

func TestNamesOfSeveralCountries(t *testing.T) {
	for name, hint := range map[string]string{
		"Congo":     `write "Congo - Kinshasa" or "Congo - Brazzaville"`,
		"the congo": `write "Congo - Kinshasa" or "Congo - Brazzaville"`,
		"Korea":     `write "South Korea" or "North Korea"`,
		"Punjab":    "write the code of one: IN-PB (India), PK-PB (Pakistan)",
	} {
		if _, problems := where(t, name); len(problems) != 1 || !strings.HasPrefix(problems[0], "ambiguous-country: ") || !strings.HasSuffix(problems[0], hint) {
			t.Errorf("%s: got %q, want %s", name, problems, hint)
		}
	}
}

// TestNotACountry checks that codes and names of CLDR that are not countries are
// refused: a former country, organisations.
func TestNotACountry(t *testing.T) {
	for _, name := range []string{"YU", "United Nations", "Eurozone", "ZZZ"} {
		if _, problems := where(t, name); len(problems) != 1 || !strings.HasPrefix(problems[0], "unknown-country") {
			t.Errorf("%s: got %q", name, problems)
		}
	}
}
