import { plain } from "./plain";

/** Lets a reader narrow a long list by typing. Style sheets keep the room for it free, so that nothing moves. */
export const filter = (): void => {
  for (const box of document.querySelectorAll<HTMLElement>("[data-filter]")) {
    const items = [...box.querySelectorAll("li")];
    const input = document.createElement("input");
    const label = document.createElement("label");
    const status = document.createElement("span");
    input.autocomplete = "off";
    status.role = "status";
    label.append(box.dataset["filter"] ?? "", input);
    const room = document.createElement("p");
    room.append(label, status);
    box.prepend(room);
    input.addEventListener("input", () => {
      const wanted = plain(input.value.trim());
      let shown = 0;
      for (const item of items) {
        item.hidden = !plain((item.querySelector("a") ?? item).textContent ?? "").includes(wanted);
        if (!item.hidden) shown++;
      }
      for (const section of box.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
      status.textContent = wanted ? `${shown} / ${items.length}` : "";
    });
  }
};
