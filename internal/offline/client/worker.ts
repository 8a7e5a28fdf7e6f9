// The service worker of the hosted site: it answers for the network when there is none.
//
//   - Pages and pictures come from the network, and are kept. Without a network, or where it takes too long, they come
//     from what is kept.
//   - Files that are named by their content come from what is kept.
//   - All else, such as downloads, is left to the browser.
//
// sw.json lists what a version of the site needs offline. The worker reads it after each page that came from the
// network, and brings what is kept to that version. So this script is the same for every version of every site, and
// publishing replaces no worker: a page that is opened in Chromium 156 while one worker replaces another may never load.
// The script of a new release of Casebook waits until no page of the site is open, which is what browsers do by default.
//
// There are three kinds of cache. One holds sw.json of the version that is kept, one is made as a whole for each version,
// with all files that sw.json lists, and one holds what this reader has read, of whatever version, with the files that
// those pages name.

/** sw.json. The version is empty on a site that is not to be kept. */
type List = { version: string; files: string[] };

const worker = self as unknown as ServiceWorkerGlobalScope;
const root = new URL("./", location.href);
const listAddress = root.href + "sw.json";
const prefix = `casebook ${root.pathname} `;
const list = prefix + "list";
const read = prefix + "read";

/** How many pages, and files of theirs, are kept of what was read. */
const most = 300;
/** How long the network may take, in milliseconds, before a page comes from what is kept. */
const patience = 5000;

const isNamedByContent = (path: string): boolean => /\.[0-9a-f]{16}\.\w+$|^search\/[0-9a-f]+\.bin$/.test(path);
const isKept = (path: string, request: Request): boolean =>
  request.mode === "navigate" || request.destination === "image" || /(^|\/|\.html)$|^search\/\w+\.bin$/.test(path);

worker.addEventListener("install", (event) => event.waitUntil(update().then(keepOpen)));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(root.href)) return;
  const path = url.href.slice(root.href.length).replace(/[?#].*$/, "");
  if (isNamedByContent(path)) event.respondWith(keptFirst(event, root.href + path));
  else if (isKept(path, request)) event.respondWith(networkFirst(event, root.href + path));
});

let updating: Promise<void> | undefined;

/** Brings what is kept to the version that is published. It fails, and changes nothing, if not all of that can be had. */
const update = (): Promise<void> => (updating ??= bring().finally(() => (updating = undefined)));

const bring = async (): Promise<void> => {
  const response = await fetch(listAddress, { cache: "no-cache" });
  if (!response.ok) throw new Error(`${listAddress}: ${response.status}`);
  const published = (await response.json()) as List;
  const before = await kept();
  if (published.version === before?.version) return;
  if (!published.version) return inTurn(forget);
  await fill(published);
  await inTurn(() => exchange(published, before));
};

/** What is kept of the site, or undefined if nothing is. */
const kept = async (): Promise<List | undefined> => (await caches.match(listAddress, { cacheName: list }))?.json();

const fill = async ({ version, files }: List): Promise<void> => {
  const cache = await caches.open(prefix + version);
  await Promise.all(
    files.map(async (path) => {
      const address = root.href + path;
      const known = isNamedByContent(path) ? await caches.match(address) : undefined;
      const response = known ?? (await whole(await fetch(address, { cache: "no-cache" })));
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      await cache.put(address, response);
    }),
  );
};

/** Makes the new version the one that is kept. The version before stays too: pages that are open may still ask for its files. */
const exchange = async (published: List, before: List | undefined): Promise<void> => {
  await (await caches.open(list)).put(listAddress, new Response(JSON.stringify(published)));
  const stay = [list, read, prefix + published.version, prefix + before?.version];
  const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && !stay.includes(name));
  await saveNamed(old);
  for (const name of old) await caches.delete(name);
};

/** Removes all that is kept, and this worker. */
const forget = async (): Promise<void> => {
  for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name);
  await worker.registration.unregister();
};

/** Keeps the pages that came before there was a worker to keep them. */
const keepOpen = async (): Promise<void> => {
  for (const client of await worker.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    const address = client.url.replace(/[?#].*$/, "");
    if (address.startsWith(root.href)) await fetch(address).then((response) => keep(address, response)).catch(() => undefined);
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
  if (event.request.mode === "navigate") event.waitUntil(fresh.then(update).catch(() => undefined)); // the next page tries again
  const known = await find(address);
  if (!known) return fresh;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(known), patience));
  return Promise.race([fresh.catch(() => known), late]);
};

const fromNetwork = async (event: FetchEvent, address: string): Promise<Response> => {
  const response = await fetch(event.request);
  event.waitUntil(keep(address, response.clone()).catch(() => undefined)); // there may be no room
  return response;
};

const find = async (address: string): Promise<Response | undefined> =>
  (await caches.match(address, { cacheName: prefix + (await kept())?.version })) ?? (await caches.match(address, { cacheName: read }));

/** Keeps a page that was read, and forgets those that were read longest ago. */
const keep = async (address: string, response: Response): Promise<void> => {
  if (!response.ok || response.redirected || response.type !== "basic") return;
  const all = await whole(response);
  await inTurn(async () => {
    if (!(await kept())) return; // the site is not to be kept any more
    const cache = await caches.open(read);
    await cache.delete(address); // so that it is the last of them
    await cache.put(address, all);
    const keys = await cache.keys();
    for (const old of keys.slice(0, Math.max(0, keys.length - most))) await cache.delete(old);
  });
};

let turn: Promise<unknown> = Promise.resolve();

/** Runs one task after another, so that none keeps a page while another removes what is kept. */
const inTurn = (task: () => Promise<void>): Promise<void> => {
  const result = turn.then(task);
  turn = result.catch(() => undefined);
  return result;
};

/** The response once all of it has come: while one that is still coming is put into a cache, nothing can be read there. */
const whole = async (response: Response): Promise<Response> => {
  const { status, statusText, headers } = response;
  return new Response(await response.blob(), { status, statusText, headers });
};
