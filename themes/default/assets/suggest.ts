// What the box for a query offers while a reader types. Pages load this when the box gets the focus, see site/search-box.ts.
import { suggest, type Suggestion } from "casebook/search/suggest";
import { element } from "./search/dom";
import { host } from "./search/host";

const PATIENCE = 100; // milliseconds that pages offered for the words before may stay

/** The pages to offer for a text. */
export const suggestions = (text: string): Promise<Suggestion[]> => suggest(text, host);

/** Makes a box for a query a combobox, as the ARIA Authoring Practices describe it: an editable one with a list. */
export const offer = (form: HTMLFormElement, box: HTMLInputElement): void => new Offers(form, box).start();

class Offers {
  readonly #form: HTMLFormElement;
  readonly #box: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #status = element("span", { role: "status", class: "hidden" });
  readonly #name: string;
  readonly #root: URL;
  #options: HTMLElement[] = [];
  #active = -1; // place in options

  constructor(form: HTMLFormElement, box: HTMLInputElement) {
    this.#form = form;
    this.#box = box;
    this.#name = form.dataset["offers"] ?? "";
    this.#root = new URL("../", form.action);
    this.#list = element("div", { role: "listbox", id: "offers", "aria-label": this.#name });
    this.#list.hidden = true;
    form.append(this.#list, this.#status);
  }

  start(): void {
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.#list.id, "aria-expanded": "false" };
    for (const [key, value] of Object.entries(attributes)) this.#box.setAttribute(key, value);
    this.#box.addEventListener("input", () => void this.#update());
    this.#box.addEventListener("keydown", (event) => this.#pressed(event));
    this.#box.addEventListener("blur", () => this.#close());
    this.#form.addEventListener("submit", (event) => this.#submitted(event));
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    void this.#update(); // with what was typed meanwhile
  }

  /** Without suggestions the box works as ever, so a failure to load them shows nothing. */
  async #update(): Promise<void> {
    const text = this.#box.value;
    this.#choose(-1);
    const late = setTimeout(() => this.#close(), PATIENCE);
    const found = await suggestions(text).catch(() => []);
    clearTimeout(late);
    if (text === this.#box.value && document.activeElement === this.#box) this.#show(found);
  }

  #show(found: Suggestion[]): void {
    this.#options = found.map(({ id, title, what }, i) => {
      const option = element("div", { role: "option", id: `offer-${i}`, "aria-selected": "false" }, title, element("span", {}, what));
      option.addEventListener("click", () => this.#open(id));
      option.dataset["page"] = id;
      return option;
    });
    this.#list.replaceChildren(...this.#options);
    this.#list.hidden = !found.length;
    this.#box.ariaExpanded = String(!this.#list.hidden);
    this.#status.textContent = found.length ? `${this.#name}: ${found.length}` : "";
  }

  #pressed(event: KeyboardEvent): void {
    if (this.#list.hidden || event.isComposing) return;
    const { length } = this.#options;
    if (event.key === "ArrowDown") this.#choose(this.#active + 1 < length ? this.#active + 1 : -1);
    else if (event.key === "ArrowUp") this.#choose(this.#active < 0 ? length - 1 : this.#active - 1);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
  }

  /** The enter key leads to the option that is chosen; without one the words are searched for. */
  #submitted(event: Event): void {
    const page = this.#options[this.#active]?.dataset["page"];
    if (!page) return;
    event.preventDefault();
    this.#open(page);
  }

  /** Moves to an option, or with -1 back to what the reader has typed. */
  #choose(place: number): void {
    this.#options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = place;
    const option = this.#options[place];
    if (!option) return this.#box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.#box.setAttribute("aria-activedescendant", option.id);
  }

  #open(page: string): void {
    location.assign(new URL(page, this.#root));
  }

  #close(): void {
    this.#choose(-1);
    this.#show([]);
  }
}
