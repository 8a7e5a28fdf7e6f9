package export

import (
	"slices"
	"testing"

	"casebook/internal/content"
	"casebook/internal/site"
)

// TestColumnsFollowTheModel checks that each field of the content model is a column, so
// that a new field is not forgotten, and that each column has a description.
func TestColumnsFollowTheModel(t *testing.T) {
	names := map[string]bool{}
	for _, c := range columns {
		names[c.name] = true
		if c.describe() == "" {
			t.Errorf("the column %s has no description", c.name)
		}
	}
	for _, f := range content.SchemaOf(content.CaseClass).Fields {
		if names[f.Key] == slices.Contains(site.NotData, f.Key) {
			t.Errorf("field %s has a column: %v, want %v", f.Key, names[f.Key], !names[f.Key])
		}
	}
}
