/** Puts the legend into the lower corner with the most room, and no higher than the room is. */

import { byId } from "../core/dom.js";

const MARGIN = 14;
/** The least height, pixels, at which a legend that scrolls can still be read. */
const LEAST_HEIGHT = 160;

/**
 * How high a box at the lower edge may be before it covers a point.
 *
 * @param {{x: number, y: number}[]} points
 * @param {{left: number, right: number, bottom: number}} box open above
 */
export function heightBelow(points, { left, right, bottom }) {
  const above = points.filter(({ x }) => x >= left && x <= right).map(({ y }) => y);
  return bottom - above.reduce((lowest, y) => Math.max(lowest, y), 0);
}

/** @param {import("../map/map_view.js").MapView} mapView with its boundaries */
export function positionLegend(mapView) {
  const area = byId("map-area");
  const legend = /** @type {HTMLElement} */ (area.querySelector(".legend"));
  const { x: width, y: height } = mapView.map.getSize();
  const [wide, needed] = [legend.offsetWidth + MARGIN, legend.scrollHeight + MARGIN];
  const points = outerBoundaryPoints(mapView);
  const bottom = height - MARGIN;
  const onLeft = heightBelow(points, { left: 0, right: wide, bottom });
  const onRight = heightBelow(points, { left: width - wide, right: width, bottom });
  const left = Math.min(onLeft, needed) > Math.min(onRight, needed);
  area.classList.toggle("legend-left", left);
  const room = Math.max((left ? onLeft : onRight) - MARGIN, LEAST_HEIGHT);
  area.style.setProperty("--legend-room", `${Math.floor(room)}px`);
  // What scrolls must be reached by keyboard; what does not is no stop on the way.
  if (legend.scrollHeight > legend.clientHeight) legend.tabIndex = 0;
  else legend.removeAttribute("tabindex");
}

/** Points of the frame around all units, pixels of the map. */
function outerBoundaryPoints({ map, boundaries }) {
  const { x: left, y: top } = map.layerPointToContainerPoint([0, 0]);
  const points = [];
  const add = (x, y) => points.push({ x: x + left, y: y + top });
  for (const arc of boundaries.arcsOf("outer")) boundaries.projectedArcsOn(map).forEachPoint([arc], add);
  return points;
}
