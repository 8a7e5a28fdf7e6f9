import type { Plan, Results, Suggestion } from "casebook/search";
import { analyse } from "casebook/search/analyse";
import { address, chosen, toggled, type State } from "./state";
import type { Filters } from "./filters";
import type { Words } from "./words";

/** What the page says about results besides their number. */
export const notes = ({ plan, partial, total }: Results, state: State, filters: Filters, words: Words): string[] => {
  const some = total > 0 && partial ? [words.say("some", plan.words.length)] : [];
  const unknown = plan.words.filter(({ match }) => match === "unknown").map(({ text }) => words.say("unknown", text));
  const strange = chosen(state.filters).filter(({ group, id }) => !filters.has(group, id)).map(({ id }) => words.say("nofilter", id));
  return [...some, ...unknown, ...strange];
};

/** Another search that may find more, as a link. */
export interface Advice {
  label: string;
  href: string;
}

export const advice = ({ plan, total }: Results, state: State, filters: Filters, words: Words): Advice[] => {
  const all: Advice[] = [];
  const add = (label: string, other: State): void => {
    all.push({ label, href: address(other) });
  };
  const text = corrected(state.text, plan);
  if (text !== state.text) add(words.say("meant", text), { ...state, text, page: 1 });
  if (total === 0 && plan.phrases.length) add(words.say("unquote"), { ...state, text: state.text.replace(/["“”„«»]/g, " "), page: 1 });
  for (const { group, id } of chosen(state.filters)) {
    if (total > 0 && filters.has(group, id)) continue;
    add(words.say("without", filters.label(group, id)), toggled(state, group, id));
  }
  return all;
};

const MOST_NEAR = 5;

/** Pages whose names begin with a word of the query, or with what it may be a slip for, from the script of suggestions. */
export const nearest = async ({ words }: Plan, script: string): Promise<Suggestion[]> => {
  const { suggestions }: typeof import("../suggest") = await import(new URL(script, location.href).href);
  const found = await Promise.all(words.flatMap(({ text }) => [text, text.slice(0, Math.max(3, text.length - 2))].map(suggestions)));
  const seen = new Set<string>();
  return found.flat().filter(({ id }) => !seen.has(id) && seen.add(id)).slice(0, MOST_NEAR);
};

/** The address of a report with a text: an e-mail gets it as its body. */
export const reportOf = (address: string, text: string): string =>
  address.startsWith("mailto:") ? address + (address.includes("?") ? "&" : "?") + "body=" + encodeURIComponent(text) : address;

/** The query with the words that were guessed in the place of those that no document has, however they are written. */
const corrected = (text: string, plan: Plan): string => {
  const guesses = new Map(plan.words.map(({ text, match, terms }) => [text, match === "typo" ? terms[0]?.word : ""]));
  for (const word of analyse(text).reverse()) {
    const guess = guesses.get(word.text);
    if (guess) text = text.slice(0, word.start) + guess + text.slice(word.end);
  }
  return text;
};
