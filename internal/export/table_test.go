package export

import "testing"

func TestCellsAreNoFormulas(t *testing.T) {
	for cell, want := range map[string]string{
		"":              "",
		" ":             " ",
		"a=1":           "a=1",
		"=1+1":          "'=1+1",
		"  -1":          "'  -1",
		"\u00a0@A1":     "'\u00a0@A1",
		"\u200b\ufeff+": "'\u200b\ufeff+",
		"＝SUM(A1)":      "'＝SUM(A1)",
		"\tx":           "'\tx",
		"«=1»":          "«=1»",
		"\xff":          "\xff",
	} {
		if got := inert(cell); got != want {
			t.Errorf("inert(%q) is %q, want %q", cell, got, want)
		}
	}
}
