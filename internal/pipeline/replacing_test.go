package pipeline

import "testing"

func TestStaticFilesReplaceNothing(t *testing.T) {
	site := newSnapshot(nil, []*File{newFile("robots.txt", nil)})
	found := replacing([]*File{newFile("robots.txt", nil), newFile("humans.txt", nil)}, site)
	if len(found) != 1 || found[0].File != "content/static/robots.txt" {
		t.Errorf("got %v", found)
	}
}
