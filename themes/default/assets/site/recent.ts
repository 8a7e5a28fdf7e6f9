import { current, home, load, store } from "./stored";

const most = 6;
const name = "read";

/** Keeps in this browser, and nowhere else, which case studies were read last, and lists them on the home page. */
export const recent = (): void => {
  const page = current();
  if (page) store(name, [page, ...load(name).filter(([path]) => path !== page[0])].slice(0, most));
  list();
};

/** The list has its room from the start, so that nothing moves when it comes. */
const list = (): void => {
  const place = document.getElementById("read");
  const items = place ? load(name) : [];
  if (!place || !items.length) return;
  for (const [path, title] of items) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = home() + path.slice(1);
    link.textContent = title;
    item.append(link);
    place.querySelector("ul")?.append(item);
  }
  place.dataset["some"] = "";
  place.querySelector("button")?.addEventListener("click", () => {
    store(name, []);
    delete place.dataset["some"];
    document.getElementById("main")?.focus();
  });
};
