/** The rasters under the lines; what lists and draws them is fetched when they are asked for. */

import { fetchModule } from "../core/api.js";
import { byId } from "../core/dom.js";
import L from "../map/leaflet.js";
import { hideMessage, showError } from "./map_message.js";

export class RasterChoice {
  /**
   * @param {import("../map/map_view.js").MapView[]} mapViews the maps that show them
   * @param {(rasters: string) => void} changed the parameter of the address
   */
  constructor(mapViews, changed) {
    this.root = /** @type {HTMLDetailsElement} */ (byId("rasters"));
    this.open = async () => {
      const { createRasters } = await fetchModule(this.root.dataset.module);
      const maps = mapViews.map(({ map }) => map);
      return createRasters(L, maps, this.root, changed);
    };
    this.root?.addEventListener("toggle", () => this.show(this.shown));
  }

  /** @param {string} [rasters] as the address names them */
  async show(rasters = "") {
    this.shown = rasters;
    if (!this.root || !(rasters || this.rasters || this.root.open)) return;
    try {
      this.rasters ??= this.open();
      (await this.rasters).show(this.shown);
    } catch (error) {
      this.rasters = null;
      const again = () => {
        hideMessage();
        this.show(this.shown);
      };
      showError(error, again, true);
    }
  }
}
