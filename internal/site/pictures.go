// Pictures of case studies, and the logo and icon of the site.

package site

import (
	"fmt"
	"net/url"
	"strings"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/problem"
)

// Limits on the pictures of the site itself.
const (
	leastIcon = 512    // pixels of the longer side: the smaller icons are made from it
	mostLogo  = 60_000 // bytes: every reader loads it with the first page
)

// Picture is the picture at the start of a case study.
type Picture struct {
	Src           string
	SrcSet        string // its copies and their widths; empty if there is one size
	Width, Height int
	Alt, Credit   string
	Consent       content.PictureConsent
}

// picture returns the picture of a case study as its page shows it, or nil.
func (b *Base) picture(c *library.CaseStudy) *Picture {
	if c.Picture == "" {
		return nil
	}
	a, p := b.attachments[c.Picture], c.CaseStudy.Picture
	return &Picture{b.toFile(c.Picture), b.srcSet(c.Picture, a), a.Width, a.Height, p.Alt, p.Credit, p.Consent}
}

// small returns the address of the smallest copy of a picture, or "" without a
// picture.
func (b *Base) small(file string) string {
	if file == "" {
		return ""
	}
	if copies := b.attachments[file].Copies; len(copies) > 0 {
		file = copies[0].Path
	}
	return b.toFile(file)
}

// Logo is a picture before the title of the site.
type Logo struct {
	Src           string
	Width, Height int
}

// logo returns the logo as the pages at one depth show it.
func (m *maker) logo(root string) *Logo {
	file := m.lib.Logo
	if file == "" {
		return nil
	}
	a := m.opts.Attachments[file]
	return &Logo{(&url.URL{Path: root + strings.TrimPrefix(m.at.attachment(file), "/")}).EscapedPath(), a.Width, a.Height}
}

// unfitPictures reports a logo so large that it makes every page slow, and an
// icon that is too small.
func (m *maker) unfitPictures() []problem.Problem {
	var problems []problem.Problem
	report := func(ref content.Ref, severity problem.Severity, hint, format string, args ...any) {
		problems = append(problems, problem.Problem{
			File: m.lib.Site.File, Line: ref.Line, Column: ref.Column, Severity: severity, Code: "picture-size", Message: fmt.Sprintf(format, args...), Hint: hint,
		})
	}
	if a := m.opts.Attachments[m.lib.Logo]; m.lib.Logo != "" && a.Size > mostLogo {
		report(m.lib.Site.Logo, problem.Warning, "save it again 300 pixels wide, as PNG with few colours or as WebP",
			"the logo has %d KB, which every reader loads; at most %d KB", a.Size/1000, mostLogo/1000)
	}
	if a := m.opts.Attachments[m.lib.Favicon]; m.lib.Favicon != "" && max(a.Width, a.Height) < leastIcon {
		report(m.lib.Site.Favicon, problem.Error, fmt.Sprintf("save it again with %d × %d pixels, or delete the line: an icon is then drawn from the title", leastIcon, leastIcon),
			"the icon has %d × %d pixels, too few for a home screen", a.Width, a.Height)
	}
	return problems
}
