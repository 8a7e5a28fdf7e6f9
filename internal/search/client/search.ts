// The search: runs queries on the exported files of one site.

import { withName, wordsOf } from "./analyse";
import { times, type Reader } from "./decode";
import { match, type Matches } from "./match";
import { makePlan, type Plan } from "./plan";
import { GROUPS, Shards, Stale, type Group, type Host } from "./shards";
import { plain, stem } from "./stem";
import { loadPostings } from "./terms";
import { isStopWord } from "./vocabulary";

export interface Request {
  text: string;
  /** Whether the reader is still typing, so that the last word may be incomplete. */
  unfinished: boolean;
  /** In each of these groups, a result has one of the values. */
  filters: Partial<Record<Group, string[]>>;
  sort: "relevance" | "date";
  offset: number;
  limit: number;
  /** Whether to count results by value, for which all groups have to be loaded; organisations are counted only if one is chosen. */
  counts: boolean;
}

/** A result. Its card holds what is shown of it. */
export interface Hit {
  document: number;
  score: number;
  /** The words of the query that the document does not hold. */
  missing: string[];
  /** The file that holds its card. */
  pack: string;
}

/** The texts that a result shows. */
export interface Card {
  /** Path of the page below the site's root. */
  id: string;
  title: string;
  summary: string;
  /** BCP 47, or "" for the site's language. */
  lang: string;
  /** A description such as "country, 6 cases", if the page has names that lead to it. */
  what: string;
  details: string[];
}

export interface Count {
  id: string;
  label: string;
  /** The number of results that there are, or would be if this were the only value chosen in its group. */
  count: number;
}

export interface Results {
  plan: Plan;
  /** Whether results may lack some of plan.words, because few or no documents hold them all. */
  partial: boolean;
  /** Pages that the query names. */
  pins: Card[];
  total: number;
  hits: Hit[];
  counts: Partial<Record<Group, Count[]>>;
}

const MOST_PINS = 3;

/** Searches one site. Queries may run in parallel; abort a query when a later one replaces it. */
export class Search {
  #shards: Promise<Shards> | null = null;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Answers a request. Rejects with the signal's reason when the signal is aborted, and with the host's error when its fetch rejects. */
  async query(request: Request, signal?: AbortSignal): Promise<Results> {
    return this.#current((shards) => run(request, shards, signal));
  }

  /** Loads the root again. */
  async reload(): Promise<void> {
    await this.#open(true);
  }

  /** The card of a hit. Rejects with Stale if the site has been published again since the query: reload, then query again. */
  async card({ document }: Hit): Promise<Card> {
    return loadCard(document, await this.#open(false));
  }

  /** Runs work with the loaded root, and again with the current root if the loaded one turns out to be out of date. */
  async #current<T>(work: (shards: Shards) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#open(false));
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      return work(await this.#open(true));
    }
  }

