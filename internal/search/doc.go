// Package search finds documents by words: in Go by bleve, and in the reader's browser from static files that answer
// as bleve would.
//
// In: documents, a query. Out: results; and, from Index.Export, the files for the browser, whose client is in client/.
// It reads and writes no files, knows nothing of case studies, and shows nothing.
//
// # What matches
//
// A query is a Plan: phrases, whose words a document must hold one after the other in one field; words, each of which it
// must hold in some field; and excluded words, which it must not hold. A word means its stem and, as its Match says, the
// other phrases of its concept, the words that it may be a slip for, or, while the reader is typing it, the words that it
// begins. Very common words ("the") count in phrases only, unless a query has nothing else.
//
// If few documents hold all the words, those are found too that hold enough of what they tell: floor of the sum of their
// idf. Words that no document holds count only in that they must not be most of the query. Filters play no part in that.
//
// # Scores
//
// Scores are bleve's (version 2.6.1, scoring model "bm25"). With N documents and, for one term in one field, df documents
// that hold it, tf times in a text of len words, where the field's texts are avg words long in the mean, rounded up:
//
//	idf   = ln(1 + (N - df + 0.5) / (df + 0.5))
//	L     = 1 / n², n = 1/√len in 32 bits
//	s     = idf · √tf · k1 / (√tf + k1 · (1 - b + b · L / avg)),  k1 = 1.2, b = 0.75
//	leaf  = s · boost · idf · norm,  norm = 1 / √(Σ (boost · idf)² + Σ bonus²) over all leaves and bonuses of the query
//	boost = boost of the field · weight of the term · number of terms of the word
//
// A leaf is one term of a word in one of the fields. A word matches where a leaf does, and gives
//
//	word  = (Σ leaf) · (leaves that match / leaves of the word)
//	score = Σ word + Σ bonus · norm,  over the words of phrases and the other words
//
// and, when documents are found that do not hold all of the n other words, those give (Σ word) · (words that match / n) instead.
//
// A document earns a bonus, where IDF is the idf of all documents that match a word in whatever field,
//
//	exactWeight · IDF²        for a word in the form that is asked for, if the library has its stem in other forms too
//	nearWeight · IDF₁ · IDF₂  for two neighbouring words of the query that stand within nearWords words in some field;
//	                          but not for frequent words, see inlineLimit
//	titleWeight · Σ most      if its title has as many words as the query, and among them all of the query's; most is
//	                          k1 · Σ boost · idf² over the leaves of a word, more than which the word cannot give
//
// Bonuses are bleve's too: each is a list of documents with a boost.
//
// s, idf and leaf are in bleve's search/scorer/scorer_term.go, norm and the two quotients in its
// search/searcher/search_disjunction_slice.go and search/scorer/scorer_disjunction.go, bonuses in
// search/scorer/scorer_constant.go, k1 and b in its search/util.go; n is how zapx keeps a length. The model is Robertson's
// and Zaragoza's (The Probabilistic Relevance Framework: BM25 and Beyond, 2009), with bleve's changes: √tf for tf, idf
// twice, and the quotients, which Lucene called coordination. bleve's own mean length counts distinct terms for each
// segment and drifts as documents change; the true one is given to every search as PreSearchData. len is rounded, see
// lengthCode.
//
// Scores are compared to nine decimals; ties are in the order of document ids.
//
// # Files
//
// Documents are numbered in the order of their ids, terms sorted, and terms without documents left out, so the files
// depend on the content and on nothing else. All but two are named by their content. Index.Export describes the root,
// Index.chunkOfTerms the terms, addSuggestions the suggestions, and the functions that write them the others.
//
//	file           what                                        fetched
//	root.bin       what every query needs; of a small library  always
//	               all but the positions of frequent terms
//	terms          postings, forms, pins, some positions       for every word of a query
//	cards          what results and pins show                  for results, a few documents at a time
//	vocabulary     words; of a small library the terms         for a word that is unfinished or that no document has
//	               hold them
//	positions      of frequent terms                           for quoted phrases
//	filters        values of all groups by document            for filters
//	organisations  likewise of that group                      to filter by an organisation
//	dates          ranks of dates by document                  to sort by date
//	suggest.bin    names and titles, or a table of their       while a reader types in the box of any page
//	               chunks
//
// How the files are divided was chosen by measuring; layout.go holds the result. What a first search of 1, 2 or 3 telling
// words fetches until results show, in the mean, the two scripts of the page (17 KB) included:
//
//	library                        files   root      requests     KB
//	29 case studies                    3   36.0 KB   3            53
//	42 case studies                    3   48.6 KB   3            66
//	1,000 documents of 640 words     476    3.6 KB   6, 6.4, 7.1  28, 30, 33
//	10,000 documents of 640 words  2,822   24.4 KB   6, 6.8, 7.4  51, 55, 60
//	10,000 cases of the corpus     2,695   12.1 KB   6, 7, 8      39, 46, 52
//
// The first row is of TestSearchOnASlowLine, which holds it; the rows of documents are of BenchmarkCold, and the last of
// package corpus, whose whole site is 19,207 files. Tried:
//
//   - One file for each document, with a directory of them: 22,000 files and up to 20 requests for ten results.
//   - Cards of documents together that have words in common, ordered by the rarest words of their titles: ten results
//     are in as many files as in the order of ids (in 10,000 documents, 7 to 9 of 10, with packs of 16 as with packs of
//     128), as they have little in common but the query.
//   - For every word in titles, the cards of the documents that have it, beside its postings: covers 7 or 8 of 10 results
//     of a query of one word, but 3 to 4 of 10 of a query of two or three, at five times the bytes.
//   - So packs are small, and the page fetches those of the first results, as many as fill a telephone's screen, before
//     it shows them, and the others when the reader moves.
//   - Texts for excerpts, eight to a file: 15 KB for one excerpt. Cut from the pages instead, an excerpt costs less, the
//     index loses two thirds of its bytes, and the page is loaded when the reader opens it.
//   - Terms column by column rather than one after the other: 24 % fewer bytes (18.0 KB of 23.6, in 52 documents).
//   - Words of a small library as the forms of its terms rather than in a vocabulary of its own: 9 KB less in 176 documents.
//   - Names that lead to a page as a hash beside the terms, and what they lead to on the page's card, rather than all of it
//     beside the terms: 5 KB less.
//   - Positions beside the postings of terms that occur at most 16 times rather than 35 times: 4.5 KB less.
//   - Postings of frequent terms as bits, and by document rather than by term: 0.4 KB less, which is not worth a second way.
//   - Positions of all terms beside their postings: 20 KB more in 52 documents, as much as the postings. Of terms that
//     occur seldom: 7 KB.
//   - The terms that one document alone has in a file of their own: 5 KB less, but a query for a rare word waits for one
//     more request.
package search
