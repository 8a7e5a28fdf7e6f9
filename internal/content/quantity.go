package content

// Quantities: figures in the words of their source.

import (
	"regexp"
	"strconv"
	"strings"
)

// Quantity is a figure in the words of its source: "93,112", ">50,000", "24–41%",
// "£13,215", "around 4 million". Pages show it as written.
type Quantity string

// plainNumber matches digits, optionally with commas between groups of three, and
// at most one decimal point.
var plainNumber = regexp.MustCompile(`^[-+−]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?$`)

// Number returns the value of a quantity that is a plain number, such as 93,112 or
// 0.5. It returns false for quantities that are qualified (>50,000), ranges, in
// words or with a unit, which cannot be computed with.
func (q Quantity) Number() (float64, bool) {
	text := string(q)
	if !plainNumber.MatchString(text) {
		return 0, false
	}
	text = strings.NewReplacer(",", "", "−", "-").Replace(text)
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}
