// Package interview asks an author at a terminal for what a new entry lacks.
//
// Plain questions and their answers are lines of text, for screen readers and for
// terminals that cannot move the cursor.
package interview

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"casebook/internal/draft"
	"casebook/internal/importing"

	"charm.land/huh/v2"
)

// ErrStopped is returned when the author stops with Ctrl+C.
var ErrStopped = errors.New("stopped: nothing was written")

// mostChoices is the largest number of choices that a plain question lists,
// because it lists them again after each choice. If there are more, the answer
// is typed.
const mostChoices = 20

// Interview is a conversation with an author.
type Interview struct {
	In    io.Reader // required
	Out   io.Writer // required
	Plain bool
	Names importing.Vocabularies // names that fields may refer to
}

// Kind asks which kind of entry to start.
func (i Interview) Kind() (kind string, err error) {
	kinds := importing.Kinds()
	err = i.ask(huh.NewSelect[string]().Title("What do you want to start?").Options(huh.NewOptions(kinds...)...).Value(&kind))
	return kind, err
}

// Confirm asks a question that is answered with yes or no.
func (i Interview) Confirm(question string) (yes bool, err error) {
	err = i.ask(huh.NewConfirm().Title(question).Value(&yes))
	return yes, err
}

// Fill asks for what a draft lacks, and sets the answers. An empty answer
// leaves a field out. A question that an earlier answer makes unnecessary is
// not asked.
func (i Interview) Fill(d *draft.Draft) error {
	asked := questions{draft: d}
	for _, q := range importing.Missing(d, i.Names) {
		asked.all = append(asked.all, &answered{Question: q})
	}
	if i.Plain {
		for _, q := range asked.all {
			if asked.isNeedless(q) {
				continue
			}
			title, help := q.explain(i.isChosen(q.Question))
			fmt.Fprintln(i.Out, title+". "+help)
			if err := i.ask(i.field(d, q)); err != nil {
				return err
			}
		}
		return asked.give(d)
	}
	var groups []*huh.Group
	for _, q := range asked.all {
		groups = append(groups, huh.NewGroup(i.field(d, q)).WithHideFunc(func() bool { return asked.isNeedless(q) }))
	}
	if err := i.run(huh.NewForm(groups...)); err != nil {
		return err
	}
	for _, q := range asked.all { // the form is no longer on the screen, so the answers are printed
		if said := strings.Join(q.Items(q.value()), "; "); said != "" && !asked.isNeedless(q) {
			fmt.Fprintln(i.Out, q.Label+": "+said)
		}
	}
	return asked.give(d)
}

// questions holds the questions about one draft, in order.
type questions struct {
	draft *draft.Draft
	all   []*answered
}

// answered is a question with its answer.
type answered struct {
	importing.Question
	text   string
	chosen []string // if several choices are allowed
}

// value returns the answer. The items of a list are on lines of their own.
func (q *answered) value() string {
	if q.IsList {
		return strings.Join(append(q.Items(q.text), q.chosen...), "\n") + "\n"
	}
	return q.text
}

// isNeedless reports whether the answers to earlier questions make a question
// unnecessary.
func (a questions) isNeedless(q *answered) bool {
	d := a.draft.Clone()
	before := questions{d, a.all[:slices.Index(a.all, q)]}
	if err := before.give(d); err != nil || !q.IsVital {
		return false
	}
	return !slices.Contains(d.Missing(), q.Path)
}

// give sets the answers in a draft.
func (a questions) give(d *draft.Draft) error {
	for _, q := range a.all {
		if err := d.Set(q.Path, q.value()); err != nil {
			return err
		}
	}
	return nil
}

// isChosen reports whether the answer to a question is chosen from a list.
func (i Interview) isChosen(q importing.Question) bool {
	return len(q.Choices) > 0 && (!i.Plain || len(q.Choices) <= mostChoices)
}

// field returns the field that shows a question and accepts its answer.
func (i Interview) field(d *draft.Draft, q *answered) huh.Field {
	title, help := q.explain(i.isChosen(q.Question))
	if i.Plain { // the help was printed before, because a plain field does not show it
		title, help = "Answer:", ""
	}
	switch {
	case !i.isChosen(q.Question):
		return huh.NewInput().Title(title).Description(help).Value(&q.text).Validate(func(text string) error { return q.Check(d.Schema, text) })
	case q.IsList:
		return huh.NewMultiSelect[string]().Title(title).Description(help).Options(huh.NewOptions(q.Choices...)...).Height(min(len(q.Choices)+3, 14)).Value(&q.chosen)
	default:
		options := append([]huh.Option[string]{huh.NewOption("not stated", "")}, huh.NewOptions(q.Choices...)...)
		return huh.NewSelect[string]().Title(title).Description(help).Options(options...).Value(&q.text)
	}
}

// explain returns the title of a question and its help.
func (q *answered) explain(isChosen bool) (title, help string) {
	title, help = q.Label, q.Help
	if !q.IsVital {
		title += " (may stay empty)"
	}
	if q.IsList && !isChosen {
		help += " Several stand between semicolons."
	}
	if q.Example != "" && !isChosen {
		help += " For example: " + q.Example
	}
	return title, help
}

// ask shows one field and waits for its answer.
func (i Interview) ask(field huh.Field) error { return i.run(huh.NewForm(huh.NewGroup(field))) }

func (i Interview) run(form *huh.Form) error {
	err := form.WithInput(i.In).WithOutput(i.Out).WithAccessible(i.Plain).WithTheme(huh.ThemeFunc(huh.ThemeBase)).Run()
	switch {
	case errors.Is(err, huh.ErrUserAborted):
		return ErrStopped
	case err != nil:
		return fmt.Errorf("the terminal cannot show questions: %w; give values with --set, or ask with --plain", err)
	}
	return nil
}
