package site

import "casebook/internal/content"

// The page types: one for each kind of page, and one template for each.
type (
	// HomePage is "/".
	HomePage struct {
		Base
		Tagline     string
		Principles  []PrincipleCard // without their hallmarks and summaries
		Challenges  []Card          // the newest, their title and kind alone
		Countries   []Term          // those with the most cases, by name
		Disciplines []Term          // likewise
		Recent      []Card          // the newest examples
		Totals      Totals
	}

	// PrinciplesPage is "/principles/".
	PrinciplesPage struct {
		Base
		Principles []PrincipleCard
	}

	// PrinciplePage is "/principles/<id>/".
	PrinciplePage struct {
		Base
		ID         string // of the principle
		Principle  *content.PrincipleFields
		Body       *Body
		Hallmarks  []HallmarkSection
		Examples   []Card // tagged with the principle and none of its hallmarks; the first few
		Challenges []Card // likewise
		Programmes []Card // likewise
		Total      Term   // all cases of the principle, counted
		Countries  []Term // each leads to the principle's cases in that country
		Sources    []Reference
		Previous   *Link
		Next       *Link
	}

	// HallmarkPage is "/principles/<id>/<hallmark>/".
	HallmarkPage struct {
		Base
		Around
		Hallmark  *content.HallmarkFields
		Groups    []KindGroup // of one page of the list: examples, challenges, programmes
		Pager     Pager
		Resources []ResourceCard
		Countries string // href of the same cases by country; empty when none says where
		Previous  *Link  // hallmark of the same principle
		Next      *Link
	}

	// PrincipleInCountryPage is "/principles/<id>/in/<country>/".
	PrincipleInCountryPage struct {
		Base
		Around
		Country Link
		List
		Programmes []Card // on the first page
	}

	// HallmarkCountriesPage is "/principles/<id>/<hallmark>/countries/".
	HallmarkCountriesPage struct {
		Base
		Around
		Hallmark Link
		GroupList
	}

	// CountriesPage is "/countries/".
	CountriesPage struct {
		Base
		Countries []Term
	}

	// MapPage is "/map/": where there are case studies, of all kinds or of one.
	MapPage struct {
		Base
		Width, Height int    // of the picture
		Land          string // SVG path of all countries without a case study
		Countries     []Place
		Scale         Scale // of the counts of all kinds
	}

	// CountryPage is "/countries/<name>/".
	CountryPage struct {
		Base
		Country    Term
		Principles []Term // each leads to the principle's cases in this country
		Nations    []Term // of the United Kingdom
		List
		Organisations []Term
	}

	// DisciplinesPage is "/disciplines/".
	DisciplinesPage struct {
		Base
		Disciplines []Term
	}

	// DisciplinePage is "/disciplines/<id>/".
	DisciplinePage struct {
		Base
		Discipline  Term
		Alternative []string
		Principles  []Term // each leads to the cases that the two share
		List
	}

	// DisciplinePrinciplesPage is "/disciplines/<id>/principles/".
	DisciplinePrinciplesPage struct {
		Base
		Discipline Link
		GroupList
	}

	// OrganisationsPage is "/organisations/".
	OrganisationsPage struct {
		Base
		Groups []OrganisationGroup
	}

	// OrganisationPage is "/organisations/<id>/".
	OrganisationPage struct {
		Base
		Organisation *content.OrganisationFields
		Total        Term
		Country      Link
		Members      []Link
		Partnerships []Link // that it is a member of
		Successor    *Link
		Predecessors []Link
		List
	}

	// ProgrammesPage is "/programmes/".
	ProgrammesPage struct {
		Base
		Programmes []ProgrammeCard
	}

	// ProgrammeCasesPage is "/programmes/<id>/": the cases of a programme that has
	// more than its own page shows.
	ProgrammeCasesPage struct {
		Base
		Programme Link
		List
	}

	// CasesPage is "/cases/": examples and challenges, newest first.
	CasesPage struct {
		Base
		List
	}

	// IndexPage is "/cases/a-z/": all titles, programmes included.
	IndexPage struct {
		Base
		Letters []LetterLink
		Groups  []LetterGroup
		Pager   Pager
	}

	// ChallengesPage is "/challenges/".
	ChallengesPage struct {
		Base
		Principles []Term // with challenges; they lead to the principles
		List
	}

	// CasePage is "/cases/<id>/", for examples, challenges and programmes.
	CasePage struct {
		Base
		Case        *content.CaseFields
		Body        *Body
		Principles  []PrincipleTag
		Countries   []Link
		Disciplines []Link
		Partners    []PartnerRow
		Partnership *Link
		Programme   *Link
		Years       []Link // when the work took place, by year
		Period      Period // zero when not stated
		DescribedIn string // the year of the newest source
		LedBy       []Phase
		Gains       []Gain // one for each country involved, but for those of NotReported
		NotReported []Link // countries of whose gains nothing is reported, where they are many
		Indicators  []IndicatorRow
		Plots       []Plot // of indicators with values over time
		Quotes      []QuoteBlock
		AgreedBy    []Link
		NotAgreed   []Link // partners that have not agreed yet; only when some have
		Sources     []Reference
		Resources   []ResourceCard
		Related     []RelatedCard
		Cases       []Card // of a programme: those that belong to it, or the newest of many
		AllCases    *More  // of a programme whose cases are more than Cases
		Neighbours  []Neighbour
		Compare     string // where a reader sets it beside others; empty for a programme
		Licence     Licence
		Citation    Citation
		Overdue     bool // past its review_by date
	}

	// WithdrawnPage stands at the address of a withdrawn case study.
	WithdrawnPage struct {
		Base
		Withdrawal content.Withdrawal
	}

	// ResourcesPage is "/resources/".
	ResourcesPage struct {
		Base
		Groups []ResourceGroup
	}

	// ResourcePage is "/resources/<id>/".
	ResourcePage struct {
		Base
		Resource  *content.ResourceFields
		Body      *Body
		Download  *Download
		Hallmarks []HallmarkUse
		Cases     []Card // that name the resource
		Sources   []Reference
		Licence   Licence
	}

	// YearsPage is "/years/".
	YearsPage struct {
		Base
		Years []Term
	}

	// YearPage is "/years/<y>/".
	YearPage struct {
		Base
		Year string
		List
	}

	// HealthCheckPage is "/health-check/": all questions that a partnership can
	// ask itself, to be answered on paper or on the page.
	HealthCheckPage struct {
		Base
		Principles []Checkup
	}

	// CoveragePage is "/coverage/": where there are cases, and where none.
	CoveragePage struct {
		Base
		Tables []Matrix
	}

	// ComparePage is "/compare/", where the reader's browser shows case studies
	// side by side.
	ComparePage struct {
		Base
	}

	// SearchPage is "/search/", where the reader's browser shows results.
	SearchPage struct {
		Base
	}

	// TextPage is "/<page>/".
	TextPage struct {
		Base
		Page *content.PageFields
		Body *Body
	}

	// RedirectPage stands at an old address.
	RedirectPage struct {
		Base
		To Link
	}

	// NotFoundPage is "/404.html". Its links are absolute, since it is served
	// at any address.
	NotFoundPage struct {
		Base
	}
)

