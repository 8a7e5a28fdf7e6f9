package site

import (
	"net/url"
	"strings"
)

// This file has the ways in which a reader reports a mistake: by e-mail, on a web
// page of the site's own, or as an issue where the source of the pages is kept.

// contact turns an e-mail address or a URL into an href.
func contact(s string) string {
	if s == "" || strings.Contains(s, "://") || strings.HasPrefix(s, "mailto:") {
		return s
	}
	return "mailto:" + s
}

// emailOf is the e-mail address of a contact, or empty.
func emailOf(s string) string {
	address, ok := strings.CutPrefix(contact(s), "mailto:")
	if !ok {
		return ""
	}
	address, _, _ = strings.Cut(address, "?")
	return address
}

// report is the href where a reader reports a mistake on a page. An e-mail has the
// page in its subject.
func (m *maker) report(b *Base) string {
	href := contact(m.lib.Site.Contact)
	if !strings.HasPrefix(href, "mailto:") {
		return href
	}
	return href + "?subject=" + url.PathEscape(m.lib.Site.Title+": "+b.address())
}

// issue leads to a new issue about a page, with its title and address filled in,
// where edit_url has the form of a host that is known to have such a form. Its
// label is the name of the host.
func (m *maker) issue(b *Base) Link {
	edit, err := url.Parse(m.lib.Site.EditURL)
	if err != nil || edit.Host == "" {
		return Link{}
	}
	for _, h := range hosts {
		project, _, ok := strings.Cut(edit.Path, h.edit)
		if !ok || strings.Count(project, "/") < 2 { // "/owner/project"
			continue
		}
		form := url.URL{Scheme: edit.Scheme, Host: edit.Host, Path: project + h.newIssue}
		form.RawQuery = url.Values{h.title: {b.named(m.lib.Site.Title)}, h.text: {b.address() + "\n\n"}}.Encode()
		return Link{Label: edit.Host, Href: form.String()}
	}
	return Link{}
}

// host is how the addresses of a host that keeps source text are made.
type host struct {
	edit                        string // between a project and the branch that is edited
	newIssue, title, text       string // the form for a new issue, and the names of its fields
	newFile, fileName, fileText string // instead of edit, to add a file, and the names of its fields; without the last it takes no text
}

// hosts are the known ones. GitLab comes first, since its addresses have the mark
// of GitHub's too.
//
//   - GitLab: https://gitlab.com/gitlab-org/gitlab/-/issues/340529; a text for a new
//     file is ignored: https://gitlab.com/gitlab-org/gitlab/-/work_items/594214
//   - Gitea, and Forgejo which Codeberg runs: https://github.com/go-gitea/gitea/pull/5851,
//     https://github.com/go-gitea/gitea/pull/16556
//   - GitHub: https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/creating-an-issue;
//     the names of the fields of a new file are those of Gitea, which took them from here
var hosts = [...]host{
	{"/-/edit/", "/-/issues/new", "issue[title]", "issue[description]", "/-/new/", "file_name", ""},
	{"/_edit/", "/issues/new", "title", "body", "/_new/", "filename", "value"},
	{"/edit/", "/issues/new", "title", "body", "/new/", "filename", "value"},
}

// address is how a report names the page.
func (b *Base) address() string {
	if b.Canonical != "" {
		return b.Canonical
	}
	return b.Path
}

// named is the title of the page, or that of the site where the theme's own words
// name the page.
func (b *Base) named(site string) string {
	if b.Title == "" {
		return site + ": " + b.Path
	}
	return b.Title
}
