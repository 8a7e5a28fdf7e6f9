import { SearchPage } from "./search/page";

const found = document.getElementById("found");
if (found && canInflate()) new SearchPage(found).start();

/** Without this the page stays as it is without script: it leads to the lists. */
function canInflate(): boolean {
  try {
    new DecompressionStream("deflate-raw");
    return true;
  } catch {
    return false;
  }
}
