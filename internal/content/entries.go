package content

// The fields of all kinds of content other than case studies.

// Principle is one principle of a set, with its hallmarks.
type Principle struct {
	Source
	PrincipleFields

	Hallmarks []Hallmark `yaml:"hallmarks" example:"[{id: stable-governance, title: \"Clear, stable governance\"}]" help:"The hallmarks of good practice of this principle."`
	Sources   []Citation `yaml:"sources" refers:"references" example:"[thet-2016]" help:"Where the principle comes from."`
	Aliases   []Ref      `yaml:"aliases" check:"path" example:"[/principles/old-name/]" help:"Old addresses of the page, which lead to it."`
}

// PrincipleFields are the fields of a principle that its page shows as written.
type PrincipleFields struct {
	Number   int    `yaml:"number" check:"required" also:"order,weight,position" example:"1" help:"Its position in the set, from 1."`
	Title    string `yaml:"title" check:"required,max=200" also:"name,heading" example:"Strategic" help:"What the principle is called."`
	Summary  string `yaml:"summary" check:"max=300" also:"description,abstract,excerpt" example:"Partnerships have a shared vision." help:"One or two sentences for lists; without it, the first paragraph of the text."`
	Problem  string `yaml:"problem" check:"max=60" example:"When people leave" help:"The problem that it answers, in 4 to 8 words, for the home page; without it, the question."`
	Question string `yaml:"question" example:"Do we agree on why we work together?" help:"The problem that it answers, as a question in plain words."`
	Set      string `yaml:"set" example:"thet-2016" help:"The edition of the principles that it belongs to; principle_set of site.yaml says which one is shown."`
	Lang     string `yaml:"lang" check:"lang" also:"language,locale" example:"en" help:"The language of the text, a BCP 47 tag; without it, the language of the site."`
}

// Hallmark is one sign of good practice of a principle.
type Hallmark struct {
	ID string `yaml:"id" check:"required,id" example:"stable-governance" help:"What case studies name it by, and part of its address."`
	HallmarkFields

	Aliases []Ref    `yaml:"aliases" check:"path" example:"[/principles/strategic/old-name/]" help:"Old addresses of the page, which lead to it."`
	At      Position `yaml:"-"`
}

// HallmarkFields are the fields of a hallmark that its page shows as written.
type HallmarkFields struct {
	Title    string `yaml:"title" check:"required,max=200" also:"name,label" example:"\"Clear, stable governance\"" help:"What the hallmark is called."`
	Summary  string `yaml:"summary" check:"max=300" also:"description,abstract,excerpt" example:"Structures carry the partnership." help:"One or two sentences that say what it is."`
	Question string `yaml:"question" example:"\"Who would take over from each key person?\"" help:"A question with which a partnership checks itself."`
	Basis    Basis  `yaml:"principle_basis" default:"source" help:"Who put it under this principle."`
}

// Basis says who put a hallmark under its principle.
type Basis string

const (
	BasisSource Basis = "source"
	BasisEditor Basis = "editor"
)

func (Basis) Choices() []string { return []string{"source", "editor"} }

// Resource is a tool, template or guidance that helps with hallmarks.
type Resource struct {
	Source
	ResourceFields

	Hallmarks  []ResourceLink `yaml:"hallmarks" example:"[{id: stable-governance, why: It has a form for roles.}]" help:"The hallmarks that it helps with, and why."`
	Attachment Ref            `yaml:"file" also:"attachment,download" example:"charter.pdf" help:"The name of a file beside this one, to download; give this or url."`
	Sources    []Citation     `yaml:"sources" refers:"references" example:"[thet-2016]" help:"Where it is described."`
	Aliases    []Ref          `yaml:"aliases" check:"path" example:"[/resources/old-name/]" help:"Old addresses of the page, which lead to it."`
}

