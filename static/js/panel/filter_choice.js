/** The picking of units, whose code is fetched when it is opened or the address asks for it. */

import { fetchPanel } from "../core/api.js";
import { byId } from "../core/dom.js";
import { hideMessage, showError } from "./map_message.js";

export class FilterChoice {
  /**
   * @param {(fields: Record<string, string>) => void} choose what of the address changes
   * @param {(ids: string[]|null, said: string) => void} picked the units that are left, null for all, and how
   *   many they are and make
   */
  constructor(choose, picked) {
    this.root = byId("filter-panel");
    this.picked = picked;
    this.details = this.root.closest("details");
    this.create = async () => {
      const { code, t } = await fetchPanel(this.root.dataset);
      return new code.FilterPanel(this.root, t, choose);
    };
    /** @type {[import("../api_types").Values, Record<string, string>]|null} */
    this.shown = null;
    this.details.addEventListener("toggle", () => this.details.open && this.shown && this.show(...this.shown));
  }

  /**
   * @param {import("../api_types").Values} values the values document
   * @param {Record<string, string>} state
   * @returns {Promise<void>} done once the map shows what is picked
   */
  async show(values, state) {
    /** @type {[import("../api_types").Values, Record<string, string>]} */
    const shown = [values, state];
    this.shown = shown;
    const asked = Boolean(state.within || state.where);
    if (asked) this.details.open = true;
    if (!asked && !this.details.open && !this.panel) return;
    try {
      this.panel ??= this.create();
      const { ids, said } = await (await this.panel).show(values, state);
      if (shown === this.shown) this.picked(ids, said);
    } catch (error) {
      if (shown !== this.shown) return;
      this.panel = null;
      const again = () => {
        hideMessage();
        this.show(values, state);
      };
      showError(error, again, true);
    }
  }
}
