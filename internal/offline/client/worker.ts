// The service worker of the hosted site: it answers for the network when there is none. ../worker.go puts SITE in front.
//
//   - Pages and pictures come from the network, and are kept. Without a network, or where it takes too long, they come
//     from what is kept.
//   - Files that are named by their content come from what is kept.
//   - All else, such as downloads, is left to the browser.
//
// There are two kinds of cache. One is made as a whole for each version of the site, with all that the search needs. The
// other holds what this reader has read, of whatever version, with the files that those pages name.

declare const SITE: { version: string; files: string[] };

const worker = self as unknown as ServiceWorkerGlobalScope;
const root = new URL("./", location.href);
const prefix = `casebook ${root.pathname} `;
const ours = prefix + SITE.version;
const read = prefix + "read";

/** How many pages, and files of theirs, are kept of what was read. */
const most = 300;
/** How long the network may take, in milliseconds, before a page comes from what is kept. */
const patience = 5000;

const isNamedByContent = (path: string): boolean => /\.[0-9a-f]{16}\.\w+$|^search\/[0-9a-f]+\.bin$/.test(path);
const isKept = (path: string, request: Request): boolean =>
  request.mode === "navigate" || request.destination === "image" || /(^|\/|\.html)$|^search\/\w+\.bin$/.test(path);

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(root.href)) return;
  const path = url.href.slice(root.href.length).replace(/[?#].*$/, "");
  if (isNamedByContent(path)) event.respondWith(keptFirst(event, root.href + path));
  else if (isKept(path, request)) event.respondWith(networkFirst(event, root.href + path));
});

/** Takes over at once if all files of this version can be had; else the version before stays. */
const install = async (): Promise<void> => {
  try {
    const cache = await caches.open(ours);
    await Promise.all(
      SITE.files.map(async (path) => {
        const address = root.href + path;
        const known = isNamedByContent(path) ? await caches.match(address) : undefined;
        const response = known ?? (await whole(await fetch(address, { cache: "no-cache" })));
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        await cache.put(address, response);
      }),
    );
  } catch (error) {
    await caches.delete(ours);
    throw error;
  }
  await worker.skipWaiting();
};

/** The version before stays too: pages that are open may still ask for its files. */
const activate = async (): Promise<void> => {
  const versions = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== read && name !== ours);
  await saveNamed(versions.slice(0, -1));
  for (const name of versions.slice(0, -1)) await caches.delete(name);
  await worker.clients.claim();
  if (!versions.length) void keepOpen();
};

/** Keeps the pages that came before there was a worker to keep them. Nothing waits for this: until a worker is active, no page opens. */
const keepOpen = async (): Promise<void> => {
  for (const client of await worker.clients.matchAll({ type: "window" })) {
    const address = client.url.replace(/[?#].*$/, "");
    await fetch(address).then((response) => keep(address, response)).catch(() => undefined);
  }
};

/** Keeps the files of old versions that pages name which were read then. */
const saveNamed = async (versions: string[]): Promise<void> => {
  if (!versions.length) return;
  const cache = await caches.open(read);
  const named = new Set<string>();
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    if (!response?.headers.get("content-type")?.startsWith("text/html")) continue;
    for (const [path] of (await response.text()).matchAll(/assets\/[\w.-]+\.[0-9a-f]{16}\.\w+/g)) named.add(path);
  }
  for (const path of named) {
    const address = root.href + path;
    if (await cache.match(address)) continue;
    for (const name of versions) {
      const response = await (await caches.open(name)).match(address);
      if (response) await cache.put(address, response);
    }
  }
};

const keptFirst = async (event: FetchEvent, address: string): Promise<Response> =>
  (await caches.match(address)) ?? fromNetwork(event, address);

const networkFirst = async (event: FetchEvent, address: string): Promise<Response> => {
  const fresh = fromNetwork(event, address);
  const kept = await find(address);
  if (!kept) return fresh;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), patience));
  return Promise.race([fresh.catch(() => kept), late]);
};

const fromNetwork = async (event: FetchEvent, address: string): Promise<Response> => {
  const response = await fetch(event.request);
  event.waitUntil(keep(address, response.clone()).catch(() => undefined)); // there may be no room
  return response;
};

const find = async (address: string): Promise<Response | undefined> =>
  (await (await caches.open(ours)).match(address)) ?? (await (await caches.open(read)).match(address));

/** Keeps a page that was read, and forgets those that were read longest ago. */
const keep = async (address: string, response: Response): Promise<void> => {
  if (!response.ok || response.redirected || response.type !== "basic") return;
  const all = await whole(response);
  const cache = await caches.open(read);
  await cache.delete(address); // so that it is the last of them
  await cache.put(address, all);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(old);
};

/** The response once all of it has come: while one that is still coming is put into a cache, nothing can be read there. */
const whole = async (response: Response): Promise<Response> => {
  const { status, statusText, headers } = response;
  return new Response(await response.blob(), { status, statusText, headers });
};