  #open(fresh: boolean): Promise<Shards> {
    if (!this.#shards || fresh) {
      const shards = Shards.open(this.#host, fresh);
      this.#shards = shards;
      shards.catch(() => {
        if (this.#shards === shards) this.#shards = null;
      });
    }
    return this.#shards;
  }
}

const run = async (request: Request, shards: Shards, signal?: AbortSignal): Promise<Results> => {
  const isFiltered = request.counts || GROUPS.some((group) => request.filters[group]?.length);
  const [plan, pinned, groups, dates] = await Promise.all([
    makePlan(request.text, request.unfinished, shards),
    findPinned(request.text, shards),
    isFiltered ? loadGroups(!!request.filters.organisation?.length, shards) : [],
    request.sort === "date" ? loadDates(shards) : null,
  ]);
  signal?.throwIfAborted();
  const [matches, pins] = await Promise.all([match(plan, shards), Promise.all(pinned.map((document) => loadCard(document, shards)))]);
  signal?.throwIfAborted();
  const { scores, partial, missing } = matches;
  const results: Results = { plan, partial, pins, total: 0, hits: [], counts: {} };
  for (const document of pinned) scores[document] = -1; // pinned pages are left out of the results
  const refused = filter(request, results, matches, groups, shards.count);
  const found: number[] = [];
  refused.forEach((by, document) => by || found.push(document));
  results.total = found.length;
  const keys = dates ?? scores.map((own) => Math.floor(own * 1e9 + 0.5));
  results.hits = best(found, keys, request.offset + request.limit)
    .slice(request.offset)
    .map((document) => ({ document, score: scores[document] ?? 0, missing: missing(document), pack: shards.packOf(document).ref }));
  return results;
};

/** The documents that the query names. */
const findPinned = async (text: string, shards: Shards): Promise<number[]> => {
  const all = wordsOf(text);
  const telling = all.filter((word) => !isStopWord(word) && word !== "number");
  const words = (telling.length ? telling : all).map(plain).sort();
  const hash = nameHash(words.join(" "));
  const { pins } = await loadPostings(stem(words.find((word) => !/^[0-9]/.test(word)) ?? words[0] ?? ""), shards);
  return pins.filter((pin) => pin.hash === hash).slice(0, MOST_PINS).map(({ document }) => document);
};

/** The hash of a name, as in ../pin.go. */
const nameHash = (name: string): number => {
  let hash = 2166136261;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  return hash & 0x1fffff;
};

/** The first documents, highest key first. Finding the lowest key by sorting numbers alone is much faster than sorting all documents. */
const best = (found: number[], keys: ArrayLike<number>, count: number): number[] => {
  const key = (document: number): number => keys[document] ?? 0;
  const least = new Float64Array(found.map(key)).sort().at(-count) ?? -Infinity;
  return found
    .filter((document) => key(document) >= least)
    .sort((a, b) => key(b) - key(a) || a - b)
    .slice(0, count);
};

/** For each document, a bit for every group whose filter excludes it, and one if it does not match. Sets the counts if they are asked for. */
const filter = (request: Request, results: Results, { scores }: Matches, groups: Value[][], count: number): Uint16Array => {
  const refused = new Uint16Array(scores.map((own) => (own < 0 ? 1 << GROUPS.length : 0)));
  groups.forEach((values, i) => {
    const chosen = request.filters[GROUPS[i] as Group] ?? [];
    if (!chosen.length) return;
    const held = new Uint8Array(count);
    for (const value of values) {
      if (chosen.includes(value.id)) for (const document of value.documents) held[document] = 1;
    }
    held.forEach((holds, document) => {
      if (!holds) refused[document] = (refused[document] ?? 0) | (1 << i);
    });
  });
  if (request.counts) {
    groups.forEach((values, i) => {
      results.counts[GROUPS[i] as Group] = values.map(({ id, label, documents }) => {
        let count = 0;
        for (const document of documents) if (!((refused[document] ?? 0) & ~(1 << i))) count++;
        return { id, label, count };
      });
    });
  }
  return refused;
};

interface Value {
  id: string;
  label: string;
  place: number;
  implies: number[];
  documents: number[];
}

/** The values of the groups, in the order in which readers see them, and the documents that have each. Organisations are included only if they are asked for. */
const loadGroups = async (organisations: boolean, shards: Shards): Promise<Value[][]> => {
  const [groups, more] = await Promise.all([loadColumns(shards.filters, GROUPS.length - 1, shards), organisations ? loadColumns(shards.organisations, 1, shards) : []]);
  return [...groups, ...more];
};

const loadColumns = (ref: string, groups: number, shards: Shards): Promise<Value[][]> =>
  shards.once(`groups ${ref}`, async () => {
    const column = await shards.read(ref);
    const columns = readColumns(column, groups, shards.count);
    for (const { implies, documents } of columns[GROUPS.indexOf("hallmark")] ?? []) {
      for (const principle of implies) {
        const value = columns[GROUPS.indexOf("principle")]?.[principle];
        if (value) value.documents = [...new Set(value.documents.concat(documents))];
      }
    }
    for (const values of columns) values.sort((a, b) => a.place - b.place);
    return columns;
  });

const readColumns = (column: Reader, groups: number, count: number): Value[][] => {
  const columns = times(groups, () =>
    column.list((): Value => {
      const id = column.string();
      const label = column.string();
      return { id: withName(id, label), label, place: column.uint(), implies: column.list(() => column.uint()), documents: [] };
    }),
  );
  const take = (values: Value[], document: number, from: number): number => {
    const code = column.uint();
    const at = from + (code >> 1);
    if (code) values[at]?.documents.push(document);
    return code && !(code & 1) ? at : -1; // the value from which the next gap counts
  };
  const open = columns.map((values) => times(count, (document) => take(values, document, -1)));
  columns.forEach((values, i) =>
    open[i]?.forEach((at, document) => {
      while (at >= 0) at = take(values, document, at);
    }),
  );
  return columns;
};

const loadDates = (shards: Shards): Promise<number[]> =>
  shards.once("dates", async () => {
    const column = await shards.read(shards.dates);
    return times(shards.count, () => column.uint());
  });

const loadCard = async (document: number, shards: Shards): Promise<Card> => {
  const { first, ref } = shards.packOf(document);
  const cards = await shards.once(`cards ${ref}`, async () => readCards(await shards.read(ref)));
  const card = cards[document - first];
  if (!card) throw new Stale("card");
  return { ...card, id: withName(card.id, card.title) };
};

const readCards = (pack: Reader): Card[] => {
  const count = pack.uint();
  const texts = pack.texts();
  return times(count, (i) => {
    const text = (part: number): string => texts[part * count + i] ?? "";
    return { id: text(0), title: text(1), summary: text(2), lang: text(3), what: text(4), details: text(5).split("\x01").filter(Boolean) };
  });
};
