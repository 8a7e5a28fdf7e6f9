package content

// Figures, as their source words them.

import (
	"regexp"
	"strconv"
	"strings"
)

// Quantity is a figure as its source words it: "93,112", ">50,000", "24–41%",
// "£13,215", "around 4 million". It is shown as written.
type Quantity string

// plainNumber is digits, with commas between groups of three or without, and
// at most one decimal point.
var plainNumber = regexp.MustCompile(`^[-+−]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?$`)

// Number is the value of a quantity that is one plain number, such as 93,112
// or 0.5. It reports false for anything qualified (>50,000), ranged, worded
// or carrying a unit, with which nothing may be computed.
func (q Quantity) Number() (float64, bool) {
	text := string(q)
	if !plainNumber.MatchString(text) {
		return 0, false
	}
	text = strings.NewReplacer(",", "", "−", "-").Replace(text)
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}
