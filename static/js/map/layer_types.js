/**
 * The kinds of layer a map can carry. Each is made with (map, options) and answers to
 * `show(boundaries, document)`, `highlight(ids)` and `select(id)`, as far as it needs. `drawnFirst` ones
 * are drawn before the rest. A new kind is one module and one line here; a new style of drawing is
 * none of them, but a module of js/styles.
 */

import L from "./leaflet.js";
import { Labels } from "./labels.js";
import { BoundaryLines } from "./boundary_lines.js";
import { StyleOverlay } from "../styles/overlay.js";
import { UnitPolygons } from "./unit_polygons.js";

/** Makes a part anew whenever the boundaries change. */
class BoundaryLayer {
  constructor(map, options, make) {
    this.map = map;
    this.options = options;
    this.make = make;
    this.part = null;
    this.boundaries = null;
    this.drawnFirst = Boolean(make.drawnFirst);
  }

  /** Takes away what stands on other boundaries. */
  clear(boundaries) {
    if (boundaries === this.boundaries) return;
    this.part?.remove();
    this.part = this.boundaries = null;
  }

  /** @param {import("../api_types").Values} document the values document */
  show(boundaries, document) {
    this.clear(boundaries);
    this.part ??= this.make(this.map, boundaries, this.options);
    this.boundaries = boundaries;
    return this.part.paint?.(document);
  }

  highlight(ids) {
    this.part?.highlight?.(ids);
  }

  drawNow() {
    this.part?.drawNow?.();
  }

  select(id) {
    this.part?.select?.(id);
  }
}

const boundaryLayer = (make) => (map, options) => new BoundaryLayer(map, options, make);

/** Tiles of the operator's own base map; the portal brings none. */
function tiles(map, { url, attribution }) {
  const text = document.createElement("span");
  text.textContent = attribution;
  // Leaflet takes markup here: read back, the text is escaped.
  // eslint-disable-next-line no-restricted-properties
  map.attributionControl.addAttribution(text.innerHTML);
  L.tileLayer(url, { pane: "tilePane", maxZoom: 19 }).addTo(map);
  return {};
}

const polygons = (map, boundaries, { on }) => new UnitPolygons(map, boundaries, on);
polygons.drawnFirst = true;

export const LAYER_TYPES = {
  tiles,
  units: boundaryLayer(polygons),
  outlines: boundaryLayer((map, boundaries) => new BoundaryLines(map, boundaries)),
  overlay: boundaryLayer((map, boundaries) => new StyleOverlay(map, boundaries)),
  labels: boundaryLayer((map, boundaries) => new Labels(boundaries).addTo(map)),
};
