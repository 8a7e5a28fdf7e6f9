// Suggestions for a reader who is typing, from the files that ../suggest.go writes.

import { analyse, nameOf, withName } from "./analyse";
import { Reader } from "./decode";
import type { Host } from "./shards";

/** A suggested page. */
export interface Suggestion {
  /** Path of the page below the site's root. */
  id: string;
  title: string;
  /** A description such as "country, 6 cases". */
  what: string;
  /** Whether a query that is one of its names leads to the page. */
  isPinned: boolean;
  names: string[];
}

const MOST = 8;
const MOST_PINNED = 3;
const MOST_CHUNKS = 2;

const files = new Map<string, Promise<Uint8Array>>();

const load = async (path: string, host: Host): Promise<Reader> => {
  const file = files.get(path) ?? host.fetch(path, false).then((data) => host.inflate(data ?? new Uint8Array()));
  files.set(path, file);
  file.catch(() => files.delete(path));
  return new Reader(await file);
};

/** The pages whose names have all words of a text. The last word may be incomplete. */
export const suggest = async (text: string, host: Host): Promise<Suggestion[]> => {
  const wanted = nameOf(text).split(" ");
  const last = wanted.at(-1);
  if (!last) return [];
  const head = await load("suggest.bin", host);
  const borders = head.borders();
  if (!borders.length) return best(read(head), wanted);
  const refs = head.table(borders).find(last).slice(0, MOST_CHUNKS);
  return best((await Promise.all(refs.map((ref) => load(ref + ".bin", host)))).flatMap(read), wanted);
};

const read = (chunk: Reader): Suggestion[] =>
  chunk.list(() => ({ id: chunk.string(), title: chunk.string(), what: chunk.string(), isPinned: chunk.uint() > 0, names: chunk.strings() }));

/** Sorts pinned pages before others, and names that begin with the text before names that only have its words. */
const best = (all: Suggestion[], wanted: string[]): Suggestion[] => {
  const text = wanted.join(" ");
  const ranked = all.flatMap((own) => {
    const names = [own.title, ...own.names].flatMap((name) => [nameOf(name), analyse(name).map((word) => word.text).join(" ")]); // without joined words, and with them
    const begins = names.some((name) => name.startsWith(text));
    const has = names.some((name) => wanted.every((word) => ` ${name}`.includes(` ${word}`)));
    return has ? [{ own: { ...own, id: withName(own.id, own.title) }, rank: (own.isPinned ? 0 : 2) + (begins ? 0 : 1) }] : [];
  });
  ranked.sort((a, b) => a.rank - b.rank || a.own.title.length - b.own.title.length || (a.own.title < b.own.title ? -1 : 1));
  const seen = new Set<string>();
  const found = ranked.map(({ own }) => own).filter(({ id }) => !seen.has(id) && seen.add(id));
  return [...found.filter(({ isPinned }) => isPinned).slice(0, MOST_PINNED), ...found.filter(({ isPinned }) => !isPinned)].slice(0, MOST);
};
