// Scores documents as bleve does; the formula and where it comes from stand in ../doc.go.

import type { Reader } from "./decode";
import type { Term } from "./plan";
import type { Shards } from "./shards";

const K1 = 1.2;
const B = 0.75;

/** The documents that a term is in, in one field, and how often. */
export interface Postings {
  documents: Uint32Array;
  frequencies: Uint32Array;
}

/** The postings of a term by field. */
export const loadPostings = (stem: string, shards: Shards): Promise<Postings[]> =>
  shards.once(`postings ${stem}`, async () => {
    const block = await shards.block(shards.terms, stem);
    return shards.fields.map(() => readPostings(block));
  });

const readPostings = (block: Reader | null): Postings => {
  const length = block?.uint() ?? 0;
  const documents = new Uint32Array(length);
  const frequencies = new Uint32Array(length);
  let next = 0;
  documents.forEach((_, i) => {
    const gap = block?.uint() ?? 0;
    next += gap >>> 1;
    documents[i] = next++;
    frequencies[i] = 1 + (gap & 1);
  });
  frequencies.forEach((often, i) => {
    if (often > 1) frequencies[i] = often + (block?.uint() ?? 0);
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
      return { ...list, field, idf, weight: (shards.fields[field]?.boost ?? 0) * term.weight * terms.length * idf };
    }),
  );
};

/** What clauses give every document: a score, and how many of them match it. */
interface Scores {
  sums: Float64Array;
  matched: Uint8Array;
}

const nothing = (count: number): Scores => ({ sums: new Float64Array(count), matched: new Uint8Array(count) });

export const queryNorm = (clauses: Clause[]): number =>
  1 / Math.sqrt(clauses.flat().reduce((sum, leaf) => sum + leaf.weight * leaf.weight, 0));

/** Adds up clauses: each gives its sum × the part of its leaves that match. */
export const addUp = (clauses: Clause[], norm: number, lengths: Uint8Array, shards: Shards): Scores => {
  const total = nothing(shards.count);
  const own = nothing(shards.count); // of one clause's leaves, emptied for the next
  const saturation = lengthFactors(shards);
  const add = ({ sums, matched }: Scores, document: number, value: number): number => {
    sums[document] = (sums[document] ?? 0) + value;
    return (matched[document] = (matched[document] ?? 0) + 1);
  };
  for (const clause of clauses) {
    const found: number[] = [];
    for (const { documents, frequencies, field, idf, weight } of clause) {
      const factors = saturation[field] ?? [];
      documents.forEach((document, i) => {
        const tf = Math.sqrt(frequencies[i] ?? 1);
        const factor = factors[lengths[field * shards.count + document] ?? 0] ?? 0;
        if (add(own, document, ((idf * (tf * K1)) / (tf + factor)) * (weight * norm)) < 2) found.push(document);
      });
    }
    for (const document of found) {
      add(total, document, ((own.sums[document] ?? 0) * (own.matched[document] ?? 0)) / clause.length);
      own.sums[document] = own.matched[document] = 0;
    }
  }
  return total;
};

/** k1 × (1 − b + b × length ÷ average) by field and length code. */
const lengthFactors = (shards: Shards): number[][] =>
  shards.fields.map(({ average }) =>
    Array.from({ length: 64 }, (_, code) => {
      const shift = code < 4 ? 0 : (code - 2) >> 1;
      const norm = Math.fround(1 / Math.sqrt((code - shift * 2) * 2 ** shift));
      return K1 * (1 - B + (B * (1 / (norm * norm))) / average);
    }),
  );
