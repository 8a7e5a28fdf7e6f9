// Completes and corrects the words of a query, like ../vocabulary.go.

import { times } from "./decode";
import type { Shards } from "./shards";
import { stem } from "./stem";
import { allTerms } from "./terms";

export interface Guess {
  text: string;
  class: number;
  edits: number;
}

const MOST_GUESSES = 8;
const STOP_WORDS =
  " a an and are as at be by for from in is it of on or per that the this to was were with " +
  "about any been but can could did do does doing had has have how i if into its me more most much my no not our should show " +
  "so some such than their them there these they those through us we what when where which while who whom why will would " +
  "you your ";

export const isStopWord = (word: string): boolean => STOP_WORDS.includes(` ${word} `);

const startingWith = async (prefix: string, shards: Shards): Promise<Guess[]> => {
  const refs = shards.vocabulary.find(prefix);
  const chunks = refs.length ? await Promise.all(refs.map((ref) => loadWords(ref, shards))) : [await wordsOfTerms(shards)];
  return chunks.flat().filter(({ text }) => text.startsWith(prefix));
};

const loadWords = async (ref: string, shards: Shards): Promise<Guess[]> => {
  const chunk = await shards.read(ref);
  const guesses: Guess[] = [];
  for (let text = ""; !chunk.done; ) guesses.push({ text: (text = chunk.next(text)), class: chunk.uint(), edits: 0 });
  return guesses;
};

const wordsOfTerms = async (shards: Shards): Promise<Guess[]> =>
  (await allTerms(shards)).flatMap(({ forms }) => forms.map(([text, has]) => ({ text, class: 32 - Math.clz32(has.filter(Boolean).length), edits: 0 })));

const best = (guesses: Guess[]): Guess[] =>
  guesses.sort((a, b) => b.class - a.class || (a.text < b.text ? -1 : 1)).slice(0, MOST_GUESSES);

export const completions = async (word: string, shards: Shards): Promise<Guess[]> =>
  best((await startingWith(word, shards)).filter((guess) => guess.text !== word));

export const corrections = async (word: string, shards: Shards): Promise<Guess[]> => {
  const limit = maxEdits(word.length);
  if (!limit || /[0-9]/.test(word)) return [];
  const itself = (text: string): string => text;
  const alike = (letters: number): Promise<Guess[]> => startingWith([...word].slice(0, letters).join(""), shards);
  let found = nearest(word, await alike(1), itself, word.length < LONG_WORD ? 1 : limit);
  if (!found.length) found = nearest(word, await alike(0), itself, 1);
  if (!found.length) found = nearest(word, await alike(1), itself, limit);
  const own = stem(word);
  if (!found.length) found = nearest(own, await alike(3), stem, maxEdits(own.length));
  return found;
};

const SHORTEST_PART = 3;
const LONG_WORD = 9;

/** The two words that a word may be without the space between them; of several, those of which the rarer one is the most frequent. */
export const splitWord = async (word: string, shards: Shards): Promise<string[]> => {
  let found: string[] = [];
  let best = 0;
  const classes = word.length < 2 * SHORTEST_PART ? null : new Map((await startingWith("", shards)).map((own) => [own.text, own.class]));
  for (let i = SHORTEST_PART; i <= word.length - SHORTEST_PART; i++) {
    const parts = [word.slice(0, i), word.slice(i)];
    const least = Math.min(...parts.map((part) => (isStopWord(part) ? 0 : (classes?.get(part) ?? 0))));
    if (least <= best) continue;
    found = parts;
    best = least;
  }
  return found;
};

const maxEdits = (length: number): number => (length < 4 ? 0 : length < 6 ? 1 : 2);

const nearest = (word: string, words: Guess[], form: (text: string) => string, limit: number): Guess[] => {
  let guesses: Guess[] = [];
  for (const guess of words) {
    const edits = distance(word, form(guess.text), limit);
    if (edits > limit || isStopWord(guess.text)) continue;
    if (edits < limit) {
      limit = edits;
      guesses = [];
    }
    guesses.push({ ...guess, edits });
  }
  return best(guesses);
};

/** The number of letters to insert, delete, replace or swap to turn a into b, or some number above limit if it is more than limit. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = times(b.length + 1, (j) => j); // by j: the distance between the first i letters of a and the first j letters of b
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return least;
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
};
