package content

// Dates: days, months and years.

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"casebook/internal/frontmatter"
)

// Date is a day, a month or a year of the Gregorian calendar. Month and Day are 0
// if they are not given. The zero Date means no date.
type Date struct{ Year, Month, Day int }

const dateForms = "write 2016, 2016-11 or 2016-11-24"

// ParseDate parses "2016", "2016-11" or "2016-11-24". It accepts no other form.
func ParseDate(text string) (Date, error) {
	d, err := parseDate(text)
	if err != nil {
		return Date{}, fmt.Errorf("%w: %s", err, dateForms)
	}
	return d, nil
}

// parseDate is like ParseDate, with an error that contains no hint.
func parseDate(text string) (Date, error) {
	if !formats["any date"].matches(text) {
		return Date{}, fmt.Errorf("%q is not a date", frontmatter.Shorten(text))
	}
	parts := strings.Split(text, "-")
	var numbers [3]int
	for i, part := range parts {
		numbers[i], _ = strconv.Atoi(part) // the format allows only digits
	}
	return newDate(numbers[:len(parts)])
}

// newDate returns the date with a year and, optionally, a month and a day, which it
// checks.
func newDate(parts []int) (Date, error) {
	d := Date{Year: parts[0]}
	if d.Year < 1 || d.Year > 9999 {
		return Date{}, fmt.Errorf("there is no year %d", d.Year)
	}
	if len(parts) > 1 {
		d.Month = parts[1]
		if d.Month < 1 || d.Month > 12 {
			return Date{}, fmt.Errorf("there is no month %d", d.Month)
		}
	}
	if len(parts) > 2 {
		d.Day = parts[2]
		// Day 0 of the next month is the last day of this one.
		last := time.Date(d.Year, time.Month(d.Month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
		if d.Day < 1 || d.Day > last {
			return Date{}, fmt.Errorf("%s %d has no day %d", time.Month(d.Month), d.Year, d.Day)
		}
	}
	return d, nil
}

// Other formats in which people and programs write a day or a month.
var (
	isAmbiguous  = map[string]bool{"2/1/2006": true, "2/1/06": true, "2-1-2006": true} // the month is first in some countries
	dayLayouts   = []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04:05 -0700", "2006-01-02T15:04", "2006-01-02 15:04", "2/1/2006", "2/1/06", "2.1.2006", "2-1-2006", "2006/1/2", "2006.1.2", "2006-1-2", "20060102", "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006"}
	monthLayouts = []string{"1/2006", "1-2006", "1.2006", "2006/1", "2006-1", "January 2006", "Jan 2006"}
)

// span matches a range of years. "2016-11" is not a range but a month; "2016-18" is
// a range.
var span = regexp.MustCompile(`^([0-9]{2})([0-9]{2}) ?(?:-|–|—|/|to) ?([0-9]{4}|1[3-9]|[2-9][0-9])$`)

// between matches a range of days or months.
var between = regexp.MustCompile(`^(.*\d) ?(?:[–—]|-|to|until) +(\D*\d.*)$`)

// Words that people write instead of a date, for work that goes on and for dates
// that they do not know.
var (
	goesOn = regexp.MustCompile(`(?i)^(present|now|ongoing|on-?going|current|currently|today|continuing|to date|-|–)$`)
	noDate = regexp.MustCompile(`(?i)^(na|never|n\.d\.?|undated|no date|in press|forthcoming)$`)
)

// dateHint returns a hint how to write the date that a text of the field key
// probably means. instead is the correct text, or "" if it is not certain.
func dateHint(text, key string) (hint, instead string) {
	switch {
	case goesOn.MatchString(text) && key == "end":
		return "delete this line: without end, the work goes on", ""
	case frontmatter.IsUnstated(text), noDate.MatchString(text):
		return "delete this line: what is not known is left out", ""
	case key == "published" && text == "false":
		return "delete this line and write draft: true, which keeps the page out of the site", ""
	case text == "true" || text == "false":
		return "write the day, as in " + key + ": 2016-11-24, or delete this line", ""
	}
	if days, err := strconv.Atoi(text); err == nil && len(text) == 5 && days > 20_000 && days < 60_000 {
		date := time.Date(1899, 12, 30+days, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		return "write " + date + " if it is the number that Excel has for this day", ""
	}
	if m := span.FindStringSubmatch(text); m != nil {
		first, last := m[1]+m[2], m[3]
		if len(last) == 2 {
			last = m[1] + last
		}
		if last < first {
			return roughDate(text)
		}
		if key == "start" || key == "end" {
			return fmt.Sprintf("write two lines, start: %s and end: %s", first, last), ""
		}
		return fmt.Sprintf("write one of the two, %s or %s", first, last), ""
	}
	if m := between.FindStringSubmatch(text); m != nil && (key == "start" || key == "end") {
		_, first := dateHint(m[1], "")
		_, last := dateHint(m[2], "")
		if first != "" && last != "" {
			return fmt.Sprintf("write two lines, start: %s and end: %s", first, last), ""
		}
	}
	for _, layout := range dayLayouts {
		t, err := time.Parse(layout, text)
		switch {
		case err != nil:
		case isAmbiguous[layout] && t.Day() <= 12 && t.Day() != int(t.Month()):
			swapped := time.Date(t.Year(), time.Month(t.Day()), int(t.Month()), 0, 0, 0, 0, time.UTC)
			return fmt.Sprintf("write %s if %s is meant, %s if it is %s", t.Format(time.DateOnly), t.Format("2 January"), swapped.Format(time.DateOnly), swapped.Format("2 January")), ""
		default:
			return "write " + t.Format(time.DateOnly), t.Format(time.DateOnly)
		}
	}
	for _, layout := range monthLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return "write " + t.Format("2006-01"), t.Format("2006-01")
		}
	}
	return roughDate(text)
}

var (
	ordinal = regexp.MustCompile(`([0-9])(st|nd|rd|th)\b`)
	year    = regexp.MustCompile(`(?:19|20)[0-9]{2}`)
	numbers = regexp.MustCompile(`[0-9]+`)
)

// roughDate is like dateHint for texts in no format of its own: the day of "the
// 21st of March, 2016", or the year of "c. 2016".
func roughDate(text string) (hint, instead string) {
	plain := ordinal.ReplaceAllString(norm.NFKC.String(text), "$1")
	plain = strings.Map(func(r rune) rune {
		if digit := digitValue(r); digit >= 0 {
			return '0' + digit
		}
		return r
	}, plain)
	plain = strings.Map(func(r rune) rune {
		if strings.ContainsRune("年月日년월일", r) { // behind the numbers of a date
			return ' '
		}
		return r
	}, plain)
	words := strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words = slices.DeleteFunc(words, func(word string) bool { return slices.Contains(notDate, strings.ToLower(word)) })
	for i, word := range words {
		if month := monthNamed(word); month != 0 {
			words[i] = month.String()
		}
	}
	joined := strings.Join(words, " ")
	for _, layout := range []struct{ from, to string }{{"2 January 2006", "2006-01-02"}, {"January 2 2006", "2006-01-02"}, {"2006 January 2", "2006-01-02"}, {"1 2 2006", "2006-01-02"}, {"2006 2 1", "2006-01-02"}, {"January 2006", "2006-01"}, {"2006 January", "2006-01"}, {"2006 1", "2006-01"}, {"January 06", "2006-01"}} {
		if t, err := time.Parse(layout.from, joined); err == nil {
			return "write " + t.Format(layout.to), t.Format(layout.to)
		}
	}
	found := numbers.FindAllString(plain, -1)
	years := slices.DeleteFunc(slices.Clone(found), func(n string) bool { return len(n) != 4 || !year.MatchString(n) })
	switch {
	case len(years) != 1:
		return dateForms, ""
	case len(found) == 1:
		return "write the year alone, " + years[0] + ", or the month too, such as " + years[0] + "-06", ""
	}
	return "write what is certain: " + years[0] + ", or the month or day too, as in 2016-11-24", ""
}

// notDate holds words inside a date that are no part of it, and the days of the week.
var notDate = strings.Fields("the of de del du le el a planned approx monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun")

// monthStarts holds, for each month, how its name begins in English, French, German,
// Italian, Portuguese, Spanish and Swahili.
var monthStarts = [12]string{"jan ene gen", "feb fev", "mar mae mac", "apr avr abr", "may mai mei mag", "jun juin giu", "jul juil lug", "aug aou ago", "sep set", "oct okt ott out", "nov", "dec dez dic des"}

// monthNamed returns the month that a word names, or 0.
func monthNamed(word string) time.Month {
	folded := strings.ReplaceAll(Slug(word), "-", "")
	for month, starts := range monthStarts {
		for start := range strings.FieldsSeq(starts) {
			if len(folded) >= len(start) && len(folded) <= 10 && strings.HasPrefix(folded, start) {
				return time.Month(month + 1)
			}
		}
	}
	return 0
}

// digitValue returns the value of a decimal digit in any script, or -1.
func digitValue(r rune) rune {
	if !unicode.IsDigit(r) {
		return -1
	}
	zero := r
	for zero > 0 && unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	return r - zero
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String returns the date in ISO 8601, as precise as it was written, such as
// "2016-11". For the zero Date, it returns "".
func (d Date) String() string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	default:
		return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
	}
}

// Compare compares dates by time and returns -1, 0 or +1. A year comes before its
// months, and a month before its days.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// After reports whether all of d is after all of other. 2016-11 is after
// 2016-10-31, but not after 2016 or 2016-11-24, with which it overlaps.
func (d Date) After(other Date) bool {
	switch {
	case d.Year != other.Year:
		return d.Year > other.Year
	case d.Month == 0 || other.Month == 0:
		return false
	case d.Month != other.Month:
		return d.Month > other.Month
	default:
		return d.Day != 0 && other.Day != 0 && d.Day > other.Day
	}
}
