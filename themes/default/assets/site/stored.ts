/** A case study, by its path from the root of the site and its title. */
export type Stored = [path: string, title: string];

/**
 * The address of the site, up to its last slash: sites that share a host share what is stored, so it is part of every key.
 * Read from files, the link to the home page names its index.html.
 */
export const home = (): string => document.querySelector<HTMLAnchorElement>(".brand a")?.href.replace(/[^/]*$/, "") ?? "";

/** The list of that name in this browser; empty where the browser stores nothing. */
export const load = (name: string): Stored[] => {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(`casebook ${name} ${home()}`) ?? "[]");
    return Array.isArray(list) ? list.filter(Array.isArray) as Stored[] : [];
  } catch {
    return [];
  }
};

/** Stores the list in this browser alone, if the browser lets it. */
export const store = (name: string, list: Stored[]): void => {
  try {
    const key = `casebook ${name} ${home()}`;
    if (list.length) localStorage.setItem(key, JSON.stringify(list));
    else localStorage.removeItem(key);
  } catch {
    // A browser may refuse to store anything.
  }
};

/** The case study that the page is about. */
export const current = (): Stored | undefined => {
  const article = document.querySelector<HTMLElement>("article[data-path]");
  const { path } = article?.dataset ?? {};
  const title = article?.querySelector("h1")?.textContent;
  return path && title ? [path, title] : undefined;
};