// Kinds has one empty page of each type, for checking templates against.
func Kinds() []Page {
	return []Page{
		&HomePage{}, &PrinciplesPage{}, &PrinciplePage{}, &HallmarkPage{}, &PrincipleInCountryPage{}, &HallmarkCountriesPage{},
		&CountriesPage{}, &MapPage{}, &CountryPage{}, &DisciplinesPage{}, &DisciplinePage{}, &DisciplinePrinciplesPage{},
		&OrganisationsPage{}, &OrganisationPage{}, &ProgrammesPage{}, &ProgrammeCasesPage{}, &CasesPage{}, &IndexPage{},
		&ChallengesPage{}, &CasePage{}, &WithdrawnPage{}, &ResourcesPage{}, &ResourcePage{},
		&YearsPage{}, &YearPage{}, &HealthCheckPage{}, &CoveragePage{}, &ComparePage{}, &SearchPage{}, &TextPage{}, &RedirectPage{}, &NotFoundPage{},
	}
}

// Totals counts what the site holds, each kind apart.
type Totals struct{ Examples, Challenges, Programmes, Countries int }

// PrincipleCard is a principle in a list.
type PrincipleCard struct {
	Term
	Summary   string
	Question  string
	Hallmarks []Term
}

// HallmarkSection is a hallmark on its principle's page.
type HallmarkSection struct {
	Term
	Hallmark  *content.HallmarkFields
	Cases     []Card // examples and challenges; the first few
	Resources []ResourceCard
}

