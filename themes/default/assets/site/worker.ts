/** Lets the browser keep what is read, for when there is no connection, on a site that offers it. */
export const worker = (): void => {
  const { worker } = document.documentElement.dataset;
  if (worker) void navigator.serviceWorker?.register(worker).catch(() => undefined);
};
