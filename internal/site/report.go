// How a reader reports a mistake: by e-mail, on a web page that the site names,
// or as an issue at the host of the source.

package site

import (
	"net/url"
	"strings"
)

// contact returns the href for an e-mail address or a URL.
func contact(s string) string {
	if s == "" || strings.Contains(s, "://") || strings.HasPrefix(s, "mailto:") {
		return s
	}
	return "mailto:" + s
}

// emailOf returns the e-mail address of a contact, or "" if it has none.
func emailOf(s string) string {
	address, ok := strings.CutPrefix(contact(s), "mailto:")
	if !ok {
		return ""
	}
	address, _, _ = strings.Cut(address, "?")
	return address
}

// report returns the href where a reader reports a mistake on a page. The subject
// of an e-mail names the page.
func (m *maker) report(b *Base) string {
	href := contact(m.lib.Site.Contact)
	if !strings.HasPrefix(href, "mailto:") {
		return href
	}
	return href + "?subject=" + url.PathEscape(m.lib.Site.Title+": "+b.address())
}

// issue returns a link to a new issue about a page, with its title and address
// filled in, if edit_url has the form of a host that is known to support this.
// Its label is the name of the host.
func (m *maker) issue(b *Base) Link {
	h, form, project, _ := hostOf(m.lib.Site.EditURL)
	if h == nil || form.Host == "" {
		return Link{}
	}
	form.Path = project + h.newIssue
	form.RawQuery = url.Values{h.title: {b.named(m.lib.Site.Title)}, h.text: {b.address() + "\n\n"}}.Encode()
	return Link{Label: form.Host, Href: form.String()}
}

// hostOf returns the host of an edit_url, or nil if it is not known, with the address
// without its path, and the paths of the project and of the folder in it.
func hostOf(edit string) (h *host, address url.URL, project, folder string) {
	u, err := url.Parse(edit)
	if err != nil {
		return nil, url.URL{}, "", ""
	}
	for i, h := range hosts {
		project, folder, ok := strings.Cut(u.Path, h.edit)
		if ok && strings.Count(project, "/") >= 2 { // "/owner/project"
			return &hosts[i], url.URL{Scheme: u.Scheme, Host: u.Host}, project, folder
		}
	}
	return nil, url.URL{}, "", ""
}

// host describes the addresses of a host of source text.
type host struct {
	edit                        string // between a project and the branch that is edited
	newIssue, title, text       string // the form for a new issue, and the names of its fields
	newFile, fileName, fileText string // replaces edit to add a file, and the names of its fields; without fileText the host accepts no text
}

// hosts are the known hosts. GitLab comes first, because its addresses also contain
// the mark of GitHub's.
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

// address returns the address of the page for a report.
func (b *Base) address() string {
	if b.Canonical != "" {
		return b.Canonical
	}
	return b.Path
}

// named returns the title of the page, or that of the site if the theme's own
// words name the page.
func (b *Base) named(site string) string {
	if b.Title == "" {
		return site + ": " + b.Path
	}
	return b.Title
}
