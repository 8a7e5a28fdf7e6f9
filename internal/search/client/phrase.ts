import type { Reader } from "./decode";
import type { Postings } from "./score";
import type { Shards } from "./shards";

// A place is a number: that of the document, of the field and of the position in it, the first most significant.
const POSITIONS = 2 ** 30; // in a field

/** The documents among the candidates that hold the stems one after the other in a field. */
export const holders = async (stems: string[], postings: Postings[][], candidates: Set<number>, shards: Shards): Promise<Set<number>> => {
  if (stems.length < 2 || !candidates.size) return candidates;
  const table = (await shards.read(shards.positions)).table();
  const words = await Promise.all(
    stems.map(async (stem, i) => {
      const lists = postings[i] ?? [];
      return { i, lists, count: Math.max(...lists.map(({ documents }) => documents.length)), block: await shards.block(table, stem) };
    }),
  );
  let starts: number[] | null = null; // where the phrase may begin
  for (const { i, lists, block } of words.sort((a, b) => a.count - b.count)) {
    const own = new Set(block ? places(block, lists, candidates).map((place) => place - i) : []);
    starts = (starts ?? [...own]).filter((place) => own.has(place));
    candidates = new Set(starts.map((place) => Math.floor(place / POSITIONS / shards.fields.length)));
  }
  return candidates;
};

/** Where a stem is in the candidates. */
const places = (block: Reader, lists: Postings[], candidates: Set<number>): number[] => {
  const order: number[] = []; // of the documents in the block, and of the fields of each
  lists.forEach(({ documents }, field) => documents.forEach((document) => order.push(document * lists.length + field)));
  const next = lists.map(() => 0);
  const found: number[] = [];
  new Float64Array(order).sort().forEach((held) => {
    const field = held % lists.length;
    const at = next[field] ?? 0;
    next[field] = at + 1;
    let place = held * POSITIONS;
    const isCandidate = candidates.has(Math.floor(held / lists.length));
    for (let n = lists[field]?.frequencies[at] ?? 0; n > 0; n--) {
      place += block.uint();
      if (isCandidate) found.push(place);
      place++;
    }
  });
  return found;
};
