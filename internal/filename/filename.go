// Package filename knows which names of files not every system can hold.
package filename

import (
	"strings"
	"unicode/utf8"
)

// IsDevice reports whether Windows takes a name for a device, as it does
// whatever extension follows: "con", "NUL.txt", "COM1.tar.gz"
// (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
func IsDevice(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		port, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}
