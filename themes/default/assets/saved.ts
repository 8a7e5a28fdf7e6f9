import { idOf } from "./compare/case";
import { element, pick } from "./search/dom";
import { Words } from "./search/words";
import { load, store, type Stored } from "./site/stored";

const NAME = "saved";
const COMPARED = 3;
const FORMATS = [["bib", "BibTeX"], ["ris", "RIS"], ["json", "CSL-JSON"]] as const;

/** The case studies that were saved in this browser: to open, compare, print and take away. */
class Saved {
  readonly #place: HTMLElement;
  readonly #words: Words;
  readonly #folder: string; // of the case studies
  readonly #said: HTMLElement;
  readonly #list: HTMLElement;
  readonly #ways: HTMLElement;

  constructor(place: HTMLElement) {
    this.#place = place;
    this.#words = new Words(place.dataset["words"] ?? "{}", document.documentElement.lang);
    this.#folder = new URL(place.dataset["folder"] ?? "", location.href).href;
    this.#said = pick(place, "[role=status]");
    this.#list = pick(place, "ul.titles");
    this.#ways = pick(place, ".take");
  }

  start(): void {
    pick<HTMLElement>(document, "#needs").hidden = true;
    const button = (text: string, act: () => void): HTMLElement => {
      const made = element("button", { type: "button" }, text);
      made.addEventListener("click", act);
      return made;
    };
    this.#ways.append(
      button(this.#words.say("print"), () => print()),
      ...("citations" in this.#place.dataset ? FORMATS : []).map(([extension, name]) => button(name, () => void this.#take(extension, name))),
      button(this.#words.say("clear"), () => this.#keep([])),
    );
    this.#place.hidden = false;
    this.#show();
  }

  /** What is stored may come from anywhere on this host: only ids of case studies count. */
  #cases(): { id: string; entry: Stored }[] {
    return load(NAME).map((entry) => ({ id: idOf(String(entry[0]), this.#folder), entry })).filter(({ id }) => id);
  }

  #keep(entries: Stored[]): void {
    store(NAME, entries);
    this.#show();
    document.getElementById("main")?.focus();
  }

  #show(): void {
    const cases = this.#cases();
    this.#said.textContent = this.#words.say(cases.length ? "count" : "none", cases.length);
    this.#ways.hidden = !cases.length;
    this.#list.replaceChildren(...cases.map(({ id, entry }) => {
      const title = String(entry[1]);
      const remove = element("button", { type: "button", class: "plain", "aria-label": this.#words.say("remove", title) }, "×");
      remove.addEventListener("click", () => this.#keep(cases.filter((other) => other.id !== id).map((other) => other.entry)));
      return element("li", {}, element("a", { href: `${this.#folder}${id}/` }, title), " ", remove);
    }));
    const compare = pick<HTMLAnchorElement>(this.#place, ".compare");
    compare.hidden = cases.length < 2;
    compare.href = `${this.#place.dataset["compare"]}` + cases.slice(0, COMPARED).map(({ id }) => `${this.#place.dataset["name"]}=${id}`).join("&");
  }

  /** Joins the citations that stand beside the pages of the case studies into one file. */
  async #take(extension: string, name: string): Promise<void> {
    try {
      const texts = await Promise.all(this.#cases().map(async ({ id }) => {
        const response = await fetch(`${this.#folder}${id}/citation.${extension}`);
        if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
        return response.text();
      }));
      const whole = extension === "json" ? JSON.stringify(texts.flatMap((text) => JSON.parse(text)), null, 2) + "\n" : texts.join("\n");
      const link = element("a", { href: URL.createObjectURL(new Blob([whole])), download: "citations." + extension });
      link.click();
      URL.revokeObjectURL(link.href);
    } catch {
      this.#said.textContent = this.#words.say("failed", name);
    }
  }
}

const place = document.getElementById("saved");
if (place) new Saved(place).start();
