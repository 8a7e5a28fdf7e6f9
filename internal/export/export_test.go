package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"image/png"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"casebook/internal/content"
	"casebook/internal/export"
	"casebook/internal/library"
	"casebook/internal/problem"
	"casebook/internal/site"
)

// canary is in all texts that readers must not see.
const canary = "CANARY"

// sources are the files in content/ of a small knowledge base.
var sources = map[string]string{
	"site.yaml":              "title: \"Field <Notes>\"\ntagline: Cases & lessons\nbase_url: https://example.org/book/\nlanguage: en-GB\nlicence: CC-BY-4.0\n",
	"principles/shared.md":   "---\nnumber: 1\ntitle: Shared\nsummary: Plan together.\nhallmarks:\n  - {id: stable, title: Stable governance}\n---\n\nText.\n",
	"disciplines.yaml":       "disciplines:\n  - {id: nursing, label: Nursing, alternative: [nurses]}\n",
	"references.yaml":        "references:\n  - {id: report-2016, type: report, title: A report, issued: '2016'}\n",
	"organisations.yaml":     "organisations:\n  - {id: mirembe, name: 'Mirembe Hospital', aliases: ['=Mirembe'], country: Tanzania}\n",
	"cases/wards.md":         "---\ntitle: Wards that last\nsummary: What changed on the wards.\nhallmarks: [stable]\ncountries: [Tanzania, Wales]\ndisciplines: [nursing]\npartners: [mirembe]\nsources: [report-2016]\nauthors: [Dr Grace Banda]\nstart: 2012\nquotes:\n  - {text: It works., speaker: A nurse, country: Tanzania, consent: given}\nindicators:\n  - {name: Beds, value: 12, as_of: 2016, source: report-2016}\nbenefits:\n  Tanzania: [A new ward]\n  Mirembe Hospital: [Trained nurses]\npublished: 2026-11-20\naliases: [/old/wards/]\n---\n\nText.\n",
	"cases/formula.md":       "---\ntitle: \"=HYPERLINK(1)\"\nprinciples: [shared]\nauthors: [A]\npublished: 2026-11-24\n---\n\nText with \"quotes\", commas\nand ]]> & more.\n",
	"cases/hidden-draft.md":  "---\ntitle: " + canary + " draft\nprinciples: [shared]\nauthors: [" + canary + "]\ndraft: true\n---\n\n" + canary + "\n",
	"cases/withdrawn-one.md": "---\ntitle: " + canary + " withdrawn\nsummary: " + canary + "\nprinciples: [shared]\nauthors: [" + canary + "]\nwithdrawn: {date: 2026-11-01, reason: Asked for}\npublished: 2026-10-01\n---\n\n" + canary + "\n",
}

var today = content.Date{Year: 2026, Month: 11, Day: 29}

