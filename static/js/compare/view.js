/** What each of the two maps shows in each layout. */

import { byId } from "../core/dom.js";
import { boundariesUrl, loadBoundaries } from "../map/boundaries.js";
import { LinkedMaps } from "./linked.js";
import { OldOutlines } from "./outlines.js";
import { Swipe } from "./swipe.js";

/** The differences in the form of a values document, so that a map and a table can show them. */
export function differenceDocument({ right, difference, eras }) {
  const { units, legend, title, subtitle, texts, decimals, measure_unit, boundaries, part } = difference;
  const indicator = { ...right.indicator, decimals, measure_unit, signed: true };
  const era = boundaries.date === eras.right.date ? "right" : "left";
  return { ...right, units, legend, title, subtitle, texts, indicator, boundaries, part, era, recast: null };
}

const urlOf = (values) => boundariesUrl(values.boundaries, Object.keys(values.units).length, values.dataset);

export class CompareView {
  /** @param {import("../map/stage.js").Stage[]} stages left and right */
  constructor(stages, { swiped }) {
    [this.left, this.right] = stages;
    this.linked = new LinkedMaps(stages.map(({ map }) => map));
    this.swipe = new Swipe(stages.map(({ map }) => map), swiped);
    this.older = new OldOutlines(this.right.map);
    this.sides = [];
    this.printing = false;
    this.watch();
  }

  /** The boxes of the maps change with the layout, the legend and the window. */
  watch() {
    this.resized = () => {};
    const watcher = new ResizeObserver(() => {
      this.resize();
      this.resized();
    });
    watcher.observe(byId("side-right"));
  }

  /**
   * The maps of a layout with what they show.
   *
   * @returns {{stage: object, document: object, era: "left"|"right"}[]}
   */
  sidesOf(document, mode) {
    const { left, right } = this;
    if (mode === "difference") {
      const shown = differenceDocument(document);
      return [{ stage: right, document: shown, era: shown.era }];
    }
    const after = { stage: right, document: document.right, era: "right" };
    return mode === "outline" ? [after] : [{ stage: left, document: document.left, era: "left" }, after];
  }

  /** Draws; until all shapes are there the screen stays as it is. */
  async show(document, mode, split, signal) {
    const sides = this.sidesOf(document, mode);
    const older = mode === "outline" ? await loadBoundaries(urlOf(document.left)) : null;
    await Promise.all(sides.map((side) => loadBoundaries(urlOf(side.document))));
    if (signal.aborted) return;
    byId("stage").dataset.mode = mode;
    this.swipe.show(mode === "swipe", split);
    this.swipe.name({ left: document.eras.left.label, right: document.eras.right.label });
    this.linked.resize();
    await Promise.all(sides.map((side) => side.stage.show(side.document, urlOf(side.document), signal)));
    this.older.show(older);
    this.sides = sides;
    for (const { stage } of sides) stage.element.classList.remove("is-lit");
    this.swipe.clip();
  }

  /** Shows the whole map on both sides. */
  whole() {
    this.right.whole();
  }

  /** The map whose view both have. */
  get map() {
    return this.right.map;
  }

  /** Both maps take the size of their boxes. */
  resize() {
    this.linked.resize();
    this.swipe.clip();
  }

  /** Draws at once what else waits for a quiet moment, on every map in sight. */
  drawNow() {
    for (const { stage } of this.sides) stage.drawNow();
  }

  /** The side an era's units are on, or the only one there is. */
  side(era) {
    return this.sides.find((side) => side.era === era);
  }
}
