/** Every page but the map: the search box. */

import { Search } from "./site/search.js";

new Search();
