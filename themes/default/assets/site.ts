// The script of every page, which does without it. Each module in site/ exports one function that finds what it needs
// in the page, adds one thing to it, and does nothing where that is missing. To add another, write the module and call
// its function here. All of it together may weigh 2 KB compressed.
import { anchors } from "./site/anchors";
import { contents } from "./site/contents";
import { copy } from "./site/copy";
import { filter } from "./site/filter";
import { grow } from "./site/grow";
import { recent } from "./site/recent";
import { save } from "./site/save";
import { searchBox } from "./site/search-box";
import { suggestions } from "./site/suggestions";
import { worker } from "./site/worker";

searchBox();
suggestions();
contents();
anchors();
copy();
filter();
grow();
recent();
save();
worker();
