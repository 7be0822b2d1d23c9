/** The panel of classes, opened by a person. */

import { symbologyOf } from "../core/url_state.js";
import { PanelOnDemand } from "./panel_on_demand.js";

export class ClassChoice {
  /**
   * @param {{choose: (field: string, value: string) => void, apply: (symbology: Record<string, string>) => void}} on
   */
  constructor(on) {
    this.panel = new PanelOnDemand("class-panel", (code, root, t) => new code.ClassPanel(root, t, on));
    this.panel.details.addEventListener("toggle", () => this.update());
  }

  /**
   * @param {import("../api_types").Values} values the values document
   * @param {Record<string, string>} state
   */
  show(values, state) {
    this.shown = [values, symbologyOf(state)];
    return this.update();
  }

  async update() {
    if (!this.panel.details.open || !this.shown) return;
    await this.panel.use(
      (panel) => panel.show(...this.shown),
      () => this.update(),
    );
  }
}
