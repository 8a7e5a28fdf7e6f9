package places_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"casebook/internal/places"
)

func TestCountries(t *testing.T) {
	all := places.Countries()
	byCode := map[string]places.Country{}
	for _, c := range all {
		byCode[c.Code] = c
		if len(c.Code) != 2 || len(c.Code3) != 3 || c.Name == "" {
			t.Errorf("%+v", c)
		}
	}
	if !slices.IsSortedFunc(all, func(a, b places.Country) int { return strings.Compare(a.Code, b.Code) }) || len(all) < 245 {
		t.Errorf("%d countries, not by code", len(all))
	}
	myanmar := byCode["MM"]
	if myanmar.Name != "Myanmar (Burma)" || !slices.Contains(myanmar.Also, "Burma") || !slices.Contains(myanmar.Names, "Republic of the Union of Myanmar") || !slices.Contains(myanmar.Demonyms, "Burmese") {
		t.Errorf("%+v", myanmar)
	}
	if nepal := byCode["NP"]; fmt.Sprint(nepal.Demonyms) != "[Nepalese Nepali]" {
		t.Errorf("%+v", nepal)
	}
	for code, name := range map[string]string{"US": "États-Unis", "TD": "Tchad", "GB": "Royaume-Uni"} {
		if got := byCode[code].In(language.French); got != name {
			t.Errorf("%s in French is %q, want %q", code, got, name)
		}
	}
}

func TestRegions(t *testing.T) {
	names := map[string]string{}
	for _, r := range places.Regions() {
		names[r.Code] = r.Name
		if !strings.HasPrefix(r.Code, r.Country+"-") || r.Name == "" || strings.ContainsAny(r.Name, "¹²³\t") {
			t.Errorf("%+v", r)
		}
	}
	for code, name := range map[string]string{"US-CA": "California", "CA-QC": "Quebec", "GB-WLS": "Wales", "DE-BY": "Bavaria", "MW-LI": "Lilongwe"} {
		if names[code] != name {
			t.Errorf("%s is %q, want %q", code, names[code], name)
		}
	}
}
