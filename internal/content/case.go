package content

// CaseStudy is one case study as its author wrote it: an example, a challenge
// or a programme. References are not resolved here; package library does that.
//
// The field tags are the content model: `yaml` is the key in the front matter,
// `check` what the value must satisfy ("required", "max=300" characters),
// `default` the value where none is given.
type CaseStudy struct {
	Source

	Title       string      `yaml:"title" check:"required,max=200"`
	Summary     string      `yaml:"summary" check:"max=300"` // else the first paragraph of the body
	Kind        Kind        `yaml:"kind" default:"example"`
	Hallmarks   []Ref       `yaml:"hallmarks"`
	Principles  []Ref       `yaml:"principles"`
	TaggedBy    TaggedBy    `yaml:"tagged_by" default:"author"`
	Countries   []Ref       `yaml:"countries"`
	Disciplines []Ref       `yaml:"disciplines"`
	Partners    []Partner   `yaml:"partners"`
	Partnership Ref         `yaml:"partnership"`
	Programme   Ref         `yaml:"programme"`
	Start       Date        `yaml:"start"`
	End         Date        `yaml:"end"`
	LedBy       LedBy       `yaml:"led_by"`
	Benefits    Benefits    `yaml:"benefits"` // by country, in the order written
	Indicators  []Indicator `yaml:"indicators"`
	Quotes      []Quote     `yaml:"quotes"`
	Evaluation  Evaluation  `yaml:"evaluation" default:"self-reported"`
	Evaluated   bool        `yaml:"-"` // Evaluation is as written, not the default
	AgreedBy    []Ref       `yaml:"agreed_by"`
	Sources     []Citation  `yaml:"sources"`
	Authors     []Author    `yaml:"authors"`
	Resources   []Ref       `yaml:"resources"`
	Related     []Ref       `yaml:"related"`
	Published   Date        `yaml:"published"`
	Updated     Date        `yaml:"updated"`
	Reviewed    Date        `yaml:"reviewed"`
	ReviewBy    Date        `yaml:"review_by"`
	Withdrawn   *Withdrawal `yaml:"withdrawn"`
	Licence     string      `yaml:"licence" check:"licence"` // SPDX identifier; else the site's
	Lang        string      `yaml:"lang" check:"lang"`       // BCP 47; else the site's
	Aliases     []Ref       `yaml:"aliases" check:"path"`    // old paths of this page
	Draft       bool        `yaml:"draft"`
}

// Kind is what a case study is about.
type Kind string

const (
	Example   Kind = "example"   // from practice; the default
	Challenge Kind = "challenge" // what was hard and what was learned
	Programme Kind = "programme" // a scheme that other cases belong to
)

func (Kind) vocabulary() []string { return []string{"example", "challenge", "programme"} }

// TaggedBy says who put a case study under its principles and hallmarks.
type TaggedBy string

const (
	TaggedByAuthor TaggedBy = "author" // the default
	TaggedBySource TaggedBy = "source"
	TaggedByEditor TaggedBy = "editor"
)

func (TaggedBy) vocabulary() []string { return []string{"author", "source", "editor"} }

// Partner is an organisation taking part, by id, name or alias. A plain name
// in the front matter is a Partner with the role "partner".
type Partner struct {
	Organisation Ref  `yaml:"organisation" check:"required"`
	Role         Role `yaml:"role" default:"partner"`
}

// Role is what a partner does in the work that a case study tells of.
type Role string

const (
	RolePartner    Role = "partner" // the default
	RoleLead       Role = "lead"
	RoleCoLead     Role = "co-lead"
	RoleFunder     Role = "funder"
	RoleManager    Role = "manager"
	RoleGovernment Role = "government"
)

func (Role) vocabulary() []string {
	return []string{"partner", "lead", "co-lead", "funder", "manager", "government"}
}

// TakesPart reports a role in the work itself, not one of paying for it,
// managing its money or permitting it.
func (r Role) TakesPart() bool {
	return r == RolePartner || r == RoleLead || r == RoleCoLead
}

// LedBy says which country led a phase of the work, or "joint".
type LedBy struct {
	Planning Ref `yaml:"planning"`
	Delivery Ref `yaml:"delivery"`
	Analysis Ref `yaml:"analysis"`
}

// Joint is the value of a LedBy phase that all partners led together.
const Joint = "joint"

// Benefits are what the countries gained, in the order written.
type Benefits []Benefit

// Benefit is what one country gained. No texts means that the account says
// "not reported".
type Benefit struct {
	Country Ref
	Texts   []string
}

// Indicator is one figure. Two that disagree are both kept.
type Indicator struct {
	Name   string   `yaml:"name" check:"required"`
	Value  Quantity `yaml:"value" check:"required"`
	Unit   string   `yaml:"unit"`
	AsOf   Date     `yaml:"as_of" check:"required"`
	Source Citation `yaml:"source" check:"required"`
}

// Quote is something a person said, with the basis on which it is shown.
type Quote struct {
	Text    string   `yaml:"text" check:"required"`
	Speaker string   `yaml:"speaker"`
	Country Ref      `yaml:"country"`
	Consent Consent  `yaml:"consent" check:"required"`
	Source  Citation `yaml:"source"`
}

// Consent is the basis on which a quote is shown.
type Consent string

const (
	ConsentGiven     Consent = "given"     // the speaker agreed
	ConsentPublished Consent = "published" // the words were already public
)

func (Consent) vocabulary() []string { return []string{"given", "published"} }

// Evaluation is who judged the results.
type Evaluation string

const (
	SelfReported Evaluation = "self-reported" // the default
	Internal     Evaluation = "internal"
	Independent  Evaluation = "independent"
	PeerReviewed Evaluation = "peer-reviewed"
)

func (Evaluation) vocabulary() []string {
	return []string{"self-reported", "internal", "independent", "peer-reviewed"}
}

// Citation is the id of an entry in references.yaml, or a page of its own: one
// of Ref and Title is set.
type Citation struct {
	Ref      Ref    `yaml:"-"`
	Title    string `yaml:"title" check:"required"`
	URL      string `yaml:"url" check:"url"`
	Accessed Date   `yaml:"accessed"`
}

// Author is a person or body that wrote the account.
type Author struct {
	Name  string `yaml:"name" check:"required"`
	ORCID string `yaml:"orcid" check:"orcid"`
}

// Withdrawal keeps the address of a case study that is no longer shown.
type Withdrawal struct {
	Date   Date   `yaml:"date" check:"required"`
	Reason string `yaml:"reason" check:"required"`
}
