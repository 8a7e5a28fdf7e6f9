package library

// Addresses of terms.

import (
	"crypto/sha256"
	"encoding/hex"

	"casebook/internal/content"
)

// slug is the part of an address that stands for a name. A name without any
// letter that can be written in ASCII, such as one in another script, gets a short
// hash.
func slug(name string) string {
	if s := content.Slug(name); s != "" {
		return s
	}
	sum := sha256.Sum256([]byte(name))
	return "x-" + hex.EncodeToString(sum[:4])
}
