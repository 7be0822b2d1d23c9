/** Proportional circles: area in proportion to the value, the largest drawn first. */

import { svg } from "../core/dom.js";
import L from "../map/leaflet.js";
import { classColour, isEstimate, readCell, symbolRadius } from "../map/symbology.js";

/** Height of a line of text beside the circles of the legend, pixels. */
const SIZE_LINE = 15;
/** Name of the pane above the lines; see PANES in js/map/map_view.js. */
const PANE = "style-overlay";

class Circles {
  constructor(map, boundaries) {
    this.boundaries = boundaries;
    this.renderer = L.svg({ pane: PANE, padding: 0.2 });
    this.group = L.layerGroup().addTo(map);
    this.circles = new Map();
  }

  /** @param {import("../api_types").Values} document */
  paint({ units, legend }) {
    this.group.clearLayers();
    this.circles.clear();
    const rows = Object.entries(units).filter(([id, cell]) => cell[0] && this.boundaries.shapes.has(id));
    rows.sort((a, b) => Math.abs(Number(b[1][0])) - Math.abs(Number(a[1][0])));
    for (const [id, cell] of rows) this.addCircle(id, cell, legend);
  }

  addCircle(id, cell, legend) {
    const { lat, lon } = this.boundaries.anchor(id);
    const { status } = readCell(cell);
    const circle = L.circleMarker([lat, lon], {
      renderer: this.renderer,
      pane: PANE,
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

/** Nested circles, the largest behind; null where there is no value to size them by. */
export function nestedCircles({ symbols: full, classes, scale = 1 }) {
  if (!full.length) return null;
  const symbols = full.map((each) => ({ ...each, radius: each.radius * scale }));
  const largest = Math.max(...symbols.map((each) => each.radius));
  const width = largest * 2 + 110;
  const height = Math.max(largest * 2 + 12, symbols.length * SIZE_LINE + 6);
  const sorted = [...symbols].sort((a, b) => b.radius - a.radius);
  const fill = classes.at(-1)?.colour ?? "none";
  const parts = sorted.flatMap(({ radius, label }, i) => {
    const cy = height - 4 - radius;
    const top = cy - radius;
    const beside = 8 + i * SIZE_LINE + Math.max(0, height - 12 - sorted.length * SIZE_LINE);
    const line = `M${largest + 2} ${top}H${largest * 2 + 6}L${largest * 2 + 18} ${beside}`;
    return [
      svg("circle", { cx: largest + 2, cy, r: radius, class: "size", fill }),
      svg("path", { d: line, class: "size-line" }),
      svg("text", { x: largest * 2 + 22, y: beside + 4, class: "size-label", text: label }),
    ];
  });
  return svg(
    "svg",
    { class: "sizes", width, height, role: "img", "aria-label": symbols.map((s) => s.label).join(", ") },
    ...parts,
  );
}

/** The circle of an estimate. */
function estimateCircle(fill) {
  const circle = svg("circle", { cx: 11, cy: 7, r: 5.5, fill, class: "symbol symbol-estimate" });
  return svg("svg", { class: "swatch is-line", width: 22, height: 14, "aria-hidden": "true" }, circle);
}

/** @type {import("./index.js").Style} */
export const proportionalSymbols = {
  overlay: (map, boundaries) => new Circles(map, boundaries),
  clearance: (value, legend) => (value ? symbolRadius(value, legend) : 0),
  legendHead: nestedCircles,
  estimateSwatch: estimateCircle,
};
