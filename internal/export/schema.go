// The JSON Schema of the case studies in data/cases.json.

package export

import (
	"reflect"
	"strings"

	"casebook/internal/content"
)

// recordTypes are the types of the objects in columns of kind records.
var recordTypes = map[string]reflect.Type{
	"partners":   reflect.TypeFor[partner](),
	"benefits":   reflect.TypeFor[benefit](),
	"indicators": reflect.TypeFor[indicator](),
	"quotes":     reflect.TypeFor[quote](),
}

// schemaNode is a part of a JSON Schema (https://json-schema.org/draft/2020-12).
type schemaNode map[string]any

// schema writes a description of data/cases.json, so that a program can check
// what it reads.
func (e *exporter) schema() error {
	values := map[string][]string{}
	for _, f := range content.SchemaOf(content.CaseClass).Fields {
		values[f.Key] = f.Values
	}
	members := schemaNode{}
	for _, c := range columns {
		members[c.name] = c.schema(e.said(c.describe()), values[c.name])
	}
	text := schemaNode{"type": "string"}
	doc := schemaNode{
		"$schema":  "https://json-schema.org/draft/2020-12/schema",
		"title":    e.said("Case studies of a partnership knowledge base"),
		"type":     "object",
		"required": []string{"version", "title", "lang", "cases"},
		"properties": schemaNode{
			"version": schemaNode{"const": formatVersion}, "title": text, "url": schemaNode{"type": "string", "format": "uri"}, "licence": text, "lang": text,
			"cases": schemaNode{"type": "array", "items": schemaNode{
				"type": "object", "required": columnNames(), "properties": members, "additionalProperties": false,
			}},
		},
	}
	if id := e.absolute(e.in.Site.DataPath(schemaExtension)); id != "" {
		doc["$id"] = id
	}
	return e.addJSON(e.in.Site.DataPath(schemaExtension), doc)
}

// schemaExtension is that of the JSON Schema among the data files.
const schemaExtension = ".schema.json"

// schema describes a value of the column, with its help. only lists all values that
// a text may have.
func (c column) schema(help string, only []string) schemaNode {
	node := schemaNode{}
	switch c.kind {
	case text, address:
		node["type"] = "string"
	case date:
		node["type"], node["pattern"] = "string", "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"
	case textList:
		node["type"], node["items"] = "array", schemaNode{"type": "string"}
	case records:
		node["type"], node["items"] = "array", recordSchema(recordTypes[c.name])
	case object:
		node["type"], node["additionalProperties"] = "object", schemaNode{"type": "string"}
	}
	if c.kind == text && len(only) > 0 {
		node["enum"] = append([]string{""}, only...)
	}
	if help != "" {
		node["description"] = help
	}
	return node
}

// recordSchema describes an object by the JSON tags of its type. Its fields are
// texts and lists of texts.
func recordSchema(record reflect.Type) schemaNode {
	members, required := schemaNode{}, []string{}
	for i := range record.NumField() {
		field := record.Field(i)
		name, option, _ := strings.Cut(field.Tag.Get("json"), ",")
		if option != "omitempty" {
			required = append(required, name)
		}
		if field.Type.Kind() == reflect.Slice {
			members[name] = schemaNode{"type": "array", "items": schemaNode{"type": "string"}}
		} else {
			members[name] = schemaNode{"type": "string"}
		}
	}
	return schemaNode{"type": "object", "required": required, "properties": members, "additionalProperties": false}
}
