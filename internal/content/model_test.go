package content_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
)

// eachField calls visit for each field, and for the fields inside it.
func eachField(path string, fields []frontmatter.Field, visit func(path string, f frontmatter.Field)) {
	for _, f := range fields {
		visit(path+f.Key, f)
		eachField(path+f.Key+".", f.Fields, visit)
	}
}

func TestEveryFieldIsDescribed(t *testing.T) {
	vocabularies := []string{"countries", "hallmarks"}
	for _, schema := range content.Model() {
		name, _, _ := strings.Cut(schema.Files[0], "/")
		vocabularies = append(vocabularies, strings.TrimSuffix(name, ".yaml"))
	}
	for _, schema := range content.Model() {
		eachField(string(schema.Class)+": ", schema.Fields, func(path string, f frontmatter.Field) {
			if !strings.HasSuffix(f.Help, ".") || strings.Contains(f.Help, ". ") {
				t.Errorf("%s: the help is not one sentence: %q", path, f.Help)
			}
			if f.Type == "" {
				t.Errorf("%s has no type", path)
			}
			if exampleOf(f) == "" {
				t.Errorf("%s has no example", path)
			}
			if f.Refers != "" && !slices.Contains(vocabularies, f.Refers) {
				t.Errorf("%s refers to %s, which is not one of %v", path, f.Refers, vocabularies)
			}
		})
	}
}

// exampleOf returns an example of the value of a field, as YAML.
func exampleOf(f frontmatter.Field) string {
	if len(f.Values) > 0 {
		return cmp.Or(f.Example, f.Default, f.Values[0])
	}
	return cmp.Or(f.Example, f.Default)
}

// TestExamplesAreValid parses a file of each kind in which each field has its
// example, and a file in which each value with fields of its own has all of them.
func TestExamplesAreValid(t *testing.T) {
	for _, schema := range content.Model() {
		for _, value := range []func(frontmatter.Field) string{exampleOf, fullExample} {
			var lines []string
			for _, f := range schema.Fields {
				lines = append(lines, f.Key+": "+value(f))
			}
			text := strings.Join(lines, "\n") + "\n"
			switch {
			case schema.List:
				text = "- " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ") + "\n"
			case strings.HasSuffix(schema.Files[0], ".md"):
				text = "---\n" + text + "---\nText.\n"
			}
			name := strings.ReplaceAll(schema.Files[0], "<id>", "example")
			if p := content.Parse(name, []byte(text)); len(p.Problems) > 0 || len(p.Entries) != 1 {
				t.Errorf("%s: %d entries, problems %v, in\n%s", name, len(p.Entries), p.Problems, text)
			}
		}
	}
}

// fullExample returns a value with all of its fields, as YAML.
func fullExample(f frontmatter.Field) string {
	if f.Fields == nil {
		return exampleOf(f)
	}
	var pairs []string
	for _, inner := range f.Fields {
		pairs = append(pairs, inner.Key+": "+fullExample(inner))
	}
	value := "{" + strings.Join(pairs, ", ") + "}"
	if f.List {
		return "[" + value + "]"
	}
	return value
}

// ExampleModel prints the required fields of each kind of content.
func ExampleModel() {
	for _, schema := range content.Model() {
		var required []string
		for _, f := range schema.Fields {
			if f.Required {
				required = append(required, f.Key)
			}
		}
		fmt.Printf("%s: %s\n", schema.Files[0], strings.Join(required, ", "))
	}
	// Output:
	// cases/<id>.md: title
	// principles/<id>.md: number, title
	// resources/<id>.md: title, type
	// pages/<id>.md: title
	// home.md: title
	// organisations.yaml: id, name
	// disciplines.yaml: id, label
	// references.yaml: id, type, title
	// synonyms.yaml: phrases
	// site.yaml: title
}