// build returns the exports of a knowledge base.
func build(t *testing.T, sources map[string]string, baseURL string) map[string]string {
	t.Helper()
	var files []*content.Parsed
	for _, path := range slices.Sorted(maps.Keys(sources)) {
		parsed := content.Parse(path, []byte(sources[path]))
		if problem.Count(parsed.Problems, problem.Error) > 0 {
			t.Fatalf("%s: %v", path, parsed.Problems)
		}
		files = append(files, parsed)
	}
	lib, problems := library.New(files, library.Options{Today: today})
	if problem.Count(problems, problem.Error) > 0 {
		t.Fatal(problems)
	}
	s, _ := site.New(lib, site.Options{BaseURL: baseURL})
	var mu sync.Mutex
	all := map[string]string{}
	err := export.Files(t.Context(), export.Input{Library: lib, Site: s, Today: today}, func(path string, data []byte) error {
		mu.Lock()
		defer mu.Unlock()
		if _, twice := all[path]; twice {
			t.Errorf("two exports have the path %s", path)
		}
		all[path] = string(data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

const baseURL = "https://example.org/book/"

// TestFilesOfManyCases checks that the case studies of a large site have no citation
// files, because they would be more than a host accepts, and that each list has one archive.
func TestFilesOfManyCases(t *testing.T) {
	many := maps.Clone(sources)
	for i := range 2_000 {
		many[fmt.Sprintf("cases/case-%d.md", i)] = "---\ntitle: A case\nauthors: [A]\nhallmarks: [stable]\n---\n\nText.\n"
	}
	all := build(t, many, baseURL)
	if _, ok := all["cases/wards/citation.bib"]; ok {
		t.Error("a case study has citation files")
	}
	for path := range all {
		if file := path[strings.LastIndex(path, "/")+1:]; (strings.HasPrefix(file, "citations.") || file == "cases.csv") && path != "cases/"+file && path != "data/"+file {
			t.Errorf("a list has the file %s", path)
		}
	}
	for list, want := range map[string]int{"organisations/mirembe": 1, "principles/shared/in/tanzania": 1, "principles/shared": 2_002} {
		text := all[list+"/cases.zip"]
		archive, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatalf("%s: %v", list, err)
		}
		for i, record := range []string{"\r\n", "\n@", "TY  - ", `"id":`} {
			name := []string{"cases.csv", "citations.bib", "citations.ris", "citations.json"}[i]
			data, err := fs.ReadFile(archive, name)
			if n := strings.Count("\n"+string(data), record); err != nil || i > 0 && n != want || i == 0 && n != want+1 {
				t.Errorf("%s: %s has %d records, %v; want %d", list, name, n, err, want)
			}
			if bytes.Contains(data, []byte(canary)) {
				t.Errorf("%s: %s contains text that must be hidden", list, name)
			}
		}
	}
	if all := all["cases/citations.ris"]; strings.Count(all, "TY  - ") != 2_002 {
		t.Errorf("the file of all case studies has %d records", strings.Count(all, "TY  - "))
	}
}

// TestFiles checks which files are exported, and that a second export is identical.
func TestFiles(t *testing.T) {
	all := build(t, sources, baseURL)
	for _, path := range []string{
		"cases/wards/citation.bib", "cases/wards/citation.ris", "cases/wards/citation.json", "cases/citations.bib",
		"countries/tanzania/citations.ris", "countries/tanzania/cases.csv", "principles/shared/cases.csv", "disciplines/nursing/cases.csv", "principles/shared/stable/cases.csv", "organisations/mirembe/citations.bib", "years/2012/cases.csv", "principles/shared/in/wales/cases.csv", "principles/shared/stable/countries/citations.ris",
		"data/cases.csv", "data/cases.json", "data/organisations.csv", "data/vocabularies.json",
		"feeds/all.atom", "feeds/all.json", "feeds/country/tanzania.atom", "feeds/principle/shared.json", "feeds/discipline/nursing.atom",
		"sitemap.xml", "robots.txt", "opensearch.xml", "llms.txt", "_headers", "data/land.svg", "linkset.json", "data/cases.schema.json", "contribute/form/case-study.docx", "contribute/form/case-studies.xlsx", "_redirects", "redirects.nginx", "redirects.caddy",
	} {
		if all[path] == "" {
			t.Errorf("no %s", path)
		}
	}
	if again := build(t, sources, baseURL); !maps.Equal(all, again) {
		t.Error("the same input gives different exports")
	}
}

// TestNothingHiddenIsExported checks that no export has any text of drafts or withdrawn
// case studies.
func TestNothingHiddenIsExported(t *testing.T) {
	for path, data := range build(t, sources, baseURL) {
		if strings.Contains(data, canary) || strings.Contains(path, "hidden-draft") || strings.Contains(data, "hidden-draft") || strings.Contains(data, "withdrawn-one") {
			t.Errorf("%s contains text that must be hidden", path)
		}
	}
}

// TestWithoutBaseURL checks that no export contains an absolute address of the site when
// the site has no base URL.
func TestWithoutBaseURL(t *testing.T) {
	without := maps.Clone(sources)
	without["site.yaml"] = strings.ReplaceAll(sources["site.yaml"], "base_url: "+baseURL+"\n", "")
	all := build(t, without, "")
	for path, data := range all {
		if strings.Contains(data, "example.org") {
			t.Errorf("%s contains an address of the site", path)
		}
		if strings.HasPrefix(path, "feeds/") || slices.Contains([]string{"sitemap.xml", "opensearch.xml", "linkset.json", "social-card.png"}, filepath.Base(path)) {
			t.Errorf("%s needs a base URL", path)
		}
	}
}

func TestCSV(t *testing.T) {
	all := build(t, sources, baseURL)
	data, marked := strings.CutPrefix(all["data/cases.csv"], "\ufeff")
	if !marked || !strings.HasSuffix(data, "\r\n") {
		t.Error("no byte order mark, or lines that do not end with CR LF")
	}
	rows, err := csv.NewReader(strings.NewReader(data)).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	cell := func(row int, name string) string { return rows[row][slices.Index(rows[0], name)] }
	for _, want := range [][2]string{
		{"id", "wards"},
		{"url", baseURL + "cases/wards/"},
		{"countries", "TZ; GB-WLS"},
		{"country_names", "Tanzania; Wales"},
		{"partners", "Mirembe Hospital (partner)"},
		{"indicators", "Beds: 12 (2016, report-2016)"},
		{"benefits", "TZ: A new ward; mirembe: Trained nurses"},
		{"licence", "CC-BY-4.0"},
		{"evaluation", ""},
	} {
		if got := cell(2, want[0]); got != want[1] {
			t.Errorf("%s is %q, want %q", want[0], got, want[1])
		}
	}
	if got := cell(1, "title"); got != "'=HYPERLINK(1)" {
		t.Errorf("a title that is a formula is exported as %q", got)
	}
	organisations, _ := csv.NewReader(strings.NewReader(strings.TrimPrefix(all["data/organisations.csv"], "\ufeff"))).ReadAll()
	if got := organisations[1][2]; got != "'=Mirembe" {
		t.Errorf("a name that is a formula is exported as %q", got)
	}
}

func TestJSON(t *testing.T) {
	all := build(t, sources, baseURL)
	var doc struct {
		Version int
		Licence string
		Cases   []map[string]any
	}
	if err := json.Unmarshal([]byte(all["data/cases.json"]), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Version != 1 || doc.Licence != "CC-BY-4.0" || len(doc.Cases) != 2 {
		t.Errorf("version %d, licence %q, %d case studies", doc.Version, doc.Licence, len(doc.Cases))
	}
	got := fmt.Sprint(doc.Cases[1]["quotes"], doc.Cases[1]["indicators"], doc.Cases[1]["countries"], doc.Cases[0]["countries"])
	if want := "[map[consent:given country:TZ speaker:A nurse text:It works.]] [map[as_of:2016 name:Beds source:report-2016 value:12]] [TZ GB-WLS] []"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	for path, data := range all {
		if strings.HasSuffix(path, ".json") && !json.Valid([]byte(data)) {
			t.Errorf("%s is not JSON", path)
		}
	}
}

func TestDiscovery(t *testing.T) {
	all := build(t, sources, baseURL)
	var urls struct {
		URLs []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	if err := xml.Unmarshal([]byte(all["sitemap.xml"]), &urls); err != nil {
		t.Fatal(err)
	}
	var locs []string
	for _, u := range urls.URLs {
		locs = append(locs, u.Loc+" "+u.LastMod)
	}
	if !slices.Contains(locs, baseURL+"cases/wards/ 2026-11-20") || !slices.Contains(locs, baseURL+" ") {
		t.Errorf("the sitemap has %q", locs)
	}
	for _, absent := range []string{"old/wards", "404", "/search/", "/compare/"} {
		if strings.Contains(all["sitemap.xml"], absent) {
			t.Errorf("the sitemap lists %s", absent)
		}
	}
	for _, test := range []struct{ file, want string }{
		{"robots.txt", "Sitemap: " + baseURL + "sitemap.xml"},
		{"_redirects", "/book/old/wards /book/cases/wards/ 301\n/book/old/wards/ /book/cases/wards/ 301\n"},
		{"redirects.nginx", `"/book/old/wards/" "/book/cases/wards/";`},
		{"_headers", "/book/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"}, // the path of the site, and no limit for assets
		{"_headers", "/book/*\n  X-Content-Type-Options: nosniff\n"},
		{"llms.txt", "(https://example.org/book/cases/wards/index.md)"}, // the Markdown version
	} {
		if !strings.Contains(all[test.file], test.want) {
			t.Errorf("%s lacks %q:\n%s", test.file, test.want, all[test.file])
		}
	}
}

// TestAddressesAreReserved checks that no file of the content can have the address of an
// export: the address is reserved, or it is below that of a page, where no attachment
// has this name.
func TestAddressesAreReserved(t *testing.T) {
	for path := range build(t, sources, baseURL) {
		_, name := filepath.Split(path)
		beside := strings.HasPrefix(name, "citation") || name == "cases.csv" || name == "social-card.png" && path != name
		if !site.Reserved(path) && !beside {
			t.Errorf("an alias could take the address of %s", path)
		}
	}
}

// TestIcons decodes the icons, and the manifest that lists them.
func TestIcons(t *testing.T) {
	all := build(t, sources, baseURL)
	var manifest struct {
		Name  string
		Icons []struct{ Src, Sizes string }
	}
	if err := json.Unmarshal([]byte(all["site.webmanifest"]), &manifest); err != nil || manifest.Name != "Field <Notes>" || len(manifest.Icons) != 2 {
		t.Errorf("%v, %v", manifest, err)
	}
	for _, icon := range manifest.Icons {
		picture, err := png.DecodeConfig(strings.NewReader(all[icon.Src]))
		if size := fmt.Sprintf("%dx%d", picture.Width, picture.Height); err != nil || size != icon.Sizes {
			t.Errorf("%s has %s: %v", icon.Src, size, err)
		}
	}
	file := []byte(all["favicon.ico"])
	for i, size := range []int{16, 32, 48} {
		entry := file[6+16*i:]
		length, at := binary.LittleEndian.Uint32(entry[8:]), binary.LittleEndian.Uint32(entry[12:])
		picture, err := png.DecodeConfig(bytes.NewReader(file[at : at+length]))
		if err != nil || picture.Width != size || int(entry[0]) != size {
			t.Errorf("icon %d: %v, %v", i, picture, err)
		}
	}
}

// TestSocialCards checks that the site and each published case study have a card, except
// a case study whose title cannot be drawn. When site.yaml switches them off, there are
// no cards.
func TestSocialCards(t *testing.T) {
	cards := func(sources map[string]string) string {
		var found []string
		for path, data := range build(t, sources, baseURL) {
			if strings.HasSuffix(path, "social-card.png") {
				found = append(found, path)
				if len(data) > 40_000 {
					t.Errorf("%s has %d bytes", path, len(data))
				}
			}
		}
		slices.Sort(found)
		return strings.Join(found, " ")
	}
	with := func(name, old, text string) map[string]string {
		changed := maps.Clone(sources)
		changed[name] = strings.Replace(changed[name], old, text, 1)
		return changed
	}
	for _, test := range []struct {
		name    string
		sources map[string]string
		want    string
	}{
		{"all", sources, "cases/formula/social-card.png cases/wards/social-card.png social-card.png"},
		{"Burmese title", with("cases/wards.md", "title: Wards that last", "title: ရန်ကုန်"), "cases/formula/social-card.png social-card.png"},
		{"switched off", with("site.yaml", "tagline", "social_cards: false\ntagline"), ""},
	} {
		if got := cards(test.sources); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestCoverageCSV reads the tables of the coverage page as CSV.
func TestCoverageCSV(t *testing.T) {
	all := build(t, sources, baseURL)
	for path, want := range map[string]string{
		"data/coverage-principles-by-country.csv":    "[[country 1. Shared] [Tanzania 1] [United Kingdom 1] [United Kingdom: Wales 1]]",
		"data/coverage-principles-by-discipline.csv": "[[discipline 1. Shared] [Nursing 1]]",
		"data/coverage-hallmarks-by-country.csv":     "[[country 1. Stable governance] [Tanzania 1] [United Kingdom 1] [United Kingdom: Wales 1]]",
	} {
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(all[path], "\ufeff"))).ReadAll()
		if got := fmt.Sprint(rows); err != nil || got != want {
			t.Errorf("%s: %s, %v", path, got, err)
		}
	}
}
