// The analyser of ../analyse.go, where its rules are written.

import { isWord } from "./letters";

/** A word of a text, folded but not stemmed, and where it stands in UTF-16 units. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

const LONGEST = 64;

export const analyse = (text: string): Word[] => {
  const words: Word[] = [];
  const characters = [...text, ""];
  let start = -1;
  let at = 0;
  characters.forEach((character, i) => {
    if (isWord(character)) {
      if (start < 0) start = at;
    } else if (start >= 0 && !(isApostrophe(character) && isWord(characters[i + 1] ?? ""))) {
      addRun(words, text.slice(start, at), start);
      start = -1;
    }
    at += character.length;
  });
  return words;
};

const isApostrophe = (character: string): boolean => character === "'" || character === "’";

const addRun = (words: Word[], run: string, start: number): void => {
  const folded = fold(run);
  const exact = folded.length === run.length;
  const add = (text: string, from: number, length: number): void => {
    words.push(exact ? { text, start: start + from, end: start + from + length } : { text, start, end: start + run.length });
  };
  let part: string[] = [];
  let partKind = 0;
  let at = 0;
  for (const character of [...folded, ""]) {
    const kind = !isWord(character) ? 0 : isSpaceless(character) ? 2 : 1;
    if (kind !== partKind) {
      addPart(part, partKind, at, add);
      part = [];
      partKind = kind;
    }
    part.push(character);
    at += character.length;
  }
};

const addPart = (part: string[], kind: number, end: number, add: (text: string, from: number, length: number) => void): void => {
  let from = end - part.join("").length;
  if (kind === 1) add(part.slice(0, LONGEST).join(""), from, end - from);
  if (kind === 2) {
    for (let i = 0; i < Math.max(1, part.length - 1); i++) {
      const pair = part.slice(i, i + 2).join("");
      add(pair, from, pair.length);
      from += (part[i] ?? "").length;
    }
  }
};

const LETTERS: Record<string, string> = {
  ß: "ss", æ: "ae", œ: "oe", þ: "th", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", ς: "σ",
};

const fold = (run: string): string =>
  run
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[ßæœþøłđðħıς]/g, (letter) => LETTERS[letter] ?? letter);

/** Whether a text begins with a character of a script written without spaces, or of Korean. */
export const isSpaceless = (text: string): boolean =>
  /^[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u.test(text);
