package search

// Columns: lengths, dates and group values of all documents.

import (
	"cmp"
	"slices"
	"strings"
)

// A column holds one property of every document, in the order of their numbers.

// lengthColumns returns the length codes of the fields, one column for each field.
func (x *Index) lengthColumns() []part {
	var columns []part
	for f := range fieldCount {
		var codes []byte
		for _, slot := range x.documentOrder() {
			codes = append(codes, byte(x.entries[slot].lengths[f]))
		}
		columns = append(columns, column(codes))
	}
	return columns
}

// dateColumn returns the rank of the date of every document; 0 means no date.
func (x *Index) dateColumn() part {
	dates := []string{""}
	for _, slot := range x.documentOrder() {
		dates = append(dates, x.entries[slot].doc.Date)
	}
	slices.Sort(dates)
	dates = slices.Compact(dates)
	var ranks encoder
	for _, slot := range x.documentOrder() {
		rank, _ := slices.BinarySearch(dates, x.entries[slot].doc.Date)
		ranks.uint(rank)
	}
	return column(ranks.data)
}

// A groupValue is a value of a group that some documents have.
type groupValue struct {
	Value
	place     int // position in the order in which readers see the values
	documents int
	implies   []int // numbers of principles that every document with this hallmark has
}

// groupColumns returns the columns of each group. A document's principle is left out if one of its hallmarks implies it.
func (x *Index) groupColumns(labels Labels) [groupCount]groupColumn {
	var columns [groupCount]groupColumn
	var principles, hallmarks []groupValue
	for _, g := range Groups() {
		values := x.groupValues(g, labels[g])
		switch g {
		case Principle:
			principles = values
			continue // written below, when the implied principles are known
		case Hallmark:
			x.findImplied(values, principles)
			hallmarks = values
		}
		numbers := numbersOf(values)
		columns[g] = x.groupColumn(values, func(d *Document) []int { return numbers.of(d.values(g)) })
	}
	ofPrinciples, ofHallmarks := numbersOf(principles), numbersOf(hallmarks)
	columns[Principle] = x.groupColumn(principles, func(d *Document) []int {
		implied := map[int]bool{}
		for _, h := range ofHallmarks.of(d.values(Hallmark)) {
			for _, p := range hallmarks[h].implies {
				implied[p] = true
			}
		}
		return slices.DeleteFunc(ofPrinciples.of(d.values(Principle)), func(p int) bool { return implied[p] })
	})
	return columns
}

func (x *Index) groupValues(g Group, labels []Value) []groupValue {
	counts := map[string]int{}
	for _, slot := range x.documentOrder() {
		for _, id := range x.entries[slot].doc.values(g) {
			counts[id]++
		}
	}
	var values []groupValue
	add := func(v Value) {
		values = append(values, groupValue{Value: v, place: len(values), documents: counts[v.ID]})
		delete(counts, v.ID)
	}
	for _, v := range labels {
		if counts[v.ID] > 0 {
			add(v)
		}
	}
	var unlabelled []string
	for id := range counts {
		unlabelled = append(unlabelled, id)
	}
	slices.Sort(unlabelled)
	for _, id := range unlabelled {
		add(Value{id, id})
	}
	slices.SortFunc(values, func(a, b groupValue) int {
		return cmp.Or(cmp.Compare(b.documents, a.documents), strings.Compare(a.ID, b.ID))
	})
	return values
}

// valueNumbers holds the positions of the values of a group, by id.
type valueNumbers map[string]int

func numbersOf(values []groupValue) valueNumbers {
	numbers := make(valueNumbers, len(values))
	for i, v := range values {
		numbers[v.ID] = i
	}
	return numbers
}

// of returns the positions of ids, sorted.
func (n valueNumbers) of(ids []string) []int {
	numbers := make([]int, len(ids))
	for i, id := range ids {
		numbers[i] = n[id]
	}
	slices.Sort(numbers)
	return numbers
}

func (x *Index) findImplied(hallmarks, principles []groupValue) {
	together := map[[2]int]int{}
	ofPrinciples, ofHallmarks := numbersOf(principles), numbersOf(hallmarks)
	for _, slot := range x.documentOrder() {
		d := &x.entries[slot].doc
		of := ofPrinciples.of(d.values(Principle))
		for _, h := range ofHallmarks.of(d.values(Hallmark)) {
			for _, p := range of {
				together[[2]int{h, p}]++
			}
		}
	}
	for h := range hallmarks {
		for p := range principles {
			if together[[2]int{h, p}] == hallmarks[h].documents {
				hallmarks[h].implies = append(hallmarks[h].implies, p)
			}
		}
	}
}

// A groupColumn has the values of a group, and those of every document.
type groupColumn struct {
	header encoder // the values, most frequent first
	firsts encoder // for every document, 0 if it has no value, else 2·(n+1) for its first value n, plus 1 if it has no other
	others encoder // the other values: 2·d, where d is the difference from the value before, plus 1 for the last
}

// partsOf returns the parts of a shard with some groups: the headers of all, then the first values of all, then the others.
// These are distributed differently, but alike in all groups.
func partsOf(groups []groupColumn) []part {
	var all groupColumn
	for _, g := range groups {
		all.header.data = append(all.header.data, g.header.data...)
		all.firsts.data = append(all.firsts.data, g.firsts.data...)
		all.others.data = append(all.others.data, g.others.data...)
	}
	return []part{text(all.header.data), column(all.firsts.data), column(all.others.data)}
}

func (x *Index) groupColumn(values []groupValue, of func(d *Document) []int) groupColumn {
	var g groupColumn
	g.header.uint(len(values))
	for _, v := range values {
		g.header.string(withoutName(v.ID, v.Label))
		g.header.string(v.Label)
		g.header.uint(v.place)
		g.header.uint(len(v.implies))
		for _, p := range v.implies {
			g.header.uint(p)
		}
	}
	for _, slot := range x.documentOrder() {
		numbers := of(&x.entries[slot].doc)
		if len(numbers) == 0 {
			g.firsts.uint(0)
		}
		to, before := &g.firsts, -1
		for i, n := range numbers {
			last := 0
			if i == len(numbers)-1 {
				last = 1
			}
			to.uint((n-before)<<1 + last)
			to, before = &g.others, n
		}
	}
	return g
}
