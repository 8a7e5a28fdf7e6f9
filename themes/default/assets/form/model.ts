/** The content model as the page carries it. Package site makes it of the struct tags that the parser follows. */
export interface Field {
  key: string;
  /** Empty: text, or fields of its own. */
  type?: string;
  list?: boolean;
  required?: boolean;
  /** A mapping of which only this field is given may be written as its text. */
  short?: boolean;
  /** Characters. */
  max?: number;
  /** A name of Rules.formats. */
  format?: string;
  values?: string[];
  default?: string;
  /** The vocabulary that the value comes from. */
  refers?: string;
  /** It may be a name that the vocabulary does not have. */
  new?: boolean;
  /** A word that may stand instead of a name. */
  or?: string;
  fields?: Field[];
}

export interface Format {
  pattern: string;
  /** What no part of the text matches, in any case. */
  not?: string;
}

export interface Rules {
  fields: Field[];
  needs: { in?: string; oneOf: string[]; if: { field: string; value: string; not: boolean }; unless?: string }[];
  orders: { early: string; late: string }[];
  emails: { pattern: string; fields: string[] };
  formats: Record<string, Format>;
  /** Patterns of markup, which pages show as it is in a plain text; "(?i)" begins one that ignores case. */
  markup: string[];
  letters: Record<string, string>;
}

/** What is entered: texts, fields by key, and lists. The key "" of fields holds the name that stands for all of them. */
export type Value = string | Value[] | Fields;
export interface Fields { [key: string]: Value }

/** The type of texts by the country or organisation that they are about. */
export const BY_WHO = "texts by country or organisation";

export const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === "" || (typeof value === "object" && Object.values(value).every(isEmpty));

export const fieldsOf = (value: Value | undefined): Fields => (typeof value === "object" && !Array.isArray(value) ? value : {});
export const listOf = (value: Value | undefined): Value[] => (Array.isArray(value) ? value.filter((one) => !isEmpty(one)) : isEmpty(value) ? [] : [value as Value]);
export const textOf = (value: Value | undefined): string => (typeof value === "string" ? value : "");

/** Makes white space single spaces, and leaves out characters that the parser refuses. */
export const oneLine = (text: string): string =>
  text.replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/[\s\u0085\u180e]+/gu, (white) => (white === "\ufeff" ? "" : " "))
    .replace(/[\p{Cc}\u00ad\u200b\u2060\u202a-\u202e\ufeff\ufffe\uffff]/gu, "")
    .replace(/ {2,}/g, " ").trim();
