// Decodes the chunks of terms that ../terms.go encodes.

import { Reader, times } from "./decode";
import type { Shards } from "./shards";

type Columns = [Reader, Reader, Reader, Reader, Reader, Reader, Reader, Reader, Reader, Reader, Reader, Reader, Reader, Reader];
const FREQUENT = 16; // documents

/** A term and the documents that hold it. */
export interface Postings {
  documents: number[];
  /** By field, then by index in documents; 0 where the field does not hold the term. */
  frequencies: number[][];
  /** Documents that names lead to, with the hashes of the names. */
  pins: { document: number; hash: number }[];
  /** The words with this stem, each with whether a document has it, by index in documents. If there is only one word, it may be missing. */
  forms: [word: string, has: boolean[]][];
  /** The positions of the term, if they are in the chunk. */
  positions: Uint8Array | null;
}

/** All terms of a library that has them in one chunk; [] if there are no terms. */
export const allTerms = async (shards: Shards): Promise<Postings[]> => {
  const [ref] = shards.terms.find("");
  return ref ? [...(await loadChunk(ref, shards)).values()] : [];
};

/** The postings of a term. */
export const loadPostings = async (stem: string, shards: Shards): Promise<Postings> => {
  const [ref] = shards.terms.find(stem);
  return (ref && (await loadChunk(ref, shards)).get(stem)) || emptyOf(0, shards);
};

const loadChunk = (ref: string, shards: Shards): Promise<Map<string, Postings>> =>
  shards.once(`terms ${ref}`, async () => readTerms(await shards.read(ref), shards));

/** Postings with room for count documents. Small arrays are made much faster than typed ones. */
const emptyOf = (count: number, shards: Shards): Postings => ({
  documents: times(count, () => 0),
  frequencies: shards.fields.map(() => times(count, () => 0)),
  pins: [],
  forms: [],
  positions: null,
});

const readTerms = (chunk: Reader, shards: Shards): Map<string, Postings> => {
  const sizes = times(14, () => chunk.uint());
  const [counts, pinned, formed, shares, stems, cuts, words, pins, rare, frequent, fields, repeats, lists, positions] = sizes.map((size) => new Reader(chunk.take(size))) as Columns;
  const terms = new Map<string, Postings>();
  const [ends, formEnds] = [stems.texts().reverse(), words.texts().reverse()];
  for (let stem = ""; !counts.done; ) {
    const [count, inline] = counts.flagged();
    const [forms, whole] = formed.flagged();
    stem = stem.slice(0, shares.uint()) + ends.pop();
    const own = emptyOf(count, shards);
    own.pins = times(pinned.uint(), () => ({ document: pins.uint(), hash: pins.uint() }));
    readDocuments(own, count < FREQUENT ? rare : frequent, fields, repeats);
    own.forms = times(forms, () => [
      stem.slice(0, stem.length - cuts.uint()) + formEnds.pop(),
      whole ? times(count, () => true) : readForm(count, lists),
    ]);
    if (inline) own.positions = takePositions(own, positions);
    terms.set(stem, own);
  }
  return terms;
};

const readDocuments = ({ documents, frequencies }: Postings, gaps: Reader, fields: Reader, repeats: Reader): void => {
  let next = 0;
  documents.forEach((_, i) => {
    const [gap, usual] = gaps.flagged();
    next += gap;
    documents[i] = next++;
    if (usual) {
      (frequencies.at(-1) ?? [])[i] = 1;
      return;
    }
    const [mask, once] = fields.flagged();
    frequencies.forEach((own, field) => {
      if ((mask >> field) & 1) own[i] = once ? 1 : 1 + repeats.uint();
    });
  });
};

const readForm = (count: number, lists: Reader): boolean[] => {
  const [listed, inverted] = lists.flagged();
  const has = times(count, () => inverted);
  for (let n = listed, next = 0; n > 0; n--) {
    next += lists.uint();
    has[next++] = !inverted;
  }
  return has;
};

/** The bytes of the positions of a term. */
const takePositions = ({ frequencies }: Postings, positions: Reader): Uint8Array => {
  const start = positions.at;
  for (const field of frequencies) for (const times of field) for (let n = times; n > 0; n--) positions.uint();
  return positions.from(start);
};
