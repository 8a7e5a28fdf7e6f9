// The guesses of ../vocabulary.go.

import type { Shards } from "./shards";

export interface Guess {
  text: string;
  class: number;
  edits: number;
}

const MOST_GUESSES = 8;
const SHORTEST_CORRECTED = 5;
const STOP_WORDS =
  " a an and are as at be by for from in is it of on or that the this to was were with about but can could " +
  "did do does had has have how i if into its me my no not our should so their there they us we what when where which who why would you your ";

export const isStopWord = (word: string): boolean => STOP_WORDS.includes(` ${word} `);

const startingWith = async (prefix: string, shards: Shards): Promise<Guess[]> => {
  const guesses: Guess[] = [];
  for (const chunk of await Promise.all(shards.vocabulary.find(prefix).map((ref) => shards.read(ref)))) {
    for (let text = ""; !chunk.done; ) {
      text = chunk.next(text);
      const guess = { text, class: chunk.uint(), edits: 0 };
      if (text.startsWith(prefix)) guesses.push(guess);
    }
  }
  return guesses;
};

const best = (guesses: Guess[]): Guess[] =>
  guesses.sort((a, b) => a.edits - b.edits || b.class - a.class || (a.text < b.text ? -1 : 1)).slice(0, MOST_GUESSES);

export const completions = async (word: string, shards: Shards): Promise<Guess[]> =>
  best((await startingWith(word, shards)).filter((guess) => guess.text !== word));

export const corrections = async (word: string, shards: Shards): Promise<Guess[]> => {
  if (word.length < SHORTEST_CORRECTED || /[0-9]/.test(word)) return [];
  const limit = word.length > 7 ? 2 : 1;
  const guesses = await startingWith([...word][0] ?? "", shards);
  for (const guess of guesses) guess.edits = distance(word, guess.text, limit);
  return best(guesses.filter((guess) => guess.edits <= limit && !isStopWord(guess.text)));
};

/** Letters to insert, delete, replace or swap to make b of a; or more than limit, if it is more. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  // at(i, j) is the distance of the first i letters of a and the first j of b
  const rows: number[][] = [];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Math.max(i, j);
  for (let i = 1; i <= a.length; i++) {
    const row: number[] = (rows[i] = [i]);
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(i - 2, j - 2) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > limit) break;
  }
  return at(a.length, b.length);
};
