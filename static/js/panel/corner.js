/** Puts the legend into the lower corner where it covers least of the map. */

import { byId } from "../core/dom.js";

const MARGIN = 14;

/**
 * How many points lie within a box.
 *
 * @param {{x: number, y: number}[]} points
 * @param {{left: number, right: number, top: number}} box open below
 */
export function covered(points, { left, right, top }) {
  return points.filter(({ x, y }) => x >= left && x <= right && y >= top).length;
}

/** @param {import("../map/stage.js").Stage} stage with its boundaries */
export function placeLegend(stage) {
  const legend = byId("stage").querySelector(".legend");
  const { x: width, y: height } = stage.map.getSize();
  const { offsetWidth, offsetHeight } = legend;
  const top = height - offsetHeight - MARGIN;
  const points = stage.boundaries
    .lines("frame")
    .flat()
    .map(([lon, lat]) => stage.map.latLngToContainerPoint([lat, lon]));
  const onLeft = covered(points, { left: 0, right: offsetWidth + MARGIN, top });
  const onRight = covered(points, { left: width - offsetWidth - MARGIN, right: width, top });
  byId("stage").classList.toggle("legend-left", onLeft < onRight);
}
