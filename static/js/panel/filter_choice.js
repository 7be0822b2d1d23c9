/** The picking of units, opened by a person or by the address. */

import { PanelOnDemand } from "./panel_on_demand.js";

export class FilterChoice {
  /**
   * @param {(fields: Record<string, string>) => void} choose what of the address changes
   * @param {(ids: string[]|null, said: string) => void} picked the units that are left, null for all, and how
   *   many they are and make
   */
  constructor(choose, picked) {
    this.picked = picked;
    this.filter = new PanelOnDemand("filter-panel", (code, root, t) => new code.FilterPanel(root, t, choose));
    const { details } = this.filter;
    /** @type {[import("../api_types").Values, Record<string, string>]|null} */
    this.shown = null;
    details.addEventListener("toggle", () => details.open && this.shown && this.show(...this.shown));
  }

  /**
   * @param {import("../api_types").Values} values the values document
   * @param {Record<string, string>} state
   * @returns {Promise<void>} done once the map shows what is picked
   */
  async show(values, state) {
    const { details, making } = this.filter;
    /** @type {[import("../api_types").Values, Record<string, string>]} */
    const shown = [values, state];
    this.shown = shown;
    const asked = Boolean(state.within || state.where);
    if (asked) details.open = true;
    if (!asked && !details.open && !making) return;
    await this.filter.use(
      async (panel) => {
        const { ids, said } = await panel.show(values, state);
        if (shown === this.shown) this.picked(ids, said);
      },
      () => this.show(values, state),
      () => shown === this.shown,
    );
  }
}
