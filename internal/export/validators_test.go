package export_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
	"github.com/piprate/json-gold/ld"
)

// TestFeedsAreRead reads each feed with gofeed, and checks that the feed of a list has its
// case studies alone, the newest first.
func TestFeedsAreRead(t *testing.T) {
	titles := map[string]string{} // of each feed and its items
	for name, text := range build(t, sources, baseURL) {
		if !strings.HasPrefix(name, "feeds/") {
			continue
		}
		feed, err := gofeed.NewParser().ParseString(text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if want := map[string]string{".atom": "atom", ".json": "json"}[path.Ext(name)]; feed.FeedType != want || feed.Title == "" || feed.FeedLink != baseURL+name || len(feed.Items) == 0 {
			t.Errorf("%s is read as a feed of type %s with title %q, link %s and %d items", name, feed.FeedType, feed.Title, feed.FeedLink, len(feed.Items))
		}
		titles[name] = feed.Title + " " + feed.Updated
		for _, item := range feed.Items {
			titles[name] += "; " + item.Title
			if item.Title == "" || item.PublishedParsed == nil || item.GUID == "" || !strings.HasPrefix(item.Link, baseURL+"cases/") {
				t.Errorf("%s: an item is read as %+v", name, item)
			}
		}
	}
	for name, want := range map[string]string{
		"feeds/all.atom":              "Field <Notes> 2026-11-24T00:00:00Z; =HYPERLINK(1); Wards that last",
		"feeds/all.json":              "Field <Notes> 2026-11-24T00:00:00Z; =HYPERLINK(1); Wards that last",
		"feeds/country/tanzania.atom": "Field <Notes>: Tanzania 2026-11-20T00:00:00Z; Wards that last",
	} {
		if titles[name] != want {
			t.Errorf("%s has %q, want %q", name, titles[name], want)
		}
	}
}

// TestVocabulariesAreLinkedData reads the vocabularies as RDF with json-gold, and checks
// the integrity conditions of SKOS (https://www.w3.org/TR/skos-reference/).
func TestVocabulariesAreLinkedData(t *testing.T) {
	var document any
	if err := json.Unmarshal([]byte(build(t, sources, baseURL)["data/vocabularies.json"]), &document); err != nil {
		t.Fatal(err)
	}
	triples, err := ld.NewJsonLdProcessor().ToRDF(document, &ld.JsonLdOptions{ProcessingMode: ld.JsonLd_1_1, Format: "application/n-quads", SafeMode: true, DocumentLoader: noDocuments{}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<http://www.w3.org/2004/02/skos/core#prefLabel> "Nursing"@en-gb .`,
		`<http://www.w3.org/2004/02/skos/core#altLabel> "nurses"@en-gb .`,
		`<http://purl.org/dc/terms/title> "Disciplines"@en .`,
		`<http://www.w3.org/2004/02/skos/core#notation> "nursing" .`,
		`<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept>`,
		`<http://www.w3.org/2004/02/skos/core#inScheme>`,
	} {
		if !strings.Contains(strings.ReplaceAll(triples.(string), "@en-GB", "@en-gb"), want) {
			t.Errorf("no triple contains %s:\n%s", want, triples)
		}
	}
	types := map[string]string{}
	for line := range strings.Lines(triples.(string)) {
		if id, class, ok := strings.Cut(line, " <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "); ok {
			types[id] = class
		}
	}
	for line := range strings.Lines(triples.(string)) { // what a relation leads to is there
		for relation, class := range map[string]string{"inScheme": "ConceptScheme", "topConceptOf": "ConceptScheme", "broader": "Concept"} {
			if _, to, ok := strings.Cut(line, " <http://www.w3.org/2004/02/skos/core#"+relation+"> "); ok && types[strings.TrimSuffix(to, " .\n")] != "<http://www.w3.org/2004/02/skos/core#"+class+"> .\n" {
				t.Errorf("%s leads to no %s", line, class)
			}
		}
	}
	if types["<"+baseURL+"data/vocabularies.json#country-GB-WLS>"] == "" {
		t.Error("Wales is no concept")
	}
	preferred := map[string]string{} // the label of each concept; each has one (S14)
	for line := range strings.Lines(triples.(string)) {
		id, label, ok := strings.Cut(line, " <http://www.w3.org/2004/02/skos/core#prefLabel> ")
		if ok && preferred[id] != "" {
			t.Errorf("two preferred labels: %s and %s", preferred[id], line)
		}
		if ok {
			preferred[id] = label
		}
	}
	for line := range strings.Lines(triples.(string)) { // no other label is the preferred one (S13)
		if id, label, ok := strings.Cut(line, " <http://www.w3.org/2004/02/skos/core#altLabel> "); ok && label == preferred[id] {
			t.Errorf("%s is both a preferred and another label", line)
		}
	}
}

// noDocuments refuses to load documents: the file contains its context.
type noDocuments struct{}

func (noDocuments) LoadDocument(address string) (*ld.RemoteDocument, error) {
	return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, address)
}

// readCitations is a script that reads the citations on its standard input with
// citation-js, and prints them as CSL-JSON, one list for each format.
const readCitations = `
const {Cite, plugins} = require('@citation-js/core')
require('@citation-js/plugin-bibtex'); require('@citation-js/plugin-ris')
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'))
const read = {}
for (const [name, text] of Object.entries(texts)) read[name] = new Cite(text).data
console.log(JSON.stringify(read))`

// TestCitationsAreRead reads the citations of case studies with citation-js, which
// .ci/run installs, and checks that all three formats give the same records.
func TestCitationsAreRead(t *testing.T) {
	modules := os.Getenv("CASEBOOK_NODE_MODULES")
	if modules == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("CASEBOOK_NODE_MODULES does not name a folder with citation-js")
		}
		t.Skip("CASEBOOK_NODE_MODULES does not name a folder with citation-js")
	}
	const title = "50 % of {care} & cost: $1 #2 a_b ~ ^ \\ Łódź’s “ward”"
	hostile := maps.Clone(sources)
	hostile["cases/hostile.md"] = "---\ntitle: '" + title + "'\nprinciples: [shared]\nauthors: [Müller Trust, Ana de la Cruz]\npublished: 2026-11-24\n---\n\nText.\n"
	texts := map[string]string{}
	for name, text := range build(t, hostile, baseURL) {
		if base, ending, _ := strings.Cut(path.Base(name), "."); strings.HasPrefix(base, "citation") && ending != "" {
			texts[name] = text
		}
	}
	input, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", "-e", readCitations)
	cmd.Env = append(os.Environ(), "NODE_PATH="+modules)
	cmd.Stdin, cmd.Stderr = strings.NewReader(string(input)), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var read map[string][]struct {
		Type, Title, URL, Publisher string
		Author                      []struct{ Family, Given, Literal string }
		Issued                      struct {
			Parts [][]int `json:"date-parts"`
		}
	}
	if err := json.Unmarshal(out, &read); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	// The record of the first case study must be complete; in all files the formats must
	// agree.
	for _, ending := range []string{".bib", ".ris", ".json"} {
		name := "cases/wards/citation" + ending
		if len(read[name]) != 1 {
			t.Fatalf("%s: %d records in %s", name, len(read[name]), texts[name])
		}
		r := read[name][0]
		if r.Type != "report" || r.Title != "Wards that last" || r.URL != baseURL+"cases/wards/" || r.Publisher != "Field <Notes>" ||
			len(r.Author) != 1 || r.Author[0].Family != "Banda" || len(r.Issued.Parts) != 1 || r.Issued.Parts[0][0] != 2026 {
			t.Errorf("%s is read as %+v:\n%s", name, r, texts[name])
		}
		if hostile := read["cases/hostile/citation"+ending]; len(hostile) != 1 || hostile[0].Title != title || len(hostile[0].Author) != 2 {
			t.Errorf("cases/hostile/citation%s is read as %+v:\n%s", ending, hostile, texts["cases/hostile/citation"+ending])
		}
	}
	for name, records := range read {
		same := read[strings.TrimSuffix(name, path.Ext(name))+".json"]
		if len(records) == 0 || len(records) != len(same) {
			t.Errorf("%s has %d records, and the CSL-JSON file %d", name, len(records), len(same))
			continue
		}
		for i, r := range records {
			if r.Title != same[i].Title || r.Type != same[i].Type || r.URL != same[i].URL {
				t.Errorf("%s: record %d is read as %+v, and from CSL-JSON as %+v", name, i, r, same[i])
			}
		}
	}
}
