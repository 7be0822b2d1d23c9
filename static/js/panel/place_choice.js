/** The categories of places that are ticked; what draws them is fetched with the first of them. */

import { fetchModule } from "../core/api.js";
import { byId } from "../core/dom.js";
import L from "../map/leaflet.js";
import { hideMessage, showError } from "./map_message.js";

export class PlaceChoice {
  /**
   * @param {import("../map/map_view.js").MapView[]} mapViews the maps that show them
   * @param {(ids: string) => void} changed what is ticked now, ids with commas between
   */
  constructor(mapViews, changed) {
    this.maps = mapViews.map(({ map }) => map);
    this.root = byId("places");
    /** What is on the map. */
    this.shown = "";
    /** @type {{show: (document: import("../api_documents").PlacePoints) => void, openPlace: (id: string, from: HTMLElement) => void}|null} */
    this.places = null;
    this.root?.addEventListener("change", () => changed(this.ticked()));
  }

  get boxes() {
    /** @type {NodeListOf<HTMLInputElement>} */
    const boxes = this.root.querySelectorAll("input[data-place]");
    return [...boxes];
  }

  ticked() {
    return this.boxes
      .filter((box) => box.checked)
      .map((box) => box.dataset.place)
      .join();
  }

  /** What is ticked with one category more. */
  with(category) {
    return this.boxes
      .map((box) => box.dataset.place)
      .filter((each) => each === category || this.ticked().split(",").includes(each))
      .join();
  }

  /** Opens a place of a category that is shown. */
  open(id) {
    this.places?.openPlace(id, byId("search"));
  }

  /**
   * Draws the places of some categories in place of those before.
   *
   * @param {string|undefined} ids
   * @param {string} version of the dataset
   */
  async show(ids = "", version = "") {
    if (!this.root) return;
    const wanted = ids.split(",");
    for (const box of this.boxes) box.checked = wanted.includes(box.dataset.place);
    if (ids === this.shown) return;
    this.shown = ids;
    try {
      const { createPlaces, fetchPoints } = await fetchModule(this.root.dataset.module);
      const document = ids ? await fetchPoints(ids, version) : { categories: [], points: [] };
      if (ids !== this.shown) return;
      this.places ??= createPlaces(L, this.maps);
      this.places.show(document);
    } catch (error) {
      if (ids !== this.shown) return;
      this.shown = "";
      const again = () => {
        hideMessage();
        this.show(ids, version);
      };
      showError(error, again, true);
    }
  }
}
