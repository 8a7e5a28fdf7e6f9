import type { Host } from "casebook/search";

/** Reads the shards beside the search page. */
export const host: Host = {
  async fetch(path, fresh) {
    const response = await fetch(path, { cache: fresh ? "no-cache" : "default" });
    if (response.status === 404 || isPage(response)) return null;
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  },

  async inflate(data) {
    const stream = new Blob([data as BlobPart]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  },
};

/** Some hosts answer with a page, and no error, for a file they do not have. */
const isPage = (response: Response): boolean => (response.headers.get("content-type") ?? "").startsWith("text/html");
