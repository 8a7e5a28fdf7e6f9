package advice

// The rules.

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebook/internal/content"
	"casebook/internal/library"
	"casebook/internal/markdown"
	"casebook/internal/problem"
	"casebook/internal/survey"
)

// rules returns the rules, the most serious first.
func rules() []rule {
	return []rule{
		{"patient-identifier", patients, false},
		{"people-consent", pictures, false},
		{"no-text", noText, true},
		{"one-sided", oneSided, true},
		{"unsourced-figure", unsourced, true},
		{"undated-figure", undated, true},
		{"summary-title", repeats, false},
		{"unknown-acronym", acronyms, false},
		{"heading-order", headings, false},
		{"link-text", links, false},
		{"hard-to-read", reading, false},
	}
}

// noText reports a case study without a text.
func noText(s Study) []finding {
	if strings.TrimSpace(s.Body.Text) != "" {
		return nil
	}
	return []finding{{
		at: problem.Position{Line: len(s.Lines), Column: 1}, message: "the case study has no text",
		hint: "below the line --- that ends the fields, write what was done, why, and what came of it",
	}}
}

var (
	nhsNumber = regexp.MustCompile(`\b\d{3}[ -]?\d{3}[ -]?\d{4}\b`)
	born      = regexp.MustCompile(`(?i)\b(?:born(?: on)?|d\.?o\.?b\.?|date of birth)[:,]? +(?:the +)?(?:\d{1,2}(?:st|nd|rd|th)? +\p{L}+ +\d{4}|\p{L}+ +\d{1,2},? +\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2})`)
	record    = regexp.MustCompile(`(?i)\b(?:hospital|patient|medical record|mrn|case ?notes?)(?: id| no\.?| number| #)[:.]? *[A-Z]{0,3}\d{4,}\b`)
	phone     = regexp.MustCompile(`(?:\+\d{1,3}[ -]?(?:\(0\)[ -]?)?\d{2,4}(?:[ -]?\d{3,4}){2}|\b0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4})\b`)
)

const digits = "0123456789"

// patients finds dates of birth, NHS numbers, numbers of hospitals and phone
// numbers.
func patients(s Study) []finding {
	var all []finding
	for _, text := range s.texts() {
		if !strings.ContainsAny(text, digits) { // each form has digits, and most texts have none
			continue
		}
		for _, kind := range []struct {
			form *regexp.Regexp
			what string
			is   func(string) bool
		}{
			{born, "a date of birth", nil},
			{record, "the number of a patient", nil},
			{nhsNumber, "an NHS number", isNHSNumber},
			{phone, "a phone number", func(text string) bool { return !isNHSNumber(text) }},
		} {
			for _, found := range kind.form.FindAllString(text, -1) {
				if kind.is == nil || kind.is(found) {
					all = append(all, finding{
						text: found, message: fmt.Sprintf("%q looks like %s, which may tell who somebody is", found, kind.what),
						hint: "take it out; an age in years or a year is enough for readers",
					})
				}
			}
		}
	}
	return all
}

// isNHSNumber reports whether a text is ten digits of which the last is the check
// digit of the others
// (https://www.datadictionary.nhs.uk/attributes/nhs_number.html).
func isNHSNumber(text string) bool {
	sum, n := 0, 0
	for _, r := range text {
		if r < '0' || r > '9' {
			continue
		}
		if n++; n < 10 {
			sum += int(r-'0') * (11 - n)
		} else if n == 10 {
			return sum > 0 && int(r-'0') == (11-sum%11)%11
		}
	}
	return false
}

var (
	people  = regexp.MustCompile(`(?i)\b(?:nurses?|patients?|doctors?|midwi(?:fe|ves)|child(?:ren)?|bab(?:y|ies)|m[ae]n|wom[ae]n|mothers?|fathers?|girls?|boys?|people|person|staff|students?|trainees?|volunteers?|team|participants?|surgeons?)\b`)
	consent = regexp.MustCompile(`(?i)\b(?:consent\w*|permission|agreed|stock|posed)\b`)
)

// pictures finds pictures of people without a word on consent in the caption, and a
// leading picture whose description and consent contradict each other.
func pictures(s Study) []finding {
	var all []finding
	if p := s.CaseStudy.CaseStudy.Picture; p.Consent == content.PictureNoPeople && people.MatchString(p.Alt) {
		all = append(all, finding{
			at: p.File.Position, message: "this picture shows people, and its consent says that nobody can be recognised",
			hint: "if they agreed, write consent: given",
		})
	}
	for i, link := range s.Body.Document.Links {
		if link.Kind == markdown.Image && people.MatchString(link.Text) && !consent.MatchString(link.Title) {
			all = append(all, finding{
				at: s.Body.Links[i], message: "this picture shows people, and nothing says that they agreed",
				hint: `if they did, say so in the caption: ![` + link.Text + `](` + link.Destination + ` "` + strings.TrimSpace(link.Title+" Shown with consent.") + `")`,
			})
		}
	}
	return all
}

