package problem

// The formats of services for code review: GitLab's and SARIF.

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
)

// printGitLab writes a report of code quality
// (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format).
func printGitLab(w io.Writer, problems []Problem) error {
	type lines struct {
		Begin int `json:"begin"`
	}
	type location struct {
		Path  string `json:"path"`
		Lines lines  `json:"lines"`
	}
	type issue struct {
		Description string   `json:"description"`
		CheckName   string   `json:"check_name"`
		Fingerprint string   `json:"fingerprint"` // the same while the problem is the same, also on another line
		Severity    string   `json:"severity"`
		Location    location `json:"location"`
	}
	severities := map[Severity]string{Error: "critical", Warning: "major", Advice: "info"}
	issues := []issue{}
	repeats := map[string]int{}
	for _, p := range problems {
		same := fmt.Sprintf("%s\x00%s\x00%s", p.File, p.Code, p.Message)
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", same, repeats[same]))
		repeats[same]++
		issues = append(issues, issue{withHint(p), p.Code, fmt.Sprintf("%x", sum[:16]), severities[p.Severity], location{p.File, lines{max(1, p.Line)}}})
	}
	return printIndented(w, issues)
}

// printSARIF writes a log of SARIF 2.1.0
// (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
func (printer Printer) printSARIF(w io.Writer, problems []Problem) error {
	type object = map[string]any
	levels := map[Severity]string{Error: "error", Warning: "warning", Advice: "note"}
	rules, results := []object{}, []object{}
	known := map[string]int{}
	for _, p := range problems {
		rule, found := known[p.Code]
		if !found {
			rule = len(rules)
			known[p.Code] = rule
			about := object{"id": p.Code}
			if printer.Meaning != nil {
				about["fullDescription"] = object{"text": printer.Meaning(p.Code)}
			}
			rules = append(rules, about)
		}
		artifact := object{"uri": (&url.URL{Path: p.File}).EscapedPath()}
		place := object{"artifactLocation": artifact}
		if p.Line > 0 {
			region := object{"startLine": p.Line}
			if p.Column > 0 {
				region["startColumn"] = p.Column
			}
			place["region"] = region
		}
		result := object{
			"ruleId": p.Code, "ruleIndex": rule, "level": levels[p.Severity],
			"message":   object{"text": withHint(p)},
			"locations": []object{{"physicalLocation": place}},
		}
		if p.Fix != (Edit{}) {
			result["fixes"] = []object{{"artifactChanges": []object{{
				"artifactLocation": artifact,
				"replacements": []object{{
					"deletedRegion": object{
						"startLine": p.Fix.From.Line, "startColumn": p.Fix.From.Column,
						"endLine": p.Fix.To.Line, "endColumn": p.Fix.To.Column,
					},
					"insertedContent": object{"text": p.Fix.Text},
				}},
			}}}}
		}
		results = append(results, result)
	}
	return printIndented(w, object{
		"$schema": "https://json.schemastore.org/sarif-2.1.0.json",
		"version": "2.1.0",
		"runs": []object{{
			"tool":       object{"driver": object{"name": "casebook", "rules": rules}},
			"columnKind": "unicodeCodePoints",
			"results":    results,
		}},
	})
}

// withHint is the message of a problem, with its hint on a line of its own.
func withHint(p Problem) string {
	if p.Hint == "" {
		return p.Message
	}
	return p.Message + "\n" + p.Hint
}

func printIndented(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
