/** What the scripts of the two maps of the comparison call; the maps meet here. */

import { ComparePage } from "./compare/page.js";
import { readJson } from "./core/dom.js";
import { addLayer, Stage } from "./map/stage.js";

export { addLayer };

const stages = [];

/** Called by the script of each map, the left one first. */
export function createMap(id, options) {
  const stage = new Stage(id, options);
  stages.push(stage);
  return stage;
}

/** Called once both stand. */
export function start() {
  return new ComparePage(...stages).start(readJson("comparison"));
}