// PrincipleTag is a principle that a page is about or under, with those of its
// hallmarks that concern the page.
type PrincipleTag struct {
	Link
	Number    int
	Hallmarks []Link
}

// Around is what is one step from a page below a principle.
type Around struct {
	Principle     PrincipleTag // with all of its hallmarks; the one that the page is about leads nowhere
	NextPrinciple *PrincipleTag
}

// KindGroup is the case studies of one kind in a list.
type KindGroup struct {
	Kind  content.Kind
	Cases []Card
}

// OrganisationGroup is the organisations of one type.
type OrganisationGroup struct {
	Type          string // "" when not stated
	Organisations []Term
}

// ProgrammeCard is a programme in a list; its Examples, Challenges and
// Programmes are the cases that belong to it.
type ProgrammeCard struct {
	Card
	Examples   int
	Challenges int
	Programmes int
}

// LetterLink leads to the first title under a letter.
type LetterLink struct {
	Letter string
	Href   string // empty: no title starts so
}

// LetterGroup is titles that start with one letter.
type LetterGroup struct {
	Letter string
	ID     string // of the group, for LetterLink
	Cases  []Card // their title and kind alone
}

// GroupList is one page of a list of titles under headings.
type GroupList struct {
	Groups []Group
	Pager  Pager
}

// Group is the cases under one heading, which may continue on the next page.
type Group struct {
	Link         // what the heading leads to
	ID    string // of the group, for links to it
	Total int    // cases of the whole group
	Cases []Card // their title, kind and year alone
}

// Matrix is a table of how many cases there are where two taxonomies meet.
// Programmes are not counted.
type Matrix struct {
	Kind    MatrixKind
	Columns []Column
	Rows    []MatrixRow
	Empty   []Link // rows without any case
	Scale   Scale  // of the counts of all cells
}

// MatrixKind says which taxonomies meet.
type MatrixKind string

const (
	PrinciplesByCountry    MatrixKind = "principles-by-country"
	PrinciplesByDiscipline MatrixKind = "principles-by-discipline"
	HallmarksByCountry     MatrixKind = "hallmarks-by-country"
)

// Column is a principle or hallmark at the head of a column.
type Column struct {
	Link
	Number int // of the principle
}

// MatrixRow is a country or discipline with one cell for each column.
type MatrixRow struct {
	Link
	Cells []Cell
}

// Cell is how many cases there are at one crossing, and where their list is.
type Cell struct {
	Column     string // what the column is called
	Href       string // empty: there is none
	Examples   int
	Challenges int
	Shade      int // place of Count in the table's scale; 0 for none
}

// Count is how many cases there are.
func (c Cell) Count() int { return c.Examples + c.Challenges }

// Checkup is the questions about one principle.
type Checkup struct {
	PrincipleTag
	ID        string // the anchor
	Lang      string // of the questions; empty: that of the site
	Questions []Question
}

