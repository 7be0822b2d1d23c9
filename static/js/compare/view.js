/** What each of the two maps shows in each layout. */

import { byId } from "../core/dom.js";
import { boundariesUrl, loadBoundaries } from "../map/boundaries.js";
import { LinkedMaps } from "./linked_maps.js";
import { FormerBoundaries } from "./former_boundaries.js";
import { Swipe } from "./swipe.js";

/**
 * The differences in the form of a values document, so that a map and a table can show them.
 *
 * @param {import("../api_types").Comparison} document
 * @returns {import("../api_types").Values & {era: import("../api_types").Side}}
 */
export function differenceDocument({ right, difference, eras }) {
  const { units, legend, title, subtitle, texts, decimals, measure_unit, boundaries, part } = difference;
  const indicator = { ...right.indicator, decimals, measure_unit, signed: true };
  /** @type {import("../api_types").Side} */
  const era = boundaries.date === eras.right.date ? "right" : "left";
  return { ...right, units, legend, title, subtitle, texts, indicator, boundaries, part, era, recast: null };
}

/** @param {import("../api_types").Values} values */
const urlOf = (values) => boundariesUrl(values.boundaries, Object.keys(values.units).length, values.dataset);

/**
 * @typedef {object} SideView what one of the maps shows
 * @property {import("../map/map_view.js").MapView} mapView
 * @property {import("../api_types").Values} document
 * @property {import("../api_types").Side} era whose units they are
 */

export class CompareView {
  /** @param {import("../map/map_view.js").MapView[]} mapViews left and right */
  constructor(mapViews, { onSwipe }) {
    const [left, right] = mapViews;
    this.left = left;
    this.right = right;
    this.linked = new LinkedMaps(mapViews.map(({ map }) => map));
    this.swipe = new Swipe(
      mapViews.map(({ map }) => map),
      onSwipe,
    );
    this.formerBoundaries = new FormerBoundaries(this.right.map);
    /** @type {SideView[]} */
    this.sides = [];
    this.printing = false;
    this.watch();
  }

  /** The boxes of the maps change with the layout, the legend and the window. */
  watch() {
    /** @type {() => void} */
    this.onResize = () => {};
    const watcher = new ResizeObserver(() => {
      this.resize();
      this.onResize();
    });
    watcher.observe(byId("side-right"));
  }

  /**
   * The maps of a layout with what they show.
   *
   * @param {import("../api_types").Comparison} document
   * @param {string} mode
   * @returns {SideView[]}
   */
  sidesOf(document, mode) {
    const { left, right } = this;
    if (mode === "difference") {
      const shown = differenceDocument(document);
      return [{ mapView: right, document: shown, era: shown.era }];
    }
    /** @type {SideView} */
    const after = { mapView: right, document: document.right, era: "right" };
    /** @type {SideView} */
    const before = { mapView: left, document: document.left, era: "left" };
    return mode === "outline" ? [after] : [before, after];
  }

  /** Draws; until all shapes are there the screen stays as it is. */
  async show(document, mode, split, signal) {
    const sides = this.sidesOf(document, mode);
    const formerBoundaries = mode === "outline" ? await loadBoundaries(urlOf(document.left)) : null;
    await Promise.all(sides.map((side) => loadBoundaries(urlOf(side.document))));
    if (signal.aborted) return;
    byId("map-area").dataset.mode = mode;
    this.swipe.show(mode === "swipe", split);
    this.swipe.name({ left: document.eras.left.label, right: document.eras.right.label });
    this.linked.resize();
    await Promise.all(sides.map((side) => side.mapView.show(side.document, urlOf(side.document), signal)));
    this.formerBoundaries.show(formerBoundaries);
    this.sides = sides;
    for (const { mapView } of sides) mapView.element.classList.remove("is-highlighted");
    this.swipe.clip();
  }

  /** Shows the whole map on both sides. */
  fitAll() {
    this.right.fitAll();
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
    for (const { mapView } of this.sides) mapView.drawNow();
  }

  /** The side an era's units are on, or the only one there is. */
  side(era) {
    return this.sides.find((side) => side.era === era);
  }
}
