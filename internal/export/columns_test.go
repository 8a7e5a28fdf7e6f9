package export

import "testing"

// notExported are the fields of a case study that say how the site shows it,
// not what it is.
var notExported = map[string]bool{"related": true, "aliases": true, "draft": true, "withdrawn": true}

// Every field of the content model is a column, so that a new field is not
// forgotten, and every column says what it holds.
func TestColumnsFollowTheModel(t *testing.T) {
	names := map[string]bool{}
	for _, c := range columns {
		names[c.name] = true
		if c.describe() == "" {
			t.Errorf("the column %s has no description", c.name)
		}
	}
	for _, f := range caseFields() {
		if names[f.Key] == notExported[f.Key] {
			t.Errorf("the field %s is exported: %v", f.Key, names[f.Key])
		}
	}
}
