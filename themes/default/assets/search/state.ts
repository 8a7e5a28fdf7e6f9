import { GROUPS, type Group } from "casebook/search";
import { analyse } from "casebook/search/analyse";
import { pick } from "./dom";

/** What the reader asks for: all of it is in the address of the page. */
export interface State {
  text: string;
  filters: Partial<Record<Group, string[]>>;
  sort: "relevance" | "date";
  page: number;
}

// What addresses call the groups: a site can have its own words for some.
const names = pick<HTMLElement>(document, "#found").dataset.filters?.split(" ") ?? [];
const nameOf = (group: Group): string => names[GROUPS.indexOf(group)] ?? group;

export const readState = (query: string): State => {
  const parameters = new URLSearchParams(query);
  const filters: State["filters"] = {};
  for (const group of GROUPS) {
    const values = parameters.getAll(nameOf(group)).filter((value) => value.trim());
    if (values.length) filters[group] = [...new Set(values)];
  }
  return {
    text: parameters.get("q") ?? "",
    filters,
    sort: parameters.get("sort") === "date" ? "date" : "relevance",
    page: Math.max(1, Math.floor(Number(parameters.get("page"))) || 1),
  };
};

/** The address of a state, relative to the search page. */
export const address = ({ text, filters, sort, page }: State): string => {
  const parameters = new URLSearchParams();
  if (text.trim()) parameters.set("q", text);
  for (const { group, id } of chosen(filters)) parameters.append(nameOf(group), id);
  if (sort === "date") parameters.set("sort", sort);
  if (page > 1) parameters.set("page", String(page));
  return `?${parameters}`;
};

export const chosen = (filters: State["filters"]): { group: Group; id: string }[] =>
  GROUPS.flatMap((group) => (filters[group] ?? []).map((id) => ({ group, id })));

/** The state with a filter chosen or, if it was, no longer; on the first page of the new results. */
export const toggled = (state: State, group: Group, id: string): State => {
  const values = state.filters[group] ?? [];
  const left = values.includes(id) ? values.filter((other) => other !== id) : [...values, id];
  return { ...state, filters: { ...state.filters, [group]: left }, page: 1 };
};

/** Whether anything is asked for at all: a word, or a filter. */
export const isAsked = ({ text, filters }: State): boolean => analyse(text).length > 0 || chosen(filters).length > 0;
