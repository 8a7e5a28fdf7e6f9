import { BY_WHO, fieldsOf, isEmpty, listOf, textOf, type Field, type Fields, type Value } from "./model";

/** Writes a case study as package draft does: what is given, in the order of the model, and the text below. */
export const write = (fields: Field[], values: Fields, body: string): string => {
  const lines = ["---", ...fields.flatMap((f) => (isEmpty(values[f.key]) ? [] : field("", values[f.key] as Value, f))), "---"];
  return lines.join("\n") + "\n" + (body ? body + "\n" : "");
};

const field = (indent: string, value: Value, f: Field): string[] => {
  if (f.type === BY_WHO) return [`${indent}${f.key}:`, ...listOf(value).flatMap((one) => byWho(indent + "  ", fieldsOf(one)))];
  if (f.list) return [`${indent}${f.key}:`, ...listOf(value).flatMap((one) => item(indent + "  ", one, f))];
  const scalar = scalarOf(value, f);
  return scalar !== undefined ? [`${indent}${f.key}: ${scalar}`] : [`${indent}${f.key}:`, ...inner(indent + "  ", value, f)];
};

const inner = (indent: string, value: Value, f: Field): string[] =>
  (f.fields ?? []).flatMap((one) => {
    const given = fieldsOf(value)[one.key];
    return isEmpty(given) ? [] : field(indent, given as Value, one);
  });

const item = (indent: string, value: Value, f: Field): string[] => {
  const scalar = scalarOf(value, f);
  if (scalar !== undefined) return [`${indent}- ${scalar}`];
  const [first = "", ...rest] = inner(indent + "  ", value, f);
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
};

const NOT_REPORTED = "not reported";

const byWho = (indent: string, one: Fields): string[] => {
  const gained = listOf(one["gained"]).map(textOf);
  const [only = ""] = gained;
  if (gained.length === 1 && only.toLowerCase() === NOT_REPORTED) return [`${indent}${quote(textOf(one["who"]))}: ${NOT_REPORTED}`];
  return gained.length ? [`${indent}${quote(textOf(one["who"]))}:`, ...gained.map((text) => `${indent}  - ${quote(text)}`)] : [];
};

/** The value on one line, if it is a text or may stand as one. */
const scalarOf = (value: Value, f: Field): string | undefined => {
  if (typeof value === "string") return f.type && BARE.test(value) ? value : quote(value);
  const given = Object.entries(fieldsOf(value)).filter(([, one]) => !isEmpty(one));
  const [key = "", only = ""] = given[0] ?? [];
  const stands = given.length === 1 && (key === "" || f.fields?.some((one) => one.short && one.key === key));
  return stands ? quote(textOf(only)) : undefined;
};

/** Numbers, dates and truth values, which stand without quotes. */
const BARE = /^(true|false|[0-9]+|[0-9]{4}(-[0-9]{2}){1,2})$/;

/** Texts that YAML and people read in the same way. */
const SIMPLE = /^\p{L}[\p{L}\p{M}\p{N} .'’/()–-]*$/u;
/** Except for those that look like the item of a list. */
const LIST_MARK = /^[A-Za-z]\) /;
const WORDS = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];

/** Writes a text of one line as YAML that reads back as the text, and that nothing takes for anything else. */
export const quote = (text: string): string => {
  if (SIMPLE.test(text) && !LIST_MARK.test(text) && !WORDS.includes(text.toLowerCase())) return text;
  return /["\\]/.test(text) ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
};
