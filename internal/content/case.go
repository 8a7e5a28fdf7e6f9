package content

// The fields of a case study.

import (
	"fmt"
	"regexp"

	"casebook/internal/frontmatter"
	"casebook/internal/problem"
)

// CaseStudy is a case study as its author wrote it: an example, a challenge or a
// programme. Package library resolves its references.
type CaseStudy struct {
	Source
	CaseFields

	Hallmarks   []Ref       `yaml:"hallmarks" split:"semicolons" also:"tags,keywords,topics,categories,category,theme,themes,signs" refers:"hallmarks" example:"[stable-governance]" group:"basics" help:"The hallmarks that the case study illustrates; give these or principles, except for a programme."`
	Principles  []Ref       `yaml:"principles" split:"semicolons" also:"principle" refers:"principles" example:"[strategic]" group:"basics" help:"The principles that it illustrates, where no hallmark fits."`
	Countries   []Ref       `yaml:"countries" split:"commas" also:"country,nation,nations,location,locations,place,places,where" refers:"countries" example:"[Malawi, Wales]" group:"work" help:"Where the work took place: countries, or nations such as Wales, by English name or ISO 3166 code."`
	Disciplines []Ref       `yaml:"disciplines" split:"commas" also:"discipline,tags,keywords,topics,categories,category,specialty,specialties,speciality,specialities,subjects" refers:"disciplines" example:"[midwifery]" group:"work" help:"The disciplines of the work, such as midwifery or nursing."`
	Partners    []Partner   `yaml:"partners" also:"partner,organisation,organization,org,organisations,organizations,institution,institutions,participants" example:"[Mirembe Hospital]" group:"work" help:"The organisations that take part: a name, or a name and a role."`
	Picture     Picture     `yaml:"picture" example:"{file: ward.jpg, alt: A ward, credit: Grace Banda, consent: no-people}" help:"A picture at the head of the page and in lists, with who made it and the basis on which it is shown."`
	Partnership Ref         `yaml:"partnership" refers:"organisations,new" example:"wales-lesotho" group:"work" help:"The standing partnership that the work belongs to."`
	Programme   Ref         `yaml:"programme" also:"program,scheme,project" refers:"cases" example:"health-partnership-scheme" group:"work" help:"The case study of kind programme that the work belongs to."`
	LedBy       LedBy       `yaml:"led_by" also:"lead,leader,leads" example:"{planning: joint, delivery: Malawi}" group:"work" help:"Who led each phase of the work."`
	Benefits    Benefits    `yaml:"benefits" also:"benefit,outcomes,impact,results,gains" example:"{Malawi: [trained nurses], United Kingdom: not reported}" group:"results" help:"What each country, or each organisation, gained, in the order written."`
	Indicators  []Indicator `yaml:"indicators" also:"indicator,figures,numbers,metrics,statistics" example:"[{name: Nurses trained, value: \"1,200\", as_of: 2018, source: thet-2016}]" group:"results" help:"Figures, each with its date and its source; two that disagree are both shown."`
	Quotes      []Quote     `yaml:"quotes" also:"quote,quotations,testimonials" example:"[{text: It changed how we work., speaker: A nurse, consent: given}]" group:"results" help:"What people said, each with the basis on which it is shown."`
	AgreedBy    []Ref       `yaml:"agreed_by" also:"approved_by,agreed" refers:"organisations" example:"[Mirembe Hospital]" group:"account" help:"The organisations that agreed to this account."`
	Sources     []Citation  `yaml:"sources" also:"source,references,reference,citations,bibliography" refers:"references" example:"[thet-2016]" group:"account" help:"Where the account comes from, publications and pages; give these or authors."`
	Resources   []Ref       `yaml:"resources" also:"resource,tools,downloads" refers:"resources" example:"[charter-wales]" group:"account" help:"The tools, templates and guidance that it used."`
	Related     []Ref       `yaml:"related" also:"see_also,similar" refers:"cases" example:"[joint-planning]" help:"Case studies to show beside it, before the ones that are found by what they share."`
	Withdrawn   *Withdrawal `yaml:"withdrawn" also:"retracted" example:"{date: 2026-01-31, reason: The partners asked for it.}" help:"Keeps the address of a case study that is no longer shown."`
	Aliases     []Ref       `yaml:"aliases" check:"path" also:"alias,redirects,redirect_from,old_urls" example:"[/cases/old-name/]" help:"Old addresses of the page, which lead to it."`
}