// Question is one that a partnership asks itself.
type Question struct {
	Link        // the hallmark that it is about; empty: the principle as a whole
	ID   string // tells its answers from others
	Text string
}

// Place is a country with examples on the map.
type Place struct {
	Term
	Path   string // SVG path of its outline; may be empty
	X, Y   int    // of a dot, for what is too small to be seen; else 0
	Shades Shades
}

// Shades are the places of a country's counts in the scale of the map: 0 for
// none of that kind.
type Shades struct{ All, Examples, Challenges, Programmes int }

// PartnerRow is a partner of a case study.
type PartnerRow struct {
	Link
	Role    content.Role
	Country string // where the organisation is based; empty when not known
}

// Phase says who led a phase of the work.
type Phase struct {
	Name    string // "planning", "delivery", "analysis"
	Joint   bool
	Country Link
}

// More leads to the whole of a list that is shown in part.
type More struct {
	Href  string
	Count int // of the whole
}

// Gain is what one country gained; no texts: not reported.
type Gain struct {
	Country Link
	Texts   []string
}

// IndicatorRow is one figure with its source.
type IndicatorRow struct {
	Name   string
	Value  content.Quantity
	Unit   string
	AsOf   content.Date
	Source Reference
}

// Citation is how to cite a page, for people and for reference managers.
type Citation struct {
	Authors string // "Amina Nakato, Ruth Banda"; empty where nobody is named
	Year    string // in which the account was published or last changed, or empty
	BibTeX  string
}

// QuoteBlock is what a person said.
type QuoteBlock struct {
	Text    string
	Speaker string
	Country string
	Consent content.Consent
	Source  *Reference
}

// Reference is a source, ready to be shown.
type Reference struct {
	ID        string // in references.yaml; empty for a page named in the case itself
	Authors   string // "Streeton, Kitsell and others"
	Year      string
	Title     string
	Container string // the journal or site that it stands in
	Detail    string // "6 (Suppl 6), e004533"
	Publisher string
	DOI       string
	URL       string // of the DOI where there is one
	Accessed  content.Date
	Note      string // of the editors, on the copy that was read
}

// ResourceCard is a resource in a list.
type ResourceCard struct {
	Link
	Summary string
	Type    content.ResourceType
	Why     string // why it belongs to the hallmark it is listed under
	Opens   bool   // there is a file or a page to open, not a description alone
}

// ResourceGroup is the resources of one type.
type ResourceGroup struct {
	Type      content.ResourceType
	Resources []ResourceCard
}

// HallmarkUse is a hallmark that a resource accompanies.
type HallmarkUse struct {
	Link
	Principle Link
	Why       string
}

// Download is a file of the site that a reader may fetch.
type Download struct {
	File   string // below content/
	Href   string
	Format string // "PDF"
	Bytes  int64
}

// RelatedCard is a related case study and what relates it.
type RelatedCard struct {
	Card
	Reasons []Reason
}

// Reason is why two case studies are related.
type Reason struct {
	Kind  ReasonKind
	Label string // what they share; empty for one that was chosen
}

// ReasonKind is what two case studies share.
type ReasonKind string

const (
	ReasonChosen       ReasonKind = "chosen"            // named by the author
	ReasonEditors      ReasonKind = "chosen-by-editors" // named in an account without an author
	ReasonPartnership  ReasonKind = "partnership"
	ReasonProgramme    ReasonKind = "programme"
	ReasonHallmark     ReasonKind = "hallmark"
	ReasonOrganisation ReasonKind = "organisation"
	ReasonDiscipline   ReasonKind = "discipline"
	ReasonCountry      ReasonKind = "country"
	ReasonPrinciple    ReasonKind = "principle"
)

// Neighbour is the cases before and after this one under one principle.
type Neighbour struct {
	Principle Link
	Number    int // of the principle
	Previous  *Link
	Next      *Link
}
