// Package search finds documents by words: in Go with bleve, and in the reader's browser with static files that give the
// same answers as bleve.
//
// Its input is documents and queries. Its output is results and, from Index.Export, the files for the browser. The client
// that reads these files is in client/. The package reads and writes no files, and knows nothing about case studies or
// about how results are displayed.
//
// # What matches
//
// A query is parsed into a Plan: phrases, words and excluded words. A document must hold the words of a phrase in sequence
// in one field, must hold each of the other words in some field, and must not hold an excluded word. A word matches by its
// stem and, depending on its Match, also by the other phrases of its concept, by words that it may be a misspelling of, or,
// while the reader is typing it, by longer words that begin with it. Stop words such as "the" count in phrases only, unless
// a query has nothing else.
//
// If few documents hold all the words, documents that hold only some of them are found too: the idf of their words must
// add up to at least the constant floor of the sum for the whole query. Words that no document holds are not counted, but
// at most half of the words of the query may be such words, where a corrected word counts as half of one. Filters have no influence on this.
//
// # Scores
//
// Scores are bleve's (version 2.6.1, scoring model "bm25"). Let N be the number of documents and, for one term in one
// field, df the number of documents that hold it, tf its number of occurrences in a text of len words, and avg the mean
// length of the field's texts in words, rounded up:
//
//	idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
//	L     = 1 / n², n = 1/√len in 32 bits
//	s     = idf · √tf · k1 / (√tf + k1 · (1 - b + b · L / avg)),  k1 = 1.2, b = 0.75
//	leaf  = s · boost · idf · norm,  norm = 1 / √(Σ (boost · idf)² + Σ bonus²) over all leaves and bonuses of the query
//	boost = boost of the field · weight of the term · number of terms of the word
//
// A leaf is one term of a word in one field. A word matches where one of its leaves does, and its score is
//
//	word  = (Σ leaf) · (leaves that match / leaves of the word)
//	score = Σ word + Σ bonus · norm,  over the words of phrases and the other words
//
// If documents are found that do not hold all of the n other words, these add (Σ word) · (words that match / n) instead.
//
// A document earns a bonus for each of these, where IDF is the idf of all documents that match a word in any field:
//
//	exactWeight · IDF²        for a word in the form of the query, if the library also has its stem in other forms
//	nearWeight · IDF₁ · IDF₂  for two neighbouring words of the query that are within nearWords words in some field;
//	                          but not for frequent words, see inlineLimit
//	titleWeight · Σ most      if its title has as many words as the query, and all of the query's words; most is
//	                          k1 · Σ boost · idf² over the leaves of a word, which is the upper bound of the word's score
//
// Bonuses are part of the bleve query too: each is a list of documents with a boost.
//
// In bleve, s, idf and leaf are in search/scorer/scorer_term.go, norm and the two quotients in
// search/searcher/search_disjunction_slice.go and search/scorer/scorer_disjunction.go, bonuses in
// search/scorer/scorer_constant.go, and k1 and b in search/util.go; n is how zapx stores a length. The model is by Robertson
// and Zaragoza (The Probabilistic Relevance Framework: BM25 and Beyond, 2009), with bleve's changes: √tf for tf, idf
// twice, and the quotients, which Lucene called coordination. bleve's own mean length counts distinct terms in each
// segment and drifts as documents change, so every search is given the true mean as PreSearchData. len is rounded, see
// lengthCode.
//
// Scores are compared to nine decimal places; ties are in the order of document ids.
//
// # Files
//
// Documents are numbered in the order of their ids, terms are sorted, and terms without documents are left out, so the
// files depend only on the content. All but two are named by their content. Index.Export documents the root,
// Index.chunkOfTerms the terms, suggest.go the suggestions, and the functions that write them the other files.
//
//	file           what                                        fetched
//	root.bin       what every query needs; of a small library  always
//	               everything but the positions of frequent
//	               terms
//	terms          postings, forms, pins, some positions       for every word of a query
//	cards          what results and pins show                  for results, a few documents at a time
//	vocabulary     words; a small library has them in the      for a word that is unfinished or that no document has
//	               terms instead
//	positions      positions of frequent terms                 for quoted phrases
//	filters        values by document, of all groups but       for filters
//	               organisations
//	organisations  values by document, of that group           to filter by an organisation
//	dates          ranks of dates by document                  to sort by date
//	suggest.bin    names and titles, or a table of their       while a reader types in the search box of any page
//	               chunks
//
// The division into files, which layout.go defines, was chosen by measurement. On average, a first search of 1, 2 or 3
// words that are not stop words fetches the following until results are visible, including the script of the page
// (17 KB). The rows of documents were measured with format 6, two scripts (18 KB) and longer borders of chunks:
//
//	library                        files   root      requests     KB
//	29 case studies                    3   31.1 KB   2            48
//	42 case studies                    3   44.0 KB   2            61
//	30 documents of 640 words          3   63.6 KB   3            82
//	1,000 documents of 640 words     476    3.6 KB   6, 6.4, 7.1  29, 31, 34
//	10,000 documents of 640 words  2,822   24.4 KB   6, 6.8, 7.4  52, 56, 61
//	10,000 cases of the corpus     2,574    9.1 KB   5, 6, 7      35, 41, 46
//
// A library is in one file, beside the positions of frequent terms and the suggestions, if what most queries need is at
// most bundleLimit. Before compression that is as follows. The English prose is that of documentation of many projects, so
// that its vocabulary is larger than that of a library about one subject; that of the test corpus is 20,000 invented words:
//
//	library                                             KB   root
//	this repository's content, 177 documents, 42 cases 108   48 KB
//	100 documents of 350 words of English prose        137   51 KB
//	100 documents of 640 words of English prose        190   72 KB
//	30 documents of 640 words of the test corpus       188   64 KB
//	100 documents of 640 words of the test corpus      426  155 KB
//
// TestSearchOnASlowLine checks the first row, BenchmarkCold measures the rows of documents, and package corpus measures the
// last, for a site of 19,812 files. These alternatives were measured too:
//
//   - One file for each document, with a directory of the files: 22,000 files, and up to 20 requests for ten results.
//   - Cards grouped by common words of the documents, sorted by the rarest words of their titles: ten results are in as
//     many files as in the order of ids (in 10,000 documents, 7 to 9 for 10 results, with packs of 16 or of 128 cards),
//     because results have little in common except the query.
//   - Beside the postings of every word in titles, the cards of the documents with the word: this covers 7 or 8 of 10
//     results of a query of one word, but 3 to 4 of 10 of a query of two or three words, for five times the bytes.
//   - Therefore packs are small. The page fetches the packs of the first results, enough to fill the screen of a phone,
//     before it shows them, and the others when the reader scrolls.
//   - Texts for excerpts, eight to a file: 15 KB for one excerpt. An excerpt from the page itself costs less, the index is
//     two thirds smaller, and the page is already loaded when the reader opens it.
//   - Terms column by column rather than one after the other: 24 % fewer bytes (18.0 KB instead of 23.6, in 52 documents).
//   - Ids in full, rather than without the words of the title: 0.6 KB more in 143 documents, and 0.4 KB in the suggestions.
//   - Pins without the hash of a name that is a title: 0.2 KB less, and half of that again for the script.
//   - Chunks that end where the hash of a key says so, rather than where neighbouring keys have the fewest letters in common:
//     the root of 10,000 cases has 3.6 KB more.
//   - Chunks that may end between a term and those that begin with it: 0.7 requests and 2.7 KB more for three words, whose
//     neighbours are looked up as one word too.
//   - Terms in chunks by their hashes rather than sorted: the root has less, but the words that begin like an unfinished
//     one are in as many chunks.
//   - The columns of every filter apart, rather than one column for all: 0.3 KB more, in 143 documents.
//   - Numbers of different kinds in one column, such as documents and pins of a term, or the gaps of rare and of frequent
//     terms: 1 KB more, in 143 documents.
//   - Words of a small library as the forms of its terms rather than in a separate vocabulary: 9 KB less in 176 documents.
//   - Hashes of pinned names beside the terms, and what they show on the cards, rather than both beside the terms: 5 KB less.
//   - Text as if it stood alone, rather than able to repeat the labels of filters: 1.2 KB more, in 143 documents.
//   - Postings of frequent terms as bit sets, and by document rather than by term: 0.4 KB less, which does not justify a
//     second format.
//   - Positions of all terms beside their postings: 20 KB more in 52 documents, as much as the postings. Positions of rare
//     terms only: 7 KB more.
//   - Terms of only one document in a separate file: 5 KB less, but a query for a rare word needs one more request.
package search
