// Package answers lets other programs, such as assistants, query a knowledge base
// by the Model Context Protocol (https://modelcontextprotocol.io). They can search,
// list, get and cite. The answers come from the library and the search index of the
// site, and each has the address of its page. What the site does not show, such as
// a withdrawn case study, is in neither, so no answer contains it.
package answers

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"casebook/internal/citation"
	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/search"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Options hold what answers are made from.
type Options struct {
	Library   *library.Library                // required
	Index     *search.Index                   // required: of the same library
	Documents []search.Document               // required: those of the index
	Labels    map[search.Group][]search.Value // required: the values of the filters
	BaseURL   string                          // of the site; empty means that of site.yaml, and without that, addresses are paths
	Version   string                          // of the program
}

// NewServer returns a server that runs over any transport of the protocol.
func NewServer(opts Options) *mcp.Server {
	s := &server{opts, map[string]search.Document{}}
	for _, d := range opts.Documents {
		s.documents[d.ID] = d
	}
	made := mcp.NewServer(&mcp.Implementation{Name: "casebook", Title: opts.Library.Site.Title, Version: opts.Version}, nil)
	tool := func(name, description string) *mcp.Tool {
		return &mcp.Tool{Name: name, Description: opts.Library.Site.Terms.Rename(description), Annotations: &mcp.ToolAnnotations{ReadOnlyHint: true}}
	}
	mcp.AddTool(made, tool("search", "Search the pages of the knowledge base for words. \"Quoted phrases\" are exact; spelling mistakes are forgiven."), s.search)
	mcp.AddTool(made, tool("list", "List the pages that have these values, without searching for words. Without any value, list the values that there are."), s.list)
	mcp.AddTool(made, tool("get", "Get the text of one page, with the sources of a case study."), s.get)
	mcp.AddTool(made, tool("cite", "Get the bibliographic record of a case study."), s.cite)
	return made
}

type server struct {
	Options
	documents map[string]search.Document // by id
}

// Page is one page of the site in an answer.
type Page struct {
	ID      string   `json:"id" jsonschema:"what get and cite ask for"`
	Address string   `json:"address" jsonschema:"where readers find the page"`
	Title   string   `json:"title"`
	Summary string   `json:"summary,omitempty"`
	Details []string `json:"details,omitempty"`
}

// Pages is the answer of search and list.
type Pages struct {
	Total  int                 `json:"total" jsonschema:"how many pages match, of which the best are listed"`
	Pages  []Page              `json:"pages"`
	Values map[string][]string `json:"values,omitempty" jsonschema:"the values that pages can be listed by"`
}

// Filters are the values that pages must have, by their ids.
type Filters struct {
	Principle  string `json:"principle,omitempty"`
	Country    string `json:"country,omitempty"`
	Discipline string `json:"discipline,omitempty"`
	Limit      int    `json:"limit,omitempty" jsonschema:"how many pages, 1 to 50; 10 if missing"`
}

// Question is what to search for.
type Question struct {
	Words string `json:"words"`
	Filters
}

func (s *server) search(ctx context.Context, _ *mcp.CallToolRequest, in Question) (*mcp.CallToolResult, Pages, error) {
	if !search.HasWords(in.Words) {
		return nil, Pages{}, fmt.Errorf("say which words to search for, or use list")
	}
	pages, err := s.query(ctx, in.Words, in.Filters)
	return nil, pages, err
}

func (s *server) list(ctx context.Context, _ *mcp.CallToolRequest, in Filters) (*mcp.CallToolResult, Pages, error) {
	if in.Principle == "" && in.Country == "" && in.Discipline == "" {
		all := Pages{Pages: []Page{}, Values: map[string][]string{}}
		for _, g := range []search.Group{search.Principle, search.Country, search.Discipline} {
			for _, v := range s.Labels[g] {
				all.Values[g.String()] = append(all.Values[g.String()], v.ID)
			}
		}
		return nil, all, nil
	}
	pages, err := s.query(ctx, "", in)
	return nil, pages, err
}

