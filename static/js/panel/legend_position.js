/** Puts the legend into the lower corner where it covers least of the map. */

import { byId } from "../core/dom.js";

const MARGIN = 14;

/**
 * How many points lie within a box.
 *
 * @param {{x: number, y: number}[]} points
 * @param {{left: number, right: number, top: number}} box open below
 */
export function countInBox(points, { left, right, top }) {
  return points.filter(({ x, y }) => x >= left && x <= right && y >= top).length;
}

/** @param {import("../map/map_view.js").MapView} mapView with its boundaries */
export function positionLegend(mapView) {
  const legend = /** @type {HTMLElement} */ (byId("map-area").querySelector(".legend"));
  const { x: width, y: height } = mapView.map.getSize();
  const { offsetWidth, offsetHeight } = legend;
  const top = height - offsetHeight - MARGIN;
  const points = outerBoundaryPoints(mapView);
  const onLeft = countInBox(points, { left: 0, right: offsetWidth + MARGIN, top });
  const onRight = countInBox(points, { left: width - offsetWidth - MARGIN, right: width, top });
  byId("map-area").classList.toggle("legend-left", onLeft < onRight);
}

/** Points of the frame around all units, pixels of the map. */
function outerBoundaryPoints({ map, boundaries }) {
  const { x: left, y: top } = map.layerPointToContainerPoint([0, 0]);
  const points = [];
  const add = (x, y) => points.push({ x: x + left, y: y + top });
  for (const arc of boundaries.arcsOf("outer")) boundaries.projectedArcsOn(map).forEachPoint([arc], add);
  return points;
}
