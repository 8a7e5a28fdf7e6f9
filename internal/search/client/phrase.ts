import type { Postings } from "./score";
import type { Shards } from "./shards";

/** The documents among the candidates that hold the stems one after the other in a field. */
export const holders = async (stems: string[], postings: Postings[][], candidates: Set<number>, shards: Shards): Promise<Set<number>> => {
  if (stems.length < 2 || candidates.size === 0) return candidates;
  const table = (await shards.read(shards.positions)).table();
  const places = await Promise.all(
    stems.map(async (stem, i) => {
      const block = await shards.block(table, stem);
      const found = new Map<number, Set<number>>();
      const lists = postings[i] ?? [];
      const next = lists.map(() => 0);
      for (;;) {
        const document = Math.min(...lists.map((list, field) => list.documents[next[field] ?? 0] ?? Infinity));
        if (!block || document === Infinity) return found;
        const here = new Set<number>();
        lists.forEach((list, field) => {
          const at = next[field] ?? 0;
          if (list.documents[at] !== document) return;
          next[field] = at + 1;
          let position = -1;
          for (let n = list.frequencies[at] ?? 0; n > 0; n--) {
            position += block.uint() + 1;
            here.add(position * lists.length + field);
          }
        });
        if (candidates.has(document)) found.set(document, here);
      }
    }),
  );
  const fields = postings[0]?.length ?? 0;
  const follows = (document: number): boolean =>
    [...(places[0]?.get(document) ?? [])].some((place) => places.every((own, i) => own.get(document)?.has(place + i * fields)));
  return new Set([...candidates].filter(follows));
};
