/** The lines between units: thin between neighbours, heavier between units of different parents and around all. */

import { ArcLines } from "./arc_path.js";
import L from "./leaflet.js";

/**
 * From the faintest to the strongest, the band below the hatch of derived edges first; the style
 * sheet gives colour, width and dashes.
 *
 * @type {import("./boundaries.js").LineKind[]}
 */
const KINDS = ["band", "derived", "plain", "indicative", "parent", "outer"];
/** @type {import("./boundaries.js").LineKind[]} */
const KINDS_OF_MANY_UNITS = ["band", "derived", "parent", "outer"];

export class BoundaryLines {
  /**
   * @param {L.Map} map
   * @param {import("./boundaries.js").Boundaries} boundaries
   */
  constructor(map, boundaries) {
    const { hasManyUnits } = boundaries;
    this.boundaries = boundaries;
    this.paths = boundaries.projectedArcsOn(map);
    /** @type {L.Renderer[]} */
    this.renderers = [L.svg({ pane: "lines", padding: 0.2 })];
    const kinds = hasManyUnits ? KINDS_OF_MANY_UNITS : KINDS;
    this.group = L.layerGroup(kinds.map((kind) => this.kind(kind)));
    if (hasManyUnits) this.group.addLayer(this.hairlines());
    this.group.addTo(map);
  }

  /** @param {import("./boundaries.js").LineKind} kind */
  kind(kind) {
    const className = `line line-${kind}${this.boundaries.hasManyUnits ? " is-fine" : ""}`;
    const [renderer] = this.renderers;
    return new ArcLines(this.boundaries.arcsOf(kind), this.paths, { renderer, pane: "lines", className });
  }

  /** Between thousands of units: hair lines on a canvas of their own. */
  hairlines() {
    const renderer = L.canvas({ pane: "lines", padding: 0.2 });
    this.renderers.push(renderer);
    const options = { renderer, pane: "lines", weight: 0.25, color: "#ffffff" };
    return new ArcLines(this.boundaries.arcsOf("between"), this.paths, options);
  }

  remove() {
    this.group.remove();
    for (const renderer of this.renderers) renderer.remove();
  }
}