// CaseFields are the fields of a case study that its page shows as written.
//
// The struct tags are the content model; see [Model].
type CaseFields struct {
	Title      string     `yaml:"title" check:"required,max=200" also:"name,heading,headline" example:"Burns care in Lilongwe" group:"basics" help:"What the case study is called."`
	Summary    string     `yaml:"summary" check:"max=300" also:"description,abstract,excerpt,subtitle,lede,intro,teaser" example:"How two hospitals keep their burns unit running." group:"basics" help:"One or two sentences for lists and search; without it, the first paragraph of the text."`
	Kind       Kind       `yaml:"kind" default:"example" also:"type" group:"basics" help:"What the case study is: an example from practice, a challenge and what was learned, or a programme that other case studies belong to."`
	TaggedBy   TaggedBy   `yaml:"tagged_by" default:"author" also:"tagger" help:"Who chose its hallmarks and principles."`
	Start      Date       `yaml:"start" also:"year,from,since,begin,began,started,start_date,start_year" example:"2016" group:"work" help:"When the work began, as precisely as is known."`
	End        Date       `yaml:"end" also:"to,until,finish,finished,ended,end_date,end_year" example:"2018-06" group:"work" help:"When the work ended; leave it out while the work goes on."`
	Evaluation Evaluation `yaml:"evaluation" also:"evaluated,evaluator" example:"independent" group:"results" help:"Who judged the results; without it, the page says that they are not independently evaluated."`
	Adapt      Adapt      `yaml:"adapt" also:"adaptation,replication,transfer" example:"{needs: [a trainer], keep: [the two-year contract]}" group:"elsewhere" help:"What somebody who wants to do this elsewhere should know."`
	Cost       Cost       `yaml:"cost" also:"costs,budget,price,money" example:"{band: 10k-100k, currency: GBP, year: 2016, paid_by: a grant of the scheme}" group:"elsewhere" help:"What the work cost, and who paid."`
	EditorNote string     `yaml:"editor_note" check:"max=1000" also:"note,notes,editors_note,comment" example:"Our sources spell the name in two ways." help:"A note by the editors, shown below the account: judgements, spellings, how sources differ."`
	Authors    []Author   `yaml:"authors" split:"names" also:"author,by,byline,writer,written_by" example:"[Dr Grace Banda]" group:"account" help:"The people or bodies that wrote the account; give these or sources."`
	Published  Date       `yaml:"published" also:"date,pubdate,publishdate,publish_date,published_at,created,created_at,created_time,date_created,publication_date" example:"2026-01-31" help:"When the case study was first published."`
	Updated    Date       `yaml:"updated" also:"lastmod,modified,last_modified,updated_at,changed,last_edited_time,last_edited,last_update,last_updated,date_modified,edited" example:"2026-03-01" help:"When it was last changed."`
	Reviewed   Date       `yaml:"reviewed" also:"checked,last_reviewed" example:"2026-03-01" help:"When somebody last checked that it still holds."`
	ReviewBy   Date       `yaml:"review_by" also:"expires,expirydate,next_review" example:"2028-01-31" help:"When it is due to be checked again; after this date the page says so."`
	Licence    string     `yaml:"licence" check:"licence" also:"license,rights,copyright" example:"CC-BY-4.0" help:"The licence of the text, an SPDX identifier; without it, the licence of the site."`
	Lang       string     `yaml:"lang" check:"lang" also:"language,locale" example:"fr" group:"basics" help:"The language of the text; without it, the language of the site."`
	Draft      bool       `yaml:"draft" also:"hidden,unpublished" example:"true" help:"Keeps the case study out of the published site while it is true."`
}

