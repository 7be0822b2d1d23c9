/**
 * The polygons of a level: drawn once, painted by class index, and asked which unit is pointed
 * at. SVG up to some hundred units, one canvas beyond.
 */

import { UnitPath } from "./arc_path.js";
import L from "./leaflet.js";
import { canvasFill, readCell, svgFill } from "./symbology.js";

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
    this.renderer = boundaries.hasManyUnits ? L.canvas({ pane, padding: 0.2 }) : L.svg({ pane, padding: 0.2 });
    this.paths = new Map();
    this.group = L.featureGroup();
    for (const shape of boundaries.shapes.values()) this.addPath(shape, boundaries.projectedArcsOn(map));
    this.listen(on);
  }

  addPath(shape, arcs) {
    const path = new UnitPath(shape, arcs, {
      renderer: this.renderer,
      className: "unit",
      stroke: false,
      fill: true,
      fillOpacity: 1,
    });
    this.paths.set(shape.id, path);
    this.group.addLayer(path);
  }

  listen(on) {
    const hover = ({ propagatedFrom, originalEvent }) => on.hover(propagatedFrom.shape.id, originalEvent);
    this.group.on({
      mouseover: hover,
      mousemove: hover,
      mouseout: () => on.hover(null),
      click: (event) => {
        L.DomEvent.stop(event);
        on.pick(event.propagatedFrom.shape.id);
      },
    });
  }

  /**
   * Paints the units; the first time they are put on the map in their colours.
   *
   * @param {import("../api_types").Values} document the values document; where its style fills no units they stay plain
   */
  paint({ units, legend }) {
    const container = this.map.getContainer();
    const hatches = new Map();
    const isDrawn = this.map.hasLayer(this.group);
    for (const [id, path] of this.paths) {
      const fillColor = this.fillOf(units[id], legend, container, hatches);
      if (!isDrawn) path.options.fillColor = fillColor;
      else if (path.options.fillColor !== fillColor) path.setStyle({ fillColor });
    }
    if (!isDrawn) this.group.addTo(this.map);
  }

  fillOf(cell, legend, container, hatches) {
    const shown = legend.screen.fills || readCell(cell).missing ? cell : [0, null, "actual", 0];
    if (!this.boundaries.hasManyUnits) return svgFill(shown, legend);
    const { classIndex, missing } = readCell(shown);
    const key = missing ?? classIndex;
    if (!hatches.has(key)) hatches.set(key, canvasFill(shown, legend, container));
    return hatches.get(key);
  }

  /** Dims all units but these; null brings all back. */
  highlight(ids) {
    const highlighted = ids && new Set(ids);
    for (const [id, path] of this.paths) {
      const fillOpacity = !highlighted || highlighted.has(id) ? 1 : 0.18;
      if (path.options.fillOpacity !== fillOpacity) path.setStyle({ fillOpacity });
    }
  }

  remove() {
    this.group.remove();
    this.renderer.remove();
  }
}
