// The preview server adds this script to the pages it serves; it is no part of
// the built site. It listens for the version of what the server shows, loads the
// page again or only its stylesheets, and lays the problems of a failed build
// over the page.
(() => {
	"use strict";

	const script = document.currentScript;
	const at = (name) => new URL(name, script.src).href;
	const remembered = "casebook-preview"; // the key in the tab's session storage

	let version = Number(script.dataset.version); // of the page as it stands
	let events = null;
	let retry = 0;
	let asking = false;
	let askAgain = false;

	listen();
	document.addEventListener("visibilitychange", listen);
	scrollBack();

	// A tab that nobody sees lets go of its stream, for a browser opens no more
	// than six connections to a server, and catches up when it is seen again.
	function listen() {
		clearTimeout(retry);
		if (document.visibilityState === "hidden") {
			events?.close();
			events = null;
			return;
		}
		if (events !== null && events.readyState !== EventSource.CLOSED) return;
		events = new EventSource(at("events"));
		events.onmessage = ask;
		events.onerror = () => {
			// The browser reconnects by itself unless the server turned it away.
			if (events?.readyState === EventSource.CLOSED) retry = setTimeout(listen, 2000);
		};
	}

	// One question at a time, so that answers come in order.
	async function ask() {
		if (asking) {
			askAgain = true;
			return;
		}
		asking = true;
		do {
			askAgain = false;
			try {
				const response = await fetch(at("state"));
				if (response.ok) await update(await response.json());
			} catch {
				// The server has gone; its successor announces itself on the stream.
			}
		} while (askAgain);
		asking = false;
	}

	async function update(state) {
		if (document.visibilityState === "hidden") return; // in the meantime
		if (state.follow > version && state.page !== location.pathname) {
			location.assign(state.page);
		} else if (state.reload > version || (state.restyle > version && !(await restyle()))) {
			reload();
		} else {
			version = state.version;
			overlay.update(state);
		}
	}

	// Memory of this tab, across one load of the page. Browsers may refuse it.

	function recall() {
		try {
			return JSON.parse(sessionStorage.getItem(remembered)) ?? {};
		} catch {
			return {};
		}
	}

	function remember(values) {
		try {
			sessionStorage.setItem(remembered, JSON.stringify({ ...recall(), ...values }));
		} catch {
			// The page then starts at its top, and a dismissed overlay comes back.
		}
	}

	function reload() {
		remember({ scroll: { path: location.pathname, x: scrollX, y: scrollY } });
		location.reload();
	}

	function scrollBack() {
		const { scroll } = recall();
		remember({ scroll: undefined });
		if (scroll?.path !== location.pathname) return;
		const go = () => scrollTo({ left: scroll.x, top: scroll.y, behavior: "instant" });
		go();
		// Images may have made the page longer by then; a reader who has moved on
		// is left in peace.
		const reached = scrollY;
		addEventListener("load", () => {
			if (scrollY === reached) go();
		}, { once: true });
	}

	// restyle takes the stylesheets of the page as it is now on the server. It
	// reports false when that cannot be done without loading the page again.
	async function restyle() {
		const response = await fetch(location.pathname + location.search);
		const page = new DOMParser().parseFromString(await response.text(), "text/html");
		const links = sheets(document);
		const fresh = sheets(page).map((link) => new URL(link.getAttribute("href"), location.href).href);
		if (!response.ok || links.length !== fresh.length) return false;
		const swaps = links.map((link, i) => (link.href === fresh[i] ? true : swap(link, fresh[i])));
		return (await Promise.all(swaps)).every(Boolean);
	}

	function sheets(page) {
		return [...page.querySelectorAll('link[rel="stylesheet"]')];
	}

	// The old stylesheet stays until the new one is there, so the page never
	// stands without.
	function swap(old, href) {
		return new Promise((resolve) => {
			const link = old.cloneNode();
			link.href = href;
			link.onload = () => {
				old.remove();
				resolve(true);
			};
			link.onerror = () => {
				link.remove();
				resolve(false);
			};
			old.after(link);
		});
	}

	// The overlay is a modal dialog, which brings Escape, the keyboard's focus and
	// screen readers with it, in a shadow tree that the site's styles do not
	// reach. Whatever the server says becomes text, never markup.
	const overlay = {
		dialog: null,
		reopen: null,
		failed: 0,

		update(state) {
			if (state.failed === this.failed) return;
			this.failed = state.failed;
			if (state.failed === 0) {
				this.dialog?.close("fixed");
				if (this.reopen) this.reopen.hidden = true;
				return;
			}
			if (this.dialog === null) this.create();
			const count = state.problems.length + state.more;
			const title = count === 1 ? "1 problem" : `${count} problems`;
			const close = element("button", "", "Close");
			close.type = "button";
			close.addEventListener("click", () => this.dialog.close());
			const heading = element("h2", "", title);
			heading.id = "title";
			const list = element("ol", "");
			list.append(...state.problems.map(item));
			const parts = [element("header", ""), element("p", "explain", explanation(state)), list];
			parts[0].append(heading, close);
			this.dialog.replaceChildren(...parts);
			this.reopen.textContent = `Show ${title}`;
			if (recall().dismissed === state.failed) {
				this.reopen.hidden = false;
			} else {
				this.open();
			}
		},

		create() {
			const host = element("div", "");
			host.id = "casebook-overlay";
			const style = element("link", "");
			style.rel = "stylesheet";
			style.href = at("preview.css");
			this.dialog = element("dialog", "");
			this.dialog.setAttribute("aria-labelledby", "title");
			this.dialog.addEventListener("close", () => {
				if (this.dialog.returnValue === "fixed") return;
				remember({ dismissed: this.failed });
				this.reopen.hidden = false;
			});
			this.reopen = element("button", "reopen");
			this.reopen.type = "button";
			this.reopen.hidden = true;
			this.reopen.addEventListener("click", () => this.open());
			host.lang = "en-GB";
			host.dir = "ltr";
			host.attachShadow({ mode: "open" }).append(style, this.dialog, this.reopen);
			document.body.append(host);
		},

		open() {
			this.reopen.hidden = true;
			this.dialog.returnValue = "";
			if (!this.dialog.open) this.dialog.showModal();
		},
	};

	function explanation(state) {
		const stale = state.reload > 0 ? "The page behind is the last one that could be built. " : "";
		const more = state.more > 0 ? ` ${state.more} more are listed in the terminal.` : "";
		return `${stale}This goes away by itself when the problems are fixed.${more}`;
	}

	function item(problem) {
		const li = element("li", problem.severity);
		const message = element("p", "message");
		message.append(element("span", "severity", problem.severity), problem.message);
		li.append(element("p", "place", problem.place), message);
		if (problem.frame) li.append(frame(problem.frame));
		if (problem.hint) li.append(element("p", "hint", problem.hint));
		return li;
	}

	function frame(lines) {
		const pre = element("pre", "");
		pre.tabIndex = 0; // long lines are scrolled from the keyboard too
		const width = String(lines.at(-1).number).length;
		for (const line of lines) {
			const gutter = `${String(line.number).padStart(width)} | `;
			pre.append(element("span", line.marked ? "marked" : "", `${gutter}${line.text}\n`));
			if (!line.column) continue;
			// The same characters, unseen, bring the caret below the right one
			// whatever their width.
			const before = [...line.text].slice(0, line.column - 1).join("");
			const caret = element("span", "caret");
			caret.ariaHidden = "true";
			caret.append(element("span", "unseen", gutter + before), "^\n");
			pre.append(caret);
		}
		return pre;
	}

	function element(name, className, text = "") {
		const made = document.createElement(name);
		if (className) made.className = className;
		made.textContent = text;
		return made;
	}
})();
