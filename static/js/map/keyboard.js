/** The map without a mouse: one tab stop, arrow keys from unit to unit, Enter to open. */

import { isArrowKey, neighbourTowards } from "./arrow_keys.js";

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
    const here = boundaries?.shapes.get(this.current);
    if (!here) return null;
    const zoom = map.getZoom();
    const pointOf = (id) => map.project(boundaries.anchor(id), zoom);
    const others = [...boundaries.shapes.keys()]
      .filter((id) => id !== here.id)
      .map((id) => ({ id, ...xy(pointOf(id)), touches: here.neighbours.includes(id) }));
    return neighbourTowards(pointOf(here.id), key, others);
  }
}

const xy = ({ x, y }) => ({ x, y });
