package search

import (
	"embed"
	"io/fs"
)

//go:embed client/*.ts
var clientFiles embed.FS

// ClientModule is the name that a script imports the client's core by.
const ClientModule = "casebook/search"

// ClientFS holds the client's core in TypeScript, to be bundled as ClientModule; what it offers is in index.ts.
func ClientFS() fs.FS {
	files, err := fs.Sub(clientFiles, "client")
	if err != nil {
		panic(err) // "client" is a valid path
	}
	return files
}
