/** Loads the script of suggestions once a reader goes to the box for a query. Without it the box works as ever. */
export const suggestions = (): void => {
  const form = document.querySelector<HTMLFormElement>("form.search");
  const box = form?.querySelector("input");
  const path = form?.dataset["suggest"];
  if (!form || !box || !path) return;
  const load = async (): Promise<void> => {
    const script: typeof import("../suggest") = await import(new URL("../" + path, form.action).href);
    script.offer(form, box);
  };
  const start = (): void => void load().catch(() => undefined);
  if (document.activeElement === box) start();
  else box.addEventListener("focus", start, { once: true });
};
