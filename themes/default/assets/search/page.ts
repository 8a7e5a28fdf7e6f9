import type { Group, Results, Search } from "casebook/search";
import { advice, notes } from "./advice";
import { element, paragraph, pick } from "./dom";
import { Filters } from "./filters";
import { HitList } from "./hits";
import { address, chosen, isAsked, readState, toggled, type State } from "./state";
import { Words } from "./words";

const PAGE = 10; // results
const PAUSE = 150; // milliseconds between two keys that end a word

/** The search page: it turns the state in the address into results, and what the reader does into a new state. */
export class SearchPage {
  private readonly search: Search;
  private readonly title = document.title;
  private readonly form = pick<HTMLFormElement>(document, "main form");
  private readonly input = pick<HTMLInputElement>(this.form, "input");
  private readonly needs = pick<HTMLElement>(document, "#needs");
  private readonly browse = pick<HTMLElement>(document, "#browse");
  private readonly said: HTMLElement;
  private readonly answer: HTMLElement;
  private readonly chosen: HTMLElement;
  private readonly help: HTMLElement;
  private readonly sort: HTMLSelectElement;
  private readonly pager: HTMLElement;
  private readonly panel: HTMLDetailsElement;
  private readonly found: HTMLElement;
  private readonly words: Words;
  private readonly hits: HitList;
  private readonly filters: Filters;

  private state = readState(location.search);
  private running = new AbortController();
  private timer = 0;
  private isTyping = false;

  constructor(found: HTMLElement, search: Search) {
    this.found = found;
    this.search = search;
    this.words = new Words(found.dataset.words ?? "", document.documentElement.lang);
    this.said = pick(found, "[role=status]");
    this.answer = pick(found, ".answer");
    this.chosen = pick(found, ".chosen");
    this.help = pick(found, ".help");
    this.sort = pick(found, "select");
    this.pager = pick(found, ".pager");
    this.panel = pick(found, ".filters");
    this.hits = new HitList(pick(found, ".cards"), found.dataset.root ?? "", this.search);
    this.filters = new Filters(this.panel, this.words, (group, id) => this.toggle(group, id));
  }

  start(): void {
    this.needs.hidden = true;
    this.found.hidden = false;
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.typed(), PAUSE);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submitted();
    });
    this.sort.addEventListener("change", () => this.go({ ...this.state, text: this.input.value, sort: this.sort.value === "date" ? "date" : "relevance", page: 1 }));
    this.panel.addEventListener("toggle", () => this.filters.isOpen && void this.run());
    this.found.addEventListener("click", (event) => this.followed(event));
    addEventListener("popstate", () => this.take(readState(location.search)));
    this.take(this.state);
  }

  /** The first key after a finished query begins a new entry in the history, the next ones change it. */
  private typed(): void {
    const goesOn = this.isTyping;
    this.isTyping = true;
    this.state = { ...this.state, text: this.input.value, page: 1 };
    this.record(goesOn ? "replaceState" : "pushState");
    void this.run();
  }

  private submitted(): void {
    this.go({ ...this.state, text: this.input.value, page: 1 });
  }

  private toggle(group: Group, id: string): void {
    this.go(toggled({ ...this.state, text: this.input.value }, group, id));
  }

  /** A link to another state of this page is followed in place. */
  private followed(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href^='?']") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.go(readState(link.search));
    // The link may be gone in a moment.
    this.said.focus({ preventScroll: true });
    this.found.scrollIntoView();
  }

  private go(state: State): void {
    clearTimeout(this.timer);
    this.state = state;
    this.record("pushState");
    this.take(state);
  }

  private record(how: "pushState" | "replaceState"): void {
    const to = address(this.state);
    const isHere = to === (location.search || "?");
    history[isHere ? "replaceState" : how](null, "", to);
  }

  private take(state: State): void {
    clearTimeout(this.timer);
    this.isTyping = false;
    this.state = state;
    if (this.input.value !== state.text) this.input.value = state.text;
    void this.run();
  }

  private async run(): Promise<void> {
    this.running.abort();
    const { signal } = (this.running = new AbortController());
    const { state } = this;
    const asked = isAsked(state);
    document.title = state.text.trim() ? `${state.text.trim()} · ${this.title}` : this.title;
    this.sort.value = state.sort;
    this.browse.hidden = asked;
    this.panel.hidden = !asked;
    this.showChosen();
    if (!asked && !this.filters.isOpen) {
      this.clear();
      return;
    }
    if (asked && this.answer.hidden) this.said.replaceChildren(paragraph(this.words.say("busy")));
    try {
      const results = await this.search.query(
        {
          text: state.text,
          unfinished: this.isTyping,
          filters: state.filters,
          sort: state.sort,
          offset: (state.page - 1) * PAGE,
          limit: asked ? PAGE : 0,
          // The labels of the filters chosen come with the counts.
          counts: this.filters.isOpen || chosen(state.filters).length > 0,
        },
        signal,
      );
      const pages = Math.ceil(results.total / PAGE);
      if (pages > 0 && state.page > pages) {
        this.state = { ...state, page: pages };
        this.record("replaceState");
        return await this.run();
      }
      this.show(results, state, asked);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  private show(results: Results, state: State, asked: boolean): void {
    if (Object.keys(results.counts).length) this.filters.show(results.counts, state.filters);
    this.showChosen();
    if (!asked) {
      this.clear();
      return;
    }
    const { total } = results;
    const texts = [this.words.say(total ? "total" : "none", total), ...notes(results, state, this.filters, this.words)];
    this.said.replaceChildren(...texts.map(paragraph));
    const links = advice(results, state, this.filters, this.words);
    this.help.replaceChildren(...links.map(({ label, href }) => element("p", {}, element("a", { href }, label))));
    this.answer.hidden = total === 0;
    this.browse.hidden = total > 0;
    this.hits.show(results);
    this.showPager(state, Math.ceil(total / PAGE));
  }

  private showChosen(): void {
    this.chosen.replaceChildren(
      ...chosen(this.state.filters).map(({ group, id }) => {
        const label = this.filters.label(group, id);
        const href = address(toggled(this.state, group, id));
        return element("li", {}, element("a", { href, "aria-label": this.words.say("remove", label) }, label));
      }),
    );
  }

  private showPager(state: State, pages: number): void {
    const link = (page: number, text: string, rel: string): Node[] =>
      page > 0 && page <= pages ? [element("a", { href: address({ ...state, page }), rel }, text)] : [];
    this.pager.hidden = pages < 2;
    this.pager.replaceChildren(
      ...link(state.page - 1, this.words.say("previous"), "prev"),
      element("span", {}, this.words.say("page", state.page, pages)),
      ...link(state.page + 1, this.words.say("next"), "next"),
    );
  }

  private clear(): void {
    this.answer.hidden = true;
    this.said.replaceChildren();
    this.help.replaceChildren();
  }

  private fail(error: unknown): void {
    console.error(error);
    this.clear();
    this.said.replaceChildren(paragraph(this.words.say("failed")));
    const retry = element("button", { type: "button" }, this.words.say("retry"));
    retry.addEventListener("click", () => {
      this.said.focus();
      void this.run();
    });
    this.help.replaceChildren(retry);
  }
}
