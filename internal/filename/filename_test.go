package filename_test

import (
	"reflect"
	"slices"
	"testing"

	"casebook/internal/filename"
)

func TestIsDevice(t *testing.T) {
	for _, name := range []string{"con", "PRN", "Aux.md", "nul.tar.gz", "com1", "LPT9.txt", "com¹", "CONIN$", "con .txt", "con "} {
		if !filename.IsDevice(name) {
			t.Errorf("IsDevice(%q) = false, want true", name)
		}
	}
	for _, name := range []string{"", "console", "com", "com10", "lpt.html", "nuller", "a.con", "com٣", "comma", "icon"} {
		if filename.IsDevice(name) {
			t.Errorf("IsDevice(%q) = true, want false", name)
		}
	}
}

func TestSet(t *testing.T) {
	type clash = filename.Clash
	s := filename.NewSet(0)
	for _, test := range []struct {
		file string
		want *clash
	}{
		{"cases/a/index.html", nil},
		{"cases/b/index.html", nil},
		{"cases/A/Index.html", &clash{"cases/A/Index.html", "cases/a/index.html", "cases/a/index.html"}},
		{"cases/a/index.html/x", &clash{"cases/a/index.html", "cases/a/index.html", "cases/a/index.html"}},
		{"new/Cases/c", nil},
		{"Cases/new/c", &clash{"Cases", "cases", "cases/a/index.html"}},
	} {
		if got := s.Add(test.file, test.file); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", test.file, got, test.want)
		}
	}
}

// TestSetFolds checks pairs of files that some system takes for one, in both orders.
func TestSetFolds(t *testing.T) {
	for _, pair := range [][2]string{
		{"a.html", "a.html"},
		{"a.html", "A.html"},
		{"cases/x/index.html", "cases/X/index.html"},
		{"Cases/x.html", "cases/y.html"},
		{"a", "a/b"},
		{"A", "a/b"},
		{"a/b/c", "a/B"},
		{"caf\u00e9.html", "cafe\u0301.html"},
		{"CAF\u00c9.html", "cafe\u0301.html"},
		{"caf\u00e9/x", "cafe\u0301/y"},
		{"stra\u00dfe", "STRASSE"},
		{"\u212a.html", "k.html"},      // Kelvin sign
		{"\u03a3.html", "\u03c2.html"}, // sigma, final sigma
	} {
		for range 2 {
			s := filename.NewSet(2)
			if s.Add(pair[0], "first") != nil || s.Add(pair[1], "second") == nil {
				t.Errorf("%q can exist together", pair)
			}
			slices.Reverse(pair[:])
		}
	}
}
