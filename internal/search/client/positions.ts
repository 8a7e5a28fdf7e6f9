// Positions: checking quoted phrases and nearness.

import { Reader } from "./decode";
import type { Shards } from "./shards";
import type { Postings } from "./terms";

// A place is a number that combines the document, the field and the position in the field, the document most
// significant.
const POSITIONS = 2 ** 28; // positions per field
const NEAR = 3; // words

const documentOf = (place: number, shards: Shards): number => Math.floor(place / POSITIONS / shards.fields.length);

/** The places of a term in the documents for which wanted is set, in order. */
const places = (block: Uint8Array, { documents, frequencies }: Postings, wanted: Uint8Array): number[] => {
  const reader = new Reader(block);
  const found: number[] = [];
  documents.forEach((document, i) => {
    frequencies.forEach((times, field) => {
      let place = (document * frequencies.length + field) * POSITIONS;
      for (let n = times[i] ?? 0; n > 0; n--) {
        place += reader.uint();
        if (wanted[document]) found.push(place);
        place++;
      }
    });
  });
  return found;
};

const nowhere = new Uint8Array();

/** The encoded positions of a term, from its chunk or from the shards of positions. */
const blockOf = async (stem: string, { positions, documents }: Postings, shards: Shards): Promise<Uint8Array> => {
  if (positions || !documents.length) return positions ?? nowhere;
  const [ref = ""] = (await shards.once("positions", async () => (await shards.read(shards.positions)).table())).find(stem);
  const chunk = await shards.read(ref);
  let found = "";
  const heads = chunk.list((): [string, number] => [(found = chunk.next(found)), chunk.uint()]);
  for (const [other, size] of heads) {
    const block = chunk.take(size);
    if (other === stem) return block;
  }
  return nowhere;
};

/** Clears allowed for the documents that do not hold the stems in sequence in one field. */
export const keepHolders = async (stems: string[], postings: Postings[], allowed: Uint8Array, shards: Shards): Promise<void> => {
  for (const { documents } of postings) {
    const holds = new Uint8Array(shards.count);
    for (const document of documents) holds[document] = 1;
    allowed.forEach((own, document) => (allowed[document] = own & (holds[document] ?? 0)));
  }
  if (stems.length < 2 || !allowed.includes(1)) return;
  const blocks = await Promise.all(stems.map((stem, i) => blockOf(stem, postings[i] as Postings, shards)));
  let starts: number[] | null = null; // places where the phrase may begin
  blocks.forEach((block, i) => {
    const own: Set<number> = new Set(places(block, postings[i] as Postings, allowed).map((place) => place - i));
    starts = (starts ?? [...own]).filter((place) => own.has(place));
  });
  allowed.fill(0);
  for (const place of starts ?? []) allowed[documentOf(place, shards)] = 1;
};

/** For every candidate, whether two terms occur near each other in a field. */
export const nearIn = (a: Postings, b: Postings, candidates: Uint8Array, shards: Shards): Uint8Array => {
  const near = new Uint8Array(shards.count);
  if (!a.positions || !b.positions) return near;
  const others = places(b.positions, b, candidates);
  let at = 0;
  for (const place of places(a.positions, a, candidates)) {
    while ((others[at] ?? Infinity) < place - NEAR) at++;
    const other = others[at] ?? Infinity;
    if (other <= place + NEAR && Math.floor(other / POSITIONS) === Math.floor(place / POSITIONS)) near[documentOf(place, shards)] = 1;
  }
  return near;
};
