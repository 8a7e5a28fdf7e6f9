package docs_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
)

var update = flag.Bool("update", false, "rewrite fields.md")

// TestFieldsPage checks that fields.md is up to date with the content model.
func TestFieldsPage(t *testing.T) {
	want := fieldsPage()
	if *update {
		if err := os.WriteFile("fields.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("fields.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("fields.md is out of date: run go test ./internal/docs -update, and read the difference")
	}
}

// fieldsPage returns the reference of all fields.
func fieldsPage() string {
	var b strings.Builder
	b.WriteString(`# All fields

Fields are at the top of a Markdown file, between two lines of ` + "`---`" + `, or in the
file itself if its name ends in ` + "`.yaml`" + `. A field that is not required may be left
out. A list of one value needs no brackets. Give a date as precisely as you know it:
` + "`2016`, `2016-11` or `2016-11-24`" + `.

This page is generated from the content model, as are the checks.
`)
	for _, schema := range content.Model() {
		fmt.Fprintf(&b, "\n## %s\n\n", heading(schema.What))
		paths := make([]string, len(schema.Files))
		for i, file := range schema.Files {
			paths[i] = "`content/" + file + "`"
		}
		where := "In " + strings.Join(paths, " or ")
		if schema.List {
			where += ", which holds a list: each entry has these fields"
		}
		writeWrapped(&b, "", "", where+".")
		b.WriteString("\n")
		writeFields(&b, "", schema.Fields)
	}
	return b.String()
}

// heading returns the name of a kind of entry as a heading: "a case study" becomes
// "Case study".
func heading(what string) string {
	what = strings.TrimPrefix(strings.TrimPrefix(what, "a "), "an ")
	if strings.Contains(what, ".") {
		return what // the name of a file
	}
	return strings.ToUpper(what[:1]) + what[1:]
}

// writeFields writes a list item for each field, and below it the items of the fields
// inside it.
func writeFields(b *strings.Builder, indent string, fields []frontmatter.Field) {
	for _, f := range fields {
		text := fmt.Sprintf("`%s`", f.Key)
		if f.Required {
			text += " (required)"
		}
		writeWrapped(b, indent+"- ", indent+"  ", text+": "+f.Help+" "+value(f))
		if f.Example != "" {
			fmt.Fprintf(b, "%s  Example: `%s: %s`\n", indent, f.Key, f.Example)
		}
		writeFields(b, indent+"  ", f.Fields)
	}
}

// value returns sentences about the values of a field.
func value(f frontmatter.Field) string {
	var sentences []string
	switch {
	case f.Values != nil:
		sentences = append(sentences, "One of "+quotedList(f.Values))
	case f.Type == frontmatter.Fields && f.Refers != "" && f.List:
		sentences = append(sentences, "A list: each an id of "+f.Refers+", or the fields below")
	case f.Type == frontmatter.Fields && f.Refers != "":
		sentences = append(sentences, "An id of "+f.Refers+", or the fields below")
	case f.Type == frontmatter.Fields && f.List:
		sentences = append(sentences, "A list, each with the fields below")
	case f.Type == frontmatter.Fields:
		sentences = append(sentences, "With the fields below")
	case f.List:
		sentences = append(sentences, "A list")
	case f.Type != frontmatter.Text:
		sentences = append(sentences, strings.ToUpper(string(f.Type[:1]))+string(f.Type[1:]))
	}
	for _, inner := range f.Fields {
		if inner.Short {
			sentences = append(sentences, fmt.Sprintf("If you give only `%s`, its text is enough", inner.Key))
		}
	}
	if f.Max > 0 {
		sentences = append(sentences, fmt.Sprintf("At most %d characters", f.Max))
	}
	if f.Default != "" {
		sentences = append(sentences, fmt.Sprintf("`%s` if not given", f.Default))
	}
	if len(sentences) == 0 {
		return ""
	}
	return strings.Join(sentences, ". ") + "."
}

func quotedList(values []string) string {
	return "`" + strings.Join(values, "`, `") + "`"
}

// writeWrapped writes text as lines of at most 80 characters. It does not divide code.
func writeWrapped(b *strings.Builder, first, indent, text string) {
	line := first
	for i, word := range words(text) {
		switch {
		case i == 0:
			line += word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > 80:
			b.WriteString(line + "\n")
			line = indent + word
		default:
			line += " " + word
		}
	}
	b.WriteString(line + "\n")
}

// words divides text at its spaces, except for those inside code.
func words(text string) []string {
	var words []string
	for _, part := range strings.Fields(text) {
		if n := len(words); n > 0 && strings.Count(words[n-1], "`")%2 == 1 {
			words[n-1] += " " + part
		} else {
			words = append(words, part)
		}
	}
	return words
}
