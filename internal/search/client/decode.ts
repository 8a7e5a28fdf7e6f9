// Decoding of the exported files.

const utf8 = new TextDecoder();

/** A list of n results of item. */
export const times = <T>(n: number, item: (place: number) => T): T[] => {
  const all: T[] = [];
  for (let place = 0; place < n; place++) all.push(item(place));
  return all;
};

/** Reads the data types that ../encode.go writes. */
export class Reader {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get done(): boolean {
    return this.at >= this.#bytes.length;
  }

  uint(): number {
    let n = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.at++] ?? 0;
      n |= (byte & 127) << shift;
      if (byte < 128) return n;
    }
  }

  /** A number and the flag in its lowest bit. */
  flagged(): [n: number, flag: boolean] {
    const n = this.uint();
    return [n >>> 1, (n & 1) > 0];
  }

  /** The text before the next zero byte. */
  string(): string {
    const start = this.at;
    while (this.#bytes[this.at]) this.at++;
    return utf8.decode(this.#bytes.subarray(start, this.at++));
  }

  /** All texts that are left. To decode them together is many times faster than one by one. */
  texts(): string[] {
    return utf8.decode(this.#bytes.subarray(this.at)).split("\0");
  }

  /** The next string of a sorted list. */
  next(before: string): string {
    return before.slice(0, this.uint()) + this.string();
  }

  list<T>(item: () => T): T[] {
    return times(this.uint(), item);
  }

  strings(): string[] {
    return this.list(() => this.string());
  }

  ref(): string {
    return [...this.take(3)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  take(length: number): Uint8Array {
    return this.#bytes.subarray(this.at, (this.at += length));
  }

  /** The bytes read since a position. */
  from(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.at);
  }

  borders(): string[] {
    let border = "";
    return this.list(() => (border = this.next(border)));
  }

  table(borders = this.borders()): Table {
    return new Table(borders, borders.map(() => this.ref()));
  }
}

/** The shards of the parts of a sorted list of strings. */
export class Table {
  readonly #borders: string[];
  readonly #refs: string[];

  constructor(borders: string[], refs: string[]) {
    this.#borders = borders;
    this.#refs = refs;
  }

  /** The shards that may hold strings with a prefix. A whole string can only be in the first of them. */
  find(prefix: string): string[] {
    return this.#refs.filter((_, i) => {
      const [border = "", next] = this.#borders.slice(i, i + 2);
      return (border <= prefix || border.startsWith(prefix)) && (next === undefined || next > prefix);
    });
  }
}
