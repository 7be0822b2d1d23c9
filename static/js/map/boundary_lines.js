/** The lines between units: thin between neighbours, heavier above them, the frame around all. */

import { ArcPath } from "./arc_path.js";
import L from "./leaflet.js";

/** From the faintest to the strongest, the band below the hatch of derived edges first; the style sheet gives colour, width and dashes. */
const KINDS = ["band", "derived", "plain", "indicative", "above", "frame"];
const MANY_KINDS = ["band", "derived", "above", "frame"];

/** Some arcs, drawn as lines. */
const ArcLines = ArcPath.extend({
  initialize(arcs, paths, options) {
    ArcPath.prototype.initialize.call(this, paths, { interactive: false, fill: false, ...options });
    this.arcs = arcs;
  },

  data() {
    return this.paths.linePathData(this.arcs);
  },

  refs() {
    return this.arcs.map((arc) => [arc]);
  },

  trace(path) {
    return this.paths.trace(path, this.refs(), true);
  },

  paint(pen, path) {
    pen.globalAlpha = 1;
    pen.lineWidth = this.options.weight;
    pen.strokeStyle = this.options.color;
    pen.stroke(path);
  },
});

export class BoundaryLines {
  /** @param {import("./boundaries.js").Boundaries} boundaries */
  constructor(map, boundaries) {
    const { hasManyUnits } = boundaries;
    this.boundaries = boundaries;
    this.paths = boundaries.projectedArcsOn(map);
    this.renderers = [L.svg({ pane: "lines", padding: 0.2 })];
    this.group = L.layerGroup((hasManyUnits ? MANY_KINDS : KINDS).map((kind) => this.kind(kind)));
    if (hasManyUnits) this.group.addLayer(this.hairlines());
    this.group.addTo(map);
  }

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

const flip = (lines) => lines.map((line) => line.map(([lon, lat]) => [lat, lon]));

/** The outline of one unit, above everything: a light casing and an ink line. */
export class UnitOutline {
  /** @param {string} name `selected`, `pointed` or `focused` */
  constructor(map, name) {
    this.map = map;
    this.name = name;
    this.group = L.layerGroup().addTo(map);
  }

  /** @param {import("./boundaries.js").Shape|undefined} shape none hides the outline */
  show(shape) {
    this.group.clearLayers();
    if (!shape) return;
    const rings = shape.polygons.map((polygon) => flip(polygon));
    for (const part of ["casing", "ink"]) {
      const className = `unit-outline unit-outline-${part} unit-outline-${this.name}`;
      const options = { pane: "unit-outline", className, interactive: false, fill: false, smoothFactor: 0.4 };
      this.group.addLayer(L.polygon(rings, options));
    }
  }
}
