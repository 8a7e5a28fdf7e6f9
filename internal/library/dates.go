package library

// Dates in the future.

import (
	"fmt"
	"time"

	"casebook/internal/content"
	"casebook/internal/problem"
)

// checkFutureDates warns about future dates of things that are already done. Work
// may be planned (start, end, review_by), and a case study may be scheduled
// (published), but a review cannot have happened in the future.
func (b *builder) checkFutureDates() {
	if b.opts.Today.IsZero() {
		return
	}
	latest := dayAfter(b.opts.Today) // it may already be tomorrow in the author's time zone
	for _, file := range b.files {
		if b.absent.files[file.Path] != "" {
			continue
		}
		for _, d := range file.Dates {
			if isPast(d.Key) && d.After(latest) {
				b.add(problem.Warning, content.Source{File: file.Path}, d.At, "future-date",
					fmt.Sprintf("%s is %s, which is after today, %s", d.Key, d.Date, b.opts.Today), "correct the date, or leave it out until that day")
			}
		}
	}
}

// isPast reports whether a field is the date of something that is done. "date" is
// the date of a withdrawal.
func isPast(key string) bool {
	switch key {
	case "updated", "reviewed", "as_of", "accessed", "last_checked", "date", "ended":
		return true
	}
	return false
}

func dayAfter(d content.Date) content.Date {
	t := time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 1)
	return content.Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}
