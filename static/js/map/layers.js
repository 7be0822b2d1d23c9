/**
 * The kinds of layer a map can carry. Each is made with (map, options) and answers to
 * `show(boundaries, document)`, `light(ids)` and `select(id)`, as far as it needs. `early` ones are
 * drawn before the rest. A new kind is one module and one line here.
 */

import L from "./leaflet.js";
import { Labels } from "./labels.js";
import { Lines } from "./lines.js";
import { Symbols } from "./symbols.js";
import { UnitPolygons } from "./units.js";

/** Makes a part anew whenever the boundaries change. */
class OnBoundaries {
  constructor(map, options, make) {
    Object.assign(this, { map, options, make, part: null, boundaries: null });
    this.early = Boolean(make.early);
  }

  /** Takes away what stands on other boundaries. */
  clear(boundaries) {
    if (boundaries === this.boundaries) return;
    this.part?.remove();
    this.part = this.boundaries = null;
  }

  /** @param {object} document the values document */
  show(boundaries, document) {
    this.clear(boundaries);
    this.part ??= this.make(this.map, boundaries, this.options);
    this.boundaries = boundaries;
    return this.part.paint?.(document);
  }

  light(ids) {
    this.part?.light?.(ids);
  }

  drawNow() {
    this.part?.drawNow?.();
  }

  select(id) {
    this.part?.select?.(id);
  }
}

const onBoundaries = (make) => (map, options) => new OnBoundaries(map, options, make);

/** Tiles of the operator's own base map; the portal brings none. */
function tiles(map, { url, attribution }) {
  const text = document.createElement("span");
  text.textContent = attribution;
  map.attributionControl.addAttribution(text.innerHTML);
  L.tileLayer(url, { pane: "tilePane", maxZoom: 19 }).addTo(map);
  return {};
}

const polygons = (map, boundaries, { on }) => new UnitPolygons(map, boundaries, on);
polygons.early = true;

export const LAYERS = {
  tiles,
  choropleth: onBoundaries(polygons),
  outlines: onBoundaries((map, boundaries) => new Lines(map, boundaries)),
  symbols: onBoundaries((map, boundaries) => new Symbols(map, boundaries)),
  labels: onBoundaries((map, boundaries) => new Labels(boundaries).addTo(map)),
};
