package site

// healthCheck gathers the questions that a partnership can ask itself: those of
// the principles, each followed by those of its hallmarks.
func (m *maker) healthCheck() {
	page := &HealthCheckPage{Base: m.base("/health-check/", "", "", principlesCrumb)}
	for _, p := range m.lib.Principles {
		c := Checkup{PrincipleTag: page.principleTag(p), ID: checkID(p.ID), Lang: p.Lang}
		if p.Question != "" {
			c.Questions = append(c.Questions, Question{ID: p.ID, Text: p.Question})
		}
		for _, h := range p.Hallmarks {
			if h.Question != "" {
				c.Questions = append(c.Questions, Question{Link{Label: h.Title, Href: page.to(hallmarkPath(h))}, p.ID + "/" + h.ID, h.Question})
			}
		}
		if len(c.Questions) > 0 {
			page.Principles = append(page.Principles, c)
		}
	}
	m.add(page)
}

// checkID is the anchor of a principle's questions.
func checkID(principle string) string { return "check-" + principle }
