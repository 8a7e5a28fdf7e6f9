package content

// Dates: days, months and years.

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

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
	dayLayouts   = []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04:05 -0700", "2006-01-02T15:04", "2006-01-02 15:04", "2/1/2006", "2.1.2006", "2-1-2006", "2006/1/2", "2006.1.2", "2006-1-2", "2 January 2006", "2 Jan 2006", "January 2, 2006", "Jan 2, 2006"}
	monthLayouts = []string{"1/2006", "2006/1", "2006-1", "January 2006", "Jan 2006"}
)

// span matches a range of years. "2016-11" is not a range but a month; "2016-18" is
// a range.
var span = regexp.MustCompile(`^([0-9]{2})([0-9]{2}) ?(?:-|–|—|/|to) ?([0-9]{4}|1[3-9]|[2-9][0-9])$`)

// Words that people write instead of a date, for work that goes on and for dates
// that they do not know.
var (
	goesOn  = regexp.MustCompile(`(?i)^(present|now|ongoing|on-?going|current|currently|today|continuing|to date|-|–)$`)
	unknown = regexp.MustCompile(`(?i)^(unknown|n/?a|none|tbc|tbd|not (known|stated|reported|applicable)|\?+)$`)
)

// dateHint returns a hint how to write the date that a text of the field key
// probably means. instead is the correct text, or "" if it is not certain.
func dateHint(text, key string) (hint, instead string) {
	switch {
	case goesOn.MatchString(text):
		return "delete this line: without " + key + ", the work goes on", ""
	case unknown.MatchString(text):
		return "delete this line: what is not known is left out", ""
	case key == "published" && text == "false":
		return "delete this line and write draft: true, which keeps the page out of the site", ""
	case text == "true" || text == "false":
		return "write the day, as in " + key + ": 2016-11-24, or delete this line", ""
	}
	if m := span.FindStringSubmatch(text); m != nil {
		first, last := m[1]+m[2], m[3]
		if len(last) == 2 {
			last = m[1] + last
		}
		if key == "start" || key == "end" {
			return fmt.Sprintf("write two lines, start: %s and end: %s", first, last), ""
		}
		return fmt.Sprintf("write one of the two, %s or %s", first, last), ""
	}
	for _, layout := range dayLayouts {
		t, err := time.Parse(layout, text)
		switch {
		case err != nil:
		case layout == "2/1/2006" && t.Day() <= 12 && t.Day() != int(t.Month()):
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
	return dateForms, ""
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
