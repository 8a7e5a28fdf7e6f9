// Turns a query into the same plan as ../plan.go, which documents it.

import { isSpaceless, runs, withGershayim, wordsOf, type Word } from "./analyse";
import { isWord } from "./letters";
import type { Concept, Shards } from "./shards";
import { stem } from "./stem";
import { loadPostings } from "./terms";
import { completions, corrections, isStopWord, splitWord, type Guess } from "./vocabulary";

export interface Term {
  stem: string;
  word: string;
  weight: number;
}

export interface PlanWord {
  text: string;
  match: "exact" | "concept" | "prefix" | "typo" | "unknown";
  terms: Term[];
  /** Other stems to highlight in results. */
  marks: string[];
}

export interface Plan {
  phrases: string[][];
  words: PlanWord[];
  excluded: string[][];
  length: number;
}

/** A word of a query as written. */
interface Asked {
  text: string;
  parts: string[];
  last: boolean;
  /** Words of documents that are this word and its neighbour, without the space between them. */
  whole: Term[];
}

const MOST_WORDS = 16;
const SHORTEST_PREFIX = 3;
const EXCLUDES = / [-−\u2010-\u2013]$/;
const WEIGHTS = [0.6, 0.5, 0.25]; // by number of edits

export const makePlan = async (text: string, unfinished: boolean, shards: Shards): Promise<Plan> => {
  const plan: Plan = { phrases: [], words: [], excluded: [], length: 0 };
  const asked = parse(text, plan);
  const last = asked.at(-1);
  if (last && unfinished && isWord([...text].pop() ?? "")) last.last = true;
  let left = MOST_WORDS;
  plan.phrases = plan.phrases
    .map((phrase) => {
      phrase = phrase.slice(0, left);
      left -= phrase.length;
      return phrase;
    })
    .filter((phrase) => phrase.length > 0);
  plan.words = await understandAll(asked, left, plan.phrases.length > 0, shards);
  return plan;
};

const parse = (text: string, plan: Plan): Asked[] => {
  const words: Asked[] = [];
  if (/[a-z]/.test(text)) text = text.replaceAll(" NOT ", " -");
  const parts = withGershayim(text).replace(/[“”„«»]/g, '"').split('"');
  parts.forEach((part, i) => {
    const isPhrase = i % 2 === 1 && i < parts.length - 1;
    const phrase = isPhrase ? wordsOf(part).map(stem) : [];
    const isExcluded = phrase.length > 0 && EXCLUDES.test(" " + parts[i - 1]);
    if (isPhrase) (isExcluded ? plan.excluded : plan.phrases).push(phrase);
    if (isExcluded) return;
    runs(part).forEach(({ before, words: pieces }, n) => {
      const found = askedWords(pieces);
      if (!isPhrase && EXCLUDES.test(n ? before : " " + before)) {
        plan.excluded.push(...found.map((word) => [stem(word.text)]));
        return;
      }
      for (const word of found) plan.length += word.parts.length;
      if (!isPhrase) words.push(...found);
    });
  });
  return words;
};

const askedWords = (pieces: Word[]): Asked[] => {
  const words: Asked[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const { text = "", joined = false } = pieces[i] ?? {};
    const parts = joined ? [] : [text];
    for (; joined && pieces[i + 1] && !pieces[i + 1]?.joined; i++) parts.push(pieces[i + 1]?.text ?? "");
    if (parts.length) words.push({ text, parts, last: false, whole: [] });
  }
  return words;
};

const understandAll = async (asked: Asked[], most: number, hasPhrase: boolean, shards: Shards): Promise<PlanWord[]> => {
  const pending: Promise<PlanWord[]>[] = [];
  asked = await join(asked, shards);
  for (let i = 0; i < asked.length; i++) {
    const word = asked[i] as Asked;
    const named = await conceptAt(asked.slice(i), shards);
    if (named) {
      pending.push(conceptWord(named.concept, asked.slice(i, i + named.words), shards));
      i += named.words - 1;
    } else if (word.parts.length > 1 || !isStopWord(word.text)) pending.push(understand(word, shards));
  }
  if (!pending.length && !hasPhrase) pending.push(...asked.map((word) => understand(word, shards)));
  const words = (await Promise.all(pending)).flat();
  return words.filter(({ text }, i) => words.findIndex((word) => word.text === text) === i).slice(0, most);
};

const termOf = (word: string): Term => ({ stem: stem(word), word, weight: 1 });

const isKnown = async (stem: string, shards: Shards): Promise<boolean> => (await loadPostings(stem, shards)).documents.length > 0;

/**
 * Makes one word of two neighbours that documents have as one word, if no document has one of the two. Otherwise the one word
 * counts as either of the two. All terms that it asks for, and those of concepts, are loaded at the same time.
 */