// ResourceFields are the fields of a resource that its page shows as written.
type ResourceFields struct {
	Title       string       `yaml:"title" check:"required,max=200" also:"name,heading" example:"Charter for partnerships" help:"What the resource is called."`
	Summary     string       `yaml:"summary" check:"max=300" also:"description,abstract,excerpt" example:"What partners promise each other." help:"One or two sentences for lists; without it, the first paragraph of the text."`
	Type        ResourceType `yaml:"type" check:"required" also:"kind,category" example:"guidance" help:"What kind of resource it is."`
	URL         string       `yaml:"url" check:"url" also:"link,href,address" example:"\"https://example.org/charter\"" help:"Its address on the web."`
	Format      string       `yaml:"format" example:"PDF, 12 pages" help:"The format and size of what the address leads to."`
	LastChecked Date         `yaml:"last_checked" also:"checked,date" example:"2026-01-31" help:"When somebody last saw that the address works."`
	Lang        string       `yaml:"lang" check:"lang" also:"language,locale" example:"en" help:"The language of the resource, a BCP 47 tag; without it, the language of the site."`
	Licence     string       `yaml:"licence" check:"licence" also:"license,rights" example:"CC-BY-4.0" help:"The licence of the resource, an SPDX identifier."`
	Draft       bool         `yaml:"draft" also:"hidden,unpublished" example:"true" help:"Keeps the resource out of the published site while it is true."`
}

// ResourceLink links a resource to a hallmark, and says why.
type ResourceLink struct {
	Hallmark Ref    `yaml:"id" check:"required" also:"hallmark,name" refers:"hallmarks" example:"stable-governance" help:"The hallmark, by id or title."`
	Why      string `yaml:"why" check:"required" also:"reason,because" example:"It has a form for roles." help:"How the resource helps with it."`
}

// ResourceType is the type of a resource.
type ResourceType string

// ResourceTypes returns all types, in the order in which readers see them.
func ResourceTypes() []ResourceType {
	return []ResourceType{"template", "guidance", "tool", "checklist", "publication"}
}

func (ResourceType) Choices() []string {
	var names []string
	for _, t := range ResourceTypes() {
		names = append(names, string(t))
	}
	return names
}

// Synonyms implements [frontmatter.Synonyms].
func (ResourceType) Synonyms() map[string]string {
	return map[string]string{
		"guide": "guidance", "guideline": "guidance", "guidelines": "guidance", "handbook": "guidance", "manual": "guidance", "policy": "guidance",
		"toolkit": "tool", "software": "tool", "app": "tool", "form": "template", "example": "template", "list": "checklist",
		"report": "publication", "article": "publication", "paper": "publication", "book": "publication", "study": "publication", "research": "publication",
	}
}

// Synonyms are words and phrases that the search treats as the same. They are an
// entry of synonyms.yaml, which is a list of lists.
type Synonyms struct {
	Source

	Phrases []Ref `yaml:"phrases" check:"required" example:"[brain drain, migration of health workers]" help:"Words and phrases that mean the same to a search, written as the list alone, without the name of the field."`
}

// Page is a page of text, such as "About".
type Page struct {
	Source
	PageFields

	Aliases []Ref `yaml:"aliases" check:"path" example:"[/old-name/]" help:"Old addresses of the page, which lead to it."`
}

// PageFields are the fields of a page that are shown as written.
type PageFields struct {
	Title   string `yaml:"title" check:"required,max=200" also:"name,heading" example:"About" help:"What the page is called."`
	Summary string `yaml:"summary" check:"max=300" also:"description,abstract,excerpt" example:"Who keeps this knowledge base." help:"One or two sentences for search; without it, the first paragraph of the text."`
	Lang    string `yaml:"lang" check:"lang" also:"language,locale" example:"en" help:"The language of the text, a BCP 47 tag; without it, the language of the site."`
	Draft   bool   `yaml:"draft" also:"hidden,unpublished" example:"true" help:"Keeps the page out of the published site while it is true."`
}

// Term is an entry of a vocabulary that has only names, such as disciplines.
// Source.Class says which vocabulary it belongs to.
type Term struct {
	Source

	Label       string   `yaml:"label" check:"required" also:"name,title" example:"Midwifery" help:"What readers see."`
	Alternative []string `yaml:"alternative" also:"aliases,synonyms,other_names" example:"[midwives, maternity]" help:"Other words for it, which case studies may write and readers search for."`
}

// Labels returns the label of a term and its other names: its id and its
// alternative labels.
func (t *Term) Labels() (label string, others []string) {
	return t.Label, append([]string{t.ID}, t.Alternative...)
}

// Organisation is an entry of organisations.yaml. A standing partnership is an
// organisation of type "partnership" with members.
type Organisation struct {
	Source
	OrganisationFields

	Country   Ref   `yaml:"country" refers:"countries" example:"Tanzania" help:"The country where it is based."`
	Members   []Ref `yaml:"members" refers:"organisations" example:"[mirembe-hospital, cnwl]" help:"The organisations that make up a standing partnership."`
	Successor Ref   `yaml:"successor" refers:"organisations" example:"global-health-partnerships" help:"The organisation that goes on with its work."`
}

