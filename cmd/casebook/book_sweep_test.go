//go:build sweep

package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestBooksSweep bundles this repository's knowledge base, and one with pictures, as books.
// It checks that epubcheck (Debian: epubcheck) reports no problems in the EPUB, and that the
// PDF is tagged and has an outline.
func TestBooksSweep(t *testing.T) {
	for name, source := range map[string]string{"content": "../..", "golden": "../../internal/pipeline/testdata/golden/input"} {
		t.Run(name, func(t *testing.T) {
			epub, pdf := filepath.Join(t.TempDir(), "book.epub"), filepath.Join(t.TempDir(), "book.pdf")
			succeeds(t, "bundle", epub, "--source", source, "--quiet", "--date", "2026-11-29")
			if out, err := exec.Command("java", "-jar", "/usr/share/java/epubcheck.jar", "--failonwarnings", epub).CombinedOutput(); err != nil {
				t.Errorf("epubcheck: %v\n%s", err, out)
			}
			succeeds(t, "bundle", pdf, "--source", source, "--quiet", "--date", "2026-11-29")
			data := []byte(read(t, pdf))
			for _, part := range []string{"/StructTreeRoot", "/MarkInfo", "/Outlines"} {
				if !bytes.Contains(data, []byte(part)) {
					t.Errorf("the PDF has no %s", part)
				}
			}
		})
	}
}