// Changed returns the date of the last update or, failing that, of publication. It
// is zero if neither is stated.
func (c *CaseFields) Changed() Date {
	if c.Updated.IsZero() {
		return c.Published
	}
	return c.Updated
}

// Kind is what a case study is about.
type Kind string

const (
	Example   Kind = "example"   // from practice
	Challenge Kind = "challenge" // a difficulty, and what was learned from it
	Programme Kind = "programme" // a scheme that other cases belong to
)

func (Kind) Choices() []string { return []string{"example", "challenge", "programme"} }

// Synonyms implements [frontmatter.Synonyms].
func (Kind) Synonyms() map[string]string {
	return map[string]string{
		"casestudy": "example", "case": "example", "story": "example", "practice": "example", "success": "example",
		"problem": "challenge", "difficulty": "challenge", "failure": "challenge", "failed": "challenge", "mistake": "challenge", "barrier": "challenge", "lesson": "challenge", "lessons": "challenge", "lessonslearned": "challenge", "lessonslearnt": "challenge",
		"program": "programme", "scheme": "programme", "project": "programme",
	}
}

// TaggedBy says who assigned a case study to its principles and hallmarks.
type TaggedBy string

const (
	TaggedByAuthor TaggedBy = "author"
	TaggedBySource TaggedBy = "source"
	TaggedByEditor TaggedBy = "editor"
)

func (TaggedBy) Choices() []string { return []string{"author", "source", "editor"} }

// Synonyms implements [frontmatter.Synonyms].
func (TaggedBy) Synonyms() map[string]string {
	return map[string]string{
		"me": "author", "us": "author", "ourselves": "author", "writer": "author", "contributor": "author", "partners": "author",
		"publication": "source", "report": "source", "article": "source", "maintainer": "editor", "team": "editor",
	}
}

// Partner is an organisation that takes part, by id, name or alias. A plain name in
// the front matter is a Partner with the role "partner".
type Partner struct {
	Organisation Ref  `yaml:"organisation,short" check:"required" also:"name,partner,organization" refers:"organisations,new" example:"Mirembe Hospital" help:"The organisation, by id, name or another of its names."`
	Role         Role `yaml:"role" default:"partner" help:"What it does in the work."`
}

// Role is what a partner does in the work.
type Role string

const (
	RolePartner    Role = "partner"
	RoleLead       Role = "lead"
	RoleCoLead     Role = "co-lead"
	RoleFunder     Role = "funder"
	RoleManager    Role = "manager"
	RoleGovernment Role = "government"
)

func (Role) Choices() []string {
	return []string{"partner", "lead", "co-lead", "funder", "manager", "government"}
}

// Synonyms implements [frontmatter.Synonyms].
func (Role) Synonyms() map[string]string {
	return map[string]string{
		"leader": "lead", "leadpartner": "lead", "donor": "funder", "sponsor": "funder", "funding": "funder", "fundmanager": "manager", "grantmanager": "manager",
		"ministry": "government", "regulator": "government", "state": "government", "member": "partner", "participant": "partner",
	}
}

// TakesPart reports whether a role is part of the work itself, rather than paying
// for it, managing its money or permitting it.
func (r Role) TakesPart() bool {
	return r == RolePartner || r == RoleLead || r == RoleCoLead
}

// LedBy says which country led a phase of the work, or "joint".
type LedBy struct {
	Planning Ref `yaml:"planning" refers:"countries" or:"joint" example:"joint" help:"The country that led the planning, or joint."`
	Delivery Ref `yaml:"delivery" refers:"countries" or:"joint" example:"Malawi" help:"The country that led the delivery, or joint."`
	Analysis Ref `yaml:"analysis" refers:"countries" or:"joint" example:"joint" help:"The country that led the analysis, or joint."`
}

// Joint is the value of LedBy for a phase that all partners led together.
const Joint = "joint"

