import { current, load, store } from "./stored";

const most = 100;
const name = "saved";

/** Lets a reader save the case study in this browser, for the page of saved case studies. */
export const save = (): void => {
  const button = document.querySelector<HTMLButtonElement>("button.save");
  const page = current();
  if (!button || !page) return;
  const others = () => load(name).filter(([path]) => path !== page[0]);
  const show = (): void => button.setAttribute("aria-pressed", String(load(name).length > others().length));
  button.addEventListener("click", () => {
    store(name, button.ariaPressed === "true" ? others() : [page, ...others()].slice(0, most));
    show();
  });
  show();
};
