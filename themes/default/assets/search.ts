import { Search } from "casebook/search";
import { host } from "./search/host";
import { SearchPage } from "./search/page";

const search = new Search(host);
const found = document.getElementById("found");
if (found && canInflate()) new SearchPage(found, search, host).start();

/** Without this the search page stays as it is without script: it leads to the lists. */
function canInflate(): boolean {
  try {
    new DecompressionStream("deflate-raw");
    return true;
  } catch {
    return false;
  }
}
