package library

// Parts of addresses, made from names.

import (
	"crypto/sha256"
	"encoding/hex"

	"casebook/internal/content"
)

// slug returns the part of an address that stands for a name. If no letter of the
// name can be written in ASCII, as in many other scripts, it is a short hash.
func slug(name string) string {
	if s := content.Slug(name); s != "" {
		return s
	}
	sum := sha256.Sum256([]byte(name))
	return "x-" + hex.EncodeToString(sum[:4])
}
