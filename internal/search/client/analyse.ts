// The analyser: cuts text into words by the rules documented in ../analyse.go.

import { APOSTROPHES, isApostrophe, isNumber, isWord } from "./letters";

/** A word of a text, folded but not stemmed, and its place in the text in UTF-16 units. */
export interface Word {
  text: string;
  start: number;
  end: number;
  /** Whether the word is made of the words after it. */
  joined: boolean;
}

/** The words of a run, and the text between it and the run before. */
export interface Run {
  before: string;
  words: Word[];
}

const LONGEST = 64;
const MOST_JOINED = 4;
const AHEAD = 16; // characters that isInside may need
const HYPHEN = /^[-\u2010-\u2013]$/;
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060]/g;
const GROUP = /^([0-9]{2},)*[0-9]{3}(?![0-9])/;
const GROUPING = /[, \u00a0\u202f\u2009]/g;
const UNIT = "(k|thousand|mn?|millions?|bn|billions?)";
const BEGINS_WITH_UNIT = new RegExp(`^${UNIT}(?![a-z0-9]|[^\\0-\\x7f])`, "i");
const NUMBER_WITH_UNIT = new RegExp(`^([0-9]+)(?:[.·]([0-9]+))?-?${UNIT}$`);

export const analyse = (text: string): Word[] => runs(text).flatMap(({ words }) => words);

