// Package docs holds the user documentation: one Markdown page for each topic.
// The program prints a page with "casebook help TOPIC"; the repository shows
// the files beside this one.
package docs

import (
	"embed"
	"regexp"
	"strings"
)

//go:embed *.md
var pages embed.FS

// Topic is one page of the documentation.
type Topic struct {
	Name  string // of its file, without the extension: "writing"
	Title string // "Writing a case study"
	Text  string // the page, in Markdown
}

// Topics returns the pages in the order in which a newcomer reads them.
func Topics() []Topic {
	var topics []Topic
	for _, name := range []string{"starting", "writing", "contributing", "importing", "fields", "markdown", "site", "themes", "publishing", "reviewing", "codes", "upgrading"} {
		text := read(name)
		title, _, _ := strings.Cut(strings.TrimPrefix(text, "# "), "\n")
		topics = append(topics, Topic{Name: name, Title: title, Text: text})
	}
	return topics
}

// read is the text of a page.
func read(name string) string {
	text, err := pages.ReadFile(name + ".md")
	if err != nil {
		panic(err) // the file is embedded
	}
	return string(text)
}

// link matches a link to another page of the documentation.
var link = regexp.MustCompile(`\[([^]]+)\]\(([a-z]+)\.md\)`)

// Terminal returns the page as a terminal shows it: a link to another page
// becomes the command that prints that page.
func (t Topic) Terminal() string {
	return link.ReplaceAllString(t.Text, `$1 ("casebook help $2")`)
}
