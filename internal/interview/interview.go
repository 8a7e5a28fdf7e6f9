// Package interview asks an author at a terminal for what a new entry lacks.
//
// Plain questions are lines of text, and their answers too, as screen readers and
// terminals that cannot move the cursor need it.
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

// mostChoices is how many choices are listed in plain questions, which list them
// again after each choice; more are typed.
const mostChoices = 20

// Interview is a conversation with an author.
type Interview struct {
	In    io.Reader // required
	Out   io.Writer // required
	Plain bool
	Names importing.Vocabularies // that fields may refer to
}

// Kind asks what to start.
func (i Interview) Kind() (kind string, err error) {
	kinds := importing.Kinds()
	err = i.ask(huh.NewSelect[string]().Title("What do you want to start?").Options(huh.NewOptions(kinds...)...).Value(&kind))
	return kind, err
}

// Confirm asks a question whose answer is yes or no.
func (i Interview) Confirm(question string) (yes bool, err error) {
	err = i.ask(huh.NewConfirm().Title(question).Value(&yes))
	return yes, err
}

// Fill asks for what a draft lacks and gives it the answers. An empty answer
// leaves a field out. What an earlier answer makes needless is not asked for.
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
	for _, q := range asked.all { // the form is gone from the screen
		if said := strings.Join(q.Items(q.value()), "; "); said != "" && !asked.isNeedless(q) {
			fmt.Fprintln(i.Out, q.Label+": "+said)
		}
	}
	return asked.give(d)
}

// questions are those about one draft, in order.
type questions struct {
	draft *draft.Draft
	all   []*answered
}

// answered is a question with its answer.
type answered struct {
	importing.Question
	text   string
	chosen []string // of several choices
}

// value is the answer, of a list with each item on a line.
func (q *answered) value() string {
	if q.IsList {
		return strings.Join(append(q.Items(q.text), q.chosen...), "\n") + "\n"
	}
	return q.text
}

// isNeedless reports a question that the answers to earlier ones make needless.
func (a questions) isNeedless(q *answered) bool {
	d := a.draft.Clone()
	before := questions{d, a.all[:slices.Index(a.all, q)]}
	if err := before.give(d); err != nil || !q.IsVital {
		return false
	}
	return !slices.Contains(d.Missing(), q.Path)
}

// give gives a draft the answers.
func (a questions) give(d *draft.Draft) error {
	for _, q := range a.all {
		if err := d.Set(q.Path, q.value()); err != nil {
			return err
		}
	}
	return nil
}

// isChosen reports a question whose answer is chosen from a list.
func (i Interview) isChosen(q importing.Question) bool {
	return len(q.Choices) > 0 && (!i.Plain || len(q.Choices) <= mostChoices)
}

// field is what shows a question and takes its answer.
func (i Interview) field(d *draft.Draft, q *answered) huh.Field {
	title, help := q.explain(i.isChosen(q.Question))
	if i.Plain { // the help was printed: nothing else would show it
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
