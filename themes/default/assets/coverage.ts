import { element, pick } from "./search/dom";
import { Words } from "./search/words";
import { plain } from "./site/plain";

/** Lets a reader sort and filter the tables, which say all they have to say without. */
const matrices = document.getElementById("matrices");
if (matrices) {
  const words = new Words(matrices.dataset["words"] ?? "{}", document.documentElement.lang);
  for (const box of matrices.querySelectorAll<HTMLElement>(".matrix")) enhance(box, words);
}

function enhance(box: HTMLElement, words: Words): void {
  const body = pick<HTMLTableSectionElement>(box, "tbody");
  const heads = [...box.querySelectorAll<HTMLTableCellElement>("thead th")];
  const written = [...body.rows];
  const buttons = heads.map((head, column) => {
    const name = (head.querySelector("a") ?? head).textContent ?? "";
    const button = element("button", { type: "button", "aria-label": words.say("sort", name) });
    button.addEventListener("click", () => sort(column));
    head.append(button);
    return button;
  });
  const mark = (sorted: number, order: string): void => {
    for (const [column, head] of heads.entries()) {
      if (column === sorted) head.setAttribute("aria-sort", order);
      else head.removeAttribute("aria-sort");
      const arrow = order === "ascending" ? "↑" : "↓";
      buttons[column]?.replaceChildren(column === sorted ? arrow : "↕");
    }
  };
  // Names go up and counts go down at first, and the other way at the second press.
  const sort = (column: number): void => {
    const now = heads[column]?.getAttribute("aria-sort");
    const isUp = column === 0 ? now !== "ascending" : now === "descending";
    const up = column === 0 ? [...written] : [...written].sort((a, b) => count(a, column) - count(b, column) || written.indexOf(b) - written.indexOf(a));
    body.append(...(isUp ? up : up.reverse()));
    mark(column, isUp ? "ascending" : "descending");
  };
  mark(0, "ascending"); // as the rows were written
  const input = element("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const status = element("span", { role: "status" });
  input.addEventListener("input", () => {
    const wanted = plain(input.value);
    for (const row of written) row.hidden = !plain(row.cells[0]?.textContent ?? "").includes(wanted);
    const shown = written.filter((row) => !row.hidden).length;
    status.textContent = shown ? words.say("rows", shown) : words.say("none");
  });
  box.previousElementSibling?.append(element("label", {}, words.say("filter"), " ", input), " ", status);
}

/** How many cases a cell counts. */
const count = (row: HTMLTableRowElement, column: number): number => Number(row.cells[column]?.querySelector("a")?.textContent?.replace(/\D/g, "") ?? 0);
