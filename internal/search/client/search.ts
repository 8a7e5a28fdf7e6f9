import type { Reader } from "./decode";
import { holders } from "./phrase";
import { makePlan, type Plan } from "./plan";
import { addUp, makeClause, queryNorm } from "./score";
import { GROUPS, Shards, Stale, type Group, type Host } from "./shards";

export interface Request {
  text: string;
  /** Whether the reader is still writing, so that the last word may go on. */
  unfinished: boolean;
  /** A result has one of the values in each group named. */
  filters: Partial<Record<Group, string[]>>;
  sort: "relevance" | "date";
  offset: number;
  limit: number;
  /** Whether to count results by value, which has to load all the groups. */
  counts: boolean;
}

export interface Hit {
  /** Path of the page below the site's root. */
  id: string;
  title: string;
  summary: string;
  /** BCP 47, or "" for the site's own language. */
  lang: string;
  details: string[];
  score: number;
  /** The shard that excerpts are cut from, or "". */
  text: string;
}

export interface Count {
  id: string;
  label: string;
  /** How many results there are, or would be with this value alone chosen in its group. */
  count: number;
}

export interface Results {
  plan: Plan;
  /** How many of plan.words a result holds at least: all, unless no document does. */
  required: number;
  total: number;
  hits: Hit[];
  counts: Partial<Record<Group, Count[]>>;
}

/** Searches one site. Queries may run side by side; abort those that are overtaken. */
export class Search {
  private shards: Promise<Shards> | null = null;
  private readonly host: Host;

  constructor(host: Host) {
    this.host = host;
  }

  /** Loads what every query needs. */
  async warm(): Promise<void> {
    await (await this.open(false)).lengthCodes();
  }

  /** Rejects with the signal's reason when it is aborted, and with what the host's fetch rejects with. */
  async query(request: Request, signal?: AbortSignal): Promise<Results> {
    try {
      return await run(request, await this.open(false), signal);
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      return run(request, await this.open(true), signal);
    }
  }

  /** The text that excerpts of a hit are cut from, or "" when there is none or it has been published anew. */
  async text(hit: Hit): Promise<string> {
    if (!hit.text) return "";
    try {
      return new TextDecoder().decode(await (await this.open(false)).load(hit.text));
    } catch (error) {
      if (error instanceof Stale) return "";
      throw error;
    }
  }

  private open(fresh: boolean): Promise<Shards> {
    if (!this.shards || fresh) {
      const shards = Shards.open(this.host, fresh);
      this.shards = shards;
      shards.catch(() => {
        if (this.shards === shards) this.shards = null;
      });
    }
    return this.shards;
  }
}

const run = async (request: Request, shards: Shards, signal?: AbortSignal): Promise<Results> => {
  const plan = await makePlan(request.text, request.unfinished, shards);
  signal?.throwIfAborted();
  const results: Results = { plan, required: plan.words.length, total: 0, hits: [], counts: {} };
  const scores = await score(results, shards);
  signal?.throwIfAborted();
  const refused = await filter(request, results, scores, shards);
  signal?.throwIfAborted();

  const found: number[] = [];
  refused.forEach((by, document) => by || found.push(document));
  results.total = found.length;
  const keys = request.sort === "date" ? await dates(shards) : scores.map((own) => Math.floor(own * 1e9 + 0.5));
  const page = best(found, keys, request.offset + request.limit).slice(request.offset);
  results.hits = await Promise.all(page.map(async (document) => readHit(await shards.display(document), scores[document] ?? 0)));
  signal?.throwIfAborted();
  return results;
};

/** The first few documents, highest key first. Sorting numbers alone, to know the least key, is by far the quicker. */
const best = (found: number[], keys: ArrayLike<number>, count: number): number[] => {
  const key = (document: number): number => keys[document] ?? 0;
  const least = new Float64Array(found.map(key)).sort().at(-count) ?? -Infinity;
  return found
    .filter((document) => key(document) >= least)
    .sort((a, b) => key(b) - key(a) || a - b)
    .slice(0, count);
};

