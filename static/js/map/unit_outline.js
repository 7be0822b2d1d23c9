/** The outline of one unit, above everything: a light casing and an ink line. */

import { toLatLngs } from "./boundaries.js";
import L from "./leaflet.js";

export class UnitOutline {
  /**
   * @param {L.Map} map
   * @param {string} name `selected`, `pointed` or `focused`
   */
  constructor(map, name) {
    this.name = name;
    this.group = L.layerGroup().addTo(map);
  }

  /** @param {{polygons: [number, number][][][]}} [shape] lon/lat; without one the outline is hidden */
  show(shape) {
    this.group.clearLayers();
    if (!shape) return;
    const rings = shape.polygons.map(toLatLngs);
    for (const part of ["casing", "ink"]) {
      const className = `unit-outline unit-outline-${part} unit-outline-${this.name}`;
      const options = { pane: "unit-outline", className, interactive: false, fill: false, smoothFactor: 0.4 };
      this.group.addLayer(L.polygon(rings, options));
    }
  }
}
