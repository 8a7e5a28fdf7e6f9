// Package schema describes the content model as JSON Schema (draft 2020-12), for
// editors and other programs: one schema for each kind of file, with the values
// of the library's vocabularies.
//
// A schema never rejects what the parser accepts. It accepts more where JSON Schema
// cannot express a check of the parser: rules over several fields, alternative
// spellings of names, check digits.
package schema

import (
	"encoding/json"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
)

// File is the schema of a kind of content.
type File struct {
	Name string   // "case.schema.json"
	For  []string // the files that it describes, below content/: "cases/*.md"
	Data []byte
}

// Files returns a schema for each kind of content. The values of the vocabularies
// come from lib; if it is nil, there are none.
func Files(lib *library.Library) ([]File, error) {
	var w writer
	if lib != nil {
		w.names = lib.Names()
	}
	var files []File
	for _, kind := range content.Model() {
		root := w.object(kind.Fields)
		if kind.List {
			list := object{"type": "array", "items": root}
			root = object{"anyOf": []object{list, {"type": "object", "additionalProperties": list}}}
		}
		if kind.Class == content.SynonymsClass {
			root = object{}
		}
		root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
		root["title"] = strings.ToUpper(kind.What[:1]) + kind.What[1:]
		data, err := json.MarshalIndent(root, "", "  ")
		if err != nil {
			return nil, err
		}
		file := File{Name: string(kind.Class) + ".schema.json", Data: append(data, '\n')}
		for _, path := range kind.Files {
			file.For = append(file.For, strings.ReplaceAll(path, "<id>", "*"))
		}
		files = append(files, file)
	}
	return files, nil
}

type object = map[string]any

type writer struct{ names map[string][]library.Name } // by vocabulary

// object describes a mapping with the fields.
func (w writer) object(fields []frontmatter.Field) object {
	properties := object{}
	required := []string{}
	for _, f := range fields {
		if f.Key == "" { // a text that may replace the mapping
			continue
		}
		properties[f.Key] = w.field(f)
		if f.Required {
			required = append(required, f.Key)
		}
	}
	o := object{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		o["required"] = required
	}
	return o
}

// field describes a field: one value, or a list of values.
func (w writer) field(f frontmatter.Field) object {
	value := w.value(f)
	if f.List {
		value = object{"anyOf": []object{value, {"type": "array", "items": value}}}
	}
	if !f.Required {
		value = object{"anyOf": []object{value, {"type": "null"}, {"const": ""}, {"type": "array", "maxItems": 0}, {"type": "object", "maxProperties": 0}}}
	}
	value["description"] = strings.TrimSpace(f.Help + " Example: " + f.Key + ": " + f.Example)
	if f.Example == "" {
		value["description"] = f.Help
	}
	if f.Default != "" {
		value["default"] = f.Default
	}
	return value
}

// plain lists the types that the parser reads as a text. A number or a boolean of
// YAML becomes the text as written.
var plain = []string{"string", "number", "boolean"}

func (w writer) value(f frontmatter.Field) object {
	switch f.Type {
	case frontmatter.Fields: // the id of an entry, or the only required field, may replace it
		mapping := w.object(f.Fields)
		if f.Refers != "" || slices.ContainsFunc(f.Fields, func(inner frontmatter.Field) bool { return inner.Short }) {
			return object{"anyOf": []object{w.text(f), mapping}}
		}
		return mapping
	case frontmatter.Number:
		return object{"type": "integer"}
	case frontmatter.Boolean:
		return object{"type": "boolean"}
	case "date":
		return object{"anyOf": []object{{"type": "integer", "minimum": 1000, "maximum": 9999}, {"type": "string", "pattern": `^\d{4}(-\d{2}(-\d{2})?)?$`}, {"type": "object"}}}
	case frontmatter.Text:
		return w.text(f)
	default: // texts by beneficiary, or by country
		return object{"type": "object"}
	}
}

// text describes a text. It offers the values of a vocabulary, but allows other
// texts, because an alternative spelling may name a value too.
func (w writer) text(f frontmatter.Field) object {
	if len(f.Values) > 0 {
		return object{"enum": f.Values}
	}
	text := object{"type": plain}
	if f.Max > 0 {
		text["maxLength"] = f.Max
	}
	known := w.names[f.Refers]
	if len(known) == 0 {
		return text
	}
	var ids, labels []string
	for _, t := range known {
		ids, labels = append(ids, t.ID), append(labels, t.Label)
	}
	return object{"anyOf": []object{{"enum": ids, "enumDescriptions": labels}, text}}
}
