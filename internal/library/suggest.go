package library

// Suggestions: what the author of a text that names no entry probably meant.
// Meaning comes first (another name, a number, words of a title), then spelling.

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"
	"github.com/hbollon/go-edlib"

	"casebook/internal/frontmatter"
)

// suggestions holds the names that a text may have been meant for.
type suggestions struct {
	names  []suggestion
	meant  map[string][]string // by folded text that means entries without naming them: what to write instead
	late   func()              // adds more names and meanings before the first search; may be nil
	lookup *suggestionIndex    // index of names, made on first use
}

// suggestion is a folded name, what an author should write for it, and the entry
// that it names.
type suggestion struct {
	key, write string
	entry      any
}

// suggest adds a name.
func (s *suggestions) suggest(key, write string, entry any) {
	s.names = append(s.names, suggestion{key, write, entry})
	s.lookup = nil
}

// mean records that a folded text, such as "burmese" or "principle 5", means an
// entry.
func (s *suggestions) mean(key, write string) {
	if s.meant == nil {
		s.meant = map[string][]string{}
	}
	if all := s.meant[key]; len(all) <= maxListed && !slices.Contains(all, write) {
		s.meant[key] = append(s.meant[key], write)
	}
}

// likely returns what an author may have meant by a folded text: at most a few
// names, or nil.
func (s *suggestions) likely(key string) []string {
	s.prepare()
	if meant := s.meant[key]; meant != nil {
		return meant[:min(len(meant), maxListed)]
	}
	if near := s.closest(key, slipsOfName); near != "" {
		return []string{near}
	}
	if named := s.withWords(key); len(named) > 0 {
		return named
	}
	if near := s.closest(key, slipsOfText); near != "" {
		return []string{near}
	}
	return nil
}

func (s *suggestions) prepare() {
	if late := s.late; late != nil {
		s.late = nil
		late()
	}
}

// suggestionIndex finds names by their words and by pairs of adjacent bytes, so
// that finding a suggestion among thousands of names is cheap.
type suggestionIndex struct {
	words map[string][]int32 // indexes of names, by the stems of their words
	pairs map[uint16][]int32 // indexes of names, by pairs of bytes; the ends of a name are paired with 0
	known map[string]bool    // all words, unstemmed
	count []uint16           // for each name, the number of pairs shared with a text; zero between searches
}

func (s *suggestions) index() *suggestionIndex {
	if s.lookup != nil {
		return s.lookup
	}
	x := &suggestionIndex{words: map[string][]int32{}, pairs: map[uint16][]int32{}, known: map[string]bool{}, count: make([]uint16, len(s.names))}
	for i, name := range s.names {
		for _, word := range strings.Fields(name.key) {
			x.known[word] = true
			if list := x.words[stem(word)]; len(list) == 0 || list[len(list)-1] != int32(i) {
				x.words[stem(word)] = append(list, int32(i))
			}
		}
		eachPair(name.key, func(pair uint16) {
			if list := x.pairs[pair]; len(list) == 0 || list[len(list)-1] != int32(i) {
				x.pairs[pair] = append(list, int32(i))
			}
		})
	}
	s.lookup = x
	return x
}

// eachPair calls found for each pair of adjacent bytes of a key. Its ends are
// paired with 0.
func eachPair(key string, found func(uint16)) {
	before := byte(0)
	for i := range len(key) {
		found(uint16(before)<<8 | uint16(key[i]))
		before = key[i]
	}
	found(uint16(before) << 8)
}

const (
	maxCompared = 64  // names that a text is compared with by edit distance
	maxSpelled  = 200 // maximum length in bytes of a text that is compared
	maxNamed    = 3   // names that a hint offers at most
	minCovered  = 0.4 // part of the words of a text, weighted by rarity, that a name must have
	maxWithWord = 100 // maximum number of names with a word for which the word counts
)

// slipsOfName returns the number of edits up to which a text counts as a
// misspelling of a name, where the text may also be a new name: one for five
// letters, two from six letters on, and a tenth of long names.
func slipsOfName(key string) int {
	switch length := utf8.RuneCountInString(key); {
	case length >= 30:
		return length / 10
	case length >= 6:
		return 2
	case length == 5:
		return 1
	}
	return 0
}

// slipsOfText is like slipsOfName where the text is wrong in any case, so more
// edits are allowed. Short texts are all similar to each other, so they are allowed
// few.
func slipsOfText(key string) int {
	switch length := utf8.RuneCountInString(key); {
	case length <= 2:
		return 0
	case length <= 4:
		return 1
	default:
		return max(2, length/4)
	}
}

// closest returns the name that a folded text is most likely a misspelling of, or
// "".
func (s *suggestions) closest(key string, slips func(key string) int) string {
	s.prepare()
	limit := slips(key)
	if limit == 0 || len(key) > maxSpelled || len(s.names) == 0 {
		return ""
	}
	x := s.index()
	best, found := limit+1, -1
	for _, i := range x.alike(key, len(s.names)) {
		name := s.names[i]
		if max(len(name.key)-len(key), len(key)-len(name.key)) > utf8.UTFMax*best {
			continue // one edit changes the length by at most four bytes
		}
		distance := edlib.OSADamerauLevenshteinDistance(key, name.key)
		if distance > limit || distance > best || !x.isSlip(key, name.key) {
			continue
		}
		if distance < best || likelier(key, name, s.names[found]) {
			best, found = distance, int(i)
		}
	}
	if found < 0 {
		return ""
	}
	return s.names[found].write
}

