// The first script of every page of an offline site. Browsers refuse to fetch files, so what other scripts fetch comes
// as scripts, which hand over their bytes. ../scripts.go writes them.

interface Window {
  /** Stands in other scripts where the hosted site has fetch. */
  casebookFetch(address: string | URL): Promise<Response>;
  /** Called by the script of a fetched file, with its bytes deflated and in Base64. */
  casebookFile(path: string, data: string): void;
}

const folder = new URL(".", (document.currentScript as HTMLScriptElement).src);
const root = new URL("..", folder);
const files = new Map<string, string>();

window.casebookFile = (path, data) => void files.set(path, data);

window.casebookFetch = async (address) => {
  const url = new URL(address, location.href);
  if (!url.href.startsWith(root.href)) throw new TypeError(`not a file of this site: ${url.href}`);
  const path = decodeURI(withIndex(url).href.slice(root.href.length).replace(/[?#].*$/, ""));
  if (!files.has(path)) await load(path).catch(() => undefined);
  const data = files.get(path);
  if (data === undefined) return new Response(null, { status: 404 });
  files.delete(path);
  const type = path.endsWith(".html") ? "text/html" : "application/octet-stream";
  return new Response(await inflate(data), { headers: { "Content-Type": type } });
};

const load = (path: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(encodeURI(path) + ".js", folder).href;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });

const inflate = (data: string): Promise<ArrayBuffer> => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();
};

/** The address of a folder with its index.html. */
const withIndex = (url: URL): URL => {
  if (url.pathname.endsWith("/")) url.pathname += "index.html";
  return url;
};

/** Links that scripts make lead to folders, as on a server. */
const complete = (link: HTMLAnchorElement): void => {
  if (!link.href.startsWith(root.href)) return;
  const url = new URL(link.href);
  if (url.pathname.endsWith("/")) link.href = withIndex(url).href;
};

new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes) {
    for (const node of [target, ...addedNodes]) {
      if (!(node instanceof Element)) continue;
      if (node instanceof HTMLAnchorElement && node.href) complete(node);
      if (node !== target) node.querySelectorAll<HTMLAnchorElement>("a[href]").forEach(complete);
    }
  }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["href"] });
