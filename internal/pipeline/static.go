package pipeline

// Checking the files of content/static/, which are published unchanged.

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"casebook/internal/media"
	"casebook/internal/problem"
)

// maxStatic is the maximum size, in bytes, of a text file or an icon in
// content/static/.
const maxStatic = 64 << 10

// hostFiles matches the text files in content/static/ that hosts and search engines
// read. Names are relative to that folder.
var hostFiles = regexp.MustCompile(`^(\.nojekyll|_headers|_redirects|robots\.txt|humans\.txt|ads\.txt|security\.txt|[A-Za-z0-9_-]+\.txt|BingSiteAuth\.xml|[a-z0-9-]+\.webmanifest|\.well-known/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*)$`)

// verificationName and verificationText match the only kind of HTML file that is
// published: the file by which Google verifies the owner of a site.
var (
	verificationName = regexp.MustCompile(`^google[0-9a-f]{16}\.html$`)
	verificationText = regexp.MustCompile(`^google-site-verification: google[0-9a-f]{16}\.html\s*$`)
)

// ShowsHidden reports whether a hidden file or folder of the source folder is
// published. Only those that hosts read are.
func ShowsHidden(name string) bool {
	name, ok := strings.CutPrefix(name, contentFolder+staticFolder)
	return ok && (name == ".nojekyll" || name == ".well-known" || strings.HasPrefix(name, ".well-known/"))
}

// checkStatic returns the reason why a file of content/static/ must not be
// published, or nil if it may. The name is relative to that folder. These files are
// published unchanged, so none may be a file that a browser runs.
func checkStatic(name string, data []byte) *problem.Problem {
	refuse := func(code, hint, format string, args ...any) *problem.Problem {
		return &problem.Problem{Code: code, Message: fmt.Sprintf(format, args...), Hint: hint}
	}
	const names = "static/ is for files that a host reads: .nojekyll, _headers, _redirects, robots.txt, favicon.ico, icons as .png, verification files, .well-known/; put pictures and downloads beside the page that uses them"
	switch {
	case name == "CNAME":
		return refuse("static-name", "put CNAME into the output folder: every build keeps it there", "CNAME is not published from here")
	case path.Ext(name) == ".ico" && !strings.Contains(name, "/"):
		if len(data) > maxStatic || !bytes.HasPrefix(data, []byte{0, 0, 1, 0}) {
			return refuse("static-content", "save it again as an icon with sizes up to 48 pixels", "this is not an icon of at most %d KB", maxStatic>>10)
		}
		return nil
	case path.Ext(name) == ".png" && !strings.Contains(name, "/"):
		if _, err := media.Check(name, data); err != nil {
			return refuse("static-content", "save it again as PNG", "%v", err)
		}
		return nil
	case verificationName.MatchString(name):
		if !verificationText.Match(data) {
			return refuse("static-content", "download it again, and change nothing in it", "this is not a verification file of Google")
		}
		return nil
	case !hostFiles.MatchString(name) || isActive(name):
		return refuse("static-name", names, "a file of this name is not published as it is")
	case len(data) > maxStatic:
		return refuse("static-size", "make it shorter", "the file has %d KB; at most %d KB", len(data)>>10, maxStatic>>10)
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		return refuse("static-content", "save it as plain text in UTF-8", "this is not a text")
	}
	return nil
}

// isActive reports whether the extension of a file is one that a browser may run or
// show as a page.
func isActive(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml", ".xht", ".svg", ".js", ".mjs", ".css", ".wasm", ".swf", ".php", ".shtml", ".mht", ".mhtml":
		return true
	case ".xml", ".xsl", ".xslt":
		return path.Base(name) != "BingSiteAuth.xml"
	}
	return false
}

// replacing returns a problem for each file of content/static/ that has the same
// path as a file of the site.
func replacing(static []*File, site *Snapshot) []problem.Problem {
	var all []problem.Problem
	for _, f := range static {
		if site.File(f.Path) != nil {
			all = append(all, problem.Problem{
				File: contentFolder + staticFolder + f.Path, Code: "static-name", Message: fmt.Sprintf("the site has a file /%s of its own", f.Path),
				Hint: "remove this one, or give it another name",
			})
		}
	}
	return all
}