// OrganisationFields are the fields of an organisation that its page shows as
// written.
type OrganisationFields struct {
	Name  string   `yaml:"name" check:"required" also:"label,title" example:"Mirembe Hospital" help:"What readers see."`
	Names []string `yaml:"aliases" also:"alternative,other_names,former_names,synonyms" example:"[\"Mirembe Mental Health Hospital, Dodoma\"]" help:"Other and former names, which case studies may write and readers search for."`
	Type  string   `yaml:"type" also:"kind,category" example:"hospital" help:"What kind of organisation it is; partnership for a standing partnership."`
	URL   string   `yaml:"url" check:"url" also:"link,website,web" example:"\"https://example.org/\"" help:"Its address on the web."`
	Ended Date     `yaml:"ended" also:"end,closed" example:"2019" help:"When it ceased to be, or took another name."`
}

// Labels returns the name of an organisation and its other names: its id and its
// aliases.
func (o *Organisation) Labels() (name string, others []string) {
	return o.Name, append([]string{o.ID}, o.Names...)
}

// PartnershipType is the type of an organisation that is a standing partnership.
const PartnershipType = "partnership"

// Reference is an entry of references.yaml: a CSL item in the format of Zotero and
// pandoc (https://docs.citationstyles.org/en/stable/specification.html, appendix
// III and IV).
type Reference struct {
	Source

	Type           ReferenceType `yaml:"type" check:"required" also:"kind,itemtype" example:"article-journal" help:"What kind of publication it is, a CSL type."`
	Title          string        `yaml:"title" check:"required" also:"name" example:"In our mutual interest" help:"Its title."`
	Authors        []Name        `yaml:"author" also:"authors,by,writer,creator" example:"[{family: Banda, given: Grace}]" help:"Who wrote it."`
	Editors        []Name        `yaml:"editor" also:"editors" example:"[{literal: THET}]" help:"Who edited it."`
	Issued         Date          `yaml:"issued" also:"year,date,published,pubdate,publicationyear" example:"2016-11" help:"When it was published."`
	Accessed       Date          `yaml:"accessed" also:"urldate,retrieved,accessdate,visited,seen" example:"2026-01-31" help:"When it was last seen at its address."`
	ContainerTitle string        `yaml:"container-title" also:"journal,journaltitle,journalname,booktitle,book,publication,publicationtitle,periodical,magazine,newspaper,proceedings,conference" example:"BMC Health Services Research" help:"The journal or book that it is part of."`
	Volume         string        `yaml:"volume" also:"vol" example:"6" help:"The volume of the journal."`
	Issue          string        `yaml:"issue" also:"no" example:"2" help:"The issue of the journal."`
	Number         string        `yaml:"number" also:"reportnumber" example:"12" help:"The number of a report."`
	Page           string        `yaml:"page" also:"pages,pp,pagerange" example:"101–109" help:"Its pages."`
	Publisher      string        `yaml:"publisher" also:"institution,organisation,organization,school,university" example:"THET" help:"Who published it."`
	PublisherPlace string        `yaml:"publisher-place" also:"place,city,town,address,location" example:"London" help:"The town of the publisher."`
	Genre          string        `yaml:"genre" also:"thesistype,reporttype" example:"Evaluation" help:"What kind of report or thesis it is."`
	DOI            string        `yaml:"DOI" check:"doi" example:"10.1000/182" help:"Its digital object identifier."`
	ISBN           string        `yaml:"ISBN" check:"isbn" example:"978-0-00-000000-2" help:"The number of a book."`
	ISSN           string        `yaml:"ISSN" check:"issn" example:"1472-6963" help:"The number of a journal."`
	URL            string        `yaml:"URL" check:"url" also:"link,href,web,website" example:"\"https://example.org/report\"" help:"Its address on the web."`
	Language       string        `yaml:"language" also:"lang,locale" example:"en" help:"The language that it is written in."`
	Abstract       string        `yaml:"abstract" example:"What twelve partnerships learned." help:"What it is about."`
	Note           string        `yaml:"note" also:"notes,comment" example:"With a foreword." help:"Anything else about it."`
}

