import type { Host } from "casebook/search";

const folder = new URL("../search/", import.meta.url); // this script is in the site's assets/

/** Reads the shards of the site that the script belongs to. */
export const host: Host = {
  async fetch(path, fresh) {
    const response = await fetch(new URL(path, folder), { cache: fresh ? "no-cache" : "default" });
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
const isPage = (response: Response) => response.headers.get("content-type")?.startsWith("text/html");
