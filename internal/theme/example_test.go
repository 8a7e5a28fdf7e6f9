package theme_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"

	"casebook/internal/site"
	"casebook/internal/theme"
	"casebook/themes"
)

// A site's theme replaces single files and words of the default theme.
func Example() {
	ours := fstest.MapFS{
		"layouts/year.html": {Data: []byte("<h1>{{t \"year.title\" .Year}}</h1>")},
		"strings/en.yaml":   {Data: []byte("year.title: \"Our work in {1}\"\n")},
	}
	defaults, err := fs.Sub(themes.FS, "default")
	if err != nil {
		panic(err)
	}
	loaded, problems := theme.Load([]theme.Layer{
		{Name: "themes/ours", FS: ours},
		{Name: "default theme", FS: defaults},
	}, theme.Words{Language: "en-GB"})
	html, _, err := loaded.Render(nil, &site.YearPage{Year: "2016"})
	fmt.Println(strings.TrimSpace(string(html)), len(problems), err)
	// Output: <h1>Our work in 2016</h1> 0 <nil>
}