// Name is a CSL name: a person or, in Literal, an organisation. "Ludwig van
// Beethoven" has the Particle "van".
type Name struct {
	Family   string `yaml:"family" also:"last,lastname,surname,familyname" example:"Banda" help:"The family name."`
	Given    string `yaml:"given" also:"first,firstname,forename,initials,givenname,givennames" example:"Grace" help:"The given names."`
	Particle string `yaml:"non-dropping-particle" example:"van" help:"A part of the family name by which it is sorted."`
	Dropping string `yaml:"dropping-particle" example:"von" help:"A part of the family name by which it is not sorted."`
	Suffix   string `yaml:"suffix" example:"Jr." help:"What comes after the name."`
	Literal  string `yaml:"literal,short" also:"name,fullname" example:"THET" help:"The whole name of a body."`
}

// Site is site.yaml: the settings of the whole site.
type Site struct {
	Source

	Title        string           `yaml:"title" check:"required,max=200" also:"name" example:"Partnership case studies" help:"What the knowledge base is called."`
	Tagline      string           `yaml:"tagline" also:"subtitle,description,summary" example:"What works, principle by principle" help:"One line below the title on the home page."`
	BaseURL      string           `yaml:"base_url" check:"base-url" also:"baseurl,url,site_url" example:"\"https://example.org/casebook/\"" help:"Where the site is published."`
	Language     string           `yaml:"language" check:"lang" default:"en" also:"lang,locale,languagecode" help:"The language of the pages and of the theme's words, a BCP 47 tag."`
	Licence      string           `yaml:"licence" check:"licence" also:"license,rights,copyright" example:"CC-BY-4.0" help:"The licence of the content, an SPDX identifier."`
	Contact      string           `yaml:"contact" check:"contact" also:"email,mail" example:"editors@example.org" help:"An e-mail or web address for corrections and removal, shown on every page."`
	EditURL      string           `yaml:"edit_url" check:"edit-url" also:"repo,repository,edit_uri" example:"\"https://example.org/edit/main/content/\"" help:"The address of the folder content/ where contributors edit it; each page then links to its file and, on GitHub, GitLab, Gitea or Forgejo, to a new issue about it."`
	Featured     Ref              `yaml:"featured" refers:"cases" example:"stable-wards" help:"The case study that the home page shows first."`
	Logo         Ref              `yaml:"logo" example:"logo.png" help:"A picture beside site.yaml that stands before the title at the head of every page."`
	Favicon      Ref              `yaml:"favicon" also:"icon" example:"icon.png" help:"A square picture beside site.yaml, at least 512 pixels wide, for tabs, bookmarks and home screens; without it an icon is drawn from the title."`
	Offline      bool             `yaml:"offline" example:"true" help:"Whether the browsers of readers keep the pages that they read, and the search, for when there is no connection."`
	SocialCards  bool             `yaml:"social_cards" default:"true" help:"Whether pages have a picture of their title for messengers and social networks, which show it beside a link; it needs base_url."`
	Footer       string           `yaml:"footer" check:"max=300" example:"A project of two hospitals." help:"A text at the foot of every page."`
	Pages        []Ref            `yaml:"pages" refers:"pages" example:"[about, contribute]" help:"The order of the pages of text at the foot of every page; those not named follow."`
	Navigation   []NavigationItem `yaml:"navigation" also:"nav,menu,menus" example:"[{label: Principles, path: /principles/}]" help:"The links of the main navigation, in order."`
	PageSize     int              `yaml:"page_size" default:"25" also:"paginate,per_page,pagesize" help:"How many case studies one page of a list shows."`
	Theme        string           `yaml:"theme" example:"own" help:"A folder of themes/, whose files replace those of the default theme."`
	PrincipleSet Ref              `yaml:"principle_set" example:"thet-2016" help:"The set of principles that is shown, where there are several."`
	Terms        Terms            `yaml:"terms" example:"{hallmark: {one: indicator, other: indicators}}" help:"What you call the main things, where you call them otherwise: on pages, in addresses and in messages."`
	Countries    CountryNames     `yaml:"countries" refers:"countries" example:"{MM: Myanmar}" help:"Names of countries, by ISO code, where you prefer others."`
}

// CountryNames are names of countries to show instead of those of CLDR, in the
// order written.
type CountryNames []CountryName

// CountryName is a country and its name on this site.
type CountryName struct{ Country, Name Ref }

// NavigationItem is a link of the main navigation.
type NavigationItem struct {
	Label string `yaml:"label" check:"required" also:"title,name,text" example:"Principles" help:"The words of the link."`
	Path  Ref    `yaml:"path" check:"required" also:"url,href,link,address" example:"/principles/" help:"A page of this site, or the address of another site."`
}
