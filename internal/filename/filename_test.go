package filename_test

import (
	"reflect"
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
		{"cases/a/index.html", &clash{"cases/a/index.html", "cases/a/index.html", "cases/a/index.html"}},
		{"cases/A/Index.html", &clash{"cases/A/Index.html", "cases/a/index.html", "cases/a/index.html"}},
		{"cases/a", &clash{"cases/a", "cases/a", "cases/a/index.html"}},
		{"cases/a/index.html/x", &clash{"cases/a/index.html", "cases/a/index.html", "cases/a/index.html"}},
		{"new/Cases/c", nil},
		{"Cases/new/c", &clash{"Cases", "cases", "cases/a/index.html"}},
		{"Cafe\u0301", nil},
		{"CAFÉ/x", &clash{"CAFÉ", "Cafe\u0301", "Cafe\u0301"}},
	} {
		if got := s.Add(test.file, test.file); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: got %+v, want %+v", test.file, got, test.want)
		}
	}
}
