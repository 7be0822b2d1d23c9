/** Proportional circles: area in proportion to the value, the largest drawn first. */

import L from "./leaflet.js";
import { classColour, isEstimate, readCell, symbolRadius } from "./symbology.js";

export class ProportionalSymbols {
  constructor(map, boundaries) {
    this.boundaries = boundaries;
    this.renderer = L.svg({ pane: "symbols", padding: 0.2 });
    this.group = L.layerGroup().addTo(map);
    this.circles = new Map();
  }

  /** @param {object} document the values document; circles are drawn when its style is symbols */
  paint({ units, legend }) {
    this.group.clearLayers();
    this.circles.clear();
    if (legend.style !== "symbols") return;
    const rows = Object.entries(units).filter(([id, cell]) => cell[0] && this.boundaries.shapes.has(id));
    rows.sort((a, b) => Math.abs(b[1][0]) - Math.abs(a[1][0]));
    for (const [id, cell] of rows) this.addCircle(id, cell, legend);
  }

  addCircle(id, cell, legend) {
    const { lat, lon } = this.boundaries.anchor(id);
    const { status } = readCell(cell);
    const circle = L.circleMarker([lat, lon], {
      renderer: this.renderer,
      pane: "symbols",
      className: isEstimate(status) ? "symbol symbol-estimate" : "symbol",
      radius: symbolRadius(cell[0], legend),
      fillColor: classColour(cell, legend) ?? "var(--accent)",
      interactive: false,
    });
    this.circles.set(id, circle);
    this.group.addLayer(circle);
  }

  /** Fades all circles but these; null brings all back. */
  highlight(ids) {
    const highlighted = ids && new Set(ids);
    for (const [id, circle] of this.circles) {
      circle.getElement()?.classList.toggle("is-dim", Boolean(highlighted) && !highlighted.has(id));
    }
  }

  remove() {
    this.group.remove();
    this.renderer.remove();
  }
}
