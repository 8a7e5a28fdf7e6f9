package library_test

import (
	"slices"
	"testing"

	"casebook/internal/content"
	"casebook/internal/library"
)

func TestAttachmentsThatNoPageShows(t *testing.T) {
	const front = "---\ntitle: %\nkind: programme\nauthors: [A]\n"
	files := map[string]string{
		"site.yaml":          "title: T\nlogo: lgo.png\n",
		"cases/a/index.md":   front + "---\n![w](ward.jpg) [p](plan.pdf)\n",
		"cases/b/index.md":   front + "draft: true\n---\n![w](draft.jpg)\n",
		"cases/c/index.md":   front + "---\n![w](wrad.jpg)\n",
		"cases/d/index.md":   front + "---\n![\u00e9](\u00e9.jpg)\n", // é is one character here, and two in the name of the file
		"cases/e/index.md":   front + "---\n![w](ward photo.jpg)\n",  // the link itself is reported
		"cases/f/index.md":   front + "---\n![w](ward-50%.jpg)\n",
		"resources/form.md":  "---\ntitle: R\ntype: template\nfile: form.pdf\n---\n",
		"resources/later.md": "---\ntitle: R\ntype: template\nfile: later.pdf\ndraft: true\n---\n",
	}
	attachments := map[string]bool{}
	for _, file := range []string{"logo.png", "cases/a/ward.jpg", "cases/a/plan.pdf", "cases/a/lost.jpg", "cases/b/draft.jpg", "cases/c/ward.jpg", "cases/d/e\u0301.jpg", "cases/e/ward photo.jpg", "cases/f/ward-50%.jpg", "resources/form.pdf", "resources/later.pdf", "resources/lost.pdf"} {
		attachments[file] = true
	}
	var parsed []*content.Parsed
	for path, text := range files {
		parsed = append(parsed, content.Parse(path, []byte(text)))
	}
	lib, named := library.New(parsed, library.Options{Attachments: attachments})
	if len(named) != 1 || named[0].Hint != `did you mean "logo.png"?` {
		t.Errorf("got %v", named)
	}
	links, problems := lib.ResolveLinks(parsed)
	var got []string
	for _, p := range problems {
		got = append(got, p.File+" "+p.Code)
	}
	if want := []string{"cases/a/lost.jpg unused-file", "cases/c/index.md dead-image", "resources/lost.pdf unused-file"}; !slices.Equal(got, want) && !slices.Equal(got, []string{want[0], want[1], "resources/lost.pdf not-markdown"}) {
		t.Errorf("got %q, want %q", got, want)
	}
	if to := links["cases/d/index.md"]; len(to) != 1 || to[0].File != "cases/d/e\u0301.jpg" {
		t.Errorf("got %+v", to)
	}
}
