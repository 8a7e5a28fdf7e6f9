import { Stale, type Group, type Request, type Results, type Search } from "casebook/search";
import { advice, nearest, notes, reportOf } from "./advice";
import { element, paragraph, pick } from "./dom";
import { Filters } from "./filters";
import { HitList, whenMoved } from "./hits";
import { address, chosen, isAsked, readState, toggled, type State } from "./state";
import { Words } from "./words";

const PAGE = 10; // results
const PAUSE = 150; // milliseconds between two keys that end a word
const WIDE = "(min-width: 62rem)"; // as in search.css: the filters have a column of their own

/** The search page: it turns the state in the address into results, and what the reader does into a new state. */
export class SearchPage {
  readonly #search: Search;
  readonly #root: string;
  readonly #title = document.title;
  readonly #form = pick<HTMLFormElement>(document, "main form");
  readonly #input = pick<HTMLInputElement>(this.#form, "input");
  readonly #needs = pick<HTMLElement>(document, "#needs");
  readonly #browse = pick<HTMLElement>(document, "#browse");
  readonly #said: HTMLElement;
  readonly #answer: HTMLElement;
  readonly #chosen: HTMLElement;
  readonly #help: HTMLElement;
  readonly #sort: HTMLSelectElement;
  readonly #pager: HTMLElement;
  readonly #panel: HTMLDetailsElement;
  readonly #pins: HTMLElement;
  readonly #found: HTMLElement;
  readonly #words: Words;
  readonly #hits: HitList;
  readonly #filters: Filters;

  #state = readState(location.search);
  #running = new AbortController();
  #stopBusy = (): void => undefined;
  #countsShown = false;
  #isReloaded = false;
  #timer = 0;
  #isTyping = false;

  constructor(found: HTMLElement, search: Search) {
    this.#found = found;
    this.#search = search;
    this.#root = found.dataset.root ?? "";
    this.#words = new Words(found.dataset.words ?? "", document.documentElement.lang);
    this.#said = pick(found, "[role=status]");
    this.#answer = pick(found, ".answer");
    this.#chosen = pick(found, ".chosen");
    this.#help = pick(found, ".help");
    this.#pins = pick(found, ".pins");
    this.#sort = pick(found, "select");
    this.#pager = pick(found, ".pager");
    this.#panel = pick(found, ".filters");
    this.#hits = new HitList(pick(found, ".cards"), this.#root, this.#search, this.#words);
    this.#filters = new Filters(this.#panel, this.#words, (group, id) => this.#toggle(group, id));
  }

