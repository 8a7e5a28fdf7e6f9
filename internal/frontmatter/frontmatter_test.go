package frontmatter_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"casebook/internal/frontmatter"
)

func TestNearest(t *testing.T) {
	candidates := []string{"Uganda", "Zambia", "Tanzania", "stable-governance", "internal"}
	for text, want := range map[string]string{
		"Ugunda": "Uganda", "UGANDA": "Uganda", "Zamiba": "Zambia", "stable governance": "stable-governance", "stabel-governanc": "stable-governance",
		"Peru": "", "": "", "x": "", "external": "", "nternal": "internal",
	} {
		if got := frontmatter.Nearest(text, candidates); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// FuzzScalar writes a text as YAML, as the value of a field and in a list, and checks that
// it is read back unchanged.
func FuzzScalar(f *testing.F) {
	for _, text := range []string{
		"plain", "n/a", "a: b", "a #b", "- a", "[a]", "a, b", "it's", `"quoted"`, `it's "quoted"`, "*a", "&a", "!a", "null", "~", "true", "93,112", "?", "a?b", "a:b", "---", "@a", "%", "`", `\`, "“a”", "日本", "é", ">50,000", "-", "=", "<<", "2016-01-01",
	} {
		f.Add(text)
	}
	type both struct {
		Text string   `yaml:"text"`
		List []string `yaml:"list"`
	}
	plan := frontmatter.NewPlan(reflect.TypeFor[both](), "a test", nil)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.Join(strings.Fields(text), " ")
		if text == "" || len(text) > 1000 || !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool {
			return unicode.Is(unicode.C, r) || unicode.Is(unicode.Z, r) && r != ' ' || r >= 0xfffe
		}) {
			return // not allowed, with or without quotes
		}
		written := frontmatter.Scalar(text)
		file := frontmatter.NewFile("x.yaml", []byte("text: "+written+"\nlist: ["+written+", z]\n"))
		var got both
		plan.Decode(file, file.All(), &got)
		if strings.ContainsAny(written[:min(len(written), 3)], "“”„‟«‘‚") {
			return // read as quotation marks, which is reported
		}
		if frontmatter.IsUnstated(text) {
			return // reported too
		}
		if got.Text != text || text != "z" && (len(got.List) != 2 || got.List[0] != text) {
			t.Errorf("%q is written as %s and read as %+v: %v", text, written, got, file.Problems())
		}
	})
}

// TestLargeFile checks that the message does not say that a file is as large as is allowed.
func TestLargeFile(t *testing.T) {
	for size, want := range map[int]int{frontmatter.MaxFile: 0, frontmatter.MaxFile + 1: 1} {
		problems := frontmatter.NewFile("x.md", []byte(strings.Repeat("x", size))).Problems()
		if len(problems) != want || want > 0 && !strings.Contains(problems[0].Message, "has 1.1 MB") {
			t.Errorf("%d bytes: got %v", size, problems)
		}
	}
}

func TestFieldsAreDescribed(t *testing.T) {
	fields := frontmatter.NewPlan(reflect.TypeFor[Visit](), "a visit", nil).Fields()
	want := []frontmatter.Field{
		{Key: "title", Type: frontmatter.Text, Required: true, Max: 60},
		{Key: "places", Type: frontmatter.Text, List: true, Also: []string{"countries"}},
		{Key: "days", Type: frontmatter.Number, Default: "1"},
	}
	if !reflect.DeepEqual(fields, want) {
		t.Errorf("got  %+v\nwant %+v", fields, want)
	}
}

// TestQuotedWords checks that a text may begin and end with different quoted words, which
// are not quotes around the whole text.
func TestQuotedWords(t *testing.T) {
	type titled struct {
		Title string `yaml:"title"`
	}
	plan := frontmatter.NewPlan(reflect.TypeFor[titled](), "a test", nil)
	for text, problems := range map[string]int{
		"“Burns” care in “Lilongwe”": 0,
		"“Burns” care":               0,
		"“Burns care”":               1,
		"“Burns: care”":              1,
	} {
		file := frontmatter.NewFile("x.yaml", []byte("title: "+text+"\n"))
		var got titled
		plan.Decode(file, file.All(), &got)
		if len(file.Problems()) != problems || problems == 0 && got.Title != text {
			t.Errorf("%s: got %q with %v", text, got.Title, file.Problems())
		}
	}
}
