/**
 * The text of a page of the site, line by line. Excerpts are cut from pages, not from an index of their texts: that would
 * be the larger part of the index, and a page that is shown in an excerpt is often the next to be opened.
 */
export const textOf = async (address: string): Promise<string> => {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const parts = page.querySelectorAll("main :is(p, li, dd, td, h2, h3, blockquote):not(:has(:is(p, li)))");
  return [...parts].map((part) => (part.textContent ?? "").trim().replace(/\s+/g, " ")).filter(Boolean).join("\n");
};