  start(): void {
    this.#needs.hidden = true;
    this.#found.hidden = false;
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#typed(), PAUSE);
    });
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#go({ ...this.#state, text: this.#input.value, page: 1 });
    });
    this.#sort.addEventListener("change", () => this.#go({ ...this.#state, text: this.#input.value, sort: this.#sort.value === "date" ? "date" : "relevance", page: 1 }));
    this.#panel.addEventListener("toggle", () => this.#filters.isOpen && !this.#countsShown && void this.#run());
    addEventListener("pagehide", () => this.#keepScroll());
    this.#found.addEventListener("click", (event) => this.#followed(event));
    addEventListener("popstate", () => this.#take(readState(location.search)));
    // A page that comes back from the browser's memory is as it was; else its results have to be there before it can scroll.
    history.scrollRestoration = "manual";
    this.#take(this.#state);
  }

  #keepScroll(): void {
    history.replaceState({ scroll: scrollY }, "");
  }

  /** The first key after a finished query begins a new entry in the history, the next ones change it. */
  #typed(): void {
    const goesOn = this.#isTyping;
    this.#isTyping = true;
    this.#state = { ...this.#state, text: this.#input.value, page: 1 };
    this.#record(goesOn ? "replaceState" : "pushState");
    void this.#run();
  }

  #toggle(group: Group, id: string): void {
    this.#go(toggled({ ...this.#state, text: this.#input.value }, group, id));
  }

  /** A link to another state of this page is followed in place. */
  #followed(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href^='?']") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.#go(readState(link.search));
    // The link may be gone in a moment.
    this.#said.focus({ preventScroll: true });
    this.#found.scrollIntoView();
  }

  #go(state: State): void {
    clearTimeout(this.#timer);
    this.#keepScroll();
    this.#state = state;
    this.#record("pushState");
    this.#take(state);
  }

  #record(how: "pushState" | "replaceState"): void {
    const to = address(this.#state);
    const isHere = to === (location.search || "?");
    history[isHere ? "replaceState" : how](null, "", to);
  }

  #take(state: State): void {
    clearTimeout(this.#timer);
    this.#isTyping = false;
    this.#state = state;
    if (this.#input.value !== state.text) this.#input.value = state.text;
    void this.#run();
  }

  async #run(): Promise<void> {
    this.#running.abort();
    const { signal } = (this.#running = new AbortController());
    const state = this.#state;
    const asked = isAsked(state);
    document.title = [state.text.trim(), this.#title].filter(Boolean).join(" · ");
    this.#sort.value = state.sort;
    this.#browse.hidden = asked;
    this.#browse.classList.toggle("first", !asked);
    this.#panel.hidden = !asked;
    this.#showChosen();
    if (!asked) {
      this.#clear();
      return;
    }
    this.#showBusy(signal);
    try {
      const needsCounts = chosen(state.filters).length > 0 || this.#filters.isOpen; // their labels come with the counts
      const results = await this.#search.query(this.#request(state, needsCounts), signal);
      const pages = Math.ceil(results.total / PAGE);
      if (pages > 0 && state.page > pages) {
        this.#state = { ...state, page: pages };
        this.#record("replaceState");
        return await this.#run();
      }
      const scroll = this.#scrollKept();
      await this.#hits.show(results, scroll > 0);
      signal.throwIfAborted();
      this.#show(results, state);
      if (scroll > 0) scrollTo(0, scroll);
      if (!this.#countsShown && matchMedia(WIDE).matches) await this.#openFilters(state, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof Stale && !this.#isReloaded) {
        this.#isReloaded = true;
        await this.#search.reload().catch(() => undefined);
        return this.#run();
      }
      this.#fail(error);
    }
  }

  #request(state: State, counts: boolean): Request {
    const { text, filters, sort, page } = state;
    return { text, unfinished: this.#isTyping, filters, sort, offset: (page - 1) * PAGE, limit: PAGE, counts };
  }

  /** Where there is room, the filters are open. They are loaded once the results are there. */
  async #openFilters(state: State, signal: AbortSignal): Promise<void> {
    await whenMoved();
    signal.throwIfAborted();
    const { counts } = await this.#search.query({ ...this.#request(state, true), limit: 0 }, signal);
    this.#showCounts(counts, state);
  }

  /** Results of other words than those in the box are not shown as theirs. */
  #showBusy(signal: AbortSignal): void {
    const timer = setTimeout(() => {
      this.#said.replaceChildren(paragraph(this.#words.say("busy")));
      this.#found.classList.add("busy");
    }, 50);
    signal.addEventListener("abort", () => clearTimeout(timer));
    this.#stopBusy = () => {
      clearTimeout(timer);
      this.#found.classList.remove("busy");
    };
  }

  #scrollKept(): number {
    const scroll = Number(history.state?.scroll) || 0;
    if (scroll > 0) history.replaceState(null, "");
    return scroll;
  }

  #show(results: Results, state: State): void {
    this.#stopBusy();
    if (Object.keys(results.counts).length) this.#showCounts(results.counts, state);
    this.#showChosen();
    const { total, pins } = results;
    const texts = [...(total || !pins.length ? [this.#words.say(total ? "total" : "none", total)] : []), ...notes(results, state, this.#filters, this.#words)];
    this.#said.replaceChildren(...texts.map(paragraph));
    this.#pins.replaceChildren(...pins.map(({ id, title, what }) => element("li", {}, this.#words.say("goto") + " ", element("a", { href: this.#root + id }, title), ` (${what})`)));
    const links = advice(results, state, this.#filters, this.#words);
    this.#help.replaceChildren(...links.map(({ label, href }) => element("p", {}, element("a", { href }, label))));
    this.#answer.hidden = total === 0;
    this.#browse.hidden = total > 0;
    this.#showPager(state, Math.ceil(total / PAGE));
    if (!total && !pins.length) void this.#showHelp(results, state);
  }

  /** What else to try where nothing is found: names that are near, and a report of the words. */
  async #showHelp(results: Results, state: State): Promise<void> {
    const { signal } = this.#running;
    const near = await nearest(results.plan, this.#root + this.#found.dataset.suggest).catch(() => []);
    if (signal.aborted) return;
    if (near.length) {
      const links = near.map(({ id, title, what }) => element("li", {}, element("a", { href: this.#root + id }, title), ` (${what})`));
      this.#help.append(element("p", {}, this.#words.say("near")), element("ul", {}, ...links));
    }
    const { report } = this.#found.dataset;
    if (report && state.text.trim()) {
      this.#help.append(element("p", {}, element("a", { href: reportOf(report, this.#words.say("report", state.text.trim())) }, this.#words.say("tell"))));
    }
  }

  #showCounts(counts: Results["counts"], state: State): void {
    this.#filters.show(counts, state.filters);
    if (!this.#countsShown && matchMedia(WIDE).matches) this.#panel.open = true;
    this.#countsShown = true;
  }

  #showChosen(): void {
    this.#chosen.replaceChildren(
      ...chosen(this.#state.filters).map(({ group, id }) => {
        const label = this.#filters.label(group, id);
        const href = address(toggled(this.#state, group, id));
        return element("li", {}, element("a", { href, "aria-label": this.#words.say("remove", label) }, label));
      }),
    );
  }

  #showPager(state: State, pages: number): void {
    const link = (page: number, text: string, rel: string): Node[] =>
      page > 0 && page <= pages ? [element("a", { href: address({ ...state, page }), rel }, text)] : [];
    this.#pager.hidden = pages < 2;
    this.#pager.replaceChildren(
      ...link(state.page - 1, this.#words.say("previous"), "prev"),
      element("span", {}, this.#words.say("page", state.page, pages)),
      ...link(state.page + 1, this.#words.say("next"), "next"),
    );
  }

  #clear(): void {
    this.#stopBusy();
    this.#answer.hidden = true;
    this.#said.replaceChildren();
    this.#help.replaceChildren();
    this.#pins.replaceChildren();
  }

  #fail(error: unknown): void {
    console.error(error);
    this.#clear();
    this.#said.replaceChildren(paragraph(this.#words.say("failed")));
    const retry = element("button", { type: "button" }, this.#words.say("retry"));
    retry.addEventListener("click", () => {
      this.#said.focus();
      void this.#run();
    });
    this.#help.replaceChildren(retry);
  }
}
