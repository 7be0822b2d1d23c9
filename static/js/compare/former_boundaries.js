/** The lines of other boundaries over a map. */

import L from "../map/leaflet.js";

const PANE = "former-boundaries";
const flip = (lines) => lines.map((line) => line.map(([lon, lat]) => [lat, lon]));

export class FormerBoundaries {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    const pane = map.createPane(PANE);
    pane.style.zIndex = 425;
    pane.style.pointerEvents = "none";
    this.group = L.layerGroup().addTo(map);
    this.shown = null;
  }

  /** @param {import("../map/boundaries.js").Boundaries|null} boundaries null hides the lines */
  show(boundaries) {
    if (boundaries === this.shown) return;
    this.shown = boundaries;
    this.group.clearLayers();
    if (!boundaries) return;
    this.renderer ??= L.svg({ pane: PANE, padding: 0.2 });
    const all = ["frame", "plain", "indicative", "derived"].flatMap((kind) => flip(boundaries.lines(kind)));
    for (const part of ["casing", "ink"]) {
      const className = `former-boundary former-boundary-${part}`;
      this.group.addLayer(
        L.polyline(all, { renderer: this.renderer, pane: PANE, className, interactive: false, smoothFactor: 0.4 }),
      );
    }
  }
}
