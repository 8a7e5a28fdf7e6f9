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

// FuzzScalar writes a text as YAML, in a field of its own and in a list, and
// reads it back.
func FuzzScalar(f *testing.F) {
	for _, text := range []string{
		"plain", "a: b", "a #b", "- a", "[a]", "a, b", "it's", `"quoted"`, `it's "quoted"`, "*a", "&a", "!a", "null", "~", "true", "93,112", "?", "a?b", "a:b", "---", "@a", "%", "`", `\`, "“a”", "日本", "é", ">50,000", "-", "=", "<<", "2016-01-01",
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
			return // refused, whatever the quotes
		}
		written := frontmatter.Scalar(text)
		file := frontmatter.NewFile("x.yaml", []byte("text: "+written+"\nlist: ["+written+", z]\n"))
		var got both
		plan.Decode(file, file.All(), &got)
		if strings.ContainsAny(written[:min(len(written), 3)], "“”„‟«‘‚") {
			return // taken for quotes, which is reported
		}
		if got.Text != text || text != "z" && (len(got.List) != 2 || got.List[0] != text) {
			t.Errorf("%q is written %s and read back as %+v: %v", text, written, got, file.Problems())
		}
	})
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

// TestQuotedWords shows that a text may begin and end with quoted words, which
// are no quotes round the whole of it.
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
