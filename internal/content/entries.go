package content

// Principle is one principle of a set, with its hallmarks.
type Principle struct {
	Source

	Number    int        `yaml:"number" check:"required"` // its place in the set, from 1
	Title     string     `yaml:"title" check:"required,max=200"`
	Summary   string     `yaml:"summary" check:"max=300"` // else the first paragraph of the body
	Question  string     `yaml:"question"`                // the problem it answers, in plain words
	Set       string     `yaml:"set"`                     // which edition of the principles it belongs to
	Hallmarks []Hallmark `yaml:"hallmarks"`
	Sources   []Citation `yaml:"sources"`
	Lang      string     `yaml:"lang" check:"lang"`
	Aliases   []Ref      `yaml:"aliases" check:"path"`
}

// Hallmark is a sign that a principle is lived.
type Hallmark struct {
	ID       string   `yaml:"id" check:"required,id"`
	Title    string   `yaml:"title" check:"required,max=200"`
	Summary  string   `yaml:"summary" check:"max=300"`
	Question string   `yaml:"question"`                         // a self-check question
	Basis    Basis    `yaml:"principle_basis" default:"source"` // who put it under this principle
	Aliases  []Ref    `yaml:"aliases" check:"path"`
	At       Position `yaml:"-"`
}

// Basis is who put a hallmark under its principle.
type Basis string

const (
	BasisSource Basis = "source" // the default
	BasisEditor Basis = "editor"
)

func (Basis) vocabulary() []string { return []string{"source", "editor"} }

// Resource is a tool, template or guidance that hallmarks are accompanied by.
type Resource struct {
	Source

	Title       string         `yaml:"title" check:"required,max=200"`
	Summary     string         `yaml:"summary" check:"max=300"` // else the first paragraph of the body
	Type        ResourceType   `yaml:"type" check:"required"`
	Hallmarks   []ResourceLink `yaml:"hallmarks"`
	URL         string         `yaml:"url" check:"url"`
	Attachment  Ref            `yaml:"file"` // a file beside this one
	Format      string         `yaml:"format"`
	LastChecked Date           `yaml:"last_checked"`
	Sources     []Citation     `yaml:"sources"`
	Lang        string         `yaml:"lang" check:"lang"`
	Licence     string         `yaml:"licence" check:"licence"`
	Aliases     []Ref          `yaml:"aliases" check:"path"`
	Draft       bool           `yaml:"draft"`
}

// ResourceLink ties a resource to a hallmark; it is the one place that does.
type ResourceLink struct {
	Hallmark Ref    `yaml:"id" check:"required"`
	Why      string `yaml:"why" check:"required"`
}

// ResourceType is what a resource is.
type ResourceType string

// ResourceTypes are the types there are, in the order that readers see them.
func ResourceTypes() []ResourceType {
	return []ResourceType{"template", "guidance", "tool", "checklist", "publication"}
}

func (ResourceType) vocabulary() []string {
	var names []string
	for _, t := range ResourceTypes() {
		names = append(names, string(t))
	}
	return names
}

// Page is a page of plain text, such as "About".
type Page struct {
	Source

	Title   string `yaml:"title" check:"required,max=200"`
	Summary string `yaml:"summary" check:"max=300"`
	Lang    string `yaml:"lang" check:"lang"`
	Aliases []Ref  `yaml:"aliases" check:"path"`
	Draft   bool   `yaml:"draft"`
}

// Organisation is an entry of organisations.yaml. A standing partnership is
// an organisation of type "partnership", with members.
type Organisation struct {
	Source

	Name      string   `yaml:"name" check:"required"`
	Names     []string `yaml:"aliases"` // other and former names
	Country   Ref      `yaml:"country"`
	Type      string   `yaml:"type"`
	Members   []Ref    `yaml:"members"`
	URL       string   `yaml:"url" check:"url"`
	Ended     Date     `yaml:"ended"`
	Successor Ref      `yaml:"successor"`
}

// PartnershipType is the type of an organisation that is a standing partnership.
const PartnershipType = "partnership"

// Discipline is an entry of disciplines.yaml.
type Discipline struct {
	Source

	Label       string   `yaml:"label" check:"required"`
	Alternative []string `yaml:"alternative"` // other labels; accepted, searched, shown
}

// Reference is an entry of references.yaml: a CSL item as Zotero and pandoc
// write it (https://docs.citationstyles.org/en/stable/specification.html,
// appendix III and IV).
type Reference struct {
	Source

	Type           string `yaml:"type" check:"required"`
	Title          string `yaml:"title" check:"required"`
	Authors        []Name `yaml:"author"`
	Editors        []Name `yaml:"editor"`
	Issued         Date   `yaml:"issued"`
	Accessed       Date   `yaml:"accessed"`
	ContainerTitle string `yaml:"container-title"`
	Volume         string `yaml:"volume"`
	Issue          string `yaml:"issue"`
	Number         string `yaml:"number"`
	Page           string `yaml:"page"`
	Publisher      string `yaml:"publisher"`
	PublisherPlace string `yaml:"publisher-place"`
	Genre          string `yaml:"genre"`
	DOI            string `yaml:"DOI"`
	ISBN           string `yaml:"ISBN"`
	ISSN           string `yaml:"ISSN"`
	URL            string `yaml:"URL" check:"url"`
	Language       string `yaml:"language"`
	Abstract       string `yaml:"abstract"`
	Note           string `yaml:"note"`
}

// Name is a CSL name: a person, or a body in Literal. "Ludwig van Beethoven"
// has the Particle "van".
type Name struct {
	Family   string `yaml:"family"`
	Given    string `yaml:"given"`
	Particle string `yaml:"non-dropping-particle"` // sorts with the family name
	Dropping string `yaml:"dropping-particle"`     // does not
	Suffix   string `yaml:"suffix"`                // "Jr."
	Literal  string `yaml:"literal"`
}

// Site is site.yaml: what holds for the whole knowledge base.
type Site struct {
	Source

	Title        string           `yaml:"title" check:"required,max=200"`
	Tagline      string           `yaml:"tagline"`
	BaseURL      string           `yaml:"base_url" check:"url"`
	Language     string           `yaml:"language" check:"lang" default:"en"` // BCP 47
	Licence      string           `yaml:"licence" check:"licence"`            // SPDX identifier
	Contact      string           `yaml:"contact" check:"contact"`            // e-mail address or URL
	EditURL      string           `yaml:"edit_url" check:"url"`               // a page's path below content/ is appended
	Navigation   []NavigationItem `yaml:"navigation"`
	PageSize     int              `yaml:"page_size" default:"25"` // cases on one page of a list
	Theme        string           `yaml:"theme"`                  // a folder of themes/ that shadows the default theme
	PrincipleSet Ref              `yaml:"principle_set"`
	Countries    CountryNames     `yaml:"countries"`
}

// CountryNames are display names of countries, where CLDR's will not do, in the
// order written.
type CountryNames []CountryName

// CountryName is what one country is called on this site.
type CountryName struct{ Country, Name Ref }

// NavigationItem is a link of the main navigation.
type NavigationItem struct {
	Label string `yaml:"label" check:"required"`
	Path  Ref    `yaml:"path" check:"required"` // a path of this site, "/principles/"
}
