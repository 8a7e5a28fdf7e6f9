import { excerpt, mark, stems, type Hit, type Piece, type Results, type Search } from "casebook/search";
import { element } from "./dom";

/** The list of results. Excerpts load when the reader comes to see them. */
export class HitList {
  private seen: IntersectionObserver | null = null;
  private readonly list: HTMLElement;
  private readonly root: string;
  private readonly search: Search;

  constructor(list: HTMLElement, root: string, search: Search) {
    this.list = list;
    this.root = root;
    this.search = search;
  }

  show({ hits, plan }: Results): void {
    const wanted = stems(plan);
    const pending = new Map<Element, Hit>();
    const seen = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) {
        const hit = pending.get(target);
        if (!isIntersecting || !hit) continue;
        seen.unobserve(target);
        // Without its excerpt a result is still a result.
        this.addExcerpt(target, hit, wanted).catch(() => undefined);
      }
    }, { rootMargin: "200px" });
    this.seen?.disconnect();
    this.seen = seen;
    this.list.replaceChildren(
      ...hits.map((hit) => {
        const card = this.card(hit, wanted);
        if (wanted.size && hit.text) {
          pending.set(card, hit);
          seen.observe(card);
        }
        return element("li", {}, card);
      }),
    );
  }

  private card(hit: Hit, wanted: Set<string>): HTMLElement {
    const card = element("div", { class: "card" });
    if (hit.lang) {
      card.lang = hit.lang;
      card.dir = "auto";
    }
    const link = element("a", { href: this.root + hit.id }, ...marked(mark(hit.title, wanted)));
    card.append(element("h2", { class: "name" }, link));
    card.append(element("ul", { class: "meta" }, ...hit.details.map((detail) => element("li", {}, detail))));
    if (hit.summary) card.append(element("p", {}, ...marked(mark(hit.summary, wanted))));
    return card;
  }

  private async addExcerpt(card: Element, hit: Hit, wanted: Set<string>): Promise<void> {
    const pieces = excerpt(await this.search.text(hit), wanted);
    if (card.isConnected && pieces.some((piece) => piece.marked)) {
      card.append(element("p", { class: "excerpt" }, ...marked(pieces)));
    }
  }
}

const marked = (pieces: Piece[]): (Node | string)[] =>
  pieces.map(({ text, marked }) => (marked ? element("mark", {}, text) : text));
