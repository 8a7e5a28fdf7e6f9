package filename_test

import (
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
