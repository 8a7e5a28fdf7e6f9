import { BY_WHO, fieldsOf, isEmpty, listOf, textOf, type Field, type Fields, type Rules, type Value } from "./model";

/** One thing to correct. A script says it with the words of the key; args are put in. */
export interface Mistake { path: string; key: string; args: (string | number)[] }

/** Whether the file can be made with the mistake in it. */
export const isWarning = ({ key }: Mistake): boolean => key === "markup";

/** What a vocabulary holds; undefined where the page does not offer its names, and so cannot check them. */
export type Known = (vocabulary: string) => Set<string> | undefined;

/** Checks what is entered with the rules of the parser. Arguments that begin with "@" are paths of fields. */
export const check = (rules: Rules, values: Fields, known: Known): Mistake[] => new Checker(rules, values, known).all();

class Checker {
  readonly #rules: Rules;
  readonly #values: Fields;
  readonly #known: Known;
  readonly #found: Mistake[] = [];
  /** Names of this entry that the vocabularies may not have yet. */
  readonly #added: Record<string, string[]> = {};

  constructor(rules: Rules, values: Fields, known: Known) {
    this.#rules = rules;
    this.#values = values;
    this.#known = known;
  }

  all(): Mistake[] {
    this.#collect(this.#rules.fields, this.#values);
    this.#fields(this.#rules.fields, this.#values, "");
    for (const need of this.#rules.needs) {
      if (!need.in) this.#need(need, this.#values, "");
      else listOf(this.#values[need.in]).forEach((one, i) => this.#need(need, fieldsOf(one), `${need.in}.${i + 1}.`));
    }
    for (const { early, late } of this.#rules.orders) {
      if (isAfter(textOf(this.#values[early]), textOf(this.#values[late]))) this.#report(late, "order", "@" + late, "@" + early);
    }
    return this.#found;
  }

  #report(path: string, key: string, ...args: (string | number)[]): void {
    this.#found.push({ path, key, args });
  }

  #need({ oneOf, if: when, unless = "" }: Rules["needs"][number], values: Fields, before: string): void {
    const holds = !when.field || (textOf(values[when.field]) === when.value) !== when.not;
    if (!holds || [unless, ...oneOf].some((key) => !isEmpty(values[key]))) return;
    this.#report(before + (oneOf[0] ?? ""), "one-of", oneOf.map((key) => "@" + before + key).join("\n"));
  }

  #collect(fields: Field[], values: Fields): void {
    for (const f of fields) {
      for (const one of listOf(values[f.key])) {
        if (f.new && f.refers) (this.#added[f.refers] ??= []).push(textOf(one));
        if (f.fields) this.#collect(f.fields, fieldsOf(one));
      }
    }
  }

  #fields(fields: Field[], values: Fields, before: string): void {
    for (const f of fields) {
      const value = values[f.key];
      const path = before + f.key;
      if (f.type === BY_WHO) this.#byWho(listOf(value), path);
      else if (f.list && Array.isArray(value)) value.forEach((one, i) => isEmpty(one) || this.#one(f, one, `${path}.${i + 1}`));
      else if (!isEmpty(value)) this.#one(f, value as Value, path);
      else if (f.required) this.#report(path, "required", "@" + path);
    }
  }

  #one(f: Field, value: Value, path: string): void {
    if (typeof value === "string") return this.#text(f, value, path);
    const given = fieldsOf(value);
    if (f.fields && isEmpty(given[""])) this.#fields(f.fields, given, path + ".");
  }

  #text(f: Field, text: string, path: string): void {
    const length = [...text].length;
    if (f.max && length > f.max) this.#report(path, "too-long", "@" + path, length, f.max);
    if (f.values && !f.values.includes(text)) this.#report(path, "values", "@" + path);
    if (!f.type && !f.format && !f.values) this.#plain(text, path);
    const { emails } = this.#rules;
    if (emails.fields.includes(path.replace(/\.\d+/, "")) && new RegExp(emails.pattern, "u").test(text)) this.#report(path, "email", "@" + path);
    const name = [f.format, f.type].find((one) => one && one in this.#rules.formats);
    if (name && !hasFormat(this.#rules, name, text)) this.#report(path, name, "@" + path);
    if (f.refers && !f.new && text !== f.or && !this.#isKnown(f.refers, text)) this.#report(path, "unknown", "@" + path, text);
  }

  #plain(text: string, path: string): void {
    const found = markupIn(this.#rules, text);
    if (found) this.#report(path, "markup", "@" + path, found);
  }

  #isKnown(vocabulary: string, name: string): boolean {
    const names = this.#known(vocabulary);
    return !names || names.has(name) || (this.#added[vocabulary] ?? []).includes(name);
  }

  #byWho(all: Value[], path: string): void {
    const seen = new Set<string>();
    all.forEach((one, i) => {
      const { who, gained } = fieldsOf(one);
      for (const text of listOf(gained)) this.#plain(textOf(text), `${path}.${i + 1}.gained`);
      const at = `${path}.${i + 1}.`;
      const name = textOf(who);
      if (!name) this.#report(at + "who", "required", "@" + at + "who");
      else if (isEmpty(gained)) this.#report(at + "gained", "required", "@" + at + "gained");
      else if (seen.has(name)) this.#report(at + "who", "twice", "@" + path, name);
      else if (!this.#isKnown("countries", name) && !this.#isKnown("organisations", name)) this.#report(at + "who", "unknown", "@" + at + "who", name);
      seen.add(name);
    });
  }
}

/** The first markup in a text that pages show as it is; empty if there is none. */
const markupIn = ({ markup }: Rules, text: string): string => {
  const found = markup.map((one) => new RegExp(one.replace("(?i)", ""), one.startsWith("(?i)") ? "i" : "").exec(text));
  return found.reduce((first, one) => (one && (!first || one.index < first.index) ? one : first), null)?.[0] ?? "";
};

/** Whether a text has a format: its pattern, and what no pattern can say. */
export const hasFormat = (rules: Pick<Rules, "formats">, name: string, text: string): boolean => {
  const { pattern = "", not } = rules.formats[name] ?? {};
  if (!new RegExp(pattern, "u").test(text)) return false;
  if (not && new RegExp(not, "iu").test(text)) return false;
  if (name === "date") return isDate(text);
  return name !== "orcid" || isORCID(text);
};

const isDate = (text: string): boolean => {
  const [year = 0, month = 1, day = 1] = text.split("-").map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** The last character is a checksum (ISO 7064 mod 11-2). */
const isORCID = (text: string): boolean => {
  const digits = text.slice(-19).replaceAll("-", "").toUpperCase();
  const total = [...digits.slice(0, -1)].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  return digits.at(-1) === "0123456789X"[(12 - (total % 11)) % 11];
};

/** Whether all of a date lies after all of another: 2016-11 is after 2016-10-31, and not after 2016. */
const isAfter = (date: string, other: string): boolean => {
  const length = Math.min(date.length, other.length);
  return date.slice(0, length) > other.slice(0, length);
};
