/** A key leads to the box for a query, Ctrl+K or on a Mac ⌘K; and the search begins to load once a reader goes there. */
export const searchBox = (): void => {
  const form = document.querySelector<HTMLFormElement>("form.search");
  const box = form?.querySelector("input");
  if (!form || !box) return;
  const isMac = /Mac|iP/.test(navigator.platform);
  box.setAttribute("aria-keyshortcuts", isMac ? "Meta+K" : "Control+K");
  const hint = document.createElement("kbd");
  hint.textContent = isMac ? "⌘K" : (form.dataset["key"] ?? "");
  hint.ariaHidden = "true"; // it stands in the box's label
  box.placeholder = " "; // so that style sheets can tell an empty box, which alone has room for the hint
  box.after(hint);
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if ((key !== "k" && key !== "K") || ctrlKey === isMac || metaKey !== isMac || altKey || shiftKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  // A failure to load ahead shows when there is a query.
  const load = (): void => void loadAhead(form).catch(() => undefined);
  if (document.activeElement === box) load();
  else box.addEventListener("focus", load, { once: true });
};

/** Puts into the browser's cache what the search page will ask for whatever the query is. */
const loadAhead = async ({ action, dataset }: HTMLFormElement): Promise<void> => {
  const { client, sheet } = dataset;
  if (!client || !sheet) return;
  const address = (path: string): string => new URL("../" + path, action).href;
  void fetch(address(sheet)).catch(() => undefined);
  const search: typeof import("../search") = await import(address(client));
  await search.warm();
};
