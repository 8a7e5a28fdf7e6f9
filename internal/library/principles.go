// Principles and their hallmarks, and the numbers by which people name them.

package library

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebook/internal/content"
)

// addPrinciples adds the principles of the site's set and their hallmarks.
func (b *builder) addPrinciples() {
	all := entries[*content.Principle](b.files)
	slices.SortFunc(all, func(p, q *content.Principle) int {
		return cmp.Or(cmp.Compare(p.Number, q.Number), cmp.Compare(p.ID, q.ID))
	})
	set, known := b.principleSet(all)
	numbers := map[int]*content.Principle{}
	for _, p := range all {
		switch other := numbers[p.Number]; {
		case set != "" && p.Set != "" && p.Set != set:
			b.leaveOutPrinciple(p, known)
			continue
		case other != nil:
			b.report(p.Source, content.Position{}, "duplicate-number",
				fmt.Sprintf("principle %d is also %q in %s", p.Number, other.Title, other.File), "give each principle of a set its own number")
		}
		numbers[p.Number] = p
		b.lib.files[p.File] = p
		principle := &Principle{Principle: p}
		define(b, b.principles, p.Source, principle, p.Title, []string{p.ID})
		for _, name := range numbersOf(p.Number) {
			b.principles.mean(name, writable(p.Title, p.ID))
		}
		for i := range p.Hallmarks {
			h := &Hallmark{Hallmark: &p.Hallmarks[i], Principle: principle}
			b.meanByNumber(h, p, i+1)
			principle.Hallmarks = append(principle.Hallmarks, h)
			source := content.Source{ID: h.ID, File: p.File, At: h.At}
			define(b, b.hallmarks, source, h, h.Title, []string{h.ID})
		}
		b.checkCitations(p.Source, p.Sources)
	}
}

// meanByNumber makes "5.1" suggest the first hallmark of principle 5, and "5"
// suggest all of them.
func (b *builder) meanByNumber(h *Hallmark, p *content.Principle, number int) {
	ofTwo := fmt.Sprintf("%d %d", p.Number, number)
	write := writable(h.Title, h.ID)
	b.hallmarks.mean(ofTwo, write)
	b.hallmarks.mean("hallmark "+ofTwo, write)
	b.principles.mean(ofTwo, writable(p.Title, p.ID))
	for _, name := range numbersOf(p.Number) {
		b.hallmarks.mean(name, write)
	}
}

// numberWords are the words for numbers, from one.
var numberWords = [][2]string{
	{"one", "first"},
	{"two", "second"},
	{"three", "third"},
	{"four", "fourth"},
	{"five", "fifth"},
	{"six", "sixth"},
	{"seven", "seventh"},
	{"eight", "eighth"},
	{"nine", "ninth"},
	{"ten", "tenth"},
	{"eleven", "eleventh"},
	{"twelve", "twelfth"},
}

// numbersOf returns the ways to write the number of a principle, folded: "5", "#5",
// "five", "the fifth principle".
func numbersOf(number int) []string {
	words := []string{strconv.Itoa(number)}
	if number >= 1 && number <= len(numberWords) {
		words = append(words, numberWords[number-1][0], numberWords[number-1][1])
	}
	var all []string
	for _, word := range words {
		all = append(all, word, "principle "+word, "the "+word, word+" principle", "the "+word+" principle", "no "+word, "number "+word, "principle number "+word, "principle no "+word, "p"+word, "p "+word, "sharp "+word, "principle sharp "+word)
	}
	return all
}

// principleSet returns the set of principles that the site shows, or "" for all. It
// reports a set in site.yaml that no principle has, and a missing set if the
// principles belong to several. In both cases it chooses a set and returns false,
// so that the mistake is not reported again for every principle and case study.
func (b *builder) principleSet(all []*content.Principle) (set string, known bool) {
	asked := b.lib.Site.PrincipleSet
	sets := newVocabulary[string](setKind)
	for _, p := range all {
		if _, listed := sets.find(p.Set); p.Set != "" && !listed {
			sets.add(p.Set, p.Set, p.Set)
			sets.listed = append(sets.listed, p.Set)
		}
	}
	switch {
	case len(sets.listed) == 0, slices.Contains(sets.listed, asked.Text):
		return asked.Text, true
	case asked.Text != "":
		b.report(b.lib.Site.Source, asked.Position, "unknown-set", fmt.Sprintf("no principle belongs to the set %q", asked.Text), sets.hint(asked.Text))
		return append(sets.likely(fold(asked.Text)), sets.listed[0])[0], false
	case len(sets.listed) > 1:
		b.report(b.lib.Site.Source, content.Position{}, "missing-set", "the principles belong to several sets: "+strings.Join(sets.listed, ", "),
			"say which one the site shows: principle_set: "+sets.listed[0])
		return sets.listed[0], false
	}
	return "", true
}

// leaveOutPrinciple leaves out a principle of a set that the site does not show.
// References to it are not reported, so that the set can be changed without editing
// case studies. If the set of the site is not known for certain, the principle is
// recorded as faulty rather than as part of another set.
func (b *builder) leaveOutPrinciple(p *content.Principle, known bool) {
	why := faulty
	if known {
		why = OtherSet
		b.leaveOut(LeftOut{File: p.File, Title: p.Title, Why: OtherSet, Note: p.Set})
	}
	b.absent.files[p.File] = why
	b.absent.addNames(principleKind, why, p.ID, p.Title)
	for _, h := range p.Hallmarks {
		b.absent.addNames(hallmarkKind, why, h.ID, h.Title)
	}
}
