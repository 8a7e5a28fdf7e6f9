package search

// The layout: how an index is divided into files.

// A layout says how an index is divided into files.
type layout struct {
	// bundled is whether the root holds everything that most queries need, so that they need no other file.
	bundled                             bool
	terms, cards, vocabulary, positions cutting
}

// bundleLimit is the maximum size, in bytes before compression, of what most queries need, up to which it is in the
// root. It is what a library of some 100 documents needs; doc.go has the measurements. A root of this size is about 80 KB
// compressed. On a slow line (400 ms, 50 KB/s) the first results then take about as long as with separate files, which are
// some 45 KB less, but two more requests one after the other.
const bundleLimit = 224 << 10

const noLimit = 1 << 40

func layoutOf(bundled bool) layout {
	if bundled {
		one := cutting{least: noLimit, most: noLimit}
		return layout{bundled: true, terms: one, cards: one, vocabulary: one, positions: one}
	}
	return layout{
		terms:      cutting{least: 4 << 10, most: 10 << 10},
		cards:      cutting{least: 3 << 10, most: 7 << 10},
		vocabulary: cutting{least: 3 << 10, most: 4 << 10},
		positions:  cutting{least: 32 << 10, most: 48 << 10},
	}
}

// add adds a shard that most queries need: to the root if the layout is bundled, otherwise as a file.
func (l layout) add(shards *shardSet, parts ...part) ref {
	if l.bundled {
		return shards.addToBundle(parts...)
	}
	return shards.add(parts...)
}

// hasForms reports whether a chunk of terms lists the forms of a term. In a bundled layout it always does, and the
// forms serve as the vocabulary. Otherwise the vocabulary is a separate list, and a term with only one form does not
// repeat it.
func (l layout) hasForms(t *term) bool { return l.bundled || len(t.forms) > 1 }