const join = async (asked: Asked[], shards: Shards): Promise<Asked[]> => {
  const joined: Asked[] = [];
  const isTelling = (word?: Asked): boolean => word?.parts.length === 1 && !isStopWord(word.text);
  const [own, pairs] = await Promise.all([
    Promise.all(asked.map((word) => isTelling(word) && isKnown(stem(word.text), shards))),
    Promise.all(
      asked.map((word, i) => {
        const before = asked[i - 1];
        return before && isTelling(before) && isTelling(word) ? wholes(before.text + word.text, shards) : [];
      }),
    ),
    Promise.all(asked.map((_, i) => conceptAt(asked.slice(i), shards))),
  ]);
  for (const [i, word] of asked.entries()) {
    const before = joined.at(-1);
    const text = (before?.text ?? "") + word.text;
    const whole = (before?.parts.length === 1 && pairs[i]) || [];
    if (before && whole.length && !(own[i] && own[i - 1])) {
      joined[joined.length - 1] = { text, parts: [before.text, word.text], last: word.last, whole: [] };
    } else {
      for (const own of [before, word]) own?.whole.push(...whole);
      joined.push(word);
    }
  }
  return joined;
};

/** The terms that documents have of a word and, if it is a synonym, of its concept. */
const wholes = async (text: string, shards: Shards): Promise<Term[]> => {
  const own = termOf(text);
  const named = longest([own.stem], shards).concept;
  const terms = [own, ...(named ? [{ ...own, stem: named.term }] : [])];
  const known = await Promise.all(terms.map(({ stem }) => isKnown(stem, shards)));
  return terms.filter((_, i) => known[i]);
};

const conceptAt = async (asked: Asked[], shards: Shards): Promise<{ concept: Concept; words: number } | null> => {
  const ends = new Map<number, number>(); // number of words by number of parts; a phrase does not end within a joined word
  const parts = asked.flatMap(({ parts }) => parts.map(stem));
  let count = 0;
  asked.forEach((word, i) => ends.set((count += word.parts.length), i + 1));
  for (const isWhole of [false, true]) {
    const { concept, length } = longest(isWhole ? asked.map(({ text }) => stem(text)) : parts, shards);
    const words = isWhole ? length : ends.get(length);
    const isApart = asked[0]?.whole.some(({ stem }) => stem === concept?.term); // join has given it to the words
    if (concept && words && !isApart && (await isKnown(concept.term, shards))) return { concept, words };
  }
  return null;
};

/** The concept with the longest phrase that the stems begin with. */
const longest = (stems: string[], { concepts }: Shards): { concept: Concept | null; length: number } => {
  let found: Concept | null = null;
  let length = 0;
  for (const concept of concepts) {
    for (const phrase of concept.phrases) {
      if (phrase.length > length && phrase.every((own, i) => own === stems[i])) {
        found = concept;
        length = phrase.length;
      }
    }
  }
  return { concept: found, length };
};

const conceptWord = async ({ term, marks }: Concept, asked: Asked[], shards: Shards): Promise<PlanWord[]> => {
  const text = asked.map((word) => word.text).join(" ");
  const own = termOf(text);
  const terms = [{ ...own, stem: term }];
  if (asked.length === 1 && (await isKnown(own.stem, shards))) terms.push(own);
  return [{ text, match: "concept", terms, marks }];
};

const understand = async ({ text, parts, last, whole }: Asked, shards: Shards): Promise<PlanWord[]> => {
  const [part = ""] = parts;
  const own = stem(text);
  if (parts.length === 1) {
    const word = await single(part, last, shards);
    if (text !== part && (await isKnown(own, shards))) whole.push(termOf(text));
    for (const term of whole) add(word, term);
    const split = word.match === "unknown" ? await splitWord(text, shards) : [];
    return split.length ? Promise.all(split.map((own) => single(own, false, shards))) : [word];
  }
  if ((await isKnown(own, shards)) || (last && (await completionsOf(text, shards)).length)) return [await single(text, last, shards)];
  return Promise.all(parts.map((part, i) => single(part, last && i === parts.length - 1, shards)));
};

const single = async (text: string, last: boolean, shards: Shards): Promise<PlanWord> => {
  const word: PlanWord = { text, match: "exact", terms: [], marks: [] };
  for (const form of [text, text.replace(/s$/, "")]) {
    const term = termOf(form);
    if (!word.terms.length && (await isKnown(term.stem, shards))) word.terms = [term];
  }
  if (last || isSpaceless(text)) guess(word, "prefix", await completionsOf(text, shards));
  if (!word.terms.length) guess(word, "typo", await corrections(text, shards));
  if (!word.terms.length) {
    word.match = "unknown";
    word.terms = [termOf(text)];
  }
  return word;
};

const completionsOf = async (text: string, shards: Shards): Promise<Guess[]> => {
  const { length } = [...text];
  return (isSpaceless(text) ? length === 1 : length >= SHORTEST_PREFIX) ? completions(text, shards) : [];
};

const guess = (word: PlanWord, match: "prefix" | "typo", guesses: Guess[]): void => {
  for (const { text, edits } of guesses) {
    if (add(word, { stem: stem(text), word: text, weight: WEIGHTS[edits] ?? 0 })) word.match = match;
  }
};

const add = (word: PlanWord, term: Term): boolean => {
  if (word.terms.some(({ stem }) => stem === term.stem)) return false;
  word.terms.push(term);
  return true;
};
