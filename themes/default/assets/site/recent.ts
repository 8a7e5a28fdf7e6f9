const most = 6;

/** A case study, by its path from the root of the site and its title. */
type Read = [path: string, title: string];

/** Keeps in this browser, and nowhere else, which case studies were read last, and lists them on the home page. */
export const recent = (): void => {
  const home = document.querySelector<HTMLAnchorElement>(".brand a")?.href;
  if (!home) return;
  try {
    keep(home);
    list(home);
  } catch {
    // A browser may refuse to store anything.
  }
};

// Sites that share a host share what is stored.
const key = (home: string): string => "casebook read " + home;
const stored = (home: string): Read[] => JSON.parse(localStorage.getItem(key(home)) ?? "[]");

const keep = (home: string): void => {
  const article = document.querySelector<HTMLElement>("article[data-path]");
  const { path } = article?.dataset ?? {};
  const title = article?.querySelector("h1")?.textContent;
  if (!path || !title) return;
  const others = stored(home).filter(([other]) => other !== path);
  localStorage.setItem(key(home), JSON.stringify([[path, title], ...others].slice(0, most)));
};

/** The place of the list is kept free, so that nothing moves when it comes. */
const list = (home: string): void => {
  const place = document.getElementById("read");
  const items = place ? stored(home) : [];
  if (!place || !items.length) return;
  for (const [path, title] of items) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = home + path.slice(1);
    link.textContent = title;
    item.append(link);
    place.querySelector("ul")?.append(item);
  }
  place.dataset["some"] = "";
  place.querySelector("button")?.addEventListener("click", () => {
    localStorage.removeItem(key(home));
    delete place.dataset["some"];
    document.getElementById("main")?.focus();
  });
};
