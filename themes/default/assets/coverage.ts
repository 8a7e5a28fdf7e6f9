import { element, pick } from "./search/dom";
import { Words } from "./search/words";

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
  for (const [column, head] of heads.entries()) {
    const name = (head.querySelector("a") ?? head).textContent ?? "";
    const button = element("button", { type: "button", "aria-label": words.say("sort", name) }, "↕");
    button.addEventListener("click", () => {
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", column === 0 ? "ascending" : "descending");
      // The rows were written in the order of their names.
      body.append(...(column === 0 ? written : [...written].sort((a, b) => count(b, column) - count(a, column))));
    });
    head.append(button);
  }
  const input = element("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const status = element("span", { role: "status" });
  input.addEventListener("input", () => {
    const wanted = plain(input.value);
    for (const row of written) row.hidden = !plain(row.cells[0]?.textContent ?? "").includes(wanted);
    status.textContent = words.say("rows", written.filter((row) => !row.hidden).length);
  });
  box.previousElementSibling?.append(element("label", {}, words.say("filter"), " ", input), " ", status);
}

/** How many cases a cell counts. */
const count = (row: HTMLTableRowElement, column: number): number => Number(row.cells[column]?.querySelector("a")?.textContent?.replace(/\D/g, "") ?? 0);

/** Without accents and capitals, as people type. */
const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
