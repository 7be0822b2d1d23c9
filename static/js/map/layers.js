/**
 * The kinds of layer a map can carry. Each is made with (map, options) and answers to
 * `setBoundaries(boundaries)`, `paint(document)`, `light(ids)` and `select(id)`, as far as it needs.
 * A new kind is one module and one line here.
 */

import L from "./leaflet.js";
import { Labels } from "./labels.js";
import { Lines } from "./lines.js";
import { Symbols } from "./symbols.js";
import { UnitPolygons } from "./units.js";

/** Makes a part anew whenever the boundaries change. */
class OnBoundaries {
  constructor(map, options, make) {
    Object.assign(this, { map, options, make, part: null });
  }

  setBoundaries(boundaries) {
    this.part?.remove();
    this.part = this.make(this.map, boundaries, this.options);
  }

  paint(document) {
    this.part?.paint?.(document);
  }

  light(ids) {
    this.part?.light?.(ids);
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

export const LAYERS = {
  tiles,
  choropleth: onBoundaries((map, boundaries, { on }) => new UnitPolygons(map, boundaries, on)),
  outlines: onBoundaries((map, boundaries) => new Lines(map, boundaries)),
  symbols: onBoundaries((map, boundaries) => new Symbols(map, boundaries)),
  labels: onBoundaries((map, boundaries) => new Labels(boundaries).addTo(map)),
};
