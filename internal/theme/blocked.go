// What templates write that the pages' Content-Security-Policy blocks.

package theme

import (
	"fmt"
	"regexp"
	"strings"

	"casebook/internal/problem"
)

// blockedCode is the code of problems with what the pages'
// Content-Security-Policy blocks.
const blockedCode = "theme-blocked"

var (
	unwritten = regexp.MustCompile(`(?s)\{\{.*?\}\}|<!--.*?-->`)
	startTag  = regexp.MustCompile(`<([a-zA-Z]+)(?:\s(?:"[^"]*"|'[^']*'|[^'">])*)?>`)
	attribute = regexp.MustCompile(`\s([a-zA-Z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?`)
	elsewhere = regexp.MustCompile(`(?i)^(?:https?:)?//`)
)

// blocked warns of what a template writes although the pages'
// Content-Security-Policy makes browsers ignore it. It reads the template's
// text, so it does not see what an action writes.
func blocked(s source) []problem.Problem {
	text := blank(unwritten, s.text)
	var problems []problem.Problem
	warn := func(offset int, what, hint string) {
		at := problem.At(s.text, offset)
		problems = append(problems, problem.Problem{
			File: s.path, Line: at.Line, Column: at.Column, Severity: problem.Warning, Code: blockedCode, Hint: hint,
			Message: fmt.Sprintf("the page's security policy blocks %s", what),
		})
	}
	for _, tag := range startTag.FindAllStringSubmatchIndex(text, -1) {
		element := strings.ToLower(text[tag[2]:tag[3]])
		values := map[string]string{}
		for _, m := range attribute.FindAllStringSubmatchIndex(text[tag[3]:tag[1]-1], -1) {
			at, name, value := tag[3]+m[2], strings.ToLower(text[tag[3]+m[2]:tag[3]+m[3]]), ""
			if m[4] >= 0 {
				value = strings.Trim(text[tag[3]+m[4]:tag[3]+m[5]], `"'`)
			}
			values[name] = value
			switch {
			case name == "style":
				warn(at, "inline styles", "put it into assets/site.css")
			case strings.HasPrefix(name, "on"):
				warn(at, "inline scripts", "put it into assets/")
			case name == "src" && elsewhere.MatchString(value):
				warn(at, "what comes from other sites", "put a copy of it into assets/, or link to it")
			case element == "link" && name == "href" && strings.EqualFold(values["rel"], "stylesheet") && elsewhere.MatchString(value):
				warn(at, "what comes from other sites", "put a copy of it into assets/")
			}
		}
		_, src := values["src"]
		switch {
		case element == "style":
			warn(tag[0], "inline styles", "put it into assets/site.css")
		case element == "script" && !src && !strings.EqualFold(values["type"], "application/ld+json"):
			warn(tag[0], "inline scripts", "put it into assets/")
		}
	}
	return problems
}

// blank returns a text with spaces instead of what a pattern matches. All offsets stay
// the same.
func blank(pattern *regexp.Regexp, text string) string {
	return pattern.ReplaceAllStringFunc(text, func(found string) string { return strings.Repeat(" ", len(found)) })
}
