package library_test

import (
	"fmt"

	"casebook/internal/content"
	"casebook/internal/library"
)

// A case study names its countries and a hallmark. The library links them, and
// reports names that it does not know.
func Example() {
	var files []*content.Parsed
	for _, file := range [][2]string{
		{"site.yaml", "title: Partnerships\n"},
		{"principles/strategic.md", "---\nnumber: 1\ntitle: Strategic\nhallmarks: [{id: shared-vision, title: A shared vision}]\n---\n"},
		{"cases/burns-care.md", "---\ntitle: Burns care\nhallmarks: [A shared vision]\ncountries: [Republic of Malawi, Burmese]\nauthors: [Grace Banda]\n---\n"},
	} {
		files = append(files, content.Parse(file[0], []byte(file[1])))
	}
	lib, problems := library.New(files, library.Options{})
	for _, c := range lib.Principles[0].Cases {
		fmt.Println(c.Title, "took place in", c.Countries[0].Name)
	}
	for _, p := range problems {
		fmt.Println(p)
		fmt.Println(p.Hint)
	}
	// Output:
	// Burns care took place in Malawi
	// cases/burns-care.md:4:33: "Burmese" is not a country or region of ISO 3166
	// did you mean "Myanmar (Burma)"?
}
