package site

const comparePath = "/compare/"

// comparePage makes the page on which the reader's browser shows case studies
// side by side, which it reads from their own pages.
func (m *maker) comparePage() { m.add(&ComparePage{m.base(comparePath, "", "")}) }
