/** Lets a field grow with what is written in it, or paper would show but its first lines. Where style sheets do so, they do it better. */
export const grow = (): void => {
  if (CSS.supports("field-sizing", "content")) return;
  for (const field of document.querySelectorAll("textarea")) {
    const fit = (): void => {
      while (field.scrollHeight > field.clientHeight && field.rows < 99) field.rows++;
    };
    field.addEventListener("input", fit);
    fit(); // a browser may bring back what was written
  }
};
