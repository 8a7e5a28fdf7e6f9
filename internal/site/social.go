// Social cards: pictures that messengers and social networks show beside a
// link.

package site

import (
	"strings"

	"casebook/internal/drawing"
	"casebook/internal/library"
)

// socialCard is the file name of a page's social card, in the folder of the
// page.
const socialCard = "social-card.png"

// SocialCard is a picture that messengers and social networks show beside a link.
type SocialCard struct {
	Path string       // of the picture: "/cases/x/social-card.png"
	Card drawing.Card // its colours are not set
}

// SocialCards returns the cards that package export draws: one for the site,
// and one for each case study unless there are too many of them (see
// HasOwnFiles). A title with letters that cannot be drawn has no card.
func (s *Site) SocialCards() []SocialCard {
	if !hasSocialCards(s.library, s.BaseURL) {
		return nil
	}
	title := s.library.Site.Title
	var all []SocialCard
	if drawing.CanDraw(title) {
		all = append(all, SocialCard{"/" + socialCard, drawing.Card{Site: oneLine(s.library.Site.Tagline), Title: oneLine(title)}})
	}
	for _, c := range s.library.Cases {
		if hasOwnCard(s.library, c) {
			all = append(all, SocialCard{s.at.caseStudy(c.ID) + socialCard, cardOf(title, c)})
		}
	}
	return all
}

func hasSocialCards(lib *library.Library, baseURL string) bool {
	return baseURL != "" && lib.Site.SocialCards
}

func hasOwnCard(lib *library.Library, c *library.CaseStudy) bool {
	return hasOwnFiles(lib) && drawing.CanDraw(c.Title)
}

func cardOf(site string, c *library.CaseStudy) drawing.Card {
	card := drawing.Card{Site: oneLine(site), Title: oneLine(c.Title)}
	var countries []string
	for _, country := range c.Countries {
		countries = append(countries, country.Name)
	}
	card.Note = strings.Join(countries, " · ")
	if len(c.Principles) > 0 {
		card.Topic, card.Number = oneLine(c.Principles[0].Title), c.Principles[0].Number
	}
	return card
}

// siteCard returns the absolute address of the card of the site, or "" if there is
// none.
func siteCard(lib *library.Library, baseURL string) string {
	if !hasSocialCards(lib, baseURL) || !drawing.CanDraw(lib.Site.Title) {
		return ""
	}
	return strings.TrimSuffix(baseURL, "/") + "/" + socialCard
}

// caseCard returns the absolute address of the card of a case study.
func (m *maker) caseCard(b Base, c *library.CaseStudy) string {
	if !hasSocialCards(m.lib, m.opts.BaseURL) || !hasOwnCard(m.lib, c) {
		return b.SocialCard
	}
	return b.Canonical + socialCard
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
