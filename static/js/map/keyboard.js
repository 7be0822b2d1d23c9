/** The map without a mouse: one tab stop, arrow keys from unit to unit, Enter to open. */

import { ARROWS, ArrowGraph } from "./arrow_graph.js";

/** @returns {boolean} */
export function isArrowKey(key) {
  return key in ARROWS;
}

/** At this zoom places are compared; directions and proportions are those of every zoom. */
const ZOOM = 12;

export class MapKeyboard {
  /**
   * @param {import("./map_view.js").MapView} mapView
   * @param {{start: () => string|null, name: (id: string|null) => void,
   *   open: (id: string) => void}} on `start` gives the unit where focus begins
   */
  constructor(mapView, on) {
    this.mapView = mapView;
    this.on = on;
    this.current = null;
    mapView.element.addEventListener("keydown", (event) => this.press(event));
    mapView.element.addEventListener("focus", () => this.enter());
    mapView.element.addEventListener("blur", () => this.focus(null));
  }

  /** By keyboard only: a click on the map must not set the focus mark. */
  enter() {
    if (this.mapView.element.matches(":focus-visible")) this.focus(this.current ?? this.on.start());
  }

  focus(id) {
    if (id) this.current = id;
    this.mapView.mark("focused", id);
    this.on.name(id);
    if (id) this.mapView.reveal(id);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.act(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  act(key) {
    const { map } = this.mapView;
    if (isArrowKey(key)) this.focus(this.next(key) ?? this.current ?? this.on.start());
    else if ((key === "Enter" || key === " ") && this.current) this.on.open(this.current);
    else if (key === "+" || key === "=") map.zoomIn();
    else if (key === "-") map.zoomOut();
    else if (key === "0") this.mapView.fitAll();
    else return false;
    return true;
  }

  next(key) {
    const { boundaries, map } = this.mapView;
    if (!boundaries?.shapes.has(this.current)) return null;
    if (this.graphOf !== boundaries) {
      const places = [...boundaries.shapes.keys()].map((id) => {
        const { x, y } = map.project(boundaries.anchor(id), ZOOM);
        return { id, x, y };
      });
      this.graphOf = boundaries;
      this.graph = new ArrowGraph(places, (one, other) => boundaries.shapes.get(one).neighbours.includes(other));
    }
    return this.graph.next(this.current, key);
  }
}
