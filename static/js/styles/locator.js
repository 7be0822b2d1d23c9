/** Locator: units with a value have one colour, filled as those of a choropleth. */

import { choropleth } from "./choropleth.js";

/** @type {import("./index.js").Style} */
export const locator = { ...choropleth };
