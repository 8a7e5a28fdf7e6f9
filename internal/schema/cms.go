package schema

// The configuration of Sveltia CMS. Decap CMS reads it too
// (https://sveltiacms.app/en/docs, https://decapcms.org/docs/configuration-options/).

import (
	"bytes"
	"cmp"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"casebook/internal/content"
	"casebook/internal/frontmatter"
	"casebook/internal/library"
)

// CMSOptions say where the content is kept.
type CMSOptions struct {
	Backend string // required: "github" or "gitlab"
	Repo    string // required: "owner/name"
	Branch  string // required
	Content fs.FS  // required: the content folder
}

// The version of Sveltia CMS that the page loads, and the hash with which a browser
// verifies its script (https://www.w3.org/TR/SRI/).
const (
	cmsVersion   = "0.221.1"
	cmsIntegrity = "sha384-JQ+XsKx/UzwdTiNnFStza3XtqqQoVtyNPApkfvwlzZDfhe7giE9CnfQrpHqgv3k6"
)

// cmsPage is the page of the editor.
const cmsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Edit</title>
<link rel="cms-config-url" type="text/yaml" href="config.yml">
</head>
<body>
<script src="https://unpkg.com/@sveltia/cms@` + cmsVersion + `/dist/sveltia-cms.js" integrity="` + cmsIntegrity + `" crossorigin="anonymous"></script>
</body>
</html>
`

// CMS returns the files of the folder admin/: the configuration, with a collection
// for each kind of content, and the page that loads the editor.
func CMS(lib *library.Library, opts CMSOptions) ([]File, error) {
	w := cmsWriter{names: lib.Names(), lists: map[string]string{}}
	for _, kind := range content.Model() {
		if kind.List {
			w.lists[kind.Files[0]] = listKey(opts.Content, kind.Files[0])
		}
	}
	config := cmsConfig{
		Backend:     cmsBackend{Name: opts.Backend, Repo: opts.Repo, Branch: opts.Branch},
		PublishMode: "editorial_workflow", MediaFolder: "content/pages/media", PublicFolder: "/content/pages/media",
		Slug:   map[string]any{"encoding": "ascii", "clean_accents": true, "maxlength": content.MaxIDLength},
		Output: map[string]any{"omit_empty_optional_fields": true},
	}
	if opts.Backend == "github" { // anybody may propose a change, which becomes a pull request
		config.Backend.OpenAuthoring, config.Backend.AuthScope = true, "public_repo"
	}
	var files []cmsFile
	for _, kind := range content.Model() {
		name := kind.Files[0]
		switch {
		case kind.Class == content.SynonymsClass: // the editor has no field for a list of lists
		case strings.HasSuffix(name, "<id>.md"):
			folder := path.Dir(name)
			config.Collections = append(config.Collections, cmsCollection{
				Name: folder, Label: capital(folder), LabelSingular: capital(withoutArticle(kind.What)), Folder: "content/" + folder,
				MediaFolder: "", PublicFolder: "", Create: true, Extension: "md", Format: "yaml-frontmatter", IdentifierField: "title", Slug: "{{title}}", Summary: "{{title}}",
				Fields: append(w.fields(kind.Fields), cmsField{Name: "body", Label: "Text", Widget: "markdown"}),
			})
		case kind.List:
			root := cmsField{Name: w.lists[name], Label: capital(strings.TrimSuffix(name, ".yaml")), Widget: "list", Fields: w.fields(kind.Fields), Collapsed: true}
			if root.Name == "" {
				root.Name, root.Root = "items", true
			}
			files = append(files, cmsFile{Name: strings.TrimSuffix(name, ".yaml"), Label: root.Label, File: "content/" + name, Fields: []cmsField{root}})
		default:
			fields := w.fields(kind.Fields)
			if strings.HasSuffix(name, ".md") {
				fields = append(fields, cmsField{Name: "body", Label: "Text", Widget: "markdown"})
			}
			files = append(files, cmsFile{Name: strings.TrimSuffix(name, path.Ext(name)), Label: capital(withoutArticle(kind.What)), File: "content/" + name, Fields: fields})
		}
	}
	config.Collections = append(config.Collections, cmsCollection{Name: "lists", Label: "Lists and settings", Files: files})
	var data bytes.Buffer
	data.WriteString("# Written by casebook cms from the content model: run it again instead of changing this.\n")
	encoder := yaml.NewEncoder(&data)
	encoder.SetIndent(2)
	if err := encoder.Encode(config); err != nil {
		return nil, err
	}
	return []File{{Name: "config.yml", Data: data.Bytes()}, {Name: "index.html", Data: []byte(cmsPage)}}, nil
}

type cmsConfig struct {
	Backend      cmsBackend      `yaml:"backend"`
	PublishMode  string          `yaml:"publish_mode"`
	MediaFolder  string          `yaml:"media_folder"`
	PublicFolder string          `yaml:"public_folder"`
	Slug         map[string]any  `yaml:"slug"`
	Output       map[string]any  `yaml:"output"`
	Collections  []cmsCollection `yaml:"collections"`
}

type cmsBackend struct {
	Name          string `yaml:"name"`
	Repo          string `yaml:"repo"`
	Branch        string `yaml:"branch"`
	OpenAuthoring bool   `yaml:"open_authoring,omitempty"`
	AuthScope     string `yaml:"auth_scope,omitempty"`
}

// cmsCollection is a folder of entries or, with Files, a group of single files. An
// empty media folder means that the media of an entry are in its own folder.
type cmsCollection struct {
	Name            string     `yaml:"name"`
	Label           string     `yaml:"label"`
	LabelSingular   string     `yaml:"label_singular,omitempty"`
	Folder          string     `yaml:"folder,omitempty"`
	MediaFolder     string     `yaml:"media_folder"`
	PublicFolder    string     `yaml:"public_folder"`
	Create          bool       `yaml:"create,omitempty"`
	Extension       string     `yaml:"extension,omitempty"`
	Format          string     `yaml:"format,omitempty"`
	IdentifierField string     `yaml:"identifier_field,omitempty"`
	Slug            string     `yaml:"slug,omitempty"`
	Summary         string     `yaml:"summary,omitempty"`
	Fields          []cmsField `yaml:"fields,omitempty"`
	Files           []cmsFile  `yaml:"files,omitempty"`
}

type cmsFile struct {
	Name   string     `yaml:"name"`
	Label  string     `yaml:"label"`
	File   string     `yaml:"file"`
	Fields []cmsField `yaml:"fields"`
}

type cmsField struct {
	Name          string      `yaml:"name"`
	Label         string      `yaml:"label"`
	Widget        string      `yaml:"widget"`
	Hint          string      `yaml:"hint,omitempty"`
	Required      bool        `yaml:"required"`
	Default       any         `yaml:"default,omitempty"`
	MaxLength     int         `yaml:"maxlength,omitempty"`
	Pattern       []string    `yaml:"pattern,omitempty,flow"`
	ValueType     string      `yaml:"value_type,omitempty"`
	Min           int         `yaml:"min,omitempty"`
	Options       []cmsOption `yaml:"options,omitempty"`
	Multiple      bool        `yaml:"multiple,omitempty"`
	Collection    string      `yaml:"collection,omitempty"`
	File          string      `yaml:"file,omitempty"`
	ValueField    string      `yaml:"value_field,omitempty"`
	DisplayFields []string    `yaml:"display_fields,omitempty,flow"`
	SearchFields  []string    `yaml:"search_fields,omitempty,flow"`
	Collapsed     bool        `yaml:"collapsed,omitempty"`
	Root          bool        `yaml:"root,omitempty"`
	Fields        []cmsField  `yaml:"fields,omitempty"`
}

type cmsOption struct {
	Label string `yaml:"label"`
	Value string `yaml:"value"`
}

// cmsWriter converts fields of the model to fields of the editor.
type cmsWriter struct {
	names map[string][]library.Name // by vocabulary
	lists map[string]string         // file of a vocabulary → its key; "" if the file is the list itself
}

func (w cmsWriter) fields(fields []frontmatter.Field) []cmsField {
	var all []cmsField
	for _, f := range fields {
		if field, ok := w.field(f); ok {
			all = append(all, field)
		}
	}
	return all
}

// field returns a field of the editor, or false if the editor has no such field. The
// editor keeps the content of fields that it does not know.
func (w cmsWriter) field(f frontmatter.Field) (cmsField, bool) {
	field := cmsField{Name: f.Key, Label: capital(strings.NewReplacer("_", " ", "-", " ").Replace(f.Key)), Hint: f.Help, Required: f.Required}
	if short, ok := shortOf(f); ok {
		short.Key, short.Help, short.List, short.Required = f.Key, f.Help, f.List, f.Required
		return w.field(short)
	}
	switch {
	case f.Refers != "" && f.Type == frontmatter.Text:
		return w.reference(field, f), true
	case f.Type == frontmatter.Fields && slices.ContainsFunc(f.Fields, hasTwoForms):
		return field, false
	case f.Type == frontmatter.Fields:
		field.Widget, field.Fields, field.Collapsed = "object", w.fields(f.Fields), true
		if f.List {
			field.Widget = "list"
		}
	case f.Type == frontmatter.Boolean:
		field.Widget, field.Default = "boolean", f.Default == "true"
	case f.Type == frontmatter.Number:
		field.Widget, field.ValueType, field.Min = "number", "int", 1
	case len(f.Values) > 0:
		field.Widget = "select"
		for _, value := range f.Values {
			field.Options = append(field.Options, cmsOption{capital(strings.ReplaceAll(value, "-", " ")), value})
		}
	case f.Type == "date":
		field.Widget, field.Pattern = "string", []string{`^\d{4}(-\d{2}(-\d{2})?)?$`, "Write 2021, 2021-06 or 2021-06-30"}
	case f.Type != frontmatter.Text:
		return field, false // texts by country or organisation
	case f.List:
		field.Widget = "list"
	case f.Max > 200 || f.Key == "text":
		field.Widget, field.MaxLength = "text", f.Max
	default:
		field.Widget, field.MaxLength = "string", f.Max
	}
	return field, true
}

// hasTwoForms reports whether a field of a mapping may be written either as a text
// or as a mapping. The editor supports one form of it and would delete the other.
// In a list at the top of an entry, it keeps both.
func hasTwoForms(f frontmatter.Field) bool {
	_, ok := shortOf(f)
	return ok && !f.List
}

// shortOf returns the text that may replace a mapping: an id, or the only required
// field. The editor supports one form of a field, and most writers use this one.
func shortOf(f frontmatter.Field) (short frontmatter.Field, ok bool) {
	if f.Type != frontmatter.Fields {
		return short, false
	}
	if f.Refers != "" {
		return frontmatter.Field{Type: frontmatter.Text, Refers: f.Refers}, true
	}
	for _, inner := range f.Fields {
		if inner.Short && inner.Required {
			return inner, true
		}
	}
	return short, false
}

// reference returns a field whose value is the id of another entry.
func (w cmsWriter) reference(field cmsField, f frontmatter.Field) cmsField {
	field.Widget, field.Multiple = "relation", f.List
	switch f.Refers {
	case "cases", "principles", "resources", "pages":
		field.Collection, field.ValueField, field.DisplayFields, field.SearchFields = f.Refers, "{{slug}}", []string{"title"}, []string{"title"}
	case "hallmarks":
		field.Collection, field.ValueField = "principles", "hallmarks.*.id"
		field.DisplayFields, field.SearchFields = []string{"hallmarks.*.title"}, []string{"hallmarks.*.title", "hallmarks.*.id"}
	case "organisations", "disciplines", "references":
		label := map[string]string{"organisations": "name", "disciplines": "label", "references": "title"}[f.Refers]
		key := cmp.Or(w.lists[f.Refers+".yaml"], "items")
		field.Collection, field.File, field.ValueField = "lists", f.Refers, key+".*.id"
		field.DisplayFields, field.SearchFields = []string{key + ".*." + label}, []string{key + ".*." + label, key + ".*.id"}
	default: // countries: they are in no file
		field.Widget = "select"
		for _, n := range w.names[f.Refers] {
			field.Options = append(field.Options, cmsOption{n.Label, n.ID})
		}
	}
	return field
}

// listStart matches the first line of a list that is below a key.
var listStart = regexp.MustCompile(`(?m)^(\w+):\s*(?:\[.*)?$`)

// listKey returns the key whose value is the list of a file, or "" if the file is
// the list itself or does not exist.
func listKey(folder fs.FS, name string) string {
	text, err := fs.ReadFile(folder, name)
	if err != nil {
		return ""
	}
	if m := listStart.FindSubmatch(text); m != nil {
		return string(m[1])
	}
	return ""
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func withoutArticle(text string) string {
	for _, article := range []string{"a ", "an ", "the "} {
		text = strings.TrimPrefix(text, article)
	}
	return text
}
