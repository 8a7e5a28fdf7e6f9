package site

// searchPage makes the page of the search. What it finds is beside it: the
// search index of the site, in files that only the page's script reads.
func (m *maker) searchPage() { m.add(&SearchPage{m.base("/search/", "", "")}) }
