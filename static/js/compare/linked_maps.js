/** Two maps of one size that move as one: what is done to either, the other does. */

import L from "../map/leaflet.js";

const { getPosition, setPosition } = L.DomUtil;
const isShown = (map) => map.getContainer().offsetParent !== null;

export class LinkedMaps {
  /** @param {L.Map[]} maps two of them, without animated zooming */
  constructor(maps) {
    this.maps = maps;
    /** Whether the view changes only because the boxes do. */
    this.resizing = false;
    this.busy = false;
    maps.forEach((map, index) => {
      const other = maps[1 - index];
      map.on("move", () => this.follow(map, other));
      map.on("moveend", () => this.settle(map, other));
    });
  }

  /** Whether what moves one is to move the other: neither while one is set, nor out of the layout. */
  moveTogether() {
    return !this.busy && this.maps.every(isShown);
  }

  /** While one is dragged the other's drawing is only shifted: it is redrawn when both rest. */
  follow(from, to) {
    if (!this.moveTogether()) return;
    const zoom = from.getZoom();
    if (to.getZoom() !== zoom) return this.settle(from, to);
    const gap = from.project(from.getCenter(), zoom).subtract(to.project(to.getCenter(), zoom));
    const pane = to.getPane("mapPane");
    setPosition(pane, getPosition(pane).subtract(gap.round()));
  }

  settle(from, to) {
    if (!this.moveTogether()) return;
    this.busy = true;
    to.setView(from.getCenter(), from.getZoom(), { animate: false });
    this.busy = false;
  }

  /** After the layout changed: both take the size of their boxes, the left the view of the right. */
  resize() {
    const [left, right] = this.maps;
    this.resizing = true;
    this.busy = true;
    for (const map of this.maps) if (isShown(map)) map.invalidateSize({ animate: false, pan: false });
    this.busy = false;
    this.settle(right, left);
    this.resizing = false;
  }
}
