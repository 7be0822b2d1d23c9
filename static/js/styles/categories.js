/** Categories: the units are filled with the colour of their named class, as in a choropleth. */

import { choropleth } from "./choropleth.js";

/** @type {import("./index.js").Style} */
export const categories = { ...choropleth };
