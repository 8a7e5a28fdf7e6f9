// Turns a query into the plan that ../plan.go makes of it; see there.

import { analyse, isSpaceless } from "./analyse";
import { isWord } from "./letters";
import { loadPostings } from "./score";
import type { Shards } from "./shards";
import { stem } from "./stem";
import { completions, corrections, isStopWord, type Guess } from "./vocabulary";

export interface Term {
  stem: string;
  word: string;
  weight: number;
}

export interface PlanWord {
  text: string;
  match: "exact" | "prefix" | "typo" | "unknown";
  terms: Term[];
}

export interface Plan {
  phrases: string[][];
  words: PlanWord[];
}

const MOST_WORDS = 16;
const SHORTEST_PREFIX = 3;
const WEIGHTS = [0.6, 0.5, 0.25]; // by edits

export const makePlan = async (text: string, unfinished: boolean, shards: Shards): Promise<Plan> => {
  const { phrases, words } = parse(text);
  let left = MOST_WORDS;
  const kept = phrases
    .map((phrase) => {
      phrase = phrase.slice(0, left);
      left -= phrase.length;
      return phrase;
    })
    .filter((phrase) => phrase.length > 0);
  const last = unfinished && isWord([...text].pop() ?? "") ? words[words.length - 1] : undefined;
  const telling = significant(words, kept.length > 0).slice(0, left);
  return {
    phrases: kept,
    words: await Promise.all(telling.map((word) => understand(word, word === last, shards))),
  };
};

const parse = (text: string): { phrases: string[][]; words: string[] } => {
  const phrases: string[][] = [];
  const words: string[] = [];
  const parts = text.replace(/[“”„«»]/g, '"').split('"');
  parts.forEach((part, i) => {
    const found = analyse(part).map((word) => word.text);
    if (i % 2 === 1 && i < parts.length - 1) phrases.push(found.map(stem));
    else words.push(...found);
  });
  return { phrases, words };
};

const significant = (words: string[], hasPhrase: boolean): string[] => {
  const distinct = [...new Set(words)];
  const telling = distinct.filter((word) => !isStopWord(word));
  return telling.length > 0 || hasPhrase ? telling : distinct;
};

const understand = async (text: string, unfinished: boolean, shards: Shards): Promise<PlanWord> => {
  const own: Term = { stem: stem(text), word: text, weight: 1 };
  const known = (await loadPostings(own.stem, shards)).some(({ documents }) => documents.length > 0);
  const word: PlanWord = { text, match: "exact", terms: known ? [own] : [] };
  if (canGoOn(text, unfinished || !known)) guess(word, "prefix", await completions(text, shards));
  if (word.terms.length === 0) guess(word, "typo", await corrections(text, shards));
  if (word.terms.length === 0) {
    word.match = "unknown";
    word.terms = [own];
  }
  return word;
};

const canGoOn = (text: string, beginning: boolean): boolean => {
  const letters = [...text];
  return isSpaceless(text) ? letters.length === 1 : beginning && letters.length >= SHORTEST_PREFIX;
};

const guess = (word: PlanWord, match: "prefix" | "typo", guesses: Guess[]): void => {
  for (const { text, edits } of guesses) {
    const own = stem(text);
    if (word.terms.some((term) => term.stem === own)) continue;
    word.match = match;
    word.terms.push({ stem: own, word: text, weight: WEIGHTS[edits] ?? 0 });
  }
};
