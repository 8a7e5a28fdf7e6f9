package content

// Quantities: figures in the words of their source, and bands of costs.

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

// CostBand is a range of amounts of money.
type CostBand string

// Choices returns the bands, from the lowest.
func (CostBand) Choices() []string {
	return []string{"under-1k", "1k-10k", "10k-100k", "100k-1m", "over-1m"}
}

var (
	// amount matches a number with the word or letter that multiplies it.
	amount = regexp.MustCompile(`([0-9]+(?:[., \x{a0}\x{202f}][0-9]+)*)[ \x{a0}]*(?:(k|thousand)|(m|mn|million)|(bn|billion))?(?:\W|$)`)
	// grouped matches a number whose digits are in groups of three.
	grouped = regexp.MustCompile(`^([0-9]{1,3}(?:[., \x{a0}\x{202f}][0-9]{3})+)(?:[.,][0-9]{1,2})?$`)
	// below matches a text about an amount that is not reached.
	belowAmount = regexp.MustCompile(`^(?:<|under|below|less|up to|max)`)
)

// Guess implements [frontmatter.Guesser]. It returns the band of the amounts in a
// text: 10k-100k for "£50,000", "25k" and "EUR 20.000 to 30.000".
func (b CostBand) Guess(text string) string {
	text = strings.ToLower(text)
	band := ""
	for _, m := range amount.FindAllStringSubmatch(text, -1) {
		number := strings.ReplaceAll(m[1], ",", ".")
		if whole := grouped.FindStringSubmatch(m[1]); whole != nil {
			number = notDigit.ReplaceAllString(whole[1], "")
		}
		value, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return ""
		}
		for i, factor := range []float64{1e3, 1e6, 1e9} {
			if m[i+2] != "" {
				value *= factor
			}
		}
		if belowAmount.MatchString(text) {
			value--
		}
		of := b.Choices()[min(max(0, len(strconv.Itoa(int(value)))-3), 4)] // each band has one digit more
		if band != "" && of != band {
			return ""
		}
		band = of
	}
	return band
}
