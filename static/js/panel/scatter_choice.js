/** The scatter plot beside the map, opened by a person or by the address. */

import { PanelOnDemand } from "./panel_on_demand.js";

export class ScatterChoice {
  /**
   * @param {{choose: (series: string) => void, pick: (where: string) => void, point: (id: string|null) => void,
   *   open: (id: string) => void, name: (id: string) => string}} on
   */
  constructor(on) {
    this.plot = new PanelOnDemand("scatter-panel", (code, root, t) => new code.ScatterPanel(root, t, on));
    this.plot.details.addEventListener("toggle", () => this.update());
    this.picked = null;
  }

  /**
   * @param {import("../api_types").Values} values the values document
   * @param {Record<string, string>} state
   */
  show(values, state) {
    this.shown = [values, state];
    if (state.versus) this.plot.details.open = true;
    return this.update();
  }

  async update() {
    if (!this.plot.details.open || !this.shown) return;
    await this.plot.use(
      (panel) => panel.show(...this.shown, this.picked),
      () => this.update(),
    );
  }

  point(id) {
    this.plot.panel?.point(id);
  }

  /** @param {Set<string>|null} ids the units that are left, null for all */
  pick(ids) {
    this.picked = ids;
    this.plot.panel?.pick(ids);
  }
}