// alike returns the names that share the most pairs with a text: about maxCompared.
func (x *suggestionIndex) alike(key string, names int) []int32 {
	if names <= maxCompared {
		all := make([]int32, names)
		for i := range all {
			all[i] = int32(i)
		}
		return all
	}
	var touched []int32
	most := uint16(0)
	eachPair(key, func(pair uint16) {
		for _, i := range x.pairs[pair] {
			if x.count[i] == 0 {
				touched = append(touched, i)
			}
			x.count[i]++
			most = max(most, x.count[i])
		}
	})
	having := make([]int, most+1) // number of names by number of shared pairs
	for _, i := range touched {
		having[x.count[i]]++
	}
	least, total := most, 0
	for ; least > 1 && total+having[least] < maxCompared; least-- {
		total += having[least]
	}
	var alike []int32
	for _, i := range touched {
		if x.count[i] >= least && len(alike) < 2*maxCompared {
			alike = append(alike, i)
		}
	}
	for _, i := range touched {
		x.count[i] = 0
	}
	return alike
}

// isSlip reports whether the difference between a text and a name can be a
// misspelling. Different numbers cannot, nor can a word that is known from another
// name, such as "North" for "South".
func (x *suggestionIndex) isSlip(key, name string) bool {
	a, b := strings.Fields(key), strings.Fields(name)
	if !slices.Equal(slices.Sorted(slices.Values(digits(key))), slices.Sorted(slices.Values(digits(name)))) || areContrary(a, b) {
		return false // but swapped digits can be a misspelling
	}
	if len(a) != len(b) {
		return true
	}
	for i := range a {
		if a[i] != b[i] && x.known[a[i]] {
			return false
		}
	}
	return true
}

// contraries holds groups of words that exclude each other in a name.
var contraries = [][]string{{"north", "south", "east", "west"}}

// denials holds words that reverse the meaning of the words after them.
var denials = []string{"not", "no", "non", "without", "lack", "lacking", "poor", "bad", "weak"}

// areContrary reports whether one name has a word that excludes a word of the
// other.
func areContrary(a, b []string) bool {
	for _, words := range contraries {
		of := func(name []string) string {
			i := slices.IndexFunc(name, func(word string) bool { return slices.Contains(words, word) })
			if i < 0 {
				return ""
			}
			return name[i]
		}
		if x, y := of(a), of(b); x != "" && y != "" && x != y {
			return true
		}
	}
	return slices.ContainsFunc(a, func(word string) bool {
		if slices.Contains(denials, word) && !slices.Contains(b, word) {
			return true
		}
		return slices.ContainsFunc(b, func(other string) bool { return frontmatter.AreOpposites(word, other) })
	})
}

// digits returns the digits of a text, in order.
func digits(text string) []rune {
	return slices.DeleteFunc([]rune(text), func(r rune) bool { return !unicode.IsDigit(r) })
}

// likelier reports whether a text is more likely a misspelling of name than of
// other, which is equally near. People seldom get the first letter wrong.
func likelier(key string, name, other suggestion) bool {
	first := func(s suggestion) bool { return key != "" && strings.HasPrefix(s.key, key[:1]) }
	if first(name) != first(other) {
		return first(name)
	}
	return name.write < other.write
}

// withWords returns the names that have the most of the words of a text, or nil if
// there are more than maxNamed of them.
func (s *suggestions) withWords(key string) []string {
	x := s.index()
	rarity := func(names int) float64 { return math.Log(1 + float64(len(s.names))/float64(names)) }
	score, total := map[int32]float64{}, 0.0
	for _, word := range tellingWords(key) {
		names := x.words[stem(word)]
		weight := rarity(max(1, len(names)))
		if total += weight; len(names) > maxWithWord {
			continue // too common to count
		}
		for _, i := range names {
			score[i] += weight
			if strings.Contains(" "+s.names[i].key+" ", " "+word+" ") {
				score[i] += weight / 10 // the word itself, not only its stem
			}
		}
	}
	best := minCovered * total
	for i, points := range score {
		if points > best && x.isSlip(key, s.names[i].key) {
			best = points
		}
	}
	var found []int32
	for i, points := range score {
		if points > best-1e-9 && x.isSlip(key, s.names[i].key) {
			found = append(found, i)
		}
	}
	slices.Sort(found)
	var named []string
	entries := map[any]bool{}
	for _, i := range found {
		if name := s.names[i]; !entries[name.entry] {
			entries[name.entry] = true
			named = append(named, name.write)
		}
	}
	if len(named) > maxNamed {
		return nil
	}
	return named
}

// tellingWords returns the words of a text that distinguish it, without duplicates.
// It leaves out very common words and codes such as "us".
func tellingWords(key string) []string {
	var words []string
	for _, word := range strings.Fields(key) {
		switch word {
		case "a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with", "principle", "hallmark", "good", "country", "countries", "north", "south", "east", "west", "republic":
			continue
		}
		if len(word) > 2 && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}

// stem returns the common part of related words: "sustainability" and
// "sustainable", "strategy" and "strategic". It need not be a word.
func stem(word string) string {
	if strings.ContainsFunc(word, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return word
	}
	env := snowballstem.NewEnv(strings.ReplaceAll(word, "iz", "is"))
	english.Stem(env)
	if short := strings.TrimRight(env.Current(), "iye"); len(short) >= 4 {
		return short
	}
	return env.Current()
}
