// Scores documents as bleve does; the formula and where it comes from stand in ../doc.go.

import type { Reader } from "./decode";
import type { Term } from "./plan";
import { FIELDS, type Shards } from "./shards";

const K1 = 1.2;
const B = 0.75;
const BOOSTS = [6, 4, 2, 1]; // title, names, summary, body

/** The documents that a term is in, by field, and how often. */
export interface Postings {
  documents: number[];
  frequencies: number[];
}

export const loadPostings = async (stem: string, shards: Shards): Promise<Postings[]> => {
  const block = await shards.block(shards.terms, stem);
  return FIELDS.map(() => (block ? readPostings(block) : { documents: [], frequencies: [] }));
};

const readPostings = (block: Reader): Postings => {
  const frequencies: number[] = [];
  let last = -1;
  const documents = Array.from({ length: block.uint() }, () => {
    const gap = block.uint();
    frequencies.push(gap & 1 ? block.uint() : 1);
    return (last += (gap >>> 1) + 1);
  });
  return { documents, frequencies };
};

/** A term in a field. */
interface Leaf extends Postings {
  field: number;
  weight: number; // boost × idf
  idf: number;
}

/** Everything that one word of the query may match. */
export type Clause = Leaf[];

export const makeClause = async (terms: Term[], shards: Shards): Promise<Clause> => {
  const postings = await Promise.all(terms.map((term) => loadPostings(term.stem, shards)));
  return terms.flatMap((term, i) =>
    (postings[i] ?? []).map((list, field) => {
      const found = list.documents.length;
      const idf = Math.log(1 + (shards.count - found + 0.5) / (found + 0.5));
      return { ...list, field, idf, weight: (BOOSTS[field] ?? 0) * term.weight * terms.length * idf };
    }),
  );
};

/** What the clauses give every document: a score and a place in matched, or nothing. */
export class Scores {
  readonly sums: Float64Array;
  readonly matched: Uint8Array;

  constructor(count: number) {
    this.sums = new Float64Array(count);
    this.matched = new Uint8Array(count);
  }
}

export const queryNorm = (clauses: Clause[]): number =>
  1 / Math.sqrt(clauses.flat().reduce((sum, leaf) => sum + leaf.weight * leaf.weight, 0));

/** Adds up clauses: each gives its sum × the part of its leaves that match. */
export const addUp = (clauses: Clause[], norm: number, lengths: Uint8Array, shards: Shards): Scores => {
  const total = new Scores(shards.count);
  const saturation = lengthFactors(shards);
  for (const clause of clauses) {
    const own = new Scores(shards.count);
    for (const leaf of clause) {
      const factors = saturation[leaf.field] ?? [];
      const offset = leaf.field * shards.count;
      leaf.documents.forEach((document, i) => {
        const tf = Math.sqrt(leaf.frequencies[i] ?? 1);
        const factor = factors[lengths[offset + document] ?? 0] ?? 0;
        own.sums[document] = (own.sums[document] ?? 0) + ((leaf.idf * (tf * K1)) / (tf + factor)) * (leaf.weight * norm);
        own.matched[document] = (own.matched[document] ?? 0) + 1;
      });
    }
    own.matched.forEach((matches, document) => {
      if (!matches) return;
      total.sums[document] = (total.sums[document] ?? 0) + ((own.sums[document] ?? 0) * matches) / clause.length;
      total.matched[document] = (total.matched[document] ?? 0) + 1;
    });
  }
  return total;
};

/** k1 × (1 − b + b × length ÷ average) by field and length code. */
const lengthFactors = (shards: Shards): number[][] =>
  shards.averages.map((average) =>
    Array.from({ length: 64 }, (_, code) => {
      const shift = code < 4 ? 0 : (code - 2) >> 1;
      const norm = Math.fround(1 / Math.sqrt((code - shift * 2) * 2 ** shift));
      return K1 * (1 - B + (B * (1 / (norm * norm))) / average);
    }),
  );
