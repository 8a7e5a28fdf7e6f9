import { pick } from "../search/dom";
import type { Stored } from "../site/stored";

/** What the comparison wants of a case study's own page. All of it is text. */
export interface Case {
  id: string;
  title: string;
  /** BCP 47, or "" for the site's own language. */
  lang: string;
  /** Lines by their labels, in the order of the page; the summary comes first, under "". */
  facts: Map<string, string[]>;
  related: Stored[];
}

/** Ids as folders of the site have them: nothing else is ever asked of the host. */
export const isID = (text: string): boolean => text.length <= 100 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);

/** The id of the case study that a path leads to, or "". The folder is that of the case studies: ".../cases/". */
export const idOf = (path: string, folder: string): string => {
  const [name, id = ""] = path.split("/").slice(-3);
  return folder.endsWith(`/${name}/`) && isID(id) ? id : "";
};

/** Reads a case study from its page; null when there is no such page, or it tells of none. */
export const readCase = async (id: string, folder: string): Promise<Case | null> => {
  const address = new URL(`${id}/`, folder);
  const response = await fetch(address);
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${address.href}: ${response.status}`);
  // A document of its own, in which no script runs and nothing is loaded.
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const article = page.querySelector("article[data-path]");
  if (!article) return null;
  const title = pick<HTMLElement>(article, "h1");
  const facts = new Map<string, string[]>();
  const lede = article.querySelector(".title .lede");
  if (lede) facts.set("", [text(lede)]);
  for (const part of article.querySelectorAll("[data-facts]")) read(part, facts);
  return { id, title: text(title), lang: title.lang, facts, related: related(article, address) };
};

/** A list of terms says a fact for each term, a section one for all. */
const read = (part: Element, facts: Map<string, string[]>): void => {
  const terms = part.querySelectorAll("dt");
  for (const term of terms) if (term.nextElementSibling) facts.set(text(term), lines(term.nextElementSibling));
  const heading = part.querySelector("h2");
  if (!terms.length && heading) {
    facts.set(text(heading), [...part.querySelectorAll("[data-fact]")].map((fact) => {
      const pieces = fact.querySelectorAll("h3, .name, li, th, td, .none");
      return pieces.length ? [...pieces].map(text).join(" · ") : text(fact);
    }));
  }
};

/** The items of lists, and what stands outside of lists, each as a line. */
const lines = (whole: Element): string[] => {
  const value = whole.cloneNode(true) as Element;
  for (const note of value.querySelectorAll(".note")) note.textContent = `(${text(note)})`;
  const items = [...value.querySelectorAll("li")].map(text);
  const outside = [...value.childNodes].filter((node) => node.nodeName !== "UL").map((node) => node.textContent ?? "").join("");
  return [squeeze(outside), ...items].filter(Boolean);
};

const related = (article: Element, address: URL): Stored[] =>
  [...article.querySelectorAll(".related .card .name a")].map((link) => [new URL(link.getAttribute("href") ?? "", address).pathname, text(link)]);

const text = (node: Node): string => squeeze(node.textContent ?? "");
const squeeze = (written: string): string => written.replace(/\s+/g, " ").trim();
