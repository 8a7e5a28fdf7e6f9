package export_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// compiled compiles the exported schema with an independent library.
func compiled(t *testing.T, schema string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("cases.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("cases.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestSchema checks that the exported data are valid for the schema, and that data with
// a mistake are not.
func TestSchema(t *testing.T) {
	all := build(t, sources, baseURL)
	schema := compiled(t, all["data/cases.schema.json"])
	check := func(text string) error {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return schema.Validate(doc)
	}
	cases := all["data/cases.json"]
	if err := check(cases); err != nil {
		t.Error(err)
	}
	for _, change := range []struct{ old, new string }{
		{`"version":1`, `"version":2`},
		{`"id":"wards",`, ``},
		{`"id":"wards"`, `"id":3`},
		{`"kind":"example"`, `"kind":"novel"`},
		{`"start":"2012"`, `"start":"in 2012"`},
		{`"principles":[`, `"principles":[1,`},
		{`"as_of":"2016",`, ``},
		{`"consent":"given"`, `"consent":"given","other":"x"`},
		{`"summary":`, `"other":"","summary":`},
	} {
		broken := strings.Replace(cases, change.old, change.new, 1)
		if broken == cases {
			t.Errorf("the data do not contain %s", change.old)
		} else if check(broken) == nil {
			t.Errorf("with %q instead of %q the data are still valid", change.new, change.old)
		}
	}
}

// TestLinkset checks that each case study has the links that Signposting requires
// (https://signposting.org/FAIR/, RFC 9264).
func TestLinkset(t *testing.T) {
	type link struct{ Href, Type string }
	var doc struct{ Linkset []map[string]json.RawMessage }
	if err := json.Unmarshal([]byte(build(t, sources, baseURL)["linkset.json"]), &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Linkset) != 2 {
		t.Fatalf("%d case studies have links, want 2", len(doc.Linkset))
	}
	for _, context := range doc.Linkset {
		var anchor string
		if err := json.Unmarshal(context["anchor"], &anchor); err != nil || !strings.HasPrefix(anchor, baseURL+"cases/") {
			t.Errorf("anchor %s: %v", context["anchor"], err)
		}
		for relation, want := range map[string]string{"cite-as": anchor, "type": "https://schema.org/Report", "license": "https://creativecommons.org/licenses/by/4.0/", "describedby": anchor + "citation.bib"} {
			var links []link
			if err := json.Unmarshal(context[relation], &links); err != nil || len(links) == 0 || links[0].Href != want {
				t.Errorf("%s: %s of %s: %v", anchor, relation, context[relation], err)
			}
		}
	}
}
