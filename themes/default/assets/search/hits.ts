import { excerpt, mark, stems, type Card, type Hit, type Piece, type Results, type Search } from "casebook/search";
import { element } from "./dom";
import { textOf } from "./text";
import type { Words } from "./words";

/** How many files of cards are loaded before results show. The rest loads when the reader moves, or after a while. */
const FIRST_FILES = 2;
const PATIENCE = 3000; // milliseconds

/** The list of results. */
export class HitList {
  readonly #list: HTMLElement;
  readonly #root: string;
  readonly #search: Search;
  readonly #words: Words;
  #latest: Results | null = null;

  constructor(list: HTMLElement, root: string, search: Search, words: Words) {
    this.#list = list;
    this.#root = root;
    this.#search = search;
    this.#words = words;
  }

  /** Shows results; resolves when the first of them are there. With all, when all are. */
  async show(results: Results, all: boolean): Promise<void> {
    this.#latest = results;
    const { hits } = results;
    const wanted = stems(results.plan);
    const files = new Set<string>();
    const first = hits.filter(({ pack }) => all || (files.size < FIRST_FILES && files.add(pack)) || files.has(pack));
    const isOpen = hits.findIndex((hit) => !first.includes(hit)); // what comes later must not stand before what comes first
    const now = isOpen < 0 ? hits : hits.slice(0, isOpen);
    const cards = await Promise.all(now.map((hit) => this.#search.card(hit)));
    if (this.#latest !== results) return;
    const items = hits.map((hit, i) => {
      const card = cards[i];
      return element("li", {}, card ? this.#card(card, hit, wanted) : element("div", { class: "card waiting" }, this.#words.say("busy")));
    });
    this.#list.replaceChildren(...items);
    if (now.length === hits.length) return;
    void whenMoved().then(() => {
      hits.forEach((hit, i) => {
        if (i < now.length) return;
        // A card that cannot be loaded stays out; the others are there.
        this.#search.card(hit).then(
          (card) => this.#latest === results && items[i]?.replaceChildren(this.#card(card, hit, wanted)),
          () => items[i]?.remove(),
        );
      });
    });
  }

  #card(card: Card, hit: Hit, wanted: Set<string>): HTMLElement {
    const made = element("div", { class: "card" });
    if (card.lang) {
      made.lang = card.lang;
      made.dir = "auto";
    }
    const title = mark(card.title, wanted);
    const summary = mark(card.summary, wanted);
    const text = element("p", { class: "excerpt" }, ...marked(summary));
    made.append(
      element("h2", { class: "name" }, element("a", { href: this.#root + card.id }, ...marked(title))),
      element("ul", { class: "meta" }, ...card.details.map((detail) => element("li", {}, detail))),
      text,
    );
    if (hit.missing.length) made.append(element("p", { class: "missing" }, this.#words.say("missing", hit.missing.join(", "))));
    if (wanted.size && ![...title, ...summary].some((piece) => piece.marked)) void this.#showExcerpt(card, text, wanted);
    return made;
  }

  /** Puts where the words stand in the place of a summary that has none of them, once the reader comes to the result. */
  async #showExcerpt({ id }: Card, place: HTMLElement, wanted: Set<string>): Promise<void> {
    await whenMoved();
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      seen.disconnect();
      // Without its excerpt a result is still a result.
      textOf(this.#root + id).then((text) => {
        const pieces = excerpt(text, wanted);
        if (pieces.some((piece) => piece.marked)) place.replaceChildren(...marked(pieces));
      }, () => undefined);
    }, { rootMargin: "100px" });
    seen.observe(place);
  }
}

let moved: Promise<unknown> | null = null;

/** Resolves when the reader first does something after the results are there, or after a while. */
export const whenMoved = (): Promise<unknown> =>
  (moved ??= Promise.race([
    new Promise((resolve) => setTimeout(resolve, PATIENCE)),
    ...["pointermove", "pointerdown", "wheel", "scroll", "keydown"].map((name) => new Promise((resolve) => addEventListener(name, resolve, { once: true, passive: true }))),
  ]));

const marked = (pieces: Piece[]): (Node | string)[] =>
  pieces.map(({ text, marked }) => (marked ? element("mark", {}, text) : text));
