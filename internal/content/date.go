package content

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a day, a month or a year of the Gregorian calendar: Month and Day
// are 0 where the writer gave none. The zero Date is no date.
type Date struct{ Year, Month, Day int }

// ParseDate reads "2016", "2016-11" or "2016-11-24", and nothing else.
func ParseDate(text string) (Date, error) {
	const forms = "write 2016, 2016-11 or 2016-11-24"
	parts := strings.Split(text, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return Date{}, fmt.Errorf("%q is not a date: %s", text, forms)
	}
	var numbers [3]int
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 10, 16)
		if err != nil || i > 0 && len(part) != 2 {
			return Date{}, fmt.Errorf("%q is not a date: %s", text, forms)
		}
		numbers[i] = int(n)
	}
	return newDate(numbers[:len(parts)])
}

// newDate checks a year, its month and its day; the last two may be missing.
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

// IsZero reports whether no date was given.
func (d Date) IsZero() bool { return d == Date{} }

// String is the date in ISO 8601, as precise as it was written: "2016-11".
// The zero Date is "".
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

// Compare orders dates by time: -1, 0 or +1. A year stands before its months
// and a month before its days.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// After reports whether all of d lies after all of other: 2016-11 is after
// 2016-10-31, and not after 2016 or 2016-11-24, which it touches.
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
