package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"casebook/internal/docs"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

// documents returns the Markdown files about how to use casebook.
func documents(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, pattern := range []string{"README.md", "CHANGELOG.md", "internal/README.md", "internal/docs/*.md", ".github/*.md", ".github/*/*.md"} {
		found, err := filepath.Glob(filepath.Join("../..", pattern))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v, %v", pattern, found, err)
		}
		files = append(files, found...)
	}
	return files
}

// block matches a fenced code block of Markdown, also an indented one in a list: its
// language, the name of the file that it shows, and its text.
var block = regexp.MustCompile("(?ms)^( *)```(\\w+)(?: ([^\n]+))?\n(.*?)^ *```$")

// code matches inline code, which may contain a line break.
var code = regexp.MustCompile("`([^`]+)`")

// TestDocumentedCommands checks that the commands and flags in the documents exist.
func TestDocumentedCommands(t *testing.T) {
	for _, file := range documents(t) {
		text := read(t, file)
		var lines []string
		for _, b := range block.FindAllStringSubmatch(text, -1) {
			lines = append(lines, strings.Split(b[4], "\n")...)
		}
		for _, c := range code.FindAllStringSubmatch(block.ReplaceAllString(text, ""), -1) {
			lines = append(lines, strings.Join(strings.Fields(c[1]), " "))
		}
		for _, line := range lines {
			if args, ok := casebookArgs(line); ok {
				if err := parses(args); err != nil {
					t.Errorf("%s: %q: %v", file, line, err)
				}
			}
		}
	}
}

// casebookArgs returns the arguments of a line that runs casebook.
func casebookArgs(line string) ([]string, bool) {
	line, _, _ = strings.Cut(strings.TrimSpace(line), "  #")
	for _, program := range []string{"casebook ", "go run ./cmd/casebook ", "- run: casebook "} {
		if rest, ok := strings.CutPrefix(line, program); ok {
			args := argument.FindAllString(rest, -1)
			for i := range args {
				args[i] = strings.ReplaceAll(args[i], `"`, "")
			}
			return args, true
		}
	}
	return nil, false
}

// argument matches one argument of a command line, which may have parts in quotes.
var argument = regexp.MustCompile(`(?:"[^"]*"|[^\s"])+`)

// parses returns an error if casebook does not accept a command line.
func parses(args []string) error {
	root := newRoot(streams{strings.NewReader(""), io.Discard, io.Discard})
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	if cmd.Name() == "help" && len(rest) > 0 && strings.ToUpper(rest[0]) != rest[0] {
		return parses(rest)
	}
	if cmd == root && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") {
		return cobra.NoArgs(cmd, rest)
	}
	return cmd.ParseFlags(rest)
}

// TestDocumentedExamples follows README and each page of the documentation, starting with
// the project that init writes. It checks that the files in them have no errors, and that
// their commands succeed. It omits import, which needs a document, serve, which does not
// end, and new without a title, which asks at a terminal. These have their own tests.
func TestDocumentedExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many sites")
	}
	readme := docs.Topic{Name: "README", Text: read(t, "../../README.md")}
	for _, topic := range append(docs.Topics(), readme) {
		t.Run(topic.Name, func(t *testing.T) {
			t.Chdir(newKB(t))
			shown := false
			for _, b := range block.FindAllStringSubmatch(topic.Text, -1) {
				indent, language, name, text := b[1], b[2], b[3], b[4]
				text = strings.ReplaceAll("\n"+text, "\n"+indent, "\n")[1:]
				if name != "" && language != "diff" { // diffs are the examples of codes, with mistakes: see TestCodeExamples
					write(t, name, text)
					shown = true
				}
				if language != "sh" {
					continue
				}
				for line := range strings.Lines(strings.ReplaceAll(text, "\\\n", "")) {
					if folder, ok := strings.CutPrefix(strings.TrimSpace(line), "cd "); ok {
						t.Chdir(folder)
					}
					args, ok := casebookArgs(line)
					if ok && args[0] != "serve" && args[0] != "import" && (args[0] != "new" || slices.Contains(args, "--title")) {
						succeeds(t, args...)
					}
				}
			}
			if shown {
				succeeds(t, "build", "--strict")
			}
		})
	}
}

// link matches a link, or a picture, to a file of the repository.
var link = regexp.MustCompile(`\]\(([^():#?]+)(?:#[^()]*)?\)`)

// TestDocumentedFiles checks that the files to which documents link exist.
func TestDocumentedFiles(t *testing.T) {
	for _, file := range documents(t) {
		prose := code.ReplaceAllString(block.ReplaceAllString(read(t, file), ""), "")
		for _, l := range link.FindAllStringSubmatch(prose, -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(file), l[1])); err != nil {
				t.Errorf("%s links to %s, which does not exist", file, l[1])
			}
		}
	}
}

// TestWorkflowsAreYAML checks that the workflows of this repository, those that init writes
// and those in the documentation are valid YAML, and that their commands exist.
func TestWorkflowsAreYAML(t *testing.T) {
	texts := map[string]string{}
	for _, pattern := range []string{"../../.github/*/*.yml", "hosts/github/.github/*/*.yml", "hosts/gitlab/.gitlab-ci.yml", "../../internal/docs/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v, %v", pattern, files, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, ".yml") {
				texts[file] = read(t, file)
				for line := range strings.Lines(texts[file]) {
					line = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(line), "- "), "run: ")
					if args, ok := casebookArgs(strings.Split(line, " > ")[0]); ok {
						if err := parses(args); err != nil {
							t.Errorf("%s: %s: %v", file, line, err)
						}
					}
				}
				continue
			}
			for _, b := range block.FindAllStringSubmatch(read(t, file), -1) {
				if b[2] == "yaml" {
					texts[file+": "+b[3]] = b[4]
				}
			}
		}
	}
	for name, text := range texts {
		var any map[string]any
		if err := yaml.Unmarshal([]byte(text), &any); err != nil || len(any) == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestHelpTopics checks that "casebook help" lists and prints each page.
func TestHelpTopics(t *testing.T) {
	var list bytes.Buffer
	run([]string{"help"}, strings.NewReader(""), &list, io.Discard)
	for _, topic := range docs.Topics() {
		if !strings.Contains(list.String(), "casebook "+topic.Name+" ") {
			t.Errorf("casebook help does not list %s", topic.Name)
		}
		var page bytes.Buffer
		if code := run([]string{"help", topic.Name}, strings.NewReader(""), &page, io.Discard); code != exitOK || !strings.HasPrefix(page.String(), "# "+topic.Title+"\n") {
			t.Errorf("casebook help %s: exit status %d, output %.40q", topic.Name, code, page.String())
		}
		if prose := code.ReplaceAllString(block.ReplaceAllString(page.String(), ""), ""); strings.Contains(prose, ".md)") {
			t.Errorf("casebook help %s shows a link to a file", topic.Name)
		}
	}
}
