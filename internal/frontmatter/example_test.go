package frontmatter_test

import (
	"fmt"
	"os"
	"reflect"

	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// Visit is the type that the examples read.
type Visit struct {
	Title  string            `yaml:"title" check:"required,max=60"`
	Places []frontmatter.Ref `yaml:"places" split:"commas" also:"countries"`
	Days   int               `yaml:"days" default:"1"`
}

func Example() {
	plan := frontmatter.NewPlan(reflect.TypeFor[Visit](), "a visit", nil)
	file := frontmatter.NewFile("visit.md", []byte("---\ntitle: To the burns unit\nplaces: [Lilongwe, Cardiff]\n---\nWe met.\n"))
	front, _ := file.FrontMatter()
	var visit Visit
	plan.Decode(file, front, &visit)
	fmt.Println(visit.Title, "in", visit.Places[0].Text, "for", visit.Days, "day")
	fmt.Printf("%s", file.Text[front.End:])
	// Output:
	// To the burns unit in Lilongwe for 1 day
	// We met.
}

func Example_mistakes() {
	plan := frontmatter.NewPlan(reflect.TypeFor[Visit](), "a visit", nil)
	file := frontmatter.NewFile("visit.md", []byte("---\ntitle: Burns: a visit\ncountries: [Malawi]\ndays:two\n---\n"))
	front, _ := file.FrontMatter()
	plan.Decode(file, front, new(Visit))
	_ = problem.Print(os.Stdout, problem.Text, file.Problems())
	// Output:
	// visit.md:2:13: YAML takes this second colon for the start of another field
	//     put quotes round it: title: "Burns: a visit"
	// visit.md:3:1: "countries" is not a field of a visit
	//     did you mean places?
	// visit.md:4:5: a space is missing after days:
	//     write days: two
}
