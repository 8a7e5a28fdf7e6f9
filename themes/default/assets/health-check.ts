import { Kept } from "./kept";
import { element, pick } from "./search/dom";
import { Words } from "./search/words";

const ANSWERS = ["yes", "partly", "no"];

/** The health check: keeps the answers in this browser, and sums them up. */
class HealthCheck {
  readonly #root: HTMLElement;
  readonly #words: Words;
  readonly #summary: HTMLElement;
  readonly #kept: Kept;

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#words = new Words(root.dataset["words"] ?? "{}", document.documentElement.lang);
    this.#summary = pick(root, "#answers");
    this.#kept = new Kept(root, "casebook health check " + location.pathname);
  }

  start(): void {
    this.#kept.enter(this.#kept.stored());
    this.#sum();
    this.#root.addEventListener("input", () => {
      this.#kept.store();
      this.#sum();
    });
    pick(this.#root, ".print").addEventListener("click", () => print());
    pick(this.#root, ".clear").addEventListener("click", () => this.#clear());
    pick<HTMLElement>(this.#root, ".buttons").hidden = false;
  }

  #clear(): void {
    if (!confirm(this.#words.say("sure"))) return;
    this.#kept.clear();
    this.#sum();
    this.#root.querySelector("input")?.focus();
  }

  /** Counts the answers, and lists each "not yet" with a way to case studies. */
  #sum(): void {
    const questions = [...this.#root.querySelectorAll("fieldset")];
    const answer = (question: Element): string => question.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
    const count = (wanted: string): number => questions.filter((question) => answer(question) === wanted).length;
    const counts = ANSWERS.map((wanted) => this.#words.say(wanted, count(wanted)));
    const open = count("");
    if (open) counts.push(this.#words.say("open", open));
    pick(this.#summary, "[role=status]").textContent = open === questions.length ? this.#words.say("none") : counts.join(", ");
    const missing = questions.filter((question) => answer(question) === "no");
    pick(this.#summary, "ul").replaceChildren(...missing.map(way));
    pick<HTMLElement>(this.#summary, ".next").hidden = !missing.length;
  }
}

/** A question as a link to the page with its case studies. */
function way(question: Element): HTMLElement {
  const legend = pick<HTMLElement>(question, "legend");
  const link = element("a", { href: pick<HTMLElement>(question, ".answer").dataset["cases"] ?? "" }, legend.textContent ?? "");
  if (legend.lang) link.lang = legend.lang;
  return element("li", {}, link);
}

const root = document.querySelector<HTMLElement>("#health-check");
if (root) new HealthCheck(root).start();
