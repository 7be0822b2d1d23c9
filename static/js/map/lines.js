/** The lines between units: thin between neighbours, heavier above them, the frame around all. */

import L from "./leaflet.js";

/** From the faintest to the strongest; the style sheet gives colour, width and dashes. */
const KINDS = ["plain", "indicative", "above", "frame"];

const flip = (lines) => lines.map((line) => line.map(([lon, lat]) => [lat, lon]));

export class Lines {
  /** @param {import("./boundaries.js").Boundaries} boundaries */
  constructor(map, boundaries) {
    const renderer = L.svg({ pane: "lines", padding: 0.2 });
    const kinds = boundaries.many ? KINDS.slice(2) : KINDS;
    this.group = L.layerGroup(
      kinds.map((kind) =>
        L.polyline(flip(boundaries.lines(kind)), {
          renderer,
          pane: "lines",
          className: boundaries.many ? `line line-${kind} is-fine` : `line line-${kind}`,
          interactive: false,
          smoothFactor: boundaries.many ? 1 : 0.4,
        }),
      ),
    ).addTo(map);
    this.renderer = renderer;
  }

  remove() {
    this.group.remove();
    this.renderer.remove();
  }
}

/** The outline of one unit, above everything: a light casing and an ink line. */
export class Highlight {
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
      const className = `highlight highlight-${part} highlight-${this.name}`;
      const options = { pane: "highlight", className, interactive: false, fill: false, smoothFactor: 0.4 };
      this.group.addLayer(L.polygon(rings, options));
    }
  }
}
