package search

// A layout says into how many files an index is divided.
type layout struct {
	// bundled: the root holds all that most queries need, so that they need no other file.
	bundled                             bool
	terms, cards, vocabulary, positions cutting
}

// bundleLimit is how large, before it is compressed, what most queries need may be for the root to hold it.
const bundleLimit = 160 << 10

const noLimit = 1 << 40

func layoutOf(bundled bool) layout {
	if bundled {
		one := cutting{least: noLimit, most: noLimit, every: 1}
		return layout{bundled: true, terms: one, cards: one, vocabulary: one, positions: one}
	}
	return layout{
		terms:      cutting{least: 6 << 10, most: 14 << 10, every: 8},
		cards:      cutting{least: 2 << 10, most: 6 << 10, every: 8},
		vocabulary: cutting{least: 3 << 10, most: 8 << 10, every: 32},
		positions:  cutting{least: 32 << 10, most: 64 << 10, every: 8},
	}
}

// add writes a shard that most queries need.
func (l layout) add(shards *shardSet, parts ...part) ref {
	if l.bundled {
		return shards.addToBundle(parts...)
	}
	return shards.add(parts...)
}

// hasForms reports whether a chunk lists the forms of a term. Of a library in one file the forms are the vocabulary;
// elsewhere that is a list of its own, and the only form of a term is in that alone.
func (l layout) hasForms(t *term) bool { return l.bundled || len(t.forms) > 1 }
