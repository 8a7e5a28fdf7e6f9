// Excerpts from texts, with the words of the query marked.

import { analyse, type Word } from "./analyse";
import type { Plan } from "./plan";
import { stem } from "./stem";

/** A piece of a text. Texts come from contributors, so show pieces as text, never as HTML. */
export interface Piece {
  text: string;
  marked: boolean;
}

const LENGTH = 32; // words
const LEAD = 6; // words before the first mark
const BETWEEN = " · "; // replaces the end of a line, because headings and list items may have no full stop

/** The stems that a plan searches for. */
export const stems = (plan: Plan): Set<string> =>
  new Set([...plan.phrases.flat(), ...plan.words.flatMap(({ terms, marks }) => [...terms.map((term) => term.stem), ...marks])]);

/** A whole text with the wanted words marked. */
export const mark = (text: string, wanted: Set<string>): Piece[] => pieces(text, analyse(text), wanted, 0, text.length);

/** The part of a text with most of the wanted words, which are marked; the beginning if there are none. */
export const excerpt = (text: string, wanted: Set<string>): Piece[] => {
  const words = analyse(text);
  const found = words.map((word) => (wanted.has(stem(word.text)) ? stem(word.text) : ""));
  let start = 0;
  let best = 0;
  found.forEach((own, i) => {
    if (!own) return;
    const inside = found.slice(i, i + LENGTH - LEAD).filter((other) => other);
    const value = new Set(inside).size * LENGTH + inside.length;
    if (value > best) {
      best = value;
      start = Math.max(0, i - LEAD);
    }
  });
  const end = start + LENGTH;
  const from = start > 0 ? (words[start]?.start ?? 0) : 0;
  const to = words[end] ? (words[end - 1]?.end ?? text.length) : text.length;
  const inside = pieces(text, words.slice(start, end), wanted, from, to);
  if (from > 0) inside.unshift({ text: "… ", marked: false });
  if (to < text.length) inside.push({ text: " …", marked: false });
  return inside;
};

const pieces = (text: string, words: Word[], wanted: Set<string>, from: number, to: number): Piece[] => {
  const all: Piece[] = [];
  const add = (end: number, marked: boolean): void => {
    if (end > from) all.push({ text: text.slice(from, end).replace(/\n/g, BETWEEN), marked });
    from = Math.max(from, end);
  };
  for (const word of words) {
    if (!wanted.has(stem(word.text))) continue;
    add(word.start, false);
    add(word.end, true);
  }
  add(to, false);
  return all;
};
