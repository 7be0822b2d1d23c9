/** The map without a mouse: one tab stop, arrow keys from unit to unit, Enter to open. */

const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** @returns {boolean} */
export function isArrowKey(key) {
  return key in ARROWS;
}

/**
 * The neighbour that lies best in the direction: those that share a border count as nearer than
 * those that do not, and nothing more than 60 degrees off the direction is taken.
 *
 * @param {{x: number, y: number}} from pixels, y downwards
 * @param {string} key name of the arrow key
 * @param {{id: string, x: number, y: number, touches: boolean}[]} others
 * @returns {string|null} unit id
 */
export function neighbourTowards(from, key, others) {
  const [ux, uy] = ARROWS[key];
  let best = null;
  let least = Infinity;
  for (const other of others) {
    const dx = other.x - from.x;
    const dy = other.y - from.y;
    const length = Math.hypot(dx, dy);
    const cosine = length ? (dx * ux + dy * uy) / length : 0;
    if (cosine < 0.5) continue;
    const cost = (length * (2 - cosine)) / (other.touches ? 2.5 : 1);
    if (cost < least) [best, least] = [other.id, cost];
  }
  return best;
}

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
    const pointOf = (id) => {
      const { x, y } = map.project(boundaries.anchor(id), zoom);
      return { x, y };
    };
    const others = [...boundaries.shapes.keys()]
      .filter((id) => id !== here.id)
      .map((id) => ({ id, ...pointOf(id), touches: here.neighbours.includes(id) }));
    return neighbourTowards(pointOf(here.id), key, others);
  }
}
