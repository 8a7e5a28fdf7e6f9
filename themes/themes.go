// Package themes holds the default theme.
package themes

import "embed"

// FS has the default theme below "default".
//
//go:embed all:default
var FS embed.FS
