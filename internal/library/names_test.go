package library_test

import (
	"slices"
	"testing"

	"casebook/internal/library"
	"casebook/internal/problem"
)

// TestNames checks that Names has the values that each field accepts.
func TestNames(t *testing.T) {
	lib, problems := link(t, withCase("hallmarks: [clear-plans]\ncountries: [US-CA]\npartners: [A new partner]\n", ""), library.Options{})
	if problem.Count(problems, problem.Error) > 0 {
		t.Fatal(problems)
	}
	names := lib.Names()
	for vocabulary, want := range map[string]library.Name{
		"countries": {ID: "California", Label: "California"}, "organisations": {ID: "a-new-partner", Label: "A new partner"},
		"references": {ID: "thet-2016", Label: "In our mutual interest"}, "hallmarks": {ID: "clear-plans", Label: "Clear plans"},
	} {
		if !slices.Contains(names[vocabulary], want) {
			t.Errorf("%s lacks %v: %v", vocabulary, want, names[vocabulary])
		}
	}
	for _, name := range []string{"Wales", "Malawi", "Côte d’Ivoire"} {
		if !slices.Contains(names["countries"], library.Name{ID: name, Label: name}) {
			t.Errorf("countries lacks %s", name)
		}
	}
	if i := slices.IndexFunc(names["countries"], func(n library.Name) bool { return n.ID == "Åland Islands" }); i > 10 {
		t.Errorf("Åland Islands has index %d, want it among the countries with A", i)
	}
}