// CheckYAML reports a role that is written behind the name of a partner.
func (p *Partner) CheckYAML(m *frontmatter.Mapping) {
	name := roleBehind.FindStringSubmatch(p.Organisation.Text)
	if name == nil {
		return
	}
	role := frontmatter.Meant(name[2], Role("").Choices(), Role("").Synonyms())
	if role != "" && !m.Given("role") {
		m.Report(p.Organisation.Position, problem.Error, "wrong-type", fmt.Sprintf("%q is a role, which is not part of the name", name[2]),
			fmt.Sprintf("write {organisation: %s, role: %s}", frontmatter.Scalar(name[1]), role))
	}
}

// roleBehind matches a name with a word in brackets or after a dash.
var roleBehind = regexp.MustCompile(`^(.+?)(?: ?\(| +[-–—] +)([\pL -]+)\)?$`)

// Benefits are what countries and organisations gained, in the order written.
type Benefits []Benefit

// Benefit is what one country or organisation gained. If Texts is empty, the
// account says "not reported".
type Benefit struct {
	Who   Ref
	Texts []string
}

// Indicator is one figure. If two figures disagree, both are kept.
type Indicator struct {
	Name   string   `yaml:"name" check:"required" also:"title,label" example:"Nurses trained" help:"What is counted or measured."`
	Value  Quantity `yaml:"value" check:"required" also:"number,amount,figure,count" example:"\"1,200\"" help:"The figure as its source words it."`
	Unit   string   `yaml:"unit" example:"people" help:"The unit of the figure."`
	AsOf   Date     `yaml:"as_of" check:"required" also:"date,when,year" example:"2018" help:"The date that the figure holds for."`
	Source Citation `yaml:"source" check:"required" also:"sources,reference" refers:"references" example:"thet-2016" help:"Where the figure comes from."`
}

// Quote is something that a person said, with the basis on which it is shown.
type Quote struct {
	Text    string   `yaml:"text" check:"required" also:"quote,words" example:"It changed how we work." help:"The words that were said."`
	Speaker string   `yaml:"speaker" also:"who,by,name,author,person" example:"A nurse" help:"Who said them, as far as that may be told."`
	Country Ref      `yaml:"country" refers:"countries" example:"Malawi" help:"The country of the speaker."`
	Consent Consent  `yaml:"consent" check:"required" example:"given" help:"The basis on which they are shown: the speaker agreed, or the words were already public."`
	Source  Citation `yaml:"source" also:"sources,reference" refers:"references" example:"thet-2016" help:"Where the words were published; needed where consent is published."`
}

// Consent is the basis on which a quote is shown.
type Consent string

const (
	ConsentGiven     Consent = "given"     // the speaker agreed
	ConsentPublished Consent = "published" // the words were already public
)

func (Consent) Choices() []string { return []string{"given", "published"} }

// Synonyms implements [frontmatter.Synonyms].
func (Consent) Synonyms() map[string]string {
	return map[string]string{
		"yes": "given", "true": "given", "agreed": "given", "consented": "given", "public": "published",
		"verbal": "given", "oral": "given", "written": "given", "informed": "given", "signed": "given", "obtained": "given", "permission": "given",
	}
}

// Picture is the main picture of a case study.
type Picture struct {
	File    Ref            `yaml:"file" check:"required" also:"src,path,image" example:"ward.jpg" help:"The picture, a file beside this one."`
	Alt     string         `yaml:"alt" check:"required,max=300" also:"text,description,caption,title" example:"A ward with eight beds" help:"What it shows, for readers who do not see it."`
	Credit  string         `yaml:"credit" check:"required,max=200" also:"by,photographer,author,source,copyright" example:"Grace Banda" help:"Who made it."`
	Consent PictureConsent `yaml:"consent" check:"required" example:"no-people" help:"The basis on which it is shown: the people in it agreed, it was already public, or nobody can be recognised."`
}

// PictureConsent is the basis on which a picture is shown.
type PictureConsent string

const (
	PictureGiven     PictureConsent = "given"     // the people in it agreed
	PicturePublished PictureConsent = "published" // it was already public
	PictureNoPeople  PictureConsent = "no-people" // nobody can be recognised
)

func (PictureConsent) Choices() []string { return []string{"given", "published", "no-people"} }

