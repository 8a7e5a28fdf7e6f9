package search_test

import (
	"context"
	"fmt"
	"log"

	"casebook/internal/search"
)

func Example() {
	index, err := search.New(search.Options{})
	if err != nil {
		log.Fatal(err)
	}
	defer index.Close()
	ctx := context.Background()
	if _, err := index.Sync(ctx, search.Content{Documents: []search.Document{
		{ID: "cases/oxygen/", Title: "Oxygen for newborns", Body: "Concentrators were repaired on the ward.", Countries: []string{"malawi"}},
		{ID: "cases/midwives/", Title: "Midwives teach midwives", Body: "A ward in Uganda has a skills room.", Countries: []string{"uganda"}},
	}}); err != nil {
		log.Fatal(err)
	}

	results, err := index.Query(ctx, search.Request{Text: "ward midwives", Limit: 10})
	if err != nil {
		log.Fatal(err)
	}
	for _, hit := range results.Hits {
		fmt.Println(hit.Document.ID, hit.Document.Title)
	}

	// The files that the reader's browser searches, by path below the root of the site.
	files, err := index.Export(ctx, nil)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(files[search.RootPath]) > 0)
	// Output:
	// cases/midwives/ Midwives teach midwives
	// true
}
