/** The plot of two figures of each unit: points to be walked, opened and taken together by a rectangle. */

import { svg } from "../core/dom.js";
import { ticks } from "./points.js";

/** @typedef {import("./points.js").Point} Point */

const [WIDTH, HEIGHT] = [264, 236];
const [LEFT, RIGHT, TOP, BOTTOM] = [46, 8, 8, 22];
const RADIUS = 4.5;
/** Pixels that a finger or pointer moves before a rectangle is meant. */
const LEAST = 5;
const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

export class ScatterPlot {
  /**
   * @param {{point: (id: string|null) => void, open: (id: string) => void, say: (point: Point) => void,
   *   brush: (box: {x: [number, number], y: [number, number]}) => void}} on
   */
  constructor(on) {
    this.on = on;
    this.node = svg("svg", { class: "scatter", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "application", tabindex: 0 });
    this.node.addEventListener("pointerdown", (event) => this.grasp(event));
    this.node.addEventListener("pointermove", (event) => this.move(event));
    this.node.addEventListener("pointerup", (event) => this.release(event));
    this.node.addEventListener("pointercancel", () => this.letGo());
    this.node.addEventListener("pointerleave", () => !this.start && on.point(null));
    this.node.addEventListener("keydown", (event) => this.key(event));
    this.node.addEventListener("blur", () => on.point(null));
  }

  /**
   * @param {{points: Point[], colours: Map<string, string|null>, label: string,
   *   write: [(value: number) => string, (value: number) => string], usesZero: [boolean, boolean]}} shown
   */
  show(shown) {
    this.shown = shown;
    this.current = -1;
    const { points, usesZero } = shown;
    this.ends = {
      x: endsOf(
        points.map(({ x }) => x),
        usesZero[0],
      ),
      y: endsOf(
        points.map(({ y }) => y),
        usesZero[1],
      ),
    };
    this.marks = new Map(points.map((point) => [point.id, this.mark(point)]));
    this.ring = svg("circle", { class: "scatter-ring", r: RADIUS + 3, visibility: "hidden" });
    this.frame = svg("rect", { class: "scatter-frame", visibility: "hidden" });
    this.node.setAttribute("aria-label", shown.label);
    this.node.replaceChildren(...this.axes(), svg("g", {}, ...this.marks.values()), this.ring, this.frame);
  }

  axes() {
    const [base, end] = [HEIGHT - BOTTOM, WIDTH - RIGHT];
    const across = ticks(...this.ends.x).map((each) =>
      svg(
        "g",
        {},
        svg("line", { class: "grid", x1: this.x(each), x2: this.x(each), y1: TOP, y2: base }),
        svg("text", { x: this.x(each), y: base + 14, "text-anchor": "middle", text: this.shown.write[0](each) }),
      ),
    );
    const up = ticks(...this.ends.y).map((each) =>
      svg(
        "g",
        {},
        svg("line", { class: "grid", x1: LEFT, x2: end, y1: this.y(each), y2: this.y(each) }),
        svg("text", { x: LEFT - 5, y: this.y(each) + 4, "text-anchor": "end", text: this.shown.write[1](each) }),
      ),
    );
    return [...across, ...up, svg("path", { class: "axis", d: `M${LEFT} ${TOP}V${base}H${end}` })];
  }

