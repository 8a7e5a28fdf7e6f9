// Package filename knows which names of files not every system can hold.
package filename

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxBytes is the most bytes that a name may have. File systems take 255; the rest is for
// tools that add a suffix, and for archives and checkouts.
const maxBytes = 200

// Problem returns why a file or folder of a name cannot exist on every system, and what
// to do. The message is empty if it can.
func Problem(name string) (message, hint string) {
	const rename = "rename it, using letters, digits and hyphens"
	if !utf8.ValidString(name) {
		return fmt.Sprintf("the file name %q is not UTF-8", name), rename
	}
	if len(name) > maxBytes {
		return fmt.Sprintf("the file name is %d bytes long; the limit is %d", len(name), maxBytes), "give it a shorter name"
	}
	for _, r := range name {
		switch {
		case unicode.IsControl(r):
			return fmt.Sprintf("the file name %q holds the control character %U", name, r), rename
		case unicode.Is(unicode.Bidi_Control, r):
			return fmt.Sprintf("the file name %q holds %U, which reorders text on screen", name, r), rename
		case strings.ContainsRune(`<>:"|?*\`, r):
			return fmt.Sprintf("the file name %q holds %q, which Windows does not allow", name, r), rename
		}
	}
	if strings.HasSuffix(name, ".") || strings.HasSuffix(name, " ") {
		return fmt.Sprintf("the file name %q ends in a dot or a space, which Windows removes", name), rename
	}
	if strings.HasPrefix(name, " ") {
		return fmt.Sprintf("the file name %q starts with a space", name), rename
	}
	if IsDevice(name) {
		return fmt.Sprintf("the file name %q is reserved by Windows", name), "rename it, for example to " + fmt.Sprintf("%q", "x-"+name)
	}
	return "", ""
}

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
