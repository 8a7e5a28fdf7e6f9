package publish_test

import (
	"context"
	"crypto/sha256"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"casebook/internal/publish"
)

func Example() {
	temporary, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(temporary)
	options := publish.Options{Dir: filepath.Join(temporary, "public")}

	page := []byte("<h1>Hello</h1>")
	site := []publish.File{{
		Path:  "index.html",
		Hash:  sha256.Sum256(page),
		Size:  int64(len(page)),
		Bytes: func() ([]byte, error) { return page, nil },
	}}
	for range 2 {
		result, err := publish.Publish(context.Background(), site, options)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("%d written, %d unchanged\n", result.Written, result.Unchanged)
	}
	// Output:
	// 1 written, 0 unchanged
	// 0 written, 1 unchanged
}
