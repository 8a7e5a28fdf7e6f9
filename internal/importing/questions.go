package importing

import (
	"cmp"

	"casebook/internal/content"
	"casebook/internal/draft"
)

// TitleOf is the field that holds what an entry is called.
func TitleOf(d *draft.Draft) string {
	for _, f := range d.Schema.Fields {
		if f.Key == "title" || f.Key == "name" || f.Key == "label" {
			return f.Key
		}
	}
	return "id"
}

// Section is a heading of a case study and the question that its text answers.
type Section struct{ Heading, Question string }

// Sections are the headings that a case study of the kind begins with; other
// pages have none.
func Sections(class content.Class, kind content.Kind) []Section {
	if class != content.CaseClass {
		return nil
	}
	switch cmp.Or(kind, content.Example) {
	case content.Challenge:
		return []Section{
			{"What happened", "What was hard, and how did it show?"},
			{"What was tried", "What did you do about it, and what came of it?"},
			{"What we would do now", "What would you tell somebody who is about to begin?"},
		}
	case content.Programme:
		return []Section{{"What it was for", "Who began the programme, and why?"}, {"What came of it", "What did it support, and what is known of the results?"}}
	default:
		return []Section{
			{"What was done", "What happened, in the order in which it happened, so that somebody elsewhere could try it?"},
			{"What made it work", "Which decisions mattered?"},
			{"What we do not know", "What was not measured or counted?"},
		}
	}
}

// Questions is the text that a new page begins with: its headings, and below each
// the question, as a comment that no reader sees.
func Questions(d *draft.Draft) string {
	text := ""
	for _, s := range Sections(d.Schema.Class, content.Kind(d.Get("kind"))) {
		text += "## " + s.Heading + "\n\n<!-- " + s.Question + " -->\n\n"
	}
	return text
}
