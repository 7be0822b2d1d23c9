/**
 * The line between two maps that lie over one another. Each map's panes are clipped to its own
 * side, so that the polygons end at the line and only those in sight answer to the pointer.
 */

import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";

const STEP = 2;
const LEAP = 10;
const KEYS = {
  ArrowLeft: -STEP,
  ArrowDown: -STEP,
  ArrowRight: STEP,
  ArrowUp: STEP,
  PageDown: -LEAP,
  PageUp: LEAP,
};

/** @returns {string} CSS polygon of a box, pixels */
function boxPolygon({ x: left, y: top }, { x: right, y: bottom }) {
  return `polygon(${left}px ${top}px, ${right}px ${top}px, ${right}px ${bottom}px, ${left}px ${bottom}px)`;
}

/** Where the line goes when a key is pressed, per cent; null when the key means nothing here. */
export function splitAfterKey(split, key) {
  if (key === "Home") return 0;
  if (key === "End") return 100;
  return key in KEYS ? Math.max(0, Math.min(100, split + KEYS[key])) : null;
}

export class Swipe {
  /**
   * @param {L.Map[]} maps left and right
   * @param {(split: number) => void} changed called when the line comes to rest
   */
  constructor(maps, changed) {
    this.maps = maps;
    this.changed = changed;
    this.split = 50;
    this.on = false;
    this.dragging = false;
    /** @type {{left: string, right: string}|null} */
    this.eras = null;
    this.handle = byId("swipe");
    this.handle.addEventListener("keydown", (event) => this.press(event));
    this.handle.addEventListener("pointerdown", (event) => this.startDrag(event));
    this.handle.addEventListener("pointermove", (event) => this.drag(event));
    this.handle.addEventListener("pointerup", () => this.endDrag());
    this.handle.addEventListener("pointercancel", () => this.endDrag());
    for (const map of maps) map.on("move viewreset resize", () => this.clip());
  }

  /** @param {boolean} on whether the maps lie over one another */
  show(on, split) {
    this.on = on;
    this.split = split;
    this.handle.hidden = !on;
    this.place();
  }

  /** @param {{left: string, right: string}} eras names of both sides */
  name(eras) {
    this.eras = eras;
    this.handle.setAttribute("aria-label", t("comparison.slider", eras));
    this.place();
  }

  place() {
    const n = Math.round(this.split);
    this.handle.style.left = `${this.split}%`;
    this.handle.setAttribute("aria-valuenow", String(n));
    this.handle.setAttribute("aria-valuetext", t("comparison.slider_value", { n, left: this.eras?.left ?? "" }));
    this.clip();
  }

  /** A pane has no size of its own: the clip is a box in its coordinates, which move with the map. */
  clip() {
    for (const [side, map] of this.maps.entries()) {
      const { style } = map.getPane("mapPane");
      style.clipPath = this.on ? this.clipPathOf(map, side) : "";
    }
  }

  /** The part of a map on its side of the line, as a CSS polygon. */
  clipPathOf(map, side) {
    const size = map.getSize();
    const at = (size.x * this.split) / 100;
    const [from, to] = side ? [at, size.x] : [0, at];
    const corner = (x, y) => map.containerPointToLayerPoint([x, y]);
    return boxPolygon(corner(from, 0), corner(to, size.y));
  }

  move(split) {
    this.split = split;
    this.place();
  }

  press(event) {
    const split = splitAfterKey(this.split, event.key);
    if (split === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.move(split);
    this.changed(split);
  }

  startDrag(event) {
    this.handle.setPointerCapture(event.pointerId);
    this.dragging = true;
    event.preventDefault();
    this.handle.focus({ preventScroll: true });
  }

  drag({ clientX }) {
    if (!this.dragging) return;
    const { left, width } = this.maps[0].getContainer().getBoundingClientRect();
    this.move(Math.max(0, Math.min(100, ((clientX - left) / width) * 100)));
  }

  endDrag() {
    if (!this.dragging) return;
    this.dragging = false;
    this.changed(this.split);
  }
}
