/** Places on a map: the symbols, their legend, their list and what is known of each. */

import { byId } from "../core/dom.js";
import { PlaceLayer } from "./place_layer.js";
import { showPlaceLegend } from "./place_legend.js";
import { showPlaceList } from "./place_list.js";
import { PlacePopup } from "./place_popup.js";

export class PlaceMap {
  /**
   * @param {typeof import("leaflet")} L
   * @param {import("leaflet").Map} map
   * @param {(id: string) => Promise<import("../api_documents").PlaceFeature>} details of a place
   */
  constructor(L, map, details) {
    this.layer = new PlaceLayer(L, map, (numbers) => this.popup.open(numbers));
    this.popup = new PlacePopup(L, this.layer, details);
  }

  /** @param {import("../api_documents").PlacePoints} document none of which are left where it is empty */
  show(document) {
    this.popup.close();
    this.layer.show(document);
    showPlaceLegend(byId("legend-places"), document);
    const list = byId("place-list");
    if (list) showPlaceList(list, document, (number, button) => this.openFromList(number, button));
  }

  openFromList(number, button) {
    this.layer.reveal(number);
    this.popup.open([number], button);
  }
}
