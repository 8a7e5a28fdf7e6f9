/** Puts a button beside every text that a reader may want to copy. */
export const copy = (): void => {
  if (!navigator.clipboard) return;
  for (const text of document.querySelectorAll<HTMLElement>("[data-copy]")) {
    const button = document.createElement("button");
    const { copy = "", copied = "" } = text.dataset;
    button.type = "button";
    button.textContent = copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.innerText.trim());
      button.textContent = said.textContent = copied;
    });
    const said = document.createElement("span");
    said.className = "hidden";
    said.setAttribute("role", "status");
    text.after(button, said);
  }
};
