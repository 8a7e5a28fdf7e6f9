type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;

/** The theme's strings that the script says. */
export class Words {
  readonly #texts: Record<string, Forms>;
  readonly #rules: Intl.PluralRules;
  readonly #numbers: Intl.NumberFormat;

  constructor(json: string, lang: string) {
    this.#texts = JSON.parse(json);
    this.#rules = new Intl.PluralRules(lang);
    this.#numbers = new Intl.NumberFormat(lang);
  }

  /** A string with {1}, {2}, … put in; the first number chooses the plural form. */
  say(key: string, ...values: (string | number)[]): string {
    const forms = this.#texts[key] ?? {};
    const first = values.find((value) => typeof value === "number");
    const text = forms[typeof first === "number" ? this.#rules.select(first) : "other"] ?? forms.other ?? "";
    return text.replace(/\{(\d)\}/g, (_, place: string) => {
      const value = values[Number(place) - 1] ?? "";
      return typeof value === "number" ? this.number(value) : value;
    });
  }

  number(value: number): string {
    return this.#numbers.format(value);
  }
}
