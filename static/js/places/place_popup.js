/** What is known of a place, in a popup of Leaflet's. Words of lists enter as text only. */

import { el } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { placeSymbol } from "./symbol.js";

const ROOM = window.innerWidth - 90;
/** @type {import("leaflet").PopupOptions} */
const WIDTH = { maxWidth: Math.min(300, ROOM), minWidth: Math.min(220, ROOM), autoPanPadding: [12, 12] };

export class PlacePopup {
  /**
   * @param {typeof import("leaflet")} L
   * @param {import("./place_layer.js").PlaceLayer} layer
   * @param {(id: string) => Promise<import("../api_documents").PlaceFeature>} details
   */
  constructor(L, layer, details) {
    this.L = L;
    this.layer = layer;
    this.details = details;
    this.popup = null;
    /** @type {HTMLElement|null} where the focus goes back to */
    this.from = null;
  }

  /**
   * @param {number[]} numbers of places on one spot
   * @param {HTMLElement|null} [from] the button that opened it; the focus then moves into the popup
   */
  async open(numbers, from = null) {
    this.close();
    this.from = from;
    const [first] = numbers;
    const content = el("section", { class: "place-card", tabindex: "-1" });
    content.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.close();
    });
    this.popup = this.L.popup(WIDTH).setLatLng(this.layer.latLng(first)).setContent(content);
    this.popup.on("remove", () => this.from?.focus());
    if (numbers.length > 1) content.append(this.choices(numbers));
    else content.append(...this.head(first));
    this.popup.openOn(this.layer.map);
    if (numbers.length === 1) await this.fill(content, first);
    if (from) content.focus();
  }

  head(number) {
    const [, , , , name] = this.layer.document.points[number];
    const category = this.layer.categoryOf(number);
    const kind = el("p", { class: "place-kind" }, placeSymbol(category.symbol, 16), category.name);
    return [el("h3", { text: name }), kind];
  }

  /** Several places on one spot, to choose from. */
  choices(numbers) {
    const { points } = this.layer.document;
    const button = (number) =>
      el("button", { type: "button", class: "place-pick", on: { click: () => this.open([number], this.from) } },
        placeSymbol(this.layer.categoryOf(number).symbol, 16), points[number][4]); // prettier-ignore
    return el("ul", {}, ...numbers.map((number) => el("li", {}, button(number))));
  }

  async fill(content, number) {
    const { popup } = this;
    try {
      const { properties } = await this.details(this.layer.document.points[number][3]);
      content.append(...facts(properties));
    } catch (error) {
      content.append(el("p", { role: "alert", text: [error.message, error.remedy].filter(Boolean).join(". ") }));
    }
    if (popup === this.popup) popup.update();
  }

  close() {
    const { popup } = this;
    this.popup = null;
    popup?.remove();
    this.from = null;
  }
}

/** @param {import("../api_documents").PlaceProperties} properties */
function facts({ unit, commune_note: note, columns, source_label: source, source_url: url }) {
  const row = (term, ...shown) => [el("dt", { text: term }), el("dd", {}, ...shown)];
  const link = (address, text) => (address ? el("a", { href: address, text }) : text);
  return [
    el(
      "dl",
      {},
      ...row(t("places.commune"), link(unit.url, unit.full_name)),
      ...columns.flatMap(({ name, value }) => row(name, value)),
      ...row(t("places.source"), link(url, source)),
    ),
    note ? el("p", { class: "place-note", text: note }) : null,
  ].filter((part) => part !== null);
}
