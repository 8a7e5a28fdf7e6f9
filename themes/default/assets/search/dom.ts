/** Makes an element. Texts are anyone's: they become text nodes, never HTML. */
export const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** The one element in the page that the layout is sure to have. */
export const pick = <E extends Element>(within: ParentNode, selector: string): E => {
  const own = within.querySelector<E>(selector);
  if (!own) throw new Error(`the layout lacks ${selector}`);
  return own;
};

export const paragraph = (text: string): HTMLParagraphElement => element("p", {}, text);
