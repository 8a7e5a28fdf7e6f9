package export

import (
	"slices"
	"testing"

	"casebook/internal/site"
)

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
	for _, f := range site.CaseFields() {
		if names[f.Key] == slices.Contains(site.NotData, f.Key) {
			t.Errorf("the field %s is exported: %v", f.Key, names[f.Key])
		}
	}
}
