package content

// The problem of an attachment that no page shows.

import (
	"fmt"
	"path"
	"strings"

	"casebook/internal/problem"
)

// Unused returns the problem of an attachment that no page shows or links to: a
// forgotten picture, or a case study saved in the format of a word processor. name
// is its path below content/.
func Unused(name string) problem.Problem {
	folder, below, _ := strings.Cut(name, "/")
	base := path.Base(name)
	extension := strings.ToLower(path.Ext(base))
	k := kindWhere(func(k *kind) bool { return k.folder == folder })
	p := problem.Problem{File: name, Code: "unused-file", Severity: problem.Advice, Message: base + " is shown by no page"}
	switch {
	case k != nil && isWriting[extension] && !strings.Contains(below, "/"):
		p.Code, p.Severity = "not-markdown", problem.Warning
		p.Message = fmt.Sprintf("%s is not read as %s, and no page links to it", base, k.What())
		p.Hint = fmt.Sprintf("save it as plain text in Markdown, as %s/%s.md, and delete this file; or link to it from a page", k.folder, slugOf(base))
	case isWriting[extension]:
		p.Hint = fmt.Sprintf("link to it from the text beside it: [what it is](<%s>); or delete it", base)
	case below == "":
		p.Hint = "name it in site.yaml, as logo: or favicon:; or move it beside the text that shows it"
	default:
		p.Hint = fmt.Sprintf("show it in the text beside it: ![what it shows](<%s>); or delete it", base)
	}
	return p
}
