/** Choropleth: the units themselves are filled, by js/map/unit_polygons.js. */

import { estimateSwatch } from "../panel/swatches.js";

/** @type {import("./index.js").Style} */
export const choropleth = {
  overlay: () => null,
  clearance: () => 0,
  legendHead: () => null,
  estimateSwatch,
};
