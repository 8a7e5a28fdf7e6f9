// Decodes the chunks of ../terms.go.

import { Reader } from "./decode";
import type { Shards } from "./shards";

/** A name that leads to a document. */
export interface Pin {
  /** Path of the page below the site's root. */
  id: string;
  title: string;
  /** What it is: "country, 6 cases". */
  what: string;
}

/** A term and the documents that hold it. */
export interface Postings {
  documents: Uint32Array;
  /** By field and place among the documents; 0 where it is not in the field. */
  frequencies: Uint32Array[];
  pins: (Pin & { name: string; document: number })[];
  /** The words with this stem, if there are several, and whether a document has them, by its place. */
  forms: Map<string, boolean[]>;
  /** Where the term is, if that stands in the chunk. */
  positions: Reader | null;
}

/** The postings of a term. */
export const loadPostings = async (stem: string, shards: Shards): Promise<Postings> => {
  const ref = shards.terms.find(stem)[0];
  const chunk = ref && (await shards.once(`terms ${ref}`, async () => readTerms(await shards.load(ref), shards)));
  return (chunk && chunk.get(stem)) || none(shards);
};

const none = (shards: Shards): Postings => ({
  documents: new Uint32Array(),
  frequencies: shards.fields.map(() => new Uint32Array()),
  pins: [],
  forms: new Map(),
  positions: null,
});

const readTerms = (data: Uint8Array, shards: Shards): Map<string, Postings> => {
  const heads = new Reader(data);
  const sizes = [heads.uint(), heads.uint(), heads.uint(), heads.uint()];
  let end = data.length - sizes.reduce((sum, size) => sum + size);
  const headsEnd = end;
  const [gaps, details, lists, positions] = sizes.map((size) => new Reader(data.subarray(end, (end += size)))) as [Reader, Reader, Reader, Reader];
  const terms = new Map<string, Postings>();
  for (let stem = ""; heads.at < headsEnd; ) {
    stem = heads.next(stem);
    const [count, inline] = heads.flagged();
    const pinned = heads.uint();
    const formed = heads.uint();
    const own: Postings = {
      documents: new Uint32Array(count),
      frequencies: shards.fields.map(() => new Uint32Array(count)),
      pins: Array.from({ length: pinned }, () => {
        const document = heads.uint();
        return { document, name: heads.string(), id: heads.string(), title: heads.string(), what: heads.string() };
      }),
      forms: new Map(),
      positions: null,
    };
    let word = stem;
    const words = Array.from({ length: formed }, () => (word = heads.next(word)));
    readDocuments(own, gaps, details);
    for (const form of words) own.forms.set(form, readForm(count, lists));
    if (inline) own.positions = skipPositions(own, positions);
    terms.set(stem, own);
  }
  return terms;
};

const readDocuments = ({ documents, frequencies }: Postings, gaps: Reader, details: Reader): void => {
  let next = 0;
  documents.forEach((_, i) => {
    const [gap, usual] = gaps.flagged();
    next += gap;
    documents[i] = next++;
    if (usual) {
      (frequencies.at(-1) ?? [])[i] = 1;
      return;
    }
    const [fields, once] = details.flagged();
    frequencies.forEach((own, field) => {
      if ((fields >> field) & 1) own[i] = once ? 1 : 1 + details.uint();
    });
  });
};

const readForm = (count: number, lists: Reader): boolean[] => {
  const [listed, inverted] = lists.flagged();
  const has = new Array<boolean>(count).fill(inverted);
  for (let n = listed, next = 0; n > 0; n--) {
    next += lists.uint();
    has[next++] = !inverted;
  }
  return has;
};

/** A reader at the beginning of a term's positions; the one given goes on to the end of them. */
const skipPositions = ({ frequencies }: Postings, positions: Reader): Reader => {
  const start = positions.at;
  for (const field of frequencies) for (const times of field) for (let n = times; n > 0; n--) positions.uint();
  return positions.between(start, positions.at);
};