// oneSided finds countries for which the case study names no benefit. The page of
// a programme is exempt: it works in many countries, and its case studies name
// their benefits.
func oneSided(s Study) []finding {
	if s.Kind == "programme" || len(s.Benefits) < len(s.CaseStudy.CaseStudy.Benefits) { // a name that is not known is reported already
		return nil
	}
	var names []string
	for _, country := range survey.Untold(s.CaseStudy) {
		names = append(names, country.Name)
	}
	if len(names) == 0 {
		return nil
	}
	all := names[0]
	if last := len(names) - 1; last > 0 {
		all = strings.Join(names[:last], ", ") + " and " + names[last]
	}
	hint := fmt.Sprintf("add to benefits a line %s: [what it gained], or %s: not reported", names[0], names[0])
	if len(names) > 1 {
		hint += ", and such a line for each other country"
	}
	return []finding{{text: "benefits:", message: fmt.Sprintf("the benefits of %s are missing, although those of another country are reported", all), hint: hint}}
}

// figure matches a number that is likely to be a result: one of three digits or
// more, or one with a per cent sign. It matches no year, date or part of an address.
var figure = regexp.MustCompile(`(?:^|[\s(£$€])(\d{1,3}(?:[,  ]\d{3})+\b|\d{3,}\b|\d+(?:\.\d+)? ?(?:%|per cent\b))`)

// unsourced finds figures of a case study that names no source, neither in its
// fields nor by a link.
func unsourced(s Study) []finding {
	if len(s.Sources) > 0 || slices.ContainsFunc(s.Body.Document.Links, func(l markdown.Link) bool { return strings.Contains(l.Destination, "://") }) {
		return nil
	}
	var all []finding
	for _, number := range s.figures() {
		all = append(all, finding{
			text: number, message: fmt.Sprintf("no source is given for the figure %s", number),
			hint: fmt.Sprintf("add indicators: [{name: what it counts, value: \"%s\", as_of: the year, source: id of references.yaml}]", number),
		})
	}
	return all
}

// figures returns the figures of the text that no indicator has.
func (s Study) figures() []string {
	var all []string
	for text := range strings.SplitSeq(s.Body.Text, "\n") {
		if !strings.ContainsAny(text, digits) {
			continue
		}
		for _, other := range []*regexp.Regexp{born, record, nhsNumber, phone} { // reported by patients
			text = other.ReplaceAllString(text, "")
		}
		for _, found := range figure.FindAllStringSubmatch(text, -1) {
			number := found[1]
			isTold := slices.ContainsFunc(s.Indicators, func(i content.Indicator) bool { return string(i.Value) == number })
			if !isTold && year.FindString(number) != number {
				all = append(all, number)
			}
		}
	}
	return all
}

// year matches a year of the last century or this one.
var year = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// undated finds the first figure of a case study without a year in its text, its
// fields and its sources. If there are no sources, it finds nothing, because the
// advice of unsourced also asks for the date.
func undated(s Study) []finding {
	hasDate := len(s.Years) > 0 || s.DescribedIn > 0 || slices.ContainsFunc(s.texts(), year.MatchString) ||
		slices.ContainsFunc(s.Indicators, func(i content.Indicator) bool { return i.AsOf.Year > 0 })
	if hasDate { // true of most case studies; figures is the slowest function of this package
		return nil
	}
	figures := s.figures()
	if len(figures) == 0 || len(unsourced(s)) > 0 {
		return nil
	}
	return []finding{{
		text: figures[0], message: fmt.Sprintf("the figure %s has no date, and nothing in the case study says when the work took place", figures[0]),
		hint: "add a line start: with the year in which the work began, or write the year beside the figure",
	}}
}

// repeats finds a summary whose words are all in the title.
func repeats(s Study) []finding {
	if s.Excerpted || s.Summary == "" {
		return nil
	}
	title := strings.Fields(library.SortKey(s.Title))
	for _, word := range strings.Fields(library.SortKey(s.Summary)) {
		if !slices.Contains(title, word) {
			return nil
		}
	}
	return []finding{{text: "summary:", message: "the summary only repeats the title", hint: "say in one sentence what was done and what came of it, or delete the summary: the first paragraph is used instead"}}
}

// acronym matches an acronym: three to six capital letters.
var acronym = regexp.MustCompile(`\b[A-Z][A-Z]{2,5}\b`)

