/** The figure of a unit with its source, in a popup of Leaflet's. Words enter as text only. */

import { el } from "../core/dom.js";
import L from "../map/leaflet.js";

/** Wide enough for a source of several lines; on a phone it stays clear of the zoom buttons. */
const ROOM = window.innerWidth - 120;
const WIDTH = {
  maxWidth: Math.min(340, ROOM),
  minWidth: Math.min(320, ROOM),
  autoPanPaddingTopLeft: [8, 16],
  autoPanPaddingBottomRight: [56, 16],
};

export class Popups {
  /**
   * @param {import("../map/map_view.js").MapView} mapView
   * @param {Record<string, {name: string, value: string, rows: [string, string][], quote: string,
   *   doubt: string}>} cards by unit id
   */
  constructor(mapView, cards) {
    this.mapView = mapView;
    this.cards = cards;
    this.popup = null;
    mapView.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  open(id) {
    const card = this.cards[id];
    const { lat, lon } = this.mapView.boundaries.anchor(id);
    this.close();
    this.popup = L.popup(WIDTH).setLatLng([lat, lon]).setContent(content(card));
    this.popup.on("remove", () => this.mapView.mark("selected", null));
    this.popup.openOn(this.mapView.map);
    this.mapView.mark("selected", id);
  }

  close() {
    this.popup?.remove();
    this.popup = null;
  }
}

function content({ name, value, rows, quote, doubt }) {
  return el(
    "section",
    { class: "standalone-card", role: "status" },
    el("h2", { text: name }),
    el("p", { class: "standalone-value", text: value }),
    doubt ? el("p", { class: "standalone-doubt", text: doubt }) : null,
    el("dl", {}, ...rows.flatMap(([term, text]) => [el("dt", { text: term }), el("dd", { text })])),
    quote ? el("blockquote", { text: quote }) : null,
  );
}
