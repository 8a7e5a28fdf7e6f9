type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What is entered in the controls below an element, kept in this browser until it is cleared. */
export class Kept {
  readonly #root: HTMLElement;
  readonly #key: string;

  /** Sites that share a host share what is stored: the address of the page is part of the key. */
  constructor(root: HTMLElement, key: string) {
    this.#root = root;
    this.#key = key;
  }

  controls(): Control[] {
    return [...this.#root.querySelectorAll<Control>("input, textarea, select")];
  }

  /** What is entered, by the name of the control; of boxes that share a name, by the value too. */
  entered(): Record<string, string> {
    return Object.fromEntries(this.controls().flatMap((control) => (!control.name || !control.value || (isBox(control) && !control.checked) ? [] : [[nameOf(control), control.value]])));
  }

  stored(): Record<string, string> {
    try {
      const all: unknown = JSON.parse(localStorage.getItem(this.#key) ?? "{}");
      return Object.fromEntries(Object.entries(all ?? {}).filter(([, value]) => typeof value === "string"));
    } catch {
      return {};
    }
  }

  store(): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.entered()));
    } catch {
      // A browser may refuse to store anything.
    }
  }

  /** Enters what is given, and empties all other controls. */
  enter(values: Record<string, string>): void {
    for (const control of this.controls()) {
      const value = values[nameOf(control)] ?? "";
      if (isBox(control)) control.checked = control.value === value;
      else control.value = value || control.dataset["default"] || "";
    }
  }

  clear(): void {
    this.enter({});
    try {
      localStorage.removeItem(this.#key);
    } catch {
      // Nothing was stored.
    }
  }
}

const isBox = (control: Control): control is HTMLInputElement => control.type === "checkbox" || control.type === "radio";
const nameOf = (control: Control): string => (control.type === "checkbox" ? `${control.name}=${control.value}` : control.name);
