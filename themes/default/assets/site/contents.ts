/** In the contents of a page, marks the part that the reader is in. */
export const contents = (): void => {
  const parts: Element[] = [];
  const links = new Map<Element, Element>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".contents a")) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!part) continue;
    parts.push(part);
    links.set(part, link);
  }
  const foot = document.querySelector(".principles, footer.site");
  if (!parts.length || !foot) return;
  const passed = new Set<Element>();
  let atEnd = false;
  const mark = (): void => {
    const here = atEnd && scrollY > 0 ? parts.at(-1) : parts.filter((part) => passed.has(part)).at(-1);
    for (const [part, link] of links) {
      if (part === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  // The root reaches from far above the window to a line near its top: what meets it has passed that line.
  const heads = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) passed.add(target);
      else passed.delete(target);
    }
    mark();
  }, { rootMargin: "99999px 0px -85% 0px" });
  for (const part of parts) heads.observe(part);
  // The last parts may be too short ever to reach that line.
  new IntersectionObserver((entries) => {
    atEnd = entries.at(-1)?.isIntersecting ?? false;
    mark();
  }).observe(foot);
};
