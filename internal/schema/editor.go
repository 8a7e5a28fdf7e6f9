package schema

// Settings for Visual Studio Code: completion and marked mistakes.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
)

// Names of the files that a user may have changed, so that they are not written
// again.
const (
	EditorSettings   = ".vscode/settings.json"
	EditorExtensions = ".vscode/extensions.json"
)

// Editor returns the files that Visual Studio Code reads in the folder of a
// knowledge base. Its extension for YAML checks the vocabularies and site.yaml by
// their schemas. It does not read the front matter of Markdown
// (https://github.com/redhat-developer/vscode-yaml/issues/207), so the fields of a
// case study are snippets, with the values of the library.
func Editor(lib *library.Library) ([]File, error) {
	schemas, err := Files(lib)
	if err != nil {
		return nil, err
	}
	var files []File
	byFile := map[string][]string{}
	for _, s := range schemas {
		var paths []string
		for _, name := range s.For {
			if strings.HasSuffix(name, ".yaml") {
				paths = append(paths, "content/"+name)
			}
		}
		if len(paths) > 0 {
			s.Name = ".vscode/schemas/" + s.Name
			byFile["./"+s.Name] = paths
			files = append(files, s)
		}
	}
	for _, f := range []struct {
		name  string
		value any
	}{
		{".vscode/casebook.code-snippets", snippets(lib)},
		{EditorSettings, object{
			"yaml.schemas": byFile,
			"[markdown]":   object{"editor.quickSuggestions": object{"other": "on"}, "editor.snippetSuggestions": "top", "editor.wordWrap": "on"},
		}},
		{EditorExtensions, object{"recommendations": []string{"redhat.vscode-yaml"}}},
	} {
		var data bytes.Buffer
		encoder := json.NewEncoder(&data)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(f.value); err != nil {
			return nil, err
		}
		files = append(files, File{Name: f.name, Data: data.Bytes()})
	}
	return files, nil
}

// snippet is a text that the editor offers and writes
// (https://code.visualstudio.com/docs/editing/userdefinedsnippets).
type snippet struct {
	Scope       string `json:"scope"`
	Prefix      string `json:"prefix"`
	Body        string `json:"body"`
	Description string `json:"description"`
}

// maxChoices is the largest number of values that a snippet offers. A longer list
// is of no help.
const maxChoices = 400

// snippets returns a snippet for each field of a case study.
func snippets(lib *library.Library) map[string]snippet {
	names := map[string][]library.Name{}
	if lib != nil {
		names = lib.Names()
	}
	all := map[string]snippet{}
	for _, f := range content.SchemaOf(content.CaseClass).Fields {
		all["Casebook: "+f.Key] = snippet{Scope: "markdown", Prefix: f.Key, Body: f.Key + ": " + snippetValue(f, names[f.Refers]), Description: f.Help}
	}
	return all
}

// snippetValue returns the value of a field: a choice if the values are known, and
// the example otherwise.
func snippetValue(f frontmatter.Field, names []library.Name) string {
	values := f.Values
	if f.Type == frontmatter.Boolean {
		values = []string{"true"}
	}
	if len(names) <= maxChoices && f.Type == frontmatter.Text {
		for _, n := range names {
			values = append(values, n.ID)
		}
	}
	if len(values) == 0 {
		return "${1:" + snippetText.Replace(f.Example) + "}"
	}
	choices := make([]string, len(values))
	for i, v := range values {
		if strings.ContainsAny(v, ",:#[]{}&*!|>'\"%@`") {
			v = fmt.Sprintf("%q", v)
		}
		choices[i] = snippetChoice.Replace(v)
	}
	choice := "${1|" + strings.Join(choices, ",") + "|}"
	if f.List {
		return "[" + choice + "]"
	}
	return choice
}

var (
	snippetText   = strings.NewReplacer(`\`, `\\`, "$", `\$`, "}", `\}`)
	snippetChoice = strings.NewReplacer(`\`, `\\`, ",", `\,`, "|", `\|`, "$", `\$`, "}", `\}`)
)