/** A text in which the quotation mark of a Hebrew abbreviation is the sign for it. */
export const withGershayim = (text: string): string => text.replace(/([א-ת])["“”](?=[א-ת])/g, "$1״");

export const runs = (text: string): Run[] => {
  const all: Run[] = [];
  text = withGershayim(text);
  const characters = [...text, ""];
  let start = -1;
  let last = 0;
  let at = 0;
  characters.forEach((character, i) => {
    if (isWord(character)) {
      if (start < 0) start = at;
    } else if (start >= 0 && !(isWord(characters[i + 1] ?? "") && isInside(character, text.slice(start, at), text.slice(at + character.length, at + AHEAD)))) {
      all.push({ before: text.slice(last, start), words: pieces(text.slice(start, at), start) });
      last = at;
      start = -1;
    }
    at += character.length;
  });
  return all;
};

const isInside = (character: string, before: string, after: string): boolean =>
  isApostrophe(character) ||
  HYPHEN.test(character) ||
  character.replace(INVISIBLE, "") !== character ||
  (/[.·]/.test(character) && /[0-9]$/.test(before) && /^[0-9]/.test(after)) ||
  (character === "." && /(^|\.)[a-z]{1,2}$/i.test(before) && /^[a-z]{1,2}(?![a-z0-9])/i.test(after)) ||
  (character.replace(GROUPING, "") !== character &&
    ((/(^|[^0-9])[0-9]{1,3}$/.test(before) && GROUP.test(after)) || (/[0-9]$/.test(before) && BEGINS_WITH_UNIT.test(after)) || (/^per$/i.test(before) && /^cent(?![a-z0-9])/i.test(after))));

const pieces = (run: string, start: number): Word[] => {
  const rest = afterElision(run);
  const end = start + run.length;
  if (rest) {
    const [first = ""] = rest.split(/[-\u2010-\u2013]/);
    const joined = split(fold(run.slice(0, run.length - rest.length + first.length)))[0];
    if (joined) return [{ text: joined.text, joined: true, start, end }, ...pieces(rest, end - rest.length)];
  }
  const folded = fold(run);
  const exact = folded.length === run.length;
  const words = split(folded).map(({ text, at, length, joined }) =>
    exact ? { text, joined, start: start + at, end: start + at + length } : { text, joined, start, end },
  );
  const number = inFull(folded);
  return number ? [{ text: cut(number), joined: true, start, end }, ...words.filter(({ joined }) => !joined)] : words;
};

/** A folded number with a unit, such as "1.5million", as digits; "" for other texts. */
const inFull = (folded: string): string => {
  const [, whole = "", fraction = "", unit = ""] = NUMBER_WITH_UNIT.exec(folded) ?? [];
  const zeros = /^[kt]/.test(unit) ? 3 : /^m/.test(unit) ? 6 : 9;
  return unit && fraction.length <= zeros ? (whole + fraction).replace(/^0+/, "") + "0".repeat(zeros - fraction.length) : "";
};

/** The text after the first apostrophe of a run, if the text before it is elided, as in l'hôpital; otherwise "". */
const afterElision = (run: string): string => {
  const characters = [...run];
  const i = characters.findIndex(isApostrophe);
  const before = characters.slice(0, i).join("").toLowerCase();
  const rest = characters.slice(i + 1);
  return i < 1 || before === "i" || (i > 1 && !/(qu|[^aeiou])$/.test(before)) || rest.length < 3 ? "" : rest.join("");
};

interface Piece {
  text: string;
  at: number;
  length: number;
  joined: boolean;
}

type Class = "other" | "letter" | "digit" | "spaceless";

const classOf = (character: string): Class =>
  !isWord(character) ? "other" : isSpaceless(character) ? "spaceless" : isNumber(character) ? "digit" : "letter";

const split = (folded: string): Piece[] => {
  const all: Piece[] = [];
  const characters = [...folded];
  let group = 0; // start of the pieces that may be joined
  let at = 0;
  const join = (): void => {
    const own = all.slice(group);
    const first = own[0];
    if (first && own.length > 1 && own.length <= MOST_JOINED) {
      const text = cut(own.map((piece) => piece.text).join(""));
      all.splice(group, 0, { text, at: first.at, length: at - first.at, joined: true });
    }
    group = all.length;
  };
  for (let start = 0; start < characters.length; ) {
    const kind = classOf(characters[start] ?? "");
    let end = start + 1;
    while (end < characters.length && classOf(characters[end] ?? "") === kind) end++;
    const part = characters.slice(start, end);
    const length = part.join("").length;
    if (kind === "spaceless") {
      join();
      for (let i = 0, from = at; i < Math.max(1, part.length - 1); i++) {
        const text = part.slice(i, i + 2).join("");
        all.push({ text, at: from, length: text.length, joined: false });
        from += (part[i] ?? "").length;
      }
      group = all.length;
    } else if (kind === "other") {
      if (part.length > 1 || !(HYPHEN.test(part[0] ?? "") || (part[0] === "." && GROUP.test(folded.slice(at + length))))) join();
    } else if (/^(st|nd|rd|th)$/.test(part.join("")) && classOf(characters[start - 1] ?? "") === "digit") {
      const number = all.at(-1) as Piece;
      number.text = cut(number.text + part.join(""));
      number.length += length;
    } else {
      const [digit = "", hyphen = ""] = characters.slice(Math.max(0, start - 2), start);
      if (kind === "digit" && start > 1 && HYPHEN.test(hyphen) && classOf(digit) === "digit") join();
      all.push({ text: cut(part.join("")), at, length, joined: false });
    }
    at += length;
    start = end;
  }
  join();
  return all;
};

const cut = (word: string): string => (word.length > LONGEST ? [...word].slice(0, LONGEST).join("") : word);

const LETTERS: Record<string, string> = { "%": "percent", ß: "ss", æ: "ae", œ: "oe", þ: "th" };
const SPECIAL = "øłđðħıςךםןףץٱىیکةہھەɓɖɗəɛƒɣƙŋɲɔʋƴ";
const PLAIN = "olddhiσכמנפצاييكههههbddeefgknnovy"; // for each of SPECIAL

const POSSESSIVE = new RegExp(`(.)[${APOSTROPHES}][sS]$|(.[A-Z]|[0-9])s$`, "s");
const LEFT_OUT = new RegExp(`[${APOSTROPHES}\\u0300-\\u036f\\u0591-\\u05bd\\u05bf-\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06ed\\u00ad\\u200b-\\u200d\\u2060]`, "g");

const fold = (run: string): string =>
  run
    .replace(POSSESSIVE, "$1$2")
    .replace(/([a-z])\./gi, "$1")
    .replace(GROUPING, "")
    .replace(LEFT_OUT, "")
    .normalize("NFKD")
    .replace(LEFT_OUT, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^a-z]/g, (letter) => LETTERS[letter] ?? PLAIN[SPECIAL.indexOf(letter)] ?? letter)
    .replace(/[٠-٩۰-۹]|(?=[\u0966-\u0def])\p{Nd}/gu, (digit) => String((digit.charCodeAt(0) - (digit < "\u0900" ? 0 : 6)) & 15));

/** Whether a text begins with a character of a script written without spaces, or of Korean. */
export const isSpaceless = (text: string): boolean =>
  /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u.test(text);

/** The folded words of a name or query, without joined ones. */
export const wordsOf = (text: string): string[] =>
  analyse(text)
    .filter(({ joined }) => !joined)
    .map((word) => word.text);

/** The folded words of a name or query, separated by spaces. */
export const nameOf = (text: string): string => wordsOf(text).join(" ");

/** A path or id in which the words of a title, joined by hyphens, replace the byte 1, as in ../pin.go. */
export const withName = (id: string, title: string): string => id.replace("\x01", nameOf(title).replaceAll(" ", "-"));
