import { Search } from "casebook/search";
import { host } from "./search/host";
import { SearchPage } from "./search/page";
import { searchBox } from "./site/search-box";
import { worker } from "./site/worker";

// What the search page needs of site.ts, so that it has one script to wait for.
searchBox();
worker();

const search = new Search(host);
const found = document.getElementById("found");
if (found && canInflate()) new SearchPage(found, search).start();

/** Without this the search page stays as it is without script: it leads to the lists. */
function canInflate(): boolean {
  try {
    new DecompressionStream("deflate-raw");
    return true;
  } catch {
    return false;
  }
}
