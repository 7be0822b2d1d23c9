/** A map that few units have figures for: cards in the place of a table that is all gaps. */

import { fetchJson, fetchModule } from "../core/api.js";
import { byId } from "../core/dom.js";
import { t } from "../core/i18n.js";
import { layerQuery } from "../core/url_state.js";

export class SparseMap {
  /** @param {{open: (id: string) => void, follow: (query: string) => void}} on */
  constructor(on) {
    this.on = on;
    this.cards = byId("figure-cards");
    this.table = byId("figures-scroll");
    this.button = byId("all-units");
    this.button.addEventListener("click", () => this.showTable(this.table.hidden));
    this.total = 0;
  }

  /**
   * @param {import("../api_types").Values} values
   * @param {Record<string, string>} state
   */
  async show({ legend, layer, title }, state) {
    this.shown = state;
    if (!legend.sparse || layer.on) return this.leave();
    try {
      const [{ cardNodes }, document] = await Promise.all([
        fetchModule(this.cards.dataset.module),
        fetchJson(`/api/v1/figure-cards?${layerQuery(state)}`),
      ]);
      if (this.shown !== state) return;
      this.cards.replaceChildren(...cardNodes(document, this.on));
      this.cards.setAttribute("aria-label", title);
      this.total = legend.total;
      this.button.hidden = false;
      this.showTable(false);
    } catch {
      // The table says as much, in more rows.
      if (this.shown === state) this.leave();
    }
  }

  leave() {
    this.cards.hidden = this.button.hidden = true;
    this.cards.replaceChildren();
    this.table.hidden = false;
  }

  /** One stands in the place of the other; the button names what it brings. */
  showTable(shown) {
    this.table.hidden = !shown;
    this.cards.hidden = shown;
    this.button.textContent = shown ? t("table.known_only") : t("table.all_units", { n: this.total });
  }
}
