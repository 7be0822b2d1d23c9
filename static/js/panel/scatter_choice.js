/** The scatter plot beside the map, whose code is fetched when it is opened or the address asks for it. */

import { fetchPanel } from "../core/api.js";
import { byId } from "../core/dom.js";
import { hideMessage, showError } from "./map_message.js";

export class ScatterChoice {
  /**
   * @param {{choose: (series: string) => void, pick: (where: string) => void, point: (id: string|null) => void,
   *   open: (id: string) => void, name: (id: string) => string}} on
   */
  constructor(on) {
    this.root = byId("scatter-panel");
    this.create = async () => {
      const { code, t } = await fetchPanel(this.root.dataset);
      return new code.ScatterPanel(this.root, t, on);
    };
    this.picked = null;
    this.details = this.root.closest("details");
    this.details.addEventListener("toggle", () => this.update());
  }

  /**
   * @param {import("../api_types").Values} values the values document
   * @param {Record<string, string>} state
   */
  show(values, state) {
    this.shown = [values, state];
    if (state.versus) this.details.open = true;
    return this.update();
  }

  async update() {
    if (!this.details.open || !this.shown) return;
    try {
      this.making ??= this.create();
      this.panel = await this.making;
      await this.panel.show(...this.shown, this.picked);
    } catch (error) {
      this.making = this.panel = null;
      const again = () => {
        hideMessage();
        this.update();
      };
      showError(error, again, true);
    }
  }

  point(id) {
    this.panel?.point(id);
  }

  /** @param {Set<string>|null} ids the units that are left, null for all */
  pick(ids) {
    this.picked = ids;
    this.panel?.pick(ids);
  }
}