/** The score of every document, or -1 where it does not match; and how many words it takes to match. */
const score = async (results: Results, shards: Shards): Promise<Float64Array> => {
  const { phrases, words } = results.plan;
  const [phraseClauses, clauses, lengths] = await Promise.all([
    Promise.all(phrases.map((phrase) => Promise.all(phrase.map((stem) => makeClause([{ stem, word: stem, weight: 1 }], shards))))),
    Promise.all(words.map((word) => makeClause(word.terms, shards))),
    shards.lengthCodes(),
  ]);
  const required = phraseClauses.flat();
  const norm = queryNorm([...required, ...clauses]);
  const must = addUp(required, norm, lengths, shards);
  const may = addUp(clauses, norm, lengths, shards);

  let held: Set<number> | null = null;
  for (const [i, phrase] of phrases.entries()) {
    if (!held) {
      held = new Set();
      must.matched.forEach((matches, document) => matches === required.length && held?.add(document));
    }
    held = await holders(phrase, phraseClauses[i] ?? [], held, shards);
  }

  let most = 0;
  may.matched.forEach((matches, document) => {
    if (!held || held.has(document)) most = Math.max(most, matches);
  });
  const least = words.length && Math.max(1, most);
  results.required = least;
  return must.sums.map((sum, document) => {
    const matches = may.matched[document] ?? 0;
    if ((held && !held.has(document)) || matches < least) return -1;
    const rest = may.sums[document] ?? 0;
    return sum + (least < words.length ? (rest * matches) / words.length : rest);
  });
};

/** By document, a bit for every group whose filter refuses it, and one if it does not match; and the counts, if asked for. */
const filter = async (request: Request, results: Results, scores: Float64Array, shards: Shards): Promise<Uint8Array> => {
  const refused = new Uint8Array(scores.map((own) => (own < 0 ? 1 << GROUPS.length : 0)));
  const columns = await Promise.all(
    GROUPS.map(async (group, i) => {
      const chosen = request.filters[group] ?? [];
      return { group, chosen, bit: 1 << i, values: chosen.length || request.counts ? await loadColumn(i, shards) : [] };
    }),
  );
  for (const { chosen, bit, values } of columns) {
    if (!chosen.length) continue;
    const held = new Uint8Array(shards.count);
    for (const value of values) {
      if (chosen.includes(value.id)) for (const document of value.documents) held[document] = 1;
    }
    held.forEach((holds, document) => {
      if (!holds) refused[document] = (refused[document] ?? 0) | bit;
    });
  }
  if (request.counts) {
    for (const { group, bit, values } of columns) {
      results.counts[group] = values.map(({ id, label, documents }) => {
        let count = 0;
        for (const document of documents) if (!((refused[document] ?? 0) & ~bit)) count++;
        return { id, label, count };
      });
    }
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

/** The values of a group in the order in which readers see them, and the documents that have each. */
const loadColumn = (i: number, shards: Shards): Promise<Value[]> =>
  shards.once(GROUPS[i] ?? "", async () => {
    const values = readColumn(await shards.read(shards.groups[i] ?? ""), shards.count);
    if (GROUPS[i] === "principle") {
      for (const { implies, documents } of await loadColumn(GROUPS.indexOf("hallmark"), shards)) {
        for (const principle of implies) {
          const value = values[principle];
          if (value) value.documents = [...new Set(value.documents.concat(documents))];
        }
      }
    }
    return values.sort((a, b) => a.place - b.place);
  });

const readColumn = (column: Reader, count: number): Value[] => {
  const list = <T>(item: () => T): T[] => Array.from({ length: column.uint() }, item);
  const values: Value[] = list(() => ({
    id: column.string(),
    label: column.string(),
    place: column.uint(),
    implies: list(() => column.uint()),
    documents: [],
  }));
  const take = (document: number, from: number): number => {
    const code = column.uint();
    const at = from + (code >> 1);
    if (code) values[at]?.documents.push(document);
    return code && !(code & 1) ? at : -1; // where to go on from
  };
  const open = Array.from({ length: count }, (_, document) => take(document, -1));
  open.forEach((at, document) => {
    while (at >= 0) at = take(document, at);
  });
  return values;
};

const dates = (shards: Shards): Promise<number[]> =>
  shards.once("dates", async () => {
    const column = await shards.read(shards.dates);
    return Array.from({ length: shards.count }, () => column.uint());
  });

const readHit = (display: Reader, score: number): Hit => ({
  id: display.string(),
  title: display.string(),
  summary: display.string(),
  lang: display.string(),
  details: Array.from({ length: display.uint() }, () => display.string()),
  score,
  text: display.done ? "" : display.ref(),
});
