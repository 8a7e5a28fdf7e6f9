import { GROUPS, type Count, type Group, type Results } from "casebook/search";
import { nameOf } from "casebook/search/analyse";
import { element } from "./dom";
import type { State } from "./state";
import type { Words } from "./words";

interface Box {
  label: string;
  item: HTMLElement;
  input: HTMLInputElement;
  count: HTMLElement;
}

/** A list with more values than this has a box to find one. */
const LONG = 12;

/** The panel of checkboxes. It is filled when there are first counts to show, so only once the reader opens it. */
export class Filters {
  readonly #panel: HTMLDetailsElement;
  readonly #words: Words;
  readonly #toggle: (group: Group, id: string) => void;
  readonly #boxes = new Map<string, Box>();

  constructor(panel: HTMLDetailsElement, words: Words, toggle: (group: Group, id: string) => void) {
    this.#panel = panel;
    this.#words = words;
    this.#toggle = toggle;
  }

  get isOpen(): boolean {
    return this.#panel.open;
  }

  /** Whether there is such a filter at all, which is known once there are counts. */
  has(group: Group, id: string): boolean {
    return this.#boxes.has(key(group, id));
  }

  label(group: Group, id: string): string {
    return this.#boxes.get(key(group, id))?.label ?? id;
  }

  show(counts: Results["counts"], filters: State["filters"]): void {
    const ids = GROUPS.flatMap((group) => (counts[group] ?? []).map(({ id }) => key(group, id)));
    if (ids.join() !== [...this.#boxes.keys()].join()) this.#build(counts, filters);
    for (const group of GROUPS) {
      for (const { id, count } of counts[group] ?? []) {
        const box = this.#boxes.get(key(group, id));
        if (!box) continue;
        box.input.checked = filters[group]?.includes(id) ?? false;
        box.count.textContent = this.#words.number(count);
        box.item.hidden = count === 0 && !box.input.checked && box.input !== document.activeElement;
      }
    }
  }

  #build(counts: Results["counts"], filters: State["filters"]): void {
    this.#boxes.clear();
    const groups = GROUPS.filter((group) => counts[group]?.length).map((group, i) => {
      const name = this.#words.say(group);
      const values = (counts[group] ?? []).map((value) => this.#box(group, value));
      const set = element("fieldset", {}, element("legend", { class: "hidden" }, name));
      if (values.length > LONG) set.append(this.#finder(values, name));
      set.append(element("ul", {}, ...values));
      const details = element("details", {}, element("summary", {}, name), set);
      details.open = i === 0 || (filters[group]?.length ?? 0) > 0;
      return details;
    });
    this.#panel.replaceChildren(...[...this.#panel.children].slice(0, 1), ...groups);
  }

  /** A box that leaves of a long list what begins with, or has a word that begins with, what is typed. */
  #finder(items: HTMLElement[], name: string): HTMLElement {
    const input = element("input", { type: "search", "aria-label": this.#words.say("find", name), placeholder: this.#words.say("find", name) });
    input.addEventListener("input", () => {
      const wanted = nameOf(input.value);
      for (const item of items) item.classList.toggle("other", !` ${nameOf(item.textContent ?? "")}`.includes(` ${wanted}`));
    });
    return element("p", {}, input);
  }

  #box(group: Group, { id, label }: Count): HTMLElement {
    const input = element("input", { type: "checkbox" });
    input.addEventListener("change", () => this.#toggle(group, id));
    const count = element("span", { class: "count" });
    const item = element("li", {}, element("label", {}, input, element("span", {}, label), count));
    this.#boxes.set(key(group, id), { label, item, input, count });
    return item;
  }
}

const key = (group: Group, id: string): string => `${group}/${id}`;
