// Scores documents as bleve does. ../doc.go has the formula and its sources.

import { times } from "./decode";
import type { Term } from "./plan";
import type { Shards } from "./shards";
import { loadPostings, type Postings } from "./terms";

const K1 = 1.2;
const B = 0.75;

/** The idf of a word that found documents hold. */
export const idfOf = (found: number, shards: Shards): number => Math.log(1 + (shards.count - found + 0.5) / (found + 0.5));

/** A term in a field. */
interface Leaf {
  documents: number[];
  frequencies: number[];
  field: number;
  weight: number; // boost × idf
  idf: number;
}

/** All terms of one word of the query. */
export interface Clause {
  terms: Term[];
  postings: Postings[];
  leaves: Leaf[];
  /** 1 for each document that matches. */
  holds: Uint8Array;
  /** The idf of the documents that hold the word in any field. */
  idf: number;
  /** Upper bound of the score that the word gives to a document. */
  most: number;
}

export const makeClause = async (terms: Term[], shards: Shards): Promise<Clause> => {
  const postings = await Promise.all(terms.map((term) => loadPostings(term.stem, shards)));
  const holds = new Uint8Array(shards.count);
  for (const { documents } of postings) for (const document of documents) holds[document] = 1;
  const leaves = terms.flatMap(({ weight }, i) =>
    shards.fields.map(({ boost }, field) => {
      const { documents = [], frequencies = [] } = postings[i] ?? {};
      const own = frequencies[field] ?? [];
      const idf = idfOf(own.reduce((n, times) => n + (times && 1), 0), shards);
      return { documents, frequencies: own, field, idf, weight: boost * weight * terms.length * idf };
    }),
  );
  const most = leaves.reduce((sum, { weight, idf }) => sum + K1 * weight * idf, 0);
  return { terms, postings, leaves, holds, idf: idfOf(holds.reduce((n, own) => n + own, 0), shards), most };
};

/** The score of every document from some clauses, and how many of them it matches. */
export interface Scores {
  sums: Float64Array;
  matched: Uint8Array;
}

const nothing = (count: number): Scores => ({ sums: new Float64Array(count), matched: new Uint8Array(count) });

/** 1 / √(sum of the squares of all weights). */
export const queryNorm = (clauses: Clause[], bonuses: number[]): number =>
  1 / Math.sqrt([...clauses.flatMap(({ leaves }) => leaves.map(({ weight }) => weight)), ...bonuses].reduce((sum, weight) => sum + weight * weight, 0));

/** Adds up clauses. The score of a clause is the sum of its leaves × the fraction of its leaves that match. */
export const addUp = (clauses: Clause[], norm: number, lengths: Uint8Array, shards: Shards): Scores => {
  const total = nothing(shards.count);
  const own = nothing(shards.count); // of the leaves of one clause; cleared for the next
  const saturation = lengthFactors(shards);
  const add = ({ sums, matched }: Scores, document: number, value: number): number => {
    sums[document] = (sums[document] ?? 0) + value;
    return (matched[document] = (matched[document] ?? 0) + 1);
  };
  for (const { leaves } of clauses) {
    const found: number[] = [];
    for (const { documents, frequencies, field, idf, weight } of leaves) {
      const factors = saturation[field] ?? [];
      documents.forEach((document, i) => {
        const times = frequencies[i] ?? 0;
        if (!times) return;
        const tf = Math.sqrt(times);
        const factor = factors[lengths[field * shards.count + document] ?? 0] ?? 0;
        if (add(own, document, ((idf * (tf * K1)) / (tf + factor)) * (weight * norm)) < 2) found.push(document);
      });
    }
    for (const document of found) {
      add(total, document, ((own.sums[document] ?? 0) * (own.matched[document] ?? 0)) / leaves.length);
      own.sums[document] = own.matched[document] = 0;
    }
  }
  return total;
};

/** The code of a length; see ../entry.go. */
export const lengthCode = (length: number): number => {
  if (length < 4) return length;
  const shift = 30 - Math.clz32(length);
  return shift * 2 + (length >> shift);
};

/** k1 × (1 − b + b × length ÷ average), by field and length code. */
const lengthFactors = (shards: Shards): number[][] =>
  shards.fields.map(({ average }) =>
    times(64, (code) => {
      const shift = code < 4 ? 0 : (code - 2) >> 1;
      const norm = Math.fround(1 / Math.sqrt((code - shift * 2) * 2 ** shift));
      return K1 * (1 - B + (B * (1 / (norm * norm))) / average);
    }),
  );
