/** What the rasters on a map say at the place that was clicked, in a popup of Leaflet's. */

import { fetchJson } from "../core/api.js";
import { announce, el } from "../core/dom.js";

const ROOM = window.innerWidth - 90;
/** Pixels by which the pointer may move between pressing and letting go. */
const STILL = 4;
const NOT_THE_GROUND = ".leaflet-control, .leaflet-marker-icon, .leaflet-popup";

export class RasterReader {
  /**
   * @param {typeof import("leaflet")} L
   * @param {import("leaflet").Map} map
   */
  constructor(L, map) {
    this.L = L;
    this.map = map;
    /** @type {string[]} */
    this.ids = [];
    const box = map.getContainer();
    let pressed = { x: 0, y: 0 };
    box.addEventListener("pointerdown", ({ clientX: x, clientY: y }) => (pressed = { x, y }), true);
    // A click on a unit is the unit's as well: it opens its card, and is not passed on by Leaflet.
    box.addEventListener("click", (event) => {
      const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
      const target = /** @type {Element} */ (event.target);
      if (event.detail && moved <= STILL && !target.closest(NOT_THE_GROUND)) this.read(map.mouseEventToLatLng(event));
    });
  }

  /** @param {string[]} ids of what is on the map */
  show(ids) {
    this.ids = ids;
    if (!ids.length) this.close();
  }

  /** For the keyboard: what they say in the middle of the map. */
  readMiddle(button) {
    return this.read(this.map.getCenter(), button);
  }

  /**
   * @param {import("leaflet").LatLng} place
   * @param {HTMLElement|null} [from] the button that asked, to which the focus goes back
   */
  async read({ lat, lng }, from = null) {
    this.close();
    if (!this.ids.length) return;
    const content = el("section", { class: "raster-reading", tabindex: "-1" });
    content.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    const options = { maxWidth: Math.min(280, ROOM), autoPanPadding: this.L.point(12, 12) };
    const popup = this.L.popup(options).setLatLng([lat, lng]).setContent(content);
    popup.on("remove", () => from?.focus());
    this.popup = popup;
    const said = await this.said(lat, lng);
    if (popup !== this.popup) return;
    content.append(...said);
    popup.openOn(this.map);
    announce(content.textContent);
    if (from) content.focus();
  }

  async said(lat, lon) {
    const lang = document.documentElement.lang;
    const query = `lon=${lon.toFixed(6)}&lat=${lat.toFixed(6)}&rasters=${this.ids.join()}&lang=${lang}`;
    try {
      const { items } = await fetchJson(`/api/v1/raster-values?${query}`);
      return [el("dl", {}, ...items.flatMap(({ name, text }) => [el("dt", { text: name }), el("dd", { text })]))];
    } catch (error) {
      return [el("p", { role: "alert", text: [error.message, error.remedy].filter(Boolean).join(". ") })];
    }
  }

  close() {
    const { popup } = this;
    this.popup = null;
    popup?.remove();
  }
}
