/**
 * The polygons of a level: drawn once, painted by class index, and asked which unit is pointed
 * at. SVG up to some hundred units, one canvas beyond.
 */

import L from "./leaflet.js";
import { canvasFill, readCell, svgFill } from "./paint.js";

const latLngs = (polygons) =>
  polygons.map((rings) => rings.map((ring) => ring.map(([lon, lat]) => [lat, lon])));

export class UnitPolygons {
  /**
   * @param {L.Map} map
   * @param {import("./boundaries.js").Boundaries} boundaries
   * @param {{hover: (id: string|null, event?: object) => void, pick: (id: string) => void}} on
   */
  constructor(map, boundaries, on) {
    this.map = map;
    this.boundaries = boundaries;
    const pane = "overlayPane";
    this.renderer = boundaries.many ? L.canvas({ pane, padding: 0.2 }) : L.svg({ pane, padding: 0.2 });
    this.paths = new Map();
    this.group = L.layerGroup();
    for (const shape of boundaries.shapes.values()) this.addPath(shape, on);
    this.group.addTo(map);
  }

  addPath(shape, on) {
    const path = L.polygon(latLngs(shape.polygons), {
      renderer: this.renderer,
      className: "unit",
      stroke: this.boundaries.many,
      weight: 0.25,
      color: "#ffffff",
      fillOpacity: 1,
      smoothFactor: this.boundaries.many ? 1 : 0.4,
    });
    path.on({
      mouseover: (event) => on.hover(shape.id, event.originalEvent),
      mousemove: (event) => on.hover(shape.id, event.originalEvent),
      mouseout: () => on.hover(null),
      click: (event) => {
        L.DomEvent.stop(event);
        on.pick(shape.id);
      },
    });
    this.paths.set(shape.id, path);
    this.group.addLayer(path);
  }

  /** @param {object} document the values document; with symbols the fills stay plain */
  paint({ units, legend }) {
    const coloured = legend.style !== "symbols";
    const container = this.map.getContainer();
    const hatches = new Map();
    for (const [id, path] of this.paths) {
      const fillColor = this.fillOf(units[id], legend, coloured, container, hatches);
      if (path.options.fillColor !== fillColor) path.setStyle({ fillColor });
    }
  }

  fillOf(cell, legend, coloured, container, hatches) {
    const shown = coloured || readCell(cell).missing ? cell : [0, null, "actual", 0];
    if (!this.boundaries.many) return svgFill(shown, legend);
    const { classIndex, missing } = readCell(shown);
    const key = missing ?? classIndex;
    if (!hatches.has(key)) hatches.set(key, canvasFill(shown, legend, container));
    return hatches.get(key);
  }

  /** Dims all units but these; null brings all back. */
  light(ids) {
    const lit = ids && new Set(ids);
    for (const [id, path] of this.paths) {
      const fillOpacity = !lit || lit.has(id) ? 1 : 0.18;
      if (path.options.fillOpacity !== fillOpacity) path.setStyle({ fillOpacity });
    }
  }

  remove() {
    this.group.remove();
    this.renderer.remove();
  }
}
