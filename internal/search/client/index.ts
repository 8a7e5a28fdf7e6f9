// The exports of the search client.

export { excerpt, mark, stems, type Piece } from "./excerpt";
export { Search, type Card, type Count, type Hit, type Request, type Results } from "./search";
export { GROUPS, Stale, type Group, type Host } from "./shards";
export type { Plan, PlanWord, Term } from "./plan";
export type { Suggestion } from "./suggest";
