/** The lines of other boundaries over a map. */

import { toLatLngs } from "../map/boundaries.js";
import L from "../map/leaflet.js";

const PANE = "former-boundaries";
/** @type {import("../map/boundaries.js").LineKind[]} */
const KINDS = ["outer", "plain", "indicative", "derived"];

export class FormerBoundaries {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    const pane = map.createPane(PANE);
    pane.style.zIndex = "425";
    pane.style.pointerEvents = "none";
    this.group = L.layerGroup().addTo(map);
    /** @type {import("../map/boundaries.js").Boundaries|null} */
    this.shown = null;
    /** @type {L.Renderer|null} */
    this.renderer = null;
  }

  /** @param {import("../map/boundaries.js").Boundaries|null} boundaries null hides the lines */
  show(boundaries) {
    if (boundaries === this.shown) return;
    this.shown = boundaries;
    this.group.clearLayers();
    if (!boundaries) return;
    this.renderer ??= L.svg({ pane: PANE, padding: 0.2 });
    const all = KINDS.flatMap((kind) => toLatLngs(boundaries.lines(kind)));
    for (const part of ["casing", "ink"]) {
      const className = `former-boundary former-boundary-${part}`;
      this.group.addLayer(
        L.polyline(all, { renderer: this.renderer, pane: PANE, className, interactive: false, smoothFactor: 0.4 }),
      );
    }
  }
}
