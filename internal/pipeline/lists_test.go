package pipeline_test

import (
	"bytes"
	"encoding/csv"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/pipeline"

	"golang.org/x/net/html"
)

// checkLists checks that each page that lists case studies links to files with exactly
// these case studies. The words are those of addresses for principles, case studies
// and disciplines.
func (c *crawl) checkLists(t *testing.T, snapshot *pipeline.Snapshot, principles, cases, disciplines string) {
	t.Helper()
	isList := regexp.MustCompile(`^(` + cases + `(/a-z)?|challenges|programmes(/[^/]+)?|(years|organisations|countries)/[^/]+|(` + principles + `|` + disciplines + `)/.+)/index\.html$`)
	isPart := regexp.MustCompile(`page/\d+/`)
	study := regexp.MustCompile(`^` + cases + `/([^/]+)/index\.html$`)
	shown, files := map[string][]string{}, map[string][]string{}
	for f := range snapshot.Files() {
		list := isPart.ReplaceAllString(f.Path, "")
		if !isList.MatchString(list) {
			continue
		}
		data, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		var downloads []string
		for n := range root.Descendants() {
			if n.Type != html.ElementNode || n.Data != "a" {
				continue
			}
			target, _, _ := c.follow(f.Path, attribute(n, "href"))
			holder := attribute(n.Parent, "class") + attribute(n.Parent.Parent, "class")
			if m := study.FindStringSubmatch(target); m != nil && (strings.Contains(holder, "titles") || attribute(n.Parent, "class") == "name") {
				shown[list] = append(shown[list], m[1])
			}
			if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "download" }) {
				downloads = append(downloads, target)
			}
		}
		if other := files[list]; other != nil && !slices.Equal(other, downloads) {
			t.Errorf("%s links to %q, another page of its list to %q", f.Path, downloads, other)
		}
		files[list] = downloads
	}
	for list, ids := range shown {
		if path.Dir(list) == cases { // its files hold programmes too, which have a list of their own
			ids = shown[cases+"/a-z/index.html"]
		}
		ids = slices.Compact(slices.Sorted(slices.Values(ids)))
		if len(files[list]) != 4 {
			t.Errorf("%s links to the files %q", list, files[list])
			continue
		}
		table := listed(t, snapshot, files[list][0])
		if path.Dir(path.Dir(list)) == principles { // the page shows the first case studies of each hallmark
			ids = slices.DeleteFunc(ids, func(id string) bool { return slices.Contains(table, id) })
			if len(ids) > 0 {
				t.Errorf("%s lacks %q", files[list][0], ids)
			}
		} else if !slices.Equal(table, ids) {
			t.Errorf("%s holds %q, its page %q", files[list][0], table, ids)
		}
		for i, record := range []string{`(?m)^@`, `(?m)^TY  - `, `(?m)^[ \[{]*"id":`} {
			file := snapshot.File(files[list][i+1])
			if file == nil {
				t.Errorf("%s does not exist", files[list][i+1])
				continue
			}
			data, err := file.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			if n := len(regexp.MustCompile(record).FindAll(data, -1)); n != len(table) {
				t.Errorf("%s holds %d records, its table %d", file.Path, n, len(table))
			}
		}
	}
	if len(shown) < 15 {
		t.Errorf("only %d lists", len(shown))
	}
}

// listed returns the ids of the case studies in a CSV file, sorted.
func listed(t *testing.T, snapshot *pipeline.Snapshot, name string) []string {
	t.Helper()
	file := snapshot.File(name)
	if file == nil {
		t.Errorf("%s does not exist", name)
		return nil
	}
	data, err := file.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	column := slices.Index(rows[0], "id")
	var ids []string
	for _, row := range rows[1:] {
		ids = append(ids, row[column])
	}
	slices.Sort(ids)
	return ids
}
