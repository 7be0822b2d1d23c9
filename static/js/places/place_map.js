/** Places on a map or two beside each other: the symbols, their legend, their list and what is known of each. */

import { byId } from "../core/dom.js";
import { PlaceLayer } from "./place_layer.js";
import { showPlaceLegend } from "./place_legend.js";
import { showPlaceList } from "./place_list.js";
import { PlacePopup } from "./place_popup.js";

export class PlaceMap {
  /**
   * @param {typeof import("leaflet")} L
   * @param {import("leaflet").Map[]} maps the last is the one on which the list opens places
   * @param {(id: string) => Promise<import("../api_documents").PlaceFeature>} details of a place
   */
  constructor(L, maps, details) {
    this.parts = maps.map((map) => {
      const layer = new PlaceLayer(L, map, (numbers) => popup.open(numbers));
      const popup = new PlacePopup(L, layer, details);
      return { layer, popup };
    });
  }

  /** @param {import("../api_documents").PlacePoints} document none of which are left where it is empty */
  show(document) {
    for (const { layer, popup } of this.parts) {
      popup.close();
      layer.show(document);
    }
    showPlaceLegend(byId("legend-places"), document);
    const list = byId("place-list");
    if (list) showPlaceList(list, document, (number, button) => this.openFromList(number, button));
  }

  /** Opens a place by its id, where it is on the map. */
  openPlace(id, from) {
    const { layer } = this.parts[this.parts.length - 1];
    const number = layer.document.points.findIndex((point) => point[3] === id);
    if (number >= 0) this.openFromList(number, from);
  }

  openFromList(number, button) {
    const { layer, popup } = this.parts[this.parts.length - 1];
    layer.reveal(number);
    popup.open([number], button);
  }
}
