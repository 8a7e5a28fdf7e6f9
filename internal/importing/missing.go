// What a new entry lacks, as questions for its author.

package importing

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"casebook/internal/content"
	"casebook/internal/draft"
	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// Question asks for the value of a field.
type Question struct {
	Path    string
	Label   string
	Help    string
	Example string
	Choices []string // the allowed values; nil if any is allowed
	IsList  bool
	IsVital bool // the entry is refused without this field or an alternative to it
}

// Missing returns questions for what a draft lacks: the fields without which it
// is refused, and those whose absence the checks mention.
func Missing(d *draft.Draft, names Vocabularies) []Question {
	var all []Question
	missing := d.Missing()
	for _, key := range append(slices.Clone(missing), advised(d)...) {
		f, known := draft.FieldAt(d.Schema, key)
		if !known || key == "id" {
			continue
		}
		q := Question{Path: key, Label: label(key), Help: f.Help, Choices: question{key, f}.values(names), IsList: f.List, IsVital: slices.Contains(missing, key)}
		if !f.List && len(f.Fields) == 0 {
			q.Example = f.Example
		}
		all = append(all, q)
	}
	return all
}

// advised returns the fields whose absence the checks mention.
func advised(d *draft.Draft) []string {
	var keys []string
	for _, p := range problemsOf(d) {
		if key, ok := strings.CutPrefix(p.Code, "missing-"); ok {
			keys = append(keys, key)
		}
	}
	return keys
}

// problemsOf returns the problems of a draft's file by itself.
func problemsOf(d *draft.Draft) []problem.Problem {
	if d.Schema.List {
		return nil
	}
	name := strings.ReplaceAll(d.Schema.Files[0], "<id>", "x")
	w := d.Markdown(draft.None)
	problems := content.Parse(name, w.Text).Problems
	for i := range problems {
		problems[i].File = w.Paths[problems[i].Line]
	}
	return problems
}

// Check returns what is wrong with an answer, or nil.
func (q Question) Check(schema content.Schema, answer string) error {
	if strings.TrimSpace(answer) == "" {
		return nil
	}
	if q.Choices != nil {
		for _, item := range q.Items(answer) {
			if slices.ContainsFunc(q.Choices, func(choice string) bool { return strings.EqualFold(choice, item) }) {
				continue
			}
			if near := frontmatter.Nearest(item, q.Choices); near != "" {
				return fmt.Errorf("%q is not in the list: did you mean %s?", item, near)
			}
			return fmt.Errorf("%q is not in the list", item)
		}
		return nil
	}
	d := draft.New(schema)
	if err := d.Set(q.Path, answer); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), q.Path+": "))
	}
	for _, p := range problemsOf(d) {
		if p.Severity == problem.Error && (p.File == q.Path || strings.HasPrefix(p.File, q.Path+".")) {
			return errors.New(strings.TrimPrefix(p.Message+": "+p.Hint, ": "))
		}
	}
	return nil
}

// Items returns the values in an answer.
func (q Question) Items(answer string) []string {
	if !q.IsList {
		return []string{strings.TrimSpace(answer)}
	}
	return draft.Items(answer)
}
