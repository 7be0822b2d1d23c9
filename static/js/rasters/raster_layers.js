/**
 * Rasters on one map: over the fills of the units and under their lines, each in a pane of its own.
 * A hillshade is multiplied with the colours below it.
 */

/** Over the units' fills (400), under their lines (410). */
const LOWEST = 401;

export class RasterLayers {
  /**
   * @param {typeof import("leaflet")} L
   * @param {import("leaflet").Map} map
   */
  constructor(L, map) {
    this.L = L;
    this.map = map;
    /** @type {Map<string, import("leaflet").TileLayer>} */
    this.layers = new Map();
  }

  /** @param {{box: HTMLInputElement, opacity: number}[]} shown the lowest first */
  show(shown) {
    const ids = shown.map(({ box }) => box.dataset.raster);
    for (const [id, layer] of this.layers) {
      if (ids.includes(id)) continue;
      layer.remove();
      this.layers.delete(id);
    }
    shown.forEach(({ box, opacity }, order) => {
      const id = box.dataset.raster;
      if (!this.layers.has(id)) this.layers.set(id, this.add(box.dataset));
      this.map.getPane(paneOf(id)).style.zIndex = String(LOWEST + order);
      this.setOpacity(id, opacity);
    });
  }

  /** @param {DOMStringMap} data of the box that chooses it */
  add(data) {
    const { raster, tiles, deepest, bounds, multiplied } = data;
    const pane = this.map.getPane(paneOf(raster)) ?? this.map.createPane(paneOf(raster));
    pane.classList.add("raster-pane");
    pane.classList.toggle("is-multiplied", multiplied === "1");
    const [west, south, east, north] = bounds.split(",").map(Number);
    return this.L.tileLayer(tiles, {
      pane: paneOf(raster),
      bounds: [
        [south, west],
        [north, east],
      ],
      maxNativeZoom: Number(deepest),
      maxZoom: 24,
      keepBuffer: 1,
    }).addTo(this.map);
  }

  /** @param {number} opacity per cent */
  setOpacity(id, opacity) {
    this.layers.get(id)?.setOpacity(opacity / 100);
  }
}

const paneOf = (id) => `raster-${id}`;
