// Books as PDF, printed by Chromium.

package book

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// ErrNoBrowser is returned if the browser that prints PDFs is missing.
var ErrNoBrowser = errors.New("a PDF is printed by Chromium or Chrome, and neither is installed: install one (Debian: apt-get install chromium), or name its program in CHROME_PATH")

// WritePDF prints the book with Chromium, as a tagged PDF with an outline. The
// PDF contains the time at which it was made, so that two of them never have
// the same bytes.
func (b *Book) WritePDF(ctx context.Context, w io.Writer) (err error) {
	browser := findBrowser()
	if browser == "" {
		return ErrNoBrowser
	}
	work, err := os.MkdirTemp("", "casebook-pdf-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	page, err := b.writePage(work)
	if err != nil {
		return err
	}
	out := filepath.Join(work, "book.pdf")
	args := []string{
		"--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + filepath.Join(work, "profile"),
		"--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf", "--print-to-pdf=" + out,
	}
	if runtime.GOOS == "linux" && os.Getuid() == 0 {
		args = append(args, "--no-sandbox") // otherwise it does not start for root
	}
	cmd := exec.CommandContext(ctx, browser, append(args, "file:///"+strings.TrimPrefix(filepath.ToSlash(page), "/"))...)
	message, err := cmd.CombinedOutput()
	made, openErr := os.Open(out)
	if err != nil || openErr != nil {
		return fmt.Errorf("%s: %w: %s", browser, errors.Join(err, openErr), bytes.TrimSpace(message))
	}
	_, err = io.Copy(w, made)
	return errors.Join(err, made.Close())
}

// findBrowser returns the path of Chromium or of a browser based on it, or "".
func findBrowser() string {
	for _, name := range []string{
		os.Getenv("CHROME_PATH"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
		`C:\Program Files\Google\Chrome\Application\chrome.exe`, `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
	} {
		if name == "" {
			continue
		}
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// writePage writes the book as one HTML page, with its pictures, into the
// folder. The page loads nothing else and runs no script.
func (b *Book) writePage(dir string) (name string, err error) {
	var page strings.Builder
	fmt.Fprintf(&page, `<!DOCTYPE html>
<html lang="%s">
<head><meta charset="utf-8"><title>%s</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src file:">
<style>%s
@page { size: A4; margin: 22mm 20mm; @bottom-center { content: counter(page); font: 9pt sans-serif; color: #555; } }
html { font-size: 10.5pt; }
.title-page, main { break-after: page; } main:last-child { break-after: auto; }</style></head>
<body>
%s
`, escape(b.Language), escape(b.name()), stylesheet, b.titleBody())
	anchors := map[string]string{}
	for i, c := range b.chapters {
		anchors[c.path] = "c" + strconv.Itoa(i+1)
	}
	for _, c := range b.chapters {
		body, err := c.section(anchors)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&page, "<main id=\"%s\" lang=\"%s\">\n%s\n</main>\n", anchors[c.path], escape(c.language), body)
	}
	page.WriteString("</body>\n</html>\n")
	for _, f := range b.pictures {
		data, err := f.Bytes()
		if err != nil {
			return "", err
		}
		file := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(file, data, 0o644); err != nil {
			return "", err
		}
	}
	name = filepath.Join(dir, "book.html")
	return name, os.WriteFile(name, []byte(page.String()), 0o644)
}

// section returns the chapter as part of one page. Its ids begin with its
// anchor, and the levels of its headings depend on its depth.
func (c *chapter) section(anchors map[string]string) (string, error) {
	anchor := anchors[c.path]
	return c.render(func(n *html.Node) {
		if level, ok := headingLevel(n.Data); ok {
			n.DataAtom, n.Data = 0, "h"+strconv.Itoa(min(level+c.depth-1, 6))
		}
		if id := value(n, "id"); id != "" {
			set(n, "id", anchor+"-"+id)
		}
		if src := value(n, "src"); src != "" {
			file, _ := within(c.path, src)
			set(n, "src", address(file))
		}
		if href, ok := strings.CutPrefix(value(n, "href"), inBook); ok {
			page, fragment, _ := strings.Cut(href, "#")
			to := "#" + anchors[page]
			if fragment != "" {
				to += "-" + fragment
			}
			set(n, "href", to)
		}
	})
}

// headingLevel returns the level of a heading: 2 for "h2".
func headingLevel(element string) (int, bool) {
	if len(element) != 2 || element[0] != 'h' {
		return 0, false
	}
	level := int(element[1] - '0')
	return level, level >= 1 && level <= 6
}
