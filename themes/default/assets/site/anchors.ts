/** Makes a heading with an address a link to itself, so that a part of a page can be pointed to. Its words stay its name. */
export const anchors = (): void => {
  for (const heading of document.querySelectorAll("main :is(h2, h3)[id]")) {
    if (heading.querySelector("a")) continue;
    const link = document.createElement("a");
    link.className = "anchor";
    link.href = "#" + heading.id;
    link.append(...heading.childNodes);
    heading.append(link);
  }
};