// common lists acronyms that are better known than the words they abbreviate.
var common = []string{"AIDS", "BBC", "COVID", "CSV", "CEO", "DNA", "HIV", "ISO", "MRI", "NGO", "NHS", "PDF", "RNA", "SARS", "UNICEF", "USA", "USD", "GBP", "EUR", "WHO", "UNESCO", "THE", "AND", "NOT"}

// acronyms finds acronyms that neither the case study nor the names of
// organisations explain.
func acronyms(s Study) []finding {
	all := s.texts()
	text := strings.Join(all, "\n")
	var found []finding
	seen := map[string]bool{}
	for _, word := range acronym.FindAllString(text, -1) {
		if word == "TODO" || strings.Trim(word, "X") == "" || seen[word] || s.Known[word] || slices.Contains(common, word) || isRoman(word) || isSpelledOut(text, word) || strings.Contains(text, "[!"+word+"]") {
			continue
		}
		seen[word] = true
		found = append(found, finding{text: word, message: word + " is not spelled out", hint: fmt.Sprintf("write the words once, such as: the words (%s)", word)})
	}
	return found
}

// isSpelledOut reports whether a text explains an acronym: by words that begin
// with its letters, or in brackets.
func isSpelledOut(text, acronym string) bool {
	if strings.Contains(text, "("+acronym) || strings.Contains(text, acronym+" (") {
		return true
	}
	var initials, all []byte
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		if utf8.RuneCountInString(word) < 2 || word == strings.ToUpper(word) {
			continue
		}
		first := strings.ToUpper(word)[0]
		all = append(all, first)
		if unicode.IsUpper([]rune(word)[0]) || !slices.Contains([]string{"of", "the", "and", "for", "in"}, word) {
			initials = append(initials, first)
		}
	}
	return strings.Contains(string(initials), acronym) || strings.Contains(string(all), acronym)
}

func isRoman(word string) bool { return strings.Trim(word, "IVXLCDM") == "" }

var mark = regexp.MustCompile("^(#{1,6})[ \t]+(.*)")

// headings finds headings that skip a level.
func headings(s Study) []finding {
	var all []finding
	level, fenced := 0, false
	for i, line := range s.Lines {
		if strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~") {
			fenced = !fenced
		}
		found := mark.FindStringSubmatch(line)
		if fenced || found == nil || !slices.ContainsFunc(s.Body.Headings, func(h markdown.Heading) bool { return strings.HasPrefix(found[2], h.Text) }) {
			continue
		}
		next := len(found[1])
		if level > 0 && next > level+1 {
			all = append(all, finding{
				at: problem.Position{Line: i + 1, Column: 1}, message: fmt.Sprintf("this heading is of level %d, and the one before it is of level %d", next, level),
				hint: "write " + strings.Repeat("#", level+1) + " " + found[2],
			})
		}
		level = next
	}
	return all
}

// links finds links such as "here".
func links(s Study) []finding {
	var all []finding
	for i, link := range s.Body.Document.Links {
		switch words := library.SortKey(link.Text); words {
		case "here", "click here", "this", "this link", "link", "read more", "more", "this page", "website", "this website", "page":
			all = append(all, finding{
				at: s.Body.Links[i], message: fmt.Sprintf("%q does not say where the link leads", link.Text),
				hint: "make a link of the words that do, such as [the plan of 2018](…)",
			})
		}
	}
	return all
}

// Readability is measured by LIX: the number of words per sentence, plus the
// percentage of words of more than six letters (C.-H. Björnsson, Läsbarhet, 1968).
// Texts above 60 are as hard to read as legislation.
const (
	tooHard  = 65
	minWords = 100 // a shorter text gives no reliable value
)

func reading(s Study) []finding {
	words, long, sentences := 0, 0, 0
	for text := range strings.SplitSeq(s.Body.Text, "\n") {
		all := strings.Fields(text)
		if len(all) < 8 { // a heading, or an item of a list
			continue
		}
		for i, word := range all {
			letters := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			words++
			if utf8.RuneCountInString(letters) > 6 {
				long++
			}
			if end := strings.TrimRight(word, `"'”’)`); i == len(all)-1 || strings.HasSuffix(end, ".") || strings.HasSuffix(end, "?") || strings.HasSuffix(end, "!") || strings.HasSuffix(end, ":") {
				sentences++
			}
		}
	}
	if words < minWords {
		return nil
	}
	lix := words/max(1, sentences) + 100*long/words
	if !s.English || lix <= tooHard {
		return nil
	}
	return []finding{{
		message: fmt.Sprintf("the text is hard to read: it has %d words per sentence, and %d of 100 words have more than six letters", words/max(1, sentences), 100*long/words),
		hint:    "divide long sentences, and use the words that you would say",
	}}
}
