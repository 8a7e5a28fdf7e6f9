package rename_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"casebook/internal/content"
	"casebook/internal/rename"
)

func kb() rename.Content {
	return rename.Content{
		Texts: map[string][]byte{
			"site.yaml":          []byte("title: T\nfeatured: joint-plan # the best\nnavigation:\n  - {label: Plan, path: /cases/joint-plan/}\n"),
			"principles/fair.md": []byte("---\ntitle: Fair\nnumber: 1\nsummary: S\nhallmarks:\n  - id: shared-aims\n    title: Shared aims\n  - id: open-books\n    title: Open books\n    aliases: [/old/]\n---\n"),
			"organisations.yaml": []byte("# Hospitals.\n- id: ridge\n  name: Ridge Hospital\n- {id: both, name: Both, type: partnership, members: [ridge]}\n"),
			"disciplines.yaml":   []byte("- {id: nursing, label: Nursing}\n"),
			"references.yaml":    []byte("- {id: thet-2016, type: report, title: R}\n"),
			"cases/joint-plan/index.md": []byte("---\ntitle: Joint plan\nhallmarks: [shared-aims]\npartners: [ridge]\nsources: [thet-2016]\n---\n" +
				"![A ward](ward.jpg) and [the other](../other.md) and [again](../joint-plan/ward.jpg).\n"),
			"cases/other.md": []byte("---\r\ntitle: Other # a comment\r\nhallmarks: ['shared-aims', \"open-books\"]\r\nrelated: [\"joint-plan\"]\r\nbenefits: {ridge: [x]}\r\npartners:\r\n  - organisation: ridge\r\n    role: lead\r\ndisciplines: nursing\r\nauthors: [A]\r\n---\r\n" +
				"See [the plan](joint-plan/index.md#aims), [its ward](<joint-plan/ward.jpg>) and [by name][plan].\r\n\r\n[plan]: joint-plan/index.md\r\n"),
		},
		Attachments: map[string]bool{"cases/joint-plan/ward.jpg": true},
		Today:       content.Date{Year: 2026, Month: 11, Day: 24},
	}
}

// withAims gives the case study the heading that the other one links to.
func withAims(c rename.Content) rename.Content {
	c.Texts["cases/joint-plan/index.md"] = append(c.Texts["cases/joint-plan/index.md"], "\n## Aims\n\nText.\n"...)
	return c
}

