package library_test

import (
	"testing"

	"casebook/internal/library"
)

func TestDocumentsAreNotPictures(t *testing.T) {
	opts := library.Options{Attachments: map[string]bool{"cases/doc.pdf": true, "cases/ward.PNG": true}}
	for body, code := range map[string]string{
		"[d](doc.pdf) ![w](ward.PNG)\n": "",
		"![d](doc.pdf)\n":               "not-a-picture",
		"![d](other-case.md)\n":         "not-a-picture",
		"![d](ward.jpg)\n":              "dead-image",
	} {
		_, problems := link(t, withCase("hallmarks: [clear-plans]\n", body), opts)
		if code == "" && len(problems) == 0 {
			continue
		}
		if len(problems) != 1 || problems[0].Code != code || problems[0].Position() != "cases/c.md:6:6" {
			t.Errorf("%q: got %v, want %s", body, problems, code)
		}
	}
}
