import { Reader, Table } from "./decode";

/** What the client needs of the page it runs in. */
export interface Host {
  /**
   * Gives the bytes of a file below the search folder, or null if there is none. Rejects when the network fails. With
   * fresh, a copy kept from earlier must not be used without asking the server.
   */
  fetch(path: string, fresh: boolean): Promise<Uint8Array | null>;
  /** Inflates what was deflated without a header ("deflate-raw"). */
  inflate(data: Uint8Array): Promise<Uint8Array>;
}

/** Thrown when a shard is gone: the site has been published anew since the root was loaded. */
export class Stale extends Error {}

const VERSION = 3;
export const GROUPS = ["principle", "hallmark", "country", "discipline", "kind"] as const;
export type Group = (typeof GROUPS)[number];

/** A part of documents in which words are searched. */
export interface Field {
  boost: number;
  /** Mean length in words, rounded up. */
  average: number;
}

/** The shards of one export, and what has been loaded of them. */
export class Shards {
  readonly count: number;
  readonly fields: Field[];
  readonly dates: string;
  readonly groups: string[];
  readonly vocabulary: Table;
  readonly positions: string;
  readonly terms: Table;
  private readonly lengths: string;
  private readonly directories: { first: number; ref: string }[];
  private readonly kept = new Map<string, Promise<unknown>>();
  private readonly host: Host;

  static async open(host: Host, fresh: boolean): Promise<Shards> {
    const data = await host.fetch("root.bin", fresh);
    if (!data) throw new Stale("root.bin");
    return new Shards(host, new Reader(await host.inflate(data)));
  }

  private constructor(host: Host, root: Reader) {
    if (root.uint() !== VERSION) throw new Stale("version");
    this.host = host;
    this.count = root.uint();
    this.fields = Array.from({ length: root.uint() }, () => {
      root.string(); // its name
      return { boost: root.uint(), average: root.uint() };
    });
    let first = 0;
    const firsts = Array.from({ length: root.uint() }, () => (first += root.uint()) && first);
    const words = root.borders();
    const stems = root.borders();
    this.lengths = root.ref();
    this.dates = root.ref();
    this.groups = root.refs(GROUPS.length);
    this.directories = root.refs(firsts.length).map((ref, i) => ({ first: firsts[i - 1] ?? 0, ref }));
    this.vocabulary = root.table(words);
    this.positions = root.ref();
    this.terms = root.table(stems);
  }

  /** Gives what make gives, made once and kept unless it fails. */
  once<T>(key: string, make: () => Promise<T>): Promise<T> {
    let made = this.kept.get(key) as Promise<T> | undefined;
    if (!made) {
      made = make();
      this.kept.set(key, made);
      made.catch(() => this.kept.delete(key));
    }
    return made;
  }

  load(ref: string): Promise<Uint8Array> {
    return this.once(ref, () => this.fetch(ref));
  }

  private async fetch(ref: string): Promise<Uint8Array> {
    const data = await this.host.fetch(ref + ".bin", false);
    if (!data) throw new Stale(ref);
    return this.host.inflate(data);
  }

  async read(ref: string): Promise<Reader> {
    return new Reader(await this.load(ref));
  }

  /** The length codes of a field's texts by document, all fields one after the other. */
  lengthCodes(): Promise<Uint8Array> {
    return this.load(this.lengths);
  }

  /** The block of a string in the list that a table is of, or null. */
  async block(table: Table, key: string): Promise<Reader | null> {
    const ref = table.find(key)[0];
    if (!ref) return null;
    const chunk = await this.read(ref);
    for (let found = ""; !chunk.done; ) {
      found = chunk.next(found);
      const block = chunk.take(chunk.uint());
      if (found === key) return new Reader(block);
    }
    return null;
  }

  /** What a result shows of a document. */
  async display(document: number): Promise<Reader> {
    const directory = this.directories.filter(({ first }) => first <= document).pop();
    if (!directory) throw new Stale("directory");
    const refs = await this.read(directory.ref);
    refs.take(4 * (document - directory.first));
    return this.read(refs.ref());
  }
}
