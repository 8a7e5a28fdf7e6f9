package content

// The headings that new case studies begin with.

import "cmp"

// Section is a heading of a case study, and the question that its text answers.
type Section struct{ Heading, Question string }

// Sections returns the headings that a new case study of the kind begins with.
// Other classes of entries have none.
func Sections(class Class, kind Kind) []Section {
	if class != CaseClass {
		return nil
	}
	switch cmp.Or(kind, Example) {
	case Challenge:
		return []Section{
			{"What happened", "What was hard, and how did it show?"},
			{"What was tried", "What did you do about it, and what came of it?"},
			{"What we would do now", "What would you tell somebody who is about to begin?"},
		}
	case Programme:
		return []Section{{"What it was for", "Who began the programme, and why?"}, {"What came of it", "What did it support, and what is known of the results?"}}
	default:
		return []Section{
			{"What was done", "What happened, in the order in which it happened, so that somebody elsewhere could try it?"},
			{"What made it work", "Which decisions mattered?"},
			{"What we do not know", "What was not measured or counted?"},
		}
	}
}