func (s *server) query(ctx context.Context, words string, in Filters) (Pages, error) {
	request := search.Request{Text: words, Limit: min(max(in.Limit, 0), 50), Filters: map[search.Group][]string{}}
	if request.Limit == 0 {
		request.Limit = 10
	}
	for g, value := range map[search.Group]string{search.Principle: in.Principle, search.Country: in.Country, search.Discipline: in.Discipline} {
		if value != "" {
			request.Filters[g] = []string{value}
		}
	}
	found, err := s.Index.Query(ctx, request)
	if err != nil {
		return Pages{}, err
	}
	pages := Pages{Total: found.Total, Pages: []Page{}}
	for _, h := range found.Hits {
		pages.Pages = append(pages.Pages, s.page(h.Document))
	}
	return pages, nil
}

// Choice names one page.
type Choice struct {
	ID string `json:"id" jsonschema:"id of a page as search and list give it, such as cases/some-case/"`
}

// Whole is the text of a page.
type Whole struct {
	Page
	Text    string   `json:"text"`
	Licence string   `json:"licence,omitempty"`
	Sources []string `json:"sources,omitempty" jsonschema:"what the account of a case study is taken from"`
}

func (s *server) get(_ context.Context, _ *mcp.CallToolRequest, in Choice) (*mcp.CallToolResult, Whole, error) {
	d, ok := s.document(in.ID)
	if !ok {
		return nil, Whole{}, notFound(in.ID)
	}
	whole := Whole{Page: s.page(d), Text: strings.TrimSpace(d.Body + "\n\n" + d.Beside), Licence: s.Library.Site.Licence}
	if c := s.caseOf(d); c != nil {
		whole.Licence = cmp.Or(c.Licence, whole.Licence)
		for _, source := range c.Sources {
			whole.Sources = append(whole.Sources, cmp.Or(source.Ref.Text, strings.TrimSpace(source.Title+" "+source.URL)))
		}
	}
	return nil, whole, nil
}

// Wanted names a case study and a format.
type Wanted struct {
	Choice
	Format string `json:"format,omitempty" jsonschema:"bibtex, ris or csl-json; bibtex if missing"`
}

// Record is a bibliographic record.
type Record struct {
	Address string `json:"address"`
	Record  string `json:"record"`
}

func (s *server) cite(_ context.Context, _ *mcp.CallToolRequest, in Wanted) (*mcp.CallToolResult, Record, error) {
	d, ok := s.document(in.ID)
	c := s.caseOf(d)
	if !ok || c == nil {
		return nil, Record{}, notFound(in.ID)
	}
	site := s.Library.Site
	record := citation.Of(c.CaseStudy, citation.Publication{Title: site.Title, Address: s.address(d.ID), Lang: site.Language, Terms: site.Terms})
	text, err := format(record, cmp.Or(in.Format, "bibtex"))
	return nil, Record{s.address(d.ID), text}, err
}

func format(record *content.Reference, name string) (string, error) {
	switch name {
	case "bibtex":
		return string(citation.BibTeX(record)), nil
	case "ris":
		return string(citation.RIS(record)), nil
	case "csl-json":
		data, err := citation.CSL(record)
		return string(data), err
	default:
		return "", fmt.Errorf("format is %q: ask for bibtex, ris or csl-json", name)
	}
}

func (s *server) page(d search.Document) Page {
	return Page{d.ID, s.address(d.ID), d.Title, d.Summary, d.Details}
}

func (s *server) address(id string) string {
	base := cmp.Or(s.BaseURL, s.Library.Site.BaseURL)
	return strings.TrimSuffix(base, "/") + "/" + id
}

// document returns the document of a page, by its own id or by the id of its case
// study.
func (s *server) document(id string) (search.Document, bool) {
	if d, ok := s.documents[id]; ok {
		return d, true
	}
	d, ok := s.documents[s.folder()+id+"/"]
	return d, ok
}

// caseOf returns the case study that a page is about, or nil.
func (s *server) caseOf(d search.Document) *library.CaseStudy {
	for _, c := range s.Library.Cases {
		if d.ID == s.folder()+c.ID+"/" {
			return c
		}
	}
	return nil
}

// folder returns the folder of the pages of case studies.
func (s *server) folder() string { return s.Library.Site.Terms.Slugs().CaseStudy.Other + "/" }

func notFound(id string) error {
	return fmt.Errorf("there is no page %q: take an id that search or list gives", id)
}
