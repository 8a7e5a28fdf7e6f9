package theme_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"

	"casebook/internal/site"
)

// TestCaseMetadata checks that the head of a case study has the citation for reference
// managers, and its description for search engines, also with hostile texts.
func TestCaseMetadata(t *testing.T) {
	page := sampleOf(samples(t), &site.CasePage{}).(*site.CasePage)
	hostile := *page
	hostile.Title = `</script><script>alert(1)</script> "&`
	root := dom(t, render(t, loadDefault(t), &hostile))
	meta := func(name string) string {
		if node := cascadia.Query(root, cascadia.MustCompile(`meta[name="`+name+`"]`)); node != nil {
			return attribute(node, "content")
		}
		return ""
	}
	if got := meta("citation_title"); got != hostile.Title {
		t.Errorf("citation_title is %q", got)
	}
	if got := meta("citation_technical_report_institution"); got != page.Site.Title {
		t.Errorf("the institution is %q", got)
	}
	data := cascadia.QueryAll(root, cascadia.MustCompile(`script[type="application/ld+json"]`))
	if len(data) != 1 {
		t.Fatalf("%d descriptions", len(data))
	}
	var report map[string]any
	if err := json.Unmarshal([]byte(data[0].FirstChild.Data), &report); err != nil {
		t.Fatal(err)
	}
	if report["@type"] != "Report" || report["headline"] != hostile.Title || report["isBasedOn"] == nil {
		t.Errorf("the description is %v", report)
	}
	for _, script := range cascadia.QueryAll(root, cascadia.MustCompile("script:not([src])")) {
		if attribute(script, "type") != "application/ld+json" || strings.Contains(script.FirstChild.Data, "<") {
			t.Error("a title adds a script to the page")
		}
	}
}
