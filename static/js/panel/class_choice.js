/** The panel of classes, whose code is fetched when a person opens it. */

import { fetchPanel } from "../core/api.js";
import { byId } from "../core/dom.js";
import { symbologyOf } from "../core/url_state.js";
import { hideMessage, showError } from "./map_message.js";

export class ClassChoice {
  /**
   * @param {{choose: (field: string, value: string) => void, apply: (symbology: Record<string, string>) => void}} on
   */
  constructor(on) {
    this.root = byId("class-panel");
    this.create = async () => {
      const { code, t } = await fetchPanel(this.root.dataset);
      return new code.ClassPanel(this.root, t, on);
    };
    this.details = this.root.closest("details");
    this.details.addEventListener("toggle", () => this.update());
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
    if (!this.details.open || !this.shown) return;
    try {
      this.panel ??= this.create();
      (await this.panel).show(...this.shown);
    } catch (error) {
      this.panel = null;
      const again = () => {
        hideMessage();
        this.update();
      };
      showError(error, again, true);
    }
  }
}
