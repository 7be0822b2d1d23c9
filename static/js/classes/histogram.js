/** The spread of the values: bars in the colours of the classes, a tick for each value, and the breaks. */

import { svg } from "../core/dom.js";
import { classOf, histogramBars, moveBreak } from "./breaks.js";

const [WIDTH, HEIGHT, MARGIN, TOP, BASE, RUG] = [248, 92, 10, 6, 62, 68];
/** Pixels within which a finger or pointer takes hold of a break. */
const REACH = 14;

export class Histogram {
  /**
   * @param {{moved: (breaks: number[]) => void, chosen: (breaks: number[]) => void}} on what follows while
   *   a break is dragged, and once it is let go
   */
  constructor({ moved, chosen }) {
    this.on = { moved, chosen };
    this.node = svg("svg", { class: "class-histogram", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
    this.node.addEventListener("pointerdown", (event) => this.grasp(event));
    this.node.addEventListener("pointermove", (event) => this.drag(event));
    this.node.addEventListener("pointerup", () => this.release());
    this.node.addEventListener("pointercancel", () => this.release());
  }

  /**
   * @param {{values: number[], breaks: number[], colours: string[], decimals: number, ends: [number, number],
   *   label: string}} shown
   */
  show(shown) {
    this.shown = shown;
    const { values, breaks, colours, decimals, ends } = shown;
    const bars = histogramBars(values, breaks, decimals, ends);
    const most = Math.max(1, ...bars.map((bar) => bar.reduce((sum, n) => sum + n, 0)));
    const wide = (WIDTH - 2 * MARGIN) / bars.length;
    const columns = bars.flatMap((bar, i) => this.column(bar, MARGIN + i * wide, wide, most, colours));
    const ticks = values.map((value) => {
      const x = this.x(value);
      return svg("line", { x1: x, x2: x, y1: RUG, y2: RUG + 6, stroke: colours[classOf(value, breaks, decimals)] });
    });
    const axis = svg("line", { class: "axis", x1: MARGIN, x2: WIDTH - MARGIN, y1: BASE, y2: BASE });
    const handles = breaks.map((each, i) => this.handle(this.x(each), i));
    this.node.setAttribute("aria-label", shown.label);
    this.node.replaceChildren(...columns, axis, svg("g", { class: "rug" }, ...ticks), ...handles);
  }

  column(bar, x, wide, most, colours) {
    let y = BASE;
    return bar.flatMap((n, i) => {
      if (!n) return [];
      const height = (n / most) * (BASE - TOP);
      y -= height;
      return [svg("rect", { x: x + 0.5, y, width: wide - 1, height, fill: colours[i] ?? "none" })];
    });
  }

  handle(x, index) {
    return svg(
      "g",
      { class: "break", "data-break": index },
      svg("rect", { x: x - REACH / 2, y: 0, width: REACH, height: HEIGHT, fill: "transparent" }),
      svg("line", { x1: x, x2: x, y1: 0, y2: RUG + 8 }),
      svg("circle", { cx: x, cy: RUG + 14, r: 6 }),
    );
  }

  x(value) {
    const [low, high] = this.shown.ends;
    const at = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
    return MARGIN + at * (WIDTH - 2 * MARGIN);
  }

  valueAt(event) {
    const box = this.node.getBoundingClientRect();
    const [low, high] = this.shown.ends;
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    return low + ((x - MARGIN) / (WIDTH - 2 * MARGIN)) * (high - low);
  }

  grasp(event) {
    const handle = event.target instanceof Element ? event.target.closest("[data-break]") : null;
    if (!handle) return;
    event.preventDefault();
    this.held = { index: Number(handle.getAttribute("data-break")), from: this.shown.breaks };
    this.node.setPointerCapture(event.pointerId);
  }

  drag(event) {
    if (!this.held) return;
    const { index, from } = this.held;
    const breaks = moveBreak(from, index, this.valueAt(event), this.shown.decimals);
    this.show({ ...this.shown, breaks });
    this.on.moved(breaks);
  }

  release() {
    if (!this.held) return;
    const { from } = this.held;
    this.held = null;
    if (this.shown.breaks.some((each, i) => each !== from[i])) this.on.chosen(this.shown.breaks);
  }
}
