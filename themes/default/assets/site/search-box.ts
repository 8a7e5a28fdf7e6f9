/** A key leads to the box for a query: Ctrl+K or on a Mac ⌘K. */
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
};
