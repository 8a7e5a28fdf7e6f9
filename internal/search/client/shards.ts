// The shards of one export: loading the root and the other files.

import { Reader, Table } from "./decode";

/** What the page provides to the client. */
export interface Host {
  /**
   * Returns the bytes of a file below the search folder, or null if there is none. Rejects when the network fails. If
   * fresh is set, a cached copy must not be used without asking the server.
   */
  fetch(path: string, fresh: boolean): Promise<Uint8Array | null>;
  /** Decompresses DEFLATE data without a header ("deflate-raw"). */
  inflate(data: Uint8Array): Promise<Uint8Array>;
}

/** Thrown when a shard does not exist, because the site has been published again since the root was loaded. */
export class Stale extends Error {}

const VERSION = 9;
export const GROUPS = ["principle", "hallmark", "country", "discipline", "kind", "year", "programme", "organisation"] as const;
export type Group = (typeof GROUPS)[number];

/** A part of documents in which words are searched for. */
export interface Field {
  boost: number;
  /** Mean length in words, rounded up. */
  average: number;
}

/** Phrases that mean the same. */
export interface Concept {
  term: string;
  phrases: string[][];
  marks: string[];
}

/** The shards of one export, with those that have been loaded. ../exporter.go writes the root. */
export class Shards {
  readonly count: number;
  readonly lang: string;
  readonly fields: Field[];
  readonly concepts: Concept[];
  readonly vocabulary: Table;
  readonly positions: string;
  readonly terms: Table;
  readonly lengths: string;
  readonly filters: string;
  readonly organisations: string;
  readonly dates: string;
  readonly #packs: { first: number; ref: string }[];
  readonly #kept = new Map<string, Promise<unknown>>();
  readonly #host: Host;

  static async open(host: Host, fresh: boolean): Promise<Shards> {
    const data = await host.fetch("root.bin", fresh);
    if (!data) throw new Stale("root.bin");
    return new Shards(host, new Reader(await host.inflate(data)));
  }

  private constructor(host: Host, root: Reader) {
    if (root.uint() !== VERSION) throw new Stale("version");
    this.#host = host;
    this.count = root.uint();
    this.lang = root.string();
    this.fields = root.list(() => {
      root.string(); // the name of the field
      return { boost: root.uint(), average: root.uint() };
    });
    this.concepts = root.list(() => ({ term: root.string(), phrases: root.list(() => root.strings()), marks: root.strings() }));
    let first = 0;
    const firsts = root.list(() => (first += root.uint()));
    const words = root.borders();
    const stems = root.borders();
    const sizes = root.list(() => root.uint());
    this.lengths = root.ref();
    this.#packs = firsts.map((_, i) => ({ first: firsts[i - 1] ?? 0, ref: root.ref() }));
    this.filters = root.ref();
    this.organisations = root.ref();
    this.dates = root.ref();
    this.vocabulary = root.table(words);
    this.positions = root.ref();
    this.terms = root.table(stems);
    sizes.forEach((size, i) => this.#kept.set(i.toString(16).padStart(6, "0"), Promise.resolve(root.take(size))));
  }

  /** The result of make, which is called once for each key and again only after it fails. */
  once<T>(key: string, make: () => Promise<T>): Promise<T> {
    let made = this.#kept.get(key) as Promise<T> | undefined;
    if (!made) {
      made = make();
      this.#kept.set(key, made);
      made.catch(() => this.#kept.delete(key));
    }
    return made;
  }

  load(ref: string): Promise<Uint8Array> {
    return this.once(ref, async () => {
      const data = await this.#host.fetch(ref + ".bin", false);
      if (!data) throw new Stale(ref);
      return this.#host.inflate(data);
    });
  }

  async read(ref: string): Promise<Reader> {
    return new Reader(await this.load(ref));
  }

  /** The pack that holds the card of a document. */
  packOf(document: number): { first: number; ref: string } {
    const pack = this.#packs.filter(({ first }) => first <= document).pop();
    if (!pack) throw new Stale("pack");
    return pack;
  }
}
