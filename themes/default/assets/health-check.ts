import { element, pick } from "./search/dom";
import { Words } from "./search/words";

const ANSWERS = ["yes", "partly", "no"];

/** The health check: keeps the answers in this browser, and sums them up. */
class HealthCheck {
  private readonly words: Words;
  private readonly summary: HTMLElement;
  private readonly key = "casebook health check " + location.pathname; // sites that share a host share what is stored

  constructor(private readonly root: HTMLElement) {
    this.words = new Words(root.dataset["words"] ?? "{}", document.documentElement.lang);
    this.summary = pick(root, "#answers");
  }

  start(): void {
    this.restore();
    this.sum();
    this.root.addEventListener("input", () => {
      this.keep();
      this.sum();
    });
    pick(this.root, ".print").addEventListener("click", () => print());
    pick(this.root, ".clear").addEventListener("click", () => this.clear());
    pick<HTMLElement>(this.root, ".buttons").hidden = false;
  }

  private fields(): (HTMLInputElement | HTMLTextAreaElement)[] {
    return [...this.root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")];
  }

  /** What is entered, by the name of the field. */
  private entered(): Record<string, string> {
    const entered: Record<string, string> = {};
    for (const field of this.fields()) {
      const isChosen = field.type !== "radio" || (field as HTMLInputElement).checked;
      if (isChosen && field.value) entered[field.name] = field.value;
    }
    return entered;
  }

  private keep(): void {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.entered()));
    } catch {
      // A browser may refuse to store anything.
    }
  }

  private restore(): void {
    let stored: Record<string, unknown> = {};
    try {
      stored = JSON.parse(localStorage.getItem(this.key) ?? "{}") ?? {};
    } catch {
      return;
    }
    for (const field of this.fields()) {
      const value = stored[field.name];
      if (typeof value !== "string") continue;
      if (field.type === "radio") (field as HTMLInputElement).checked = field.value === value;
      else field.value = value;
    }
  }

  private clear(): void {
    if (!confirm(this.words.say("sure"))) return;
    for (const field of this.fields()) {
      if (field.type === "radio") (field as HTMLInputElement).checked = false;
      else field.value = "";
    }
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was stored.
    }
    this.sum();
    this.root.querySelector("input")?.focus();
  }

  /** Counts the answers, and lists each "not yet" with a way to case studies. */
  private sum(): void {
    const questions = [...this.root.querySelectorAll("fieldset")];
    const answer = (question: Element): string => question.querySelector<HTMLInputElement>("input:checked")?.value ?? "";
    const count = (wanted: string): number => questions.filter((question) => answer(question) === wanted).length;
    const counts = ANSWERS.map((wanted) => this.words.say(wanted, count(wanted)));
    const open = count("");
    if (open) counts.push(this.words.say("open", open));
    pick(this.summary, "[role=status]").textContent = open === questions.length ? this.words.say("none") : counts.join(", ");
    const missing = questions.filter((question) => answer(question) === "no");
    pick(this.summary, "ul").replaceChildren(...missing.map(way));
    pick<HTMLElement>(this.summary, ".next").hidden = !missing.length;
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