  /** A disc for a figure, a lozenge for an estimate: the colour is that of the map. */
  mark({ id, x, y, doubtful, estimate }) {
    const [r, across, up] = [estimate ? RADIUS + 1 : RADIUS, this.x(x), this.y(y)];
    const d = estimate ? `M${-r} 0L0 ${-r}L${r} 0L0 ${r}Z` : `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
    return svg("path", {
      class: `scatter-point${doubtful ? " is-doubtful" : ""}`,
      "data-unit": id,
      transform: `translate(${across} ${up})`,
      d,
      fill: this.shown.colours.get(id) ?? "var(--muted)",
    });
  }

  x(value) {
    return LEFT + share(value, this.ends.x) * (WIDTH - LEFT - RIGHT);
  }

  y(value) {
    return HEIGHT - BOTTOM - share(value, this.ends.y) * (HEIGHT - TOP - BOTTOM);
  }

  /** Rings the unit that is pointed at anywhere; null for none. */
  point(id) {
    const mark = this.marks?.get(id);
    this.ring?.setAttribute("visibility", mark ? "visible" : "hidden");
    if (!mark) return;
    this.ring.setAttribute("transform", mark.getAttribute("transform"));
  }

  /**
   * Dims all units but those picked.
   *
   * @param {Set<string>|null} ids null for all
   */
  pick(ids) {
    for (const [id, mark] of this.marks ?? []) mark.classList.toggle("is-dim", Boolean(ids) && !ids.has(id));
  }

  /** Where an event lies, in the plot's own units. */
  at(event) {
    const box = this.node.getBoundingClientRect();
    return {
      x: ((event.clientX - box.left) / box.width) * WIDTH,
      y: ((event.clientY - box.top) / box.height) * HEIGHT,
    };
  }

  /** The point nearest to a place, if a finger there could mean it. */
  near({ x, y }, reach = 12) {
    const far = (point) => Math.hypot(this.x(point.x) - x, this.y(point.y) - y);
    const nearer = (best, point) => (best && far(best) <= far(point) ? best : point);
    const best = this.shown.points.reduce(nearer, null);
    return best && far(best) <= reach ? best : null;
  }

  grasp(event) {
    if (event.button) return;
    this.start = this.at(event);
    this.node.setPointerCapture(event.pointerId);
  }

  move(event) {
    const here = this.at(event);
    if (!this.start) {
      this.on.point(this.near(here)?.id ?? null);
      return;
    }
    const [from, to] = [this.start, here];
    const large = Math.max(Math.abs(from.x - to.x), Math.abs(from.y - to.y)) >= LEAST;
    this.frame.setAttribute("visibility", large ? "visible" : "hidden");
    const box = {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(from.x - to.x),
      height: Math.abs(from.y - to.y),
    };
    for (const [name, value] of Object.entries(box)) this.frame.setAttribute(name, String(value));
  }

  release(event) {
    if (!this.start) return;
    const [from, to] = [this.start, this.at(event)];
    const drawn = this.frame.getAttribute("visibility") === "visible";
    this.letGo();
    if (drawn) this.on.brush(this.boxOf(from, to));
    else {
      const found = this.near(to);
      if (found) this.on.open(found.id);
    }
  }

  letGo() {
    this.start = null;
    this.frame?.setAttribute("visibility", "hidden");
  }

  /** The figures between two corners. */
  boxOf(from, to) {
    const value = (at, [low, high]) => low + Math.min(1, Math.max(0, at)) * (high - low);
    const across = [from.x, to.x].map((each) => value((each - LEFT) / (WIDTH - LEFT - RIGHT), this.ends.x));
    const up = [from.y, to.y].map((each) => value((HEIGHT - BOTTOM - each) / (HEIGHT - TOP - BOTTOM), this.ends.y));
    const inOrder = (pair) => /** @type {[number, number]} */ (pair.sort((a, b) => a - b));
    return { x: inOrder(across), y: inOrder(up) };
  }

  /** The arrow keys walk the points from left to right; Enter opens one. */
  key(event) {
    const { points } = this.shown;
    const step = KEYS[event.key];
    if (event.key === "Enter" && points[this.current]) this.on.open(points[this.current].id);
    else if (step && points.length) {
      const from = this.current < 0 && step < 0 ? 0 : this.current;
      this.current = (from + step + points.length) % points.length;
      this.on.point(points[this.current].id);
      this.on.say(points[this.current]);
    } else return;
    event.preventDefault();
  }
}

const share = (value, [low, high]) => (value - low) / (high - low);

/** Both ends of an axis, a little beyond the figures; from zero where the figures lie near it. */
function endsOf(values, fromZero) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.05;
  const begin = fromZero && low >= 0 && low < (high - low) / 2 ? 0 : low - room;
  return /** @type {[number, number]} */ ([begin, high + room]);
}
