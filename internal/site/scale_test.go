package site

import (
	"slices"
	"testing"
)

func TestScale(t *testing.T) {
	for _, test := range []struct {
		counts []int
		want   Scale
	}{
		{nil, nil},
		{[]int{0, 0}, nil},
		{[]int{1, 1, 1}, Scale{{1, 1, 1}}},
		{[]int{0, 1, 2}, Scale{{1, 1, 1}, {2, 2, 2}}},
		{[]int{1, 1, 1, 1, 1, 1, 1, 9}, Scale{{1, 1, 1}, {2, 2, 9}}},
		{[]int{1, 1, 1, 1, 1, 2, 2, 4}, Scale{{1, 1, 1}, {2, 2, 2}, {3, 3, 4}}},
		{[]int{3, 5, 8, 13, 21, 34, 55, 89}, Scale{{1, 3, 5}, {2, 6, 13}, {3, 14, 34}, {4, 35, 89}}},
	} {
		got := newScale(test.counts)
		if !slices.Equal(got, test.want) {
			t.Errorf("the scale of %v is %v, want %v", test.counts, got, test.want)
		}
		for _, n := range test.counts {
			if shade := got.shade(n); (shade == 0) != (n == 0) || shade > maxShades {
				t.Errorf("%d of %v has shade %d", n, test.counts, shade)
			}
		}
	}
}
