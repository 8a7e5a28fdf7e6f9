package schema_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
	"casebook/internal/schema"
)

// schemas returns the compiled schemas, by the class of the files that they describe.
func schemas(t *testing.T) map[content.Class]*jsonschema.Schema {
	t.Helper()
	files, err := schema.Files(nil)
	if err != nil {
		t.Fatal(err)
	}
	compiled := map[content.Class]*jsonschema.Schema{}
	for i, f := range files {
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(f.Data))
		if err != nil {
			t.Fatal(err)
		}
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource(f.Name, document); err != nil {
			t.Fatal(err)
		}
		if compiled[content.Model()[i].Class], err = compiler.Compile(f.Name); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
	}
	return compiled
}

// validates returns an error if a YAML text is not valid for a schema.
func validates(t *testing.T, s *jsonschema.Schema, text string) error {
	t.Helper()
	var node yaml.Node
	if err := yaml.Unmarshal([]byte(text), &node); err != nil {
		return err
	}
	keepDates(&node)
	var value any
	if err := node.Decode(&value); err != nil {
		return err
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(document)
}

// keepDates turns dates into texts, as editors read them.
func keepDates(n *yaml.Node) {
	if n.Tag == "!!timestamp" {
		n.Tag = "!!str"
	}
	for _, inner := range n.Content {
		keepDates(inner)
	}
}

// TestValidFiles checks that the schemas accept the files of knowledge bases that the
// parser accepts.
func TestValidFiles(t *testing.T) {
	compiled := schemas(t)
	checked := 0
	for _, folder := range []string{"../pipeline/testdata/kb/content", "../../cmd/casebook/starter/content"} {
		root := os.DirFS(folder)
		err := fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
			class, _ := content.Classify(name)
			if err != nil || entry.IsDir() || compiled[class] == nil {
				return err
			}
			text, err := fs.ReadFile(root, name)
			if err != nil {
				return err
			}
			front := string(text)
			if path.Ext(name) == ".md" {
				front = strings.Split(front, "---\n")[1]
			}
			if err := validates(t, compiled[class], front); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			checked++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if checked < 50 {
		t.Errorf("only %d files", checked)
	}
}

// TestAgreement checks that the parser and the schema agree about a case study with one
// more field: each field with its example, and with values of all other shapes.
func TestAgreement(t *testing.T) {
	s := schemas(t)[content.CaseClass]
	const base = "title: T\nprinciples: [fair]\nauthors: [A]\n"
	refused := 0
	for _, f := range content.Model()[0].Fields {
		for _, value := range []string{f.Example, "{unknown-key-here: 1}", "[[nested]]", "[{a: {b: c}}]", "", "[]", "{}"} {
			text := base
			if strings.Contains("\n"+base, "\n"+f.Key+":") {
				text = ""
				for line := range strings.Lines(base) {
					if !strings.HasPrefix(line, f.Key+":") {
						text += line
					}
				}
			}
			text += f.Key + ": " + value + "\n"
			compare(t, s, text, value != "[]" && value != "{}" && value != "" || !f.Required, &refused)
		}
	}
	for _, text := range []string{
		base + "titel: x\n", "principles: [fair]\nauthors: [A]\n", base + "kind: story\n", base + "draft: perhaps\n", base + "start: soon\n",
		base + "partners: [{organisation: x, rolle: lead}]\n", base + "quotes: [{text: x}]\n", base + "summary: " + strings.Repeat("x", 301) + "\n", base + "benefits: [x]\n",
	} {
		compare(t, s, text, true, &refused)
		if validates(t, s, text) == nil {
			t.Errorf("the schema accepts\n%s", text)
		}
	}
	if refused < 50 {
		t.Errorf("only %d texts were refused", refused)
	}
}

// compare fails if the schema refuses a text that the parser accepts or, when sure, if it
// accepts a value whose shape the parser refuses. It counts the refused texts.
func compare(t *testing.T, s *jsonschema.Schema, text string, sure bool, refused *int) {
	t.Helper()
	var errs []problem.Problem
	for _, p := range content.Parse("cases/x.md", []byte("---\n"+text+"---\nText.\n")).Problems {
		if p.Severity == problem.Error {
			errs = append(errs, p)
		}
	}
	err := validates(t, s, text)
	if err != nil {
		*refused++
	}
	shape := func(code string) bool {
		switch code {
		case "wrong-type", "unknown-key", "missing-field", "unknown-value":
			return true
		}
		return false
	}
	switch {
	case err != nil && len(errs) == 0:
		t.Errorf("the schema refuses, and the parser accepts\n%s%v", text, err)
	case sure && err == nil && len(errs) == 1 && shape(errs[0].Code):
		t.Errorf("the parser refuses, and the schema accepts\n%s%v", text, errs)
	}
}

// TestEveryFieldIsDescribed checks that the schemas have the help of each field.
func TestEveryFieldIsDescribed(t *testing.T) {
	files, err := schema.Files(nil)
	if err != nil {
		t.Fatal(err)
	}
	var visit func(where, data string, fields []frontmatter.Field)
	visit = func(where, data string, fields []frontmatter.Field) {
		for _, f := range fields {
			help, _ := json.Marshal(f.Help)
			if !strings.Contains(data, strings.Trim(string(help), `"`)) {
				t.Errorf("%s: %s is not described", where, f.Key)
			}
			visit(where, data, f.Fields)
		}
	}
	for i, kind := range content.Model() {
		if kind.Class != content.SynonymsClass {
			visit(fmt.Sprint(kind.Class), string(files[i].Data), kind.Fields)
		}
	}
}
