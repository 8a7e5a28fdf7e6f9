// Matching and scoring documents, with the same results as ../match.go and ../query.go.

import type { Plan, PlanWord } from "./plan";
import { keepHolders, nearIn } from "./positions";
import { addUp, lengthCode, makeClause, queryNorm, type Clause } from "./score";
import type { Shards } from "./shards";
import { loadPostings } from "./terms";

const FEWEST = 6;
const FLOOR = 0.4;
const EXACT = 0.15;
const CLOSE = 0.5;
const TITLE = 1;

/** The results of a plan. */
export interface Matches {
  /** By document; -1 if it does not match. */
  scores: Float64Array;
  /** Whether documents that lack some of the words match too. */
  partial: boolean;
  /** The words of the plan that a document does not hold. */
  missing(document: number): string[];
}

/** An addition to the scores of the documents that earn it. */
interface Bonus {
  value: number;
  earned: Uint8Array;
}

export const match = async (plan: Plan, shards: Shards): Promise<Matches> => {
  const { phrases, words } = plan;
  const [phraseClauses, clauses, excluded, lengths] = await Promise.all([
    Promise.all(phrases.map((phrase) => Promise.all(phrase.map((stem) => makeClause([{ stem, word: stem, weight: 1 }], shards))))),
    Promise.all(words.map((word) => makeClause(word.terms, shards))),
    Promise.all(plan.excluded.map((phrase) => Promise.all(phrase.map((stem) => loadPostings(stem, shards))))),
    shards.load(shards.lengths),
  ]);
  const candidates = new Uint8Array(shards.count).fill(1); // at first, all documents that are allowed
  for (const [i, phrase] of plan.excluded.entries()) {
    const holders = candidates.slice();
    await keepHolders(phrase, excluded[i] ?? [], holders, shards);
    holders.forEach((holds, document) => holds && (candidates[document] = 0));
  }
  for (const [i, phrase] of phrases.entries()) {
    await keepHolders(phrase, (phraseClauses[i] ?? []).map(({ postings: [own] }) => own as Clause["postings"][0]), candidates, shards);
  }
  const held = (document: number): number => clauses.reduce((n, { holds }) => n + (holds[document] ?? 0), 0);
  const full = candidates.map((allowed, document) => (allowed && held(document) === clauses.length ? 1 : 0));
  const found = sum(full);
  const isFew = clauses.length > 1 && found < FEWEST;
  const enough = aboveFloor(words, clauses);
  const more = isFew ? candidates.map((allowed, document) => (allowed && enough(document) ? 1 : 0)) : full;
  const partial = isFew && sum(more) > found;
  candidates.set(partial ? more : full);

  const required = phraseClauses.flat();
  const bonuses = findBonuses(plan, required, clauses, candidates, lengths, shards);
  const norm = queryNorm([...required, ...clauses], bonuses.map(({ value }) => value));
  const must = addUp(required, norm, lengths, shards);
  const may = addUp(clauses, norm, lengths, shards);
  const scores = must.sums.map((score, document) => {
    if (!candidates[document]) return -1;
    const rest = may.sums[document] ?? 0;
    score += partial ? (rest * (may.matched[document] ?? 0)) / words.length : rest;
    for (const { value, earned } of bonuses) if (earned[document]) score += value * norm;
    return score;
  });
  const missing = (document: number): string[] => words.filter((_, i) => !clauses[i]?.holds[document]).map(({ text }) => text);
  return { scores, partial, missing };
};

const sum = (list: Uint8Array): number => list.reduce((total, own) => total + own, 0);

/** Whether a document holds enough of the query: FLOOR of the sum of the words' idf. */
const aboveFloor = (words: PlanWord[], clauses: Clause[]): ((document: number) => boolean) => {
  let unknown = 0; // in halves of words
  let all = 0;
  words.forEach(({ match }, i) => {
    unknown += match === "unknown" ? 2 : match === "typo" ? 1 : 0;
    if (match !== "unknown") all += clauses[i]?.idf ?? 0;
  });
  return (document) => {
    const own = clauses.filter(({ holds }) => holds[document]);
    return unknown <= words.length && own.length > 0 && own.reduce((sum, { idf }) => sum + idf, 0) >= FLOOR * all;
  };
};

const findBonuses = (plan: Plan, required: Clause[], clauses: Clause[], candidates: Uint8Array, lengths: Uint8Array, shards: Shards): Bonus[] => {
  const bonuses: Bonus[] = [];
  const award = (value: number, earns: Uint8Array): void => {
    const earned = earns.map((own, document) => own & (candidates[document] ?? 0));
    if (earned.includes(1)) bonuses.push({ value, earned });
  };
  if (!clauses.length) return bonuses;
  clauses.forEach(({ idf, postings }, i) => {
    for (const { documents, forms } of postings) {
      const form = forms.find(([word]) => word === plan.words[i]?.terms[0]?.word);
      if (!form || forms.length < 2) continue;
      const earns = new Uint8Array(shards.count);
      form[1].forEach((has, place) => has && (earns[documents[place] ?? 0] = 1));
      award(EXACT * idf * idf, earns);
      return;
    }
  });
  clauses.forEach((b, i) => {
    const a = clauses[i - 1];
    const [one] = a?.postings ?? [];
    const [other] = b.postings;
    if (!a || !one || !other || a.terms[0]?.stem === b.terms[0]?.stem) return;
    award(CLOSE * a.idf * b.idf, nearIn(one, other, candidates, shards));
  });
  const inTitle = ({ postings }: Clause): Uint8Array => {
    const found = new Uint8Array(shards.count);
    for (const { documents, frequencies } of postings) documents.forEach((document, i) => frequencies[0]?.[i] && (found[document] = 1));
    return found;
  };
  const length = lengthCode(plan.length);
  const titles = [...required, ...clauses].map(inTitle);
  const isTitle = candidates.map((_, document) => (lengths[document] === length && titles.every((found) => found[document]) ? 1 : 0));
  award(TITLE * clauses.reduce((sum, { most }) => sum + most, 0), isTitle);
  return bonuses;
};
