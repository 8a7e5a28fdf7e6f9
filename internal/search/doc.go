// Package search finds documents by words: in Go by bleve, and in the reader's browser from static files that answer
// as bleve would.
//
// In: documents, a query. Out: results; and, from Index.Export, the files for the browser, whose client is in client/.
// It reads and writes no files, knows nothing of case studies, and shows nothing.
//
// # What matches
//
// A query is a Plan: phrases, whose words a document must hold one after the other in one field, and words, each of
// which it must hold in some field. A word stands for its stem and, as its Match says, for other words of the
// vocabulary. If no document holds all the words, those that hold most of them are found; filters play no part in
// that. Very common words ("the") count in phrases only, unless a query has nothing else.
//
// # Scores
//
// Scores are bleve's (version 2.6.1, scoring model "bm25"). With N documents and, for one term in one field, df documents
// that hold it, tf times in a text of len words, where the field's texts are avg words long in the mean, rounded up:
//
//	idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
//	L     = 1 / n², n = 1/√len in 32 bits
//	s     = idf · √tf · k1 / (√tf + k1 · (1 - b + b · L / avg)),  k1 = 1.2, b = 0.75
//	leaf  = s · boost · idf · norm,  norm = 1 / √(Σ (boost · idf)²) over all leaves of the query
//	boost = boost of the field · weight of the term · number of terms of the word
//
// A leaf is one term of a word in one of the four fields. A word matches where a leaf does, and gives
//
//	word  = (Σ leaf) · (leaves that match / leaves of the word)
//	score = Σ word,  over the words of phrases and the other words
//
// and, when only some of the n other words are required, those give (Σ word) · (words that match / n) instead.
//
// s, idf and leaf are in bleve's search/scorer/scorer_term.go, norm and the two quotients in its
// search/searcher/search_disjunction_slice.go and search/scorer/scorer_disjunction.go, k1 and b in its search/util.go; n
// is how zapx keeps a length. The model is Robertson's and Zaragoza's (The Probabilistic Relevance Framework: BM25 and
// Beyond, 2009), with bleve's changes: √tf for tf, idf twice, and the quotients, which Lucene called coordination.
// bleve's own mean length counts distinct terms for each segment and drifts as documents change; the true one is given
// to every search as PreSearchData. len is rounded, see lengthCode.
//
// Scores are compared to nine decimals; ties are in the order of document ids.
//
// # Files
//
// root.bin lists the shards, which are named by content and deflated. Documents are numbered in the order of their
// ids, terms sorted, and terms without documents left out, so the files depend on the documents and on nothing else.
// What each file holds is written where it is encoded, from Index.Export on.
package search
