package library

import (
	"crypto/sha256"
	"encoding/hex"

	"casebook/internal/content"
)

// slug is the path element of a term's page. A name that has no letter to make
// one of, such as one in another script, gets a short hash of itself.
func slug(name string) string {
	if s := content.Slug(name); s != "" {
		return s
	}
	sum := sha256.Sum256([]byte(name))
	return "x-" + hex.EncodeToString(sum[:4])
}