// Synonyms implements [frontmatter.Synonyms].
func (PictureConsent) Synonyms() map[string]string {
	return map[string]string{
		"yes": "given", "true": "given", "agreed": "given", "consented": "given", "public": "published",
		"verbal": "given", "oral": "given", "written": "given", "informed": "given", "signed": "given", "obtained": "given",
		"none": "no-people", "nobody": "no-people", "no": "no-people", "notneeded": "no-people", "notapplicable": "no-people",
	}
}

// Evaluation says who judged the results.
type Evaluation string

const (
	SelfReported Evaluation = "self-reported"
	Internal     Evaluation = "internal"
	Independent  Evaluation = "independent"
	PeerReviewed Evaluation = "peer-reviewed"
)

func (Evaluation) Choices() []string {
	return []string{"self-reported", "internal", "independent", "peer-reviewed"}
}

// Synonyms implements [frontmatter.Synonyms].
func (Evaluation) Synonyms() map[string]string {
	return map[string]string{
		"external": "independent", "outside": "independent", "thirdparty": "independent", "self": "self-reported", "own": "self-reported", "byourselves": "self-reported",
		"university": "independent", "reviewed": "peer-reviewed", "refereed": "peer-reviewed", "inhouse": "internal",
	}
}

// Adapt is what somebody who wants to do the work elsewhere should know. Each list
// may be empty.
type Adapt struct {
	Needs        []string `yaml:"needs" example:"[a nurse who can be spared for training]" help:"What the work needs: people, equipment, permissions."`
	Keep         []string `yaml:"keep" example:"[the two-year contract]" help:"What should stay as it is, since the results depend on it."`
	Change       []string `yaml:"change" example:"[the teaching material]" help:"What has to be made to fit another place."`
	DidNotTravel []string `yaml:"did_not_travel" example:"[the rota of the first hospital]" help:"What was tried in another place and did not work there."`
}

// IsStated reports whether any list has an item.
func (a Adapt) IsStated() bool {
	return len(a.Needs)+len(a.Keep)+len(a.Change)+len(a.DidNotTravel) > 0
}

// Cost is what the work cost.
type Cost struct {
	Band     CostBand `yaml:"band" check:"required" also:"amount,total,sum,cost,price,value" example:"10k-100k" help:"The total in the currency, within a band."`
	Currency string   `yaml:"currency" check:"required,currency" example:"GBP" help:"The currency of the band, as ISO 4217 has it."`
	Year     Date     `yaml:"year" check:"required" also:"date,when,as_of" example:"2016" help:"The year of the prices."`
	PaidBy   string   `yaml:"paid_by" also:"funder,funders,funded_by,paid,who_paid,source" example:"a grant of the scheme" help:"Who paid."`
	Note     string   `yaml:"note" also:"notes,comment,includes" example:"without the time of volunteers" help:"What the band includes and what not."`
}

// Citation is a source: either the id of an entry in references.yaml, or a web
// page. Exactly one of Ref and Title is set.
type Citation struct {
	Ref      Ref    `yaml:",short"`
	Title    string `yaml:"title" check:"required" also:"name,text" example:"Annual report 2018" help:"What the source is called."`
	URL      string `yaml:"url" check:"url" also:"link,href,address,web" example:"\"https://example.org/report\"" help:"Its address on the web."`
	Accessed Date   `yaml:"accessed" also:"date,retrieved,seen" example:"2026-01-31" help:"When it was last seen there."`
}

// Author is a person or body that wrote the account.
type Author struct {
	Name  string `yaml:"name,short" check:"required" also:"author,person" parts:"title,given,given_name,first,first_name,forename,middle,family,family_name,last,last_name,surname" example:"Dr Grace Banda" help:"The name of the person or body."`
	ORCID string `yaml:"orcid" check:"orcid" example:"0000-0002-1825-0097" help:"The person's ORCID iD."`
}

// Withdrawal keeps the address of a case study that is no longer shown.
type Withdrawal struct {
	Date   Date   `yaml:"date" check:"required" also:"on,when" example:"2026-01-31" help:"When it was withdrawn."`
	Reason string `yaml:"reason" check:"required" also:"why,because" example:"The partners asked for it." help:"Why, in words for readers."`
}
