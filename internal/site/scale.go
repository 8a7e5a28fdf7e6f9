// Scales, which divide counts into shades.

package site

import "slices"

// maxShades is the largest number of shades of a Scale: a reader cannot
// distinguish more.
const maxShades = 4

// Scale divides counts into shades for a map or a table. Each shade stands for
// about the same number of different counts.
type Scale []Range

// Range is the counts of one shade: From to To, both included.
type Range struct{ Shade, From, To int }

// newScale returns a scale for counts. Zeros have no shade.
func newScale(counts []int) Scale {
	different := slices.DeleteFunc(slices.Clone(counts), func(n int) bool { return n <= 0 })
	slices.Sort(different)
	different = slices.Compact(different)
	shades := min(maxShades, len(different))
	s := make(Scale, 0, shades)
	for i := range shades {
		r := Range{i + 1, 1, different[(i+1)*len(different)/shades-1]}
		if i == 0 {
			r.From = different[0]
		} else {
			r.From = s[i-1].To + 1
		}
		s = append(s, r)
	}
	return s
}

// shade returns the shade of a count, from 1, or 0 for none.
func (s Scale) shade(count int) int {
	for _, r := range s {
		if count > 0 && count <= r.To {
			return r.Shade
		}
	}
	return 0
}
