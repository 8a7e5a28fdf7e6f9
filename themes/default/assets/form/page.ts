import { Kept } from "../kept";
import { element, pick } from "../search/dom";
import { Words } from "../search/words";
import { check, isWarning, type Mistake } from "./check";
import { isEmpty, listOf, oneLine, type Fields, type Rules, type Value } from "./model";
import { mailTo, newFile, slug, type Folder } from "./send";
import { markdown } from "./text";
import { write } from "./write";

/** The form: keeps what is entered, checks it, and makes the file of a case study. */
export class Form {
  readonly #root: HTMLFormElement;
  readonly #rules: Rules;
  readonly #words: Words;
  readonly #kept: Kept;
  readonly #problems: HTMLElement;
  readonly #done: HTMLElement;
  #address = "";

  constructor(root: HTMLFormElement) {
    this.#root = root;
    this.#rules = JSON.parse(root.dataset["rules"] ?? "{}");
    this.#words = new Words(root.dataset["words"] ?? "{}", document.documentElement.lang);
    this.#kept = new Kept(root, "casebook form " + location.pathname);
    this.#problems = pick(root, "#problems");
    this.#done = pick(root, "#done");
  }

  start(): void {
    for (const many of this.#root.querySelectorAll<HTMLElement>("[data-many]")) pick(many, ".add").addEventListener("click", () => this.#add(many, true));
    this.#restore();
    this.#root.addEventListener("input", () => this.#changed());
    this.#root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#finish();
    });
    // Enter in a field would end the form, and so would the Enter that follows a link to a field.
    this.#root.addEventListener("keypress", (event) => {
      if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
    });
    pick(this.#root, ".clear").addEventListener("click", () => this.#clear());
  }

  /** Adds an empty item to a list. */
  #add(many: HTMLElement, focus: boolean): void {
    const items = many.querySelectorAll<HTMLElement>(".item");
    const first = items[0];
    const last = items[items.length - 1];
    if (!first || !last) return;
    const path = many.dataset["many"] ?? "";
    const number = Number(last.dataset["number"] ?? 1) + 1;
    const item = first.cloneNode(true) as HTMLElement;
    item.dataset["number"] = String(number);
    for (const part of item.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.replaceAll(`${path}.1`, `${path}.${number}`));
      }
      part.removeAttribute("aria-invalid");
    }
    for (const problem of item.querySelectorAll(".problem")) problem.remove();
    const remove = element("button", { type: "button", class: "remove", "aria-label": this.#words.say("remove", textOf(many.querySelector("legend")), number) }, "×");
    remove.addEventListener("click", () => {
      item.remove();
      this.#changed();
      pick<HTMLElement>(many, ".add").focus();
    });
    item.prepend(remove);
    last.after(item);
    new Kept(item, "").enter({});
    if (focus) item.querySelector<HTMLElement>("input, textarea, select")?.focus();
  }

  #restore(): void {
    const stored = this.#kept.stored();
    for (const many of this.#root.querySelectorAll<HTMLElement>("[data-many]")) {
      const before = `${many.dataset["many"]}.`;
      const numbers = Object.keys(stored).filter((name) => name.startsWith(before)).map((name) => parseInt(name.slice(before.length), 10));
      const most = Math.min(Math.max(1, ...numbers.filter(Number.isInteger)), 1_000);
      while (Number(many.querySelector<HTMLElement>(".item:last-of-type")?.dataset["number"] ?? 1) < most) this.#add(many, false);
    }
    this.#kept.enter(stored);
    this.#showSections();
  }

  #changed(): void {
    this.#kept.store();
    this.#showSections();
    this.#done.hidden = true;
  }

  /** Shows the questions of the kind of case study that is chosen. */
  #showSections(): void {
    const kind = pick<HTMLSelectElement>(this.#root, "#kind").value;
    for (const section of this.#root.querySelectorAll<HTMLElement>("[data-kind]")) section.hidden = section.dataset["kind"] !== kind;
  }

  #clear(): void {
    if (!confirm(this.#words.say("sure"))) return;
    for (const item of this.#root.querySelectorAll(".item[data-number]")) item.remove();
    this.#kept.clear();
    this.#show([]);
    this.#done.hidden = true;
    this.#showSections();
    this.#root.querySelector<HTMLElement>("input")?.focus();
  }

  /** What is entered, as fields. */
  #values(): Fields {
    const values: Fields = {};
    for (const control of this.#kept.controls()) {
      const { name, value, dataset } = control;
      if (!name || name.startsWith("##")) continue;
      if (control.type === "checkbox" && !(control as HTMLInputElement).checked) continue;
      if (value === dataset["default"]) continue;
      if (control.closest(".boxes")) values[name] = [...listOf(values[name]), value];
      else put(values, name.split("."), "lines" in dataset ? value.split("\n").map(oneLine).filter(Boolean) : oneLine(value));
    }
    return values;
  }

  #body(): string {
    const texts = [...this.#root.querySelectorAll<HTMLTextAreaElement>("[data-heading]")].filter((text) => !text.closest("[hidden]"));
    return texts.flatMap((text) => {
      const written = markdown(text.value);
      const { heading } = text.dataset;
      return written ? [heading ? `## ${heading}\n\n${written}` : written] : [];
    }).join("\n\n");
  }

  #finish(): void {
    const values = this.#values();
    const mistakes = check(this.#rules, values, (vocabulary) => this.#names(vocabulary));
    this.#show(mistakes);
    this.#done.hidden = !mistakes.every(isWarning);
    if (this.#done.hidden) return this.#problems.focus();
    const title = String(values["title"]);
    this.#offer(title, slug(title, this.#rules.letters) + ".md", write(this.#rules.fields, values, this.#body()));
    this.#done.focus();
  }

  #names(vocabulary: string): Set<string> | undefined {
    const options = this.#root.querySelectorAll<HTMLOptionElement>(`#names-${vocabulary} option`);
    return options.length ? new Set([...options].map(({ value }) => value)) : undefined;
  }

  /** Says what to correct, above the button and at each field. */
  #show(mistakes: Mistake[]): void {
    for (const old of this.#root.querySelectorAll(".problem")) old.remove();
    for (const field of this.#root.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    const links = mistakes.map((mistake, i) => {
      const text = this.#say(mistake);
      const field = document.getElementById(mistake.path) ?? document.getElementById(mistake.path + "-all") ?? this.#root;
      const note = element("p", { class: "problem", id: `problem-${i + 1}` }, text);
      if (field.matches("fieldset")) pick(field, "legend").after(note);
      else {
        field.before(note);
        if (!isWarning(mistake)) field.setAttribute("aria-invalid", "true");
      }
      const link = element("a", { href: "#" + field.id }, text);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const details = field.closest("details");
        if (details) details.open = true;
        field.focus();
        note.scrollIntoView({ block: "center" });
      });
      return element("li", {}, link);
    });
    this.#problems.replaceChildren(...(links.length ? [element("p", {}, this.#words.say(mistakes.every(isWarning) ? "noticed" : "problems", links.length)), element("ul", {}, ...links)] : []));
  }

  #say({ key, args }: Mistake): string {
    return this.#words.say(key, ...args.map((arg) => (typeof arg === "number" ? arg : arg.split("\n").map((one) => (one.startsWith("@") ? this.#label(one.slice(1)) : one)).join(", "))));
  }

  /** What the form calls a field. */
  #label(path: string): string {
    const field = document.getElementById(path) ?? document.getElementById(path + "-all");
    const label = field?.querySelector("legend") ?? this.#root.querySelector(`label[for="${path}"]`) ?? field?.closest("label");
    return textOf(label?.firstChild ?? null) || path;
  }

  /** Offers the finished file. */
  #offer(title: string, name: string, file: string): void {
    this.#done.hidden = false;
    pick(this.#done, "[role=status]").textContent = this.#words.say("ready", name);
    pick(this.#done, "pre").textContent = file;
    URL.revokeObjectURL(this.#address);
    this.#address = URL.createObjectURL(new Blob([file], { type: "text/markdown" }));
    const download = pick<HTMLAnchorElement>(this.#done, ".download");
    download.href = this.#address;
    download.download = name;
    this.#way(".mail", mailTo(this.#root.dataset["mail"] ?? "", title, file, this.#words.say("attached", name)), "attach");
    this.#way(".host", newFile(this.#root.dataset as Folder, name, file), "paste");
  }

  #way(selector: string, { href, fits }: { href: string; fits: boolean }, otherwise: string): void {
    const link = this.#done.querySelector<HTMLAnchorElement>(selector);
    if (!link) return;
    link.href = href;
    if (!fits) pick<HTMLDetailsElement>(this.#done, "details").open = true;
    if (link.nextElementSibling) link.nextElementSibling.textContent = fits ? "" : this.#words.say(otherwise);
  }
}

const textOf = (node: Node | null): string => (node?.textContent ?? "").trim();

/** Sets the value at a path: "quotes.1.text" is a field of the first item of a list. A name that stands for fields has the key "". */
const put = (values: Fields, [key = "", ...rest]: string[], value: Value): void => {
  if (isEmpty(value)) return;
  const [next] = rest;
  if (next === undefined) {
    const old = values[key];
    if (typeof old === "object" && !Array.isArray(old)) old[""] = value;
    else values[key] = value;
    return;
  }
  if (/^\d+$/.test(next)) {
    const list = (Array.isArray(values[key]) ? values[key] : []) as Value[];
    values[key] = list;
    const item: Fields = {};
    const at = Number(next) - 1;
    while (list.length <= at) list.push("");
    item[next] = list[at] as Value;
    put(item, rest, value);
    list[at] = item[next] as Value;
    return;
  }
  const old = values[key];
  const fields: Fields = typeof old === "object" && !Array.isArray(old) ? old : typeof old === "string" && old ? { "": old } : {};
  values[key] = fields;
  put(fields, rest, value);
};
