package content

// Identifiers of publications and of people, most of which end in a check character.

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"casebook/internal/frontmatter"
)

// checkORCID accepts an iD such as 0000-0002-1825-0097, alone or as an address, and
// returns the iD alone. Its last character is a checksum (ISO 7064 mod 11-2, see
// https://support.orcid.org/hc/en-us/articles/360006897674).
func checkORCID(text string) (string, *frontmatter.Mistake) {
	const hint = "copy it from the person's own page on orcid.org; it has the form 0000-0000-0000-0000"
	id := strings.ToUpper(text)
	for _, prefix := range []string{"HTTPS://ORCID.ORG/", "HTTP://ORCID.ORG/", "ORCID.ORG/"} {
		id = strings.TrimPrefix(id, prefix)
	}
	digits := plainDigits(id)
	if !formats["orcid"].matches(text) {
		hint, instead := hint, ""
		if orcidFits(digits) {
			instead = digits[:4] + "-" + digits[4:8] + "-" + digits[8:12] + "-" + digits[12:]
			hint = "write " + instead
		}
		return mistake("bad-orcid", fmt.Sprintf("%q is not an ORCID iD", frontmatter.Shorten(text)), hint, instead)
	}
	if !orcidFits(digits) {
		return mistake("bad-orcid", fmt.Sprintf("%q has a mistake in it: its last character does not fit the others", frontmatter.Shorten(text)), hint, "")
	}
	return id, nil
}

// orcidFits reports whether a text is the 16 characters of an iD, the last of which is
// the checksum of the others.
func orcidFits(digits string) bool {
	if len(digits) != 16 || strings.Contains(digits[:15], "X") {
		return false
	}
	total := 0
	for _, r := range digits[:15] {
		total = (total + int(r-'0')) * 2
	}
	return digits[15] == "0123456789X"[(12-total%11)%11]
}

var doi = regexp.MustCompile(`^10\.[0-9]{4,9}(\.[0-9]+)*/[^\s<>"]+$`)

// checkDOI accepts a DOI, alone or as an address, and returns it alone.
func checkDOI(text string) (string, *frontmatter.Mistake) {
	start := max(0, strings.Index(text, "10."))
	switch strings.ToLower(strings.TrimSpace(text[:start])) {
	case "", "doi:", "doi", "https://doi.org/", "http://doi.org/", "doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "dx.doi.org/":
		if doi.MatchString(text[start:]) {
			return text[start:], nil
		}
	}
	return mistake("bad-identifier", fmt.Sprintf("%q is not a DOI, which begins with 10. and has a slash in it", frontmatter.Shorten(text)),
		"copy it from the page of the publication, such as 10.1000/182, or delete the line", "")
}

// checkISBN accepts the numbers of a book with 10 or 13 digits, several separated by
// spaces as reference managers write them.
func checkISBN(text string) (string, *frontmatter.Mistake) {
	for _, number := range isbns(strings.TrimSpace(strings.TrimPrefix(strings.ToUpper(text), "ISBN"))) {
		digits, valid := plainDigits(number), false
		switch len(digits) {
		case 10:
			valid = weighted(digits, 10)%11 == 0
		case 13:
			sum := 0
			for i, r := range digits {
				sum += int(r-'0') * (1 + i%2*2) // weights 1, 3, 1, 3 …
			}
			valid = sum%10 == 0 && !strings.Contains(digits, "X")
		}
		if !valid {
			return badNumber(text, "an ISBN", digits, 10, 13)
		}
	}
	return text, nil
}

// isbns divides a text into numbers. Spaces may be in a number or between numbers.
func isbns(text string) []string {
	if len(plainDigits(text)) <= 13 {
		return []string{text}
	}
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;/", r) })
}

// checkISSN accepts the number of a journal.
func checkISSN(text string) (string, *frontmatter.Mistake) {
	for number := range strings.FieldsFuncSeq(strings.TrimPrefix(strings.ToUpper(text), "ISSN"), func(r rune) bool { return strings.ContainsRune(" ,;/:", r) }) {
		if digits := plainDigits(number); len(digits) != 8 || weighted(digits, 8)%11 != 0 {
			return badNumber(text, "an ISSN", digits, 8)
		}
	}
	return text, nil
}

// badNumber returns the mistake of a number that has not one of the lengths, or
// whose last character does not fit the others.
func badNumber(text, what, digits string, lengths ...int) (string, *frontmatter.Mistake) {
	message := fmt.Sprintf("%q is not %s: it has %d digits, not %s", frontmatter.Shorten(text), what, len(digits), strings.ReplaceAll(strings.Trim(fmt.Sprint(lengths), "[]"), " ", " or "))
	if slices.Contains(lengths, len(digits)) {
		message = fmt.Sprintf("%q has a mistake in it: the last digit of %s does not fit the others", frontmatter.Shorten(text), what)
	}
	return mistake("bad-identifier", message, "copy it from the publication again, or delete the line", "")
}

// notDigit matches what is between the characters of a number. The last one may be
// X, which stands for 10.
var notDigit = regexp.MustCompile(`[^0-9X]`)

func plainDigits(text string) string { return notDigit.ReplaceAllString(strings.ToUpper(text), "") }

// weighted returns the sum of digits, the first of which counts first times, the
// next one less, and so on.
func weighted(digits string, first int) int {
	sum := 0
	for i, r := range digits {
		value := int(r - '0')
		if r == 'X' {
			value = 10
		}
		sum += value * (first - i)
	}
	return sum
}
