/** The map without a mouse: one tab stop, arrow keys from unit to unit, Enter to open. */

import { isArrow, neighbourTowards } from "./direction.js";

export class MapKeyboard {
  /**
   * @param {import("./stage.js").Stage} stage
   * @param {{start: () => string|null, name: (id: string|null) => void,
   *   open: (id: string) => void}} on `start` gives the unit where focus begins
   */
  constructor(stage, on) {
    this.stage = stage;
    this.on = on;
    this.current = null;
    stage.element.addEventListener("keydown", (event) => this.press(event));
    stage.element.addEventListener("focus", () => this.enter());
    stage.element.addEventListener("blur", () => this.focus(null));
  }

  /** By keyboard only: a click on the map must not set the focus mark. */
  enter() {
    if (this.stage.element.matches(":focus-visible")) this.focus(this.current ?? this.on.start());
  }

  focus(id) {
    if (id) this.current = id;
    this.stage.mark("focused", id);
    this.on.name(id);
    if (id) this.stage.reveal(id);
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!this.act(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  act(key) {
    const { map } = this.stage;
    if (isArrow(key)) this.focus(this.next(key) ?? this.current ?? this.on.start());
    else if ((key === "Enter" || key === " ") && this.current) this.on.open(this.current);
    else if (key === "+" || key === "=") map.zoomIn();
    else if (key === "-") map.zoomOut();
    else if (key === "0") this.stage.whole();
    else return false;
    return true;
  }

  next(key) {
    const { boundaries, map } = this.stage;
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
