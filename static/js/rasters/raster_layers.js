/**
 * Rasters on one map: over the fills of the units and under their lines, each in a pane of its own.
 * A hillshade is multiplied with the colours below it.
 */

/** Over the units' fills (400), under their lines (410). */
const LOWEST = 401;

/**
 * The name of a raster's pane on a map, so many panes above the lowest raster.
 *
 * @param {import("leaflet").Map} map
 * @param {string} id of the raster
 * @param {boolean} multiplied
 * @param {number} order
 */
export function rasterPane(map, id, multiplied, order) {
  const name = `raster-${id}`;
  const pane = map.getPane(name) ?? map.createPane(name);
  pane.classList.add("raster-pane");
  pane.classList.toggle("is-multiplied", multiplied);
  pane.style.zIndex = String(LOWEST + order);
  return name;
}

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
      const pane = rasterPane(this.map, id, box.dataset.multiplied === "1", order);
      if (!this.layers.has(id)) this.layers.set(id, this.add(box.dataset, pane));
      this.setOpacity(id, opacity);
    });
  }

  /**
   * @param {DOMStringMap} data of the box that chooses it
   * @param {string} pane
   */
  add(data, pane) {
    const { tiles, deepest, bounds } = data;
    const [west, south, east, north] = bounds.split(",").map(Number);
    return this.L.tileLayer(tiles, {
      pane,
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
