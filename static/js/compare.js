/** What the scripts of the two maps of the comparison call; the maps meet here. */

import { ComparePage } from "./compare/page.js";
import { readJson } from "./core/dom.js";
import { addLayer, MapView } from "./map/map_view.js";

export { addLayer };

const mapViews = [];

/** Called by the script of each map, the left one first. */
export function createMap(id, options) {
  const mapView = new MapView(id, options);
  mapViews.push(mapView);
  return mapView;
}

/** Called once both stand. */
export function start() {
  const [left, right] = mapViews;
  return new ComparePage(left, right).start(readJson("comparison"));
}