// write writes the content to a new folder.
func write(t *testing.T, c rename.Content) string {
	t.Helper()
	folder := t.TempDir()
	for name := range c.Attachments {
		c.Texts[name] = []byte("picture")
		defer delete(c.Texts, name)
	}
	for name, text := range c.Texts {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// read returns all files of a folder.
func read(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.Walk(folder, func(file string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		text, err := os.ReadFile(file)
		name, _ := filepath.Rel(folder, file)
		all[filepath.ToSlash(name)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestRename(t *testing.T) {
	for _, test := range []struct {
		kind, old, now string
		want           []string // "file: text that it must contain"
		gone           []string // text that no file may contain
	}{
		{"case", "joint-plan", "one-plan", []string{
			"site.yaml: featured: one-plan # the best",
			"site.yaml: path: /cases/one-plan/",
			"cases/one-plan/index.md: aliases: [/cases/joint-plan/]",
			"cases/one-plan/index.md: ![A ward](ward.jpg) and [the other](../other.md) and [again](ward.jpg)",
			"cases/one-plan/ward.jpg: picture",
			"cases/other.md: title: Other # a comment\r\n",
			"cases/other.md: related: [\"one-plan\"]\r\n",
			"cases/other.md: [the plan](one-plan/index.md#aims), [its ward](<one-plan/ward.jpg>) and [by name][plan]",
			"cases/other.md: [plan]: one-plan/index.md\r\n",
		}, []string{"joint-plan/index.md", "[joint-plan"}},
		{"case", "other", "another", []string{
			"cases/another.md: authors: [A]\r\naliases: [/cases/other/]\r\n---\r\n",
			"cases/joint-plan/index.md: [the other](../another.md)",
		}, []string{"../other.md"}},
		{"hallmark", "shared-aims", "common-aims", []string{
			"principles/fair.md:   - id: common-aims\n    aliases: [/principles/fair/shared-aims/]\n    title: Shared aims\n",
			"cases/other.md: hallmarks: ['common-aims', \"open-books\"]",
			"cases/joint-plan/index.md: hallmarks: [common-aims]",
		}, nil},
		{"hallmark", "open-books", "books", []string{
			"principles/fair.md:     aliases: [/principles/fair/open-books/, /old/]\n",
		}, nil},
		{"principle", "fair", "just", []string{
			"principles/just.md: ---\ntitle: Fair\n",
			"principles/just.md: aliases: [/principles/fair/]\n---",
			"principles/just.md:   - id: shared-aims\n    aliases: [/principles/fair/shared-aims/]\n",
			"principles/just.md: aliases: [/principles/fair/open-books/, /old/]",
		}, nil},
		{"organisation", "ridge", "ridge-hospital", []string{
			"organisations.yaml: # Hospitals.\n- id: ridge-hospital\n",
			"organisations.yaml: members: [ridge-hospital]",
			"cases/other.md: benefits: {ridge-hospital: [x]}",
			"cases/other.md:   - organisation: ridge-hospital\r\n",
			"cases/joint-plan/index.md: partners: [ridge-hospital]",
		}, nil},
		{"discipline", "nursing", "nurses", []string{"disciplines.yaml: - {id: nurses, label: Nursing}", "cases/other.md: disciplines: nurses\r\n"}, nil},
		{"reference", "thet-2016", "THET_2016", []string{"references.yaml: {id: THET_2016,", "cases/joint-plan/index.md: sources: [THET_2016]"}, nil},
	} {
		t.Run(test.kind+" "+test.old, func(t *testing.T) {
			c := withAims(kb())
			folder := write(t, c)
			before := read(t, folder)
			plan, err := rename.Make(c, test.kind, test.old, test.now)
			if err != nil {
				t.Fatal(err)
			}
			if got := read(t, folder); !maps.Equal(got, before) {
				t.Error("Make wrote files")
			}
			if err := plan.Write(folder); err != nil {
				t.Fatal(err)
			}
			after := read(t, folder)
			if len(after) != len(before) {
				t.Errorf("got the files %v", slices.Sorted(maps.Keys(after)))
			}
			for _, want := range test.want {
				file, text, _ := strings.Cut(want, ": ")
				if !strings.Contains(after[file], text) {
					t.Errorf("%s does not contain %q:\n%s", file, text, after[file])
				}
			}
			for file, text := range after {
				for _, gone := range test.gone {
					if strings.Contains(text, gone) {
						t.Errorf("%s contains %q:\n%s", file, gone, text)
					}
				}
			}

			// The entry can be renamed back, although its old id is an alias now.
			back := rename.Content{Texts: map[string][]byte{}, Attachments: map[string]bool{}, Today: c.Today}
			for file, text := range after {
				if class, _ := content.Classify(file); class == content.AttachmentClass {
					back.Attachments[file] = true
				} else {
					back.Texts[file] = []byte(text)
				}
			}
			if _, err := rename.Make(back, test.kind, test.now, test.old); err != nil {
				t.Errorf("renaming back: %v", err)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, test := range []struct{ kind, old, now, says string }{
		{"story", "x", "y", "use one of case, principle"},
		{"case", "nothing", "x", "it would be cases/nothing.md or cases/nothing/index.md"},
		{"case", "other", "joint-plan", "there is a case \"joint-plan\" already"},
		{"case", "other", "Another One", "such as another-one"},
		{"case", "other", "other", "is its id already"},
		{"case", "../other", "x", "there is no case"},
		{"organisation", "ridge", "both", "wrong afterwards"},
		{"hallmark", "nothing", "x", `there is no hallmark "nothing"`},
	} {
		if _, err := rename.Make(withAims(kb()), test.kind, test.old, test.now); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s %s %s: got %v, want %s", test.kind, test.old, test.now, err, test.says)
		}
	}
}

// TestAllOrNothing checks that Write changes no file if a file changed after Make, or if
// the new path of a file is taken.
func TestAllOrNothing(t *testing.T) {
	for name, disturb := range map[string]func(folder string) error{
		"a file changed": func(folder string) error {
			return os.WriteFile(filepath.Join(folder, "cases/other.md"), []byte("new"), 0o644)
		},
		"a file is in the way": func(folder string) error {
			return os.WriteFile(filepath.Join(folder, "cases/one-plan"), []byte("in the way"), 0o644)
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := withAims(kb())
			folder := write(t, c)
			plan, err := rename.Make(c, "case", "joint-plan", "one-plan")
			if err != nil {
				t.Fatal(err)
			}
			if err := disturb(folder); err != nil {
				t.Fatal(err)
			}
			before := read(t, folder)
			if err := plan.Write(folder); err == nil {
				t.Error("no error")
			}
			if got := read(t, folder); !maps.Equal(got, before) {
				t.Error("the folder changed")
			}
		})
	}
}
