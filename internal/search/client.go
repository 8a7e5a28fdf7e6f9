package search

// The client in TypeScript, embedded.

import (
	"embed"
	"io/fs"
)

//go:embed client/*.ts
var clientFiles embed.FS

// ClientModule is the name under which scripts import the client.
const ClientModule = "casebook/search"

// ClientFS returns the client's TypeScript files, to be bundled as ClientModule. Its exports are in index.ts.
func ClientFS() fs.FS {
	files, err := fs.Sub(clientFiles, "client")
	if err != nil {
		panic(err) // "client" is a valid path
	}
	return files
}
