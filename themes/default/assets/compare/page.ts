import { Search, type Request } from "casebook/search";
import { element, paragraph, pick } from "../search/dom";
import { host } from "../search/host";
import { Words } from "../search/words";
import { load, type Stored } from "../site/stored";
import { idOf, isID, readCase, type Case } from "./case";

const MOST = 3; // case studies side by side
const OFFERED = 8;
const PAUSE = 200; // milliseconds between two keys that end a word

/** The comparison: the address says which case studies, and their own pages what they say. */
export class Comparison {
  readonly #words: Words;
  readonly #folder: string; // of the case studies
  readonly #name: string; // of their ids in the address
  readonly #said: HTMLElement;
  readonly #table: HTMLElement;
  readonly #add: HTMLElement;
  readonly #search = new Search(host);
  #running = new AbortController();

  constructor(place: HTMLElement) {
    this.#words = new Words(place.dataset["words"] ?? "{}", document.documentElement.lang);
    this.#folder = new URL(place.dataset["folder"] as string, location.href).href;
    this.#name = place.dataset["name"] as string;
    this.#said = pick(place, "[role=status]");
    this.#table = pick(place, ".table");
    this.#add = pick(place, ".add");
    pick<HTMLElement>(document, "#needs").hidden = true;
    place.hidden = false;
  }

  async start(): Promise<void> {
    const asked = [...new Set(new URLSearchParams(location.search).getAll(this.#name))].slice(0, MOST);
    if (asked.length) this.#said.textContent = this.#words.say("busy");
    const found = await Promise.all(asked.map((id) => (isID(id) ? readCase(id, this.#folder).catch(() => null) : null)));
    const cases = found.filter((one) => one !== null);
    const missing = asked.filter((_, i) => !found[i]);
    this.#said.replaceChildren(
      ...missing.map((id) => paragraph(this.#words.say("failed", id.slice(0, 100)))),
      ...(cases.length ? [paragraph(this.#words.say("cases", cases.length))] : []),
    );
    if (cases.length) this.#show(cases);
    if (cases.length < MOST) this.#offer(cases);
  }

  #show(cases: Case[]): void {
    const labels = new Set(cases.flatMap((one) => [...one.facts.keys()]));
    const row = (label: string): HTMLElement =>
      element("tr", {}, element("th", { scope: "row" }, label || this.#words.say("summary")), ...cases.map((one) => this.#cell(one, label)));
    this.#table.append(
      element("table", {},
        element("caption", { class: "hidden" }, this.#words.say("cases", cases.length)),
        element("thead", {}, element("tr", {}, element("th", { scope: "col" }, this.#words.say("fact")), ...cases.map((one) => this.#head(one, cases)))),
        element("tbody", {}, ...[...labels].map(row)),
      ),
    );
    this.#table.hidden = false;
  }

  #head(one: Case, cases: Case[]): HTMLElement {
    const link = element("a", { href: `${this.#folder}${one.id}/` }, one.title);
    if (one.lang) link.lang = one.lang;
    const rest = cases.filter((other) => other !== one).map(({ id }) => id);
    const remove = element("a", { href: this.#address(rest), "aria-label": this.#words.say("remove", one.title) }, "×");
    return element("th", { scope: "col" }, link, " ", remove);
  }

  #cell(one: Case, label: string): HTMLElement {
    const said = one.facts.get(label) ?? [];
    const cell = element("td");
    if (one.lang) cell.lang = one.lang;
    if (said.length > 1) cell.append(element("ul", {}, ...said.map((line) => element("li", {}, line))));
    else cell.append(said[0] ?? element("span", { class: "none" }, this.#words.say("missing")));
    return cell;
  }

  /** Offers further case studies: what was read, which the script of every page keeps, what is related, and what a search finds. */
  #offer(cases: Case[]): void {
    const chosen = cases.map(({ id }) => id);
    const links = (pages: Stored[]): HTMLElement[] =>
      pages
        .map(([path, title]) => ({ id: idOf(path, this.#folder), title }))
        .filter(({ id }, i, all) => id && !chosen.includes(id) && all.findIndex((other) => other.id === id) === i)
        .slice(0, OFFERED)
        .map(({ id, title }) => element("li", {}, element("a", { href: this.#address([...chosen, id]) }, title)));
    const list = (heading: string, pages: Stored[]): HTMLElement[] => {
      const items = links(pages);
      return items.length ? [element("h3", {}, heading), element("ul", { class: "titles" }, ...items)] : [];
    };
    const input = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    const count = element("p", { role: "status", class: "count" });
    const hits = element("ul", { class: "titles" });
    let timer = 0;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(async () => {
        this.#running.abort();
        const { signal } = (this.#running = new AbortController());
        const items = links(await this.#find(input.value, signal).catch(() => []));
        if (signal.aborted) return;
        hits.replaceChildren(...items);
        count.textContent = input.value.trim() ? this.#words.say("hits", items.length) : "";
      }, PAUSE);
    });
    this.#add.append(
      element("label", {}, this.#words.say("search"), " ", input), count, hits,
      ...list(this.#words.say("recent"), load("read")),
      ...list(this.#words.say("related"), cases.flatMap((one) => one.related)),
    );
    this.#add.hidden = false;
  }

  async #find(text: string, signal: AbortSignal): Promise<Stored[]> {
    if (!text.trim()) return [];
    const request: Request = { text, unfinished: true, filters: { kind: ["example", "challenge"] }, sort: "relevance", offset: 0, limit: OFFERED + MOST, counts: false };
    const { hits } = await this.#search.query(request, signal);
    const cards = await Promise.all(hits.map((hit) => this.#search.card(hit)));
    return cards.map(({ id, title }) => [id, title]);
  }

  #address(ids: string[]): string {
    return "./?" + ids.map((id) => `${this.#name}=${id}`).join("&");
  }
}
