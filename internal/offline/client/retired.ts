// The service worker of a site that wants none: it removes one that was there before, and all that it kept.

const worker = self as unknown as ServiceWorkerGlobalScope;
const prefix = `casebook ${new URL("./", location.href).pathname} `;

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith(prefix)) await caches.delete(name);
      await worker.registration.unregister();
    })(),
  ),
);
